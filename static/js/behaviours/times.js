/**
 * Absolute and relative times in the local time zone, updated once a minute.
 */

import { now } from "../lib/clock.js";
import { delay } from "../lib/delay.js";
import { chooseLocale, formatDateTime, formatRelative } from "../lib/format.js";
import { t } from "./i18n.js";
import { readerLocale } from "./reader-locale.js";

let timerStarted = false;

/**
 * @param {Date} when
 * @param {string} [language] of the reader; that of the page if absent
 * @returns {string} date and time in the local time zone, with its name, for readers elsewhere
 */
export function formatTime(when, language) {
  return formatDateTime(when, language ? chooseLocale(language, navigator.languages) : readerLocale());
}

/**
 * Formats a time while a page waits for the network, in short steps: the first ones of a page take 40 ms together, and a
 * multiple of that on a phone.
 */
export async function prepareTimes() {
  const moment = new Date(now());
  const steps = [
    readerLocale,
    () => formatDateTime(moment, readerLocale(), moment),
    () => formatRelative(moment, moment, readerLocale()),
  ];
  for (const step of steps) {
    await delay(0);
    step();
  }
}

/**
 * Rewrites every `<time datetime>` below `root`, and those of the whole page once a minute.
 * @param {ParentNode} root
 */
export function updateTimes(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const when = new Date(element.dateTime);
    if (Number.isNaN(when.getTime())) continue;
    const date = formatDateTime(when, readerLocale(), new Date(now()));
    const text = t("when-relative", { date, relative: formatRelative(when, new Date(now()), readerLocale()) }) || date;
    if (element.textContent !== text) element.textContent = text;
  }
  if (timerStarted) return;
  timerStarted = true;
  setInterval(() => document.hidden || updateTimes(document), 60_000);
}
