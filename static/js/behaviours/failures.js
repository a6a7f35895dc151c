/**
 * Texts for API failures that a page has no specific text for.
 */

import { Refused, Unreachable } from "../lib/api.js";
import { t } from "./i18n.js";

/**
 * @param {unknown} error
 * @returns {string} one or two sentences
 */
export function failureText(error) {
  if (error instanceof Unreachable) return t("unreachable");
  if (error.isStale) return `${t("stale-page")} ${t("stale-again")}.`;
  if (error instanceof Refused && error.isForeign) return t(foreignKey(error), { status: String(error.status) });
  if (error instanceof Refused && error.code === "slow_down") return t("error-too-many", { n: retryMinutes(error) });
  const kind = error instanceof Refused ? ({ unavailable: "closed", full: "full" }[error.code] ?? "broken") : "broken";
  return `${t(`error-${kind}-title`)}. ${t(`error-${kind}`)}`;
}

/** Returns the text for the response of a proxy on the way. */
function foreignKey({ status }) {
  return status === 413 ? "error-between-size" : "error-between";
}

/**
 * @param {{retryAfter: number | null}} refused `retryAfter` in seconds
 * @returns {number} whole minutes until the next try makes sense, at least 1
 */
export function retryMinutes({ retryAfter }) {
  return Math.max(1, Math.ceil((retryAfter ?? 0) / 60));
}
