/**
 * Offline page. The service worker shows it at the URL of the requested page, which may contain a key.
 */

import { handleAnchors } from "../behaviours/anchors.js";
import { action, main } from "../behaviours/page.js";

const { base } = main.dataset;
const button = action(main, "again");

handleAnchors();
button.hidden = false;
button.addEventListener("click", () => {
  if (location.pathname === `${base}/offline`) location.replace(`${base}/`);
  else location.reload();
});
