/**
 * Saving the files of an opened share, and showing pictures among them. Loaded only for a share with files, so it is
 * given what it needs of the page.
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
  handedOn,
  held,
  stream,
} from "../lib/targets.js";
import { holdWakeLock } from "../lib/wake-lock.js";
import { FileRow } from "./file-row.js";

/** Without a byte for so long the network is waited for, in milliseconds. */
const STALLED = 10_000;
/** Larger files than that had better not be held in memory, in bytes. */
const HELD_MOST = 200_000_000;

/**
 * What the page lends, and what the share is.
 * @typedef {object} Opened
 * @property {HTMLElement} main
 * @property {(root: ParentNode, name: string) => HTMLElement} slot
 * @property {(root: ParentNode, name: string) => HTMLElement} action
 * @property {(id: string) => DocumentFragment} copyOf
 * @property {(text: string) => void} announce
 * @property {(error: unknown) => string} failure
 * @property {(on: boolean) => void} leaving tells that leaving is meant, for as long as it is on
 * @property {(key: string, values?: object) => string} word
 * @property {(bytes: number) => string} sizeInWords
 * @property {string} base path of the site
 * @property {() => Promise<ServiceWorker>} getServiceWorker
 * @property {boolean} inApp whether another app shows the page, where nothing can be saved
 * @property {import("../lib/manifest.js").FileEntry[]} files
 * @property {import("../lib/parts.js").Layout} layout
 * @property {(file: number) => import("../lib/parts.js").FileOpener} opener a fresh one each time
 * @property {(part: number, length: number, how: object) => Promise<Uint8Array>} fetchPart
 * @property {number[]} saved files that were put on disk before the page was loaded again, from 0
 * @property {(file: number) => void} onDisk called when another one is there
 * @property {(sure: boolean) => void} allSaved called when all files were saved; `sure`: they are known to be on disk
 */

/**
 * Fills and wires the file rows of the "Opened" state in `main`.
 * @param {Opened} opened
 * @returns {{over: () => void, stop: () => void}} `over`: nothing can be fetched any more; `stop`: ends what is going
 *   on
 */
export function wireFiles(opened) {
  const saving = new Saving(opened);
  saving.saved();
  return { over: () => saving.over(), stop: () => saving.stop() };
}

class Saving {
  #opened;
  #rows;
  #all;
  #stop = new AbortController();
  #busy = 0;
  /** Parts that are waited for. */
  #fetches = 0;
  #movedAt = 0;
  #timer;
  #releaseWakeLock;
  #noStream = false;

  constructor(opened) {
    this.#opened = opened;
    const { main, slot, action, files, inApp } = opened;
    this.#rows = files.map((file, index) => new FileRow(this, opened, file, index));
    slot(main, "files").append(...this.#rows.map((row) => row.element));
    this.#all = action(main, "save-all");
    this.#all.hidden = files.length < 2 || inApp;
    this.#all.addEventListener("click", () => void this.#saveAll());
    const holds = !canWrite() && !canStream() && files.some((file) => file.size > HELD_MOST);
    slot(main, "holds").hidden = !holds;
    slot(main, "blocked").hidden = !this.#rows.some((row) => row.isBlocked);
  }

  over() {
    const { main, slot } = this.#opened;
    this.#all.setAttribute("aria-disabled", "true");
    // Not there any more once the page is cleared.
    slot(main, "blocked")?.setAttribute("hidden", "");
    for (const row of this.#rows) row.over();
  }

  stop() {
    this.#stop.abort();
  }

  /** The parts of a file, on their way to `target`. */
  download(index, target, done) {
    const { layout, opener, fetchPart } = this.#opened;
    const moved = () => (this.#movedAt = Date.now());
    const fetch = async (part, length, signal) => {
      this.#fetches += 1;
      moved();
      try {
        return await fetchPart(part, length, { signal, moved });
      } finally {
        this.#fetches -= 1;
      }
    };
    return new Download({
      layout,
      file: index,
      opener: opener(index),
      target,
      done,
      fetchPart: fetch,
    });
  }

  /** Runs a download, and says meanwhile when the network fails. */
  async run(download) {
    if (this.#busy === 0) {
      this.#releaseWakeLock = holdWakeLock();
      this.#timer = setInterval(() => this.#look(), 500);
    }
    this.#busy += 1;
    this.#movedAt = Date.now();
    this.say("");
    this.#clearable(false);
    try {
      await download.run(this.#stop.signal);
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) {
        this.#releaseWakeLock();
        clearInterval(this.#timer);
        this.say("");
        this.#clearable(true);
      }
    }
  }

  #look() {
    const { word } = this.#opened;
    // A person may pause the saving as long as they like.
    const stalled = this.#fetches > 0 && Date.now() - this.#movedAt > STALLED;
    if (!navigator.onLine) this.say(word("sending-offline"));
    else this.say(stalled ? word("sending-waiting") : "");
  }

  /** What is half saved would be lost. */
  #clearable(on) {
    const { main, action } = this.#opened;
    action(main, "clear")?.setAttribute("aria-disabled", String(!on));
  }

  /** Says below the rows what is wrong. */
  say(text) {
    const { main, slot, announce } = this.#opened;
    const line = slot(main, "trouble");
    if (!line || line.textContent === text) return;
    line.textContent = text;
    line.hidden = text === "";
    if (text) announce(text);
  }

  /** What to say about a failure. */
  explain(error) {
    const { word, failure } = this.#opened;
    if (error.name === "Altered") return word("problem-changed");
    if (error.name === "QuotaExceededError") return word("opened-no-room");
    if (error.code === "not_found") return word("opened-over");
    if (isTransient(error)) return failure(error);
    return "";
  }

  /** Where one file goes. Must be called in a press. */
  async target(name, size, type) {
    const plain = freeName(name, () => false);
    if (this.#opened.inApp) return handedOn(plain, type);
    if (canWrite()) return chooseFile(plain);
    return this.#downloaded(plain, size);
  }

  async #downloaded(name, size) {
    if (canStream() && !this.#noStream) {
      const { base, getServiceWorker, leaving } = this.#opened;
      try {
        return await stream({ base, getServiceWorker, name, size, leaving });
      } catch {
        this.#noStream = true;
      }
    }
    return held(name);
  }

  async #saveAll() {
    if (this.#all.getAttribute("aria-disabled") === "true") return;
    this.#all.setAttribute("aria-disabled", "true");
    try {
      let make = (name, size) => this.#downloaded(freeName(name, () => false), size);
      if (canWriteFolder()) {
        make = await chooseFolder(freeName);
        if (!make) return;
      }
      for (const row of this.#rows) {
        if (!row.isOpen) continue;
        // With the network gone, the next file would fail just so.
        if (!(await row.save(make)) && row.isWaiting) break;
      }
    } catch (error) {
      this.say(this.explain(error));
    } finally {
      if (!this.#rows.every((row) => row.isOver)) this.#all.removeAttribute("aria-disabled");
    }
  }

  /** Says so once every row is saved. */
  saved() {
    if (this.#rows.every((row) => row.isSaved)) this.#opened.allSaved(this.#rows.every((row) => row.isSure));
  }
}
