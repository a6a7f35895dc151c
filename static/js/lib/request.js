/**
 * Requests, version 1 (request.md): keys and links, the box with the note, and sealed answers.
 */

import * as base32 from "./base32.js";
import { concat, equal, fromBase64url, random, sha256, toBase64url, utf8 } from "./bytes.js";
import { open, seal } from "./chunked.js";
import { Altered } from "./errors.js";
import { openFrom, publicKeyOf, sealTo } from "./hpke.js";
import { expand, extract } from "./keys.js";
import { REQUEST, idOf, readLink, readLinkFor, readSymbols, writeFragment, writeLink } from "./link.js";
import { frame, framed, isText, wellFormed } from "./manifest.js";

/** Bytes of the secret in a private link, and of its checksum. */
const MASTER = 20;
const CHECK = 5;
/** Characters of the fragment of a private link. */
const PRIVATE_LENGTH = 40;
/** Maximum length of a box in bytes, and of the padded plaintext in it. */
export const MAX_BOX = 8_192;
const MAX_PLAIN = MAX_BOX - 72;
/** Bytes of a sealed answer. */
const SEALED = 74;

/**
 * Keys of the person who asks.
 * @typedef {object} RequesterKeys
 * @property {string} id 16 characters
 * @property {string} owner 32 characters; authorizes making, reading and ending the request
 * @property {Uint8Array} privateKey 32 bytes; opens the answers
 * @property {Uint8Array} publicKey 32 bytes
 * @property {Uint8Array} key 16 bytes; the key in the link that is sent
 */

/**
 * Derives the keys of a request from its private link.
 * @param {Uint8Array} [master] 20 bytes; random for a new request
 * @returns {Promise<RequesterKeys & {master: Uint8Array}>}
 */
export async function requesterKeys(master = random(MASTER)) {
  const prk = await extract(utf8("onetimeshare/v1/request"), master);
  const [owner, privateKey, key] = await Promise.all([
    expand("SHA-256", prk, utf8("onetimeshare/v1/request-owner"), 20),
    expand("SHA-256", prk, utf8("onetimeshare/v1/request-private"), 32),
    expand("SHA-256", prk, utf8("onetimeshare/v1/request-key"), 16),
  ]);
  const publicKey = await publicKeyOf(privateKey);
  return { master, id: await idOf(owner), owner: base32.encode(owner), privateKey, publicKey, key };
}

/**
 * Keys of a giver.
 * @typedef {object} GiveKeys
 * @property {Uint8Array} giveProof 32 bytes; proves to the server that the client has the link
 * @property {Uint8Array} boxKey 32 bytes
 */

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} key 16 bytes
 * @returns {Promise<GiveKeys>}
 */
export async function giveKeys(id, key) {
  const prk = await extract(utf8(id), key);
  const [giveProof, boxKey] = await Promise.all([
    expand("SHA-256", prk, utf8("onetimeshare/v1/give"), 32),
    expand("SHA-256", prk, utf8("onetimeshare/v1/request-box"), 32),
  ]);
  return { giveProof, boxKey };
}

/**
 * @param {string} base URL of the site with its base path, ending in `/`
 * @param {{id: string, key: Uint8Array}} request
 * @returns {Promise<string>} the link to send
 */
export async function writeGiveLink(base, { id, key }) {
  return writeLink(base, id, await writeGiveFragment(id, key), REQUEST);
}

/**
 * @param {string} id 16 characters
 * @param {Uint8Array} key 16 bytes
 * @returns {Promise<string>} the fragment of the link to send, 33 characters
 */
export function writeGiveFragment(id, key) {
  return writeFragment(id, key, undefined, REQUEST);
}

/**
 * Finds a link that was sent, like `readLink`. Sends no request.
 * @param {string} text
 * @returns {Promise<{id: string, key: Uint8Array} | null>} null when the text contains no complete one
 */
export function readGiveLink(text) {
  return readLink(text, REQUEST);
}

