/**
 * The key schedule (envelope.md, "Keys").
 *
 * Implements HKDF with HMAC, because WebCrypto's "HKDF" cannot expand without extracting.
 */

import { concat, sha256, utf8 } from "./bytes.js";

/**
 * @param {"SHA-256" | "SHA-512"} hash
 * @param {Uint8Array} key not empty
 * @returns {Promise<(data: Uint8Array) => Promise<Uint8Array>>} HMAC under `key`
 */
async function hmac(hash, key) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash }, false, ["sign"]);
  return async (data) => new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
}

/**
 * HKDF-Extract with SHA-256 (RFC 5869, 2.2).
 * @param {Uint8Array} salt
 * @param {Uint8Array} ikm
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function extract(salt, ikm) {
  return (await hmac("SHA-256", salt))(ikm);
}

/**
 * HKDF-Expand (RFC 5869, 2.3).
 * @param {"SHA-256" | "SHA-512"} hash
 * @param {Uint8Array} prk
 * @param {Uint8Array} info
 * @param {number} length in bytes, at most 255 blocks
 * @returns {Promise<Uint8Array>}
 */
export async function expand(hash, prk, info, length) {
  const mac = await hmac(hash, prk);
  let block = new Uint8Array(0);
  let output = block;
  for (let i = 1; output.length < length; i += 1) {
    block = await mac(concat(block, info, Uint8Array.of(i)));
    output = concat(output, block);
  }
  return output.slice(0, length);
}

/**
 * Keys derived from the link alone.
 * @typedef {object} LinkKeys
 * @property {Uint8Array} prk
 * @property {Uint8Array} openProof 32 bytes; proves to the server that the client has the key
 * @property {Uint8Array} passwordSalt 16 bytes
 * @property {Uint8Array} wordsKey 16 bytes; derives the matching words
 */

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} key 16 bytes
 * @returns {Promise<LinkKeys>}
 */
export async function linkKeys(id, key) {
  const prk = await extract(utf8(id), key);
  const [openProof, passwordSalt, wordsKey] = await Promise.all([
    expand("SHA-256", prk, utf8("onetimeshare/v1/open"), 32),
    expand("SHA-256", prk, utf8("onetimeshare/v1/password-salt"), 16),
    expand("SHA-256", prk, utf8("onetimeshare/v1/words-key"), 16),
  ]);
  return { prk, openProof, passwordSalt, wordsKey };
}

/**
 * Keys derived from the link and the password.
 * @typedef {object} ContentKeys
 * @property {Uint8Array} contentKey 32 bytes
 * @property {Uint8Array | null} passwordProof 32 bytes; null without a password
 */

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} key 16 bytes
 * @param {LinkKeys} link from `linkKeys`
 * @param {string | null} [password] empty means no password
 * @returns {Promise<ContentKeys>}
 */
export async function contentKeys(id, key, link, password) {
  const contentLabel = utf8("onetimeshare/v1/content");
  if (!password) {
    return { contentKey: await expand("SHA-256", link.prk, contentLabel, 32), passwordProof: null };
  }
  // Loaded on demand, because most shares have no password.
  const { stretch } = await import("./password.js");
  const prk2 = await extract(utf8(id), concat(key, await stretch(password, link.passwordSalt)));
  const [contentKey, passwordProof] = await Promise.all([
    expand("SHA-256", prk2, contentLabel, 32),
    expand("SHA-256", prk2, utf8("onetimeshare/v1/password"), 32),
  ]);
  return { contentKey, passwordProof };
}

/**
 * Returns the verifier of a proof, which the server stores.
 * @param {Uint8Array} proof
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function verifier(proof) {
  return sha256(proof);
}
