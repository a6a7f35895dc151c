/**
 * Links: how they are written, and how a mangled one is read (envelope.md, "Link").
 */

import * as base32 from "./base32.js";
import { concat, equal, sha256, utf8 } from "./bytes.js";

const VERSION = "1";
const ID_LETTERS = 16;
const SECRET_LETTERS = 32;
const OWNER_LETTERS = 32;
const WORDS_LETTERS = 32;
const CLAIM_LETTERS = 32;
const CLAIM_CHECK_LETTERS = 8;
/** Longer texts are no link, and are not searched for one. */
const LONGEST_TEXT = 16_384;
/** How often `%25` may have been written for `%`: a link inside a link inside a link. */
const ESCAPED = 4;
/** How many ids of one text are tried: a pasted conversation may hold several links. */
const CANDIDATES = 32;

/**
 * @typedef {object} Link
 * @property {string} id 16 characters
 * @property {Uint8Array} key 16 bytes
 * @property {string} [claim] 32 characters, only in a reader's own copy
 */

/**
 * @param {Uint8Array} owner 20 bytes
 * @returns {Promise<string>} the id that only this owner can create under (http-api.md, "Secrets")
 */
export async function idOf(owner) {
  return base32.encode((await sha256(concat(utf8("onetimeshare/v1/id"), owner))).subarray(0, 10));
}

async function keyCheck(id, key) {
  return (await sha256(concat(utf8("onetimeshare/v1/link"), utf8(id), key))).subarray(0, 4);
}

async function claimCheck(id, claim) {
  return (await sha256(concat(utf8("onetimeshare/v1/claim"), utf8(id), claim))).subarray(0, 5);
}

/**
 * What stands behind the `#`.
 * @param {string} id
 * @param {Uint8Array} key 16 bytes
 * @param {string} [claim] for a reader's own copy
 * @returns {Promise<string>} 33 characters, or 73 with a claim
 */
export async function writeFragment(id, key, claim) {
  const secret = VERSION + base32.encode(concat(key, await keyCheck(id, key)));
  if (claim === undefined) return secret;
  return secret + claim + base32.encode(await claimCheck(id, base32.decode(claim)));
}

/**
 * @param {string} base the site's address up to its base path, ending in `/`
 * @param {string} id
 * @param {string} fragment from `writeFragment`
 * @returns {string} the whole link
 */
export function writeLink(base, id, fragment) {
  return `${base}s/${id}#${fragment}`;
}

/**
 * Reads a whole link from what was pasted or stands in the address, repairing what mail filters, chat
 * programs and hands do to it. Sends nothing.
 * @param {string} text
 * @returns {Promise<Link | null>} null when there is no whole link in it
 */
export async function readLink(text) {
  for (const reading of readings(text)) {
    const link = await find(reading);
    if (link) return link;
  }
  return null;
}

/**
 * As `readLink`, on the page of one share, where the piece behind the `#` is enough.
 * @param {string} id in canonical form
 * @param {string} text
 * @returns {Promise<Link | null>} null when it is damaged or the link of another share
 */
export async function readLinkFor(id, text) {
  const link = await readLink(text);
  if (link) return link.id === id ? link : null;
  for (const reading of readings(text)) {
    const piece = await check(id, reading.slice(reading.lastIndexOf("#") + 1).replace(/^[^0-9a-z]+/i, ""));
    if (piece) return piece;
  }
  return null;
}

/**
 * @param {string} text
 * @returns {string | null} its canonical form when `text` is an id in any spelling
 */
export function readId(text) {
  const id = base32.normalize(text);
  return id.length === ID_LETTERS && base32.decode(id) ? id : null;
}

/**
 * What stands behind the `#` of a sender's status link.
 * @param {string} owner 32 characters
 * @param {Uint8Array} wordsKey 16 bytes, from `linkKeys`
 * @returns {Promise<string>} 64 characters
 */
export async function writeStatus(owner, wordsKey) {
  const id = await idOf(base32.decode(owner));
  return owner + base32.encode(concat(wordsKey, await statusCheck(id, wordsKey)));
}

