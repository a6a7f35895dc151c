/**
 * Sizes and durations in the page's language.
 */

import { locale, size, span } from "../lib/format.js";

const tag = locale(document.documentElement.lang, navigator.languages);

/** @param {number} bytes @returns {string} for example "28 MB" */
export function formatSize(bytes) {
  return size(bytes, tag);
}

/** @param {number} seconds @returns {string} for example "60 minutes" */
export function formatSpan(seconds) {
  return span(seconds, tag);
}
