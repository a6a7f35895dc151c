/**
 * Detects pictures that can be shown safely: raster formats, which contain no scripts, recognized by their first bytes.
 */

import { extension } from "./names.js";

/** Size of the largest picture that is shown, in bytes. */
const MAX_SIZE = 20_000_000;
const MEDIA_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
const EXTENSIONS = ["png", "jpg", "jpeg", "gif", "webp", "avif"];

/**
 * @param {object} file
 * @param {string} file.name from `safeName`
 * @param {string} file.type media type given by the sender
 * @param {number} file.size in bytes
 * @returns {boolean} whether the file may be a picture, judging by its metadata
 */
export function mayBePicture({ name, type, size }) {
  return size > 0 && size <= MAX_SIZE && (MEDIA_TYPES.includes(type) || EXTENSIONS.includes(extension(name)));
}

/**
 * @param {Uint8Array} start the first bytes of a file, up to 64
 * @returns {string | null} media type; null unless the file is a supported picture
 */
export function pictureType(start) {
  const text = String.fromCharCode(...start);
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "image/gif";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.slice(4, 8) === "ftyp") {
    // The `ftyp` box lists the compatible brands, four letters each.
    const length = new DataView(start.buffer, start.byteOffset).getUint32(0);
    for (let at = 8; at < Math.min(length, text.length); at += 4) {
      if (at !== 12 && ["avif", "avis"].includes(text.slice(at, at + 4))) return "image/avif";
    }
  }
  return null;
}
