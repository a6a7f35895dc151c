/**
 * Shows the list of what was sent from this browser, with the state of each share.
 */

import { Refused } from "../lib/api.js";
import { readStatus } from "../lib/link.js";
import { viewOf } from "../lib/status-view.js";
import { t } from "./i18n.js";
import { action, announce, cloneTemplate, main, setTime, slot } from "./page.js";
import { forgetList, forgetSent, loadList } from "./sent-list.js";

/** Text keys of the states. */
const STATES = {
  waiting: "status-waiting-title",
  reading: "status-reading-title",
  unsaved: "status-unsaved-title",
  opened: "status-opened-title",
  expired: "status-expired-title",
  deleted: "status-deleted-title",
  removed: "status-removed-title",
};

/**
 * Shows the list in the current state of the page, if one is kept.
 * @param {import("../lib/api.js").Api} api
 * @param {(status: string) => void} open shows the share of a status link
 */
export function showList(api, open) {
  const box = slot(main, "list");
  const entries = loadList();
  if (!box || entries === null) return;
  const list = slot(box, "list-rows");
  const update = (text) => {
    slot(box, "list-empty").hidden = list.childElementCount > 0;
    announce(text);
    // The button that had the focus is gone.
    slot(box, "list-heading").focus();
  };
  const rows = entries.map(({ status, made }) => {
    const row = cloneTemplate("list-row").firstElementChild;
    for (const name of ["made", "forget-made"]) setTime(row, name, new Date(made));
    action(row, "see").addEventListener("click", (event) => {
      event.preventDefault();
      open(status);
    });
    action(row, "forget").addEventListener("click", () => {
      forgetSent(status);
      row.remove();
      update(t("list-forgotten"));
    });
    return { row, status };
  });
  list.replaceChildren(...rows.map(({ row }) => row));
  slot(box, "list-empty").hidden = rows.length > 0;
  action(box, "forget-all").addEventListener("click", () => {
    forgetList();
    list.replaceChildren();
    action(box, "forget-all").hidden = true;
    update(t("list-forgotten-all"));
  });
  box.hidden = false;
  void showStates(api, rows);
}

/** Fetches the states one after the other, so that a long list does not use up the limit of requests. */
async function showStates(api, rows) {
  for (const { row, status } of rows) {
    if (!row.isConnected) continue;
    const line = slot(row, "state");
    try {
      const { id, owner } = await readStatus(status);
      line.textContent = t(STATES[viewOf(await api.status(id, owner))]);
    } catch (error) {
      const isGone = error instanceof Refused && error.code === "not_found";
      line.textContent = t(isGone ? "list-gone" : "list-unknown");
      if (!isGone) return;
    }
  }
}
