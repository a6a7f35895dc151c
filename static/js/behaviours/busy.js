/**
 * Buttons with a running job, which ignore further presses.
 */

import { labelOf } from "./label.js";

/**
 * Runs a job and marks its button as busy until the job ends. Does nothing when the button is busy already.
 * @param {HTMLButtonElement} button
 * @param {string} text label while the job runs
 * @param {() => Promise<void>} job
 * @returns {Promise<void>}
 */
export async function busy(button, text, job) {
  if (isBusy(button)) return;
  const label = labelOf(button);
  const before = label.textContent;
  // A `disabled` button would lose the focus.
  button.setAttribute("aria-disabled", "true");
  if (text) label.textContent = text;
  try {
    await job();
  } finally {
    button.removeAttribute("aria-disabled");
    label.textContent = before;
  }
}

/**
 * @param {HTMLButtonElement} button
 * @returns {boolean}
 */
export function isBusy(button) {
  return button.getAttribute("aria-disabled") === "true";
}
