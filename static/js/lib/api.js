/**
 * Client of the HTTP API (http-api.md).
 *
 * Every call is idempotent and retried a few times, unless it says otherwise.
 */

import { abortReason, throwIfAborted } from "./abort.js";
import { fromBase64url, toBase64url } from "./bytes.js";
import { setClock } from "./clock.js";
import { delay } from "./delay.js";

/** The server rejected the request. Has the members of the problem document as properties. */
export class Refused extends Error {
  /**
   * @param {number} status HTTP status
   * @param {object} problem the problem document, or an empty object
   * @param {number | null} retryAfter in seconds
   */
  constructor(status, problem, retryAfter) {
    super(`refused with ${status}`);
    Object.assign(this, problem);
    this.name = "Refused";
    this.status = status;
    /** Whether the response is not the server's but that of a proxy on the way. */
    this.isForeign = typeof problem.code !== "string";
    /** Stable error code; `unavailable` for a 5xx response of a proxy. */
    this.code = this.isForeign ? (status >= 500 ? "unavailable" : "unknown") : problem.code;
    this.retryAfter = retryAfter;
  }
}

/** No response arrived, or an incomplete one. */
export class Unreachable extends Error {
  constructor() {
    super("no response");
    this.name = "Unreachable";
  }
}

/** Delays before each retry, in milliseconds. */
const SHORT_BACKOFF = [500, 1500, 4000];
const LONG_BACKOFF = [500, 1000, 2000, 4000, 8000, 15_000, 30_000, 30_000, 60_000, 60_000];
const FETCH_OPTIONS = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", redirect: "error" };
/** Timeout of one try, in milliseconds. */
const TIMEOUT = 20_000;
/** Duration of a long poll, in seconds. */
const LONG_POLL = 30;
/** Time without progress after which the transfer of a part is aborted, in milliseconds. */
const STALL_TIMEOUT = 30_000;

/**
 * API of one site. In responses, times are RFC 3339 texts, sizes are in bytes and delays in seconds. `now`, if present,
 * is the server's time in milliseconds, because the local clock may be wrong.
 */
export class Api {
  #base;

  /** @param {string} base path of the API without a trailing slash, for example `/api/v1` */
  constructor(base) {
    this.#base = base;
  }

  /**
   * Creates a share.
   * @param {string} owner 32 characters
   * @param {import("./envelope.js").EncryptedShare} encrypted
   * @param {number} lifetime in seconds
   * @param {AbortSignal} [signal] aborts the request and disables retries
   * @returns {Promise<{id: string, state: string, expires_at: string}>}
   * @throws {Refused | Unreachable}
   */
  create(owner, encrypted, lifetime, signal) {
    const { id, openVerifier, passwordVerifier, part0, layout } = encrypted;
    const body = {
      version: 1,
      open_verifier: toBase64url(openVerifier),
      ...(passwordVerifier && { password_verifier: toBase64url(passwordVerifier) }),
      parts: layout.parts,
      size: layout.size,
      lifetime,
      part0: toBase64url(part0),
    };
    return this.call("PUT", `/shares/${id}`, { token: owner, body, timeout: 3 * TIMEOUT, ...withoutRetries(signal) });
  }

