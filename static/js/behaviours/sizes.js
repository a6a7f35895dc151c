/**
 * Sizes and spans in the reader's language.
 */

import { locale, size, span } from "../lib/format.js";

const tag = locale(document.documentElement.lang, navigator.languages);

/** @param {number} bytes @returns {string} as "28 MB" */
export function sizeInWords(bytes) {
  return size(bytes, tag);
}

/** @param {number} seconds @returns {string} as "60 minutes" */
export function spanInWords(seconds) {
  return span(seconds, tag);
}
