/**
 * Absolute and relative times in the local time zone, updated once a minute.
 */

import { now } from "../lib/clock.js";
import { chooseLocale, formatDateTime, formatRelative } from "../lib/format.js";
import { t } from "./i18n.js";

const tag = chooseLocale(document.documentElement.lang, navigator.languages);
let timerStarted = false;

/**
 * @param {Date} when
 * @param {string} [language] of the reader; that of the page if absent
 * @returns {string} date and time in the local time zone, with its name, for readers elsewhere
 */
export function formatTime(when, language) {
  return formatDateTime(when, language ? chooseLocale(language, navigator.languages) : tag);
}

/**
 * Rewrites every `<time datetime>` below `root`, and those of the whole page once a minute.
 * @param {ParentNode} root
 */
export function updateTimes(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const when = new Date(element.dateTime);
    if (Number.isNaN(when.getTime())) continue;
    const date = formatDateTime(when, tag, new Date(now()));
    const text = t("when-relative", { date, relative: formatRelative(when, new Date(now()), tag) }) || date;
    if (element.textContent !== text) element.textContent = text;
  }
  if (timerStarted) return;
  timerStarted = true;
  setInterval(() => document.hidden || updateTimes(document), 60_000);
}
