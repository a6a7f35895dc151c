/**
 * Create page. Takes over the form once encryption is known to work in this browser; otherwise the form is posted to
 * the server.
 */

import { handleAnchors } from "../behaviours/anchors.js";
import { busy } from "../behaviours/busy.js";
import { messageProblem, refusedContent } from "../behaviours/content.js";
import { countCharacters, wireCounter } from "../behaviours/counter.js";
import { ExpiryPicker } from "../behaviours/expiry-picker.js";
import { failureText } from "../behaviours/failures.js";
import { FileField } from "../behaviours/files.js";
import { t } from "../behaviours/i18n.js";
import { action, announce, cloneTemplate, main, origin, setTime, show, showBrowserLocking, showError, slot } from "../behaviours/page.js";
import { wirePasswordMaker } from "../behaviours/password-maker.js";
import { wirePasswords } from "../behaviours/passwords.js";
import { clearProblems, showProblems } from "../behaviours/problems.js";
import { wireReady } from "../behaviours/ready.js";
import { preloadSending, sendInPlace } from "../behaviours/send-in-place.js";
import { installServiceWorker, takeShared } from "../behaviours/service-worker.js";
import { offerShared } from "../behaviours/shared-content.js";
import { handOverStatus, rememberOwn } from "../behaviours/storage.js";
import { Api } from "../lib/api.js";
import { encode } from "../lib/base32.js";
import { encryptShare } from "../lib/envelope.js";
import { REQUEST, readLink, writeFragment, writeLink } from "../lib/link.js";
import { canEncrypt } from "../lib/trial.js";

const { api: apiBase, base, langQuery } = main.dataset;
const maxCharacters = Number(main.dataset.maxMessage);
const minPasswordLength = Number(main.dataset.passwordMin);
const limits = { files: Number(main.dataset.maxFiles), size: Number(main.dataset.maxSize) };
const api = new Api(apiBase);

/** @type {FileField} */
let fileField;

/** @type {ExpiryPicker} */
let expiry;

/** The button that makes a password. */
let passwordMaker;

/** The encrypted share of a request without a response; the server may have created it. */
let pending = null;

handleAnchors();
if (await canEncrypt()) await start();
else main.dataset.scripts = "none";

async function start() {
  const form = cloneTemplate("sending-form");
  const create = (form ?? document).getElementById("create");
  prepare(create);
  if (form) show(form, { calm: true });
  fileField.takeOver();
  expiry.takeOver();
  // Last, so that whatever throws before leaves the form to the server. From here on the scripts send all of it.
  create.addEventListener("submit", submit);
  fileField.takeChosen();
  slot(create, "big-files").hidden = true;
  showBrowserLocking();
  installServiceWorker();
  await receiveShared(create.elements.message);
}

/** Wires what also serves the server's form. Whatever throws here leaves that form in place. */
function prepare(create) {
  wirePasswords(create);
  passwordMaker = wirePasswordMaker(create);
  fileField = new FileField(create, limits, preloadSending);
  expiry = new ExpiryPicker(create);
  wireCounter(create.elements.message, create.querySelector("#message-left"), maxCharacters);
}

function submit(event) {
  event.preventDefault();
  const create = event.currentTarget;
  void busy(create.querySelector("button.main"), t("create-busy"), () => send(create.elements));
}

