/**
 * Sending files: how far it is, stopping it, and going on after a failure. Loaded once there are files to send, so it
 * is given what it needs of the page.
 */

import { isTransient } from "../lib/retry.js";
import { TransferRate } from "../lib/transfer-rate.js";
import { Upload } from "../lib/upload.js";
import { holdWakeLock } from "../lib/wake-lock.js";

/** How often the page is brought up to date, in milliseconds. */
const TICK = 500;
/** Without a byte for so long the network is waited for, in milliseconds. */
const STALLED = 10_000;
/** The shortest time between two announcements, in milliseconds. */
const APART = 10_000;
/** After these the share is lost on the way, and is sent once more as a new one. */
const LOST = ["not_found", "missing_parts", "size_mismatch", "complete", "taken", "gone"];

/**
 * What the page lends.
 * @typedef {object} Page
 * @property {(id: string) => DocumentFragment} copyOf
 * @property {(state: DocumentFragment) => void} show
 * @property {(root: ParentNode, name: string) => HTMLElement} slot
 * @property {(root: ParentNode, name: string) => HTMLElement} action
 * @property {HTMLElement} main
 * @property {(text: string) => void} announce
 * @property {(on: boolean) => void} askBeforeLeaving
 * @property {(key: string, values?: object) => string} word
 * @property {(bytes: number) => string} sizeInWords
 */

/**
 * Shows the "Sending" state, locks and sends.
 * @param {Page} page
 * @param {object} share
 * @param {import("../lib/api.js").Api} share.api
 * @param {number} share.size bytes of all files
 * @param {number} share.lifetime in seconds
 * @param {() => Promise<{locked: import("../lib/envelope.js").Locked, owner: string}>} share.lock each time anew
 * @returns {Promise<{locked: object, owner: string, expires: string} | {stopped: Promise<void>}>} `stopped`: a person
 *   stopped it; it ends when what had arrived is deleted, and fails when that cannot be said
 * @throws what a person has to change, or cannot change, at the form
 */
export async function send(page, { api, size, lifetime, lock }) {
  const view = new View(page, size);
  const releaseWakeLock = holdWakeLock();
  page.askBeforeLeaving(true);
  const stop = new AbortController();
  const ended = new Promise((_, reject) => {
    stop.signal.addEventListener("abort", () => reject(stop.signal.reason));
  });
  ended.catch(() => {});
  view.onStop(() => stop.abort());

  let sent = null;
  const forget = async () => {
    const last = sent;
    sent = null;
    if (!last) return;
    try {
      await api.delete(last.locked.id, last.owner, { patient: true });
    } catch (error) {
      // There is nothing: it never arrived, or is deleted.
      if (error.status !== 404) throw error;
    }
  };
  const attempt = async () => {
    if (!sent) {
      const { locked, owner } = await lock();
      stop.signal.throwIfAborted();
      sent = { locked, owner, upload: new Upload({ api, owner, locked, lifetime, moved: () => view.moved() }) };
    }
    view.follow(sent.upload);
    return sent.upload.run(stop.signal);
  };

  try {
    for (;;) {
      try {
        const expires = await Promise.race([attempt(), ended]);
        return { ...sent, expires };
      } catch (error) {
        if (stop.signal.aborted) return { stopped: forget() };
        const lost = LOST.includes(error.code);
        const asked = error.code === "slow_down" && sent?.upload.acknowledged === 0;
        if (!lost && (asked || !isTransient(error))) {
          forget().catch(() => {});
          throw error;
        }
        if (lost) forget().catch(() => {});
      }
      try {
        await Promise.race([view.halt(), ended]);
      } catch {
        return { stopped: forget() };
      }
    }
  } finally {
    view.end();
    releaseWakeLock();
    page.askBeforeLeaving(false);
  }
}

/** What is seen and heard of it. */
class View {
  #page;
  #size;
  #upload = null;
  #rate = new TransferRate();
  #root;
  #timer;
  /** When bytes last moved; null while nothing is on its way. */
  #movedAt = null;
  #stalled = false;
  #quarter = 0;
  #due = "";
  #saidAt = 0;
  #look = () => this.#update();

