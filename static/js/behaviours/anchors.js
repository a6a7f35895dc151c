/**
 * Links inside a page. On a share's page the fragment of the address is the key, so nothing else may take its place.
 */

/** Makes links to `#…` move only the focus, and links to the page in another language keep the fragment. */
export function anchors() {
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
