/**
 * The day and time at which a share is deleted, in place of one of the spans offered.
 */

import { word } from "./words.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The field of that time. It takes the place of the choice of a span, and choosing one takes its place. */
export class ExpiryPicker {
  #field;
  #spans;
  #span;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#field = form.elements.until;
    this.#spans = [...form.querySelectorAll("[name=lifetime]")].sort((one, other) => one.value - other.value);
    this.#span = this.#spans.find((span) => span.checked) ?? this.#spans.at(-1);
    const [shortest, longest] = this.#range;
    // With a single span there is nothing between.
    if (shortest === longest) return;
    this.#field.addEventListener("focus", () => this.#limit());
    this.#field.addEventListener("input", () => this.#instead());
    for (const span of this.#spans) {
      // Not "change": the one that is chosen already may be pressed to take back what was begun here.
      span.addEventListener("click", () => {
        this.#span = span;
        this.#field.value = "";
      });
    }
    // The browser's own words for a time out of range are not ours.
    form.noValidate = true;
    this.#limit();
    this.#field.closest(".field").hidden = false;
  }

  /** Whether a time was written here, be it a whole one or not. */
  get used() {
    return this.#field.value !== "" || this.#field.validity.badInput;
  }

  /** @returns {number} seconds from now, rounded up so that the clock never says a minute less */
  get seconds() {
    return Math.ceil((new Date(this.#field.value) - Date.now()) / SECOND);
  }

  /** @returns {string | null} what is wrong with it */
  problem() {
    if (!this.used) return null;
    if (this.#field.value === "") return word("problem-until-part");
    const [shortest, longest] = this.#range;
    return this.seconds >= shortest && this.seconds <= longest ? null : this.outside();
  }

  /** @returns {string} that it is not within what the site offers */
  outside() {
    const name = (span) => span.closest("label").textContent.trim();
    return word("problem-until", { from: name(this.#spans[0]), to: name(this.#spans.at(-1)) });
  }

  /** Shortest and longest, in seconds. */
  get #range() {
    return [Number(this.#spans[0].value), Number(this.#spans.at(-1).value)];
  }

  /** Lets the browser's calendar offer only what can be chosen now. */
  #limit() {
    const [shortest, longest] = this.#range;
    const now = Date.now();
    this.#field.min = written(Math.ceil((now + shortest * SECOND) / MINUTE) * MINUTE);
    this.#field.max = written(now + longest * SECOND);
  }

  #instead() {
    const chosen = this.#spans.find((span) => span.checked);
    if (chosen) this.#span = chosen;
    this.#span.checked = !this.used;
  }
}

/** A moment as the field writes it: minutes, in this device's zone. */
function written(ms) {
  const shift = new Date(ms).getTimezoneOffset() * MINUTE;
  return new Date(ms - shift).toISOString().slice(0, 16);
}
