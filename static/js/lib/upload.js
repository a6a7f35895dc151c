/**
 * Sending a locked share with files, part by part. Knows no page.
 */

import { retry } from "./retry.js";

/** Parts on their way at the same time; as many are held in memory. */
const FLIGHTS = 3;
/** How often parts that the server has lost are sent again. */
const MENDED = 3;

/** One share on its way. */
export class Upload {
  #api;
  #owner;
  #locked;
  #lifetime;
  #moved;
  #created = false;
  /** Parts to send, in their order. */
  #todo = [];
  /** Locked parts that are not acknowledged, as blobs. They are sent again unchanged. */
  #kept = new Map();
  #sealers = [];
  /** Parts are locked in their order, one after the other. */
  #turn = Promise.resolve();
  /** Grows with each part that arrives. */
  #arrivals = 0;
  /** Stored bytes of the files that the server has acknowledged. */
  acknowledged = 0;

  /**
   * @param {object} share
   * @param {import("./api.js").Api} share.api
   * @param {string} share.owner 32 characters
   * @param {import("./envelope.js").Locked} share.locked
   * @param {number} share.lifetime in seconds
   * @param {() => void} share.moved called whenever something happens on the network
   */
  constructor({ api, owner, locked, lifetime, moved }) {
    this.#api = api;
    this.#owner = owner;
    this.#locked = locked;
    this.#lifetime = lifetime;
    this.#moved = moved;
  }

  /** Stored bytes of the files in all. */
  get size() {
    return this.#locked.layout.size;
  }

  /**
   * Sends what the server does not have yet. After a failure it may be called again, and goes on from there.
   * @param {AbortSignal} signal
   * @returns {Promise<string>} when the share's time runs out, RFC 3339
   * @throws {import("./errors.js").FileChanged} when a file is not any more what it was
   * @throws {import("./api.js").Refused | import("./api.js").Unreachable} the last failure
   */
  async run(signal) {
    const { id, layout } = this.#locked;
    if (this.#created) {
      const { received } = await this.#retry(() => this.#api.received(id, this.#owner, signal), signal);
      this.#take(new Set(received));
    } else {
      await this.#retry(() => this.#api.create(this.#owner, this.#locked, this.#lifetime, signal), signal);
      this.#created = true;
      this.#todo = Array.from({ length: layout.parts - 1 }, (_, i) => i + 1);
    }
    for (let mended = 0; ; mended += 1) {
      await this.#sendAll(signal);
      try {
        const complete = () => this.#api.complete(id, this.#owner, signal);
        return (await this.#retry(complete, signal)).expires_at;
      } catch (error) {
        if (error.code !== "missing_parts" || mended === MENDED) throw error;
        const missing = new Set(error.missing);
        this.#take(new Set(Array.from({ length: layout.parts - 1 }, (_, i) => i + 1).filter((n) => !missing.has(n))));
      }
    }
  }

  #retry(job, signal) {
    return retry(job, { signal, arrived: () => this.#arrivals });
  }

  /** Goes on from what the server says has arrived. */
  #take(arrived) {
    const { layout } = this.#locked;
    this.#todo = [];
    this.acknowledged = 0;
    for (let part = 1; part < layout.parts; part += 1) {
      if (arrived.has(part)) {
        this.#kept.delete(part);
        this.acknowledged += layout.place(part).length;
      } else {
        this.#todo.push(part);
      }
    }
    this.#moved();
  }

  async #sendAll(signal) {
    const control = new AbortController();
    const stop = () => control.abort(signal.reason);
    signal.addEventListener("abort", stop);
    let failure = null;
    const flight = async () => {
      try {
        for (let next = await this.#next(control.signal); next; next = await this.#next(control.signal)) {
          await this.#send(next, control.signal);
        }
      } catch (error) {
        failure ??= error;
        control.abort(error);
      }
    };
    try {
      signal.throwIfAborted();
      await Promise.all(Array.from({ length: FLIGHTS }, flight));
    } finally {
      signal.removeEventListener("abort", stop);
    }
    signal.throwIfAborted();
    if (failure) throw failure;
  }

  async #send({ part, bytes }, signal) {
    const how = { signal, moved: this.#moved };
    await this.#retry(() => this.#api.sendPart(this.#locked.id, this.#owner, part, bytes, how), signal);
    this.#kept.delete(part);
    this.#arrivals += 1;
    this.acknowledged += bytes.size;
    this.#moved();
  }

  #next(signal) {
    const mine = this.#turn.then(() => this.#lockNext(signal));
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async #lockNext(signal) {
    signal.throwIfAborted();
    if (this.#todo.length === 0) return null;
    const part = this.#todo.shift();
    let bytes = this.#kept.get(part);
    if (!bytes) {
      const { layout, sealer } = this.#locked;
      const place = layout.place(part);
      this.#sealers[place.file] ??= await sealer(place.file);
      bytes = new Blob(await this.#sealers[place.file].seal(place));
      this.#kept.set(part, bytes);
    }
    return { part, bytes };
  }
}
