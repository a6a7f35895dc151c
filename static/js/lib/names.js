/**
 * Sanitizes file names, which the sender chose. `crates/envelope/src/names.rs` has the same rules for pages without
 * scripts; `tests/vectors/names.json` holds both to them.
 */

import { utf8 } from "./bytes.js";

/**
 * Control and format characters, line separators and noncharacters, except the joiners that scripts and emoji need.
 * Direction marks among them can make `gpj.exe` look like `exe.jpg`.
 */
const INVISIBLE =
  /[\p{Cc}\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]|\p{Noncharacter_Code_Point}/gu;
/** Right-to-left letters. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Characters that Windows forbids in names. */
const FORBIDDEN = /[<>:"|?*]/g;
/** Escapes, which Firefox undoes when it saves: `pdf%2eexe` would become a program. */
const ESCAPE = /%(?=[0-9a-f]{2})/gi;
/** Names of devices and of folder settings on Windows, up to the place of an underscore that makes them plain. */
const RESERVED =
  /^(?:(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|$))|desktop(?=\.ini$)|thumbs(?=\.db$))/i;
/** Extensions of Windows shortcuts and shell folders. Browsers refuse to save them. */
const SHORTCUT = /\.(?:lnk|scf|url|\{[^}]*\})$/i;
/** Longest name in bytes: 255 on most systems, less what `freeName` adds. */
const MAX_BYTES = 240;
/** Longest extension that shortening a name keeps, in UTF-16 units with the dot. */
const MAX_EXTENSION = 20;
/** Extensions of files that can run code when opened, on any system. */
const EXECUTABLE = new Set(
  (
    "apk app appimage application appref-ms bat chm cmd com command cpl deb desktop dll dmg exe flatpak gadget hta inf " +
    "ins iso jar js jse library-ms lnk mjs msc msi msix msp mst pif pkg ps1 psm1 py rb reg rpm run scf scpt scr " +
    "search-ms settingcontent-ms sh url vb vbe vbs vhd vhdx wsc wsf wsh xll"
  ).split(" "),
);

/**
 * @param {string} name unsanitized
 * @returns {string} name that is safe to show on the sender's page: the last path segment without invisible
 *   characters; never empty, `.` or `..`
 */
export function shownName(name) {
  // Removing invisible characters after the check could leave `..`.
  const last = lastSegment(name.replace(INVISIBLE, "")).trim();
  return last === "" || last === "." || last === ".." ? "file" : last;
}

/**
 * @param {string} name unsanitized
 * @returns {string} name that is safe to show and that every system and browser can save under
 */
export function safeName(name) {
  const plain = shownName(name)
    .replace(ESCAPE, "_")
    .replace(FORBIDDEN, "_")
    .replace(/^[.\s]+(?=\.)/, "")
    .replace(/[.\s]+$/, "")
    .replace(/^~|~$/g, "_")
    .replace(RESERVED, "$&_")
    .replace(SHORTCUT, "$&_");
  return shortened(plain) || "file";
}

/** Shortens a name to `MAX_BYTES`, and keeps its extension. */
function shortened(name) {
  if (utf8(name).length <= MAX_BYTES) return name;
  const at = name.lastIndexOf(".");
  const tail = at > 0 && name.length - at <= MAX_EXTENSION ? name.slice(at) : "";
  let room = MAX_BYTES - utf8(tail).length;
  let stem = "";
  for (const letter of name.slice(0, name.length - tail.length)) {
    room -= utf8(letter).length;
    if (room < 0) break;
    stem += letter;
  }
  return stem.replace(/[.\s]+$/, "") + tail;
}

function lastSegment(name) {
  return name.split(/[/\\]/).pop();
}

/**
 * @param {string} name unsanitized
 * @returns {boolean} whether `safeName` changes more than the folders before it
 */
export function isRenamed(name) {
  return safeName(name) !== lastSegment(name);
}

/**
 * @param {string} name from `safeName`
 * @returns {string} extension in lower case without the dot, or an empty text
 */
export function extension(name) {
  const at = name.lastIndexOf(".");
  return at < 0 ? "" : name.slice(at + 1).trim().toLowerCase();
}

/**
 * @param {string} name unsanitized
 * @returns {boolean} whether opening the file can run code, under this name or with its escapes undone
 */
export function isExecutable(name) {
  const shown = shownName(name);
  const unescaped = shown.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  // Windows ignores trailing dots and spaces.
  return [shown, unescaped].some((text) => EXECUTABLE.has(extension(text.replace(/[.\s\0]+$/, ""))));
}

/**
 * @param {string} name from `safeName`
 * @returns {string} name for use in a sentence; right-to-left names are isolated from the text around them
 */
export function inSentence(name) {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}

/**
 * @param {string} name from `safeName`
 * @param {(name: string) => boolean} taken whether a name exists already
 * @returns {string} new name, for example `photo (2).jpg`
 */
export function freeName(name, taken) {
  const at = name.lastIndexOf(".");
  const [stem, tail] = at > 0 ? [name.slice(0, at), name.slice(at)] : [name, ""];
  let free = name;
  for (let n = 2; taken(free); n += 1) free = `${stem} (${n})${tail}`;
  return free;
}
