/**
 * Buttons of password fields: show or hide the password, and generate one.
 */

import { t } from "./i18n.js";

/**
 * Wires and reveals the buttons of the password fields below `root`.
 * @param {ParentNode} root
 */
export function wirePasswords(root) {
  for (const button of root.querySelectorAll("[data-action=show-password]")) {
    const field = fieldOf(root, button);
    button.addEventListener("click", () => reveal(button, field, field.type === "password"));
    // Browsers offer to save and restore a password only if the field has type "password" on submit.
    field.form?.addEventListener("submit", () => reveal(button, field, false));
    button.hidden = false;
  }
  for (const button of root.querySelectorAll("[data-action=make-password]")) {
    const field = fieldOf(root, button);
    const shown = root.querySelector(`[data-action=show-password][aria-controls="${field.id}"]`);
    button.addEventListener("click", async () => {
      const { makePassphrase } = await import("../lib/passphrase.js");
      field.value = makePassphrase();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      if (shown) reveal(shown, field, true);
      field.focus();
    });
    button.hidden = false;
  }
}

function fieldOf(root, button) {
  return root.querySelector(`#${button.getAttribute("aria-controls")}`);
}

function reveal(button, field, shown) {
  field.type = shown ? "text" : "password";
  button.textContent = t(shown ? "hide" : "show");
}
