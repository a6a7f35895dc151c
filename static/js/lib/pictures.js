/**
 * Pictures that may be shown: only those that browsers draw and never run, told by their own first bytes.
 */

import { ending } from "./names.js";

/** The largest that is shown, in bytes. */
const MOST = 20_000_000;
const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
const ENDINGS = ["png", "jpg", "jpeg", "gif", "webp", "avif"];

/**
 * @param {object} file
 * @param {string} file.name safe already
 * @param {string} file.type as its sender says
 * @param {number} file.size in bytes
 * @returns {boolean} whether it is worth trying
 */
export function mayBePicture({ name, type, size }) {
  return size > 0 && size <= MOST && (TYPES.includes(type) || ENDINGS.includes(ending(name)));
}

/**
 * @param {Uint8Array} start the first bytes of a file, 64 if there are so many
 * @returns {string | null} the media type of the picture that it is
 */
export function pictureType(start) {
  const text = String.fromCharCode(...start);
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "image/gif";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.slice(4, 8) === "ftyp") {
    // Its first box names the brands that it keeps to, four letters each.
    const length = new DataView(start.buffer, start.byteOffset).getUint32(0);
    for (let at = 8; at < Math.min(length, text.length); at += 4) {
      if (at !== 12 && ["avif", "avis"].includes(text.slice(at, at + 4))) return "image/avif";
    }
  }
  return null;
}
