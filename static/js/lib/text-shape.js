/**
 * Tells code and columns, whose spaces matter, from prose.
 */

/** A line that is indented, or whose words are set apart by a tab or several spaces. */
const SPACED = /^(?: {2,}|\t)\S|\S(?:\t+| {3,})\S/;
/** The end of a line of code. */
const CODE = /[{};]\s*$/;

/**
 * @param {string} text
 * @returns {boolean} whether at least two lines, and a quarter of those that are not empty, look like code or columns
 */
export function isAligned(text) {
  let [lines, aligned] = [0, 0];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === "") continue;
    lines += 1;
    if (SPACED.test(line) || CODE.test(line)) aligned += 1;
  }
  return aligned >= 2 && aligned * 4 >= lines;
}
