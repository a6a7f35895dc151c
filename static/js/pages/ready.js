/**
 * Page of a link created in no-script mode: adds the buttons that need scripts.
 */

import { handleAnchors } from "../behaviours/anchors.js";
import { action, main, slot } from "../behaviours/page.js";
import { wireReady } from "../behaviours/ready.js";
import { rememberOwn } from "../behaviours/storage.js";
import { updateTimes } from "../behaviours/times.js";

handleAnchors();
updateTimes(main);
const link = slot(main, "link").value.trim();
const expires = new Date(slot(main, "expires").dateTime);
const [, id] = /\/s\/(\w{16})#/.exec(link) ?? [];
if (id) void rememberOwn(id, expires);

wireReady({
  link,
  status: main.querySelector("[data-status-link]").dataset.statusLink,
  expires,
});
for (const name of ["copy", "copy-note", "copy-status"]) action(main, name).hidden = false;
for (const hint of main.querySelectorAll("[data-by-hand]")) hint.hidden = true;
slot(main, "link").removeAttribute("aria-describedby");
