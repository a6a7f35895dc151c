/**
 * Page of requests: makes one and shows its two links, and with the private link collects the answers.
 */

import { AnswerList } from "../behaviours/answers.js";
import { handleAnchors } from "../behaviours/anchors.js";
import { busy } from "../behaviours/busy.js";
import { failureText } from "../behaviours/failures.js";
import { t } from "../behaviours/i18n.js";
import { askBeforeLeaving } from "../behaviours/leave.js";
import { wireLinkBox } from "../behaviours/link-box.js";
import { action, announce, cloneTemplate, main, origin, setTime, show, showBrowserLocking, showError, slot, updateTitle } from "../behaviours/page.js";
import { Polling } from "../behaviours/polling.js";
import { clearProblems, showProblems } from "../behaviours/problems.js";
import { handOverRequest, takeRequest } from "../behaviours/storage.js";
import { formatTime } from "../behaviours/times.js";
import { Refused } from "../lib/api.js";
import { now } from "../lib/clock.js";
import { Altered, TooLarge } from "../lib/errors.js";
import { verifier } from "../lib/keys.js";
import { hasStatusLink, readLink } from "../lib/link.js";
import { RequestApi } from "../lib/request-api.js";
import {
  giveKeys,
  openBox,
  readGiveLink,
  readPrivateLink,
  requesterKeys,
  sealBox,
  writeGiveLink,
  writePrivateFragment,
} from "../lib/request.js";
import { canAsk } from "../lib/request-trial.js";

const { api: apiBase, base, langQuery } = main.dataset;
const api = new RequestApi(apiBase);
const pageUrl = `${base}/request${langQuery}`;
/** Lines for the states in which a request takes no more answers. */
const OVER = {
  full: "collect-full",
  expired: "collect-expired",
  deleted: "collect-deleted",
  removed: "collect-removed",
};

/** The sealed request of a call without a response; the server may have made it. */
let pending = null;
/** The request of the private link: its keys and both links. */
let request = null;
/** The links of a new request that the person has not kept yet. */
const unkept = new Set();
/** The last response. */
let status = null;
/** Text of the request's note; null while it is unknown. */
let note = null;
/** @type {AnswerList | null} */
let answers = null;

const polling = new Polling({
  current: () => (status?.state === "open" && slot(main, "checked-at") ? status : null),
  fetch: (options) => api.collect(request.id, request.owner, options),
  update: (found) => update(found, { calm: true }),
  lost: () => void refresh().catch(() => {}),
});

handleAnchors();
if (await canAsk()) await start();
else main.dataset.scripts = "none";

async function start() {
  addEventListener("hashchange", () => location.reload());
  document.addEventListener("click", followLink);
  // Answers may have been opened since, on pages that came after this one.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    answers?.look();
    polling.restart();
  });
  const forms = cloneTemplate("request-forms");
  if (forms) show(forms, { calm: true });
  wireForms();
  if (location.hash === "") {
    const master = await readPrivateLink(history.state?.request ?? takeRequest());
    if (master) await begin(master);
    return;
  }
  const text = location.href;
  const master = await readPrivateLink(text);
  if (master) return begin(master);
  // A damaged link leaves the URL, which the browser keeps in its history.
  history.replaceState(null, "", pageUrl);
  document.getElementById("link").value = text;
  showProblems([{ field: "link", text: await wrongLink(text) }]);
}

/** Returns the message for a text without a private link. */
async function wrongLink(text) {
  if (await readGiveLink(text)) return t("problem-link-is-to-send");
  return t((await readLink(text)) || (await hasStatusLink(text)) ? "problem-link-is-of-share" : "problem-link");
}

