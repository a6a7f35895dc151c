/**
 * Veil over the window while files are dragged, so that people see where to drop them: anywhere.
 */

import { cloneTemplate, main } from "./page.js";

const veil = cloneTemplate("veil")?.firstElementChild;

/** @param {boolean} on whether files are over the window */
export function showVeil(on) {
  if (!veil || veil.isConnected === on) return;
  if (on) main.append(veil);
  else veil.remove();
}
