/**
 * Password fields: showing what stands in them, and making one.
 */

import { word } from "./words.js";

/**
 * Wires the buttons beside password fields below `root`, and reveals them.
 * @param {ParentNode} root
 */
export function passwords(root) {
  for (const button of root.querySelectorAll("[data-action=show-password]")) {
    const field = fieldOf(root, button);
    button.addEventListener("click", () => reveal(button, field, field.type === "password"));
    // A browser offers to save, and restores, only what is a password field again when the form is sent.
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
  button.textContent = word(shown ? "hide" : "show");
}