function wireForms() {
  const ask = document.getElementById("ask-form");
  const shown = slot(main, "preview-note");
  const preview = () => {
    const { value } = ask.elements.note;
    shown.textContent = value;
    slot(main, "preview-wrote").hidden = value === "";
    slot(main, "preview-none").hidden = value !== "";
  };
  ask.elements.note.addEventListener("input", preview);
  preview();
  slot(main, "preview").hidden = false;
  ask.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(ask.querySelector("button.main"), t("request-busy"), () => make(ask.elements));
  });
  const collect = document.getElementById("collect-form");
  collect.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(collect.querySelector("button"), t("status-busy"), async () => {
      const text = collect.elements.link.value;
      const master = await readPrivateLink(text);
      if (master) return begin(master);
      showProblems([{ field: "link", text: await wrongLink(text) }]);
    });
  });
  showBrowserLocking();
  slot(main, "only-you").hidden = false;
}

async function make(fields) {
  const content = {
    note: fields.note.value,
    answers: Number(fields.answers.value),
    lifetime: Number(fields.lifetime.value),
  };
  clearProblems();
  showError("");
  try {
    const { keys, sealed } = await sealOnce(content);
    const { expires_at: expires } = await api.ask(keys, { ...sealed, ...content });
    pending = null;
    note = content.note;
    await showReady(keys, expires);
  } catch (error) {
    if (error instanceof TooLarge || error.code === "too_large") {
      showProblems([{ field: "note", text: t("problem-note-long") }]);
      return;
    }
    // The server rejects this id, so the next try makes another request.
    if (error.code === "taken" || error.code === "gone") pending = null;
    showError(failureText(error));
  }
}

/** Seals a request. Returns the same for content whose call got no response, so that the server recognizes it. */
async function sealOnce(content) {
  const same = pending && Object.keys(content).every((name) => content[name] === pending.content[name]);
  if (same) return pending;
  const keys = await requesterKeys();
  const { giveProof, boxKey } = await giveKeys(keys.id, keys.key);
  const box = await sealBox(keys.id, boxKey, { publicKey: keys.publicKey, note: content.note });
  pending = { content, keys, sealed: { box, giveVerifier: await verifier(giveProof) } };
  return pending;
}

/** Sets the request that the page is about, and keeps its private link for a reload. */
async function use(keys) {
  const fragment = await writePrivateFragment(keys.master);
  // In the URL, the link would stay in the browser's history.
  history.replaceState({ request: fragment }, "", pageUrl);
  const link = await writeGiveLink(`${origin}/`, keys);
  request = { ...keys, fragment, link, privateLink: `${origin}/request#${fragment}` };
}

/** Hands the private link to this page in another language, and drops it when a link starts this page anew. */
function followLink(event) {
  const to = request && event.target.closest?.("a[href]");
  if (!to) return;
  if (to.hasAttribute("hreflang")) to.href = handOverRequest(request.fragment, to.href.split("#")[0]);
  const isHere = to.pathname + to.search === location.pathname + location.search && to.hash === "";
  // A link to the same URL replaces this entry of the history, and Chromium keeps its state.
  if (isHere && unkept.size === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey)) history.replaceState(null, "", location.href);
}

async function showReady(keys, expires) {
  await use(keys);
  const state = cloneTemplate("ready");
  setTime(state, "until", expires);
  action(state, "collect").addEventListener("click", (event) => {
    void busy(event.currentTarget, t("status-busy"), showAnswers);
  });
  for (const name of ["send", "keep"]) unkept.add(name);
  askBeforeLeaving(true);
  show(state);
  wireLinks(expires);
}

/** Wires the boxes of both links, in the state that is shown. */
function wireLinks(expires) {
  const keep = (name) => () => {
    unkept.delete(name);
    askBeforeLeaving(unkept.size > 0);
    const line = slot(main, "both");
    if (line) line.hidden = unkept.size === 0;
  };
  wireLinkBox(slot(main, "send-box"), {
    text: request.link,
    shared: () => `${t("request-note-shared", { date: formatTime(new Date(expires)) })}\n${request.link}`,
    codeLabel: t("ready-code-label"),
    onKept: keep("send"),
  });
  wireLinkBox(slot(main, "keep-box"), {
    text: request.privateLink,
    shared: () => `${t("request-keep-shared")}\n${request.privateLink}`,
    codeLabel: t("request-keep-code"),
    onKept: keep("keep"),
  });
}

