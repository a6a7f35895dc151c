/**
 * Calls of the HTTP API for requests (http-api.md, "Requests").
 */

import { Api } from "./api.js";
import { fromBase64url, toBase64url } from "./bytes.js";

/** Delays before each retry of handing an answer in, whose share has been uploaded already. In milliseconds. */
const PATIENT_BACKOFF = [500, 1500, 4000, 8000, 15_000];

/** API of one site, with the calls for requests. */
export class RequestApi extends Api {
  /**
   * Makes a request.
   * @param {{id: string, owner: string}} keys from `requesterKeys`
   * @param {object} request
   * @param {Uint8Array} request.giveVerifier 32 bytes
   * @param {Uint8Array} request.box
   * @param {number} request.answers how many it takes
   * @param {number} request.lifetime in seconds
   * @returns {Promise<{state: string, expires_at: string}>}
   * @throws {Refused | Unreachable}
   */
  ask({ id, owner }, { giveVerifier, box, answers, lifetime }) {
    const body = { version: 1, give_verifier: toBase64url(giveVerifier), box: toBase64url(box), answers, lifetime };
    return this.call("PUT", `/requests/${id}`, { token: owner, body });
  }

  /**
   * Returns what a giver may know of a request. Uses nothing up.
   * @param {string} id
   * @param {Uint8Array} giveProof 32 bytes
   * @returns {Promise<object>} `{state: "open", box: Uint8Array, answers_left, expires_at}` or `{state, at}`
   * @throws {Refused | Unreachable}
   */
  async look(id, giveProof) {
    const found = await this.call("POST", `/requests/${id}/look`, { body: { give_proof: toBase64url(giveProof) } });
    return found.state === "open" ? { ...found, box: fromBase64url(found.box) } : found;
  }

  /**
   * Hands an answer in. The same answer is taken once, however often it is sent.
   * @param {string} id
   * @param {Uint8Array} giveProof 32 bytes
   * @param {Uint8Array} sealed 74 bytes
   * @returns {Promise<{number: number}>}
   * @throws {Refused | Unreachable}
   */
  answer(id, giveProof, sealed) {
    const body = { give_proof: toBase64url(giveProof), sealed: toBase64url(sealed) };
    return this.call("POST", `/requests/${id}/answers`, { body, backoff: PATIENT_BACKOFF });
  }

  /**
   * Returns a request and its answers for the person who asked. `options` are those of `status`.
   * @param {string} id
   * @param {string} owner 32 characters
   * @param {{seen?: string, signal?: AbortSignal}} [options]
   * @returns {Promise<object>} as in http-api.md, with `etag`
   * @throws {Refused | Unreachable | DOMException} the last when `signal` aborted
   */
  collect(id, owner, options) {
    return this.poll(`/requests/${id}`, owner, options);
  }

  /**
   * Ends a request. Answers that came can still be collected.
   * @param {string} id
   * @param {string} owner 32 characters
   * @returns {Promise<void>}
   * @throws {Refused | Unreachable}
   */
  end(id, owner) {
    return this.call("DELETE", `/requests/${id}`, { token: owner });
  }
}
