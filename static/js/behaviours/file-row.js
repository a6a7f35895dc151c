/**
 * Row of one file in an opened share: name, size, buttons and progress.
 */

import { isExecutable, isRenamed, safeName } from "../lib/names.js";
import { isTransient } from "../lib/retry.js";
import { canShareFile } from "../lib/targets.js";
import { FilePreview } from "./file-preview.js";

/** Shortest time between two progress announcements, in milliseconds. */
const ANNOUNCE_INTERVAL = 10_000;

/**
 * The row and the state of its download: "new", "busy", "failed", "saved", or "disabled" once the share is confirmed.
 */
export class FileRow {
  #saving;
  #opened;
  #file;
  #index;
  #name;
  #button;
  #preview;
  #state = "new";
  #download = null;
  #target = null;
  /** Target that holds the complete file until the system share sheet takes it. */
  #collected = null;
  #done = 0;
  #announcedAt = 0;
  /** Whether the file is known to be on disk. */
  isDurable = false;
  /** Whether the file can be neither saved nor shared in this browser. */
  isBlocked = false;

  /**
   * @param {import("./saving.js").Saving} saving owner of the row
   * @param {import("./saving.js").Opened} opened
   * @param {import("../lib/manifest.js").FileEntry} file
   * @param {number} index file number, from 0
   */
  constructor(saving, opened, file, index) {
    const { cloneTemplate, slot, action, formatSize, inApp } = opened;
    this.#saving = saving;
    this.#opened = opened;
    this.#file = file;
    this.#index = index;
    this.#name = safeName(file.name);
    this.element = cloneTemplate("file-row").firstElementChild;
    for (const element of this.element.querySelectorAll("[data-slot=name]")) element.textContent = this.#name;
    slot(this.element, "size").textContent = formatSize(file.size);
    slot(this.element, "renamed").hidden = !isRenamed(file.name);
    slot(this.element, "program").hidden = !isExecutable(file.name);
    opened.showKind(slot(this.element, "tile"), file.name);
    this.#button = action(this.element, "save");
    this.#button.addEventListener("click", () => void this.save((...file) => this.#saving.target(...file)));
    this.isBlocked = inApp && !canShareFile(this.#name, file.type);
    this.#button.hidden = this.isBlocked;
    if (inApp) this.#updateLabel();
    this.#preview = new FilePreview(saving, opened, this.element, { ...file, name: this.#name }, index);
    if (!opened.saved.includes(index)) return;
    this.isDurable = true;
    this.#setState("saved");
  }

  /** Whether the file is neither saved nor being saved. */
  get isUnsaved() {
    return this.#state === "new" || this.#state === "failed";
  }

  /** Whether a download is interrupted and can be resumed. */
  get isInterrupted() {
    return this.#state === "failed" && this.#download !== null;
  }

  get isSaved() {
    return this.#state === "saved" || this.#state === "disabled";
  }

  get isDisabled() {
    return this.#state === "disabled";
  }

  /**
   * Saves the file, or resumes an interrupted download.
   * @param {(name: string, size: number, type: string) => Promise<import("../lib/download.js").Target | null>}
   *   makeTarget may ask the receiver where to save
   * @returns {Promise<boolean>} whether the file is saved
   */
  async save(makeTarget) {
    if (this.#state === "busy" || this.#state === "disabled") return false;
    const before = this.#state;
    this.#setState("busy");
    try {
      if (!this.#collected && !(await this.#fetch(makeTarget))) {
        this.#setState(before);
        return false;
      }
      if (this.#collected && !(await this.#collected.shareFile())) {
        this.#setState(before === "saved" ? before : "new");
        return false;
      }
      this.#setState("saved");
    } catch (error) {
      if (!isTransient(error)) {
        await this.#target?.abort().catch(() => {});
        this.#resetDownload();
      }
      this.#setState("failed");
      this.#saving.showStatus(this.#saving.explain(error));
      return false;
    }
    this.#saving.reportSaved();
    return true;
  }

  /** Downloads the file to its target. Returns false when the receiver chose none. */
  async #fetch(makeTarget) {
    if (!this.#download) {
      this.#target = await makeTarget(this.#name, this.#file.size, this.#file.type);
      if (!this.#target) return false;
      this.#done = 0;
      this.#download = this.#saving.download(this.#index, this.#target, (bytes) => this.#progress(bytes));
      this.#updateLabel();
    }
    await this.#saving.run(this.#download);
    if (this.#target.durable && !this.isDurable) {
      this.isDurable = true;
      this.#opened.onDurable(this.#index);
    }
    if (this.#target.shareFile) this.#collected = this.#target;
    this.#resetDownload();
    return true;
  }

  #resetDownload() {
    this.#download = null;
    this.#target = null;
  }

  /** Disables the row: the server's copy is deleted. */
  disable() {
    this.#setState("disabled");
    this.#preview.disable();
    const { main, action } = this.#opened;
    // What is left to do has the focus, when the button that had it goes.
    if ([this.#button, this.#preview.button].includes(document.activeElement)) action(main, "clear")?.focus();
    this.#button.hidden = true;
  }

  /** Frees what the row shows of the file. */
  close() {
    this.#preview.close();
  }

  #setState(state) {
    const { t, announce } = this.#opened;
    const before = this.#state;
    this.#state = state;
    this.#updateLabel();
    this.#showState();
    if (state === "busy" || state === "disabled") this.#button.setAttribute("aria-disabled", "true");
    else this.#button.removeAttribute("aria-disabled");
    if (before === "busy" && state === "saved") announce(t("opened-file-saved"));
    if (before === "busy" && state === "failed") announce(t("opened-file-failed"));
  }

  #progress(bytes) {
    this.#done += bytes;
    this.#updateLabel();
    if (Date.now() - this.#announcedAt < ANNOUNCE_INTERVAL) return;
    this.#announcedAt = Date.now();
    this.#opened.announce(this.#progressText());
  }

  #updateLabel() {
    const { slot } = this.#opened;
    slot(this.#button, "label").textContent = this.#label();
    const bar = slot(this.element, "bar");
    bar.hidden = this.#state !== "busy" || !this.#download;
    bar.value = this.#done / Math.max(1, this.#file.size);
  }

  /** Shows the state in words, and a finished one also by the tile. */
  #showState() {
    const { slot, t, showKind, drawIcon } = this.#opened;
    const text = { failed: "opened-file-failed", saved: "opened-file-saved", disabled: "opened-file-saved" }[this.#state];
    const line = slot(this.element, "state");
    line.textContent = text ? t(text) : "";
    line.classList.toggle("danger", this.#state === "failed");
    const tile = slot(this.element, "tile");
    this.#button.classList.toggle("plain", this.isSaved);
    tile.classList.toggle("done", this.isSaved);
    if (this.isSaved) drawIcon(tile, "tick");
    else showKind(tile, this.#file.name);
  }

  #label() {
    const { t, inApp } = this.#opened;
    const save = t(inApp ? "opened-share" : "opened-file-save");
    switch (this.#state) {
      case "busy":
        return this.#download ? this.#progressText() : save;
      case "failed":
        return t("opened-file-retry");
      case "saved":
        return t("opened-file-again");
      default:
        return save;
    }
  }

  #progressText() {
    const n = Math.floor((this.#done / Math.max(1, this.#file.size)) * 100);
    return this.#opened.t("opened-file-saving", { n });
  }
}
