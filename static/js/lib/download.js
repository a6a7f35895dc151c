/**
 * Fetching one file of an opened share, unlocking it and handing it on. Knows no page.
 */

import { retry } from "./retry.js";

/** Parts on their way at the same time; as many are held in memory. */
const FLIGHTS = 3;

/**
 * Where a file goes.
 * @typedef {object} Target
 * @property {boolean} sure whether `close` tells that the file is safe on the device
 * @property {(bytes: Uint8Array) => Promise<void>} write the file's next bytes; afterwards `bytes` are gone
 * @property {() => Promise<void>} close all is there and checked
 * @property {() => Promise<void>} abort nothing of it is to be kept
 */

/** One file on its way. */
export class Download {
  #fetchPart;
  #layout;
  #opener;
  #target;
  #done;
  #next;
  /** Answers under way, by part. */
  #fetching = new Map();
  #arrivals = 0;

  /**
   * @param {object} source
   * @param {(part: number, length: number, signal: AbortSignal) => Promise<Uint8Array>} source.fetchPart
   * @param {import("./parts.js").Layout} source.layout
   * @param {number} source.file from 0
   * @param {import("./parts.js").FileOpener} source.opener a fresh one
   * @param {Target} source.target
   * @param {(bytes: number) => void} source.done called with how many bytes of the file were handed on
   */
  constructor({ fetchPart, layout, file, opener, target, done }) {
    this.#fetchPart = fetchPart;
    this.#layout = layout;
    this.#opener = opener;
    this.#target = target;
    this.#done = done;
    this.#next = layout.first(file);
  }

  /**
   * Saves what is not saved yet. When the network failed it may be called again, and goes on from there; after any
   * other failure the target is given up.
   * @param {AbortSignal} signal
   * @returns {Promise<void>} when every check has passed and the target is closed
   * @throws {import("./errors.js").Altered} when a check fails
   * @throws {import("./api.js").Refused | import("./api.js").Unreachable} the last failure
   */
  async run(signal) {
    const control = new AbortController();
    const stop = () => control.abort(signal.reason);
    signal.addEventListener("abort", stop);
    try {
      signal.throwIfAborted();
      let place;
      do {
        place = this.#layout.place(this.#next);
        this.#fetchAhead(place, control.signal);
        const sealed = await this.#fetching.get(this.#next);
        const bytes = await this.#opener.open(place, sealed);
        const { length } = bytes;
        if (length > 0) await this.#target.write(bytes);
        this.#fetching.delete(this.#next);
        this.#next += 1;
        this.#done(length);
        signal.throwIfAborted();
      } while (!place.last);
      await this.#target.close();
    } finally {
      signal.removeEventListener("abort", stop);
      // What is still under way is for nothing, or is asked for again.
      control.abort();
      this.#fetching.clear();
    }
  }

  #fetchAhead({ file }, signal) {
    for (let part = this.#next; part < this.#next + FLIGHTS && part < this.#layout.parts; part += 1) {
      if (this.#fetching.has(part)) continue;
      const place = this.#layout.place(part);
      if (place.file !== file) return;
      const how = { signal, arrived: () => this.#arrivals };
      const fetched = retry(() => this.#fetchPart(part, place.length, signal), how).then((sealed) => {
        this.#arrivals += 1;
        return sealed;
      });
      // Said when the part's turn comes.
      fetched.catch(() => {});
      this.#fetching.set(part, fetched);
    }
  }
}
