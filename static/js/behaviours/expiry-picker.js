/**
 * Field for an exact expiry time, as an alternative to the offered lifetimes.
 */

import { now } from "../lib/clock.js";
import { t } from "./i18n.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The expiry field. Using it clears the chosen lifetime, and choosing a lifetime clears the field. */
export class ExpiryPicker {
  #field;
  #lifetimes;
  #lifetime;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#field = form.elements.until;
    this.#lifetimes = [...form.querySelectorAll("[name=lifetime]")].sort((one, other) => one.value - other.value);
    this.#lifetime = this.#lifetimes.find((lifetime) => lifetime.checked) ?? this.#lifetimes[this.#lifetimes.length - 1];
  }

  /** Shows the field, which the server's form does not have. */
  takeOver() {
    const [shortest, longest] = this.#range;
    // A single lifetime leaves no range to choose from. A browser that does not know the type shows a plain text field.
    if (shortest === longest || this.#field.type !== "datetime-local") return;
    this.#field.addEventListener("focus", () => this.#updateLimits());
    this.#field.addEventListener("input", () => this.#syncLifetimes());
    for (const lifetime of this.#lifetimes) {
      // "change" does not fire for the lifetime that is chosen already, and a click on it clears the field too.
      lifetime.addEventListener("click", () => {
        this.#lifetime = lifetime;
        this.#field.value = "";
      });
    }
    // The page shows its own texts instead of the browser's validation messages.
    this.#field.form.noValidate = true;
    this.#updateLimits();
    this.#field.closest(".field").hidden = false;
  }

  /** Whether the field contains anything, including an incomplete time. */
  get isUsed() {
    return this.#field.value !== "" || this.#field.validity.badInput;
  }

  /** @returns {number} seconds from now, rounded up so that the displayed expiry is never a minute early */
  get seconds() {
    return Math.ceil((new Date(this.#field.value) - now()) / SECOND);
  }

  /** @returns {string | null} the validation message */
  problem() {
    if (!this.isUsed) return null;
    if (this.#field.value === "") return t("problem-until-part");
    const [shortest, longest] = this.#range;
    return this.seconds >= shortest && this.seconds <= longest ? null : this.rangeProblem();
  }

  /** @returns {string} the message for a time outside the offered range */
  rangeProblem() {
    const name = (lifetime) => lifetime.closest("label").textContent.trim();
    return t("problem-until", { from: name(this.#lifetimes[0]), to: name(this.#lifetimes[this.#lifetimes.length - 1]) });
  }

  /** Shortest and longest lifetime, in seconds. */
  get #range() {
    const seconds = this.#lifetimes.map((lifetime) => Number(lifetime.value));
    return [seconds[0], seconds[seconds.length - 1]];
  }

  /** Limits the browser's date picker to the valid range. */
  #updateLimits() {
    const [shortest, longest] = this.#range;
    const start = now();
    this.#field.min = toLocalInput(Math.ceil((start + shortest * SECOND) / MINUTE) * MINUTE);
    this.#field.max = toLocalInput(start + longest * SECOND);
  }

  #syncLifetimes() {
    const chosen = this.#lifetimes.find((lifetime) => lifetime.checked);
    if (chosen) this.#lifetime = chosen;
    this.#lifetime.checked = !this.isUsed;
  }
}

/** Formats a time for `datetime-local`: in the local time zone, without seconds. */
function toLocalInput(ms) {
  const shift = new Date(ms).getTimezoneOffset() * MINUTE;
  return new Date(ms - shift).toISOString().slice(0, 16);
}
