/**
 * The "Opened" state: message buttons, and the confirmation that makes the server delete its copy.
 */

import { wireCopyButton } from "./copy.js";
import { t } from "./i18n.js";
import { labelOf } from "./label.js";
import { askBeforeLeaving } from "./leave.js";
import { wireShape } from "./message-shape.js";
import { action, announce, main, setTime, slot } from "./page.js";
import { whenPast } from "./when-past.js";

/**
 * Wires the "Opened" state in `main` except its file rows. The message is in the page already.
 * @param {object} opened
 * @param {string | undefined} opened.message
 * @param {boolean} opened.files whether the share has files: then the server's copy is kept until they are saved
 * @param {boolean} opened.reading whether the message has a reading window: then the server's copy is kept until the
 *   receiver clears the page or the window is over, so that this tab can show it again
 * @param {string} opened.until RFC 3339; when the server deletes its copy unasked
 * @param {boolean} opened.inApp whether the page runs in an in-app browser, which cannot save files
 * @param {() => Promise<void>} opened.confirm makes the server delete its copy
 * @param {() => void} opened.forget makes this tab forget the share; called once that is confirmed or the page cleared
 * @param {() => void} opened.clear shows the state that follows
 * @returns {{confirmOnce: () => Promise<void>, filesSafe: () => void, allowLeaving: (on: boolean) => void}}
 *   `confirmOnce` confirms unless it was confirmed before; `filesSafe` tells that closing the page loses no file;
 *   `allowLeaving` suspends the question before leaving
 */
export function wireOpened({ message, files, reading, until, inApp, confirm, forget, clear }) {
  const unsaved = new Set();
  if (message !== undefined) unsaved.add("message");
  if (files) unsaved.add("files");
  const markSafe = (...what) => {
    for (const one of what) unsaved.delete(one);
    askBeforeLeaving(unsaved.size > 0);
  };
  markSafe();
  if (message !== undefined) wireMessage(message, inApp, () => markSafe("message"));

  let isConfirmed = false;
  const confirmOnce = async () => {
    if (isConfirmed) return;
    await confirm();
    isConfirmed = true;
    forget();
    showDeleted();
  };
  // When the confirmation fails, the end of the grace deletes the share.
  const confirming = files || reading ? Promise.resolve() : confirmOnce().catch(() => {});
  let stopWaiting = () => {};
  if (reading) {
    setTime(main, "reading-until", until);
    slot(main, "reading").hidden = false;
    stopWaiting = whenPast(until, () => void confirmOnce().catch(() => {}));
  }
  const button = action(main, "clear");
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    markSafe("message", "files");
    stopWaiting();
    // At once, so that a reload shows nothing of it, whether the confirmation arrives or not.
    forget();
    clear();
    slot(main, isConfirmed ? "nothing-left" : "left").hidden = false;
    setTime(main, "left-until", until);
    void confirming.then(confirmOnce).catch(() => {});
  });
  return {
    confirmOnce,
    filesSafe: () => markSafe("files"),
    allowLeaving: (on) => askBeforeLeaving(!on && unsaved.size > 0),
  };
}

/** Shows that the server deleted its copy, in the "Opened" state or the one after it. */
function showDeleted() {
  const done = slot(main, "kept") ?? slot(main, "nothing-left");
  if (!done) return;
  for (const before of ["keeping", "reading", "left"]) slot(main, before)?.setAttribute("hidden", "");
  done.hidden = false;
  announce(done.textContent);
}

function wireMessage(message, inApp, markSafe) {
  const box = slot(main, "message");
  const problem = slot(main, "copy-problem");
  const updateShape = wireShape(message);
  const hide = action(main, "hide-message");
  const show = (shown) => {
    box.hidden = !shown;
    labelOf(hide).textContent = t(shown ? "hide" : "show");
    // It says that the message is selected.
    if (!shown) problem.hidden = true;
    updateShape();
  };
  hide.addEventListener("click", () => show(box.hidden));
  wireCopyButton(action(main, "copy-message"), {
    text: () => message,
    fallback: box,
    problem,
    copied: "opened-copied",
    failed: "opened-copy-failed",
    onCopied: markSafe,
    onFailed: () => show(true),
  });
  const save = action(main, "save-message");
  save.hidden = inApp;
  save.addEventListener("click", () => {
    saveText(message, `${t("opened-file-name")}.txt`);
    markSafe();
  });
}

function saveText(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the blob URL only after the click event.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
