/**
 * A new link: copying it, and not losing it.
 */

import { copies } from "./copy.js";
import { askBeforeLeaving } from "./leave.js";
import { action, main, slot } from "./page.js";
import { inWords } from "./times.js";
import { word } from "./words.js";

/**
 * Wires the buttons of the "Link ready" state in `main`, and asks before leaving until the link was copied.
 * @param {{link: string, status: string, expires: Date}} made whole links
 */
export function wireReady({ link, status, expires }) {
  const how = { problem: slot(main, "copy-problem"), copied: "copied-link", failed: "copy-failed" };
  const shown = slot(main, "link");
  const then = () => askBeforeLeaving(false);
  const note = () => `${word("ready-note", { date: inWords(expires) })}\n${link}`;
  copies(action(main, "copy"), { ...how, text: () => link, shown, then });
  copies(action(main, "copy-note"), { ...how, text: note, shown, then });
  copies(action(main, "copy-status"), { ...how, text: () => status, shown: null, failed: "copy-status-failed" });
  askBeforeLeaving(true);
}
