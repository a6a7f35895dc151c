/**
 * Offers to keep a list of what was sent from this browser, on the page of a new link.
 */

import { action, announce, main, slot } from "./page.js";
import { addToList, loadList } from "./sent-list.js";

/**
 * Adds the new share to the list, or offers to begin one.
 * @param {string} status the complete status link
 * @param {Date} expires
 */
export function wireKeepList(status, expires) {
  const button = action(main, "keep-list");
  const add = () => {
    const kept = addToList(status.slice(status.indexOf("#") + 1), expires);
    slot(main, "list-kept").hidden = !kept;
    slot(main, "list-problem").hidden = kept;
    button.hidden = kept;
    return kept;
  };
  if (loadList() !== null) {
    add();
    return;
  }
  button.hidden = slot(main, "list-hint").hidden = false;
  button.addEventListener("click", () => {
    const line = slot(main, add() ? "list-kept" : "list-problem");
    slot(main, "list-hint").hidden = button.hidden;
    announce(line.textContent);
    // The button, which had the focus, is gone.
    if (button.hidden) line.querySelector("a")?.focus();
  });
}
