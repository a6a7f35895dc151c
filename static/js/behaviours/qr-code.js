/**
 * Draws a QR code as SVG. Loaded once there is a link.
 */

import { modules } from "../lib/qr.js";

const SVG = "http://www.w3.org/2000/svg";
/** Width of the quiet zone, in modules (ISO/IEC 18004, 5.3.8). */
const MARGIN = 4;

/**
 * @param {string} text
 * @param {string} label accessible name
 * @returns {SVGSVGElement} black on white in every theme
 * @throws {RangeError} when the text is too long
 */
export function draw(text, label) {
  const rows = modules(text);
  const whole = rows.length + 2 * MARGIN;
  const picture = element("svg", { viewBox: `0 0 ${whole} ${whole}`, "shape-rendering": "crispEdges", class: "code" });
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  picture.append(
    element("rect", { width: whole, height: whole, fill: "#fff" }),
    element("path", { d: rows.map(line).join(""), fill: "#000" }),
  );
  return picture;
}

/** SVG path of a row: one bar for each run of dark modules. */
function line(row, y) {
  const text = row.map(Number).join("");
  const bar = ({ index, 0: run }) => `M${index + MARGIN} ${y + MARGIN}h${run.length}v1h-${run.length}z`;
  return [...text.matchAll(/1+/g)].map(bar).join("");
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
