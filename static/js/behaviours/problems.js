/**
 * Validation messages in the same markup as the server's: above each field and, when there are several, in a box at the
 * start of the page.
 */

import { t } from "./i18n.js";
import { cloneTemplate, main, slot, updateTitle } from "./page.js";

/**
 * Shows problems. A single one only at its field, which gets the focus.
 * @param {{field: string, text: string}[]} problems `field`: id of a control
 */
export function showProblems(problems) {
  clearProblems();
  if (problems.length === 1) {
    const [{ field, text }] = problems;
    showFieldProblem(field, text);
    main.querySelector(`#${field}`)?.focus();
    return;
  }
  const copy = cloneTemplate("problems-box");
  const box = copy.querySelector("#problems");
  const list = box.querySelector("ul");
  for (const { field, text } of problems) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${field}`;
    link.textContent = text;
    entry.append(link);
    list.append(entry);
    showFieldProblem(field, text);
  }
  main.prepend(copy);
  updateTitle();
  box.focus();
  box.scrollIntoView({ block: "nearest" });
}

/** Removes all validation messages. */
export function clearProblems() {
  main.querySelector("#problems")?.remove();
  for (const line of main.querySelectorAll("[data-problem]")) clearFieldProblem(line);
  updateTitle();
}

function clearFieldProblem(line) {
  line.hidden = true;
  slot(line, "text").textContent = "";
  updateAria(line.dataset.problem, false);
}

/**
 * Shows a message above its field, without the box.
 * @param {string} field id of a control
 * @param {string} text empty to hide the message
 */
export function showFieldProblem(field, text) {
  const line = main.querySelector(`[data-problem="${field}"]`);
  if (!line) return;
  if (text === "") {
    clearFieldProblem(line);
    updateTitle();
    return;
  }
  const hint = document.createElement("span");
  hint.className = "hidden";
  hint.textContent = `${t("problem-mark")} `;
  slot(line, "text").replaceChildren(hint, text);
  line.hidden = false;
  updateAria(field, true);
  updateTitle();
  const details = line.closest("details");
  if (details) details.open = true;
}

function updateAria(field, wrong) {
  const control = main.querySelector(`#${field}`);
  if (!control) return;
  const ids = [wrong && `${field}-problem`, main.querySelector(`#${field}-hint`) && `${field}-hint`].filter(Boolean);
  // aria-invalid is not allowed on a group of controls.
  if (wrong && !(control instanceof HTMLFieldSetElement)) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  if (ids.length > 0) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}
