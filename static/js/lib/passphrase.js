/**
 * Passwords of four words, for saying over the phone. Loaded only when one is asked for.
 *
 * Four of 1,024 words are 40 bits: with the stretching, and with the server slowing guesses down, enough for what lives
 * a week.
 */

import { WORDS } from "./wordlist.js";

/**
 * @returns {string} four words with spaces between, each of the 1,024 equally likely
 */
export function makePassphrase() {
  // 1,024 divides 65,536, so the remainder favours no word.
  return Array.from(crypto.getRandomValues(new Uint16Array(4)), (pick) => WORDS[pick % WORDS.length]).join(" ");
}
