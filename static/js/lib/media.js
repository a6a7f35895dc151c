/**
 * Detects sound and film that can be played safely: formats that contain no scripts, recognized by their first bytes.
 */

import { extension } from "./names.js";

/** Size of the largest file that is played, in bytes. It is held in memory. */
const MAX_SIZE = 50_000_000;

/** Media types by the endings of names. QuickTime films have the structure of MP4. */
const ENDINGS = {
  aac: "audio/aac",
  flac: "audio/flac",
  m4a: "audio/mp4",
  mp3: "audio/mpeg",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  m4v: "video/mp4",
  mov: "video/mp4",
  mp4: "video/mp4",
  mkv: "video/webm",
  ogv: "video/ogg",
  webm: "video/webm",
};

/** @returns {string | undefined} the media type that a file seems to have, judging by its metadata */
function seemingType({ name, type }) {
  return ENDINGS[extension(name)] ?? Object.values(ENDINGS).find((known) => known === type);
}

/**
 * @param {object} file
 * @param {string} file.name from `safeName`
 * @param {string} file.type media type given by the sender
 * @param {number} file.size in bytes
 * @param {(type: string) => string} canPlay the browser's `canPlayType`
 * @returns {boolean} whether the file may be sound or film that this browser plays, judging by its metadata
 */
export function mayPlay(file, canPlay) {
  const type = seemingType(file);
  return type !== undefined && file.size > 0 && file.size <= MAX_SIZE && canPlay(type) !== "";
}

/**
 * @param {Uint8Array} start the first bytes of a file, up to 64
 * @param {object} file
 * @param {string} file.name from `safeName`
 * @param {string} file.type media type given by the sender
 * @returns {string | null} media type; null unless the file is of a supported format
 */
export function mediaType(start, file) {
  const text = String.fromCharCode(...start);
  const isFilm = seemingType(file)?.startsWith("video/") ?? true;
  if (text.startsWith("fLaC")) return "audio/flac";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WAVE") return "audio/wav";
  if (text.startsWith("OggS")) return isFilm ? "video/ogg" : "audio/ogg";
  if (text.startsWith("\x1a\x45\xdf\xa3")) return "video/webm";
  // Of the files with an `ftyp` box, these brands are pictures.
  if (text.slice(4, 8) === "ftyp" && !/^(?:avi[fs]|hei[cfsx]|hev[cx]|mif1|msf1)/.test(text.slice(8, 12))) {
    return isFilm ? "video/mp4" : "audio/mp4";
  }
  if (text.startsWith("ID3")) return "audio/mpeg";
  // A frame of MPEG audio: eleven bits that are set, then the version and layer. ADTS has layer 0.
  if (start[0] === 0xff && (start[1] & 0xf6) === 0xf0) return "audio/aac";
  if (start[0] === 0xff && (start[1] & 0xe0) === 0xe0 && (start[1] & 0x06) !== 0) return "audio/mpeg";
  return null;
}