/**
 * Reads a link that was sent, or its fragment alone, for a known request.
 * @param {string} id
 * @param {string} text
 * @returns {Promise<{id: string, key: Uint8Array} | null>} null for a damaged link or that of another request
 */
export function readGiveLinkFor(id, text) {
  return readLinkFor(id, text, REQUEST);
}

async function privateChecksum(master) {
  return (await sha256(concat(utf8("onetimeshare/v1/request-private-link"), master))).subarray(0, CHECK);
}

/**
 * @param {Uint8Array} master 20 bytes
 * @returns {Promise<string>} the 40 characters of the private link's fragment
 */
export async function writePrivateFragment(master) {
  return base32.encode(concat(master, await privateChecksum(master)));
}

/**
 * Finds a private link in pasted text, or its fragment alone. Sends no request.
 * @param {string} text
 * @returns {Promise<Uint8Array | null>} its 20 bytes; null for a damaged link
 */
export function readPrivateLink(text) {
  return readSymbols(text, PRIVATE_LENGTH, async (symbols) => {
    const bytes = symbols.length === PRIVATE_LENGTH ? base32.decode(symbols) : null;
    if (bytes === null) return null;
    const master = bytes.slice(0, MASTER);
    return equal(bytes.subarray(MASTER), await privateChecksum(master)) ? master : null;
  });
}

function boxContext(id) {
  return utf8(`onetimeshare/v1/request-box/${id}`);
}

/**
 * Encrypts the public key and the note for holders of the link that is sent.
 * @param {string} id
 * @param {Uint8Array} boxKey 32 bytes, from `giveKeys`
 * @param {{publicKey: Uint8Array, note: string}} ask
 * @param {Uint8Array} [salt] 24 bytes; passed only by tests, and never twice for one key
 * @returns {Promise<Uint8Array>} at most 8 KiB
 * @throws {TooLarge}
 */
export async function sealBox(id, boxKey, { publicKey, note }, salt) {
  const plain = frame({ public_key: toBase64url(publicKey), note: wellFormed(note) }, MAX_PLAIN);
  return seal(boxKey, boxContext(id), plain, salt);
}

/**
 * @param {string} id
 * @param {Uint8Array} boxKey 32 bytes, from `giveKeys`
 * @param {Uint8Array} box
 * @returns {Promise<{publicKey: Uint8Array, note: string}>}
 * @throws {Altered} when the server changed or replaced the box
 */
export async function openBox(id, boxKey, box) {
  if (box.length > MAX_BOX) throw new Altered();
  const { public_key: encoded, note } = framed(await open(boxKey, boxContext(id), box));
  if (!isText(encoded) || !/^[\w-]{43}$/.test(encoded) || !isText(note)) throw new Altered();
  const publicKey = fromBase64url(encoded);
  if (toBase64url(publicKey) !== encoded) throw new Altered();
  return { publicKey, note };
}

function answerInfo(id) {
  return utf8(`onetimeshare/v1/answer/${id}`);
}

/**
 * Seals the link of a share for the person who asked.
 * @param {string} id of the request
 * @param {Uint8Array} publicKey 32 bytes, from the box
 * @param {{id: string, key: Uint8Array}} share
 * @returns {Promise<Uint8Array>} 74 bytes
 * @throws {Altered} for a public key that no requester makes
 */
export async function sealAnswer(id, publicKey, share) {
  try {
    return await sealTo(publicKey, answerInfo(id), concat(base32.decode(share.id), share.key));
  } catch {
    throw new Altered();
  }
}

/**
 * @param {RequesterKeys} keys
 * @param {Uint8Array} sealed
 * @returns {Promise<{id: string, key: Uint8Array}>} the share
 * @throws {Altered} when it was not sealed for this request, or was changed
 */
export async function openAnswer({ id, privateKey }, sealed) {
  if (sealed.length !== SEALED) throw new Altered();
  const plain = await openFrom(privateKey, answerInfo(id), sealed);
  return { id: base32.encode(plain.subarray(0, 10)), key: plain.slice(10) };
}
