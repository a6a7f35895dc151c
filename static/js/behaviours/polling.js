/**
 * Long polling of a status while the page is visible.
 */

import { throwIfAborted } from "../lib/abort.js";
import { Refused } from "../lib/api.js";
import { delay } from "../lib/delay.js";

/** Delays between polls without news, in milliseconds. */
const POLL_DELAYS = [2000, 5000, 15_000, 60_000];
/**
 * An unchanged answer after this time, in milliseconds, was a full long poll of 30 seconds, and needs no delay. The
 * server answers earlier when too many requests wait.
 */
const LONG_POLL_ANSWER = 20_000;

/** Polls until it is stopped, or what the page shows cannot change any more. */
export class Polling {
  #page;
  /** AbortController of the running poll. */
  #running = null;

  /**
   * @param {object} page
   * @param {() => {etag: string} | null} page.current returns the last response; null when it cannot change, or when
   *   the page shows something else
   * @param {(options: {seen: string, signal: AbortSignal}) => Promise<object>} page.fetch
   * @param {(found: object) => void} page.update shows a response
   * @param {() => void} page.lost called when the server does not know the id any more
   */
  constructor(page) {
    this.#page = page;
    document.addEventListener("visibilitychange", () => this.restart());
  }

  /** Restarts polling if the page is visible. */
  restart() {
    this.stop();
    if (document.hidden || !this.#page.current()) return;
    this.#running = new AbortController();
    void this.#poll(this.#running.signal);
  }

  stop() {
    this.#running?.abort();
    this.#running = null;
  }

  async #poll(signal) {
    const { current, fetch, update, lost } = this.#page;
    let idle = 0;
    for (let last = current(); last; last = current()) {
      const { etag: seen } = last;
      const asked = Date.now();
      try {
        const found = await fetch({ seen, signal });
        throwIfAborted(signal);
        update(found);
        if (found.etag !== seen || Date.now() - asked > LONG_POLL_ANSWER) {
          idle = 0;
          continue;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refused && error.code === "not_found") return void lost();
      }
      await delay(POLL_DELAYS[Math.min(idle, POLL_DELAYS.length - 1)], signal).catch(() => {});
      if (signal.aborted) return;
      idle += 1;
    }
  }
}
