/**
 * Retries after network failures, which are common during file transfers.
 */

import { abortReason, throwIfAborted } from "./abort.js";

/** Delays before the second to the fifth try, in milliseconds. */
const BACKOFF = [1000, 3000, 8000, 20_000];
/** Failures without progress in between after which `retry` gives up. */
const MAX_FAILURES = 5;
/** Longest `Retry-After` that is waited for, in seconds; a longer one is reported to the user. */
const MAX_RETRY_AFTER = 60;
/** Longest wait while the browser reports to be offline, in milliseconds: some browsers report it wrongly. */
const MAX_OFFLINE_WAIT = 30_000;

/**
 * @param {{name: string, status?: number, code?: string}} error
 * @returns {boolean} whether the same request may succeed later
 */
export function isTransient({ name, status, code }) {
  return name === "Unreachable" || code === "slow_down" || (status >= 500 && code !== "full");
}

/**
 * Repeats a job until it succeeds.
 * @param {() => Promise<T>} job must be idempotent
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {() => number} options.progress returns a number that grows with the transfer; growth resets the failure count
 * @returns {Promise<T>}
 * @throws the last error of `job`: a transient one after `MAX_FAILURES` failures, any other at once
 * @template T
 */
export async function retry(job, { signal, progress }) {
  let failures = 0;
  let before = progress();
  for (;;) {
    try {
      return await job();
    } catch (error) {
      throwIfAborted(signal);
      const wait = error.retryAfter ?? 0;
      if (!isTransient(error) || wait > MAX_RETRY_AFTER) throw error;
      if (progress() !== before) failures = 0;
      before = progress();
      // Failures while offline do not count.
      if (navigator.onLine) failures += 1;
      if (failures === MAX_FAILURES) throw error;
      await pause(Math.max(BACKOFF[Math.max(0, failures - 1)], wait * 1000), signal);
    }
  }
}

/** Waits for `ms`, or while offline up to `MAX_OFFLINE_WAIT`. Ends early when the browser goes online. */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(abortReason(signal));
      else resolve();
    };
    const timer = setTimeout(end, navigator.onLine ? ms : MAX_OFFLINE_WAIT);
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
