/**
 * Content that another app or site sent to the create page. Every site can send some, so it enters the form only when
 * the sender agrees.
 */

import { action, cloneTemplate, main, slot } from "./page.js";

/** How much of a message is shown in the question, in UTF-16 units. */
const EXCERPT = 1000;

/**
 * Shows the content above the form, and asks whether to use it.
 * @param {{message: string, files: File[]}} content
 * @param {() => Promise<void>} accept puts the content into the form
 */
export function offerShared({ message, files }, accept) {
  const box = cloneTemplate("shared").firstElementChild;
  const text = slot(box, "shared-message");
  text.textContent = message.length > EXCERPT ? `${message.slice(0, EXCERPT)}…` : message;
  text.hidden = message === "";
  const list = slot(box, "shared-files");
  list.append(...files.map(nameRow));
  list.hidden = files.length === 0;
  const close = () => {
    box.remove();
    document.getElementById("message").focus();
  };
  action(box, "shared-add").addEventListener("click", () => {
    close();
    void accept();
  });
  action(box, "shared-drop").addEventListener("click", close);
  document.getElementById("create").before(box);
  box.focus();
}

function nameRow({ name }) {
  const row = document.createElement("li");
  const isolated = document.createElement("bdi");
  isolated.textContent = name;
  row.append(isolated);
  return row;
}