async function statusCheck(id, wordsKey) {
  return (await sha256(concat(utf8("onetimeshare/v1/status"), utf8(id), wordsKey))).subarray(0, 4);
}

/**
 * A sender's own link.
 * @typedef {object} StatusLink
 * @property {string} owner 32 characters
 * @property {string} id 16 characters
 * @property {Uint8Array | null} wordsKey 16 bytes; null in the short form, which programs make
 * @property {string} fragment in canonical form
 */

/**
 * Reads a pasted status link, or what stands behind its `#`. Sends nothing.
 * @param {string} text
 * @returns {Promise<StatusLink | null>} null when it is cut or changed as far as that shows
 */
export async function readStatus(text) {
  for (const reading of readings(text)) {
    const piece = reading.slice(reading.lastIndexOf("#") + 1).replace(/^[^0-9a-z]+/i, "");
    const link = await checkStatus(base32.normalize(/^[0-9a-z-]*/i.exec(piece)[0]));
    if (link) return link;
  }
  return null;
}

async function checkStatus(fragment) {
  const owner = fragment.slice(0, OWNER_LETTERS);
  const bytes = owner.length === OWNER_LETTERS ? base32.decode(owner) : null;
  if (!bytes) return null;
  const id = await idOf(bytes);
  if (fragment === owner) return { owner, id, wordsKey: null, fragment };
  const words = fragment.length === OWNER_LETTERS + WORDS_LETTERS ? base32.decode(fragment.slice(OWNER_LETTERS)) : null;
  if (!words) return null;
  const wordsKey = words.slice(0, 16);
  return equal(words.subarray(16), await statusCheck(id, wordsKey)) ? { owner, id, wordsKey, fragment } : null;
}

/** What copying leaves behind in a text and nobody sees: soft hyphen, zero-width and direction marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The texts in which to look: percent signs undone, then also with line breaks and spaces taken out, for a link that
 * mail wrapped over two lines.
 */
function readings(text) {
  if (text.length > LONGEST_TEXT) return [];
  let plain = text.replace(INVISIBLE, "");
  for (let i = 0; i < ESCAPED; i += 1) {
    // Browsers write what nobody sees in an address as such escapes, too.
    plain = plain.replace(/(?:%[0-9a-f]{2})+/gi, unescaped).replace(INVISIBLE, "");
  }
  return [plain, plain.replace(/\s/g, "")];
}

/** UTF-8 behind percent signs. */
function unescaped(escapes) {
  const bytes = escapes.slice(1).split("%").map((hex) => parseInt(hex, 16));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

async function find(text) {
  const starts = [...text.matchAll(/\/s\/([0-9a-z-]+)/gi)]
    .map(({ 1: spelled, index, 0: { length } }) => ({ id: readId(spelled), rest: text.slice(index + length) }))
    .filter(({ id }) => id !== null);
  for (const { id, rest } of starts.slice(0, CANDIDATES)) {
    const mark = rest.indexOf("#");
    const link = mark < 0 ? null : await check(id, rest.slice(mark + 1));
    if (link) return link;
  }
  return null;
}

/** Reads the fragment that `text` begins with. */
async function check(id, text) {
  const letters = base32.normalize(/^[0-9a-z-]*/i.exec(text)[0]);
  if (letters[0] !== VERSION) return null;
  const short = 1 + SECRET_LETTERS;
  const long = short + CLAIM_LETTERS + CLAIM_CHECK_LETTERS;
  if (letters.length !== short && letters.length !== long) return null;

  const secret = base32.decode(letters.slice(1, short));
  if (secret === null) return null;
  const key = secret.slice(0, 16);
  if (!equal(secret.subarray(16), await keyCheck(id, key))) return null;
  if (letters.length === short) return { id, key };

  const claim = letters.slice(short, short + CLAIM_LETTERS);
  const claimBytes = base32.decode(claim);
  const claimSum = base32.decode(letters.slice(short + CLAIM_LETTERS));
  if (claimBytes === null || claimSum === null) return null;
  return equal(claimSum, await claimCheck(id, claimBytes)) ? { id, key, claim } : null;
}
