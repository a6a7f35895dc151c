/**
 * Sanitizes file names, which the sender chose.
 */

/** Control characters, line separators, and direction marks, which can make `gpj.exe` look like `exe.jpg`. */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
/** Right-to-left letters. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Characters that Windows forbids in names. */
const FORBIDDEN = /[<>:"|?*]/g;
/** Extensions of files that can run code when opened, on any system. */
const EXECUTABLE = new Set(
  (
    "apk app appimage bat cmd com command cpl deb desktop dll dmg exe flatpak gadget hta inf ins iso jar js jse " +
    "lnk mjs msc msi msix msp mst pif pkg ps1 psm1 py rb reg rpm run scf scr scpt sh vb vbe vbs vhd vhdx wsc wsf " +
    "wsh"
  ).split(" "),
);

/**
 * @param {string} name unsanitized
 * @returns {string} name that is safe to show and to save under: the last path segment without invisible characters;
 *   never empty, `.` or `..`
 */
export function safeName(name) {
  // Removing invisible characters after the check could leave `..`.
  const last = name.replace(INVISIBLE, "").split(/[/\\]/).pop().trim();
  return last === "" || last === "." || last === ".." ? "file" : last;
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
 * @param {string} name from `safeName`
 * @returns {boolean} whether opening the file can run code
 */
export function isExecutable(name) {
  // Windows ignores trailing dots and spaces.
  return EXECUTABLE.has(extension(name.replace(/[. ]+$/, "")));
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
 * @returns {string} new name that is valid on every system, for example `photo (2).jpg`
 */
export function freeName(name, taken) {
  const plain = name.replace(FORBIDDEN, "_").replace(/[. ]+$/, "") || "file";
  const at = plain.lastIndexOf(".");
  const [stem, tail] = at > 0 ? [plain.slice(0, at), plain.slice(at)] : [plain, ""];
  let free = plain;
  for (let n = 2; taken(free); n += 1) free = `${stem} (${n})${tail}`;
  return free;
}
