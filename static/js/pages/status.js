/**
 * Status page. Shows the state of a share and polls while the page is visible.
 */

import { handleAnchors } from "../behaviours/anchors.js";
import { busy } from "../behaviours/busy.js";
import { failureText } from "../behaviours/failures.js";
import { t } from "../behaviours/i18n.js";
import { showList } from "../behaviours/list-view.js";
import { preloadMatching, showMatching, tryMatchingWords } from "../behaviours/matching.js";
import { action, announce, cloneTemplate, main, origin, setTime, show, showError, slot } from "../behaviours/page.js";
import { Polling } from "../behaviours/polling.js";
import { showProblems } from "../behaviours/problems.js";
import { wireStatusLink } from "../behaviours/status-link.js";
import { handOverStatus, takeStatus } from "../behaviours/storage.js";
import { updateTimes } from "../behaviours/times.js";
import { Api, Refused } from "../lib/api.js";
import { fromBase64url } from "../lib/bytes.js";
import { now } from "../lib/clock.js";
import { hasFeatures } from "../lib/features.js";
import { readLink, readStatus } from "../lib/link.js";
import { viewOf } from "../lib/status-view.js";

const { api: apiBase, base, langQuery } = main.dataset;
const api = new Api(apiBase);
const pageUrl = `${base}/status${langQuery}`;

/** @type {import("../lib/link.js").StatusLink} */
let statusLink;
/** The last response. */
let status = null;
/** @type {Polling | null} */
let polling = null;

handleAnchors();
updateTimes(main);
if (hasFeatures()) await start();
else main.dataset.scripts = "none";

async function start() {
  addEventListener("hashchange", () => location.reload());
  wireForm();
  if (location.hash) {
    const link = await readStatus(location.href);
    if (link) await begin(link);
    else showDamaged();
    return;
  }
  // The server's answer to the form shows a share already.
  if (!document.getElementById("status-form")) return;
  const link = await readStatus(history.state?.status ?? takeStatus());
  if (link) await begin(link);
  else showList(api, (status) => location.assign(handOverStatus(status, pageUrl)));
}

/** Moves a damaged link from the URL to the form. */
function showDamaged() {
  const field = document.getElementById("link");
  if (!field) return;
  field.value = location.href;
  history.replaceState(null, "", pageUrl);
  showProblems([{ field: "link", text: t("problem-link") }]);
}

/** Makes the form read the pasted link in the browser instead of posting it. */
function wireForm() {
  const form = document.getElementById("status-form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(form.querySelector("button.main"), t("status-busy"), async () => {
      const text = form.elements.link.value;
      const link = await readStatus(text);
      if (link) return begin(link);
      const other = await readLink(text);
      showProblems([{ field: "link", text: t(other ? "status-other-link" : "problem-link") }]);
    });
  });
}

async function begin(link) {
  statusLink = link;
  // For a reload. In the URL, the link would stay in the browser's history.
  history.replaceState({ status: link.fragment }, "", pageUrl);
  document.addEventListener("click", keepOnLanguageChange);
  if (link.wordsKey) preloadMatching();
  polling ??= new Polling({
    current: () => (canChange(status) && slot(main, "checked-at") ? status : null),
    fetch: fetchStatus,
    update: (found) => update(found, { calm: true }),
    lost: refresh,
  });
  try {
    await refresh();
  } catch (error) {
    // The form is still shown: its button tries again.
    document.getElementById("link").value = wholeLink();
    showError(failureText(error));
  }
  polling.restart();
}

/** Returns the complete status link. */
function wholeLink() {
  return `${origin}/status#${statusLink.fragment}`;
}

/** Hands the link to this page in another language. */
function keepOnLanguageChange({ target }) {
  const to = target.closest?.("a[hreflang]");
  if (to) to.href = handOverStatus(statusLink.fragment, to.href.split("#")[0]);
}

/** Fetches and shows the status. */
async function refresh() {
  try {
    update(await fetchStatus());
  } catch (error) {
    if (!(error instanceof Refused && error.code === "not_found")) throw error;
    status = null;
    show(cloneTemplate("gone"));
  }
}

/** Fetches the status and derives the matching words, whose key the server does not have. */
async function fetchStatus(options) {
  const { id, owner, wordsKey } = statusLink;
  const found = await api.status(id, owner, options);
  const { claimHash } = found;
  const words = wordsKey && claimHash ? await tryMatchingWords(id, wordsKey, () => fromBase64url(claimHash)) : null;
  return { ...found, words };
}

/** Whether the state can change without the sender. */
function canChange(found) {
  return found !== null && ["waiting", "unsaved", "reading"].includes(viewOf(found));
}

/** Shows a response: replaces the view when the state differs, and otherwise updates its values. */
function update(found, { calm = false } = {}) {
  const before = status;
  status = found;
  const here = before && viewOf(before) === viewOf(found) && slot(main, "checked-at");
  if (!here) show(wireActions(renderState(found)), { calm });
  const line = slot(main, "wrong-passwords");
  line.hidden = found.wrong_passwords === 0 || found.state !== "waiting";
  line.textContent = line.hidden ? "" : t("status-wrong-passwords", { n: found.wrong_passwords });
  showMatching(main, found.words);
  const moved = slot(main, "moved");
  if (moved && found.handed_over_at) {
    moved.hidden = false;
    setTime(moved, "moved-at", found.handed_over_at);
  }
  const lost = slot(main, "lost");
  if (lost) lost.hidden = !found.lost_at;
  const isLost = here && lost && before.lost_at !== found.lost_at;
  const hasMoved = here && moved && before.handed_over_at !== found.handed_over_at;
  setTime(main, "checked-at", new Date(now()));

  if (!here) {
    if (calm) announce(main.querySelector("h1").textContent);
  } else if (isLost) {
    announce(lost.textContent);
  } else if (hasMoved) {
    announce(moved.textContent);
  } else if (before.wrong_passwords !== found.wrong_passwords) {
    announce(line.textContent);
  } else if (!calm) {
    announce(slot(main, "checked").textContent);
  }
}

function renderState(found) {
  const { at, opened_at: opened, expires_at: expires, record_until: until } = found;
  const kind = viewOf(found);
  const copy = cloneTemplate(kind);
  setTime(copy, "at", found.grace_until ?? found.reading_until ?? opened ?? at ?? expires);
  // The record of an unfinished upload has no end yet.
  setTime(copy, "record-until", until ?? expires);
  return copy;
}

function wireActions(state) {
  wireStatusLink(state, wholeLink());
  const again = action(state, "check");
  again.addEventListener("click", () => {
    showError("");
    const job = () => refresh().catch((error) => showError(failureText(error)));
    void busy(again, t("status-busy"), job).then(() => polling.restart());
  });
  action(state, "delete")?.addEventListener("click", confirmDelete);
  return state;
}

function confirmDelete() {
  polling.stop();
  const state = cloneTemplate("sure");
  const yes = action(state, "delete-yes");
  yes.addEventListener("click", () => {
    showError("");
    void busy(yes, t("status-delete-busy"), remove);
  });
  action(state, "delete-no").addEventListener("click", () => {
    show(wireActions(renderState(status)));
    update(status, { calm: true });
    polling.restart();
  });
  show(state);
}

async function remove() {
  try {
    await api.delete(statusLink.id, statusLink.owner);
  } catch (error) {
    // The share was opened meanwhile: the refresh below shows it.
    if (!(error instanceof Refused && error.code === "gone")) return showError(failureText(error));
  }
  await refresh().catch((error) => showError(failureText(error)));
}
