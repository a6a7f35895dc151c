/**
 * The device's own sheet for sharing, where it has one.
 */

import { announce } from "./page.js";
import { word } from "./words.js";

/**
 * Shows a button that shares a text, when the device says that it can.
 * @param {HTMLButtonElement} button hidden at first
 * @param {object} how
 * @param {() => string} how.text
 * @param {HTMLElement} how.problem where a failure is said
 * @param {string} how.failed key of the words said then
 * @param {() => void} how.then when it was handed over
 */
export function shares(button, { text, problem, failed, then }) {
  try {
    // Missing on most computers and on plain http.
    button.hidden = !navigator.canShare({ text: text() });
  } catch {
    button.hidden = true;
  }
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ text: text() });
      problem.hidden = true;
      then();
    } catch (error) {
      // Closing the sheet is no failure.
      if (error.name === "AbortError" || error.name === "InvalidStateError") return;
      problem.textContent = word(failed);
      problem.hidden = false;
      announce(problem.textContent);
    }
  });
}
