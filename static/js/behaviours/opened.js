/**
 * What was opened: keeping the message, hiding it, and telling the server when all of it arrived.
 */

import { copies } from "./copy.js";
import { askBeforeLeaving } from "./leave.js";
import { action, announce, main, slot } from "./page.js";
import { word } from "./words.js";

/**
 * Wires the "Opened" state in `main`, its file rows aside. The message stands there already.
 * @param {object} opened
 * @param {string | undefined} opened.message
 * @param {boolean} opened.files whether there are any: then the server's copy stays until they are saved
 * @param {boolean} opened.inApp whether another app shows the page, where nothing can be saved
 * @param {() => Promise<void>} opened.confirm makes the server delete its copy
 * @param {() => void} opened.confirmed after that
 * @param {() => void} opened.clear shows what comes after
 * @returns {{settle: () => Promise<void>, filesSafe: () => void, leaving: (on: boolean) => void}} `settle` confirms,
 *   once; `filesSafe` tells that no file is lost with the page; `leaving` keeps the page from asking while it is on
 */
export function wireOpened({ message, files, inApp, confirm, confirmed, clear }) {
  const lost = new Set();
  if (message !== undefined) lost.add("message");
  if (files) lost.add("files");
  const safe = (...what) => {
    for (const one of what) lost.delete(one);
    askBeforeLeaving(lost.size > 0);
  };
  safe();
  if (message !== undefined) wireMessage(message, inApp, () => safe("message"));

  let done = false;
  const settle = async () => {
    if (done) return;
    await confirm();
    done = true;
    confirmed();
    const kept = slot(main, "kept");
    if (!kept) return;
    slot(main, "keeping").hidden = true;
    kept.hidden = false;
    announce(kept.textContent);
  };
  // Said to be deleted only once the server said so. Without that, the end of the grace deletes it.
  const settled = files ? Promise.resolve() : settle().catch(() => {});
  const button = action(main, "clear");
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    safe("message", "files");
    clear();
    void settled.then(settle).catch(() => {});
  });
  return {
    settle,
    filesSafe: () => safe("files"),
    leaving: (on) => askBeforeLeaving(!on && lost.size > 0),
  };
}

function wireMessage(message, inApp, safe) {
  const box = slot(main, "message");
  copies(action(main, "copy-message"), {
    text: () => message,
    shown: box,
    problem: slot(main, "copy-problem"),
    copied: "opened-copied",
    failed: "opened-copy-failed",
    then: safe,
  });
  const save = action(main, "save-message");
  save.hidden = inApp;
  save.addEventListener("click", () => {
    saveText(message, `${word("opened-file-name")}.txt`);
    safe();
  });
  const hide = action(main, "hide-message");
  hide.addEventListener("click", () => {
    box.hidden = !box.hidden;
    hide.textContent = word(box.hidden ? "show" : "hide");
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
