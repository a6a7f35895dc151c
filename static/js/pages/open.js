/**
 * Open page. Loading it does not consume the share: only a press of the button by a person opens it.
 */

import { handleAnchors } from "../behaviours/anchors.js";
import { busy, isBusy } from "../behaviours/busy.js";
import { wireCopyButton } from "../behaviours/copy.js";
import { failureText, retryMinutes } from "../behaviours/failures.js";
import { t } from "../behaviours/i18n.js";
import { inApp, mayBeInApp, wireCopyLink } from "../behaviours/inapp.js";
import { drawIcon } from "../behaviours/icons.js";
import { labelOf } from "../behaviours/label.js";
import { loaded } from "../behaviours/load.js";
import { preloadMatching, showMatching, tryMatchingWords } from "../behaviours/matching.js";
import { wireOpened } from "../behaviours/opened.js";
import { action, announce, cloneTemplate, main, origin, setTime, show, showError, slot } from "../behaviours/page.js";
import { wirePasswords } from "../behaviours/passwords.js";
import { onPress, whenShown } from "../behaviours/press.js";
import { clearProblems, showFieldProblem, showProblems } from "../behaviours/problems.js";
import { getServiceWorker, installServiceWorker } from "../behaviours/service-worker.js";
import { formatSize, formatSpan } from "../behaviours/sizes.js";
import { isOwn, loadOpening, saveOpening, takePress } from "../behaviours/storage.js";
import { showKind } from "../behaviours/tiles.js";
import { prepareTimes } from "../behaviours/times.js";
import { Api, Refused } from "../lib/api.js";
import { decode, encode } from "../lib/base32.js";
import { random, sha256 } from "../lib/bytes.js";
import { now as clock } from "../lib/clock.js";
import { delay } from "../lib/delay.js";
import { decryptShare } from "../lib/envelope.js";
import { Altered } from "../lib/errors.js";
import { contentKeys, linkKeys } from "../lib/keys.js";
import { hasStatusLink, readId, readLink, readLinkFor, writeFragment, writeLink } from "../lib/link.js";
import { roughSpan } from "../lib/format.js";
import { canEncrypt } from "../lib/trial.js";

const { api: apiBase, base, langQuery } = main.dataset;
const api = new Api(apiBase);
/** Longest message that is shown as one word, in UTF-16 units. */
const MAX_WORD = 64;

handleAnchors();
if (await canEncrypt()) await start();
else main.dataset.scripts = "none";

async function start() {
  // The state may be outdated in a page from the back-forward cache, and belongs to one fragment.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("hashchange", () => location.reload());
  await whenShown();
  installServiceWorker();
  if (history.state?.openedAt) return showGone({ state: "opened", at: history.state.openedAt });
  const link = await readLink(location.href);
  return link ? begin(link) : showDamaged();
}

/** Returns the canonical path of a share, with the fragment if given. */
function shareUrl(id, fragment = "") {
  return `${base}/s/${id}${langQuery}${fragment && `#${fragment}`}`;
}

async function begin({ id, key, handover }) {
  const fragment = await writeFragment(id, key, handover);
  // Repair the URL before any request, so that a key in a mangled path is not sent again.
  if (location.pathname + location.search + location.hash !== shareUrl(id, fragment)) {
    history.replaceState(null, "", shareUrl(id, fragment));
  }
  const [keys, own] = [await linkKeys(id, key), await isOwn(id)];
  // A step of its own, so that a slow phone answers to touches in between.
  await delay(0);
  const share = { id, key, handover, keys, own, password: null, saved: [], seen: false, resumed: false, shown: false };
  const opening = loadOpening(id);
  // A handover starts anew: what this tab stored before belongs to a claim that another browser has taken over.
  if (handover === undefined || opening?.handover === handover) Object.assign(share, opening);
  showPrompt(share);
  // The page of answers opens with its own button. A password is still asked for here.
  const isPressed = takePress(id);
  void prepareTimes();
  await peekShare(share);
  if (isPressed && share.seen && !share.password) pressOpen(share);
}

