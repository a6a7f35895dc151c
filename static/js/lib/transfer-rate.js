/**
 * How fast something goes, and how long it still takes.
 */

/** The span that a speed is taken over, in milliseconds. */
const SPAN = 10_000;
/** Before that nothing is said about the time left, in milliseconds. */
const SETTLED = 5000;

/** Measures what is done over time. */
export class TransferRate {
  #began = null;
  #samples = [];

  /**
   * @param {number} now in milliseconds, as all times here
   * @param {number} done so far
   */
  add(now, done) {
    const last = this.#samples.at(-1);
    // Less than before is another measurement.
    if (last && done < last.done) this.#samples = [];
    this.#began ??= now;
    this.#samples.push({ now, done });
    while (this.#samples.length > 2 && this.#samples[1].now <= now - SPAN) this.#samples.shift();
  }

  /**
   * @param {number} now
   * @returns {number | null} a second; null when nothing is known
   */
  speed(now) {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || last.done <= first.done || now - first.now < 500) return null;
    return ((last.done - first.done) * 1000) / (now - first.now);
  }

  /**
   * @param {number} now
   * @param {number} all what will have been done at the end
   * @returns {number | null} seconds; null when nothing is known yet
   */
  left(now, all) {
    const speed = this.speed(now);
    if (speed === null || now - this.#began < SETTLED) return null;
    return (all - this.#samples.at(-1).done) / speed;
  }
}
