/**
 * The page itself: its settings, its states, its title and its voice.
 */

import { times } from "./times.js";
import { word } from "./words.js";

/** The `<main>` element, whose `data-*` attributes are the page's settings. */
export const main = document.getElementById("main");
const voice = document.getElementById("status");

/**
 * Says something to those who listen instead of look. Never a person's message.
 * @param {string} text
 */
export function announce(text) {
  // Emptied first: the same words twice are a change only then.
  voice.textContent = "";
  setTimeout(() => (voice.textContent = text), 50);
}

/**
 * @param {string} id of a `<template>`
 * @returns {DocumentFragment | null} a fresh copy of its content; null when the page has no such template
 */
export function copyOf(id) {
  // By element too: what is shown of a template may carry the same id.
  const template = document.querySelector(`template#${id}`);
  return template && document.importNode(template.content, true);
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement | null} where something is filled in
 */
export function slot(root, name) {
  return root.querySelector(`[data-slot~="${name}"]`);
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement | null} what is pressed for it
 */
export function action(root, name) {
  return root.querySelector(`[data-action~="${name}"]`);
}

/**
 * Shows another state of the page: swaps the content of `main`, sets the title, and moves to the heading.
 * @param {DocumentFragment} state filled already
 * @param {{calm?: boolean}} [how] `calm`: nobody asked for it, so leave the focus, unless it was in what is swapped
 */
export function show(state, { calm = false } = {}) {
  const move = !calm || main.contains(document.activeElement);
  takeOut();
  main.prepend(state);
  times(main);
  retitle();
  if (!move) return;
  main.querySelector("h1")?.focus();
  scrollTo(0, 0);
}

/**
 * Takes out what `main` shows. Templates stay: later states are made from them.
 * @returns {DocumentFragment} for `show`, when it is needed again just as it is
 */
export function takeOut() {
  const state = document.createDocumentFragment();
  state.append(...[...main.childNodes].filter((node) => !(node instanceof HTMLTemplateElement)));
  return state;
}

/**
 * Says below the buttons what went wrong, or nothing any more.
 * @param {string} text empty to take it away
 */
export function trouble(text) {
  const line = slot(main, "trouble");
  if (!line) return;
  line.hidden = text === "";
  line.textContent = text;
  if (text) line.focus();
}

/** Makes the title what the heading says, or says that there is a problem with it. */
export function retitle() {
  const title = main.querySelector("h1")?.textContent ?? "";
  const wrong = main.querySelector("#problems, [data-problem]:not([hidden])");
  document.title = word(wrong ? "title-problem" : "title", { title }) || document.title;
}

/**
 * Writes a moment where a template keeps room for one.
 * @param {ParentNode} root
 * @param {string} name of its slot
 * @param {string | Date} when a Date or RFC 3339
 */
export function setTime(root, name, when) {
  const element = slot(root, name);
  if (!element) return;
  element.dateTime = new Date(when).toISOString();
  times(root);
}