/** Replaces the no-script form by the prompt. Its button is disabled until `peekShare` ends. */
function showPrompt(share) {
  const state = cloneTemplate("asked");
  markOwn(state, share.own);
  wireCopyButton(action(state, "copy-own"), {
    text: async () => (slot(main, "own-here").value = await linkElsewhere(share)),
    explain: explainNoLink,
    fallback: slot(state, "own-here"),
    problem: slot(state, "own-problem"),
    copied: "copied-link",
    failed: "copy-failed",
  });
  wirePasswords(state);
  wireCopyLink(slot(state, "elsewhere"), () => linkElsewhere(share), explainNoLink);
  const form = state.querySelector("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  // Listens to the press, because a script could submit the form. Enter in a field also presses the button.
  share.arm = onPress(action(form, "open"), () => pressOpen(share));
  document.getElementById("ask").replaceChildren(state);
  clearProblems();
}

function pressOpen(share) {
  const button = action(main, "open");
  void busy(button, t("open-busy"), () => (share.seen ? open(share) : peekShare(share)));
}

/** Warns the sender of the link, and makes copying the main action instead of opening. */
function markOwn(root, own) {
  slot(root, "own").hidden = action(root, "copy-own").hidden = !own;
  const button = action(root, "open");
  button.classList.toggle("main", !own);
  button.classList.toggle("plain", own);
  button.textContent = t(own ? "open-own-anyway" : "open-button");
}

/** Fetches and shows the state of the share. */
async function peekShare(share) {
  showError("");
  let found;
  try {
    found = await api.peek(share.id, share.keys.openProof);
  } catch (error) {
    if (error instanceof Refused && error.code === "not_found") return showGone({});
    slot(main, "before-row").hidden = true;
    showError(failureText(error));
    return share.arm();
  }
  const resumed = found.state === "opened" && found.grace_until !== undefined && Boolean(share.claim ?? share.handover);
  if (found.state !== "waiting" && !resumed) {
    saveOpening(share.id, null);
    return showGone(found);
  }
  share.seen = true;
  share.resumed = resumed;
  if (!resumed) share.password = found.password;
  else markOwn(main, false);
  // With a handover, this browser takes over what another one opened.
  const takesOver = resumed && share.handover !== undefined;
  share.opened = resumed && !takesOver;
  slot(main, "taking-over").hidden = !takesOver;
  if (takesOver) setTime(main, "opened-at", found.at);
  share.files = found.parts > 1;
  // Of an opened share, the server tells no size.
  if (!resumed) {
    const size = share.files ? formatSize(found.size) : "";
    slot(main, "what").textContent = t(share.files ? "open-what-files" : "open-what-message", { size });
  }
  const mayHaveFiles = share.files || resumed;
  // Load the code in advance, because the network may be gone after opening.
  if (mayHaveFiles) void loadSaving().catch(() => {});
  slot(main, "elsewhere").hidden = !(mayHaveFiles && mayBeInApp);
  slot(main, "before-row").hidden = false;
  setTime(main, "before", found.grace_until ?? found.expires_at);
  slot(main, "password").hidden = !share.password;
  if (found.retry_after) showFieldProblem("password", waitText({ retryAfter: found.retry_after }));
  share.arm();
  // The reader reloaded, or the browser had dropped the page: this opens nothing anew.
  if (share.opened && share.shown && !share.password) pressOpen(share);
}

/**
 * Returns the link for another browser of the receiver. After opening it carries a handover, which is registered
 * first.
 */
async function linkElsewhere(share) {
  const { id, key } = share;
  if (share.opened) {
    share.registered ??= registerHandover(share).catch((error) => {
      share.registered = null;
      throw error;
    });
  }
  const handover = share.opened ? await share.registered : share.handover;
  return writeLink(`${origin}/`, id, await writeFragment(id, key, handover));
}

/** Registers a handover, the same one after a reload, so that a link copied before keeps working. */
async function registerHandover(share) {
  const { id, claim } = share;
  share.ticket ??= encode(random(20));
  saveProgress(share);
  await api.registerHandover(id, claim, await sha256(decode(share.ticket)));
  return share.ticket;
}

/** Returns why there is no link for another browser. */
function explainNoLink(error) {
  return error.code === "not_found" ? t("opened-over") : failureText(error);
}

/** Loads the download code, which only shares with files need. */
function loadSaving() {
  return loaded(async () => await import("../behaviours/saving.js"));
}

async function open(share) {
  const { id, key, keys } = share;
  const field = document.getElementById("password");
  preloadMatching();
  showError("");
  clearProblems();
  // The claim is stored before the request, so that a lost response can be requested again.
  share.claim ??= encode(random(20));
  saveProgress(share);
  try {
    // Opening without the download code would consume files that cannot be saved.
    if (share.files || share.resumed) await loadSaving();
    const { contentKey, passwordProof } = await contentKeys(id, key, keys, field.value);
    const answer = await api.open(id, keys.openProof, share.claim, passwordProof, share.handover);
    share.opened = true;
    await forgetHandover(share);
    const content = await decryptShare({ id, contentKey, part0: answer.part0, parts: answer.parts });
    await showOpened(share, content, answer);
  } catch (error) {
    await handleFailure(share, error, field);
  }
}

/** Removes the used handover from the URL: from now on the claim of this browser counts. */
async function forgetHandover(share) {
  if (!share.handover) return;
  const fragment = await writeFragment(share.id, share.key);
  share.handover = undefined;
  history.replaceState(history.state, "", shareUrl(share.id, fragment));
  saveProgress(share);
}

/** Stores the opening for a reload. */
function saveProgress({ id, claim, password, saved, shown, handover, ticket }) {
  saveOpening(id, { claim, password, handover, ticket, ...(shown && { shown }), ...(saved.length > 0 && { saved }) });
}

async function handleFailure(share, error, field) {
  if (error instanceof Altered) return showError(t("problem-changed"));
  switch (error instanceof Refused && error.code) {
    case "not_found":
      saveOpening(share.id, null);
      return showGone({});
    case "gone":
      saveOpening(share.id, null);
      return showGone(error);
    case "password_needed":
      return showPasswordField(share, field);
    case "wrong_password":
      if (error.tries_left === 0) return rejectPassword(field, waitText(error));
      // A wrong password of the browser that opened the share is not counted.
      if (share.opened) return rejectPassword(field, t("problem-password-not-right"));
      return rejectPassword(field, t("problem-password-wrong", { n: error.tries_left }));
    case "slow_down":
      return field.value === "" ? showError(failureText(error)) : rejectPassword(field, waitText(error));
    default:
      // The share may be open by now, for this claim.
      share.resumed = true;
      return showError(failureText(error));
  }
}

function showPasswordField(share, field) {
  share.password = true;
  slot(main, "password").hidden = false;
  field.focus();
}

function rejectPassword(field, text) {
  showFieldProblem("password", text);
  field.focus();
  // The words stay, because a single letter may be wrong.
  field.select();
}

function waitText(refusal) {
  return t("problem-password-wait", { n: retryMinutes(refusal) });
}

async function showOpened(share, { message: text, files, layout, opener }, { grace_until: until, now }) {
  const { id, claim } = share;
  const some = files.length > 0;
  const wireFiles = some && (await loadSaving()).wireFiles;
  // With files, an empty message means no message.
  const message = some && text === "" ? undefined : text;
  const both = some && message !== undefined;
  const state = cloneTemplate("opened");
  const title = some ? "opened-title-files" : "opened-title-message";
  slot(state, "title").textContent = t(both ? "opened-title-both" : title);
  slot(state, "message").textContent = message;
  slot(state, "message-box").hidden = message === undefined;
  slot(state, "files-box").hidden = !some;
  if (some) {
    const seconds = (Date.parse(until) - (now ?? clock())) / 1000;
    const grace = formatSpan(seconds);
    const [unit, n] = roughSpan(seconds);
    slot(state, "keeping").textContent = t(unit === "hours" ? "opened-keeping-hours" : "opened-keeping-minutes", { n });
    const size = formatSize(files.reduce((sum, file) => sum + file.size, 0));
    slot(state, "count").textContent = t("opened-count", { n: files.length, size });
    slot(state, "blocked-text").textContent = t("opened-blocked", { grace });
    slot(state, "keeping").hidden = false;
    slot(state, "kept").textContent = t("opened-all-saved");
    // Saving the files is the main action.
    action(state, "copy-message").classList.replace("main", "plain");
    action(state, "save-message").classList.add("plain");
  }
  slot(state, "message").classList.toggle("word", message !== undefined && isWord(message));
  show(state);
  // Not awaited: a failure of the matching words must not delay the content.
  const claimHash = () => sha256(decode(claim));
  void tryMatchingWords(id, share.keys.wordsKey, claimHash).then((words) => showMatching(main, words));

  const reading = !some && main.dataset.reading === "true";
  if (reading) {
    share.shown = true;
    saveProgress(share);
  }

  let rows;
  const { confirmOnce, filesSafe, allowLeaving } = wireOpened({
    message,
    files: some,
    reading,
    until,
    inApp,
    confirm: () => api.confirm(id, claim),
    forget: () => {
      saveOpening(id, null);
      history.replaceState({ openedAt: new Date(clock()).toISOString() }, "", shareUrl(id));
      rows?.disable();
    },
    clear: () => {
      rows?.stop();
      show(cloneTemplate("done"));
    },
  });
  if (!some) return;
  wireCopyLink(slot(main, "blocked"), () => linkElsewhere(share), explainNoLink, filesSafe);
  // Registered in advance: the button copies at once, and later the network may be gone.
  if (mayBeInApp) void linkElsewhere(share).catch(() => {});
  const page = { main, slot, action, cloneTemplate, announce, failureText, allowLeaving, t, formatSize, base, inApp };
  rows = wireFiles({
    ...page,
    showKind,
    drawIcon,
    getServiceWorker,
    files,
    layout,
    opener,
    saved: share.saved,
    fetchPart: (part, length, options) => api.fetchPart(id, claim, part, length, options),
    onDurable: (file) => {
      share.saved = [...share.saved, file];
      saveProgress(share);
    },
    onAllSaved: (durable) => {
      filesSafe();
      // A download by the browser may still fail, so the server's copy is kept until the receiver clears the page.
      if (durable) return void confirmOnce().catch(() => {});
      slot(main, "downloaded").hidden = false;
      const clear = action(main, "clear");
      clear.classList.add("main");
      labelOf(clear).textContent = t("opened-have-all");
    },
  });
}

/** Whether a message is one word, such as a password, which is shown large and in letters that differ. */
function isWord(message) {
  return message.length <= MAX_WORD && !/\s/.test(message);
}

/** @param {{state?: string, at?: string}} found empty for an unknown share */
function showGone({ state, at }) {
  const why = cloneTemplate(`gone-${state}`) ?? cloneTemplate("gone");
  if (at) setTime(why, "at", at);
  show(why);
}

function showDamaged() {
  const state = cloneTemplate("damaged");
  const form = state.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button.main");
    if (isBusy(button)) return;
    const text = form.elements.link.value;
    const here = readId(/\/s\/([0-9a-z-]+)/i.exec(location.pathname)?.[1] ?? "");
    const link = (await readLink(text)) ?? (here && (await readLinkFor(here, text)));
    if (!link) {
      showProblems([{ field: "link", text: t((await hasStatusLink(text)) ? "damaged-own" : "problem-link") }]);
      return;
    }
    // Start over, as if the link had been followed.
    history.replaceState(null, "", shareUrl(link.id, await writeFragment(link.id, link.key, link.handover)));
    location.reload();
  });
  show(state);
}
