/**
 * Calls a function at a time of the server's clock.
 */

import { now } from "../lib/clock.js";

/** Longest delay of a timer, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * Calls `job` once the time is past, also when the device slept meanwhile.
 * @param {string} time RFC 3339, in whole seconds
 * @param {() => void} job
 * @returns {() => void} stops waiting
 */
export function whenPast(time, job) {
  const end = Date.parse(time) + 1000;
  let timer;
  const stop = () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", check);
  };
  function check() {
    clearTimeout(timer);
    const left = end - now();
    if (left > 0) {
      timer = setTimeout(check, Math.min(left, MAX_DELAY));
      return;
    }
    stop();
    job();
  }
  // Timers of sleeping devices and hidden pages are late.
  document.addEventListener("visibilitychange", check);
  check();
  return stop;
}
