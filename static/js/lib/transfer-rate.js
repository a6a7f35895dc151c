/**
 * Transfer speed and remaining time.
 */

/** Window over which the speed is averaged, in milliseconds. */
const WINDOW = 10_000;
/** Time before the first estimate of the remaining time, in milliseconds. */
const WARM_UP = 5000;

export class TransferRate {
  #startedAt = null;
  #samples = [];

  get #last() {
    return this.#samples[this.#samples.length - 1];
  }

  /**
   * @param {number} now in milliseconds
   * @param {number} done total amount so far
   */
  add(now, done) {
    const last = this.#last;
    // A smaller amount starts a new measurement.
    if (last && done < last.done) this.#samples = [];
    this.#startedAt ??= now;
    this.#samples.push({ now, done });
    while (this.#samples.length > 2 && this.#samples[1].now <= now - WINDOW) this.#samples.shift();
  }

  /**
   * @param {number} now
   * @returns {number | null} amount per second; null when unknown
   */
  speed(now) {
    const [first] = this.#samples;
    const last = this.#last;
    if (!first || last.done <= first.done || now - first.now < 500) return null;
    return ((last.done - first.done) * 1000) / (now - first.now);
  }

  /**
   * @param {number} now
   * @param {number} all total amount at the end
   * @returns {number | null} seconds left; null when unknown
   */
  left(now, all) {
    const speed = this.speed(now);
    if (speed === null || now - this.#startedAt < WARM_UP) return null;
    return (all - this.#last.done) / speed;
  }
}
