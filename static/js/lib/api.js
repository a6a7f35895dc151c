/**
 * The calls of the HTTP interface (http-api.md) that pages use.
 *
 * Every call is safe to repeat when its answer was lost, so each is repeated a few times before the page hears of it;
 * those for which a page shows the waiting are tried once.
 */

import { fromBase64url, toBase64url } from "./bytes.js";
import { delay } from "./delay.js";

/** The server answered no. The members of the problem stand beside `code`, in their own names. */
export class Refused extends Error {
  /**
   * @param {number} status of HTTP
   * @param {object} problem as it came, maybe empty
   * @param {number | null} retryAfter seconds until another try makes sense
   */
  constructor(status, problem, retryAfter) {
    super(`refused with ${status}`);
    Object.assign(this, problem);
    this.name = "Refused";
    this.status = status;
    /** Stable; `unavailable` for whatever stands in front of a server that is down. */
    this.code = typeof problem.code === "string" ? problem.code : status >= 500 ? "unavailable" : "unknown";
    this.retryAfter = retryAfter;
  }
}

/** No answer came, or only a piece of one. */
export class Unreachable extends Error {
  constructor() {
    super("no answer");
    this.name = "Unreachable";
  }
}

/** Waits before each repetition, in milliseconds. */
const FEW = [500, 1500, 4000];
const MANY = [500, 1000, 2000, 4000, 8000, 15_000, 30_000, 30_000, 60_000, 60_000];
/** What all calls have in common. */
const INIT = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", redirect: "error" };
/** How long one try may take, in milliseconds. */
const PATIENCE = 20_000;
/** The longest that `status` may be held by the server, in seconds. */
const HELD = 30;
/** How long a part may stand still before it is given up, in milliseconds. Slow is no reason to. */
const STILL = 30_000;

/**
 * Calls of one site. Times in answers are RFC 3339 texts, sizes bytes, waits seconds. `now` in an answer is the
 * server's clock in milliseconds, where it tells: people's own clocks may be wrong.
 */
export class Api {
  #base;

  /** @param {string} base path of the interface, as `/api/v1`, without a slash at its end */
  constructor(base) {
    this.#base = base;
  }

  /**
   * Creates a share. Repeated with the same bytes it changes nothing.
   * @param {string} owner 32 characters
   * @param {import("./envelope.js").Locked} locked
   * @param {number} lifetime in seconds
   * @param {AbortSignal} [signal] tries once, and ends it
   * @returns {Promise<{id: string, state: string, expires_at: string}>}
   * @throws {Refused | Unreachable}
   */
  create(owner, locked, lifetime, signal) {
    const { id, openVerifier, passwordVerifier, part0, layout } = locked;
    const body = {
      version: 1,
      open_verifier: toBase64url(openVerifier),
      ...(passwordVerifier && { password_verifier: toBase64url(passwordVerifier) }),
      parts: layout.parts,
      size: layout.size,
      lifetime,
      part0: toBase64url(part0),
    };
    return this.#json("PUT", `/shares/${id}`, { token: owner, body, patience: 3 * PATIENCE, ...once(signal) });
  }