  /**
   * Uploads a part, without retries.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {number} part from 1
   * @param {Blob} bytes a blob, because browsers send it many times faster than an array and store it outside the page
   * @param {{signal: AbortSignal, onActivity: () => void}} options `onActivity` is called when bytes are sent, before
   *   they are known to arrive
   * @returns {Promise<void>} resolves when the server has stored the part
   * @throws {Refused | Unreachable | DOMException} the last when `signal` aborted
   */
  sendPart(id, owner, part, bytes, { signal, onActivity }) {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal);
      // `fetch` reports no upload progress, so a slow network would look like a stall.
      const request = new XMLHttpRequest();
      const stop = () => request.abort();
      let timer = setTimeout(stop, STALL_TIMEOUT);
      request.upload.addEventListener("progress", () => {
        clearTimeout(timer);
        timer = setTimeout(stop, STALL_TIMEOUT);
        onActivity();
      });
      request.addEventListener("loadend", () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        const { status } = request;
        if (signal.aborted) reject(abortReason(signal));
        else if (status === 0) reject(new Unreachable());
        else if (status === 204) resolve();
        else reject(refusedFrom(status, request.responseText, request.getResponseHeader("Retry-After")));
      });
      signal.addEventListener("abort", stop);
      request.open("PUT", `${this.#base}/shares/${id}/parts/${part}`);
      request.setRequestHeader("Authorization", `Bearer ${owner}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.send(bytes);
    });
  }

  /**
   * Lists the parts that have arrived, without retries.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {AbortSignal} signal
   * @returns {Promise<{received: number[], parts: number}>}
   * @throws {Refused | Unreachable | DOMException} the last when `signal` aborted
   */
  received(id, owner, signal) {
    return this.call("GET", `/shares/${id}/parts`, { token: owner, ...withoutRetries(signal) });
  }

  /**
   * Completes an upload, so that the share can be opened. Without retries.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {AbortSignal} signal
   * @returns {Promise<{state: string, expires_at: string}>}
   * @throws {Refused | Unreachable | DOMException} the last when `signal` aborted
   */
  complete(id, owner, signal) {
    const options = { token: owner, timeout: 3 * TIMEOUT, ...withoutRetries(signal) };
    return this.call("POST", `/shares/${id}/complete`, options);
  }

  /**
   * Downloads a part, without retries.
   * @param {string} id
   * @param {string} claim 32 characters
   * @param {number} part
   * @param {number} length expected length in bytes
   * @param {{signal: AbortSignal, onActivity: () => void}} options `onActivity` is called when bytes arrive
   * @returns {Promise<Uint8Array>} has another length if the stored part does
   * @throws {Refused | Unreachable | DOMException} the last when `signal` aborted
   */
  async fetchPart(id, claim, part, length, { signal, onActivity }) {
    const control = new AbortController();
    const stop = () => control.abort();
    let timer = setTimeout(stop, STALL_TIMEOUT);
    signal.addEventListener("abort", stop);
    try {
      throwIfAborted(signal);
      const init = { ...FETCH_OPTIONS, headers: { Authorization: `Bearer ${claim}` }, signal: control.signal };
      const response = await fetch(`${this.#base}/shares/${id}/parts/${part}`, init);
      if (!response.ok) throw refusedFrom(response.status, await response.text(), response.headers.get("Retry-After"));
      const bytes = new Uint8Array(length);
      let at = 0;
      const reader = response.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(stop, STALL_TIMEOUT);
        onActivity();
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
      throwIfAborted(signal);
      throw error instanceof Refused ? error : new Unreachable();
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  /**
   * Returns the state of a share without opening it.
   * @param {string} id
   * @param {Uint8Array} openProof
   * @returns {Promise<object>} `{state: "waiting", password, parts, size, expires_at, tries_left?, retry_after?}` or
   *   `{state, at, grace_until?}`
   * @throws {Refused | Unreachable}
   */
  peek(id, openProof) {
    return this.call("POST", `/shares/${id}/peek`, { body: { open_proof: toBase64url(openProof) } });
  }

  /**
   * Opens a share. Calls with the same claim return the same until the share is confirmed or the grace ends.
   * @param {string} id
   * @param {Uint8Array} openProof
   * @param {string} claim 32 characters, stored before the first call
   * @param {Uint8Array | null} passwordProof
   * @param {string} [handover] 32 characters, from the link
   * @returns {Promise<{part0: Uint8Array, parts: number, grace_until: string}>}
   * @throws {Refused | Unreachable}
   */
  async open(id, openProof, claim, passwordProof, handover) {
    const body = {
      open_proof: toBase64url(openProof),
      claim,
      ...(passwordProof && { password_proof: toBase64url(passwordProof) }),
      ...(handover && { handover }),
    };
    const answer = await this.call("POST", `/shares/${id}/open`, { body });
    return { ...answer, part0: fromBase64url(answer.part0) };
  }

  /**
   * Registers the handover with which another browser of the receiver can take an opened share over.
   * @param {string} id
   * @param {string} claim
   * @param {Uint8Array} verifier SHA-256 of the handover
   * @returns {Promise<void>}
   * @throws {Refused | Unreachable}
   */
  registerHandover(id, claim, verifier) {
    const body = { handover_verifier: toBase64url(verifier) };
    return this.call("POST", `/shares/${id}/handover`, { token: claim, body });
  }

  /**
   * Confirms that the receiver has saved everything, so that the server deletes its copy. Retries for some minutes.
   * @param {string} id
   * @param {string} claim
   * @returns {Promise<void>}
   * @throws {Refused | Unreachable}
   */
  confirm(id, claim) {
    // keepalive: the request survives the closing of the page.
    return this.call("POST", `/shares/${id}/confirm`, { token: claim, backoff: LONG_BACKOFF, keepalive: true });
  }

  /**
   * Returns the status of a share for its sender. With `seen`, the server answers after up to 30 seconds or when the
   * status differs.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {{seen?: string, signal?: AbortSignal}} [options] `seen`: the `etag` of the last response
   * @returns {Promise<object>} as in http-api.md, with `etag` and, once opened, `claimHash`
   * @throws {Refused | Unreachable | DOMException} the last when `signal` aborted
   */
  status(id, owner, options) {
    return this.poll(`/shares/${id}`, owner, options);
  }

  /**
   * Deletes a share for its sender.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {{persistent?: boolean}} [options] `persistent`: retries for some minutes
   * @returns {Promise<void>}
   * @throws {Refused | Unreachable}
   */
  delete(id, owner, { persistent = false } = {}) {
    const backoff = persistent ? LONG_BACKOFF : SHORT_BACKOFF;
    return this.call("DELETE", `/shares/${id}`, { token: owner, backoff, keepalive: true });
  }

  /**
   * Fetches a status, as described at `status`.
   * @param {string} path
   * @param {string} token 32 characters
   * @param {{seen?: string, signal?: AbortSignal}} [options]
   * @returns {Promise<object>}
   */
  poll(path, token, { seen, signal } = {}) {
    const query = seen === undefined ? "" : `?${new URLSearchParams({ wait: LONG_POLL, seen })}`;
    const timeout = (seen === undefined ? 0 : LONG_POLL * 1000) + TIMEOUT;
    return this.call("GET", path + query, { token, signal, timeout });
  }

  /**
   * Sends a request with JSON, and retries it after the delays in `backoff`.
   * @param {string} method
   * @param {string} path below the base
   * @param {object} options
   * @param {string} [options.token] 32 characters
   * @param {object} [options.body]
   * @param {AbortSignal} [options.signal]
   * @param {boolean} [options.keepalive] whether the request survives the closing of the page
   * @param {number[]} [options.backoff] in milliseconds
   * @param {number} [options.timeout] of one try, in milliseconds
   * @returns {Promise<object | undefined>} the response, undefined when it is empty
   * @throws {Refused | Unreachable | DOMException} the last when `signal` aborted
   */
  async call(method, path, { token, body, signal, keepalive, backoff = SHORT_BACKOFF, timeout = TIMEOUT }) {
    const headers = {};
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const json = body === undefined ? undefined : JSON.stringify(body);
    const init = { ...FETCH_OPTIONS, method, headers, body: json, keepalive };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request(this.#base + path, init, timeout, signal);
      } catch (error) {
        throwIfAborted(signal);
        if (attempt === backoff.length || !isRetryable(error)) throw error;
        await delay(Math.max(backoff[attempt], (error.retryAfter ?? 0) * 1000), signal);
      }
    }
  }
}

