/**
 * The page that makes a link. Takes over the form only once locking is seen to work here; until then, and whenever
 * this file does not run, the form goes to the server as it stands.
 */

import { anchors } from "../behaviours/anchors.js";
import { busy } from "../behaviours/busy.js";
import { characters, counts } from "../behaviours/counter.js";
import { ExpiryPicker } from "../behaviours/expiry-picker.js";
import { failure } from "../behaviours/failures.js";
import { FileField } from "../behaviours/files.js";
import { askBeforeLeaving } from "../behaviours/leave.js";
import { rememberOwn } from "../behaviours/memory.js";
import { action, announce, copyOf, main, setTime, show, slot, takeOut } from "../behaviours/page.js";
import { passwords } from "../behaviours/passwords.js";
import { clearProblems, showProblems } from "../behaviours/problems.js";
import { wireReady } from "../behaviours/ready.js";
import { installServiceWorker, takeShared } from "../behaviours/service-worker.js";
import { sizeInWords } from "../behaviours/sizes.js";
import { word } from "../behaviours/words.js";
import { Api, Unreachable } from "../lib/api.js";
import { encode } from "../lib/base32.js";
import { lock } from "../lib/envelope.js";
import { FileChanged, TooLarge } from "../lib/errors.js";
import { writeLink } from "../lib/link.js";

const { api: apiBase, base, origin, langQuery } = main.dataset;
const mostCharacters = Number(main.dataset.maxMessage);
const leastPassword = Number(main.dataset.passwordMin);
const most = { files: Number(main.dataset.maxFiles), size: Number(main.dataset.maxSize) };
const api = new Api(apiBase);

/** The field of files. */
let chosen;

/** The field of the exact time. */
let until;

/** What was locked and may have arrived although its answer was lost. */
let sent = null;

anchors();
if (isSecureContext && globalThis.crypto?.subtle) await start();

async function start() {
  // A trial: whatever is missing in this browser shows here, while the server's form is still whole.
  await lock({ message: "", password: "" });
  const form = copyOf("sending-form");
  if (form) show(form, { calm: true });

  const create = document.getElementById("create");
  passwords(create);
  // Fetched while the rest is typed: when it is needed there may be no network.
  chosen = new FileField(create, most, () => void sending().catch(() => {}));
  until = new ExpiryPicker(create);
  counts(create.elements.message, document.getElementById("message-left"), mostCharacters);
  create.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = create.querySelector("button.main");
    void busy(button, word("create-busy"), () => send(create.elements));
  });
  slot(create, "big-files").hidden = true;
  main.querySelector(".locking").dataset.locking = "browser";
  installServiceWorker();
  await fillIn(create.elements.message);
}

