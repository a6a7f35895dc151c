/**
 * Downloads and decrypts a file of an opened share. Independent of any page.
 */

import { throwIfAborted } from "./abort.js";
import { retry } from "./retry.js";

/** Number of concurrent part requests, and of parts held in memory. */
const CONCURRENCY = 3;

/**
 * Destination of a file.
 * @typedef {object} Target
 * @property {boolean} durable whether `close` resolves only once the file is on disk
 * @property {(bytes: Uint8Array) => Promise<void>} write writes the next bytes; may detach the buffer of `bytes`
 * @property {() => Promise<void>} close called when all bytes are written and authenticated
 * @property {() => Promise<void>} abort discards the file
 */

/** The download of a file. */
export class Download {
  #fetchPart;
  #layout;
  #opener;
  #target;
  #onProgress;
  #next;
  /** Promises of requested parts, by part number. */
  #fetching = new Map();
  #received = 0;

  /**
   * @param {object} source
   * @param {(part: number, length: number, signal: AbortSignal) => Promise<Uint8Array>} source.fetchPart
   * @param {import("./parts.js").Layout} source.layout
   * @param {number} source.file from 0
   * @param {import("./parts.js").FileOpener} source.opener
   * @param {Target} source.target
   * @param {(bytes: number) => void} source.onProgress called with the number of bytes written since the last call
   */
  constructor({ fetchPart, layout, file, opener, target, onProgress }) {
    this.#fetchPart = fetchPart;
    this.#layout = layout;
    this.#opener = opener;
    this.#target = target;
    this.#onProgress = onProgress;
    this.#next = layout.first(file);
  }

  /**
   * Runs the download. May be called again to resume after a network failure; after any other failure the caller must
   * abort the target.
   * @param {AbortSignal} signal
   * @returns {Promise<void>} resolves when the file is authenticated and the target is closed
   * @throws {import("./errors.js").Altered} when authentication fails
   * @throws {import("./api.js").Refused | import("./api.js").Unreachable} the last failure
   */
  async run(signal) {
    const control = new AbortController();
    const stop = () => control.abort();
    signal.addEventListener("abort", stop);
    try {
      throwIfAborted(signal);
      let location;
      do {
        location = this.#layout.locate(this.#next);
        this.#prefetch(location, control.signal);
        const sealed = await this.#fetching.get(this.#next);
        const bytes = await this.#opener.open(location, sealed);
        const { length } = bytes;
        if (length > 0) await this.#target.write(bytes);
        this.#fetching.delete(this.#next);
        this.#next += 1;
        this.#onProgress(length);
        throwIfAborted(signal);
      } while (!location.last);
      await this.#target.close();
    } finally {
      signal.removeEventListener("abort", stop);
      // Abort requested parts: the next `run` requests them again.
      control.abort();
      this.#fetching.clear();
    }
  }

  #prefetch({ file }, signal) {
    for (let part = this.#next; part < this.#next + CONCURRENCY && part < this.#layout.parts; part += 1) {
      if (this.#fetching.has(part)) continue;
      const location = this.#layout.locate(part);
      if (location.file !== file) return;
      const options = { signal, progress: () => this.#received };
      const fetched = retry(() => this.#fetchPart(part, location.length, signal), options).then((sealed) => {
        this.#received += 1;
        return sealed;
      });
      // The failure is reported when the part is awaited.
      fetched.catch(() => {});
      this.#fetching.set(part, fetched);
    }
  }
}
