/**
 * Encrypts and decrypts a share, to find out whether the browser can.
 */

import { concat, equal, random, utf8 } from "./bytes.js";
import { decryptShare, encryptShare } from "./envelope.js";
import { hasFeatures } from "./features.js";
import { contentKeys, linkKeys } from "./keys.js";

/**
 * Tries everything that sending and opening need, except the network.
 * @returns {Promise<boolean>} whether all of it works
 */
export async function canEncrypt() {
  try {
    return hasFeatures() && (await roundTrip()) && (await canStretch());
  } catch {
    return false;
  }
}

/** Encrypts a message with a file, and returns whether both come back. */
async function roundTrip() {
  const bytes = utf8("trial");
  const key = random(16);
  const sent = await encryptShare({ message: "trial", files: [new File([bytes], "trial")] }, { key });
  const place = sent.layout.locate(1);
  const part = concat(...(await (await sent.sealer(0)).seal(place)));

  const { contentKey } = await contentKeys(sent.id, key, await linkKeys(sent.id, key));
  const { message, opener } = await decryptShare({
    id: sent.id,
    contentKey,
    part0: sent.part0,
    parts: sent.layout.parts,
  });
  return message === "trial" && equal(await opener(0).open(place, part), bytes);
}

/** Returns whether the browser has the algorithm that stretches passwords, with a single iteration. */
async function canStretch() {
  const key = await crypto.subtle.importKey("raw", utf8("trial"), "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(16), iterations: 1 };
  return (await crypto.subtle.deriveBits(algorithm, key, 256)).byteLength === 32;
}