/** Takes the content that another app or site sent, and asks whether to use it. */
async function receiveShared(field) {
  const shared = await takeShared();
  if (shared === undefined) return;
  if (shared === null) {
    location.replace(`${base}/share${langQuery}`);
    return;
  }
  const { message, files } = shared;
  if (message === "" && files.length === 0) return;
  // A request that was passed on from a chat is answered on its own page.
  const asked = files.length === 0 && (await readLink(message, REQUEST));
  if (asked) {
    const fragment = await writeFragment(asked.id, asked.key, undefined, REQUEST);
    location.replace(`${base}/r/${asked.id}${langQuery}#${fragment}`);
    return;
  }
  offerShared(shared, async () => {
    if (message !== "") {
      field.value = field.value === "" ? message : `${field.value}\n${message}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await fileField.add(files);
    if (files.length > 0) announce(t("create-files-added", { n: files.length }));
  });
}

async function send(fields) {
  await fileField.settled();
  if (!(await passwordMaker.ready())) {
    showProblems([{ field: "password", text: t("problem-password-make") }]);
    return;
  }
  const content = {
    message: fields.message.value,
    files: fileField.files,
    password: fields.password.value,
    lifetime: expiry.isUsed ? expiry.seconds : Number(fields.lifetime.value),
  };
  const problems = validate(content);
  if (problems.length > 0) {
    showError("");
    showProblems(problems);
    return;
  }
  clearProblems();
  showError("");
  slot(main, "stopped").hidden = true;
  try {
    await (content.files.length > 0 ? sendFiles(content) : sendMessage(content));
  } catch (error) {
    const { field, text } = problemOf(error, content);
    if (field) showProblems([{ field, text }]);
    else showError(text);
  }
}

async function sendMessage(content) {
  const { encrypted, owner } = await encryptOnce(content);
  const { expires_at: expires } = await api.create(owner, encrypted, content.lifetime);
  pending = null;
  showReady({ encrypted, expires, password: content.password });
}

async function sendFiles({ message, files, password, lifetime }) {
  discardPending();
  const encryptNew = async () => {
    // An empty message field means no message.
    const encrypted = await encryptShare({ message: message === "" ? undefined : message, files, password });
    return { encrypted, owner: encode(encrypted.owner) };
  };
  const { sent } = await sendInPlace({ api, files, size: fileField.size, lifetime, encrypt: encryptNew });
  if (sent) showReady({ ...sent, password });
}

/** Validates the form with the same rules and texts as the server. */
function validate({ message, files, password, lifetime }) {
  const problems = [];
  const filesProblem = fileField.problem(message === "");
  const messageText = messageProblem({ message, files }, maxCharacters);
  if (messageText) problems.push({ field: "message", text: messageText });
  const rangeProblem = expiry.problem();
  if (!lifetime && !expiry.isUsed) problems.push({ field: "lifetime", text: t("problem-lifetime") });
  if (rangeProblem) problems.push({ field: "until", text: rangeProblem });
  if (password !== "" && countCharacters(password) < minPasswordLength) {
    problems.push({ field: "password", text: t("problem-password-short", { n: minPasswordLength }) });
  }
  if (filesProblem) problems.push({ field: "files", text: filesProblem });
  return problems;
}

/**
 * Encrypts a message. Returns the same bytes for content whose request got no response, so that the server recognizes
 * the share.
 */
async function encryptOnce(content) {
  const same = pending && ["message", "password", "lifetime"].every((name) => content[name] === pending.content[name]);
  if (same) return pending;
  discardPending();
  const encrypted = await encryptShare(content);
  pending = { content, encrypted, owner: encode(encrypted.owner) };
  return pending;
}

/** Deletes the share of a request without a response. Its link was never shown. */
function discardPending() {
  if (pending) api.delete(pending.encrypted.id, pending.owner).catch(() => {});
  pending = null;
}

function problemOf(error, content) {
  const refused = refusedContent(error, content, { fileField, limits, maxCharacters });
  if (refused) return refused;
  if (error.code === "invalid" && error.member === "lifetime") {
    return expiry.isUsed
      ? { field: "until", text: expiry.rangeProblem() }
      : { field: "lifetime", text: t("problem-lifetime") };
  }
  // The server rejects this id, so the next try creates a new share.
  if (error.code === "taken" || error.code === "gone") pending = null;
  return { field: null, text: failureText(error) };
}

function showReady({ encrypted, expires, password }) {
  void rememberOwn(encrypted.id, expires);
  const state = cloneTemplate("ready");
  const link = slot(state, "link");
  link.value = writeLink(`${origin}/`, encrypted.id, encrypted.fragment);
  setTime(state, "expires", expires);
  slot(state, "password-yes").hidden = slot(state, "password-box").hidden = password === "";
  slot(state, "password-no").hidden = password !== "";
  const status = `${origin}/status#${encrypted.status}`;
  const statusButton = action(state, "open-status");
  statusButton.dataset.statusLink = status;
  statusButton.addEventListener("click", () => {
    location.assign(handOverStatus(encrypted.status, `${base}/status${langQuery}`));
  });
  show(state);
  wireReady({ link: link.value, status, expires: new Date(expires), password });
}
