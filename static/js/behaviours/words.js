/**
 * The texts of a page. They come with it, as JSON in `<meta name="words">`, so that scripts and server say the same.
 */

const texts = JSON.parse(document.querySelector('meta[name="words"]')?.content ?? "{}");
const language = document.documentElement.lang;

/** Numbers and plurals in the page's language; a language that Intl does not know counts as the browser's own. */
function intl(Kind) {
  try {
    return new Kind(language);
  } catch {
    return new Kind();
  }
}
const plurals = intl(Intl.PluralRules);
const numbers = intl(Intl.NumberFormat);

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values] for its `{name}` places; `n` also chooses between plural forms
 * @returns {string} empty when the page has no such text
 */
export function word(key, values = {}) {
  const found = texts[key] ?? "";
  const text = typeof found === "string" ? found : (found[plurals.select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}
