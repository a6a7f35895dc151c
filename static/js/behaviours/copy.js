/**
 * Buttons that copy text to the clipboard and report whether it worked.
 */

import { t } from "./i18n.js";
import { drawnIcon, drawIcon } from "./icons.js";
import { labelOf } from "./label.js";
import { announce } from "./page.js";

/** How long the button says "Copied", in milliseconds. */
const COPIED_MS = 3000;

/** Returns whether the text is on the clipboard. */
async function copyText(text) {
  try {
    // `navigator.clipboard` does not exist on plain HTTP.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByEvent(text);
  }
}

function copyByEvent(text) {
  let done = false;
  const fill = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    done = true;
  };
  document.addEventListener("copy", fill, { once: true });
  try {
    return document.execCommand("copy") && done;
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", fill);
  }
}

function selectContent(element) {
  element.hidden = false;
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) {
    element.focus();
    element.select();
  } else {
    getSelection().selectAllChildren(element);
  }
}

/**
 * Makes a button copy a text.
 * @param {HTMLButtonElement | null} button
 * @param {object} options
 * @param {() => string | Promise<string>} options.text
 * @param {(error: unknown) => string} [options.explain] returns the text to show when `text` rejects
 * @param {HTMLElement | null} options.fallback shown and selected when copying fails, so that it can be copied by hand
 * @param {HTMLElement | null} options.problem shows the failure
 * @param {string} options.copied text key announced on success
 * @param {string} options.failed text key announced and shown on failure
 * @param {() => void} [options.onCopied]
 * @param {() => void} [options.onFailed] called before `fallback` is selected
 */
export function wireCopyButton(button, { text, explain, fallback, problem, copied, failed, onCopied, onFailed }) {
  if (!button) return;
  const label = labelOf(button);
  const before = label.textContent;
  const icon = drawnIcon(button);
  let timer;
  const showDone = (done) => {
    clearTimeout(timer);
    label.textContent = done ? t("copied") || before : before;
    button.classList.toggle("done", done);
    drawIcon(button, done ? "tick" : icon);
  };
  button.addEventListener("click", async () => {
    showDone(false);
    let content;
    try {
      content = await text();
    } catch (error) {
      problem.textContent = explain(error);
      problem.hidden = false;
      announce(problem.textContent);
      return;
    }
    const worked = await copyText(content);
    if (problem) {
      problem.hidden = worked;
      problem.textContent = worked ? "" : t(failed);
    }
    announce(t(worked ? copied : failed));
    if (worked) {
      showDone(true);
      timer = setTimeout(() => showDone(false), COPIED_MS);
      onCopied?.();
    } else {
      onFailed?.();
      if (fallback) selectContent(fallback);
    }
  });
}
