/**
 * Names of files, which somebody else chose.
 */

/** Controls, and what changes the direction of writing and with it how `exe.gpj` looks; and line separators. */
const HIDDEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** What Windows refuses in names. */
const REFUSED = /[<>:"|?*]/g;
/** Endings of what a press can start, on one system or another. */
const PROGRAMS = new Set(
  (
    "apk app appimage bat cmd com command cpl deb desktop dll dmg exe flatpak gadget hta inf ins iso jar js jse " +
    "lnk mjs msc msi msix msp mst pif pkg ps1 psm1 py rb reg rpm run scf scr scpt sh vb vbe vbs vhd vhdx wsc wsf " +
    "wsh"
  ).split(" "),
);

/**
 * @param {string} name as it came
 * @returns {string} what is safe to show and to save under: the last step of a path, without hidden characters, never
 *   empty, `.` or `..`
 */
export function safeName(name) {
  // Hidden characters go first: taken out later, they could leave `..` behind.
  const last = name.replace(HIDDEN, "").split(/[/\\]/).pop().trim();
  return last === "" || last === "." || last === ".." ? "file" : last;
}

/**
 * @param {string} name safe already
 * @returns {string} its ending in lower case, without the point; empty without one
 */
export function ending(name) {
  const at = name.lastIndexOf(".");
  return at < 0 ? "" : name.slice(at + 1).trim().toLowerCase();
}

/**
 * @param {string} name safe already
 * @returns {boolean} whether opening the file can start something
 */
export function isProgram(name) {
  // Windows leaves points and spaces at the end of a name away.
  return PROGRAMS.has(ending(name.replace(/[. ]+$/, "")));
}

/**
 * @param {string} name safe already
 * @returns {string} for the middle of a sentence: a name written from right to left does not turn what is around it
 */
export function inSentence(name) {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}

/**
 * @param {string} name safe already
 * @param {(name: string) => boolean} taken
 * @returns {string} one that every system takes for a new file, as `photo (2).jpg`
 */
export function freeName(name, taken) {
  const plain = name.replace(REFUSED, "_").replace(/[. ]+$/, "") || "file";
  const at = plain.lastIndexOf(".");
  const [stem, tail] = at > 0 ? [plain.slice(0, at), plain.slice(at)] : [plain, ""];
  let free = plain;
  for (let n = 2; taken(free); n += 1) free = `${stem} (${n})${tail}`;
  return free;
}
