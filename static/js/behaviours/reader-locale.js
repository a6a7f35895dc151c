/**
 * The reader's variant of the page's language.
 */

import { chooseLocale } from "../lib/format.js";

/** Undefined until it is needed: the first use of Intl takes 20 ms, and a multiple of that on a phone. */
let tag;

/** @returns {string | undefined} a tag that Intl accepts; undefined for the browser's default */
export function readerLocale() {
  return (tag ??= chooseLocale(document.documentElement.lang, navigator.languages));
}
