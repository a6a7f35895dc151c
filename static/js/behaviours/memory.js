/**
 * What is remembered of shares: by the browser which were made in it, by a tab the claim of one being opened and which of
 * its files are on disk. Never a key.
 */

import { encode } from "../lib/base32.js";
import { concat, sha256, utf8 } from "../lib/bytes.js";

const OWN = "own:";
/** Kept so much longer than the share, since this device's clock may be wrong. In milliseconds. */
const LONGER = 24 * 60 * 60 * 1000;

/**
 * What stands for a share that was made here. Nobody who looks through the storage learns its address from that.
 */
async function mark(id) {
  const digest = await sha256(concat(utf8("onetimeshare/v1/own"), utf8(id)));
  return OWN + encode(digest.subarray(0, 10));
}

/** Forgets shares whose time is over. */
function tidy() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(OWN))) {
    const until = Number(localStorage.getItem(key));
    if (!(until > Date.now())) localStorage.removeItem(key);
  }
}

/**
 * @param {string} id of a share made in this browser
 * @param {string | Date} expires when it is deleted: a Date or RFC 3339
 * @returns {Promise<void>}
 */
export async function rememberOwn(id, expires) {
  try {
    tidy();
    localStorage.setItem(await mark(id), String(new Date(expires).getTime() + LONGER));
  } catch {
    // Storage is off or full: there is no warning, nothing else changes.
  }
}

/** @param {string} id @returns {Promise<boolean>} whether it was made in this browser */
export async function isOwn(id) {
  try {
    tidy();
    return localStorage.getItem(await mark(id)) !== null;
  } catch {
    return false;
  }
}

/**
 * @typedef {object} Opening
 * @property {string} claim 32 characters
 * @property {boolean} password whether the share has one
 * @property {number[]} saved files that are known to be on disk, from 0
 */

function keyOf(id) {
  return `claim:${id}`;
}

/** @param {string} id @returns {Opening | null} one that this tab began and did not finish */
export function opening(id) {
  try {
    const found = JSON.parse(sessionStorage.getItem(keyOf(id)));
    return typeof found?.claim === "string" ? { saved: [], ...found } : null;
  } catch {
    return null;
  }
}

/** @param {string} id @param {Opening | null} opening null when it is finished */
export function rememberOpening(id, opening) {
  try {
    if (opening === null) sessionStorage.removeItem(keyOf(id));
    else sessionStorage.setItem(keyOf(id), JSON.stringify(opening));
  } catch {
    // Storage is off: a reload forgets, nothing else changes.
  }
}
