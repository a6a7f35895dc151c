/**
 * Page of a request's link: shows the note at a press, and sends an answer that only the person who asked can open.
 */

import { handleAnchors } from "../behaviours/anchors.js";
import { busy, isBusy } from "../behaviours/busy.js";
import { messageProblem, refusedContent } from "../behaviours/content.js";
import { wireCounter } from "../behaviours/counter.js";
import { failureText } from "../behaviours/failures.js";
import { FileField } from "../behaviours/files.js";
import { t } from "../behaviours/i18n.js";
import { askBeforeLeaving } from "../behaviours/leave.js";
import { action, cloneTemplate, main, setTime, show, showError, slot } from "../behaviours/page.js";
import { onPress, whenShown } from "../behaviours/press.js";
import { clearProblems, showProblems } from "../behaviours/problems.js";
import { preloadSending, sendInPlace } from "../behaviours/send-in-place.js";
import { installServiceWorker } from "../behaviours/service-worker.js";
import { encode } from "../lib/base32.js";
import { encryptShare } from "../lib/envelope.js";
import { Altered } from "../lib/errors.js";
import { hasStatusLink, readId, readLink } from "../lib/link.js";
import { RequestApi } from "../lib/request-api.js";
import {
  giveKeys,
  openBox,
  readGiveLink,
  readGiveLinkFor,
  readPrivateLink,
  sealAnswer,
  writeGiveFragment,
} from "../lib/request.js";
import { canAsk } from "../lib/request-trial.js";

const { api: apiBase, base, langQuery } = main.dataset;
const maxCharacters = Number(main.dataset.maxMessage);
const limits = { files: Number(main.dataset.maxFiles), size: Number(main.dataset.maxSize) };
const lifetime = Number(main.dataset.answerLifetime);
const api = new RequestApi(apiBase);

/** The request of the link: `{id, giveProof, boxKey}`, with `publicKey` once the box is open. */
let request;

/** @type {FileField} */
let fileField;

/**
 * The share of an answer that was not handed in yet: `{content, encrypted, owner, isComplete, sealed}`. Another try
 * sends the same bytes, so that the server takes the answer once.
 */
let pending = null;

handleAnchors();
if (await canAsk()) await start();
else main.dataset.scripts = "none";

async function start() {
  addEventListener("hashchange", () => location.reload());
  await whenShown();
  installServiceWorker();
  const link = await readGiveLink(location.href);
  if (link) await begin(link);
  else await showDamaged();
}

/** Returns the canonical path of a request, with the fragment if given. */
function giveUrl(id, fragment = "") {
  return `${base}/r/${id}${langQuery}${fragment && `#${fragment}`}`;
}

async function begin({ id, key }) {
  const url = giveUrl(id, await writeGiveFragment(id, key));
  // Repair the URL before any request, so that a key in a mangled path is not sent again.
  if (location.pathname + location.search + location.hash !== url) history.replaceState(null, "", url);
  request = { id, ...(await giveKeys(id, key)) };
  const state = cloneTemplate("asked");
  const form = state.querySelector("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  const arm = onPress(action(form, "look"), (button) => void busy(button, t("give-look-busy"), look));
  document.getElementById("ask").replaceChildren(state);
  clearProblems();
  arm();
}

/** Fetches what the link asks for, and shows the form. */
async function look() {
  showError("");
  try {
    const found = await api.look(request.id, request.giveProof);
    if (found.state !== "open") return showOver(found.state);
    const { publicKey, note } = await openBox(request.id, request.boxKey, found.box);
    request.publicKey = publicKey;
    showForm(note, found.expires_at);
  } catch (error) {
    if (error instanceof Altered) show(cloneTemplate("changed"));
    else if (error.code === "not_found") show(cloneTemplate("gone"));
    else showError(failureText(error));
  }
}

function showForm(note, expires) {
  const state = cloneTemplate("give-form");
  slot(state, "note").textContent = note;
  slot(state, "wrote").hidden = note === "";
  slot(state, "no-note").hidden = note !== "";
  setTime(state, "until", expires);
  const form = state.querySelector("form");
  // First, because this form is never one of the server's.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(form.querySelector("button.main"), t("give-busy"), () => send(form.elements));
  });
  fileField = new FileField(form, limits, preloadSending);
  wireCounter(form.elements.message, form.querySelector("#message-left"), maxCharacters);
  show(state);
  fileField.takeOver();
}

