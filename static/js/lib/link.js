/**
 * Writes links and reads them, including mangled ones (envelope.md, "Link").
 */

import * as base32 from "./base32.js";
import { concat, equal, sha256, utf8 } from "./bytes.js";
import { candidateTexts } from "./link-text.js";

const VERSION = "1";
const ID_LENGTH = 16;
const SECRET_LENGTH = 32;
const OWNER_LENGTH = 32;
const WORDS_LENGTH = 32;
const HANDOVER_LENGTH = 32;
const HANDOVER_CHECK_LENGTH = 8;
/** Lengths of a fragment without and with a handover. The version comes first. */
const SHORT_LENGTH = 1 + SECRET_LENGTH;
const LONG_LENGTH = SHORT_LENGTH + HANDOVER_LENGTH + HANDOVER_CHECK_LENGTH;
/** How many ids of a text are tried: a pasted conversation may contain several links. */
const MAX_CANDIDATES = 32;
/** Length of the text in which the symbols of an id and of a fragment are searched. */
const MAX_ID_TEXT = 256;
const MAX_FRAGMENT_TEXT = 1_024;

/** The kinds of links with an id in the path and a key in the fragment: path, and label of the checksum. */
const SHARE = { path: "s", label: "onetimeshare/v1/link" };
export const REQUEST = { path: "r", label: "onetimeshare/v1/request-link" };

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

async function keyChecksum(id, key, { label }) {
  return (await sha256(concat(utf8(label), utf8(id), key))).subarray(0, 4);
}

async function handoverChecksum(id, handover) {
  return (await sha256(concat(utf8("onetimeshare/v1/handover"), utf8(id), handover))).subarray(0, 5);
}

/**
 * Writes the fragment of a link.
 * @param {string} id
 * @param {Uint8Array} key 16 bytes
 * @param {string} [handover] for the receiver's other browser
 * @param {object} [kind] `REQUEST` for the link of a request that is sent
 * @returns {Promise<string>} 33 characters, or 73 with a handover
 */
export async function writeFragment(id, key, handover, kind = SHARE) {
  const secret = VERSION + base32.encode(concat(key, await keyChecksum(id, key, kind)));
  if (handover === undefined) return secret;
  return secret + handover + base32.encode(await handoverChecksum(id, base32.decode(handover)));
}

/**
 * @param {string} base URL of the site with its base path, ending in `/`
 * @param {string} id
 * @param {string} fragment from `writeFragment`
 * @param {object} [kind] as in `writeFragment`
 * @returns {string} the complete link
 */
export function writeLink(base, id, fragment, kind = SHARE) {
  return `${base}${kind.path}/${id}#${fragment}`;
}

/**
 * Finds a complete link in pasted text or in the URL, and repairs the changes that mail filters, chat programs and
 * typing make. Sends no request.
 * @param {string} text
 * @param {object} [kind] as in `writeFragment`
 * @returns {Promise<Link | null>} null when the text contains no complete link
 */
export async function readLink(text, kind = SHARE) {
  for (const candidate of candidateTexts(text)) {
    const link = (await findLink(candidate, STRICT, kind)) ?? (await findLink(candidate, LOOSE, kind));
    if (link) return link;
  }
  return null;
}

/**
 * Reads a link like `readLink`, or the fragment alone, for a known share.
 * @param {string} id in canonical form
 * @param {string} text
 * @param {object} [kind] as in `writeFragment`
 * @returns {Promise<Link | null>} null for a damaged link or the link of another share
 */
export async function readLinkFor(id, text, kind = SHARE) {
  const link = await readLink(text, kind);
  if (link) return link.id === id ? link : null;
  for (const candidate of candidateTexts(text)) {
    const piece = afterLastMark(candidate);
    const found = (await parseFragment(id, piece, STRICT, kind)) ?? (await parseFragment(id, piece, LOOSE, kind));
    if (found) return found;
  }
  return null;
}

/**
 * Reads the symbols of a fragment without a key: a pasted link or its fragment alone.
 * @param {string} text
 * @param {number} length in symbols
 * @param {(symbols: string) => Promise<T | null>} parse takes them in canonical form
 * @returns {Promise<T | null>} what `parse` returns first
 * @template T
 */
export async function readSymbols(text, length, parse) {
  for (const candidate of candidateTexts(text)) {
    for (const separator of [STRICT, LOOSE]) {
      const found = await parse(complete(gather(afterLastMark(candidate), separator, length)));
      if (found) return found;
    }
  }
  return null;
}

