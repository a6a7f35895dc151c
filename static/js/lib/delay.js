/**
 * Abortable delay.
 */

import { abortReason, throwIfAborted } from "./abort.js";

/**
 * @param {number} ms
 * @param {AbortSignal} [signal] rejects the delay with its reason
 * @returns {Promise<void>}
 */
export function delay(ms, signal) {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
    const stop = () => {
      clearTimeout(timer);
      reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
