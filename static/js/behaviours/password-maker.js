/**
 * Button that fills in a generated password. The word list is loaded when it is pressed.
 */

import { busy, isBusy } from "./busy.js";
import { t } from "./i18n.js";
import { action } from "./page.js";
import { revealPassword } from "./passwords.js";
import { showFieldProblem } from "./problems.js";

/** How long to wait for the word list, in milliseconds. */
const TIMEOUT = 15_000;

/**
 * Wires and reveals the button "Make one for me" below `root`.
 * @param {ParentNode} root
 * @returns {{ready: () => Promise<boolean>}} `ready` resolves once a password that was asked for is in the field, so
 *   that nothing is sent without it. It resolves to false when none could be made; typing one instead settles that.
 */
export function wirePasswordMaker(root) {
  const button = action(root, "make-password");
  const field = root.querySelector(`#${button.getAttribute("aria-controls")}`);
  const showButton = root.querySelector(`[data-action=show-password][aria-controls="${field.id}"]`);
  const submitButton = field.form.querySelector("button.main");
  /** Whether a password was asked for and is not in the field yet. */
  let isWanted = false;
  let running = null;
  let stopWaiting = () => {};

  const make = async () => {
    const typed = new Promise((resolve) => (stopWaiting = resolve));
    try {
      const makePassphrase = await Promise.race([loadWords(), typed]);
      if (!isWanted) return true;
      field.value = makePassphrase();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      revealPassword(showButton, field, true);
      showFieldProblem(field.id, "");
      return true;
    } catch {
      return false;
    }
  };
  const makeOnce = () => (running ??= make().finally(() => (running = null)));

  field.addEventListener("input", () => {
    isWanted = false;
    stopWaiting();
  });
  button.addEventListener("click", () => {
    // A share that is being sent has its password already.
    if (isBusy(submitButton)) return;
    isWanted = true;
    void busy(button, t("create-password-busy"), async () => {
      if (!(await makeOnce())) showFieldProblem(field.id, t("problem-password-make"));
      // While the form is being sent, the focus stays where it is.
      if (!isBusy(submitButton)) field.focus();
    });
  });
  button.hidden = false;
  return { ready: async () => !isWanted || makeOnce() };
}

/** Loads the word list, and rejects when that takes too long. */
async function loadWords() {
  const late = new Promise((_, reject) => setTimeout(reject, TIMEOUT));
  const { makePassphrase } = await Promise.race([import("../lib/passphrase.js"), late]);
  return makePassphrase;
}
