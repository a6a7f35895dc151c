/**
 * Writes links and reads them, including mangled ones (envelope.md, "Link").
 */

import * as base32 from "./base32.js";
import { concat, equal, sha256, utf8 } from "./bytes.js";

const VERSION = "1";
const ID_LENGTH = 16;
const SECRET_LENGTH = 32;
const OWNER_LENGTH = 32;
const WORDS_LENGTH = 32;
const HANDOVER_LENGTH = 32;
const HANDOVER_CHECK_LENGTH = 8;
/** Length of the longest text that is searched for a link. */
const MAX_TEXT = 16_384;
/** How often percent-encoding is undone, for links nested in links. */
const MAX_UNESCAPES = 4;
/** How many ids of a text are tried: a pasted conversation may contain several links. */
const MAX_CANDIDATES = 32;

/**
 * @typedef {object} Link
 * @property {string} id 16 characters
 * @property {Uint8Array} key 16 bytes
 * @property {string} [handover] 32 characters, only in the link that a receiver's page makes for another browser
 */

/**
 * @param {Uint8Array} owner 20 bytes
 * @returns {Promise<string>} the id that belongs to the owner token (http-api.md, "Secrets")
 */
export async function idOf(owner) {
  return base32.encode((await sha256(concat(utf8("onetimeshare/v1/id"), owner))).subarray(0, 10));
}

async function keyChecksum(id, key) {
  return (await sha256(concat(utf8("onetimeshare/v1/link"), utf8(id), key))).subarray(0, 4);
}

async function handoverChecksum(id, handover) {
  return (await sha256(concat(utf8("onetimeshare/v1/handover"), utf8(id), handover))).subarray(0, 5);
}

/**
 * Writes the fragment of a link.
 * @param {string} id
 * @param {Uint8Array} key 16 bytes
 * @param {string} [handover] for the receiver's other browser
 * @returns {Promise<string>} 33 characters, or 73 with a handover
 */
export async function writeFragment(id, key, handover) {
  const secret = VERSION + base32.encode(concat(key, await keyChecksum(id, key)));
  if (handover === undefined) return secret;
  return secret + handover + base32.encode(await handoverChecksum(id, base32.decode(handover)));
}

/**
 * @param {string} base URL of the site with its base path, ending in `/`
 * @param {string} id
 * @param {string} fragment from `writeFragment`
 * @returns {string} the complete link
 */
export function writeLink(base, id, fragment) {
  return `${base}s/${id}#${fragment}`;
}

/**
 * Finds a complete link in pasted text or in the URL, and repairs the changes that mail filters, chat programs and
 * typing make. Sends no request.
 * @param {string} text
 * @returns {Promise<Link | null>} null when the text contains no complete link
 */
export async function readLink(text) {
  for (const candidate of candidateTexts(text)) {
    const link = await findLink(candidate);
    if (link) return link;
  }
  return null;
}

/**
 * Reads a link like `readLink`, or the fragment alone, for a known share.
 * @param {string} id in canonical form
 * @param {string} text
 * @returns {Promise<Link | null>} null for a damaged link or the link of another share
 */
export async function readLinkFor(id, text) {
  const link = await readLink(text);
  if (link) return link.id === id ? link : null;
  for (const candidate of candidateTexts(text)) {
    const piece = await parseFragment(id, candidate.slice(candidate.lastIndexOf("#") + 1).replace(/^[^0-9a-z]+/i, ""));
    if (piece) return piece;
  }
  return null;
}

/**
 * @param {string} text
 * @returns {string | null} the canonical form of an id; null for any other text
 */
export function readId(text) {
  const id = base32.normalize(text);
  return id.length === ID_LENGTH && base32.decode(id) ? id : null;
}

/**
 * Writes the fragment of a status link.
 * @param {string} owner 32 characters
 * @param {Uint8Array} wordsKey 16 bytes, from `linkKeys`
 * @returns {Promise<string>} 64 characters
 */
export async function writeStatus(owner, wordsKey) {
  const id = await idOf(base32.decode(owner));
  return owner + base32.encode(concat(wordsKey, await statusChecksum(id, wordsKey)));
}

