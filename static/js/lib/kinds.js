/**
 * Kinds of files, told by the ending of their names.
 */

import { extension, isExecutable } from "./names.js";

/** Endings by the name of the icon for them. */
const ENDINGS = {
  doc: "doc docx epub key md odp odt pages pdf ppt pptx rtf txt",
  pic: "avif bmp gif heic heif ico jpeg jpg png svg tif tiff webp",
  film: "avi m4v mkv mov mp4 mpeg mpg ogv webm wmv",
  sound: "aac aif aiff flac m4a mid mp3 oga ogg opus wav wma",
  zip: "7z bz2 gz rar tar tgz xz zip zst",
  tab: "csv numbers ods tsv xls xlsx",
};
const KINDS = new Map(
  Object.entries(ENDINGS).flatMap(([kind, endings]) => endings.split(" ").map((ending) => [ending, kind])),
);

/**
 * @param {string} name unsanitized
 * @returns {string} name of the icon for the file: `run` for programs, `file` for unknown kinds
 */
export function kindOf(name) {
  return isExecutable(name) ? "run" : (KINDS.get(extension(name)) ?? "file");
}
