/**
 * List of the answers to a request. Each is a share of its own, which the open page opens.
 */

import { Refused } from "../lib/api.js";
import { fromBase64url } from "../lib/bytes.js";
import { linkKeys } from "../lib/keys.js";
import { writeFragment } from "../lib/link.js";
import { openAnswer } from "../lib/request.js";
import { t } from "./i18n.js";
import { action, cloneTemplate, setTime, slot } from "./page.js";
import { onPress } from "./press.js";
import { formatSize } from "./sizes.js";
import { handOverPress, loadOpening } from "./storage.js";
import { formatTime } from "./times.js";

/** Maximum number of answers to a request (request.md). Any beyond it are ignored. */
const MAX_ANSWERS = 20;

/** The rows of the answers. */
export class AnswerList {
  #list;
  #request;
  /** `{row, share}` in order of arrival; `share` is null for an answer that does not open. */
  #entries = [];
  /** The sealed answers so far: a server that repeats or reorders them changes nothing. */
  #seen = new Set();
  /** End of the chain of calls: one at a time, so that a page with many answers is not refused. */
  #looking = Promise.resolve();

  /**
   * @param {HTMLElement} list
   * @param {object} request
   * @param {import("../lib/request-api.js").RequestApi} request.api
   * @param {import("../lib/request.js").RequesterKeys} request.keys
   * @param {string} request.base path of the site
   * @param {string} request.langQuery
   */
  constructor(list, request) {
    this.#list = list;
    this.#request = request;
  }

  /** Number of answers shown. */
  get length() {
    return this.#entries.length;
  }

  /**
   * Adds the answers that are new.
   * @param {{number: number, at: string, sealed: string}[]} answers all that came
   */
  update(answers) {
    for (const answer of answers) {
      if (this.#seen.has(answer.sealed) || this.#seen.size >= MAX_ANSWERS) continue;
      this.#seen.add(answer.sealed);
      this.#add(answer);
    }
    this.#list.hidden = this.length === 0;
  }

  /** Fetches what became of every answer that may still be opened. */
  look() {
    for (const entry of this.#entries) this.#lookLater(entry);
  }

  #add({ number, at, sealed }) {
    const row = cloneTemplate("answer-row").firstElementChild;
    for (const name of row.querySelectorAll("[data-slot=name]")) name.textContent = t("collect-answer", { n: number });
    setTime(row, "came", at);
    const entry = { row, share: null };
    this.#entries.push(entry);
    this.#list.append(row);
    const arm = onPress(action(row, "open"), () => this.#open(entry));
    this.#looking = this.#looking.then(async () => {
      try {
        entry.share = await openAnswer(this.#request.keys, fromBase64url(sealed));
        entry.fragment = await writeFragment(entry.share.id, entry.share.key);
        arm();
      } catch {
        this.#end(entry, t("collect-changed"));
      }
    });
    this.#lookLater(entry);
  }

  #lookLater(entry) {
    this.#looking = this.#looking.then(() => this.#look(entry)).catch(() => {});
  }

  /** Shows what an answer is, or that it is over. A failure leaves the button as it is. */
  async #look(entry) {
    if (!entry.share || entry.isOver) return;
    const { id, key } = entry.share;
    let found;
    try {
      found = await this.#request.api.peek(id, (await linkKeys(id, key)).openProof);
    } catch (error) {
      if (error instanceof Refused && error.code === "not_found") this.#end(entry, t("collect-gone"));
      return;
    }
    const state = slot(entry.row, "state");
    if (found.state === "waiting") {
      const size = formatSize(found.size ?? 0);
      state.textContent = found.parts > 1 ? t("collect-files", { size }) : t("collect-message");
    } else if (found.state === "opened" && found.grace_until !== undefined && loadOpening(id)) {
      state.textContent = t("collect-unsaved", { date: formatTime(new Date(found.grace_until)) });
    } else if (found.state === "opened") {
      this.#end(entry, t("collect-opened", { date: formatTime(new Date(found.at)) }));
    } else {
      this.#end(entry, t("collect-gone"));
    }
  }

  /** Shows that an answer does not open any more, or never did. */
  #end(entry, text) {
    entry.isOver = true;
    slot(entry.row, "state").textContent = text;
    action(entry.row, "open").hidden = true;
  }

  /** Opens an answer on the page of its own link. */
  #open({ share: { id }, fragment }) {
    const { base, langQuery } = this.#request;
    handOverPress(id);
    location.assign(`${base}/s/${id}${langQuery}#${fragment}`);
  }
}
