/**
 * File field of the create form: choosing, dropping, pasting, listing and removing files.
 */

import { inSentence, shownName } from "../lib/names.js";
import { largestFile, storedSize } from "../lib/parts.js";
import { t } from "./i18n.js";
import { labelOf } from "./label.js";
import { action, announce, cloneTemplate, slot } from "./page.js";
import { showFieldProblem } from "./problems.js";
import { formatSize } from "./sizes.js";
import { showKind } from "./tiles.js";
import { showVeil } from "./veil.js";

/** Id of the fieldset, which validation messages refer to. */
const FIELD = "files";
/** Number of files up to which all are listed. More of them are behind a button. */
const MAX_LISTED = 6;
/** Number of files whose pictures are shown in their tiles. */
const MAX_THUMBNAILS = 24;

/** The chosen files of a form. */
export class FileField {
  #form;
  #field;
  #input;
  /** End of the chain of additions. */
  #adding = Promise.resolve();
  #limits;
  #onAdded;
  /** `{file, row}` in the order of choice. */
  #entries = [];
  /** Whether the sender asked for the whole list. */
  #isUnfolded = false;
  /** Files that changed on the device after they were chosen. */
  #changed = new Set();

  /**
   * @param {HTMLFormElement} form
   * @param {{files: number, size: number}} limits number of files, and their stored bytes in total
   * @param {() => void} onAdded
   */
  constructor(form, limits, onAdded) {
    this.#field = form.querySelector(`#${FIELD}`);
    this.#limits = limits;
    this.#onAdded = onAdded;
    this.#form = form;
    this.#input = this.#field.querySelector("input[type=file]");
  }

