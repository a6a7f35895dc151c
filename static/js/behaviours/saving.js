/**
 * Saves the files of an opened share. Loaded only for a share with files; the page passes in what it shares with it.
 */

import { Download } from "../lib/download.js";
import { freeName } from "../lib/names.js";
import { isTransient } from "../lib/retry.js";
import {
  canStream,
  canWrite,
  canWriteFolder,
  chooseFile,
  chooseFolder,
  memoryTarget,
  shareTarget,
  streamTarget,
} from "../lib/targets.js";
import { holdWakeLock } from "../lib/wake-lock.js";
import { FileRow } from "./file-row.js";

/** Time without data after which the page reports a stall, in milliseconds. */
const STALL_AFTER = 10_000;
/** File size above which the page warns that the file is held in memory, in bytes. */
const MAX_IN_MEMORY = 200_000_000;

/**
 * Functions of the page, and the opened share.
 * @typedef {object} Opened
 * @property {HTMLElement} main
 * @property {(root: ParentNode, name: string) => HTMLElement} slot
 * @property {(root: ParentNode, name: string) => HTMLElement} action
 * @property {(id: string) => DocumentFragment} cloneTemplate
 * @property {(text: string) => void} announce
 * @property {(error: unknown) => string} failureText
 * @property {(on: boolean) => void} allowLeaving suspends the question before leaving
 * @property {(key: string, values?: object) => string} t
 * @property {(bytes: number) => string} formatSize
 * @property {(tile: HTMLElement, name: string) => void} showKind
 * @property {(tile: HTMLElement, icon: string) => void} drawIcon
 * @property {string} base path of the site
 * @property {() => Promise<ServiceWorker>} getServiceWorker
 * @property {boolean} inApp whether the page runs in an in-app browser, which cannot save files
 * @property {import("../lib/manifest.js").FileEntry[]} files
 * @property {import("../lib/parts.js").Layout} layout
 * @property {(file: number) => import("../lib/parts.js").FileOpener} opener creates a decryptor for a file
 * @property {(part: number, length: number, how: object) => Promise<Uint8Array>} fetchPart
 * @property {number[]} saved numbers, from 0, of the files that were on disk before the page was reloaded
 * @property {(file: number) => void} onDurable called when a file is known to be on disk
 * @property {(durable: boolean) => void} onAllSaved called when all files are saved; `durable`: all are on disk
 */

/**
 * Fills and wires the file rows of the "Opened" state in `main`.
 * @param {Opened} opened
 * @returns {{disable: () => void, stop: () => void}} `disable` disables the rows once the server's copy is deleted;
 *   `stop` aborts running downloads
 */
export function wireFiles(opened) {
  const saving = new Saving(opened);
  saving.reportSaved();
  return { disable: () => saving.disable(), stop: () => saving.stop() };
}

class Saving {
  #opened;
  #rows;
  #saveAllButton;
  #stop = new AbortController();
  #active = 0;
  /** Number of parts being fetched. */
  #pendingFetches = 0;
  #lastActivityAt = 0;
  #timer;
  #releaseWakeLock;
  #streamFailed = false;

