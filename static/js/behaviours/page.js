/**
 * The page's settings, states, title and announcements.
 */

import { setClock } from "../lib/clock.js";
import { t } from "./i18n.js";
import { updateTimes } from "./times.js";

/** The `<main>` element, whose `data-*` attributes are the page's settings. */
export const main = document.getElementById("main");
setClock(Number(main.dataset.now));
const liveRegion = document.getElementById("status");

/**
 * Scheme, host and base path of links: the public address if the site has one. Without one, or when it is that of this
 * page, the page's own address counts, because a server behind a proxy may not know its scheme and host.
 */
export const origin = siteOrigin(main.dataset.origin);

function siteOrigin(address) {
  const own = address === "" || new URL(address).host === location.host;
  return own ? location.origin + main.dataset.base : address;
}

/**
 * Announces a text to screen readers. Must not be used for the message of a share.
 * @param {string} text
 */
export function announce(text) {
  // Emptied first, because the same text again is no change to a live region.
  liveRegion.textContent = "";
  setTimeout(() => (liveRegion.textContent = text), 50);
}

/**
 * @param {string} id of a `<template>`
 * @returns {DocumentFragment | null} a copy of its content; null when the page has no such template
 */
export function cloneTemplate(id) {
  // The content shown from a template may have the same id as the template.
  const template = document.querySelector(`template#${id}`);
  return template && document.importNode(template.content, true);
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement | null} the element to fill in
 */
export function slot(root, name) {
  return root.querySelector(`[data-slot~="${name}"]`);
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement | null} the control that triggers the action
 */
export function action(root, name) {
  return root.querySelector(`[data-action~="${name}"]`);
}

/**
 * Shows another state of the page: replaces the content of `main`, sets the title and moves the focus to the heading.
 * @param {DocumentFragment} state filled in already
 * @param {{calm?: boolean}} [options] `calm`: keeps the focus, unless it is in the replaced content
 */
export function show(state, { calm = false } = {}) {
  const move = !calm || main.contains(document.activeElement);
  detachContent();
  main.prepend(state);
  updateTimes(main);
  updateTitle();
  if (!move) return;
  main.querySelector("h1")?.focus();
  scrollTo(0, 0);
}

/**
 * Removes the content of `main` except its templates.
 * @returns {DocumentFragment} the content, which `show` can put back unchanged
 */
export function detachContent() {
  const state = document.createDocumentFragment();
  state.append(...[...main.childNodes].filter((node) => !(node instanceof HTMLTemplateElement)));
  return state;
}

/**
 * Shows an error below the buttons.
 * @param {string} text empty to hide the line
 */
export function showError(text) {
  const line = slot(main, "trouble");
  if (!line) return;
  line.hidden = text === "";
  line.textContent = text;
  if (text) line.focus();
}

/** Sets the document title from the heading, with a prefix while the page shows a problem. */
export function updateTitle() {
  const title = main.querySelector("h1")?.textContent ?? "";
  const wrong = main.querySelector("#problems, [data-problem]:not([hidden])");
  document.title = t(wrong ? "title-problem" : "title", { title }) || document.title;
}

/**
 * Fills the `<time>` element of a slot.
 * @param {ParentNode} root
 * @param {string} name of the slot
 * @param {string | Date} when a Date or RFC 3339
 */
export function setTime(root, name, when) {
  const element = slot(root, name);
  if (!element) return;
  element.dateTime = new Date(when).toISOString();
  updateTimes(root);
}

/** Shows that the browser encrypts, in place of the notice that the server does. */
export function showBrowserLocking() {
  const locking = main.querySelector(".locking");
  locking.dataset.locking = "browser";
  for (const notice of locking.children) notice.hidden = notice.dataset.by !== "browser";
}
