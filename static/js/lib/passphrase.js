/**
 * Generates passphrases that are easy to say over the phone. Loaded on demand.
 *
 * Five of 1,536 words give 52.9 bits of entropy.
 */

import { MORE_WORDS } from "./passphrase-words.js";
import { WORDS } from "./wordlist.js";

const COUNT = 5;

/**
 * @returns {string} five words, separated by spaces
 */
export function makePassphrase() {
  const words = [...WORDS, ...MORE_WORDS];
  return Array.from({ length: COUNT }, () => words[randomBelow(words.length)]).join(" ");
}

/** Returns a uniformly distributed integer below `limit`, which is at most 65,536. */
function randomBelow(limit) {
  // Values from the last multiple of `limit` on are drawn again: they would favour the first words.
  const end = 65_536 - (65_536 % limit);
  for (;;) {
    const [value] = crypto.getRandomValues(new Uint16Array(1));
    if (value < end) return value % limit;
  }
}