  constructor(opened) {
    this.#opened = opened;
    const { main, slot, action, files, inApp } = opened;
    this.#rows = files.map((file, index) => new FileRow(this, opened, file, index));
    slot(main, "files").append(...this.#rows.map((row) => row.element));
    this.#saveAllButton = action(main, "save-all");
    this.#saveAllButton.hidden = files.length < 2 || inApp;
    this.#saveAllButton.addEventListener("click", () => void this.#saveAll());
    void this.#warnIfHeld();
    slot(main, "blocked").hidden = !this.#rows.some((row) => row.isBlocked);
  }

  /** Warns about large files where neither the page nor a service worker can write them as they arrive. */
  async #warnIfHeld() {
    const { main, slot, files, getServiceWorker } = this.#opened;
    if (canWrite() || !files.some((file) => file.size > MAX_IN_MEMORY)) return;
    try {
      // Firefox that blocks all cookies has workers, but installs none.
      if (canStream() && !this.#streamFailed && (await getServiceWorker())) return;
    } catch {
      // No worker can be installed.
    }
    slot(main, "holds")?.removeAttribute("hidden");
  }

  disable() {
    const { main, slot } = this.#opened;
    this.#saveAllButton.setAttribute("aria-disabled", "true");
    // The element is gone once the page is cleared.
    slot(main, "blocked")?.setAttribute("hidden", "");
    for (const row of this.#rows) row.disable();
  }

  stop() {
    this.#stop.abort();
    for (const row of this.#rows) row.close();
  }

  /** Creates the download of a file to `target`. */
  download(index, target, onProgress) {
    const { layout, opener, fetchPart } = this.#opened;
    const onActivity = () => (this.#lastActivityAt = Date.now());
    const fetch = async (part, length, signal) => {
      this.#pendingFetches += 1;
      onActivity();
      try {
        return await fetchPart(part, length, { signal, onActivity });
      } finally {
        this.#pendingFetches -= 1;
      }
    };
    return new Download({
      layout,
      file: index,
      opener: opener(index),
      target,
      onProgress,
      fetchPart: fetch,
    });
  }

  /** Runs a download and reports network stalls. */
  async run(download) {
    if (this.#active === 0) {
      this.#releaseWakeLock = holdWakeLock();
      this.#timer = setInterval(() => this.#checkNetwork(), 500);
    }
    this.#active += 1;
    this.#lastActivityAt = Date.now();
    this.showStatus("");
    this.#setClearable(false);
    try {
      await download.run(this.#stop.signal);
    } finally {
      this.#active -= 1;
      if (this.#active === 0) {
        this.#releaseWakeLock();
        clearInterval(this.#timer);
        this.showStatus("");
        this.#setClearable(true);
      }
    }
  }

  #checkNetwork() {
    const { t } = this.#opened;
    // Without a pending fetch, the browser's download is paused by the receiver.
    const stalled = this.#pendingFetches > 0 && Date.now() - this.#lastActivityAt > STALL_AFTER;
    if (!navigator.onLine) this.showStatus(t("sending-offline"));
    else this.showStatus(stalled ? t("sending-waiting") : "");
  }

  /** Enables or disables "Clear this page", which would lose half-saved files. */
  #setClearable(on) {
    const { main, action } = this.#opened;
    action(main, "clear")?.setAttribute("aria-disabled", String(!on));
  }

  /** Shows and announces a text below the rows; an empty one hides the line. */
  showStatus(text) {
    const { main, slot, announce } = this.#opened;
    const line = slot(main, "trouble");
    if (!line || line.textContent === text) return;
    line.textContent = text;
    line.hidden = text === "";
    if (text) announce(text);
  }

  /** Returns the text for a failure, or "". */
  explain(error) {
    const { t, failureText } = this.#opened;
    if (error.name === "Altered") return t("problem-changed");
    if (error.name === "QuotaExceededError") return t("opened-no-room");
    if (error.code === "not_found") return t("opened-over");
    if (error.code === "lost") return t("problem-lost");
    if (isTransient(error)) return failureText(error);
    return "";
  }

  /** Creates the target of a single file. Needs user activation. */
  async target(name, size, type) {
    if (this.#opened.inApp) return shareTarget(name, type);
    if (canWrite()) return chooseFile(name);
    return this.#downloadTarget(name, size);
  }

  async #downloadTarget(name, size) {
    if (canStream() && !this.#streamFailed) {
      const { base, getServiceWorker, allowLeaving } = this.#opened;
      try {
        return await streamTarget({ base, getServiceWorker, name, size, allowLeaving });
      } catch {
        this.#streamFailed = true;
        void this.#warnIfHeld();
      }
    }
    return memoryTarget(name);
  }

  async #saveAll() {
    if (this.#saveAllButton.getAttribute("aria-disabled") === "true") return;
    this.#saveAllButton.setAttribute("aria-disabled", "true");
    try {
      let makeTarget = (name, size) => this.#downloadTarget(name, size);
      if (canWriteFolder()) {
        makeTarget = await chooseFolder(freeName);
        if (!makeTarget) return;
      }
      for (const row of this.#rows) {
        if (!row.isUnsaved) continue;
        // A lost network would fail the next file too.
        if (!(await row.save(makeTarget)) && row.isInterrupted) break;
      }
    } catch (error) {
      this.showStatus(this.explain(error));
    } finally {
      if (!this.#rows.every((row) => row.isDisabled)) this.#saveAllButton.removeAttribute("aria-disabled");
    }
  }

  /** Calls `onAllSaved` once every row is saved. */
  reportSaved() {
    if (this.#rows.every((row) => row.isSaved)) this.#opened.onAllSaved(this.#rows.every((row) => row.isDurable));
  }
}