/** Returns the text from the first letter or digit after the last `#`. */
function afterLastMark(text) {
  return text.slice(text.lastIndexOf("#") + 1).replace(/^[^0-9a-z]+/i, "");
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
    const piece = afterLastMark(candidate);
    const whole = gather(piece, LOOSE, OWNER_LENGTH + WORDS_LENGTH);
    const link = (await parseStatus(complete(whole))) ?? (await parseStatus(base32.normalize(/^[0-9a-z-]*/i.exec(piece)[0])));
    if (link) return link;
  }
  return null;
}

/**
 * Returns whether a text contains a status link, which opens nothing.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function hasStatusLink(text) {
  const named = candidateTexts(text).some((candidate) => /\/status[^\s#]*#/i.test(candidate));
  return named && (await readStatus(text)) !== null;
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

/**
 * Match what may separate the symbols of an id or a fragment: hyphens and dots; in a wrapped link also blanks, and what
 * is left of quotes and soft breaks in a field, which joins lines.
 */
const STRICT = /[.-]/;
const LOOSE = /[\t\n\r .=>|-]/;

/**
 * Collects up to `most` symbols at the start of a text.
 * @returns {{symbols: string, written: string, rest: string}} in canonical form, as they are written, and what follows
 */
function gather(text, separator, most) {
  let written = "";
  let end = 0;
  for (let i = 0; i < text.length && written.length < most; i += 1) {
    if (/[0-9a-z]/i.test(text[i])) {
      written += text[i];
      end = i + 1;
    } else if (!separator.test(text[i])) break;
  }
  return { symbols: base32.normalize(written), written, rest: text.slice(end) };
}

/** Returns the symbols, or "" when what follows could be more of them and not a word without a space. */
function complete({ symbols, written, rest }) {
  const [, glued] = /^[.-]*([0-9a-z]*)/i.exec(rest);
  // No fragment that a program wrote has these letters, or one in capitals after one in lower case.
  const isWord = /[ilou]/i.test(glued) || (/^[A-Z]/.test(glued) && !/[A-Z]/.test(written));
  return glued === "" || isWord ? symbols : "";
}

/** Finds the first complete link: path, id, and after a `#` a fragment whose checksum matches the id. */
async function findLink(text, separator, kind) {
  let candidates = 0;
  for (const { index } of text.matchAll(new RegExp(`/${kind.path}/`, "gi"))) {
    const { symbols, rest } = gather(text.slice(index + 3, index + 3 + MAX_ID_TEXT), separator, ID_LENGTH);
    const id = symbols.length < ID_LENGTH || /^-*[0-9a-z]/i.test(rest) ? null : readId(symbols);
    if (id === null) continue;
    const mark = text.indexOf("#", index + 3);
    const piece = text.slice(mark + 1, mark + 1 + MAX_FRAGMENT_TEXT);
    const link = mark < 0 ? null : await parseFragment(id, piece, separator, kind);
    candidates += 1;
    if (link || candidates === MAX_CANDIDATES) return link;
  }
  return null;
}

/** Parses the fragment at the start of `text`. */
async function parseFragment(id, text, separator, kind) {
  // A wrapped handover is searched in any case, so that no link is read as a shorter one.
  return (
    (await parseLetters(id, complete(gather(text, LOOSE, LONG_LENGTH)), kind)) ??
    (await parseLetters(id, complete(gather(text, separator, SHORT_LENGTH)), kind))
  );
}

/** Parses a fragment in canonical form. */
async function parseLetters(id, letters, kind) {
  if (letters[0] !== VERSION) return null;
  if (letters.length !== SHORT_LENGTH && letters.length !== LONG_LENGTH) return null;

  const secret = base32.decode(letters.slice(1, SHORT_LENGTH));
  if (secret === null) return null;
  const key = secret.slice(0, 16);
  if (!equal(secret.subarray(16), await keyChecksum(id, key, kind))) return null;
  if (letters.length === SHORT_LENGTH) return { id, key };
  if (kind !== SHARE) return null;

  const handover = letters.slice(SHORT_LENGTH, SHORT_LENGTH + HANDOVER_LENGTH);
  const bytes = base32.decode(handover);
  const checksum = base32.decode(letters.slice(SHORT_LENGTH + HANDOVER_LENGTH));
  if (bytes === null || checksum === null) return null;
  return equal(checksum, await handoverChecksum(id, bytes)) ? { id, key, handover } : null;
}
