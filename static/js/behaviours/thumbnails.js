/**
 * Small pictures in the tiles of chosen files. Loaded with the first file.
 */

import { mayBePicture, pictureType } from "../lib/pictures.js";

/** Edge of a thumbnail in pixels: twice that of the tile, for dense screens. */
const EDGE = 96;

/** End of the chain of drawings: one picture at a time, because each is decoded in full. */
let drawing = Promise.resolve();

/**
 * Draws a file into its tile if it is a picture. Leaves the tile as it is otherwise.
 * @param {HTMLElement} tile
 * @param {File} file
 */
export function showThumbnail(tile, file) {
  if (mayBePicture(file)) drawing = drawing.then(() => draw(tile, file));
}

async function draw(tile, file) {
  try {
    const type = pictureType(new Uint8Array(await file.slice(0, 64).arrayBuffer()));
    if (type === null) return;
    const whole = await createImageBitmap(new Blob([file], { type }));
    const edge = Math.min(whole.width, whole.height);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = EDGE;
    const [left, top] = [(whole.width - edge) / 2, (whole.height - edge) / 2];
    canvas.getContext("2d").drawImage(whole, left, top, edge, edge, 0, 0, EDGE, EDGE);
    whole.close();
    tile.replaceChildren(canvas);
  } catch {
    // A picture that this browser cannot decode keeps its icon.
  }
}
