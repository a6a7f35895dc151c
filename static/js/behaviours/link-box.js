/**
 * Box with a link of a request: buttons that copy, share, show or print it.
 */

import { wireCopyButton } from "./copy.js";
import { preferSharing, showWholeLink, wireQrCode } from "./link-field.js";
import { action, slot } from "./page.js";
import { wireShareButton } from "./share.js";

/**
 * Fills and wires a box, which must be in the page.
 * @param {HTMLElement} box
 * @param {object} link
 * @param {string} link.text the complete link
 * @param {() => string} link.shared the text for the share sheet, with the link
 * @param {string} link.codeLabel accessible name of the QR code
 * @param {() => void} link.onKept called once the link is copied, shared, printed or shown as a QR code
 */
export function wireLinkBox(box, { text, shared, codeLabel, onKept }) {
  const field = slot(box, "link");
  const problem = slot(box, "copy-problem");
  const kept = () => {
    slot(box, "kept").hidden = false;
    onKept();
  };
  field.value = text;
  wireCopyButton(action(box, "copy"), {
    text: () => text,
    fallback: field,
    problem,
    copied: "copied-link",
    failed: "copy-failed",
    onCopied: kept,
  });
  const share = action(box, "share");
  wireShareButton(share, { text: shared, problem, failed: "ready-share-failed", onShared: kept });
  showWholeLink(field);
  preferSharing(share, action(box, "copy"));
  wireQrCode(slot(box, "code-box"), { text, label: codeLabel, onShown: kept });
  action(box, "print")?.addEventListener("click", () => {
    print();
    kept();
  });
}
