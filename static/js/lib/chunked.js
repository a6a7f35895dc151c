/**
 * C2SP chunked encryption, version 1, with AEAD_AES_256_GCM and SHA-512: Cobblestone-256
 * (c2sp.org/chunked-encryption). A message is locked or unlocked chunk after chunk.
 */

import { concat, equal, random, utf8 } from "./bytes.js";
import { Altered } from "./errors.js";
import { expand } from "./keys.js";

/** Bytes of a chunk; the last one of a message is shorter. */
export const CHUNK = 16_384;
/** Bytes of the tag behind each chunk. */
export const TAG = 16;
/** Bytes before the first chunk: salt and commitment. */
export const HEADER = 56;
const SALT = 24;
const INFO = utf8("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0");

/**
 * @param {number} length of a message, in bytes
 * @returns {number} how many chunks it has: at least one, the last one short
 */
export function chunksOf(length) {
  return Math.floor(length / CHUNK) + 1;
}

/**
 * @param {number} length of a message, in bytes
 * @returns {number} its length once locked, in bytes
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

/** The base nonce with the chunk's number in its last five bytes. */
function nonceFor(base, index) {
  const nonce = base.slice();
  const view = new DataView(nonce.buffer);
  view.setUint32(8, (view.getUint32(8) ^ (index >>> 0)) >>> 0);
  nonce[7] ^= Math.floor(index / 2 ** 32);
  return nonce;
}

/** Locks one message. Chunks are numbered in the order of the calls. */
export class Sealer {
  #aead;
  #nonce;
  #index = 0;
  #ended = false;
  /** Salt and commitment, which stand before the first chunk. */
  header = new Uint8Array(0);

  /**
   * @param {Uint8Array} key 32 bytes, uniformly random
   * @param {Uint8Array} context
   * @param {Uint8Array} [salt] 24 bytes; given only by tests, never twice for one key and context
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
   * @param {Uint8Array} plain the message's next bytes: whole chunks, and a short one (maybe empty) at its end
   * @param {boolean} last whether the message ends with it
   * @returns {Promise<Uint8Array[]>} the locked chunks
   * @throws {RangeError} when chunks are asked for behind the end, or do not end as `last` says
   */
  async seal(plain, last) {
    if (this.#ended || (!last && plain.length % CHUNK !== 0)) throw new RangeError("chunks out of order");
    this.#ended = last;
    const first = this.#index;
    this.#index += last ? chunksOf(plain.length) : plain.length / CHUNK;
    return this.#lock(first, this.#index - first, plain);
  }

  /**
   * Locks chunks that `seal` has locked before once more. What comes out must be what came out then: other bytes in
   * their place, once they leave this device, break the lock.
   * @param {number} first chunk, from 0
   * @param {Uint8Array} plain the same bytes as before
   * @param {boolean} last as before
   * @returns {Promise<Uint8Array[]>} the locked chunks
   * @throws {RangeError} when they were not locked before
   */
  async again(first, plain, last) {
    const count = last ? chunksOf(plain.length) : plain.length / CHUNK;
    if (first + count > this.#index) throw new RangeError("chunks that were not locked before");
    return this.#lock(first, count, plain);
  }

  /** All chunks at once: the browser works on them side by side. To put them together would take as long as a third of it. */
  #lock(first, count, plain) {
    const lockOne = async (_, i) => {
      const iv = nonceFor(this.#nonce, first + i);
      const chunk = plain.subarray(i * CHUNK, (i + 1) * CHUNK);
      return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.#aead, chunk));
    };
    return Promise.all(Array.from({ length: count }, lockOne));
  }
}

/** Unlocks one message. Nothing is given out before it is authenticated. */
export class Opener {
  #aead;
  #nonce;
  #index = 0;
  /** Whether the last, short chunk was seen: only then is the message whole. */
  ended = false;

  /**
   * @param {Uint8Array} key 32 bytes
   * @param {Uint8Array} context
   * @param {Uint8Array} header the message's first 56 bytes
   * @returns {Promise<Opener>}
   * @throws {Altered} when the header is cut or key, salt or context is another
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
   * @param {Uint8Array} sealed the message's next locked chunks, all whole but for the message's last
   * @returns {Promise<Uint8Array>} their bytes
   * @throws {Altered} when one fails, or anything follows the last one
   */
  async open(sealed) {
    const count = Math.ceil(sealed.length / (CHUNK + TAG));
    const short = sealed.length % (CHUNK + TAG);
    if (count > 0 && (this.ended || (short > 0 && short < TAG))) throw new Altered();
    this.ended ||= short > 0;
    const first = this.#index;
    this.#index += count;
    const plain = new Uint8Array(sealed.length - count * TAG);
    const openOne = async (i) => {
      const iv = nonceFor(this.#nonce, first + i);
      const chunk = sealed.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG));
      const opened = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.#aead, chunk));
      plain.set(opened, i * CHUNK);
    };
    try {
      await Promise.all(Array.from({ length: count }, (_, i) => openOne(i)));
      return plain;
    } catch {
      this.ended = true;
      throw new Altered();
    }
  }
}

/**
 * Locks a message that is at hand as a whole.
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
 * Unlocks a message that is at hand as a whole.
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} context
 * @param {Uint8Array} sealed
 * @returns {Promise<Uint8Array>}
 * @throws {Altered} unless every check passes
 */
export async function open(key, context, sealed) {
  const opener = await Opener.create(key, context, sealed.subarray(0, HEADER));
  const plain = await opener.open(sealed.subarray(HEADER));
  if (!opener.ended) throw new Altered();
  return plain;
}
