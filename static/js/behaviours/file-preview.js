/**
 * Shows a file of an opened share in its row: a picture, or a player for sound or film. Never a format that can hold
 * scripts.
 */

import { mayPlay, mediaType } from "../lib/media.js";
import { mayBePicture, pictureType } from "../lib/pictures.js";

const player = document.createElement("video");

/** The preview of one file, and its button. */
export class FilePreview {
  #saving;
  #opened;
  #row;
  #index;
  #file;
  #texts;
  #load;
  #shown = null;
  #address = null;
  button;

  /**
   * @param {import("./saving.js").Saving} saving
   * @param {import("./saving.js").Opened} opened
   * @param {HTMLElement} row of the file
   * @param {{name: string, type: string, size: number}} file with a name from `safeName`
   * @param {number} index file number, from 0
   */
  constructor(saving, opened, row, file, index) {
    this.#saving = saving;
    this.#opened = opened;
    this.#row = row;
    this.#index = index;
    this.#file = file;
    const isPicture = mayBePicture(file);
    const plays = !isPicture && mayPlay(file, (type) => player.canPlayType?.(type) ?? "");
    this.button = opened.action(row, isPicture ? "show-picture" : "play");
    if (!isPicture && !plays) return;
    this.#texts = isPicture ? ["opened-picture", "opened-picture-failed"] : ["opened-play", "opened-play-failed"];
    this.#load = isPicture ? this.#loadPicture : this.#loadPlayer;
    this.button.hidden = false;
    this.button.addEventListener("click", () => void this.#toggle());
  }

  /** Hides the button unless something is shown: the server's copy is deleted. */
  disable() {
    if (!this.#shown) this.button.hidden = true;
  }

  /** Frees the bytes. */
  close() {
    this.#shown?.pause?.();
    this.#forgetAddress();
  }

  #forgetAddress() {
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = null;
  }

  async #toggle() {
    const { t } = this.#opened;
    const [show, failed] = this.#texts;
    if (this.#shown) {
      this.#shown.hidden = !this.#shown.hidden;
      if (this.#shown.hidden) this.#shown.pause?.();
      this.button.textContent = t(this.#shown.hidden ? show : "hide");
      return;
    }
    if (this.button.getAttribute("aria-disabled") === "true") return;
    this.button.setAttribute("aria-disabled", "true");
    try {
      const shown = await this.#load(...(await this.#fetch()));
      const line = document.createElement("p");
      line.append(shown);
      this.#row.append(line);
      this.#shown = shown;
      this.button.textContent = t("hide");
      // The press may be too long ago for the browser.
      shown.play?.().catch(() => {});
    } catch (error) {
      this.#forgetAddress();
      this.#saving.showStatus(this.#saving.explain(error) || t(failed));
    } finally {
      this.button.removeAttribute("aria-disabled");
    }
  }

  /** Returns the decrypted file in pieces, and its first bytes. */
  async #fetch() {
    const pieces = [];
    let start = new Uint8Array(0);
    const target = {
      durable: false,
      async write(bytes) {
        if (pieces.length === 0) start = bytes.slice(0, 64);
        pieces.push(new Blob([bytes]));
      },
      async close() {},
      async abort() {},
    };
    await this.#saving.run(this.#saving.download(this.#index, target, () => {}));
    return [pieces, start];
  }

  async #loadPicture(pieces, start) {
    const type = pictureType(start);
    if (!type) throw new TypeError("not a picture");
    const picture = new Image();
    picture.className = "picture";
    picture.alt = this.#opened.t("opened-picture-alt", { name: this.#file.name });
    this.#address = URL.createObjectURL(new Blob(pieces, { type }));
    picture.src = this.#address;
    await picture.decode();
    this.#forgetAddress();
    return picture;
  }

  async #loadPlayer(pieces, start) {
    const type = mediaType(start, this.#file);
    if (!type) throw new TypeError("not sound or film");
    const media = document.createElement(type.startsWith("audio/") ? "audio" : "video");
    media.className = "picture";
    media.controls = true;
    media.playsInline = true;
    media.setAttribute("aria-label", this.#opened.t("opened-player", { name: this.#file.name }));
    this.#address = URL.createObjectURL(new Blob(pieces, { type }));
    await new Promise((resolve, reject) => {
      media.addEventListener("loadedmetadata", resolve, { once: true });
      media.addEventListener("error", () => reject(new TypeError("not playable")), { once: true });
      media.src = this.#address;
    });
    return media;
  }
}
