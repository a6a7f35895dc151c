/**
 * A share as a whole: locking one, and unlocking one (envelope.md). Knows no server and no page.
 */

import { encode } from "./base32.js";
import { random } from "./bytes.js";
import { open, seal } from "./chunked.js";
import { Altered } from "./errors.js";
import { contentKeys, linkKeys, verifier } from "./keys.js";
import { idOf, writeFragment, writeStatus } from "./link.js";
import { buildManifest, parseManifest } from "./manifest.js";
import { FileOpener, FileSealer, Layout, manifestContext } from "./parts.js";

/**
 * A locked share, its files aside: those are locked part by part while they are sent.
 * @typedef {object} Locked
 * @property {string} id
 * @property {Uint8Array} owner 20 bytes
 * @property {string} fragment what stands behind the `#` of its link
 * @property {string} status what stands behind the `#` of its sender's status link
 * @property {Uint8Array} openVerifier 32 bytes
 * @property {Uint8Array | null} passwordVerifier 32 bytes
 * @property {Uint8Array} part0
 * @property {Layout} layout of the other parts
 * @property {(file: number) => Promise<FileSealer>} sealer of a file; once for each
 */

/**
 * @param {object} content
 * @param {string} [content.message]
 * @param {File[]} [content.files]
 * @param {string} [content.password] an empty one is none
 * @param {object} [fixed] given only by tests: `owner`, `key`, `salts` in the order of the messages
 * @returns {Promise<Locked>}
 * @throws {import("./errors.js").TooLarge}
 */
export async function lock({ message, files = [], password }, fixed = {}) {
  const { owner = random(20), key = random(16), salts = [] } = fixed;
  const layout = new Layout(files.map((file) => file.size));
  const manifest = buildManifest({ message, files });
  const id = await idOf(owner);
  const link = await linkKeys(id, key);
  const { contentKey, passwordProof } = await contentKeys(id, key, link, password);
  const [fragment, status, openVerifier, passwordVerifier, part0] = await Promise.all([
    writeFragment(id, key),
    writeStatus(encode(owner), link.wordsKey),
    verifier(link.openProof),
    passwordProof && verifier(passwordProof),
    seal(contentKey, manifestContext(id), manifest, salts[0]),
  ]);
  const sealer = (file) => FileSealer.create(contentKey, id, file, files[file], salts[file + 1]);
  return { id, owner, fragment, status, openVerifier, passwordVerifier, part0, layout, sealer };
}

/**
 * An unlocked manifest, with what unlocks the files.
 * @typedef {object} Unlocked
 * @property {string} [message]
 * @property {import("./manifest.js").FileEntry[]} files maybe empty
 * @property {Layout} layout
 * @property {(file: number) => FileOpener} opener of a file
 */

/**
 * @param {object} share
 * @param {string} share.id
 * @param {Uint8Array} share.contentKey
 * @param {Uint8Array} share.part0
 * @param {number} share.parts as the server counts them
 * @returns {Promise<Unlocked>}
 * @throws {Altered} when a check fails
 */
export async function unlock({ id, contentKey, part0, parts }) {
  const { message, files = [] } = parseManifest(await open(contentKey, manifestContext(id), part0));
  let layout;
  try {
    layout = new Layout(files.map((file) => file.size));
  } catch {
    throw new Altered();
  }
  if (layout.parts !== parts) throw new Altered();
  const opener = (file) => new FileOpener(contentKey, id, file, files[file].size);
  return { message, files, layout, opener };
}
