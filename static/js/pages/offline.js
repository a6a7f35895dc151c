/**
 * The page that stands where another should be while there is no network. Its address is that of the other, and may
 * hold a key.
 */

import { anchors } from "../behaviours/anchors.js";
import { action, main } from "../behaviours/page.js";

const { base } = main.dataset;
const button = action(main, "again");

anchors();
button.hidden = false;
button.addEventListener("click", () => {
  if (location.pathname === `${base}/offline`) location.replace(`${base}/`);
  else location.reload();
});
