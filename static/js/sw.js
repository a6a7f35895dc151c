/**
 * The site's service worker, which is optional for every page. It streams a file that a page decrypts to a browser
 * download, holds content that another app shares until a page takes it, and serves the offline page when a navigation
 * fails. It caches that page and its assets, and never a page or content of a share.
 *
 * The server prepends `OFFLINE_ASSETS`, the URLs of the offline page's assets.
 */

/** Base path of the site, with a slash at the end. The scope may be a part of it (`behaviours/service-worker.js`). */
const base = new URL("./", self.location).pathname;
const OFFLINE_PAGE = `${base}offline`;
const SHARE_PATH = `${base}share`;
const DOWNLOAD_PATH = `${base}save/`;
/** Names of the cache, and of the Web Lock that each download holds. */
const CACHE_NAME = `${base}offline`;
const DOWNLOAD_LOCK = `${base}save`;
/** How long shared content is held at most, in milliseconds. */
const MAX_HELD = 60_000;

/** Downloads by path: those the browser has not requested yet, and those in progress. */
const pendingDownloads = new Map();
const activeDownloads = new Map();
/** Content shared by other apps, by a random ticket that only the target page gets. It is held in memory only. */
const sharedContent = new Map();

self.addEventListener("install", (event) => {
  // API requests bypass the worker and so never wait for its start.
  event.addRoutes?.({
    condition: { urlPattern: new URLPattern({ pathname: `${base}api/*` }) },
    source: "network",
  });
  event.waitUntil(fillCache());
  // A replaced worker is terminated with its downloads, so take over only when none is in progress.
  if (navigator.locks) void navigator.locks.request(DOWNLOAD_LOCK, () => self.skipWaiting());
  else self.skipWaiting();
});

async function fillCache() {
  const addresses = [OFFLINE_PAGE, ...OFFLINE_ASSETS];
  const answers = await Promise.all(
    addresses.map(async (address) => {
      const answer = await fetch(address, { cache: "no-cache", credentials: "omit" });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      return answer;
    }),
  );
  await caches.delete(CACHE_NAME);
  const cache = await caches.open(CACHE_NAME);
  await Promise.all(addresses.map((address, at) => cache.put(address, answers[at])));
}

async function fromCache(address) {
  return (await caches.open(CACHE_NAME)).match(address, { ignoreVary: true });
}

async function cachedOrFetched(request, pathname) {
  return (await fromCache(pathname)) ?? fetch(request);
}

self.addEventListener("message", ({ data, ports: [port] }) => {
  if (data.alive) {
    // Pings keep the worker alive: the browser terminates it when it gets no events.
    port.postMessage(activeDownloads.has(data.alive));
  } else if (data.ticket) {
    const found = sharedContent.get(data.ticket);
    port.postMessage(found?.content ?? null);
    found?.release();
  } else {
    pendingDownloads.set(data.path, { ...data, port });
    port.postMessage("ready");
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const visit = request.mode === "navigate" && request.method;
  if (pathname.startsWith(DOWNLOAD_PATH)) event.respondWith(startDownload(pathname));
  else if (visit === "POST" && pathname === SHARE_PATH) event.respondWith(receiveShared(event));
  else if (visit === "GET") event.respondWith(fetch(request).catch(() => fromCache(OFFLINE_PAGE)));
  else if (OFFLINE_ASSETS.includes(pathname)) event.respondWith(cachedOrFetched(request, pathname));
});

/**
 * Holds content sent by another app or site and redirects to the create page, which asks before it uses the content: a
 * worker is not told where a navigation comes from.
 */
async function receiveShared(event) {
  const ticket = randomTicket();
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const late = new Promise((resolve) => setTimeout(resolve, MAX_HELD));
  event.waitUntil(Promise.race([released, late]).then(() => sharedContent.delete(ticket)));
  try {
    const form = await event.request.formData();
    const texts = ["title", "text", "url"].map((name) => form.get(name)).filter((text) => typeof text === "string");
    const files = form.getAll("files").filter((file) => file instanceof File);
    // Some apps send the same text in two fields.
    const message = [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== "").join("\n");
    sharedContent.set(ticket, { content: { message, files }, release });
    return Response.redirect(`${base}#shared=${ticket}`, 303);
  } catch {
    release();
    return Response.redirect(SHARE_PATH, 303);
  }
}

/** Returns 32 random hexadecimal digits. */
function randomTicket() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Answers the request for a download. */
function startDownload(pathname) {
  const download = pendingDownloads.get(pathname);
  pendingDownloads.delete(pathname);
  // 204 keeps the browser on the current page.
  return download ? downloadResponse(download) : new Response(null, { status: 204 });
}

function downloadResponse({ path, name, size, port }) {
  const finished = new Promise((resolve) => activeDownloads.set(path, resolve));
  void navigator.locks?.request(DOWNLOAD_LOCK, { mode: "shared" }, () => finished);
  port.postMessage("started");
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Length": String(size),
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeFilename(name)}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
  };
  return new Response(downloadBody(path, port), { headers });
}

function finishDownload(path) {
  activeDownloads.get(path)?.();
  activeDownloads.delete(path);
}

/** Stream that requests a chunk from the page whenever the browser wants one. */
function downloadBody(path, port) {
  let resolvePull = () => {};
  return new ReadableStream(
    {
      start(control) {
        port.onmessage = ({ data }) => {
          if (data.bytes) {
            control.enqueue(data.bytes);
          } else {
            finishDownload(path);
            if (data.end) control.close();
            else control.error(new Error("aborted by the page"));
            port.postMessage("ended");
          }
          resolvePull();
        };
      },
      pull() {
        port.postMessage("more");
        return new Promise((resolve) => (resolvePull = resolve));
      },
      cancel() {
        finishDownload(path);
        port.postMessage("cancelled");
      },
    },
    new CountQueuingStrategy({ highWaterMark: 1 }),
  );
}

/** Encodes a file name as RFC 8187 requires, which escapes more than `encodeURIComponent`. */
function encodeFilename(name) {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
