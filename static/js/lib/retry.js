/**
 * Trying again when the network fails, which for files is the usual case and not an error.
 */

/** Waits before the second to the fifth try, in milliseconds. */
const WAITS = [1000, 3000, 8000, 20_000];
/** Failures without anything arriving in between, after which a person decides. */
const MOST = 5;
/** The longest wait that a server may ask for, in seconds; with a longer one it is better to say so. */
const LONGEST = 60;
/** How long a browser is believed that says it is offline, in milliseconds: some are wrong. */
const OFFLINE = 30_000;

/**
 * @param {{name: string, status?: number, code?: string}} error
 * @returns {boolean} whether the same may work later
 */
export function isTransient({ name, status, code }) {
  return name === "Unreachable" || code === "slow_down" || (status >= 500 && code !== "full");
}

/**
 * @param {() => Promise<T>} job done again until it works; it must be safe to repeat
 * @param {object} how
 * @param {AbortSignal} how.signal
 * @param {() => number} how.arrived grows whenever anything of the whole arrives: failures before that do not count
 * @returns {Promise<T>}
 * @throws the last error of `job`: one that `isTransient` after five failures, another at once
 * @template T
 */
export async function retry(job, { signal, arrived }) {
  let failures = 0;
  let before = arrived();
  for (;;) {
    try {
      return await job();
    } catch (error) {
      signal.throwIfAborted();
      const wait = error.retryAfter ?? 0;
      if (!isTransient(error) || wait > LONGEST) throw error;
      if (arrived() !== before) failures = 0;
      before = arrived();
      // Being offline is no failure: that ends by itself.
      if (navigator.onLine) failures += 1;
      if (failures === MOST) throw error;
      await rest(Math.max(WAITS[Math.max(0, failures - 1)], wait * 1000), signal);
    }
  }
}

/** Waits; while offline until that ends, and not longer than that when it does. */
function rest(ms, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, navigator.onLine ? ms : OFFLINE);
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
