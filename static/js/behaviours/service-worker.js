/**
 * Access to the site's service worker, and to content that another app shared through it.
 */

import { main } from "./page.js";

const { base } = main.dataset;
/** Timeout of a message to the worker, in milliseconds. */
const TIMEOUT = 5000;

/**
 * Path that the worker serves. WebKit copies every request of a page with a worker to the worker, bodies included, and
 * keeps them: an upload would take up to twice its size in memory. There, the pages that upload have no worker: all paths
 * of the others start with "s", as do those of downloads.
 */
const SCOPE = `${base}/${navigator.vendor.startsWith("Apple") ? "s" : ""}`;

let registrationPromise = null;
/** Trusted Types policy for the worker's URL; a policy name can be created only once. */
let trustedPolicy = null;

/** Installs the worker after the page has loaded. */
export function installServiceWorker() {
  const install = () => void getServiceWorker().catch(() => {});
  if (document.readyState === "complete") install();
  else addEventListener("load", install, { once: true });
}

/**
 * @returns {Promise<ServiceWorker>} the activated worker
 * @throws when the browser supports none or the installation fails
 */
export async function getServiceWorker() {
  registrationPromise ??= register();
  let registration;
  try {
    registration = await registrationPromise;
  } catch (error) {
    registrationPromise = null;
    throw error;
  }
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  while (worker.state !== "activated") {
    if (worker.state === "redundant") throw new Error("the service worker was not activated");
    await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
  }
  return worker;
}

async function register() {
  const address = `${base}/sw.js`;
  trustedPolicy ??= globalThis.trustedTypes?.createPolicy("app", { createScriptURL: () => address });
  const url = trustedPolicy?.createScriptURL("") ?? address;
  return navigator.serviceWorker.register(url, { scope: SCOPE, updateViaCache: "none" });
}

/**
 * Takes the content that another app or site sent, if this page was opened for it.
 * @returns {Promise<{message: string, files: File[]} | null | undefined>} undefined when nothing was shared; null when
 *   the content is lost because the worker that held it has been terminated
 */
export async function takeShared() {
  const ticket = /^#shared=([0-9a-f-]{32,36})$/.exec(location.hash)?.[1];
  if (!ticket) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  try {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    (await getServiceWorker()).postMessage({ ticket }, [port2]);
    return await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, TIMEOUT, null))]);
  } catch {
    return null;
  }
}
