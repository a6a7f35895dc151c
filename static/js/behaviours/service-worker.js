/**
 * The site's worker: how a page gets it, and what another app shared through it.
 */

import { main } from "./page.js";

const { base } = main.dataset;
/** How long the worker may take to answer, in milliseconds. */
const PATIENCE = 5000;

let registering = null;
/** The worker's address as browsers want it that let no other script in; made once. */
let trusted = null;

/** Asks for the worker once the page is whole: no page waits for it. */
export function installServiceWorker() {
  const install = () => void getServiceWorker().catch(() => {});
  if (document.readyState === "complete") install();
  else addEventListener("load", install, { once: true });
}

/**
 * @returns {Promise<ServiceWorker>} the worker, ready for messages
 * @throws when the browser has none for us
 */
export async function getServiceWorker() {
  registering ??= register();
  let registration;
  try {
    registration = await registering;
  } catch (error) {
    registering = null;
    throw error;
  }
  const found = registration.active ?? registration.waiting ?? registration.installing;
  while (found.state !== "activated") {
    if (found.state === "redundant") throw new Error("the worker was not taken");
    await new Promise((resolve) => found.addEventListener("statechange", resolve, { once: true }));
  }
  return found;
}

async function register() {
  const address = `${base}/sw.js`;
  trusted ??= globalThis.trustedTypes?.createPolicy("app", { createScriptURL: () => address });
  const url = trusted?.createScriptURL("") ?? address;
  return navigator.serviceWorker.register(url, { scope: `${base}/`, updateViaCache: "none" });
}

/**
 * Takes what another app shared, when this page was opened for it.
 * @returns {Promise<{message: string, files: File[]} | null | undefined>} undefined when nothing was shared, null when
 *   it is lost: the worker that held it has ended since
 */
export async function takeShared() {
  const ticket = /^#shared=([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  if (!ticket) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  try {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    (await getServiceWorker()).postMessage({ ticket }, [port2]);
    return await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, PATIENCE, null))]);
  } catch {
    return null;
  }
}
