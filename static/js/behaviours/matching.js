/**
 * Matching words (matching-words.md) on the page. What makes them is loaded only where they are shown.
 */

import { slot } from "./page.js";

const load = () => import("../lib/matching.js");

/** Fetches what makes the words: when they are needed there may be no network. */
export function expectMatching() {
  void load().catch(() => {});
}

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} wordsKey 16 bytes
 * @param {() => Promise<Uint8Array> | Uint8Array} claimHash gives 32 bytes: SHA-256 of the claim that opened it
 * @returns {Promise<string | null>} three words; null when they cannot be told, and the page does without
 */
export async function matching(id, wordsKey, claimHash) {
  try {
    const { matchingWords } = await load();
    return await matchingWords(id, wordsKey, await claimHash());
  } catch {
    return null;
  }
}

/**
 * Shows the words where a state has room for them. Never announced: they are for a phone call, not for the room.
 * @param {ParentNode} root
 * @param {string | null} words
 */
export function showMatching(root, words) {
  const line = slot(root, "matching");
  if (!line) return;
  line.hidden = !words;
  slot(line, "words").textContent = words ?? "";
}
