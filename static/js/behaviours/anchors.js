/**
 * In-page links and language links. On a share's page the URL fragment holds the key, so no click may replace it.
 */

/** Makes `#…` links move the focus without navigating, and language links keep the current fragment. */
export function handleAnchors() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const href = link.getAttribute("href");
    if (href.startsWith("#")) {
      event.preventDefault();
      const target = document.getElementById(href.slice(1));
      target?.closest("details")?.setAttribute("open", "");
      target?.focus();
      target?.scrollIntoView({ block: "nearest" });
    } else if (link.hreflang && location.hash && !link.hash) {
      link.hash = location.hash;
    }
  });
}
