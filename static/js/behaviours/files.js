/**
 * The field of files: choosing, dropping and pasting them, seeing them, taking them out again.
 */

import { inSentence, safeName } from "../lib/names.js";
import { largestFile, storedSize } from "../lib/parts.js";
import { action, announce, copyOf, slot } from "./page.js";
import { mark } from "./problems.js";
import { sizeInWords } from "./sizes.js";
import { word } from "./words.js";

/** The fieldset's id, under which problems of files are said. */
const FIELD = "files";

/** The files of a form. */
export class FileField {
  #field;
  #most;
  #added;
  /** `{file, row}` in the order in which they were chosen. */
  #entries = [];
  /** Those that changed on the device since. */
  #changed = new Set();

  /**
   * @param {HTMLFormElement} form
   * @param {{files: number, size: number}} most files, and stored bytes in all
   * @param {() => void} added called when files were added
   */
  constructor(form, most, added) {
    this.#field = form.querySelector(`#${FIELD}`);
    this.#most = most;
    this.#added = added;
    this.#take(this.#chooser());
    this.#drops(form);
    document.addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData;
      // What also is text, like cells of a table, is pasted as that.
      if (!form.isConnected || files.length === 0 || types.includes("text/plain")) return;
      event.preventDefault();
      void this.add([...files]);
    });
  }

  /** @returns {File[]} */
  get files() {
    return this.#entries.map(({ file }) => file);
  }

  /** @returns {number} bytes of all files */
  get size() {
    return this.files.reduce((sum, file) => sum + file.size, 0);
  }

  /**
   * @param {File} file that could not be read any more
   * @returns {string} what to do
   */
  changed(file) {
    this.#changed.add(file);
    return word("problem-file-changed", { name: inSentence(safeName(file.name)) });
  }

  /**
   * @param {boolean} alone whether nothing else is sent
   * @returns {string | null} what is wrong with the files
   */
  problem(alone) {
    const { files } = this;
    const most = largestFile(this.#most.size);
    const named = (key, file) => word(key, { name: inSentence(safeName(file.name)), max: sizeInWords(most) });
    if (files.length > this.#most.files) return word("problem-files-many", { n: this.#most.files });
    const big = files.find((file) => file.size > most);
    if (big) return named("problem-file-big", big);
    if (files.reduce((sum, file) => sum + storedSize(file.size), 0) > this.#most.size) return this.tooBig();
    const changed = files.find((file) => this.#changed.has(file));
    if (changed) return named("problem-file-changed", changed);
    return alone && files.length > 0 && this.size === 0 ? named("problem-file-empty", files[0]) : null;
  }

  /** @returns {string} that all files together are too big */
  tooBig() {
    return word("problem-files-big", { size: sizeInWords(this.size), max: sizeInWords(largestFile(this.#most.size)) });
  }

  /** Puts a button in place of the browser's own field, which would forget the files chosen before. */
  #chooser() {
    const input = this.#field.querySelector("input[type=file]");
    const button = action(this.#field, "choose");
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => this.#take(input));
    input.hidden = true;
    button.hidden = false;
    slot(this.#field, "or-drop").hidden = false;
    slot(this.#field, "choose-last").hidden = true;
    return input;
  }

  #take(input) {
    void this.add([...input.files]);
    // Emptied, so that the same file can be chosen again after it was removed.
    input.value = "";
  }

  /** Files may be dropped anywhere on the page: beside the field the browser would open them instead. */
  #drops(form) {
    const over = (event) => {
      if (!event.dataTransfer.types.includes("Files")) return false;
      event.preventDefault();
      return form.isConnected;
    };
    const light = (on) => this.#field.toggleAttribute("data-over", on);
    document.addEventListener("dragover", (event) => light(over(event)));
    document.addEventListener("dragleave", (event) => event.relatedTarget === null && light(false));
    document.addEventListener("drop", (event) => {
      if (!over(event)) return;
      light(false);
      void this.add([...event.dataTransfer.files]);
    });
  }

  /**
   * Adds files to those that are chosen.
   * @param {File[]} files
   */
  async add(files) {
    if (files.length === 0) return;
    const readable = await Promise.all(files.map(canRead));
    for (const [i, file] of files.entries()) if (readable[i]) this.#insert(file);
    const broken = files.find((_, i) => !readable[i]);
    if (this.#entries.length > 0) this.#added();
    this.#tell();
    if (broken) this.#say(word("problem-file-unreadable", { name: inSentence(safeName(broken.name)) }));
  }

  #insert(file) {
    const same = this.#entries.find((entry) => isSame(entry.file, file) || this.#replaces(entry.file, file));
    if (same) {
      same.file = file;
      slot(same.row, "size").textContent = sizeInWords(file.size);
      return;
    }
    const row = copyOf("file-row").firstElementChild;
    const name = safeName(file.name);
    for (const element of row.querySelectorAll("[data-slot=name]")) element.textContent = name;
    slot(row, "size").textContent = sizeInWords(file.size);
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
    const next = this.#entries[at]?.row;
    (next ? action(next, "remove") : action(this.#field, "choose")).focus();
    this.#tell();
  }

  /** Says how much there is, and what is wrong with it. */
  #tell() {
    const n = this.#entries.length;
    const line = slot(this.#field, "total");
    line.textContent = word("create-files-total", { n, size: sizeInWords(this.size) });
    line.hidden = n === 0;
    slot(this.#field, "files").hidden = n === 0;
    announce(line.textContent);
    this.#say(this.problem(false) ?? "");
  }

  #say(text) {
    mark(FIELD, text);
    if (text) announce(text);
  }
}

/** A folder, or what was deleted since, is a file by name only. */
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