function isRetryable(error) {
  if (error instanceof Unreachable) return true;
  return error.code === "unavailable" && (error.retryAfter ?? 0) <= 5;
}

/** Options of a call whose caller does the retries. */
function withoutRetries(signal) {
  return signal && { signal, backoff: [] };
}

async function request(url, init, timeout, signal) {
  const control = new AbortController();
  const stop = () => control.abort();
  const timer = setTimeout(stop, timeout);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    throwIfAborted(signal);
    const response = await fetch(url, { ...init, signal: control.signal });
    const now = Date.parse(response.headers.get("Date") ?? "");
    const text = await response.text();
    if (!response.ok) throw refusedFrom(response.status, text, response.headers.get("Retry-After"));
    setClock(now);
    if (text === "") return undefined;
    const etag = response.headers.get("ETag");
    const claimHash = response.headers.get("Claim-Hash");
    const metadata = { ...(etag && { etag }), ...(claimHash && { claimHash }), ...(!Number.isNaN(now) && { now }) };
    return { ...JSON.parse(text), ...metadata };
  } catch (error) {
    throw error instanceof Refused ? error : new Unreachable();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function refusedFrom(status, text, retryAfter) {
  let problem = {};
  try {
    problem = JSON.parse(text) ?? {};
  } catch {
    // The response of a proxy is no problem document.
  }
  const seconds = Number.parseInt(retryAfter ?? "", 10);
  return new Refused(status, problem, Number.isNaN(seconds) ? null : seconds);
}
