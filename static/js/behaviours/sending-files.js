/**
 * List of the files below the progress of an upload, which arrive one after another.
 */

import { shownName } from "../lib/names.js";

/** Rows of the files in `list`. */
export class SendingFiles {
  #page;
  /** `{row, start, size}`: `start` is the number of bytes before the file. */
  #entries = [];

  /**
   * @param {import("./sending.js").Page} page
   * @param {HTMLElement} list
   * @param {File[]} files in the order of sending
   */
  constructor(page, list, files) {
    this.#page = page;
    const { cloneTemplate, slot, formatSize, showKind } = page;
    let start = 0;
    for (const { name, size } of files) {
      const row = cloneTemplate("sending-row").firstElementChild;
      slot(row, "name").textContent = shownName(name);
      slot(row, "size").textContent = formatSize(size);
      showKind(slot(row, "tile"), name);
      this.#entries.push({ row, start, size, isSent: false });
      start += size;
      list.append(row);
    }
  }

  /** @param {number} bytes of all files that have arrived */
  update(bytes) {
    const { slot, drawIcon } = this.#page;
    for (const entry of this.#entries) {
      if (entry.isSent) continue;
      const { row, start, size } = entry;
      entry.isSent = bytes >= start + size;
      const bar = slot(row, "file-bar");
      bar.hidden = entry.isSent || bytes <= start;
      bar.value = (bytes - start) / Math.max(1, size);
      if (!entry.isSent) continue;
      slot(row, "sent").hidden = false;
      const tile = slot(row, "tile");
      tile.classList.add("done");
      drawIcon(tile, "tick");
    }
  }
}
