/**
 * Field of a new link, and the ways beside copying in which it leaves the page.
 */

import { t } from "./i18n.js";
import { announce, slot } from "./page.js";

/** Rows of the link's field at most: those of the longest address on the narrowest screen, in large text. */
const MAX_ROWS = 20;

/**
 * Makes the field as high as the link needs, where the browser does not.
 * @param {HTMLTextAreaElement} field
 */
export function showWholeLink(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    while (field.scrollHeight > field.clientHeight && field.rows < MAX_ROWS) field.rows += 1;
  };
  new ResizeObserver(fit).observe(field);
}

/**
 * Makes sharing the main action on touch devices, where the chat is another app.
 * @param {HTMLButtonElement} share
 * @param {HTMLButtonElement} copy
 */
export function preferSharing(share, copy) {
  if (share.hidden || !matchMedia("(hover: none) and (pointer: coarse)").matches) return;
  share.classList.add("main");
  copy.classList.remove("main");
  copy.before(share);
}

/**
 * Draws a QR code when its box is opened, and for printing.
 * @param {HTMLDetailsElement} box
 * @param {object} code
 * @param {string} code.text
 * @param {string} code.label accessible name
 * @param {() => void} code.onShown
 */
export function wireQrCode(box, { text, label, onShown }) {
  const problem = slot(box, "code-problem");
  const codeSlot = slot(box, "code");
  let draw;
  let openedForPrint = false;
  const load = async () => ({ draw } = await import("./qr-code.js"));
  const fill = () => codeSlot.childElementCount > 0 || codeSlot.append(draw(text, label));
  box.addEventListener("toggle", async () => {
    // Opening the box for print does not show the code to the sender.
    if (!box.open || openedForPrint) return;
    try {
      await load();
      fill();
      problem.hidden = true;
      onShown();
    } catch {
      problem.textContent = t("unreachable");
      problem.hidden = false;
      announce(problem.textContent);
    }
  });
  // Fetched early, because the network may be gone later and printing does not wait.
  void load().catch(() => {});
  addEventListener("beforeprint", () => {
    if (box.open || draw === undefined) return;
    fill();
    openedForPrint = box.open = true;
  });
  addEventListener("afterprint", () => {
    if (openedForPrint) openedForPrint = box.open = false;
  });
  box.hidden = false;
}
