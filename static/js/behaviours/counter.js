/**
 * Character counter of a text field. Shown from 80 % of the limit on and announced when typing pauses; the text is
 * never truncated.
 */

import { t } from "./i18n.js";
import { announce } from "./page.js";

/** In milliseconds. */
const ANNOUNCE_DELAY = 1000;

/**
 * Counts code points, as the server does.
 * @param {string} text
 * @returns {number}
 */
export function countCharacters(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Shows in `line` how many characters are left.
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement | null} line
 * @param {number} max in characters
 */
export function wireCounter(field, line, max) {
  if (!line) return;
  let timer;
  const update = () => {
    clearTimeout(timer);
    // The length in UTF-16 units is an upper bound, so short texts need no counting.
    const used = field.value.length < max * 0.8 ? 0 : countCharacters(field.value);
    line.hidden = used < max * 0.8;
    if (line.hidden) return;
    const over = used > max;
    line.textContent = t(over ? "create-message-over" : "create-message-left", { n: Math.abs(max - used) });
    timer = setTimeout(() => announce(line.textContent), ANNOUNCE_DELAY);
  };
  field.addEventListener("input", update);
  if (field.value) update();
}
