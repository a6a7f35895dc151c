/**
 * Buttons that work on something. A second press while they do is ignored.
 */

/**
 * @param {HTMLButtonElement} button
 * @param {string} text shown meanwhile
 * @param {() => Promise<void>} job
 * @returns {Promise<void>} when the job is done, at once for a second press
 */
export async function busy(button, text, job) {
  if (isBusy(button)) return;
  const before = button.textContent;
  // Not `disabled`: that would throw the focus away.
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
