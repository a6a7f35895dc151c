/**
 * Byte arrays and their text encodings.
 */

const encoder = new TextEncoder();

/**
 * @param {string} text any text; lone surrogates become U+FFFD
 * @returns {Uint8Array} its UTF-8
 */
export function utf8(text) {
  return encoder.encode(text);
}

/**
 * @param {...Uint8Array} pieces
 * @returns {Uint8Array}
 */
export function concat(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * Compares in constant time for equal lengths.
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 * @returns {boolean}
 */
export function equal(one, other) {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let i = 0; i < one.length; i += 1) difference |= one[i] ^ other[i];
  return difference === 0;
}

/**
 * @param {number} length in bytes, at most 65,536
 * @returns {Uint8Array} fresh random bytes
 */
export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/**
 * @param {Uint8Array} data
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function sha256(data) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

/**
 * Encodes as base64url without padding, the form of binary values in the HTTP API.
 * @param {Uint8Array} data
 * @returns {string}
 */
export function toBase64url(data) {
  let binary = "";
  // In slices, because one call with a million arguments overflows the stack.
  for (let at = 0; at < data.length; at += 0x8000) {
    binary += String.fromCharCode(...data.subarray(at, at + 0x8000));
  }
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {string} text base64url without padding
 * @returns {Uint8Array}
 * @throws {RangeError} for any other text
 */
export function fromBase64url(text) {
  if (typeof text !== "string" || !/^[\w-]*$/.test(text) || text.length % 4 === 1) {
    throw new RangeError("not base64url");
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const data = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) data[i] = binary.charCodeAt(i);
  return data;
}