async function statusChecksum(id, wordsKey) {
  return (await sha256(concat(utf8("onetimeshare/v1/status"), utf8(id), wordsKey))).subarray(0, 4);
}

/**
 * The sender's status link.
 * @typedef {object} StatusLink
 * @property {string} owner 32 characters
 * @property {string} id 16 characters
 * @property {Uint8Array | null} wordsKey 16 bytes; null in the short form, which API clients use
 * @property {string} fragment in canonical form
 */

/**
 * Reads a pasted status link or its fragment. Sends no request.
 * @param {string} text
 * @returns {Promise<StatusLink | null>} null when the link is detectably truncated or changed
 */
export async function readStatus(text) {
  for (const candidate of candidateTexts(text)) {
    const piece = candidate.slice(candidate.lastIndexOf("#") + 1).replace(/^[^0-9a-z]+/i, "");
    const link = await parseStatus(base32.normalize(/^[0-9a-z-]*/i.exec(piece)[0]));
    if (link) return link;
  }
  return null;
}

async function parseStatus(fragment) {
  const owner = fragment.slice(0, OWNER_LENGTH);
  const bytes = owner.length === OWNER_LENGTH ? base32.decode(owner) : null;
  if (!bytes) return null;
  const id = await idOf(bytes);
  if (fragment === owner) return { owner, id, wordsKey: null, fragment };
  const words = fragment.length === OWNER_LENGTH + WORDS_LENGTH ? base32.decode(fragment.slice(OWNER_LENGTH)) : null;
  if (!words) return null;
  const wordsKey = words.slice(0, 16);
  return equal(words.subarray(16), await statusChecksum(id, wordsKey)) ? { owner, id, wordsKey, fragment } : null;
}

/** Invisible characters that copying may add: soft hyphen, zero-width and direction marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Returns the texts to search: percent-decoded, and also without white space, for a link that mail wrapped over two
 * lines.
 */
function candidateTexts(text) {
  if (text.length > MAX_TEXT) return [];
  let plain = text.replace(INVISIBLE, "");
  for (let i = 0; i < MAX_UNESCAPES; i += 1) {
    // Browsers percent-encode invisible characters in URLs.
    plain = plain.replace(/(?:%[0-9a-f]{2})+/gi, percentDecode).replace(INVISIBLE, "");
  }
  return [plain, plain.replace(/\s/g, "")];
}

/** Decodes percent-encoded UTF-8. */
function percentDecode(escapes) {
  const bytes = escapes.slice(1).split("%").map((hex) => parseInt(hex, 16));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

async function findLink(text) {
  const starts = [...text.matchAll(/\/s\/([0-9a-z-]+)/gi)]
    .map(({ 1: spelled, index, 0: { length } }) => ({ id: readId(spelled), rest: text.slice(index + length) }))
    .filter(({ id }) => id !== null);
  for (const { id, rest } of starts.slice(0, MAX_CANDIDATES)) {
    const mark = rest.indexOf("#");
    const link = mark < 0 ? null : await parseFragment(id, rest.slice(mark + 1));
    if (link) return link;
  }
  return null;
}

/** Parses the fragment at the start of `text`. */
async function parseFragment(id, text) {
  const letters = base32.normalize(/^[0-9a-z-]*/i.exec(text)[0]);
  if (letters[0] !== VERSION) return null;
  const short = 1 + SECRET_LENGTH;
  const long = short + HANDOVER_LENGTH + HANDOVER_CHECK_LENGTH;
  if (letters.length !== short && letters.length !== long) return null;

  const secret = base32.decode(letters.slice(1, short));
  if (secret === null) return null;
  const key = secret.slice(0, 16);
  if (!equal(secret.subarray(16), await keyChecksum(id, key))) return null;
  if (letters.length === short) return { id, key };

  const handover = letters.slice(short, short + HANDOVER_LENGTH);
  const bytes = base32.decode(handover);
  const checksum = base32.decode(letters.slice(short + HANDOVER_LENGTH));
  if (bytes === null || checksum === null) return null;
  return equal(checksum, await handoverChecksum(id, bytes)) ? { id, key, handover } : null;
}
