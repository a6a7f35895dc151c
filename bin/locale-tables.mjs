#!/usr/bin/env node
// Writes locales/{language}/times.ftl for every language: dates, spans and sizes as CLDR has them, by Node's Intl.
// Usage: bin/locale-tables.mjs [LANGUAGE…], with Node 20 or later. Without arguments, for each folder of locales/.
// tests/browser/languages.rs compares the results with Chromium's Intl.

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const LOCALES = fileURLToPath(new URL("../locales", import.meta.url));
/** Tags that Intl formats a language by, where the folder's name does not say enough. */
const TAGS = { en: "en-GB", ar: "ar-u-nu-latn" };
/** Languages whose brackets are as wide as their letters. */
const WIDE = new Set(["ja", "zh-Hans", "zh-Hant"]);
/** A right-to-left mark: values are isolated, so no letter of these texts would tell their direction. */
const MARK = { ar: "\u200f" };
const SECOND = 1000;
const DAY = 86_400 * SECOND;
/** 5 January 2026, a Monday. */
const MONDAY = Date.UTC(2026, 0, 5, 13, 5);

const DATE = {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
  timeZoneName: "short",
};
const SPANS = ["second", "minute", "hour", "day"];
const SIZES = ["kilobyte", "megabyte", "gigabyte", "terabyte"];

/** The date's parts: `{ $weekday }` and so on, with the text between them. */
function datePattern(tag) {
  const parts = new Intl.DateTimeFormat(tag, DATE).formatToParts(MONDAY);
  return parts.map(({ type, value }) => (type === "literal" || type === "timeZoneName" ? value : `{ $${type} }`)).join("");
}

function datePart(tag, type, ms) {
  return new Intl.DateTimeFormat(tag, DATE).formatToParts(ms).find((part) => part.type === type).value;
}

/** A smallest number of each plural category, fractions included. */
function samples(tag) {
  const rules = new Intl.PluralRules(tag);
  const found = new Map();
  for (const n of [...Array(200).keys(), 0.5, 1.5]) if (!found.has(rules.select(n))) found.set(rules.select(n), n);
  return found;
}

/** The text of a unit with the number replaced by `number`. */
function unitPattern(tag, unit, unitDisplay, n, number) {
  const parts = new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay }).formatToParts(n);
  const numeric = new Set(["integer", "decimal", "fraction", "group"]);
  let text = "";
  for (const { type, value } of parts) {
    if (!numeric.has(type)) text += value;
    else if (!text.includes(number)) text += number;
  }
  // Arabic has no number in “a day” and “two days”.
  return text;
}

/** The same for a size, whose number and unit stay in one line. */
function sizePattern(tag, unit, unitDisplay, n, number) {
  return unitPattern(tag, unit, unitDisplay, n, "#").replaceAll(" ", "\u00a0").replace("#", number);
}

/** A message with a form for each plural category, or one text when all forms are the same. */
function plural(key, tag, form) {
  const forms = [...samples(tag)].map(([category, n]) => [category, form(n)]);
  if (forms.every(([, text]) => text === forms[0][1])) return `${key} = ${forms[0][1]}`;
  const order = ["zero", "one", "two", "few", "many", "other"];
  forms.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const lines = forms.map(([category, text]) => `${category === "other" ? "   *" : "    "}[${category}] ${text}`);
  return [`${key} = { $n ->`, ...lines, "}"].join("\n");
}

function table(language) {
  const tag = TAGS[language] ?? language;
  const [open, close] = WIDE.has(language) ? ["（", "）"] : [" (", ")"];
  const lines = [
    "# Dates, spans and sizes, written by bin/locale-tables from CLDR.",
    "",
    "# Time in UTC, for pages without scripts.",
    `when = ${datePattern(tag)}`,
    "# For scripts: the local time, and the time from now.",
    `when-relative = ${MARK[language] ?? ""}{ $date }${open}{ $relative }${close}`,
    "",
  ];
  for (let day = 1; day <= 7; day++) lines.push(`weekday-${day} = ${datePart(tag, "weekday", MONDAY + (day - 1) * DAY)}`);
  lines.push("");
  for (let month = 1; month <= 12; month++) lines.push(`month-${month} = ${datePart(tag, "month", Date.UTC(2026, month - 1, 5))}`);
  lines.push("");
  for (const unit of SPANS) lines.push(plural(`span-${unit}s`, tag, (n) => unitPattern(tag, unit, "long", n, "{ $n }")));
  lines.push("", "# Sizes; $size is the number as text.");
  lines.push(plural("size-byte", tag, (n) => sizePattern(tag, "byte", "long", n, "{ $n }")));
  for (const unit of SIZES) lines.push(`size-${unit} = ${sizePattern(tag, unit, "short", 28, "{ $size }")}`);
  return `${lines.join("\n")}\n`;
}

const languages = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(LOCALES);
for (const language of languages) {
  const folder = join(LOCALES, language);
  if (!existsSync(folder)) mkdirSync(folder);
  writeFileSync(join(folder, "times.ftl"), table(language));
}