  /**
   * Sends one part, once.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {number} part from 1
   * @param {Blob} bytes not an array: browsers send a blob many times faster, and hold it outside of the page
   * @param {{signal: AbortSignal, moved: () => void}} how `moved` is called when bytes leave, which is not yet arriving
   * @returns {Promise<void>} when the server has it
   * @throws {Refused | Unreachable | DOMException} the last when `signal` ended it
   */
  sendPart(id, owner, part, bytes, { signal, moved }) {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      // Not `fetch`: that tells nothing while a part leaves, and a slow network would look like none.
      const request = new XMLHttpRequest();
      const stop = () => request.abort();
      let timer = setTimeout(stop, STILL);
      request.upload.addEventListener("progress", () => {
        clearTimeout(timer);
        timer = setTimeout(stop, STILL);
        moved();
      });
      request.addEventListener("loadend", () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        const { status } = request;
        if (signal.aborted) reject(signal.reason);
        else if (status === 0) reject(new Unreachable());
        else if (status === 204) resolve();
        else reject(refusal(status, request.responseText, request.getResponseHeader("Retry-After")));
      });
      signal.addEventListener("abort", stop);
      request.open("PUT", `${this.#base}/shares/${id}/parts/${part}`);
      request.setRequestHeader("Authorization", `Bearer ${owner}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.send(bytes);
    });
  }

  /**
   * Which parts have arrived. Tries once.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {AbortSignal} signal
   * @returns {Promise<{received: number[], parts: number}>}
   * @throws {Refused | Unreachable | DOMException} the last when `signal` ended it
   */
  received(id, owner, signal) {
    return this.#json("GET", `/shares/${id}/parts`, { token: owner, ...once(signal) });
  }

  /**
   * Says that every part is there: from now on it can be opened. Tries once.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {AbortSignal} signal
   * @returns {Promise<{state: string, expires_at: string}>}
   * @throws {Refused | Unreachable | DOMException} the last when `signal` ended it
   */
  complete(id, owner, signal) {
    return this.#json("POST", `/shares/${id}/complete`, { token: owner, patience: 3 * PATIENCE, ...once(signal) });
  }

  /**
   * Fetches one part, once.
   * @param {string} id
   * @param {string} claim 32 characters
   * @param {number} part
   * @param {number} length that it must have, in bytes
   * @param {{signal: AbortSignal, moved: () => void}} how `moved` is called when bytes come
   * @returns {Promise<Uint8Array>} of another length when the server holds another
   * @throws {Refused | Unreachable | DOMException} the last when `signal` ended it
   */
  async fetchPart(id, claim, part, length, { signal, moved }) {
    const control = new AbortController();
    const stop = () => control.abort();
    let timer = setTimeout(stop, STILL);
    signal.addEventListener("abort", stop);
    try {
      signal.throwIfAborted();
      const init = { ...INIT, headers: { Authorization: `Bearer ${claim}` }, signal: control.signal };
      const response = await fetch(`${this.#base}/shares/${id}/parts/${part}`, init);
      if (!response.ok) throw refusal(response.status, await response.text(), response.headers.get("Retry-After"));
      const bytes = new Uint8Array(length);
      let at = 0;
      const reader = response.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(stop, STILL);
        moved();
        if (at + piece.value.length > length) {
          stop();
          return new Uint8Array(0);
        }
        bytes.set(piece.value, at);
        at += piece.value.length;
      }
      if (at === length) return bytes;
      if (Number(response.headers.get("Content-Length")) === at) return bytes.subarray(0, at);
      throw new Unreachable();
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof Refused ? error : new Unreachable();
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  /**
   * What is there, for a holder of the link. Uses nothing up.
   * @param {string} id
   * @param {Uint8Array} openProof
   * @returns {Promise<object>} `{state: "waiting", password, parts, size, expires_at, tries_left?, retry_after?}` or
   *   `{state, at, grace_until?}`
   * @throws {Refused | Unreachable}
   */
  peek(id, openProof) {
    return this.#json("POST", `/shares/${id}/peek`, { body: { open_proof: toBase64url(openProof) } });
  }

  /**
   * Opens. Repeated with the same claim it gives the same, until confirmed or the grace ends.
   * @param {string} id
   * @param {Uint8Array} openProof
   * @param {string} claim 32 characters, chosen and kept before the first call
   * @param {Uint8Array | null} passwordProof
   * @returns {Promise<{part0: Uint8Array, parts: number, grace_until: string}>}
   * @throws {Refused | Unreachable}
   */
  async open(id, openProof, claim, passwordProof) {
    const body = {
      open_proof: toBase64url(openProof),
      claim,
      ...(passwordProof && { password_proof: toBase64url(passwordProof) }),
    };
    const answer = await this.#json("POST", `/shares/${id}/open`, { body });
    return { ...answer, part0: fromBase64url(answer.part0) };
  }

  /**
   * Says that everything is safe with the reader; the server deletes its copy. Tries for some minutes.
   * @param {string} id
   * @param {string} claim
   * @returns {Promise<void>}
   * @throws {Refused | Unreachable}
   */
  confirm(id, claim) {
    // keepalive: it shall arrive even when the reader closes the page at once.
    return this.#json("POST", `/shares/${id}/confirm`, { token: claim, waits: MANY, keepalive: true });
  }

  /**
   * What the sender may know. With `seen`, the answer is held for up to 30 seconds until something differs.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {{seen?: string, signal?: AbortSignal}} [how] `seen`: the `etag` of the last answer
   * @returns {Promise<object>} as in http-api.md, with `etag` and perhaps `claimHash`
   * @throws {Refused | Unreachable | DOMException} the last when `signal` ended it
   */
  status(id, owner, { seen, signal } = {}) {
    const query = seen === undefined ? "" : `?${new URLSearchParams({ wait: HELD, seen })}`;
    const patience = (seen === undefined ? 0 : HELD * 1000) + PATIENCE;
    return this.#json("GET", `/shares/${id}${query}`, { token: owner, signal, patience });
  }

  /**
   * Deletes, as its sender.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {{patient: boolean}} [how] `patient`: tries for some minutes
   * @returns {Promise<void>}
   * @throws {Refused | Unreachable}
   */
  delete(id, owner, { patient = false } = {}) {
    return this.#json("DELETE", `/shares/${id}`, { token: owner, waits: patient ? MANY : FEW, keepalive: true });
  }

  async #json(method, path, { token, body, signal, keepalive, waits = FEW, patience = PATIENCE }) {
    const headers = {};
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const init = { ...INIT, method, headers, body: body === undefined ? undefined : JSON.stringify(body), keepalive };
    for (let tried = 0; ; tried += 1) {
      try {
        return await ask(this.#base + path, init, patience, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (tried === waits.length || !worthRepeating(error)) throw error;
        await delay(Math.max(waits[tried], (error.retryAfter ?? 0) * 1000), signal);
      }
    }
  }
}

function worthRepeating(error) {
  if (error instanceof Unreachable) return true;
  return error.code === "unavailable" && (error.retryAfter ?? 0) <= 5;
}

/** How to call once, with the page deciding what comes then. */
function once(signal) {
  return signal && { signal, waits: [] };
}

async function ask(url, init, patience, signal) {
  const control = new AbortController();
  const stop = () => control.abort();
  const timer = setTimeout(stop, patience);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    signal?.throwIfAborted();
    const response = await fetch(url, { ...init, signal: control.signal });
    const text = await response.text();
    if (!response.ok) throw refusal(response.status, text, response.headers.get("Retry-After"));
    if (text === "") return undefined;
    const etag = response.headers.get("ETag");
    const claimHash = response.headers.get("Claim-Hash");
    const now = Date.parse(response.headers.get("Date") ?? "");
    const beside = { ...(etag && { etag }), ...(claimHash && { claimHash }), ...(!Number.isNaN(now) && { now }) };
    return { ...JSON.parse(text), ...beside };
  } catch (error) {
    throw error instanceof Refused ? error : new Unreachable();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function refusal(status, text, retryAfter) {
  let problem = {};
  try {
    problem = JSON.parse(text) ?? {};
  } catch {
    // Something in front of the server wrote it: the status alone has to do.
  }
  const seconds = Number.parseInt(retryAfter ?? "", 10);
  return new Refused(status, problem, Number.isNaN(seconds) ? null : seconds);
}
