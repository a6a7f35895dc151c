/**
 * Detection of in-app browsers, and the button that copies the link for another browser.
 */

import { isInApp } from "../lib/inapp.js";
import { wireCopyButton } from "./copy.js";
import { action, slot } from "./page.js";

const installed = navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;

/** Whether the page runs in an in-app browser, which cannot save files. */
export const inApp = isInApp(navigator.userAgent, installed);

/** Whether the page may run in an in-app browser: true on every touch device. */
export const mayBeInApp = inApp || matchMedia("(hover: none) and (pointer: coarse)").matches;

/**
 * Wires the button that copies the link of this page.
 * @param {ParentNode} root contains the button and the field that shows the link when copying fails
 * @param {() => string | Promise<string>} link
 * @param {(error: unknown) => string} explain returns the text for a link that cannot be made
 * @param {() => void} [onCopied]
 */
export function wireCopyLink(root, link, explain, onCopied) {
  const shown = slot(root, "link-here");
  wireCopyButton(action(root, "copy-here"), {
    text: async () => (shown.value = await link()),
    explain,
    fallback: shown,
    problem: slot(root, "link-problem"),
    copied: "copied-link",
    failed: "copy-failed",
    onCopied,
  });
}