async function begin(master) {
  status = note = null;
  await use(await requesterKeys(master));
  await showAnswers();
}

/** Fetches and shows the request, or explains below the form why not. */
async function showAnswers() {
  showError("");
  try {
    await refresh();
    await showNote();
  } catch (error) {
    const field = document.getElementById("link");
    if (field) field.value = request.privateLink;
    showError(failureText(error));
  }
  polling.restart();
}

/** Shows the note, which the server returns only for an open request. */
async function showNote() {
  const line = slot(main, "asked");
  if (!line) return;
  if (note === null && status.state === "open") {
    const { giveProof, boxKey } = await giveKeys(request.id, request.key);
    try {
      const found = await api.look(request.id, giveProof);
      if (found.state === "open") ({ note } = await openBox(request.id, boxKey, found.box));
    } catch (error) {
      if (!(error instanceof Altered || error instanceof Refused)) return;
    }
  }
  line.hidden = !note;
  slot(line, "note").textContent = note ?? "";
}

/** Fetches and shows the status. */
async function refresh() {
  try {
    update(await api.collect(request.id, request.owner));
  } catch (error) {
    if (!(error instanceof Refused && error.code === "not_found")) throw error;
    status = null;
    history.replaceState(null, "", pageUrl);
    show(cloneTemplate("gone"));
  }
}

/** Shows a response: builds the view unless it is shown already, and otherwise updates it. */
function update(found, { calm = false } = {}) {
  const here = status && slot(main, "checked-at");
  const before = here ? { state: status.state, length: answers.length } : null;
  status = found;
  if (!here) showCollect(calm);
  answers.update(found.answers);
  const { length } = answers;
  const isOpen = found.state === "open";
  const none = isOpen ? "collect-none-title" : "collect-never-title";
  const title = length === 0 ? t(none) : t("collect-title", { n: length });
  slot(main, "title").textContent = title;
  updateTitle();
  slot(main, "open-line").hidden = !isOpen;
  const over = slot(main, "over-line");
  over.hidden = isOpen;
  over.textContent = isOpen ? "" : t(OVER[found.state] ?? "collect-deleted");
  for (const name of ["updates", "send-section"]) slot(main, name).hidden = !isOpen;
  action(main, "end").hidden = !isOpen;
  action(main, "ask-again").hidden = isOpen;
  slot(main, "once").hidden = length === 0;
  setTime(main, "checked-at", new Date(now()));
  if (before && before.length !== length) announce(title);
  else if (before && before.state !== found.state) announce(over.textContent);
  else if (before && !calm) announce(slot(main, "checked").textContent);
}

function showCollect(calm) {
  const state = cloneTemplate("collect");
  const again = action(state, "check");
  again.addEventListener("click", () => {
    showError("");
    const check = async () => {
      await refresh();
      answers?.look();
    };
    void busy(again, t("status-busy"), () => check().catch((error) => showError(failureText(error)))).then(() =>
      polling.restart(),
    );
  });
  action(state, "end").addEventListener("click", confirmEnd);
  answers = new AnswerList(slot(state, "answers"), { api, keys: request, base, langQuery });
  // `show` focuses the heading, which must not be empty then.
  slot(state, "title").textContent = t("collect-none-title");
  setTime(state, "until", status.expires_at);
  show(state, { calm });
  wireLinks(status.expires_at);
}

function confirmEnd() {
  polling.stop();
  const state = cloneTemplate("sure");
  const yes = action(state, "end-yes");
  yes.addEventListener("click", () => {
    showError("");
    void busy(yes, t("collect-end-busy"), end);
  });
  action(state, "end-no").addEventListener("click", () => {
    update(status);
    void showNote().catch(() => {});
    polling.restart();
  });
  show(state);
}

async function end() {
  try {
    await api.end(request.id, request.owner);
  } catch (error) {
    return showError(failureText(error));
  }
  await showAnswers();
}
