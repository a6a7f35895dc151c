/**
 * Buttons with a running job, which ignore further presses.
 */

/**
 * Runs a job and marks its button as busy until the job ends. Does nothing when the button is busy already.
 * @param {HTMLButtonElement} button
 * @param {string} text label while the job runs
 * @param {() => Promise<void>} job
 * @returns {Promise<void>}
 */
export async function busy(button, text, job) {
  if (isBusy(button)) return;
  const before = button.textContent;
  // A `disabled` button would lose the focus.
  button.setAttribute("aria-disabled", "true");
  if (text) button.textContent = text;
  try {
    await job();
  } finally {
    button.removeAttribute("aria-disabled");
    button.textContent = before;
  }
}

/**
 * @param {HTMLButtonElement} button
 * @returns {boolean}
 */
export function isBusy(button) {
  return button.getAttribute("aria-disabled") === "true";
}
