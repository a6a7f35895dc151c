/**
 * The features of the browser that the scripts need (docs/browsers.md). A page tries them before it takes over a form of
 * the server: a browser either does everything, or keeps the form.
 */

/** Without any of these, a page keeps the server's form. */
const NEEDED = [
  "AbortController.prototype.abort",
  "Array.prototype.flatMap",
  "Blob.prototype.arrayBuffer",
  "Blob.prototype.slice",
  "Crypto.prototype.getRandomValues",
  "DataView.prototype.getUint32",
  "Document.prototype.importNode",
  "Element.prototype.before",
  "Element.prototype.closest",
  "Element.prototype.replaceChildren",
  "Element.prototype.toggleAttribute",
  "File",
  "Headers.prototype.get",
  "History.prototype.replaceState",
  "HTMLTemplateElement.prototype.content",
  "Intl.DateTimeFormat",
  "Intl.Locale",
  "Intl.NumberFormat",
  "Intl.PluralRules",
  "Intl.RelativeTimeFormat",
  "Object.fromEntries",
  "Promise.prototype.finally",
  "ReadableStream.prototype.getReader",
  "ResizeObserver",
  "Response.prototype.body",
  "String.prototype.matchAll",
  "String.prototype.normalize",
  "String.prototype.replaceAll",
  "SubtleCrypto.prototype.decrypt",
  "SubtleCrypto.prototype.deriveBits",
  "SubtleCrypto.prototype.digest",
  "SubtleCrypto.prototype.encrypt",
  "SubtleCrypto.prototype.importKey",
  "SubtleCrypto.prototype.sign",
  "TextDecoder",
  "TextEncoder",
  "URL.createObjectURL",
  "URLSearchParams",
  "XMLHttpRequest.prototype.upload",
  "fetch",
  "matchMedia",
];

/** @returns {boolean} whether the page may use the Web Crypto API and the browser has every needed feature */
export function hasFeatures() {
  return isSecureContext && Boolean(globalThis.crypto?.subtle) && NEEDED.every(exists);
}

/** Returns whether a property exists, without reading it: getters of a prototype throw. */
function exists(path) {
  const names = path.split(".");
  const last = names.pop();
  let owner = globalThis;
  for (const name of names) owner = owner?.[name];
  return owner !== undefined && owner !== null && last in owner;
}
