/**
 * Copying that says "Copied" only when it did.
 */

import { announce } from "./page.js";
import { word } from "./words.js";

const SHOWN = 3000;

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it is on the clipboard
 */
async function copyText(text) {
  try {
    // Missing on plain http.
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

function select(element) {
  element.hidden = false;
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) {
    element.focus();
    element.select();
  } else {
    getSelection().selectAllChildren(element);
  }
}

/**
 * Makes a button copy.
 * @param {HTMLButtonElement | null} button nothing happens without one
 * @param {object} how
 * @param {() => string} how.text
 * @param {HTMLElement | null} how.shown what is shown and selected when copying fails, to be copied by hand
 * @param {HTMLElement | null} how.problem where the failure is said
 * @param {string} how.copied key of the words said when it worked
 * @param {string} how.failed key of the words said when it did not
 * @param {() => void} [how.then] when it worked
 * @param {() => void} [how.failing] when it did not, before anything is selected
 */
export function copies(button, { text, shown, problem, copied, failed, then, failing }) {
  if (!button) return;
  const label = button.textContent;
  let timer;
  const reset = () => {
    clearTimeout(timer);
    button.textContent = label;
  };
  button.addEventListener("click", async () => {
    reset();
    const worked = await copyText(text());
    if (problem) {
      problem.hidden = worked;
      problem.textContent = worked ? "" : word(failed);
    }
    announce(word(worked ? copied : failed));
    if (worked) {
      button.textContent = word("copied") || label;
      timer = setTimeout(reset, SHOWN);
      then?.();
    } else {
      failing?.();
      if (shown) select(shown);
    }
  });
}
