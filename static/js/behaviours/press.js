/**
 * Presses by a person, as opposed to those of link scanners, previews and scripts.
 */

/** How long a button must be visible before it is enabled, in milliseconds. */
const MIN_VISIBLE = 300;

/** @returns {Promise<void>} resolves once the page is no longer prerendering */
export async function whenShown() {
  if (document.prerendering) {
    await new Promise((resolve) => document.addEventListener("prerenderingchange", resolve, { once: true }));
  }
}

function isVisible() {
  return document.visibilityState === "visible" && !document.prerendering;
}

/**
 * Calls `job` on each press by pointer, keyboard or assistive technology.
 * @param {HTMLButtonElement} button gets disabled until it is armed
 * @param {(button: HTMLButtonElement) => void} job
 * @returns {() => void} arms the button: enables it shortly after the page is visible
 */
export function onPress(button, job) {
  button.disabled = true;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const active = navigator.userActivation?.isActive ?? true;
    if (event.isTrusted && active && isVisible()) job(button);
  });
  return function arm() {
    if (isVisible()) setTimeout(() => (button.disabled = false), MIN_VISIBLE);
    else document.addEventListener("visibilitychange", arm, { once: true });
  };
}
