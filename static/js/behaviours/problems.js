/**
 * Problems of a form, said as the server says them: in a box above the heading, and above each field.
 */

import { copyOf, main, retitle } from "./page.js";
import { word } from "./words.js";

/**
 * @param {{field: string | null, text: string}[]} problems `field` is the id of a control, null for the form as a whole
 */
export function showProblems(problems) {
  clearProblems();
  const copy = copyOf("problems-box");
  const box = copy.querySelector("#problems");
  const list = box.querySelector("ul");
  for (const { field, text } of problems) {
    const entry = document.createElement("li");
    if (field) {
      const link = document.createElement("a");
      link.href = `#${field}`;
      link.textContent = text;
      entry.append(link);
      mark(field, text);
    } else {
      entry.textContent = text;
    }
    list.append(entry);
  }
  main.querySelector("h1").before(copy);
  retitle();
  box.focus();
  box.scrollIntoView({ block: "nearest" });
}

/** Takes all problems away. */
export function clearProblems() {
  main.querySelector("#problems")?.remove();
  for (const line of main.querySelectorAll("[data-problem]")) clear(line);
  retitle();
}

function clear(line) {
  line.hidden = true;
  line.textContent = "";
  describe(line.dataset.problem, false);
}

/**
 * Says a problem above its field only.
 * @param {string} field id of a control
 * @param {string} text empty to take it away
 */
export function mark(field, text) {
  const line = main.querySelector(`[data-problem="${field}"]`);
  if (!line) return;
  if (text === "") {
    clear(line);
    retitle();
    return;
  }
  const hint = document.createElement("span");
  hint.className = "hidden";
  hint.textContent = `${word("problem-mark")} `;
  line.replaceChildren(hint, text);
  line.hidden = false;
  describe(field, true);
  retitle();
  const folded = line.closest("details");
  if (folded) folded.open = true;
}

function describe(field, wrong) {
  const control = main.querySelector(`#${field}`);
  if (!control) return;
  const ids = [wrong && `${field}-problem`, main.querySelector(`#${field}-hint`) && `${field}-hint`].filter(Boolean);
  // A group of controls has no value that could be wrong.
  if (wrong && !(control instanceof HTMLFieldSetElement)) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  if (ids.length > 0) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}
