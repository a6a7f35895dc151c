/**
 * Parts: the units in which a share is transferred and stored (envelope.md, "Messages and parts"). At most a few parts
 * of a file are in memory.
 */

import { concat, equal, sha256, utf8 } from "./bytes.js";
import { CHUNK, chunksOf, HEADER, Opener, sealedLength, Sealer, TAG } from "./chunked.js";
import { Altered, FileChanged, TooLarge } from "./errors.js";
import { padded } from "./manifest.js";

/** Chunks in a full part. */
export const PART_CHUNKS = 60;
/** Plaintext bytes in a full part. */
export const PART_PLAIN = PART_CHUNKS * CHUNK;
/** Parts that are read from a file at once, because each read has a high fixed cost in browsers. */
const BLOCK_PARTS = 4;
/** Whether the browser also reads files that changed since they were chosen. Others fail such reads. */
const READS_CHANGED = navigator.userAgent.includes("Firefox/");
/** Maximum number of parts in a share. */
export const MAX_PARTS = 65_536;

/** @param {string} id @returns {Uint8Array} encryption context of the manifest */
export function manifestContext(id) {
  return utf8(`onetimeshare/v1/manifest/${id}`);
}

/** @param {string} id @param {number} file from 0 @returns {Uint8Array} encryption context of a file */
export function fileContext(id, file) {
  return utf8(`onetimeshare/v1/file/${id}/${file}`);
}

/** @param {number} size of a file, in bytes @returns {number} its stored size, in bytes */
export function storedSize(size) {
  return sealedLength(padded(size));
}

/**
 * @param {number} limit stored bytes
 * @returns {number} size of the largest file that fits, in bytes; 0 when none fits
 */
export function largestFile(limit) {
  let [fits, over] = [0, limit + 1];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (storedSize(middle) <= limit) fits = middle;
    else over = middle;
  }
  return fits;
}

/**
 * Position of a part.
 * @typedef {object} PartLocation
 * @property {number} file file number, from 0
 * @property {number} piece number of the part within the file, from 0
 * @property {number} start first byte in the padded file
 * @property {number} end byte after the last one in the padded file
 * @property {boolean} last whether this is the last part of the file
 * @property {number} length stored length, in bytes
 */

/** The parts of all files of a share, without part 0, the manifest. */
export class Layout {
  #firsts;
  #padded;
  /** Number of parts, including part 0. */
  parts = 1;
  /** Stored bytes of all parts except part 0. */
  size = 0;

  /**
   * @param {number[]} sizes file sizes, in bytes
   * @throws {TooLarge} when the files need more than `MAX_PARTS` parts
   */
  constructor(sizes) {
    this.#firsts = [];
    this.#padded = sizes.map(padded);
    for (const length of this.#padded) {
      this.#firsts.push(this.parts);
      this.parts += Math.ceil(chunksOf(length) / PART_CHUNKS);
      this.size += sealedLength(length);
    }
    if (this.parts > MAX_PARTS) throw new TooLarge();
  }

  /**
   * @param {number} file from 0
   * @returns {number} first part of the file
   */
  first(file) {
    return this.#firsts[file];
  }

  /**
   * @param {number} part from 1
   * @returns {PartLocation}
   */
  locate(part) {
    const next = this.#firsts.findIndex((first) => first > part);
    const file = (next < 0 ? this.#firsts.length : next) - 1;
    const piece = part - this.#firsts[file];
    const length = this.#padded[file];
    const start = piece * PART_PLAIN;
    const last = start + PART_PLAIN > length;
    const end = last ? length : start + PART_PLAIN;
    const chunks = last ? chunksOf(end - start) : PART_CHUNKS;
    return { file, piece, start, end, last, length: (piece === 0 ? HEADER : 0) + end - start + TAG * chunks };
  }
}

/** Encrypts a file, part by part in order. */
export class FileSealer {
  #sealer;
  #file;
  #blob;
  /** Tag digest of each encrypted part, to compare when the part is encrypted again. */
  #tagDigests = [];
  /** Promises of blocks read from the file, by number: that of the current part, and the next one. */
  #blocks = new Map();
  /** Digest of each block read, to compare when the whole file is read again. */
  #blockDigests = new Map();

  /**
   * @param {Uint8Array} contentKey
   * @param {string} id
   * @param {number} file from 0
   * @param {Blob} blob
   * @param {Uint8Array} [salt] passed only by tests
   * @returns {Promise<FileSealer>}
   */
  static async create(contentKey, id, file, blob, salt) {
    const sealer = new FileSealer();
    sealer.#sealer = await Sealer.create(contentKey, fileContext(id, file), salt);
    sealer.#file = file;
    sealer.#blob = blob;
    return sealer;
  }

