/**
 * Hands a file that a page unlocks bit by bit to the browser's own download, where a page itself cannot write to disk.
 * Keeps nothing, fetches nothing, and sees only addresses below `save/`.
 */

/** Downloads by the path of their address: those that wait for the browser to ask, and those under way. */
const waiting = new Map();
const running = new Set();

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("message", ({ data, ports: [port] }) => {
  if (data.alive) {
    // The page asks now and then: a worker without events is ended, and its downloads with it.
    port.postMessage(running.has(data.alive));
    return;
  }
  waiting.set(data.path, { ...data, port });
  port.postMessage("ready");
});

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  const wanted = waiting.get(pathname);
  waiting.delete(pathname);
  // Nothing to save: stay on the page that asks.
  event.respondWith(wanted ? answer(wanted) : new Response(null, { status: 204 }));
});

function answer({ path, name, size, port }) {
  running.add(path);
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
            running.delete(path);
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
        running.delete(path);
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
