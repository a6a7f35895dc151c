/**
 * Download targets, best first: a file written through the File System API, a browser download that the service worker
 * streams, and a download of a blob held in memory. In-app browsers use the system share sheet.
 */

import { encode } from "./base32.js";
import { random } from "./bytes.js";
import { delay } from "./delay.js";

/** Interval of pings to the worker, in milliseconds. Browsers terminate a worker after 30 s without events. */
const PING_INTERVAL = 10_000;
/** Timeout of each reply from the worker, in milliseconds. */
const START_TIMEOUT = 10_000;

/** @returns {boolean} whether the browser lets pages write files */
export function canWrite() {
  return typeof globalThis.showSaveFilePicker === "function";
}

/** @returns {boolean} whether the browser lets pages write to a folder */
export function canWriteFolder() {
  return typeof globalThis.showDirectoryPicker === "function";
}

/**
 * @returns {boolean} whether a service worker can stream a download. Safari displays or drops such a response instead
 *   of saving it, which only the vendor string reveals.
 */
export function canStream() {
  return "serviceWorker" in navigator && !navigator.vendor.startsWith("Apple");
}

/**
 * Asks where to save a file. Needs user activation.
 * @param {string} name
 * @returns {Promise<import("./download.js").Target | null>} null when the user cancelled
 */
export async function chooseFile(name) {
  try {
    return await fileTarget(await showSaveFilePicker({ suggestedName: name }));
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
}

/**
 * Asks for a folder to save files in. Needs user activation.
 * @param {(name: string, taken: (name: string) => boolean) => string} freeName
 * @returns {Promise<((name: string) => Promise<import("./download.js").Target>) | null>} creates a file in the folder
 *   and replaces only empty ones; null when the user cancelled
 */
export async function chooseFolder(freeName) {
  let folder;
  try {
    folder = await showDirectoryPicker({ mode: "readwrite" });
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
  const existing = new Map();
  for await (const [name, handle] of folder.entries()) existing.set(name.toLowerCase(), handle);
  return async (name) => {
    const plain = name.toLowerCase();
    // A page that is closed while it saves leaves an empty file.
    if (await isEmpty(existing.get(plain))) existing.delete(plain);
    const free = freeName(name, (wanted) => existing.has(wanted.toLowerCase()));
    existing.set(free.toLowerCase(), null);
    return fileTarget(await folder.getFileHandle(free, { create: true }));
  };
}

async function isEmpty(handle) {
  return handle?.kind === "file" && (await handle.getFile()).size === 0;
}

async function fileTarget(handle) {
  // The content appears under the name only after `close`.
  const writable = await handle.createWritable();
  return {
    durable: true,
    write: (bytes) => writable.write(bytes),
    close: () => writable.close(),
    async abort() {
      await writable.abort().catch(() => {});
      // The file picker creates an empty file.
      const { size } = await handle.getFile();
      if (size === 0) await handle.remove?.();
    },
  };
}

/**
 * Starts a download that the service worker streams.
 * @param {object} options
 * @param {string} options.base path of the site without a trailing slash
 * @param {() => Promise<ServiceWorker>} options.getServiceWorker
 * @param {string} options.name
 * @param {number} options.size in bytes
 * @param {(on: boolean) => void} options.allowLeaving called around the navigation to the download, which fires
 *   `beforeunload`
 * @returns {Promise<import("./download.js").Target>}
 * @throws when no worker answers
 */
export async function streamTarget({ base, getServiceWorker, name, size, allowLeaving }) {
  const worker = await getServiceWorker();
  const path = `${base}/save/${encode(random(20))}`;
  const { port1: port, port2 } = new MessageChannel();
  const channel = new WorkerChannel(port);
  worker.postMessage({ path, name, size }, [port2]);
  await channel.waitFor("ready");
  allowLeaving(true);
  try {
    location.assign(path);
    await channel.waitFor("started");
  } finally {
    allowLeaving(false);
  }
  const cancel = () => port.postMessage({});
  addEventListener("pagehide", cancel);
  const timer = setInterval(() => {
    const { port1, port2: answer } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (!data) channel.close();
      port1.close();
    };
    worker.postMessage({ alive: path }, [answer]);
  }, PING_INTERVAL);
  const cleanUp = () => {
    clearInterval(timer);
    removeEventListener("pagehide", cancel);
  };
  return {
    durable: false,
    async write(bytes) {
      await channel.waitForPull();
      port.postMessage({ bytes }, [bytes.buffer]);
    },
    async close() {
      port.postMessage({ end: true });
      await channel.waitFor("ended");
      cleanUp();
    },
    async abort() {
      cancel();
      channel.close();
      cleanUp();
    },
  };
}

/** Messages of the worker about a download. */
class WorkerChannel {
  /** Number of chunks requested and not yet written. */
  #pulls = 0;
  #received = new Set();
  #isClosed = false;
  #notify = () => {};

  constructor(port) {
    port.onmessage = ({ data }) => {
      if (data === "more") this.#pulls += 1;
      else if (data === "cancelled") this.#isClosed = true;
      else this.#received.add(data);
      this.#notify();
    };
  }

  /** Fails all waits: the worker, and with it the download, has ended. */
  close() {
    this.#isClosed = true;
    this.#notify();
  }

  /** Waits up to `START_TIMEOUT` for a message. */
  async waitFor(message) {
    const late = new AbortController();
    const timer = delay(START_TIMEOUT, late.signal).then(
      () => this.close(),
      () => {},
    );
    while (!this.#received.has(message)) await this.#nextMessage();
    late.abort();
    await timer;
  }

  /** Waits, without a timeout, until the worker requests another chunk. */
  async waitForPull() {
    while (this.#pulls === 0) await this.#nextMessage();
    this.#pulls -= 1;
  }

  async #nextMessage() {
    if (this.#isClosed) throw new Error("the service worker ended the download");
    await new Promise((resolve) => (this.#notify = resolve));
  }
}

/**
 * Collects a file in memory, then downloads it.
 * @param {string} name
 * @returns {import("./download.js").Target}
 */
export function memoryTarget(name) {
  return blobTarget("application/octet-stream", (file) => {
    const address = URL.createObjectURL(file);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    // Some browsers read the blob URL only after the click event.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
}

/** Collects a file and passes it on as a blob. */
function blobTarget(type, onComplete) {
  let pieces = [];
  return {
    durable: false,
    async write(bytes) {
      // The browser can store blobs outside the page's memory.
      pieces.push(new Blob([bytes]));
    },
    async close() {
      onComplete(new Blob(pieces, { type }));
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
 * @returns {boolean} whether the system share sheet accepts such a file
 */
export function canShareFile(name, type) {
  try {
    return navigator.canShare({ files: [new File(["."], name, { type })] });
  } catch {
    return false;
  }
}

/**
 * Collects a file for the system share sheet, where the user saves or sends it.
 * @param {string} name
 * @param {string} type media type
 * @returns {import("./download.js").Target & {shareFile: () => Promise<boolean>}} `shareFile` opens the sheet, which
 *   needs user activation, and returns whether the file was shared. It returns false when the activation expired during
 *   the download; another press then shares the file.
 */
export function shareTarget(name, type) {
  let file;
  const target = blobTarget(type, (blob) => (file = new File([blob], name, { type })));
  return {
    ...target,
    async shareFile() {
      try {
        await navigator.share({ files: [file] });
        return true;
      } catch (error) {
        // The user closed the sheet, or the user activation expired.
        if (error.name === "AbortError" || error.name === "NotAllowedError") return false;
        throw error;
      }
    },
  };
}
