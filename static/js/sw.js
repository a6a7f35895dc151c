/**
 * The worker of the site, which a page can do without. It hands a file that a page unlocks bit by bit to the browser's
 * own download, holds what another app shares until a page takes it, and answers a visit that finds no network with a
 * page that says so. It keeps that page and its parts, and nothing else: no page of a share, nothing that people send.
 * The server writes `PARTS` above this: the addresses of the parts.
 */

const scope = new URL(self.registration.scope).pathname;
const OFFLINE = `${scope}offline`;
const SHARE = `${scope}share`;
const SAVE = `${scope}save/`;
/** The name of what is kept, and of the lock that each download holds. */
const KEPT = `${scope}offline`;
const SAVING = `${scope}save`;
/** How long something shared is held at the most, in milliseconds. */
const HELD = 60_000;

/** Downloads by the path of their address: those that wait for the browser to ask, and those under way. */
const waiting = new Map();
const running = new Map();
/** What was shared, by a ticket that only the page it leads to knows. It is nowhere else. */
const shared = new Map();

self.addEventListener("install", (event) => {
  // What pages send and fetch never waits for a worker to start.
  event.addRoutes?.({
    condition: { urlPattern: new URLPattern({ pathname: `${scope}api/*` }) },
    source: "network",
  });
  event.waitUntil(keep());
  // A worker that is replaced ends, and its downloads with it.
  if (navigator.locks) void navigator.locks.request(SAVING, () => self.skipWaiting());
  else self.skipWaiting();
});

async function keep() {
  const addresses = [OFFLINE, ...PARTS];
  const answers = await Promise.all(
    addresses.map(async (address) => {
      const answer = await fetch(address, { cache: "no-cache", credentials: "omit" });
      if (!answer.ok) throw new Error("the site is not itself");
      return answer;
    }),
  );
  await caches.delete(KEPT);
  const kept = await caches.open(KEPT);
  await Promise.all(addresses.map((address, at) => kept.put(address, answers[at])));
}

async function kept(address) {
  return (await caches.open(KEPT)).match(address, { ignoreVary: true });
}

self.addEventListener("message", ({ data, ports: [port] }) => {
  if (data.alive) {
    // The page asks now and then: a worker without events is ended, and its downloads with it.
    port.postMessage(running.has(data.alive));
  } else if (data.ticket) {
    const found = shared.get(data.ticket);
    port.postMessage(found?.content ?? null);
    found?.taken();
  } else {
    waiting.set(data.path, { ...data, port });
    port.postMessage("ready");
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const visit = request.mode === "navigate" && request.method;
  if (pathname.startsWith(SAVE)) event.respondWith(save(pathname));
  else if (visit === "POST" && pathname === SHARE) event.respondWith(hold(event));
  else if (visit === "GET") event.respondWith(fetch(request).catch(() => kept(OFFLINE)));
  else if (PARTS.includes(pathname)) event.respondWith(kept(pathname).then((part) => part ?? fetch(request)));
});

/** Takes in what another app shares, and leads to the page that makes a link of it. */
async function hold(event) {
  const ticket = crypto.randomUUID();
  let taken;
  const gone = new Promise((resolve) => (taken = resolve));
  const late = new Promise((resolve) => setTimeout(resolve, HELD));
  event.waitUntil(Promise.race([gone, late]).then(() => shared.delete(ticket)));
  try {
    const form = await event.request.formData();
    const texts = ["title", "text", "url"].map((name) => form.get(name)).filter((text) => typeof text === "string");
    const files = form.getAll("files").filter((file) => file instanceof File);
    // Some apps say the same thing twice.
    const message = [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== "").join("\n");
    shared.set(ticket, { content: { message, files }, taken });
    return Response.redirect(`${scope}#shared=${ticket}`, 303);
  } catch {
    taken();
    return Response.redirect(SHARE, 303);
  }
}

/** A download begins. */
function save(pathname) {
  const wanted = waiting.get(pathname);
  waiting.delete(pathname);
  // Nothing to save: stay on the page that asks.
  return wanted ? answer(wanted) : new Response(null, { status: 204 });
}

function answer({ path, name, size, port }) {
  const over = new Promise((resolve) => running.set(path, resolve));
  void navigator.locks?.request(SAVING, { mode: "shared" }, () => over);
  port.postMessage("started");
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Length": String(size),
    "Content-Disposition": `attachment; filename*=UTF-8''${encoded(name)}`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
  };
  return new Response(body(path, port), { headers });
}

function ended(path) {
  running.get(path)?.();
  running.delete(path);
}

/** Asks the page for a piece whenever the browser has room for one. */
function body(path, port) {
  let pulled = () => {};
  return new ReadableStream(
    {
      start(control) {
        port.onmessage = ({ data }) => {
          if (data.bytes) {
            control.enqueue(data.bytes);
          } else {
            ended(path);
            if (data.end) control.close();
            else control.error(new Error("the page gave up"));
            port.postMessage("ended");
          }
          pulled();
        };
      },
      pull() {
        port.postMessage("more");
        return new Promise((resolve) => (pulled = resolve));
      },
      cancel() {
        ended(path);
        port.postMessage("cancelled");
      },
    },
    new CountQueuingStrategy({ highWaterMark: 1 }),
  );
}

/** As RFC 8187 wants it, which is more than `encodeURIComponent` does. */
function encoded(name) {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
