/**
 * Abort signals. Browsers before 2022 have neither `throwIfAborted` nor `reason`.
 */

/**
 * @param {AbortSignal} signal an aborted signal
 * @returns {unknown} its reason
 */
export function abortReason(signal) {
  return signal.reason ?? new DOMException("aborted", "AbortError");
}

/**
 * @param {AbortSignal} [signal]
 * @throws its reason when it is aborted
 */
export function throwIfAborted(signal) {
  if (signal?.aborted) throw abortReason(signal);
}
