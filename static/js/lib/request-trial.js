/**
 * Makes a request and answers it, to find out whether the browser can.
 */

import { equal, random } from "./bytes.js";
import { giveKeys, openAnswer, openBox, requesterKeys, sealAnswer, sealBox } from "./request.js";
import { canEncrypt } from "./trial.js";

/** An id for the trial. */
const SHARE = "0123456789abcdef";

/**
 * Tries everything that asking, answering and collecting need, except the network.
 * @returns {Promise<boolean>} whether all of it works; false without X25519
 */
export async function canAsk() {
  try {
    return (await canEncrypt()) && (await roundTrip());
  } catch {
    return false;
  }
}

/** Seals a note and the link of a share, and returns whether both come back. */
async function roundTrip() {
  const keys = await requesterKeys();
  const { boxKey } = await giveKeys(keys.id, keys.key);
  const box = await sealBox(keys.id, boxKey, { publicKey: keys.publicKey, note: "trial" });
  const { publicKey, note } = await openBox(keys.id, boxKey, box);
  const key = random(16);
  const answer = await openAnswer(keys, await sealAnswer(keys.id, publicKey, { id: SHARE, key }));
  return note === "trial" && answer.id === SHARE && equal(answer.key, key);
}
