/**
 * Crockford base32 of links and headers: lower case, big-endian, no padding (envelope.md, "Link").
 */

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * @param {Uint8Array} data with a length that is a multiple of 5
 * @returns {string} 8 characters for every 5 bytes
 */
export function encode(data) {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of data) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; ) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/**
 * Converts a text to canonical form: lower case, `o` as 0, `i` and `l` as 1, no hyphens.
 * @param {string} text
 * @returns {string} keeps characters outside the alphabet, which `decode` rejects
 */
export function normalize(text) {
  return text.replaceAll("-", "").toLowerCase().replaceAll("o", "0").replace(/[il]/g, "1");
}

/**
 * @param {string} text in canonical form, with a length that is a multiple of 8
 * @returns {Uint8Array | null} null for any other text
 */
export function decode(text) {
  if (text.length % 8 !== 0) return null;
  const data = new Uint8Array((text.length / 8) * 5);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      data[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return data;
}
