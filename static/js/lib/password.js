/**
 * Password stretching (envelope.md, "Keys"). Loaded on demand.
 */

import { utf8 } from "./bytes.js";

const ITERATIONS = 600_000;

/**
 * Derives a key with PBKDF2, which takes about half a second.
 * @param {string} password not empty; spaces are significant, Unicode is normalized to NFC
 * @param {Uint8Array} salt 16 bytes
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function stretch(password, salt) {
  const key = await crypto.subtle.importKey("raw", utf8(password.normalize("NFC")), "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256));
}
