/**
 * Matching words (matching-words.md): three short words that the pages of reader and sender both show once a share was
 * opened, so that a phone call settles who opened it. Loaded only where they are shown.
 */

import { concat, utf8 } from "./bytes.js";
import { expand, extract } from "./keys.js";
import { WORDS } from "./wordlist.js";

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} wordsKey 16 bytes
 * @param {Uint8Array} claimHash 32 bytes: SHA-256 of the claim that opened it
 * @returns {Promise<string>} three words with spaces between
 */
export async function matchingWords(id, wordsKey, claimHash) {
  const prk = await extract(utf8(id), wordsKey);
  const bytes = await expand("SHA-256", prk, concat(utf8("onetimeshare/v1/words"), claimHash), 4);
  const bits = new DataView(bytes.buffer).getUint32(0);
  // The first thirty bits, ten a word.
  return [22, 12, 2].map((shift) => WORDS[(bits >>> shift) & 1023]).join(" ");
}
