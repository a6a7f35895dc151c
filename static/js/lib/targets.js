/**
 * Where a file can go on this device: a file that the page writes itself, the browser's own download fed by a worker,
 * or a download of what was held in memory first. The first that the browser has is the best.
 */

import { delay } from "./delay.js";

/** How often a worker is asked whether it is still there, in milliseconds. Browsers end one after 30 s without events. */
const ALIVE = 10_000;
/** How long a worker may take to begin, in milliseconds. */
const BEGIN = 10_000;

/** @returns {boolean} whether pages write files themselves here */
export function canWrite() {
  return typeof globalThis.showSaveFilePicker === "function";
}

/** @returns {boolean} whether pages write into a folder themselves here */
export function canWriteFolder() {
  return typeof globalThis.showDirectoryPicker === "function";
}

/**
 * @returns {boolean} whether a worker can feed a download here. Safari shows such an answer, or loses it, instead of
 *   saving it, and nothing tells beforehand but who made it.
 */
export function canStream() {
  return "serviceWorker" in navigator && !navigator.vendor.startsWith("Apple");
}

/**
 * Asks where to save a file. Must be called in a press.
 * @param {string} name
 * @returns {Promise<import("./download.js").Target | null>} null when the person changed their mind
 */
export async function chooseFile(name) {
  try {
    return await written(await showSaveFilePicker({ suggestedName: name }));
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
}

/**
 * Asks for a folder to save files in. Must be called in a press.
 * @param {(name: string, taken: (name: string) => boolean) => string} freeName
 * @returns {Promise<((name: string) => Promise<import("./download.js").Target>) | null>} makes a file in it, never one
 *   in place of another, empty ones aside; null when the person changed their mind
 */
export async function chooseFolder(freeName) {
  let folder;
  try {
    folder = await showDirectoryPicker({ mode: "readwrite" });
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
  const there = new Map();
  for await (const [name, handle] of folder.entries()) there.set(name.toLowerCase(), handle);
  return async (name) => {
    const plain = freeName(name, () => false).toLowerCase();
    // A page that was closed or loaded again while it saved leaves an empty file.
    if (await isEmpty(there.get(plain))) there.delete(plain);
    const free = freeName(name, (wanted) => there.has(wanted.toLowerCase()));
    there.set(free.toLowerCase(), null);
    return written(await folder.getFileHandle(free, { create: true }));
  };
}

async function isEmpty(handle) {
  return handle?.kind === "file" && (await handle.getFile()).size === 0;
}

async function written(handle) {
  // What is written shows under the name only when it is closed.
  const writable = await handle.createWritable();
  return {
    sure: true,
    write: (bytes) => writable.write(bytes),
    close: () => writable.close(),
    async abort() {
      await writable.abort().catch(() => {});
      // Choosing a name made an empty file of it.
      const { size } = await handle.getFile();
      if (size === 0) await handle.remove?.();
    },
  };
}

/**
 * Begins a download that a worker feeds.
 * @param {object} how
 * @param {string} how.base path of the site, without a slash at its end
 * @param {() => Promise<ServiceWorker>} how.getServiceWorker
 * @param {string} how.name
 * @param {number} how.size in bytes
 * @param {(on: boolean) => void} how.leaving called around the step to the download's address, which looks to the page
 *   like leaving
 * @returns {Promise<import("./download.js").Target>}
 * @throws when there is no worker
 */
export async function stream({ base, getServiceWorker, name, size, leaving }) {
  const worker = await getServiceWorker();
  const path = `${base}/save/${crypto.randomUUID()}`;
  const { port1: port, port2 } = new MessageChannel();
  const flow = new Flow(port);
  worker.postMessage({ path, name, size }, [port2]);
  await flow.until("ready");
  leaving(true);
  try {
    location.assign(path);
    await flow.until("started");
  } finally {
    leaving(false);
  }
  const giveUp = () => port.postMessage({});
  addEventListener("pagehide", giveUp);
  const timer = setInterval(() => {
    const { port1, port2: answer } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (!data) flow.end();
      port1.close();
    };
    worker.postMessage({ alive: path }, [answer]);
  }, ALIVE);
  const over = () => {
    clearInterval(timer);
    removeEventListener("pagehide", giveUp);
  };
  return {
    sure: false,
    async write(bytes) {
      await flow.room();
      port.postMessage({ bytes }, [bytes.buffer]);
    },
    async close() {
      port.postMessage({ end: true });
      await flow.until("ended");
      over();
    },
    async abort() {
      giveUp();
      flow.end();
      over();
    },
  };
}

/** What the worker says of one download. */
class Flow {
  #room = 0;
  #said = new Set();
  #ended = false;
  #wake = () => {};

  constructor(port) {
    port.onmessage = ({ data }) => {
      if (data === "more") this.#room += 1;
      else if (data === "cancelled") this.#ended = true;
      else this.#said.add(data);
      this.#wake();
    };
  }

  /** The worker is gone, and the download with it. */
  end() {
    this.#ended = true;
    this.#wake();
  }

  /** Waits for what the worker says once. */
  async until(word) {
    const late = new AbortController();
    const timer = delay(BEGIN, late.signal).then(
      () => this.end(),
      () => {},
    );
    while (!this.#said.has(word)) await this.#more();
    late.abort();
    await timer;
  }

  /** Waits until another piece is wanted, however long the person takes. */
  async room() {
    while (this.#room === 0) await this.#more();
    this.#room -= 1;
  }

  async #more() {
    if (this.#ended) throw new Error("the download was ended");
    await new Promise((resolve) => (this.#wake = resolve));
  }
}

/**
 * Holds a file until it is whole, then downloads it.
 * @param {string} name
 * @returns {import("./download.js").Target}
 */
export function held(name) {
  return gathered("application/octet-stream", (file) => {
    const address = URL.createObjectURL(file);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    // Some browsers read the address only after the click was handled.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
}

/** A target that is one blob in the end. */
function gathered(type, whole) {
  let pieces = [];
  return {
    sure: false,
    async write(bytes) {
      // As a blob, so that the browser may put it elsewhere than in the page's memory.
      pieces.push(new Blob([bytes]));
    },
    async close() {
      whole(new Blob(pieces, { type }));
      pieces = [];
    },
    async abort() {
      pieces = [];
    },
  };
}

/**
 * @param {string} name
 * @param {string} type
 * @returns {boolean} whether the device's own sheet takes such a file
 */
export function canHandOn(name, type) {
  try {
    return navigator.canShare({ files: [new File(["."], name, { type })] });
  } catch {
    return false;
  }
}

/**
 * Holds a file until it is whole, for the device's own sheet, where people save it or send it on.
 * @param {string} name
 * @param {string} type
 * @returns {import("./download.js").Target & {handOn: () => Promise<boolean>}} `handOn` shows the sheet, in a press, and
 *   tells whether the file was taken. When fetching took longer than a press lasts it was not, and another press does it.
 */
export function handedOn(name, type) {
  let file;
  const target = gathered(type, (blob) => (file = new File([blob], name, { type })));
  return {
    ...target,
    async handOn() {
      try {
        await navigator.share({ files: [file] });
        return true;
      } catch (error) {
        // Closed by the person, or too long after the press.
        if (error.name === "AbortError" || error.name === "NotAllowedError") return false;
        throw error;
      }
    },
  };
}
