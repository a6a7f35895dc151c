/**
 * The server's clock. That of the device may be wrong by hours or years.
 */

/** Differences below this are the precision of the `Date` header and the time on the way, in milliseconds. */
const PRECISION = 2000;

/** What the device's clock lacks, in milliseconds. */
let offset = 0;

/** @returns {number} the server's time, in milliseconds since 1970 */
export function now() {
  return Date.now() + offset;
}

/**
 * Sets the clock by a time that the server just sent.
 * @param {number} ms in milliseconds since 1970; ignored when it is no number
 */
export function setClock(ms) {
  if (Math.abs(ms - now()) > PRECISION) offset = ms - Date.now();
}