  constructor(page, size) {
    this.#page = page;
    this.#size = size;
    page.show(page.copyOf("sending"));
    this.#root = page.main;
    this.#timer = setInterval(this.#look, TICK);
    for (const name of ["online", "offline"]) addEventListener(name, this.#look);
    this.#update();
    this.#say(this.#progress());
  }

  onStop(job) {
    this.#button("stop").addEventListener("click", job);
  }

  /** Shows how far `upload` is from now on. */
  follow(upload) {
    this.#upload = upload;
    this.#movedAt = Date.now();
    this.#update();
  }

  moved() {
    this.#movedAt = Date.now();
    this.#update();
  }

  /** Says that it stopped. Ends when a person wants to try again. */
  async halt() {
    this.#movedAt = null;
    this.#rate = new TransferRate();
    const text = this.#page.word("sending-halted", { n: this.#percent });
    this.#stall(text);
    const again = this.#button("again");
    again.hidden = false;
    again.focus();
    await new Promise((resolve) => again.addEventListener("click", resolve, { once: true }));
    // The focus must not get lost with the button.
    this.#button("stop").focus();
    again.hidden = true;
    this.#stall("");
  }

  end() {
    clearInterval(this.#timer);
    for (const name of ["online", "offline"]) removeEventListener(name, this.#look);
  }

  #button(name) {
    return this.#page.action(this.#root, name);
  }

  get #share() {
    return this.#upload === null ? 0 : this.#upload.acknowledged / this.#upload.size;
  }

  get #percent() {
    return Math.floor(this.#share * 100);
  }

  #update() {
    const { word, slot } = this.#page;
    const now = Date.now();
    slot(this.#root, "bar").value = this.#share;
    document.title = word("sending-tab", { n: this.#percent });
    if (this.#movedAt !== null) {
      this.#rate.add(now, this.#share * this.#size);
      const stalled = now - this.#movedAt > STALLED;
      if (!navigator.onLine) this.#stall(word("sending-offline"));
      else this.#stall(stalled ? word("sending-waiting") : "");
    }
    slot(this.#root, "line").textContent = this.#line(now);
    const quarter = Math.floor(this.#share * 4);
    if (quarter > this.#quarter && quarter < 4) this.#say(this.#progress());
    this.#quarter = quarter;
    if (this.#due !== "" && now - this.#saidAt >= APART) {
      this.#page.announce(this.#due);
      this.#due = "";
      this.#saidAt = now;
    }
  }

  /** Says it as soon as the last thing said is long enough ago; what is newer then takes its place. */
  #say(text) {
    this.#due = text;
  }

  #stall(text) {
    const line = this.#page.slot(this.#root, "stall");
    this.#stalled = text !== "";
    if (line.textContent === text) return;
    line.textContent = text;
    line.hidden = !this.#stalled;
    this.#say(this.#stalled ? text : this.#progress());
  }

  #progress() {
    const { word, sizeInWords } = this.#page;
    const done = sizeInWords(this.#share * this.#size);
    return word("sending-progress", { n: this.#percent, done, all: sizeInWords(this.#size) });
  }

  #line(now) {
    const { word, sizeInWords } = this.#page;
    if (this.#share === 1) return word("sending-almost");
    const speed = this.#rate.speed(now);
    const left = this.#rate.left(now, this.#size);
    const pieces = [this.#progress()];
    if (speed !== null && !this.#stalled) pieces.push(word("sending-speed", { size: sizeInWords(speed) }));
    if (left !== null && !this.#stalled) pieces.push(this.#left(left));
    return pieces.join(" ");
  }

  #left(seconds) {
    const { word } = this.#page;
    if (seconds < 55) return word("sending-left-seconds", { n: Math.max(5, Math.ceil(seconds / 5) * 5) });
    if (seconds < 5400) return word("sending-left-minutes", { n: Math.ceil(seconds / 60) });
    return word("sending-left-hours", { n: Math.ceil(seconds / 3600) });
  }
}
