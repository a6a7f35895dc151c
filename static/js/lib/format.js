/**
 * Localized numbers and times.
 */

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Returns the language and script of a tag, with the likely script filled in: zh-TW and zh-Hant give the same. */
function written(tag) {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script}`;
}

/**
 * Returns the user's variant of the page's language, for example British dates on an English page, with the digits 0 to 9,
 * which the texts of every language have.
 * @param {string} page language tag of the page
 * @param {readonly string[]} preferred the user's languages, best first
 * @returns {string | undefined} a tag that Intl accepts; undefined for the browser's default
 */
export function chooseLocale(page, preferred) {
  try {
    const wanted = written(page);
    const match = preferred.find((tag) => written(tag) === wanted);
    return new Intl.Locale(match ?? page, { numberingSystem: "latn" }).toString();
  } catch {
    return undefined;
  }
}

/**
 * @param {number} bytes
 * @param {string} [tag] language
 * @returns {string} for example "28 MB", rounded down, with one decimal below ten; 1 kB is 1000 bytes. The space does not
 *   break, so that no line ends between number and unit
 */
export function formatBytes(bytes, tag) {
  let unit = 0;
  let step = 1;
  while (bytes >= step * 1000 && unit < UNITS.length - 1) {
    step *= 1000;
    unit += 1;
  }
  const tenths = Math.floor(bytes / (step / 10));
  const value = unit > 0 && tenths < 100 ? tenths / 10 : Math.floor(bytes / step);
  const style = { style: "unit", unit: UNITS[unit], unitDisplay: unit === 0 ? "long" : "short" };
  return new Intl.NumberFormat(tag, style).format(value).replaceAll(" ", "\u00a0");
}

/**
 * @param {number} seconds
 * @param {string} [tag] language
 * @returns {string} for example "60 minutes" or "3 hours", rounded down to whole units
 */
export function formatDuration(seconds, tag) {
  const minutes = Math.max(1, Math.floor(seconds / 60));
  const [value, unit] = minutes < 120 ? [minutes, "minute"] : [Math.floor(minutes / 60), "hour"];
  return new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

/**
 * Returns a span as people say it: in steps of five minutes below 55 minutes, then in whole hours.
 * @param {number} seconds
 * @returns {["minutes" | "hours", number]}
 */
export function roughSpan(seconds) {
  const minutes = seconds / 60;
  if (minutes >= 55) return ["hours", Math.max(1, Math.floor(minutes / 60))];
  return ["minutes", minutes < 5 ? Math.max(1, Math.floor(minutes)) : Math.floor(minutes / 5) * 5];
}

/**
 * @param {Date} date
 * @param {string} [tag] language
 * @param {Date} [now] leaves out the year if it is this one, and the name of the time zone, for readers of the page
 * @returns {string} date and time in the local time zone
 */
export function formatDateTime(date, tag, now) {
  const year = now?.getFullYear() === date.getFullYear() ? undefined : "numeric";
  const day = { weekday: "long", day: "numeric", month: "long", year };
  const time = { hour: "numeric", minute: "2-digit", timeZoneName: now ? undefined : "short" };
  const parts = new Intl.DateTimeFormat(tag, { ...day, ...time }).formatToParts(date);
  return parts.map(({ type, value }) => (type === "weekday" ? weekdayIn(tag, value) : value)).join("");
}

/** Returns a weekday as dates in sentences want it. In Finnish, that is "maanantaina", where Intl may give "maanantai". */
function weekdayIn(tag, weekday) {
  return /^fi\b/.test(tag) && !weekday.endsWith("na") ? `${weekday}na` : weekday;
}

/**
 * @param {Date} date
 * @param {Date} now
 * @param {string} [tag] language
 * @returns {string} for example "in 6 days" or "3 minutes ago", in whole units
 */
export function formatRelative(date, now, tag) {
  const distance = date - now;
  const absolute = Math.abs(distance);
  const formatter = new Intl.RelativeTimeFormat(tag, { numeric: absolute < MINUTE / 2 ? "auto" : "always" });
  if (absolute < MINUTE / 2) return formatter.format(0, "second");
  if (absolute < 99.5 * MINUTE) return formatter.format(Math.round(distance / MINUTE), "minute");
  if (absolute < 47.5 * HOUR) return formatter.format(Math.round(distance / HOUR), "hour");
  return formatter.format(Math.round(distance / DAY), "day");
}
