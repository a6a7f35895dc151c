/**
 * Parts: how the messages of a share are cut for the way and for keeping (envelope.md, "Messages and parts").
 * Only a few parts of a file are ever held in memory.
 */

import { concat, equal, sha256, utf8 } from "./bytes.js";
import { CHUNK, chunksOf, HEADER, Opener, sealedLength, Sealer, TAG } from "./chunked.js";
import { Altered, FileChanged, TooLarge } from "./errors.js";
import { padded } from "./manifest.js";

/** Chunks of a whole part. */
export const PART_CHUNKS = 64;
/** Bytes of a file in a whole part. */
export const PART_PLAIN = PART_CHUNKS * CHUNK;
/** Parts of a file that are read together: beginning to read takes browsers as long as reading some. */
const STRETCH = 4;
/** Parts that a share may have. */
export const PARTS_MOST = 65_536;

/** @param {string} id @returns {Uint8Array} the context of the manifest message */
export function manifestContext(id) {
  return utf8(`onetimeshare/v1/manifest/${id}`);
}

/** @param {string} id @param {number} file from 0 @returns {Uint8Array} the context of a file message */
export function fileContext(id, file) {
  return utf8(`onetimeshare/v1/file/${id}/${file}`);
}

/** @param {number} size of a file, in bytes @returns {number} its stored bytes */
export function storedSize(size) {
  return sealedLength(padded(size));
}

/**
 * @param {number} most stored bytes
 * @returns {number} the largest file that needs no more, in bytes; 0 when there is none
 */
export function largestFile(most) {
  let [fits, over] = [0, most + 1];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (storedSize(middle) <= most) fits = middle;
    else over = middle;
  }
  return fits;
}

/**
 * Where one part lies.
 * @typedef {object} Place
 * @property {number} file from 0
 * @property {number} piece from 0, within the file
 * @property {number} start of its bytes in the padded file
 * @property {number} end of its bytes in the padded file
 * @property {boolean} last whether the file's message ends with it
 * @property {number} length stored, in bytes
 */

/** The parts of all files of a share. Part 0, the manifest, is not among them. */
export class Layout {
  #firsts;
  #padded;
  /** Parts of the whole share, the manifest's included. */
  parts = 1;
  /** Stored bytes of parts 1 …. */
  size = 0;

  /**
   * @param {number[]} sizes of the files, in bytes
   * @throws {TooLarge} when they need too many parts
   */
  constructor(sizes) {
    this.#firsts = [];
    this.#padded = sizes.map(padded);
    for (const length of this.#padded) {
      this.#firsts.push(this.parts);
      this.parts += Math.ceil(chunksOf(length) / PART_CHUNKS);
      this.size += sealedLength(length);
    }
    if (this.parts > PARTS_MOST) throw new TooLarge();
  }

  /**
   * @param {number} file from 0
   * @returns {number} its first part
   */
  first(file) {
    return this.#firsts[file];
  }

  /**
   * @param {number} part from 1
   * @returns {Place}
   */
  place(part) {
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

/** Locks one file, part after part in their order. */
export class FileSealer {
  #sealer;
  #file;
  #blob;
  /** What came out of each part, in case it is needed once more. */
  #marks = [];
  /** What was read: the stretch of the part that is locked, and the next one, by their number. */
  #stretches = new Map();

  /**
   * @param {Uint8Array} contentKey
   * @param {string} id
   * @param {number} file from 0
   * @param {Blob} blob
   * @param {Uint8Array} [salt] given only by tests
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
   * @param {Place} place the file's next part; or one that was locked before and is needed once more
   * @returns {Promise<Uint8Array[]>} the part, in pieces; keep it until it is acknowledged
   * @throws {FileChanged} when the file is not any more what was chosen, or what was locked before
   */
  async seal(place) {
    const plain = await this.#plain(place);
    const before = this.#marks[place.piece];
    const chunks = await (before
      ? this.#sealer.again(place.piece * PART_CHUNKS, plain, place.last)
      : this.#sealer.seal(plain, place.last));
    const mark = await markOf(chunks);
    // Other bytes under the same numbers must never leave this device.
    if (before && !equal(mark, before)) throw new FileChanged(this.#file);
    this.#marks[place.piece] = mark;
    return place.piece === 0 ? [this.#sealer.header, ...chunks] : chunks;
  }

  async #plain({ piece, start, end, last }) {
    const stretch = Math.floor(piece / STRETCH);
    const bytes = await this.#stretch(stretch);
    for (const known of this.#stretches.keys()) {
      if (known !== stretch && known !== stretch + 1) this.#stretches.delete(known);
    }
    if (last) this.#stretches.clear();
    // What fails is said when its turn comes.
    else this.#stretch(stretch + 1).catch(() => {});
    const before = stretch * STRETCH * PART_PLAIN;
    return bytes.subarray(start - before, end - before);
  }

  #stretch(stretch) {
    const start = stretch * STRETCH * PART_PLAIN;
    const end = Math.min(start + STRETCH * PART_PLAIN, padded(this.#blob.size));
    if (!this.#stretches.has(stretch)) this.#stretches.set(stretch, this.#read(start, Math.max(start, end)));
    return this.#stretches.get(stretch);
  }

  async #read(start, end) {
    const wanted = Math.max(0, Math.min(end, this.#blob.size) - start);
    let read;
    try {
      // Stretch by stretch: whenever browsers begin to read, they refuse a file that was written to after it was chosen.
      read = new Uint8Array(await this.#blob.slice(start, start + wanted).arrayBuffer());
    } catch {
      throw new FileChanged(this.#file);
    }
    if (read.length !== wanted) throw new FileChanged(this.#file);
    if (wanted === end - start) return read;
    const plain = new Uint8Array(end - start);
    plain.set(read);
    return plain;
  }
}

/** A digest of the tags, which are the same only for the same bytes. */
function markOf(chunks) {
  return sha256(concat(...chunks.map((chunk) => chunk.subarray(-TAG))));
}

/** Unlocks one file, part after part in their order. */
export class FileOpener {
  #contentKey;
  #context;
  #size;
  #opener;
  #ended = false;

  /**
   * @param {Uint8Array} contentKey
   * @param {string} id
   * @param {number} file from 0
   * @param {number} size as the manifest says, in bytes
   */
  constructor(contentKey, id, file, size) {
    this.#contentKey = contentKey;
    this.#context = fileContext(id, file);
    this.#size = size;
  }

  /**
   * @param {Place} place the file's next part
   * @param {Uint8Array} sealed its stored bytes
   * @returns {Promise<Uint8Array>} the file's bytes in it, without padding
   * @throws {Altered} when a check fails; what was given out before is then not to be kept
   */
  async open(place, sealed) {
    if (sealed.length !== place.length || this.#ended) throw new Altered();
    let chunks = sealed;
    if (place.piece === 0) {
      this.#opener = await Opener.create(this.#contentKey, this.#context, sealed.subarray(0, HEADER));
      chunks = sealed.subarray(HEADER);
    }
    const plain = await this.#opener.open(chunks);
    if (plain.length !== place.end - place.start || this.#opener.ended !== place.last) throw new Altered();
    this.#ended = place.last;
    const bytes = Math.max(0, Math.min(plain.length, this.#size - place.start));
    if (plain.subarray(bytes).some((byte) => byte !== 0)) throw new Altered();
    return plain.subarray(0, bytes);
  }
}
