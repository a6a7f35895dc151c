/**
 * Uploads an encrypted share with files, part by part. Independent of any page.
 */

import { throwIfAborted } from "./abort.js";
import { retry } from "./retry.js";

/** Number of concurrent part requests, and of parts held in memory. */
const CONCURRENCY = 3;
/** How often parts that the server reports as missing are sent again. */
const MAX_RESENDS = 3;

/** The upload of a share. */
export class Upload {
  #api;
  #owner;
  #encrypted;
  #lifetime;
  #onActivity;
  #created = false;
  /** Parts to send, in order. */
  #queue = [];
  /** Encrypted parts without acknowledgement, as blobs, by part number. A retry sends the same bytes. */
  #unacknowledged = new Map();
  #sealers = [];
  /** End of the chain of encryptions: parts are encrypted in order. */
  #tail = Promise.resolve();
  /** Number of accepted parts. */
  #accepted = 0;
  /** Stored bytes that the server has acknowledged. */
  acknowledged = 0;

  /**
   * @param {object} share
   * @param {import("./api.js").Api} share.api
   * @param {string} share.owner 32 characters
   * @param {import("./envelope.js").EncryptedShare} share.encrypted
   * @param {number} share.lifetime in seconds
   * @param {() => void} share.onActivity called on network activity
   */
  constructor({ api, owner, encrypted, lifetime, onActivity }) {
    this.#api = api;
    this.#owner = owner;
    this.#encrypted = encrypted;
    this.#lifetime = lifetime;
    this.#onActivity = onActivity;
  }

  /** Total stored bytes of the files. */
  get size() {
    return this.#encrypted.layout.size;
  }

  /**
   * Runs the upload. May be called again to resume after a failure.
   * @param {AbortSignal} signal
   * @returns {Promise<string>} expiry of the share, RFC 3339
   * @throws {import("./errors.js").FileChanged} when a file changed
   * @throws {import("./api.js").Refused | import("./api.js").Unreachable} the last failure
   */
  async run(signal) {
    const { id, layout } = this.#encrypted;
    if (this.#created) {
      const { received } = await this.#retry(() => this.#api.received(id, this.#owner, signal), signal);
      this.#resumeFrom(new Set(received));
    } else {
      await this.#retry(() => this.#api.create(this.#owner, this.#encrypted, this.#lifetime, signal), signal);
      this.#created = true;
      this.#queue = Array.from({ length: layout.parts - 1 }, (_, i) => i + 1);
    }
    for (let resends = 0; ; resends += 1) {
      await this.#sendAll(signal);
      for (const sealer of this.#sealers) await sealer?.verify();
      throwIfAborted(signal);
      try {
        const complete = () => this.#api.complete(id, this.#owner, signal);
        return (await this.#retry(complete, signal)).expires_at;
      } catch (error) {
        if (error.code !== "missing_parts" || resends === MAX_RESENDS) throw error;
        const missing = new Set(error.missing);
        const parts = Array.from({ length: layout.parts - 1 }, (_, i) => i + 1);
        this.#resumeFrom(new Set(parts.filter((part) => !missing.has(part))));
      }
    }
  }

  #retry(job, signal) {
    return retry(job, { signal, progress: () => this.#accepted });
  }

  /** Queues the parts that the server has not received. */
  #resumeFrom(received) {
    const { layout } = this.#encrypted;
    this.#queue = [];
    this.acknowledged = 0;
    for (let part = 1; part < layout.parts; part += 1) {
      if (received.has(part)) {
        this.#unacknowledged.delete(part);
        this.acknowledged += layout.locate(part).length;
      } else {
        this.#queue.push(part);
      }
    }
    this.#onActivity();
  }

  async #sendAll(signal) {
    const control = new AbortController();
    const stop = () => control.abort();
    signal.addEventListener("abort", stop);
    let failure = null;
    const worker = async () => {
      try {
        for (let next = await this.#next(control.signal); next; next = await this.#next(control.signal)) {
          await this.#send(next, control.signal);
        }
      } catch (error) {
        failure ??= error;
        control.abort();
      }
    };
    try {
      throwIfAborted(signal);
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    } finally {
      signal.removeEventListener("abort", stop);
    }
    throwIfAborted(signal);
    if (failure) throw failure;
  }

  async #send({ part, bytes }, signal) {
    const options = { signal, onActivity: this.#onActivity };
    await this.#retry(() => this.#api.sendPart(this.#encrypted.id, this.#owner, part, bytes, options), signal);
    this.#unacknowledged.delete(part);
    this.#accepted += 1;
    this.acknowledged += bytes.size;
    this.#onActivity();
  }

  #next(signal) {
    const result = this.#tail.then(() => this.#encryptNext(signal));
    this.#tail = result.catch(() => {});
    return result;
  }

  async #encryptNext(signal) {
    throwIfAborted(signal);
    if (this.#queue.length === 0) return null;
    const part = this.#queue.shift();
    let bytes = this.#unacknowledged.get(part);
    if (!bytes) {
      const { layout, sealer } = this.#encrypted;
      const location = layout.locate(part);
      this.#sealers[location.file] ??= await sealer(location.file);
      bytes = new Blob(await this.#sealers[location.file].seal(location));
      this.#unacknowledged.set(part, bytes);
    }
    return { part, bytes };
  }
}
