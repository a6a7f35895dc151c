/**
 * C2SP chunked encryption, version 1, with AEAD_AES_256_GCM and SHA-512: Cobblestone-256
 * (c2sp.org/chunked-encryption).
 */

import { concat, equal, random, utf8 } from "./bytes.js";
import { Altered } from "./errors.js";
import { expand } from "./keys.js";

/** Plaintext bytes of a chunk; the last chunk of a message is shorter. */
export const CHUNK = 16_384;
/** Bytes of the tag after each chunk. */
export const TAG = 16;
/** Bytes before the first chunk: salt and commitment. */
export const HEADER = 56;
const SALT = 24;
const INFO = utf8("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0");

/**
 * @param {number} length of a message, in bytes
 * @returns {number} number of chunks, at least 1; the last one is short and may be empty
 */
export function chunksOf(length) {
  return Math.floor(length / CHUNK) + 1;
}

/**
 * @param {number} length of a message, in bytes
 * @returns {number} length of its ciphertext, in bytes
 */
export function sealedLength(length) {
  return HEADER + length + TAG * chunksOf(length);
}

async function derive(key, salt, context, usage) {
  if (key.length !== 32) throw new Altered();
  const output = await expand("SHA-512", key, concat(INFO, salt, context), 76);
  return {
    aead: await crypto.subtle.importKey("raw", output.subarray(0, 32), "AES-GCM", false, [usage]),
    nonce: output.slice(32, 44),
    commitment: output.slice(44, 76),
  };
}

/** Returns the base nonce XORed with the chunk number in its last five bytes. */
function nonceFor(base, index) {
  const nonce = base.slice();
  const view = new DataView(nonce.buffer);
  view.setUint32(8, (view.getUint32(8) ^ (index >>> 0)) >>> 0);
  nonce[7] ^= Math.floor(index / 2 ** 32);
  return nonce;
}

/** Encrypts a message. Chunks are numbered in the order of the calls. */
export class Sealer {
  #aead;
  #nonce;
  #index = 0;
  #isComplete = false;
  /** Salt and commitment, which precede the first chunk. */
  header = new Uint8Array(0);

  /**
   * @param {Uint8Array} key 32 bytes, uniformly random
   * @param {Uint8Array} context
   * @param {Uint8Array} [salt] 24 bytes; passed only by tests, and never twice for one key and context
   * @returns {Promise<Sealer>}
   */
  static async create(key, context, salt = random(SALT)) {
    const sealer = new Sealer();
    const { aead, nonce, commitment } = await derive(key, salt, context, "encrypt");
    sealer.#aead = aead;
    sealer.#nonce = nonce;
    sealer.header = concat(salt, commitment);
    return sealer;
  }

  /**
   * @param {Uint8Array} plain the next bytes of the message: full chunks; at its end also a short, possibly empty, one
   * @param {boolean} last whether the message ends here
   * @returns {Promise<Uint8Array[]>} the encrypted chunks
   * @throws {RangeError} after the end of the message, or for a partial chunk before its end
   */
  async seal(plain, last) {
    if (this.#isComplete || (!last && plain.length % CHUNK !== 0)) throw new RangeError("chunks out of order");
    this.#isComplete = last;
    const first = this.#index;
    this.#index += last ? chunksOf(plain.length) : plain.length / CHUNK;
    return this.#encrypt(first, this.#index - first, plain);
  }

  /**
   * Encrypts chunks again that `seal` has encrypted before. The caller must discard the result if it differs from the
   * first one: sending another ciphertext with the same nonce breaks AES-GCM.
   * @param {number} first chunk number, from 0
   * @param {Uint8Array} plain the same bytes as before
   * @param {boolean} last the same value as before
   * @returns {Promise<Uint8Array[]>} the encrypted chunks
   * @throws {RangeError} when the chunks were not encrypted before
   */
  async reseal(first, plain, last) {
    const count = last ? chunksOf(plain.length) : plain.length / CHUNK;
    if (first + count > this.#index) throw new RangeError("chunks not encrypted before");
    return this.#encrypt(first, count, plain);
  }

  /** Encrypts the chunks in parallel. Returns them separately, because concatenating takes a third as long again. */
  #encrypt(first, count, plain) {
    const encryptChunk = async (_, i) => {
      const iv = nonceFor(this.#nonce, first + i);
      const chunk = plain.subarray(i * CHUNK, (i + 1) * CHUNK);
      return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.#aead, chunk));
    };
    return Promise.all(Array.from({ length: count }, encryptChunk));
  }
}

/** Decrypts a message. Releases no plaintext before it is authenticated. */
export class Opener {
  #aead;
  #nonce;
  #index = 0;
  /** Whether the last, short chunk was decrypted; without it the message is truncated. */
  isComplete = false;

  /**
   * @param {Uint8Array} key 32 bytes
   * @param {Uint8Array} context
   * @param {Uint8Array} header the message's first 56 bytes
   * @returns {Promise<Opener>}
   * @throws {Altered} when the header is truncated, or key, salt or context differ
   */
  static async create(key, context, header) {
    if (header.length !== HEADER) throw new Altered();
    const opener = new Opener();
    const { aead, nonce, commitment } = await derive(key, header.subarray(0, SALT), context, "decrypt");
    if (!equal(commitment, header.subarray(SALT))) throw new Altered();
    opener.#aead = aead;
    opener.#nonce = nonce;
    return opener;
  }

  /**
   * @param {Uint8Array} sealed the next encrypted chunks, all full except for the last one of the message
   * @returns {Promise<Uint8Array>} the plaintext
   * @throws {Altered} when a chunk fails authentication, or follows the last one
   */
  async open(sealed) {
    const count = Math.ceil(sealed.length / (CHUNK + TAG));
    const short = sealed.length % (CHUNK + TAG);
    if (count > 0 && (this.isComplete || (short > 0 && short < TAG))) throw new Altered();
    this.isComplete ||= short > 0;
    const first = this.#index;
    this.#index += count;
    const plain = new Uint8Array(sealed.length - count * TAG);
    const decryptChunk = async (i) => {
      const iv = nonceFor(this.#nonce, first + i);
      const chunk = sealed.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG));
      const opened = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.#aead, chunk));
      plain.set(opened, i * CHUNK);
    };
    try {
      await Promise.all(Array.from({ length: count }, (_, i) => decryptChunk(i)));
      return plain;
    } catch {
      this.isComplete = true;
      throw new Altered();
    }
  }
}

/**
 * Encrypts a complete message.
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} context
 * @param {Uint8Array} plain
 * @param {Uint8Array} [salt] as in `Sealer.create`
 * @returns {Promise<Uint8Array>}
 */
export async function seal(key, context, plain, salt) {
  const sealer = await Sealer.create(key, context, salt);
  return concat(sealer.header, ...(await sealer.seal(plain, true)));
}

/**
 * Decrypts a complete message.
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} context
 * @param {Uint8Array} sealed
 * @returns {Promise<Uint8Array>}
 * @throws {Altered} unless every check passes
 */
export async function open(key, context, sealed) {
  const opener = await Opener.create(key, context, sealed.subarray(0, HEADER));
  const plain = await opener.open(sealed.subarray(HEADER));
  if (!opener.isComplete) throw new Altered();
  return plain;
}
