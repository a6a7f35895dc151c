/**
 * Sizes and durations in the page's language.
 */

import { chooseLocale, formatBytes, formatDuration } from "../lib/format.js";

const tag = chooseLocale(document.documentElement.lang, navigator.languages);

/** @param {number} bytes @returns {string} for example "28 MB" */
export function formatSize(bytes) {
  return formatBytes(bytes, tag);
}

/** @param {number} seconds @returns {string} for example "60 minutes" */
export function formatSpan(seconds) {
  return formatDuration(seconds, tag);
}
