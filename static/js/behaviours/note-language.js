/**
 * The language of the short note that goes with a link, for senders whose receiver reads another one than they do.
 */

import { t } from "./i18n.js";
import { main } from "./page.js";

/**
 * Fills a `<select>` with the languages of the page's menu, and fetches the note when one is chosen. Without a menu, or a
 * network, the note stays in the language of the page.
 * @param {HTMLElement} box hidden until it has a choice
 * @returns {() => {text: string, language?: string}} the note with `{date}` in it
 */
export function wireNoteLanguage(box) {
  const own = { text: t("ready-note") };
  let chosen = own;
  const select = box.querySelector("select");
  for (const { hreflang, textContent } of document.querySelectorAll("header .languages a[hreflang]")) {
    select.add(new Option(textContent, hreflang, false, hreflang === document.documentElement.lang));
  }
  box.hidden = select.options.length < 2;
  select.addEventListener("change", async () => {
    const language = select.value;
    chosen = own;
    try {
      const response = await fetch(`${main.dataset.base}/note?lang=${encodeURIComponent(language)}`);
      const { text } = await response.json();
      // A proxy may answer in place of the site.
      if (typeof text !== "string") throw new TypeError("no note");
      if (select.value === language) chosen = { text, language };
    } catch {
      select.value = document.documentElement.lang;
    }
  });
  return () => chosen;
}
