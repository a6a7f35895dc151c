/**
 * Going on in another browser, when an app shows this page inside of itself.
 */

import { isInApp } from "../lib/inapp.js";
import { copies } from "./copy.js";
import { action, slot } from "./page.js";

const installed = navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;

/** Whether another app shows this page, which then cannot save files. */
export const inApp = isInApp(navigator.userAgent, installed);

/** Whether another app may show this page: phones are where that happens. */
export const mayBeInApp = inApp || matchMedia("(hover: none) and (pointer: coarse)").matches;

/**
 * Wires the button that copies the link of this page.
 * @param {ParentNode} root holds the button, and where the link is shown when copying fails
 * @param {() => string} link
 * @param {() => void} [then] when it worked
 */
export function copiesLink(root, link, then) {
  const shown = slot(root, "link-here");
  copies(action(root, "copy-here"), {
    text: () => (shown.value = link()),
    shown,
    problem: slot(root, "link-problem"),
    copied: "copied-link",
    failed: "copy-failed",
    then,
  });
}
