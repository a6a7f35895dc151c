/**
 * Button that copies the status link.
 */

import { wireCopyButton } from "./copy.js";
import { action, slot } from "./page.js";

/**
 * @param {ParentNode} root contains the button and the field that shows the link when copying fails
 * @param {string} link the complete status link
 */
export function wireStatusLink(root, link) {
  const shown = slot(root, "status-here");
  wireCopyButton(action(root, "copy-status"), {
    text: () => link,
    fallback: shown,
    problem: slot(root, "status-problem"),
    copied: "copied-link",
    failed: "copy-failed",
    onFailed: () => (shown.value = link),
  });
}