  /**
   * @param {PartLocation} location the next part, or one that was encrypted before
   * @returns {Promise<Uint8Array[]>} the part, in pieces; the caller should keep it until it is acknowledged
   * @throws {FileChanged} when the file changed since it was chosen or since the part was first encrypted
   */
  async seal(location) {
    const plain = await this.#plain(location);
    const before = this.#tagDigests[location.piece];
    const chunks = await (before
      ? this.#sealer.reseal(location.piece * PART_CHUNKS, plain, location.last)
      : this.#sealer.seal(plain, location.last));
    const digest = await digestTags(chunks);
    // Sending another ciphertext with the same nonces would break AES-GCM.
    if (before && !equal(digest, before)) throw new FileChanged(this.#file);
    this.#tagDigests[location.piece] = digest;
    return location.piece === 0 ? [this.#sealer.header, ...chunks] : chunks;
  }

  /**
   * Reads the file again where the browser would not notice that it changed meanwhile.
   * @returns {Promise<void>}
   * @throws {FileChanged} when a block that was encrypted differs
   */
  async verify() {
    for (const start of this.#blockDigests.keys()) {
      const length = Math.max(0, Math.min(BLOCK_PARTS * PART_PLAIN, this.#blob.size - start));
      await this.#compare(start, await this.#bytes(start, length));
    }
  }

  /** Compares a block with what was read there before. */
  async #compare(start, bytes) {
    const digest = await sha256(bytes);
    const before = this.#blockDigests.get(start);
    if (before && !equal(digest, before)) throw new FileChanged(this.#file);
    this.#blockDigests.set(start, digest);
  }

  async #plain({ piece, start, end, last }) {
    const block = Math.floor(piece / BLOCK_PARTS);
    const bytes = await this.#block(block);
    for (const number of this.#blocks.keys()) {
      if (number !== block && number !== block + 1) this.#blocks.delete(number);
    }
    if (last) this.#blocks.clear();
    // The failure is reported when the block is awaited.
    else this.#block(block + 1).catch(() => {});
    const before = block * BLOCK_PARTS * PART_PLAIN;
    return bytes.subarray(start - before, end - before);
  }

  #block(block) {
    const start = block * BLOCK_PARTS * PART_PLAIN;
    const end = Math.min(start + BLOCK_PARTS * PART_PLAIN, padded(this.#blob.size));
    if (!this.#blocks.has(block)) this.#blocks.set(block, this.#read(start, Math.max(start, end)));
    return this.#blocks.get(block);
  }

  async #read(start, end) {
    const wanted = Math.max(0, Math.min(end, this.#blob.size) - start);
    const read = await this.#bytes(start, wanted);
    if (READS_CHANGED) await this.#compare(start, read);
    if (wanted === end - start) return read;
    const plain = new Uint8Array(end - start);
    plain.set(read);
    return plain;
  }

  async #bytes(start, length) {
    let read;
    try {
      // Most browsers fail this if the file was modified after it was chosen.
      read = new Uint8Array(await this.#blob.slice(start, start + length).arrayBuffer());
    } catch {
      throw new FileChanged(this.#file);
    }
    if (read.length !== length) throw new FileChanged(this.#file);
    return read;
  }
}

/** Returns a digest of the authentication tags, which identifies the ciphertext. */
function digestTags(chunks) {
  return sha256(concat(...chunks.map((chunk) => chunk.subarray(-TAG))));
}

/** Decrypts a file, part by part in order. */
export class FileOpener {
  #contentKey;
  #context;
  #size;
  #opener;
  #isComplete = false;

  /**
   * @param {Uint8Array} contentKey
   * @param {string} id
   * @param {number} file from 0
   * @param {number} size from the manifest, in bytes
   */
  constructor(contentKey, id, file, size) {
    this.#contentKey = contentKey;
    this.#context = fileContext(id, file);
    this.#size = size;
  }

  /**
   * @param {PartLocation} location the next part
   * @param {Uint8Array} sealed its stored bytes
   * @returns {Promise<Uint8Array>} its plaintext, without padding
   * @throws {Altered} when a check fails; the caller must discard the earlier parts
   */
  async open(location, sealed) {
    if (sealed.length !== location.length || this.#isComplete) throw new Altered();
    let chunks = sealed;
    if (location.piece === 0) {
      this.#opener = await Opener.create(this.#contentKey, this.#context, sealed.subarray(0, HEADER));
      chunks = sealed.subarray(HEADER);
    }
    const plain = await this.#opener.open(chunks);
    if (plain.length !== location.end - location.start) throw new Altered();
    if (this.#opener.isComplete !== location.last) throw new Altered();
    this.#isComplete = location.last;
    const bytes = Math.max(0, Math.min(plain.length, this.#size - location.start));
    if (plain.subarray(bytes).some((byte) => byte !== 0)) throw new Altered();
    return plain.subarray(0, bytes);
  }
}
