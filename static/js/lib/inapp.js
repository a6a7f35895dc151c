/**
 * Detection of in-app browsers. Most of them cannot save files, and only the user agent tells them from browsers.
 */

/** Names of apps, and `; wv)` of Android's WebView. */
const APP_AGENTS =
  /FBAN|FBAV|FB_IAB|Instagram|\bLine\/|MicroMessenger|Snapchat|Twitter for|LinkedInApp|Pinterest|BytedanceWebview|musical_ly|KAKAOTALK|NAVER\(inapp|; wv\)/;

/**
 * @param {string} agent `navigator.userAgent`
 * @param {boolean} installed whether the site runs as an installed app, whose user agent resembles an in-app browser's
 * @returns {boolean} whether the page certainly runs in an in-app browser
 */
export function isInApp(agent, installed) {
  if (APP_AGENTS.test(agent)) return true;
  // Every browser on iOS has "Safari/" in its user agent; web views do not.
  return !installed && /\((iPhone|iPad|iPod)\b.*AppleWebKit/.test(agent) && !agent.includes("Safari/");
}
