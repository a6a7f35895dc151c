/**
 * A person's own press, as opposed to what scanners, previews and scripts do to a page.
 */

/** How long a button has been in sight before it takes a press, in milliseconds. */
const IN_SIGHT = 300;

/** @returns {Promise<void>} once somebody looks at the page: it is not only being prepared for that */
export async function ready() {
  if (document.prerendering) {
    await new Promise((resolve) => document.addEventListener("prerenderingchange", resolve, { once: true }));
  }
}

function inSight() {
  return document.visibilityState === "visible" && !document.prerendering;
}

/**
 * Calls `job` on each press of a person, by pointer, keyboard or assistive tool.
 * @param {HTMLButtonElement} button takes none at first
 * @param {(button: HTMLButtonElement) => void} job
 * @returns {() => void} makes the button take presses, from a moment after it is in sight
 */
export function pressed(button, job) {
  button.disabled = true;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const active = navigator.userActivation?.isActive ?? true;
    if (event.isTrusted && active && inSight()) job(button);
  });
  return function arm() {
    if (inSight()) setTimeout(() => (button.disabled = false), IN_SIGHT);
    else document.addEventListener("visibilitychange", arm, { once: true });
  };
}
