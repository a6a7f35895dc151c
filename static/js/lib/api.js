/**
 * The calls of the HTTP interface (http-api.md) that pages use.
 *
 * Every call is safe to repeat when its answer was lost, so each is repeated a few times before the page hears of it.
 */

import { fromBase64url, toBase64url } from "./bytes.js";

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
/** How long one try may take, in milliseconds. */
const PATIENCE = 20_000;
/** The longest that `status` may be held by the server, in seconds. */
const HELD = 30;

/**
 * @param {number} ms
 * @param {AbortSignal} [signal] ends the waiting with its reason
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Calls of one site. Times in answers are RFC 3339 texts, sizes bytes, waits seconds. */
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
   * @returns {Promise<{id: string, state: string, expires_at: string}>}
   * @throws {Refused | Unreachable}
   */
  create(owner, locked, lifetime) {
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
    return this.#json("PUT", `/shares/${id}`, { token: owner, body, patience: 3 * PATIENCE });
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
   * @returns {Promise<object>} as in http-api.md, and `etag`
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
   * @returns {Promise<void>}
   * @throws {Refused | Unreachable}
   */
  delete(id, owner) {
    return this.#json("DELETE", `/shares/${id}`, { token: owner });
  }

  async #json(method, path, { token, body, signal, keepalive, waits = FEW, patience = PATIENCE }) {
    const headers = {};
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const init = {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      keepalive,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
    };
    for (let tried = 0; ; tried += 1) {
      try {
        return await once(this.#base + path, init, patience, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (tried === waits.length || !worthRepeating(error)) throw error;
        await pause(Math.max(waits[tried], (error.retryAfter ?? 0) * 1000), signal);
      }
    }
  }
}

function worthRepeating(error) {
  if (error instanceof Unreachable) return true;
  return error.code === "unavailable" && (error.retryAfter ?? 0) <= 5;
}

async function once(url, init, patience, signal) {
  const control = new AbortController();
  const stop = () => control.abort();
  const timer = setTimeout(stop, patience);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const response = await fetch(url, { ...init, signal: control.signal });
    const text = await response.text();
    if (!response.ok) throw refusal(response, text);
    if (text === "") return undefined;
    const etag = response.headers.get("ETag");
    return { ...JSON.parse(text), ...(etag && { etag }) };
  } catch (error) {
    throw error instanceof Refused ? error : new Unreachable();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function refusal(response, text) {
  let problem = {};
  try {
    problem = JSON.parse(text) ?? {};
  } catch {
    // Something in front of the server wrote it: the status alone has to do.
  }
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return new Refused(response.status, problem, Number.isNaN(seconds) ? null : seconds);
}
