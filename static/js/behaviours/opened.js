/**
 * An opened message: keeping it, hiding it, and telling the server that it arrived.
 */

import { copies } from "./copy.js";
import { askBeforeLeaving } from "./leave.js";
import { action, announce, main, slot } from "./page.js";
import { word } from "./words.js";

/**
 * Wires the "Opened" state in `main`. The message stands there already.
 * @param {object} opened
 * @param {string} opened.message
 * @param {(() => Promise<void>) | null} opened.confirm makes the server delete its copy
 * @param {() => void} opened.confirmed after that
 * @param {() => void} opened.clear shows what comes after the message
 */
export function wireOpened({ message, confirm, confirmed, clear }) {
  const box = slot(main, "message");
  const safe = () => askBeforeLeaving(false);
  askBeforeLeaving(true);

  copies(action(main, "copy-message"), {
    text: () => message,
    shown: box,
    problem: slot(main, "copy-problem"),
    copied: "opened-copied",
    failed: "opened-copy-failed",
    then: safe,
  });
  action(main, "save-message").addEventListener("click", () => {
    saveText(message, `${word("opened-file-name")}.txt`);
    safe();
  });
  const hide = action(main, "hide-message");
  hide.addEventListener("click", () => {
    box.hidden = !box.hidden;
    hide.textContent = word(box.hidden ? "show" : "hide");
  });

  let done = false;
  const settle = async () => {
    if (done || !confirm) return;
    await confirm();
    done = true;
    confirmed();
    const kept = slot(main, "kept");
    if (!kept) return;
    kept.hidden = false;
    announce(kept.textContent);
  };
  // Said to be deleted only once the server said so. Without that, the end of the grace deletes it.
  const settled = settle().catch(() => {});
  action(main, "clear").addEventListener("click", () => {
    safe();
    clear();
    void settled.then(settle).catch(() => {});
  });
}

function saveText(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the address only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