async function send(fields) {
  await fileField.settled();
  const content = { message: fields.message.value, files: fileField.files };
  const problems = [
    { field: "message", text: messageProblem(content, maxCharacters) },
    { field: "files", text: fileField.problem(content.message === "") },
  ].filter(({ text }) => text);
  showError("");
  if (problems.length > 0) return showProblems(problems);
  clearProblems();
  slot(main, "stopped").hidden = true;
  if (pending && !isSame(pending.content, content)) discardPending();
  try {
    await (content.files.length > 0 ? sendFiles(content) : sendMessage(content));
  } catch (error) {
    explain(error, content);
  }
}

function isSame(one, other) {
  const same = one.message === other.message && one.files.length === other.files.length;
  return same && one.files.every((file, at) => file === other.files[at]);
}

async function encryptAnswer({ message, files }) {
  // With files, an empty message field means no message.
  const encrypted = await encryptShare({ message: files.length > 0 && message === "" ? undefined : message, files });
  return { encrypted, owner: encode(encrypted.owner) };
}

async function sendMessage(content) {
  pending ??= { content, ...(await encryptAnswer(content)), isComplete: false };
  if (!pending.isComplete) await api.create(pending.owner, pending.encrypted, lifetime);
  pending.isComplete = true;
  await handIn();
}

async function sendFiles(content) {
  if (pending) return handIn();
  const { files } = content;
  const encrypt = () => encryptAnswer(content);
  const { sent, showForm: showFormAgain } = await sendInPlace({ api, files, size: fileField.size, lifetime, encrypt });
  if (!sent) return;
  pending = { content, encrypted: sent.encrypted, owner: sent.owner, isComplete: true };
  askBeforeLeaving(true);
  try {
    await handIn();
  } catch (error) {
    if (!isFinal(error)) showFormAgain();
    throw error;
  } finally {
    askBeforeLeaving(false);
  }
}

/** Hands the link of the complete share in, sealed for the person who asked. */
async function handIn() {
  const { id, giveProof, publicKey } = request;
  pending.sealed ??= await sealAnswer(id, publicKey, pending.encrypted);
  await api.answer(id, giveProof, pending.sealed);
  pending = null;
  show(cloneTemplate("sent"));
}

/** Returns whether no further try can hand the answer in. */
function isFinal(error) {
  return error instanceof Altered || isOver(error) || error.code === "not_found";
}

/** Returns whether the request takes no more answers. A full site has the same code with another status. */
function isOver({ code, status }) {
  return code === "gone" || (code === "full" && status === 409);
}

/** Deletes the share of an answer that was not handed in. */
function discardPending() {
  if (pending) api.delete(pending.encrypted.id, pending.owner).catch(() => {});
  pending = null;
}

function explain(error, content) {
  // A share whose id is taken or gone cannot be handed in; its owner is another or the server's operator.
  const isShareLost = pending && !pending.isComplete && (error.code === "taken" || error.code === "gone");
  if (isShareLost) {
    pending = null;
    return showError(failureText(error));
  }
  if (isFinal(error)) {
    discardPending();
    if (error instanceof Altered) return show(cloneTemplate("changed"));
    if (error.code === "not_found") return show(cloneTemplate("gone"));
    return showOver(error.code === "full" ? "full" : error.state);
  }
  const refused = refusedContent(error, content, { fileField, limits, maxCharacters });
  if (refused) showProblems([refused]);
  else showError(failureText(error));
}

/** @param {string} state in which the request takes no answers */
function showOver(state) {
  show(cloneTemplate(`over-${state}`) ?? cloneTemplate("gone"));
}

/** Shows the form for an incomplete link, or one of another kind. */
async function showDamaged() {
  const state = cloneTemplate("damaged");
  const form = state.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form.querySelector("button.main"))) return;
    const text = form.elements.link.value;
    const here = readId(/\/r\/([0-9a-z-]+)/i.exec(location.pathname)?.[1] ?? "");
    const link = (await readGiveLink(text)) ?? (here && (await readGiveLinkFor(here, text)));
    if (!link) return showProblems([{ field: "link", text: await wrongLink(text) }]);
    // Start over, as if the link had been followed.
    history.replaceState(null, "", giveUrl(link.id, await writeGiveFragment(link.id, link.key)));
    location.reload();
  });
  show(state);
  const text = location.hash === "" ? "" : await wrongLink(location.href);
  if (text !== "" && text !== t("problem-link")) showProblems([{ field: "link", text }]);
}

/** Returns the message for a text without a link of a request. */
async function wrongLink(text) {
  if (await readPrivateLink(text)) return t("give-link-is-private");
  return t((await readLink(text)) || (await hasStatusLink(text)) ? "problem-link-is-of-share" : "problem-link");
}
