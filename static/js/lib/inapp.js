/**
 * Pages that an app shows inside of itself instead of handing them to the browser. Most of these cannot save a file,
 * and nothing but their names tells them from browsers.
 */

/** Apps that say who they are, and `; wv)`, as Android's own view in an app calls itself. */
const NAMED =
  /FBAN|FBAV|FB_IAB|Instagram|\bLine\/|MicroMessenger|Snapchat|Twitter for|LinkedInApp|Pinterest|BytedanceWebview|musical_ly|KAKAOTALK|NAVER\(inapp|; wv\)/;

/**
 * @param {string} agent `navigator.userAgent`
 * @param {boolean} installed whether the site itself is the app: then it looks like a view in another
 * @returns {boolean} whether the page is surely inside of another app
 */
export function isInApp(agent, installed) {
  if (NAMED.test(agent)) return true;
  // On iPhones and iPads every browser names Safari; a view in an app does not.
  return !installed && /\((iPhone|iPad|iPod)\b.*AppleWebKit/.test(agent) && !agent.includes("Safari/");
}
