/**
 * Confirmation before the page is closed while it holds unsaved content.
 */

let isAsking = false;

function preventUnload(event) {
  event.preventDefault();
  // Chrome before 119 asks only for this.
  event.returnValue = true;
}

/**
 * @param {boolean} on
 */
export function askBeforeLeaving(on) {
  if (on === isAsking) return;
  isAsking = on;
  // The listener keeps the page out of the back-forward cache, so it exists only while needed.
  if (on) addEventListener("beforeunload", preventUnload);
  else removeEventListener("beforeunload", preventUnload);
}
