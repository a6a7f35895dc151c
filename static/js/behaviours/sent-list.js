/**
 * The list of what was sent from this browser, kept in localStorage once the sender asks for it. It holds status links,
 * never the link that opens a share, a password or content.
 */

import { now } from "../lib/clock.js";
import { main } from "./page.js";

/** Sites below other paths of the host have lists of their own. */
const KEY = `list:${main.dataset.base}`;
/** Longest list. The oldest entries are dropped. */
const MAX_ENTRIES = 50;
/** Time for which an entry outlives the lifetime of its share, in milliseconds: about as long as the server's record. */
const KEPT = 8 * 24 * 60 * 60 * 1000;

/**
 * @typedef {object} Sent
 * @property {string} status fragment of the status link
 * @property {number} made when it was sent, in milliseconds since 1970
 * @property {number} until when the entry is dropped
 */

function isEntry(found) {
  return typeof found?.status === "string" && Number.isFinite(found.made) && found.until > now();
}

/** @returns {Sent[] | null} the newest first; null while no list is kept */
export function loadList() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(found) ? found.filter(isEntry) : null;
  } catch {
    return null;
  }
}

/** @returns {boolean} whether the browser kept it */
function saveList(entries) {
  const text = JSON.stringify(entries);
  try {
    localStorage.setItem(KEY, text);
    return localStorage.getItem(KEY) === text;
  } catch {
    return false;
  }
}

/**
 * Adds a share, and begins the list if there is none.
 * @param {string} status fragment of the status link
 * @param {Date} expires end of the share's lifetime
 * @returns {boolean} whether the browser kept it
 */
export function addToList(status, expires) {
  const others = (loadList() ?? []).filter((entry) => entry.status !== status);
  const entry = { status, made: Math.round(now()), until: expires.getTime() + KEPT };
  return saveList([entry, ...others].slice(0, MAX_ENTRIES));
}

/** @param {string} status fragment of the status link to forget */
export function forgetSent(status) {
  const entries = loadList();
  if (entries) saveList(entries.filter((entry) => entry.status !== status));
}

/** Forgets all entries and keeps no list any more. */
export function forgetList() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Without storage there is no list.
  }
}
