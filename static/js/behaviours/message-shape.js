/**
 * Shows the message of an opened share: folded when it is long, with its columns kept when the receiver asks.
 */

import { isAligned } from "../lib/text-shape.js";
import { t } from "./i18n.js";
import { labelOf } from "./label.js";
import { action, main, slot } from "./page.js";

/**
 * Wires the buttons that unfold the message and keep its columns. The message is in the page already.
 * @param {string} message
 * @returns {() => void} updates the buttons, after the message was hidden or shown
 */
export function wireShape(message) {
  const box = slot(main, "message");
  const [fold, align] = [action(main, "fold-message"), action(main, "align-message")];
  const aligned = isAligned(message);
  box.classList.add("folded");
  const update = () => {
    align.hidden = box.hidden || !aligned;
    const folded = box.classList.contains("folded");
    const isCut = folded && box.scrollHeight > box.clientHeight + 1;
    box.classList.toggle("cut", isCut);
    fold.hidden = box.hidden || (folded && !isCut);
  };
  fold.addEventListener("click", () => {
    const folded = box.classList.toggle("folded");
    labelOf(fold).textContent = t(folded ? "opened-unfold" : "opened-fold");
    box.scrollTop = 0;
    update();
  });
  align.addEventListener("click", () => {
    const on = box.classList.toggle("aligned");
    labelOf(align).textContent = t(on ? "opened-wrap" : "opened-align");
    // A box that scrolls sideways must be within reach of the keyboard.
    if (on) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    update();
  });
  // A narrower page needs more lines.
  addEventListener("resize", update);
  update();
  return update;
}
