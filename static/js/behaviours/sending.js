/**
 * Uploads a share with files: progress, stop and resume. Loaded once there are files; the page passes in what it shares
 * with it.
 */

import { abortReason, throwIfAborted } from "../lib/abort.js";
import { isTransient } from "../lib/retry.js";
import { TransferRate } from "../lib/transfer-rate.js";
import { Upload } from "../lib/upload.js";
import { holdWakeLock } from "../lib/wake-lock.js";
import { SendingFiles } from "./sending-files.js";

/** In milliseconds. */
const UPDATE_INTERVAL = 500;
/** Time without data after which the page reports a stall, in milliseconds. */
const STALL_AFTER = 10_000;
/** Shortest time between two announcements, in milliseconds. */
const ANNOUNCE_INTERVAL = 10_000;
/** Error codes after which the upload is unusable and is repeated as a new share. */
const LOST_CODES = ["not_found", "missing_parts", "size_mismatch", "complete", "taken", "gone"];

/**
 * Functions of the page.
 * @typedef {object} Page
 * @property {(id: string) => DocumentFragment} cloneTemplate
 * @property {(state: DocumentFragment) => void} show
 * @property {(root: ParentNode, name: string) => HTMLElement} slot
 * @property {(root: ParentNode, name: string) => HTMLElement} action
 * @property {HTMLElement} main
 * @property {(text: string) => void} announce
 * @property {(on: boolean) => void} askBeforeLeaving
 * @property {(key: string, values?: object) => string} t
 * @property {(bytes: number) => string} formatSize
 * @property {(tile: HTMLElement, name: string) => void} showKind
 * @property {(tile: HTMLElement, icon: string) => void} drawIcon
 */

/**
 * Shows the "Sending" state, then encrypts and uploads.
 * @param {Page} page
 * @param {object} share
 * @param {import("../lib/api.js").Api} share.api
 * @param {File[]} share.files
 * @param {number} share.size their total size, in bytes
 * @param {number} share.lifetime in seconds
 * @param {() => Promise<{encrypted: import("../lib/envelope.js").EncryptedShare, owner: string}>} share.encrypt creates
 *   a new share on each call
 * @returns {Promise<{encrypted: object, owner: string, expires: string} | {stopped: Promise<void>}>} `stopped` when the
 *   sender stopped the upload; resolves when the uploaded parts are deleted, rejects when that is unknown
 * @throws any failure that another try would not solve
 */
export async function send(page, { api, files, size, lifetime, encrypt }) {
  const view = new ProgressView(page, files, size);
  const releaseWakeLock = holdWakeLock();
  page.askBeforeLeaving(true);
  const stop = new AbortController();
  const aborted = new Promise((_, reject) => {
    stop.signal.addEventListener("abort", () => reject(abortReason(stop.signal)));
  });
  aborted.catch(() => {});
  view.onStop(() => stop.abort());

  let sent = null;
  const discard = async () => {
    const last = sent;
    sent = null;
    if (!last) return;
    try {
      await api.delete(last.encrypted.id, last.owner, { persistent: true });
    } catch (error) {
      // The share never arrived or is deleted already.
      if (error.status !== 404) throw error;
    }
  };
  const attempt = async () => {
    if (!sent) {
      const { encrypted, owner } = await encrypt();
      throwIfAborted(stop.signal);
      const upload = new Upload({ api, owner, encrypted, lifetime, onActivity: () => view.onActivity() });
      sent = { encrypted, owner, upload };
    }
    view.follow(sent.upload);
    return sent.upload.run(stop.signal);
  };

  try {
    for (;;) {
      try {
        const expires = await Promise.race([attempt(), aborted]);
        return { ...sent, expires };
      } catch (error) {
        if (stop.signal.aborted) return { stopped: discard() };
        const lost = LOST_CODES.includes(error.code);
        const rateLimited = error.code === "slow_down" && sent?.upload.acknowledged === 0;
        if (!lost && (rateLimited || !isTransient(error))) {
          discard().catch(() => {});
          throw error;
        }
        if (lost) discard().catch(() => {});
      }
      try {
        await Promise.race([view.showHalted(), aborted]);
      } catch {
        return { stopped: discard() };
      }
    }
  } finally {
    view.end();
    releaseWakeLock();
    page.askBeforeLeaving(false);
  }
}

/** Shows and announces the progress. */
class ProgressView {
  #page;
  #size;
  #upload = null;
  #rate = new TransferRate();
  #root;
  #files;
  #timer;
  /** Time of the last network activity; null while the upload is halted. */
  #lastActivityAt = null;
  #stalled = false;
  #quarter = 0;
  #pendingAnnouncement = "";
  #announcedAt = 0;
  #onTick = () => this.#update();

