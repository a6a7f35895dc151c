/**
 * Undoes what mail gateways, chat programs and typing do to a text with a link. The server does the same
 * (crates/envelope/src/link_text.rs); both are tested with tests/vectors/link-repairs.json.
 */

import { fromBase64url, utf8 } from "./bytes.js";

/** Length of the longest text that is searched for a link, in UTF-8. */
const MAX_TEXT = 16_384;
/** How often percent-encoding is undone, for links nested in links. */
const MAX_UNESCAPES = 4;
/** How often all encodings are undone. */
const MAX_ROUNDS = 6;
/** How many texts are searched: the text itself, and links that were found encoded in it. */
const MAX_TEXTS = 8;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Characters that copied text may contain invisibly: controls, soft hyphens, joiners, marks of direction. */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\u{e0000}-\u{e0fff}]/gu;
/** Characters that look like others, each class with what it stands for. */
const ALIKE = [
  [/[\u02d7\u058a\u05be\u1806\u2010-\u2015\u2043\u207b\u208b\u2212\u2500\u2796\u2e3a\u2e3b\u30fc\ufe58\ufe63\uff70]/g, "-"],
  [/[\u00b7\u2022\u2024\u2027\u2219\u22c5\u3002\u30fb\uff61\uff65]/g, "."],
  [/[\u2044\u2215\u29f8]/g, "/"],
  [/[\u266f\ufe5f]/g, "#"],
  [/[\u2502\u2503]/g, "|"],
  [/[\u000b\u000c\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/g, " "],
  [/[\u0085\u2028\u2029]/g, "\n"],
];

const ENTITIES = new Map(
  Object.entries({
    amp: "&",
    apos: "'",
    colon: ":",
    dash: "-",
    equals: "=",
    gt: ">",
    hyphen: "-",
    lowbar: "_",
    lt: "<",
    mdash: "-",
    nbsp: " ",
    ndash: "-",
    num: "#",
    percnt: "%",
    period: ".",
    quest: "?",
    quot: '"',
    shy: "\u00ad",
    sol: "/",
    zwj: "\u200d",
    zwnj: "\u200c",
  }),
);

/** Proofpoint writes the length of a run of replaced characters, from 2 on, as one of these. */
const RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Returns the texts to search for a link, the least changed first.
 * @param {string} text
 * @returns {string[]} none for a text that is too long
 */
export function candidateTexts(text) {
  if (utf8(text).length > MAX_TEXT) return [];
  const queue = [text];
  const candidates = [];
  for (let i = 0; i < queue.length; i += 1) {
    const plain = withoutQuotes(decodePlain(queue[i]));
    const decoded = withoutQuotes(decodeAll(queue[i]));
    const joined = decodeAll(decoded.replace(/[\t\n\r ]/g, ""));
    candidates.push(plain, decoded, joined);
    for (const form of [plain, decoded, joined]) {
      for (const found of unwrap(form)) {
        if (queue.length < MAX_TEXTS && !queue.includes(found)) queue.push(found);
      }
    }
  }
  return candidates;
}

/** Removes invisible characters and replaces look-alikes. */
function tidy(text) {
  let tidied = text.replace(INVISIBLE, "");
  tidied = tidied.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  for (const [letters, plain] of ALIKE) tidied = tidied.replace(letters, plain);
  return tidied;
}

/** Drops the marks of a quoted reply at the start of lines. */
function withoutQuotes(text) {
  return text.replace(/\n[\t\r >|]+/g, "\n");
}

/** Undoes percent-encoding alone. */
function decodePlain(text) {
  let plain = tidy(text);
  // Browsers percent-encode invisible characters in URLs.
  for (let i = 0; i < MAX_UNESCAPES; i += 1) plain = tidy(unescapeBytes(plain, "%"));
  return plain;
}

/** Undoes quoted-printable, HTML entities, backslashes and percent-encoding, also of each other. */
function decodeAll(text) {
  let decoded = tidy(text);
  for (let i = 0; i < MAX_ROUNDS; i += 1) {
    const before = decoded;
    decoded = unescapeBytes(decoded.replace(/=[\t ]*\r?\n/g, ""), "=");
    decoded = decoded.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi, decodeEntity);
    decoded = decoded.replace(
      /\\(?:u([\da-f]{4})|u\{([\da-f]{1,6})\}|x([\da-f]{2})|([nrt])|([^0-9A-Za-z]))/giu,
      decodeBackslash,
    );
    decoded = tidy(unescapeBytes(decoded, "%"));
    if (decoded === before) break;
  }
  return decoded;
}

/** Decodes UTF-8 whose bytes are written as two hex digits after `mark`. */
function unescapeBytes(text, mark) {
  return text.replace(new RegExp(`(?:${mark}[0-9a-f]{2})+`, "gi"), (escapes) => {
    const bytes = escapes.slice(1).split(mark).map((hex) => parseInt(hex, 16));
    return decoder.decode(Uint8Array.from(bytes));
  });
}

/** Returns a character, or `otherwise` when there is none of this number. */
function character(number, otherwise) {
  const exists = number > 0 && number < 0x110000 && (number < 0xd800 || number > 0xdfff);
  return exists ? String.fromCodePoint(number) : otherwise;
}

function decodeEntity(entity, name) {
  if (name[0] !== "#") return ENTITIES.get(name.toLowerCase()) ?? entity;
  const hex = name[1] === "x" || name[1] === "X";
  return character(hex ? parseInt(name.slice(2), 16) : Number(name.slice(1)), entity);
}

function decodeBackslash(escape, four, braced, two, blank, letter) {
  if (letter !== undefined) return letter;
  if (blank !== undefined) return blank.toLowerCase() === "t" ? "\t" : "\n";
  return character(parseInt(four ?? braced ?? two, 16), escape);
}

/** Returns the links that a mail gateway or a redirect wrote into `text` in its own encoding. */
function unwrap(text) {
  const found = [];
  // Proofpoint, version 2.
  for (const [, link] of text.matchAll(/\/v2\/url\?u=([^&\s]+)/gi)) {
    found.push(link.replaceAll("-", "%").replaceAll("_", "/"));
  }
  // Proofpoint, version 3.
  for (const [, link, replaced] of text.matchAll(/\/v3\/__([^\s]+?)__;([\w+/-]*)!/gi)) {
    const letters = [...decodeBase64(replaced)];
    let at = 0;
    found.push(
      link.replace(/\*(?:\*([\w-]))?/g, (mark, run) => {
        const from = at;
        at += run === undefined ? 1 : RUNS.indexOf(run) + 2;
        return letters.slice(from, at).join("") || mark;
      }),
    );
  }
  // The start of “http” in base64.
  for (const [link] of text.matchAll(/aHR0c[\w+/-]*/g)) found.push(decodeBase64(link));
  return found.slice(0, MAX_TEXTS);
}

/** Decodes base64 in either alphabet, without padding. Ignores letters after the last whole byte. */
function decodeBase64(text) {
  const letters = text.replaceAll("+", "-").replaceAll("/", "_");
  return decoder.decode(fromBase64url(letters.length % 4 === 1 ? letters.slice(0, -1) : letters));
}
