/**
 * Tiles beside the names of files, which show their kind.
 */

import { kindOf } from "../lib/kinds.js";
import { drawIcon } from "./icons.js";

/**
 * @param {HTMLElement} tile
 * @param {string} name of the file
 */
export function showKind(tile, name) {
  const kind = kindOf(name);
  drawIcon(tile, kind);
  tile.classList.toggle("warn", kind === "run");
}
