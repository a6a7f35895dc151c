/**
 * Labels of buttons, which may have an icon beside them.
 */

/**
 * @param {HTMLButtonElement} button
 * @returns {HTMLElement} the element whose text is the label
 */
export function labelOf(button) {
  return button.querySelector("[data-slot=label]") ?? button;
}
