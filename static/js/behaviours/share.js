/**
 * Button that opens the system share sheet.
 */

import { t } from "./i18n.js";
import { announce } from "./page.js";

/**
 * Shows and wires a button that shares a text, if the device can share.
 * @param {HTMLButtonElement} button hidden at first
 * @param {object} options
 * @param {() => string} options.text
 * @param {HTMLElement} options.problem shows a failure
 * @param {string} options.failed text key of a failure
 * @param {() => void} options.onShared
 */
export function wireShareButton(button, { text, problem, failed, onShared }) {
  try {
    // `canShare` is missing on most desktops and on plain HTTP.
    button.hidden = !navigator.canShare({ text: text() });
  } catch {
    button.hidden = true;
  }
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ text: text() });
      problem.hidden = true;
      onShared();
    } catch (error) {
      // The user closed the sheet, or it is open already.
      if (error.name === "AbortError" || error.name === "InvalidStateError") return;
      problem.textContent = t(failed);
      problem.hidden = false;
      announce(problem.textContent);
    }
  });
}
