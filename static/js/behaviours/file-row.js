/**
 * One file of an opened share: its name, its size, and the buttons beside it.
 */

import { isProgram, safeName } from "../lib/names.js";
import { mayBePicture, pictureType } from "../lib/pictures.js";
import { isTransient } from "../lib/retry.js";
import { canHandOn } from "../lib/targets.js";

/** The shortest time between two announcements of how far it is, in milliseconds. */
const APART = 10_000;

/** One file, and the buttons beside it. */
export class FileRow {
  #saving;
  #opened;
  #file;
  #index;
  #name;
  #button;
  #show;
  #state = "new";
  #download = null;
  #target = null;
  /** What holds the whole file until the device's own sheet takes it. */
  #gathered = null;
  #done = 0;
  #saidAt = 0;
  /** Whether it is known to be on disk. */
  isSure = false;
  /** Whether it can neither be saved here nor handed on. */
  isBlocked = false;

  /**
   * @param {import("./saving.js").Saving} saving that the row belongs to
   * @param {import("./saving.js").Opened} opened
   * @param {import("../lib/manifest.js").FileEntry} file
   * @param {number} index of the file, from 0
   */
  constructor(saving, opened, file, index) {
    const { copyOf, slot, action, sizeInWords, inApp } = opened;
    this.#saving = saving;
    this.#opened = opened;
    this.#file = file;
    this.#index = index;
    this.#name = safeName(file.name);
    this.element = copyOf("file-row").firstElementChild;
    for (const element of this.element.querySelectorAll("[data-slot=name]")) element.textContent = this.#name;
    slot(this.element, "size").textContent = sizeInWords(file.size);
    slot(this.element, "program").hidden = !isProgram(this.#name);
    this.#button = action(this.element, "save");
    this.#button.addEventListener("click", () => void this.save((...file) => this.#saving.target(...file)));
    this.isBlocked = inApp && !canHandOn(this.#name, file.type);
    this.#button.hidden = this.isBlocked;
    if (inApp) this.#label();
    this.#show = action(this.element, "show-picture");
    this.#show.hidden = !mayBePicture({ ...file, name: this.#name });
    this.#show.addEventListener("click", () => void this.#picture());
    if (!opened.saved.includes(index)) return;
    this.isSure = true;
    this.#become("saved");
  }

  /** Not yet saved, and not being saved. */
  get isOpen() {
    return this.#state === "new" || this.#state === "failed";
  }

  /** Ready to go on where the network failed. */
  get isWaiting() {
    return this.#state === "failed" && this.#download !== null;
  }

  get isSaved() {
    return this.#state === "saved" || this.#state === "over";
  }

  get isOver() {
    return this.#state === "over";
  }

  /**
   * Saves, or goes on saving.
   * @param {(name: string, size: number, type: string) => Promise<import("../lib/download.js").Target | null>} make
   *   asks where to
   * @returns {Promise<boolean>} whether it is saved
   */
  async save(make) {
    if (this.#state === "busy" || this.#state === "over") return false;
    const before = this.#state;
    this.#become("busy");
    try {
      if (!this.#gathered && !(await this.#fetch(make))) {
        this.#become(before);
        return false;
      }
      if (this.#gathered && !(await this.#gathered.handOn())) {
        this.#become(before === "saved" ? before : "new");
        return false;
      }
      this.#become("saved");
    } catch (error) {
      if (!isTransient(error)) {
        await this.#target?.abort().catch(() => {});
        this.#forget();
      }
      this.#become("failed");
      this.#saving.say(this.#saving.explain(error));
      return false;
    }
    this.#saving.saved();
    return true;
  }

  /** Brings the bytes to where they go. Tells whether the person chose a place. */
  async #fetch(make) {
    if (!this.#download) {
      this.#target = await make(this.#name, this.#file.size, this.#file.type);
      if (!this.#target) return false;
      this.#done = 0;
      this.#download = this.#saving.download(this.#index, this.#target, (bytes) => this.#progress(bytes));
      this.#label();
    }
    await this.#saving.run(this.#download);
    if (this.#target.sure && !this.isSure) {
      this.isSure = true;
      this.#opened.onDisk(this.#index);
    }
    if (this.#target.handOn) this.#gathered = this.#target;
    this.#forget();
    return true;
  }

  #forget() {
    this.#download = null;
    this.#target = null;
  }

  /** Nothing can be fetched any more. */
  over() {
    this.#become("over");
    if (document.activeElement === this.#show) this.#button.focus();
    if (!this.#picturesShown()) this.#show.hidden = true;
  }

  #become(state) {
    const { word, announce } = this.#opened;
    const before = this.#state;
    this.#state = state;
    this.#label();
    if (state === "busy" || state === "over") this.#button.setAttribute("aria-disabled", "true");
    else this.#button.removeAttribute("aria-disabled");
    if (before === "busy" && state === "saved") announce(word("opened-file-saved"));
    if (before === "busy" && state === "failed") announce(word("opened-file-failed"));
  }

  #progress(bytes) {
    this.#done += bytes;
    this.#label();
    if (Date.now() - this.#saidAt < APART) return;
    this.#saidAt = Date.now();
    this.#opened.announce(this.#text());
  }

  #label() {
    this.#opened.slot(this.#button, "label").textContent = this.#text();
  }

  #text() {
    const { word, inApp } = this.#opened;
    const save = word(inApp ? "opened-share" : "opened-file-save");
    const n = Math.floor((this.#done / Math.max(1, this.#file.size)) * 100);
    switch (this.#state) {
      case "new":
        return save;
      case "busy":
        return this.#download ? word("opened-file-saving", { n }) : save;
      case "failed":
        return word("opened-file-failed");
      default:
        return word("opened-file-saved");
    }
  }

  #picturesShown() {
    return this.element.querySelector("img") !== null;
  }

  async #picture() {
    const { word } = this.#opened;
    const shown = this.element.querySelector("img");
    if (shown) {
      shown.hidden = !shown.hidden;
      this.#show.textContent = word(shown.hidden ? "opened-picture" : "hide");
      return;
    }
    if (this.#show.getAttribute("aria-disabled") === "true") return;
    this.#show.setAttribute("aria-disabled", "true");
    const pieces = [];
    let start;
    const target = {
      sure: false,
      async write(bytes) {
        start ??= bytes.slice(0, 64);
        pieces.push(new Blob([bytes]));
      },
      async close() {},
      async abort() {},
    };
    try {
      await this.#saving.run(this.#saving.download(this.#index, target, () => {}));
      await this.#draw(pieces, pictureType(start));
    } catch (error) {
      this.#saving.say(this.#saving.explain(error) || word("opened-picture-failed"));
    } finally {
      this.#show.removeAttribute("aria-disabled");
    }
  }

  async #draw(pieces, type) {
    const { word } = this.#opened;
    if (!type) throw new TypeError("not a picture");
    const picture = new Image();
    picture.className = "picture";
    picture.alt = word("opened-picture-alt", { name: this.#name });
    const address = URL.createObjectURL(new Blob(pieces, { type }));
    try {
      picture.src = address;
      await picture.decode();
    } finally {
      URL.revokeObjectURL(address);
    }
    const line = document.createElement("p");
    line.append(picture);
    this.element.append(line);
    this.#show.textContent = word("hide");
  }
}
