/**
 * The manifest: message, and names, types and sizes of the files (envelope.md, "Messages and parts").
 */

import { concat, utf8 } from "./bytes.js";
import { Altered, TooLarge } from "./errors.js";

/** Maximum size of a padded manifest, in bytes. */
export const MAX_MANIFEST = 720_896;
/** Maximum number of files in a share. */
export const MAX_FILES = 1000;
/** Padded lengths are multiples of this, in bytes. */
const PAD_UNIT = 256;

/**
 * @typedef {object} FileEntry
 * @property {string} name
 * @property {string} type media type; may be empty
 * @property {number} size in bytes
 */

/**
 * @typedef {object} Manifest
 * @property {string} [message]
 * @property {FileEntry[]} [files] at least one
 */

/**
 * Pads a length to one of few values, by at most 12 %, to hide the exact length.
 * @param {number} length in bytes
 * @returns {number} in bytes, at least 256
 */
export function padded(length) {
  const m = Math.ceil(Math.max(length, 1) / PAD_UNIT) * PAD_UNIT;
  const exponent = floorLog2(m);
  const step = 2 ** (exponent - floorLog2(exponent) - 1);
  return Math.ceil(m / step) * step;
}

/** `Math.log2` is inexact near large powers of two. */
function floorLog2(n) {
  let log = 0;
  for (let rest = n; rest >= 2; rest = Math.floor(rest / 2)) log += 1;
  return log;
}

/** Replaces lone surrogates, which JSON escapes and UTF-8 cannot encode. */
export function wellFormed(text) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8(text));
}

/**
 * @param {Manifest} manifest
 * @returns {Uint8Array} length, JSON and zero padding
 * @throws {TooLarge} over 1 MiB
 */
export function buildManifest({ message, files }) {
  const json = {};
  if (message !== undefined) json.message = wellFormed(message);
  if (files?.length) {
    json.files = files.map(({ name, type, size }) => ({ name: wellFormed(name), type: wellFormed(type), size }));
  }
  if ((files?.length ?? 0) > MAX_FILES) throw new TooLarge();
  return frame(json, MAX_MANIFEST);
}

/**
 * @param {object} json
 * @param {number} most length of the result in bytes
 * @returns {Uint8Array} length, JSON and zero padding
 * @throws {TooLarge}
 */
export function frame(json, most) {
  const text = utf8(JSON.stringify(json));
  const length = padded(4 + text.length);
  if (length > most) throw new TooLarge();
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, text.length);
  return concat(head, text, new Uint8Array(length - 4 - text.length));
}

/**
 * @param {Uint8Array} plain as `frame` writes it
 * @returns {object} the JSON
 * @throws {Altered} unless length and padding are right, and the JSON is an object
 */
export function framed(plain) {
  if (plain.length < 4) throw new Altered();
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  const end = 4 + length;
  if (end > plain.length || padded(end) !== plain.length) throw new Altered();
  if (plain.subarray(end).some((byte) => byte !== 0)) throw new Altered();

  let json;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain.subarray(4, end)));
  } catch {
    throw new Altered();
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Altered();
  return json;
}

/**
 * @param {Uint8Array} plain a decrypted manifest
 * @returns {Manifest} without unknown members
 * @throws {Altered} unless length, padding and members are as `buildManifest` writes them
 */
export function parseManifest(plain) {
  if (plain.length > MAX_MANIFEST) throw new Altered();
  const { message, files } = framed(plain);
  if (message === undefined && files === undefined) throw new Altered();
  if (message !== undefined && !isText(message)) throw new Altered();
  if (files !== undefined && !(Array.isArray(files) && files.length > 0 && files.length <= MAX_FILES)) {
    throw new Altered();
  }
  return { message, files: files?.map(parseFile) };
}

function parseFile(entry) {
  if (typeof entry !== "object" || entry === null) throw new Altered();
  const { name, type, size } = entry;
  if (!isText(name) || !isText(type) || !Number.isSafeInteger(size) || size < 0) throw new Altered();
  return { name, type, size };
}

/** Returns whether a value is a text without lone surrogates. */
export function isText(value) {
  return typeof value === "string" && !/\p{Surrogate}/u.test(value);
}
