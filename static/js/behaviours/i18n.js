/**
 * The texts of a page, from the JSON in `<meta name="words">`: the server's translations, so that both show the same.
 */

const texts = JSON.parse(document.querySelector('meta[name="words"]')?.content ?? "{}");
const language = document.documentElement.lang;

const made = new Map();

/**
 * Returns an Intl object for the page's language, or for the browser's if Intl does not know it. Made when
 * it is needed: the first use of Intl takes 20 ms, and a multiple of that on a phone.
 */
function intl(Kind) {
  if (!made.has(Kind)) made.set(Kind, create(Kind));
  return made.get(Kind);
}

function create(Kind) {
  try {
    return new Kind(language);
  } catch {
    return new Kind();
  }
}

/**
 * Returns a text with its placeholders filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values] for its `{name}` placeholders; `n` also selects the plural form
 * @returns {string} empty when the page has no such text
 */
export function t(key, values = {}) {
  const found = texts[key] ?? "";
  const text = typeof found === "string" ? found : (found[intl(Intl.PluralRules).select(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === "number" ? intl(Intl.NumberFormat).format(value) : value;
  });
}
