/**
 * Asks before a page is left that holds something not yet in safety.
 */

let guarding = false;

function ask(event) {
  event.preventDefault();
}

/**
 * @param {boolean} on whether to ask from now on
 */
export function askBeforeLeaving(on) {
  if (on === guarding) return;
  guarding = on;
  // Listening only while needed: the listener keeps a page out of the back-forward cache.
  if (on) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
