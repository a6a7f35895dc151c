/**
 * HPKE in base mode for one message (RFC 9180), with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM.
 */

import { concat, random, utf8 } from "./bytes.js";
import { Altered } from "./errors.js";
import { expand, extract } from "./keys.js";

/** Bytes of a key of X25519. */
const KEY = 32;
const VERSION = utf8("HPKE-v1");
/** Suite ids: the KEM alone, and the KEM, KDF and AEAD. */
const KEM_SUITE = concat(utf8("KEM"), Uint8Array.of(0x00, 0x20));
const SUITE = concat(utf8("HPKE"), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x02));
/** HKDF's salt where RFC 9180 has an empty one: WebCrypto takes no empty key, and HMAC pads keys with zeros. */
const NO_SALT = new Uint8Array(KEY);
const NOTHING = new Uint8Array(0);
/** What precedes a private key of X25519 in PKCS #8 (RFC 8410, 7). */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);
/** The base point. */
const BASE_POINT = Uint8Array.of(9, ...new Uint8Array(KEY - 1));

/**
 * @returns {Promise<boolean>} whether the browser has X25519
 */
export async function hasHpke() {
  try {
    return (await publicKeyOf(random(KEY))).length === KEY;
  } catch {
    return false;
  }
}

/**
 * @param {Uint8Array} privateKey 32 bytes
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function publicKeyOf(privateKey) {
  return agree(privateKey, BASE_POINT);
}

/** X25519. Throws for a public key of small order. */
async function agree(privateKey, publicKey) {
  const own = await crypto.subtle.importKey("pkcs8", concat(PKCS8, privateKey), "X25519", false, ["deriveBits"]);
  const other = await crypto.subtle.importKey("raw", publicKey, "X25519", true, []);
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: other }, own, 8 * KEY));
  // RFC 9180, 7.1.4: some implementations leave this check to the caller.
  if (shared.every((byte) => byte === 0)) throw new Altered();
  return shared;
}

function labeledExtract(suite, salt, label, ikm) {
  return extract(salt, concat(VERSION, suite, utf8(label), ikm));
}

function labeledExpand(suite, prk, label, info, length) {
  return expand("SHA-256", prk, concat(Uint8Array.of(0, length), VERSION, suite, utf8(label), info), length);
}

/** Derives the key and the nonce of the first message (RFC 9180, 4.1 and 5.1). */
async function schedule(shared, enc, publicKey, info, usage) {
  const extracted = await labeledExtract(KEM_SUITE, NO_SALT, "eae_prk", shared);
  const secret = await labeledExpand(KEM_SUITE, extracted, "shared_secret", concat(enc, publicKey), 32);
  const context = concat(
    Uint8Array.of(0),
    await labeledExtract(SUITE, NO_SALT, "psk_id_hash", NOTHING),
    await labeledExtract(SUITE, NO_SALT, "info_hash", info),
  );
  const prk = await labeledExtract(SUITE, secret, "secret", NOTHING);
  const key = await labeledExpand(SUITE, prk, "key", context, 32);
  return {
    key: await crypto.subtle.importKey("raw", key, "AES-GCM", false, [usage]),
    iv: await labeledExpand(SUITE, prk, "base_nonce", context, 12),
  };
}

/**
 * Encrypts one message.
 * @param {Uint8Array} publicKey 32 bytes
 * @param {Uint8Array} info
 * @param {Uint8Array} plain
 * @param {object} [given]
 * @param {Uint8Array} [given.aad] additional data
 * @param {Uint8Array} [given.ephemeral] a private key; passed only by tests, and never twice
 * @returns {Promise<Uint8Array>} the encapsulated key of 32 bytes and the ciphertext
 * @throws for a public key of small order
 */
export async function sealTo(publicKey, info, plain, { aad = NOTHING, ephemeral = random(KEY) } = {}) {
  const enc = await publicKeyOf(ephemeral);
  const { key, iv } = await schedule(await agree(ephemeral, publicKey), enc, publicKey, info, "encrypt");
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, plain);
  return concat(enc, new Uint8Array(sealed));
}

/**
 * Decrypts one message.
 * @param {Uint8Array} privateKey 32 bytes
 * @param {Uint8Array} info
 * @param {Uint8Array} sealed from `sealTo`
 * @param {Uint8Array} [aad] additional data
 * @returns {Promise<Uint8Array>}
 * @throws {Altered} when it was changed, or sealed to another key or for another `info`
 */
export async function openFrom(privateKey, info, sealed, aad = NOTHING) {
  const enc = sealed.subarray(0, KEY);
  try {
    const shared = await agree(privateKey, enc);
    const { key, iv } = await schedule(shared, enc, await publicKeyOf(privateKey), info, "decrypt");
    const algorithm = { name: "AES-GCM", iv, additionalData: aad };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.subarray(KEY)));
  } catch {
    throw new Altered();
  }
}
