/**
 * What a tab remembers of shares: which were made in it, and the claim of one being opened. Never a key.
 */

const OWN = "own";

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is off: a reload forgets, nothing else changes.
  }
}

/** @param {string} id of a share made in this tab */
export function rememberOwn(id) {
  write(OWN, [...(read(OWN) ?? []), id]);
}

/** @param {string} id @returns {boolean} whether it was made in this tab */
export function isOwn(id) {
  return read(OWN)?.includes(id) ?? false;
}

/**
 * @typedef {object} Opening
 * @property {string} claim 32 characters
 * @property {boolean} password whether the share has one
 */

/** @param {string} id @returns {Opening | null} one that this tab began and did not finish */
export function opening(id) {
  const found = read(`claim:${id}`);
  return typeof found?.claim === "string" ? found : null;
}

/** @param {string} id @param {Opening | null} opening null when it is finished */
export function rememberOpening(id, opening) {
  write(`claim:${id}`, opening);
}
