/**
 * Matching words (matching-words.md): three words that the pages of receiver and sender show after opening, to verify
 * in a phone call who opened the share. Loaded on demand.
 */

import { concat, utf8 } from "./bytes.js";
import { expand, extract } from "./keys.js";
import { WORDS } from "./wordlist.js";

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} wordsKey 16 bytes
 * @param {Uint8Array} claimHash 32 bytes: SHA-256 of the claim that opened the share
 * @returns {Promise<string>} three words, separated by spaces
 */
export async function matchingWords(id, wordsKey, claimHash) {
  const prk = await extract(utf8(id), wordsKey);
  const bytes = await expand("SHA-256", prk, concat(utf8("onetimeshare/v1/words"), claimHash), 4);
  const bits = new DataView(bytes.buffer).getUint32(0);
  // The first 30 bits, 10 for each word.
  return [22, 12, 2].map((shift) => WORDS[(bits >>> shift) & 1023]).join(" ");
}
