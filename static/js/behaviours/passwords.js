/**
 * Button of password fields that shows or hides the password.
 */

import { t } from "./i18n.js";
import { labelOf } from "./label.js";
import { slot } from "./page.js";

/**
 * Wires and reveals the buttons of the password fields below `root`.
 * @param {ParentNode} root
 */
export function wirePasswords(root) {
  for (const button of root.querySelectorAll("[data-action=show-password]")) {
    const field = root.querySelector(`#${button.getAttribute("aria-controls")}`);
    button.addEventListener("click", () => revealPassword(button, field, field.type === "password"));
    // Browsers offer to save and restore a password only if the field has type "password" on submit.
    field.form?.addEventListener("submit", () => revealPassword(button, field, false));
    field.addEventListener("input", () => showWhole(field));
    new ResizeObserver(() => showWhole(field)).observe(field);
    button.hidden = false;
  }
}

/**
 * Shows or hides the password in a field.
 * @param {HTMLButtonElement} button its "Show" button
 * @param {HTMLInputElement} field
 * @param {boolean} shown
 */
export function revealPassword(button, field, shown) {
  field.type = shown ? "text" : "password";
  labelOf(button).textContent = t(shown ? "hide" : "show");
  showWhole(field);
}

/** Repeats a shown password below its field when the field cuts it off, as on narrow screens. */
function showWhole(field) {
  const line = slot(field.closest(".field"), "whole-password");
  line.hidden = field.type === "password" || field.scrollWidth <= field.clientWidth;
  line.textContent = line.hidden ? "" : field.value;
}
