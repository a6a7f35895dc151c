/**
 * Generates passphrases that are easy to say over the phone. Loaded on demand.
 *
 * Four of 1,024 words give 40 bits of entropy. With password stretching and the server's limit on guesses, that is
 * enough for a share that lives a week.
 */

import { WORDS } from "./wordlist.js";

/**
 * @returns {string} four words, separated by spaces
 */
export function makePassphrase() {
  // 65,536 is a multiple of 1,024, so the remainder is uniform.
  return Array.from(crypto.getRandomValues(new Uint16Array(4)), (pick) => WORDS[pick % WORDS.length]).join(" ");
}
