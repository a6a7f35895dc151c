/**
 * Moments in the reader's own zone and language, with how far away they are. Kept up silently, once a minute.
 */

import { locale, moment, relative } from "../lib/format.js";
import { word } from "./words.js";

const tag = locale(document.documentElement.lang, navigator.languages);
let kept = false;

/**
 * @param {Date} when
 * @returns {string} day and time in the reader's zone
 */
export function inWords(when) {
  return moment(when, tag);
}

/**
 * Rewrites every `<time datetime>` below `root`, now and from time to time.
 * @param {ParentNode} root
 */
export function times(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const when = new Date(element.dateTime);
    if (Number.isNaN(when.getTime())) continue;
    const date = inWords(when);
    const text = word("when-relative", { date, relative: relative(when, new Date(), tag) }) || date;
    if (element.textContent !== text) element.textContent = text;
  }
  if (kept) return;
  kept = true;
  setInterval(() => document.hidden || times(document), 60_000);
}