  constructor(page, files, size) {
    this.#page = page;
    this.#size = size;
    page.show(page.cloneTemplate("sending"));
    this.#root = page.main;
    this.#files = new SendingFiles(page, page.slot(this.#root, "sending-files"), files);
    this.#timer = setInterval(this.#onTick, UPDATE_INTERVAL);
    for (const name of ["online", "offline"]) addEventListener(name, this.#onTick);
    this.#update();
    this.#queueAnnouncement(this.#progress());
  }

  onStop(job) {
    this.#button("stop").addEventListener("click", job);
  }

  /** Shows the progress of `upload` from now on. */
  follow(upload) {
    this.#upload = upload;
    this.#lastActivityAt = Date.now();
    this.#update();
  }

  onActivity() {
    this.#lastActivityAt = Date.now();
    this.#update();
  }

  /** Shows that the upload is halted. Resolves when the sender presses "Try again". */
  async showHalted() {
    this.#lastActivityAt = null;
    this.#rate = new TransferRate();
    const text = this.#page.t("sending-halted", { n: this.#percent });
    this.#showStall(text);
    const again = this.#button("again");
    again.hidden = false;
    again.focus();
    await new Promise((resolve) => again.addEventListener("click", resolve, { once: true }));
    // Hiding the focused button would lose the focus.
    this.#button("stop").focus();
    again.hidden = true;
    this.#showStall("");
  }

  end() {
    clearInterval(this.#timer);
    for (const name of ["online", "offline"]) removeEventListener(name, this.#onTick);
  }

  #button(name) {
    return this.#page.action(this.#root, name);
  }

  get #fraction() {
    return this.#upload === null ? 0 : this.#upload.acknowledged / this.#upload.size;
  }

  get #percent() {
    return Math.floor(this.#fraction * 100);
  }

  #update() {
    const { t, slot } = this.#page;
    const now = Date.now();
    slot(this.#root, "bar").value = this.#fraction;
    this.#files.update(this.#fraction * this.#size);
    document.title = t("sending-tab", { n: this.#percent });
    if (this.#lastActivityAt !== null) {
      this.#rate.add(now, this.#fraction * this.#size);
      const stalled = now - this.#lastActivityAt > STALL_AFTER;
      if (!navigator.onLine) this.#showStall(t("sending-offline"));
      else this.#showStall(stalled ? t("sending-waiting") : "");
    }
    slot(this.#root, "ring").setAttribute("stroke-dasharray", `${this.#percent} 100`);
    slot(this.#root, "percent").textContent = t("sending-percent", { n: this.#percent });
    slot(this.#root, "left").textContent = this.#left(now);
    slot(this.#root, "line").textContent = this.#line(now);
    const quarter = Math.floor(this.#fraction * 4);
    if (quarter > this.#quarter && quarter < 4) this.#queueAnnouncement(this.#progress());
    this.#quarter = quarter;
    if (this.#pendingAnnouncement !== "" && now - this.#announcedAt >= ANNOUNCE_INTERVAL) {
      this.#page.announce(this.#pendingAnnouncement);
      this.#pendingAnnouncement = "";
      this.#announcedAt = now;
    }
  }

  /** Announces a text after `ANNOUNCE_INTERVAL`; a newer text replaces it. */
  #queueAnnouncement(text) {
    this.#pendingAnnouncement = text;
  }

  #showStall(text) {
    const line = this.#page.slot(this.#root, "stall");
    this.#stalled = text !== "";
    if (line.textContent === text) return;
    line.textContent = text;
    line.hidden = !this.#stalled;
    this.#queueAnnouncement(this.#stalled ? text : this.#progress());
  }

  #progress() {
    const { t, formatSize } = this.#page;
    const done = formatSize(this.#fraction * this.#size);
    return t("sending-progress", { n: this.#percent, done, all: formatSize(this.#size) });
  }

  #line(now) {
    const { t, formatSize } = this.#page;
    const values = { done: formatSize(this.#fraction * this.#size), all: formatSize(this.#size) };
    const speed = this.#stalled || this.#fraction === 1 ? null : this.#rate.speed(now);
    return speed === null ? t("sending-done", values) : t("sending-speed", { ...values, speed: formatSize(speed) });
  }

  /** The time left. Empty while it is unknown; while the upload stalls, a notice says why. */
  #left(now) {
    const { t } = this.#page;
    if (this.#fraction === 1) return t("sending-almost");
    const seconds = this.#stalled ? null : this.#rate.left(now, this.#size);
    if (seconds === null) return "";
    if (seconds < 55) return t("sending-left-seconds", { n: Math.max(5, Math.ceil(seconds / 5) * 5) });
    if (seconds < 5400) return t("sending-left-minutes", { n: Math.ceil(seconds / 60) });
    return t("sending-left-hours", { n: Math.ceil(seconds / 3600) });
  }
}
