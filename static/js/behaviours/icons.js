/**
 * Icons, drawn from the symbols that the page holds.
 */

/** Returns the element of an icon in `root` that names its symbol. */
function useOf(root) {
  return root.querySelector(".icon > use");
}

/**
 * @param {ParentNode} root
 * @returns {string | undefined} the name of the icon in `root`
 */
export function drawnIcon(root) {
  return useOf(root)?.getAttribute("href").replace("#i-", "");
}

/**
 * Draws another icon in place of the one in `root`, if it has one.
 * @param {ParentNode} root
 * @param {string | undefined} name
 */
export function drawIcon(root, name) {
  useOf(root)?.setAttribute("href", `#i-${name}`);
}
