/**
 * How much room a text field has left. Said from 80 % on, aloud when typing pauses. Nothing is ever cut.
 */

import { announce } from "./page.js";
import { word } from "./words.js";

const PAUSE = 1000;

/**
 * @param {string} text
 * @returns {number} its characters, as the server counts them
 */
export function characters(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement | null} line hidden until needed
 * @param {number} most characters
 */
export function counts(field, line, most) {
  if (!line) return;
  let timer;
  const update = () => {
    clearTimeout(timer);
    // A text has at most as many characters as UTF-16 units: cheap for the usual short one.
    const used = field.value.length < most * 0.8 ? 0 : characters(field.value);
    line.hidden = used < most * 0.8;
    if (line.hidden) return;
    const over = used > most;
    line.textContent = word(over ? "create-message-over" : "create-message-left", { n: Math.abs(most - used) });
    timer = setTimeout(() => announce(line.textContent), PAUSE);
  };
  field.addEventListener("input", update);
  if (field.value) update();
}
