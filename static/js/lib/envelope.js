/**
 * Encrypts and decrypts shares (envelope.md). Independent of server and page.
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
 * An encrypted share without its files, which are encrypted part by part during the upload.
 * @typedef {object} EncryptedShare
 * @property {string} id
 * @property {Uint8Array} owner 20 bytes
 * @property {Uint8Array} key 16 bytes; the key in the link
 * @property {string} fragment of the link
 * @property {string} status fragment of the status link
 * @property {Uint8Array} openVerifier 32 bytes
 * @property {Uint8Array | null} passwordVerifier 32 bytes
 * @property {Uint8Array} part0
 * @property {Layout} layout of the other parts
 * @property {(file: number) => Promise<FileSealer>} sealer creates the encryptor of a file; called once for each file
 */

/**
 * @param {object} content
 * @param {string} [content.message]
 * @param {File[]} [content.files]
 * @param {string} [content.password] empty means no password
 * @param {object} [fixed] passed only by tests: `owner`, `key`, and `salts` in the order of the messages
 * @returns {Promise<EncryptedShare>}
 * @throws {import("./errors.js").TooLarge}
 */
export async function encryptShare({ message, files = [], password }, fixed = {}) {
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
  return { id, owner, key, fragment, status, openVerifier, passwordVerifier, part0, layout, sealer };
}

/**
 * A decrypted manifest.
 * @typedef {object} DecryptedShare
 * @property {string} [message]
 * @property {import("./manifest.js").FileEntry[]} files may be empty
 * @property {Layout} layout
 * @property {(file: number) => FileOpener} opener creates the decryptor of a file
 */

/**
 * @param {object} share
 * @param {string} share.id
 * @param {Uint8Array} share.contentKey
 * @param {Uint8Array} share.part0
 * @param {number} share.parts number of parts on the server
 * @returns {Promise<DecryptedShare>}
 * @throws {Altered} when a check fails
 */
export async function decryptShare({ id, contentKey, part0, parts }) {
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
