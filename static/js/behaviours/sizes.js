/**
 * Sizes and durations in the page's language.
 */

import { formatBytes, formatDuration } from "../lib/format.js";
import { readerLocale } from "./reader-locale.js";

/** @param {number} bytes @returns {string} for example "28 MB" */
export function formatSize(bytes) {
  return formatBytes(bytes, readerLocale());
}

/** @param {number} seconds @returns {string} for example "60 minutes" */
export function formatSpan(seconds) {
  return formatDuration(seconds, readerLocale());
}
