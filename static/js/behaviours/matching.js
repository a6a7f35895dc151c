/**
 * Matching words (matching-words.md) on a page. The module that derives them is loaded on demand.
 */

import { slot } from "./page.js";

const load = () => import("../lib/matching.js");

/** Fetches the module in advance, because the network may be gone when the words are needed. */
export function preloadMatching() {
  void load().catch(() => {});
}

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} wordsKey 16 bytes
 * @param {() => Promise<Uint8Array> | Uint8Array} claimHash returns 32 bytes: SHA-256 of the share's claim
 * @returns {Promise<string | null>} three words; null on any failure, because the page works without them
 */
export async function tryMatchingWords(id, wordsKey, claimHash) {
  try {
    const { matchingWords } = await load();
    return await matchingWords(id, wordsKey, await claimHash());
  } catch {
    return null;
  }
}

/**
 * Shows the words if the current state has a line for them. They are not announced, so that nobody overhears them.
 * @param {ParentNode} root
 * @param {string | null} words
 */
export function showMatching(root, words) {
  const line = slot(root, "matching");
  if (!line) return;
  line.hidden = !words;
  slot(line, "words").textContent = words ?? "";
}