/** Puts what another app shared into the form. */
async function fillIn(field) {
  const shared = await takeShared();
  if (shared === undefined) return;
  if (shared === null) {
    location.replace(`${base}/share${langQuery}`);
    return;
  }
  const { message, files } = shared;
  if (message !== "") {
    field.value = field.value === "" ? message : `${field.value}\n${message}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await chosen.add(files);
  if (files.length > 0) announce(word("create-files-added", { n: files.length }));
}

/** What sends files. Most shares have none. */
async function sending() {
  try {
    return await import("../behaviours/sending.js");
  } catch {
    throw new Unreachable();
  }
}

async function send(fields) {
  const content = {
    message: fields.message.value,
    files: chosen.files,
    password: fields.password.value,
    lifetime: until.used ? until.seconds : Number(fields.lifetime.value),
  };
  const problems = check(content);
  if (problems.length > 0) {
    showProblems(problems);
    return;
  }
  clearProblems();
  slot(main, "stopped").hidden = true;
  try {
    await (content.files.length > 0 ? sendFiles(content) : sendMessage(content));
  } catch (error) {
    showProblems([problemOf(error, content)]);
  }
}

async function sendMessage(content) {
  const { locked, owner } = await lockOnce(content);
  const { expires_at: expires } = await api.create(owner, locked, content.lifetime);
  sent = null;
  ready({ locked, expires, password: content.password });
}

async function sendFiles(content) {
  const { send: sendAll } = await sending();
  forgetSent();
  const { message, files, password, lifetime } = content;
  const form = takeOut();
  const page = { copyOf, show, slot, action, main, announce, askBeforeLeaving, word, sizeInWords };
  const lockNew = async () => {
    // Without words there is no message, not an empty one.
    const locked = await lock({ message: message === "" ? undefined : message, files, password });
    return { locked, owner: encode(locked.owner) };
  };
  let result;
  try {
    result = await sendAll(page, { api, size: chosen.size, lifetime, lock: lockNew });
  } catch (error) {
    show(form);
    throw error;
  }
  if (!result.stopped) {
    ready({ ...result, password });
    return;
  }
  show(form);
  void result.stopped.then(
    () => sayStopped("sending-stopped"),
    () => sayStopped("sending-stopped-later"),
  );
}

/** Says what became of what had arrived, if the form is still there. */
function sayStopped(key) {
  const line = slot(main, "stopped");
  if (!line) return;
  line.textContent = word(key);
  line.hidden = false;
  announce(line.textContent);
}

/** The same words and rules as the server's. */
function check({ message, files, password, lifetime }) {
  const problems = [];
  const over = characters(message) - mostCharacters;
  const wrong = chosen.problem(message === "");
  if (message === "" && files.length === 0) problems.push({ field: "message", text: word("problem-message-empty") });
  else if (over > 0) problems.push({ field: "message", text: word("problem-message-long", { n: over }) });
  const outside = until.problem();
  if (!lifetime && !until.used) problems.push({ field: "lifetime", text: word("problem-lifetime") });
  if (outside) problems.push({ field: "until", text: outside });
  if (password !== "" && characters(password) < leastPassword) {
    problems.push({ field: "password", text: word("problem-password-short", { n: leastPassword }) });
  }
  if (wrong) problems.push({ field: "files", text: wrong });
  return problems;
}

/**
 * Locks; for content that was sent before without an answer, gives the same bytes again, so that the server can tell
 * it is the same share.
 */
async function lockOnce(content) {
  const same = sent && ["message", "password", "lifetime"].every((name) => content[name] === sent.content[name]);
  if (same) return sent;
  forgetSent();
  const locked = await lock(content);
  sent = { content, locked, owner: encode(locked.owner) };
  return sent;
}

/** What may have arrived is only in the way: nobody has its link. */
function forgetSent() {
  if (sent) api.delete(sent.locked.id, sent.owner).catch(() => {});
  sent = null;
}

function problemOf(error, { message, files }) {
  if (error instanceof FileChanged) return { field: "files", text: chosen.changed(files[error.file]) };
  if (files.length > 0 && (error instanceof TooLarge || error.code === "too_large")) {
    return { field: "files", text: chosen.tooBig() };
  }
  if (error instanceof TooLarge || error.code === "too_large") {
    const over = Math.max(1, characters(message) - mostCharacters);
    return { field: "message", text: word("problem-message-long", { n: over }) };
  }
  if (error.code === "invalid" && error.member === "lifetime") {
    return until.used
      ? { field: "until", text: until.outside() }
      : { field: "lifetime", text: word("problem-lifetime") };
  }
  // Refused as it is: the next try is a new share.
  if (error.code === "taken" || error.code === "gone") sent = null;
  return { field: null, text: failure(error) };
}

function ready({ locked, expires, password }) {
  void rememberOwn(locked.id, expires);
  const state = copyOf("ready");
  const link = slot(state, "link");
  link.value = writeLink(`${origin}/`, locked.id, locked.fragment);
  setTime(state, "expires", expires);
  slot(state, "password-yes").hidden = slot(state, "password-box").hidden = password === "";
  slot(state, "password-no").hidden = password !== "";
  slot(state, "status-link").href = `${base}/status${langQuery}#${locked.status}`;
  show(state);
  wireReady({ link: link.value, status: `${origin}/status#${locked.status}`, expires: new Date(expires), password });
}
