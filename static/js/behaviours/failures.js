/**
 * What to say when a call failed in a way that no page has words of its own for.
 */

import { Refused, Unreachable } from "../lib/api.js";
import { word } from "./words.js";

/**
 * @param {unknown} error
 * @returns {string} one or two sentences
 */
export function failure(error) {
  if (error instanceof Unreachable) return word("unreachable");
  if (error instanceof Refused && error.code === "slow_down") return word("error-too-many", { n: minutes(error) });
  const kind = error instanceof Refused ? ({ unavailable: "closed", full: "full" }[error.code] ?? "broken") : "broken";
  return `${word(`error-${kind}-title`)}. ${word(`error-${kind}`)}`;
}

/**
 * @param {{retryAfter: number | null}} refused
 * @returns {number} whole minutes to wait, at least one
 */
export function minutes({ retryAfter }) {
  return Math.max(1, Math.ceil((retryAfter ?? 0) / 60));
}