  /** Replaces the browser's field, but leaves its files in it: `takeChosen` follows once all of the form is taken over. */
  takeOver() {
    const button = action(this.#field, "choose");
    button.addEventListener("click", () => this.#input.click());
    this.#input.addEventListener("change", () => this.takeChosen());
    this.#wireDrop();
    this.#wirePaste();
    slot(this.#field, "choose-last").hidden = true;
    button.hidden = false;
    action(this.#field, "more-files").addEventListener("click", () => {
      this.#isUnfolded = true;
      this.#fold();
      action(this.#entries[MAX_LISTED].row, "remove").focus();
    });
  }

  /** Resolves once every file that was chosen so far is listed. */
  async settled() {
    await this.#adding;
  }

  /** @returns {File[]} */
  get files() {
    return this.#entries.map(({ file }) => file);
  }

  /** @returns {number} total size in bytes */
  get size() {
    return this.files.reduce((sum, file) => sum + file.size, 0);
  }

  /**
   * Marks a file as changed, so that it must be chosen again.
   * @param {File} file
   * @returns {string} the validation message
   */
  changed(file) {
    this.#changed.add(file);
    return t("problem-file-changed", { name: inSentence(shownName(file.name)) });
  }

  /**
   * @param {boolean} alone whether the share has no message
   * @returns {string | null} the validation message
   */
  problem(alone) {
    const { files } = this;
    const maxFile = largestFile(this.#limits.size);
    const named = (key, file) => t(key, { name: inSentence(shownName(file.name)), max: formatSize(maxFile) });
    if (files.length > this.#limits.files) return t("problem-files-many", { n: this.#limits.files });
    const big = files.find((file) => file.size > maxFile);
    if (big) return named("problem-file-big", big);
    if (files.reduce((sum, file) => sum + storedSize(file.size), 0) > this.#limits.size) return this.tooBig();
    const changed = files.find((file) => this.#changed.has(file));
    if (changed) return named("problem-file-changed", changed);
    return alone && files.length > 0 && this.size === 0 ? named("problem-file-empty", files[0]) : null;
  }

  /** @returns {string} the message for a total size over the limit */
  tooBig() {
    return t("problem-files-big", { size: formatSize(this.size), max: formatSize(largestFile(this.#limits.size)) });
  }

  /** Moves the files of the browser's field, which drops earlier choices, to the list. */
  takeChosen() {
    void this.add([...this.#input.files]);
    // An empty input fires "change" again for a file that was removed and is chosen once more.
    this.#input.value = "";
  }

  #wirePaste() {
    document.addEventListener("paste", (event) => {
      const { files } = event.clipboardData;
      if (!this.#form.isConnected || files.length === 0 || hasText(event.clipboardData)) return;
      event.preventDefault();
      void this.add([...files]);
    });
  }

  /** Accepts drops on the whole page, because the browser opens a file that is dropped beside the field. */
  #wireDrop() {
    const acceptsFiles = (event) => {
      if (!event.dataTransfer.types.includes("Files")) return false;
      event.preventDefault();
      return this.#form.isConnected;
    };
    document.addEventListener("dragover", (event) => showVeil(acceptsFiles(event)));
    document.addEventListener("dragleave", (event) => event.relatedTarget === null && showVeil(false));
    document.addEventListener("drop", (event) => {
      if (!acceptsFiles(event)) return;
      showVeil(false);
      void this.add([...event.dataTransfer.files]);
    });
  }

  /**
   * Adds files to the list.
   * @param {File[]} files
   * @returns {Promise<void>}
   */
  add(files) {
    this.#adding = this.#adding.then(() => this.#addReadable(files));
    return this.#adding;
  }

  async #addReadable(files) {
    if (files.length === 0) return;
    const readable = await Promise.all(files.map(canRead));
    for (const [i, file] of files.entries()) if (readable[i]) this.#insert(file);
    const unreadable = files.find((_, i) => !readable[i]);
    if (this.#entries.length > 0) this.#onAdded();
    this.#showTotal();
    if (!unreadable) return;
    this.#showFileProblem(t("problem-file-unreadable", { name: inSentence(shownName(unreadable.name)) }));
  }

  #insert(file) {
    const same = this.#entries.find((entry) => isSame(entry.file, file) || this.#replaces(entry.file, file));
    if (same) {
      same.file = file;
      slot(same.row, "size").textContent = formatSize(file.size);
      return;
    }
    const row = cloneTemplate("file-row").firstElementChild;
    const name = shownName(file.name);
    for (const element of row.querySelectorAll("[data-slot=name]")) element.textContent = name;
    slot(row, "size").textContent = formatSize(file.size);
    const tile = slot(row, "tile");
    showKind(tile, name);
    if (this.#entries.length < MAX_THUMBNAILS) void showThumbnail(tile, file);
    const entry = { file, row };
    action(row, "remove").addEventListener("click", () => this.#remove(entry));
    this.#entries.push(entry);
    slot(this.#field, "files").append(row);
  }

  #replaces(before, file) {
    return this.#changed.has(before) && before.name === file.name;
  }

  #remove(entry) {
    const at = this.#entries.indexOf(entry);
    this.#entries.splice(at, 1);
    entry.row.remove();
    // Shows the next row, which may have been folded, before it takes the focus.
    this.#showTotal();
    const next = this.#entries[at]?.row;
    (next ? action(next, "remove") : action(this.#field, "choose")).focus();
  }

  /** Shows and announces number, total size and problem of the files. */
  #showTotal() {
    const n = this.#entries.length;
    const line = slot(this.#field, "total");
    const max = formatSize(largestFile(this.#limits.size));
    line.textContent = t("create-files-total", { n, size: formatSize(this.size), max });
    line.hidden = n === 0;
    slot(this.#field, "files").hidden = n === 0;
    labelOf(action(this.#field, "choose")).textContent = t(n === 0 ? "create-files-choose" : "create-files-more");
    this.#fold();
    announce(line.textContent);
    this.#showFileProblem(this.problem(false) ?? "");
  }

  /** Hides the files after the first ones behind a button. */
  #fold() {
    const folded = this.#isUnfolded ? [] : this.#entries.slice(MAX_LISTED);
    for (const { row } of this.#entries) row.hidden = false;
    for (const { row } of folded) row.hidden = true;
    slot(this.#field, "more-files").hidden = folded.length === 0;
    action(this.#field, "more-files").textContent = t("create-files-show", { n: folded.length });
  }

  #showFileProblem(text) {
    showFieldProblem(FIELD, text);
    if (text) announce(text);
  }
}

/**
 * Returns whether content with files also has a text of its own, which is pasted instead: table cells come with their
 * picture. File managers add the names or paths of the files.
 */
function hasText(content) {
  const { types } = content;
  if (types.includes("text/html") || types.includes("text/rtf")) return true;
  const names = new Set([...content.files].map((file) => file.name.normalize()));
  const lines = content.getData("text/plain").normalize().split(/[\r\n]+/);
  return lines.some((line) => line !== "" && !namesOf(line).some((name) => names.has(name)));
}

/** Returns the names that a path or an address of a file can end with. */
function namesOf(line) {
  const name = line.split(/[/\\]/).pop();
  try {
    return [line, name, decodeURIComponent(name).normalize()];
  } catch {
    return [line, name];
  }
}

/** Loads the code for pictures with the first file. Without it, the tile shows the kind of the file. */
async function showThumbnail(tile, file) {
  try {
    const thumbnails = await import("./thumbnails.js");
    thumbnails.showThumbnail(tile, file);
  } catch {
    // The network may be gone.
  }
}

/** Returns whether the file can be read: folders and deleted files cannot. */
async function canRead(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
