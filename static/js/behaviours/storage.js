/**
 * Browser storage for shares. localStorage marks the shares created in this browser; sessionStorage and the history entry
 * keep the claim of a share being opened and which of its files are on disk; sessionStorage hands links and a press from one
 * page to the next, which takes them. Keys of shares are never stored.
 */

import { encode } from "../lib/base32.js";
import { concat, sha256, utf8 } from "../lib/bytes.js";
import { now } from "../lib/clock.js";

const OWN_PREFIX = "own:";
/** How long a mark outlives its share, in milliseconds, because the local clock may be wrong. */
const CLOCK_SKEW = 24 * 60 * 60 * 1000;

/** Returns the storage key of a created share. It is a hash, so that the storage does not reveal the share's URL. */
async function ownKey(id) {
  const digest = await sha256(concat(utf8("onetimeshare/v1/own"), utf8(id)));
  return OWN_PREFIX + encode(digest.subarray(0, 10));
}

/** Removes the marks of expired shares. */
function removeExpired() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(OWN_PREFIX))) {
    const until = Number(localStorage.getItem(key));
    if (!(until > now())) localStorage.removeItem(key);
  }
}

/**
 * Marks a share as created in this browser.
 * @param {string} id
 * @param {string | Date} expires a Date or RFC 3339
 * @returns {Promise<void>}
 */
export async function rememberOwn(id, expires) {
  try {
    removeExpired();
    localStorage.setItem(await ownKey(id), String(new Date(expires).getTime() + CLOCK_SKEW));
  } catch {
    // Without storage, only the warning on the sender's own share is missing.
  }
}

/** @param {string} id @returns {Promise<boolean>} whether the share was created in this browser */
export async function isOwn(id) {
  try {
    removeExpired();
    return localStorage.getItem(await ownKey(id)) !== null;
  } catch {
    return false;
  }
}

/**
 * @typedef {object} Opening
 * @property {string} claim 32 characters
 * @property {boolean} password whether the share has a password
 * @property {string} [handover] 32 characters; the handover of the link that the claim was made for, until it is used
 * @property {string} [ticket] 32 characters; the handover registered for another browser
 * @property {boolean} [shown] whether this tab showed the share, a message without files
 * @property {number[]} saved numbers, from 0, of the files known to be on disk
 */

function openingKey(id) {
  return `claim:${id}`;
}

/** @param {string} id @returns {Opening | null} the opening that this tab began and did not finish */
export function loadOpening(id) {
  let found = history.state?.[openingKey(id)];
  try {
    found = JSON.parse(sessionStorage.getItem(openingKey(id))) ?? found;
  } catch {
    // Without storage, the state of the history entry holds it.
  }
  return typeof found?.claim === "string" ? { saved: [], ...found } : null;
}

/**
 * Keeps an opening for this tab in two places. The history entry serves where there is no storage, as with all cookies
 * blocked, and where a tab that changed its process reads storage as it was before.
 * @param {string} id
 * @param {Opening | null} opening null once the opening is finished
 */
export function saveOpening(id, opening) {
  tryTo(() => {
    if (opening === null) sessionStorage.removeItem(openingKey(id));
    else sessionStorage.setItem(openingKey(id), JSON.stringify(opening));
  });
  // Safari allows a hundred changes in ten seconds.
  tryTo(() => history.replaceState({ ...history.state, [openingKey(id)]: opening ?? undefined }, "", location.href));
}

function tryTo(job) {
  try {
    job();
  } catch {
    // The other place keeps it.
  }
}

const PRESS_KEY = "press";

/**
 * Tells the next page of this tab that a person pressed the button that opens a share.
 * @param {string} id
 */
export function handOverPress(id) {
  // Without storage, the open page asks for a press of its own.
  handOver(PRESS_KEY, id, "");
}

/** @param {string} id @returns {boolean} whether `handOverPress` was called for this share, once */
export function takePress(id) {
  return take(PRESS_KEY) === id;
}

const STATUS_KEY = "status";
const REQUEST_KEY = "request";

/** Hands a fragment to the next page of this tab. In that page's URL it would stay in the browser's history. */
function handOver(key, fragment, url) {
  try {
    sessionStorage.setItem(key, fragment);
    return url;
  } catch {
    return `${url}#${fragment}`;
  }
}

function take(key) {
  try {
    const fragment = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return fragment ?? "";
  } catch {
    return "";
  }
}

/**
 * Hands the status link to the next page of this tab.
 * @param {string} fragment of the status link
 * @param {string} url of the status page, without a fragment
 * @returns {string} the URL to go to: `url`, with the fragment only where there is no storage
 */
export function handOverStatus(fragment, url) {
  return handOver(STATUS_KEY, fragment, url);
}

/** @returns {string} what `handOverStatus` was given, once; otherwise an empty text */
export function takeStatus() {
  return take(STATUS_KEY);
}

/**
 * Hands the private link of a request to the next page of this tab, like `handOverStatus`.
 * @param {string} fragment of the private link
 * @param {string} url of the page of requests, without a fragment
 * @returns {string} the URL to go to
 */
export function handOverRequest(fragment, url) {
  return handOver(REQUEST_KEY, fragment, url);
}

/** @returns {string} what `handOverRequest` was given, once; otherwise an empty text */
export function takeRequest() {
  return take(REQUEST_KEY);
}
