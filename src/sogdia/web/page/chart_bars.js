// Horizontal bars with bands: one row for each thing, its name on the left, its figure on the right.
import { INK, RULE, MUTED } from "./colours.js";
import { cutText, svg, textWidth } from "./dom.js";
import { canvas, quietWord, word } from "./drawing.js";
import { known } from "./numbers.js";
import { explain } from "./tip.js";

const ROW = 26;
const BAR = 14;

// rows: name, value, base (a hollow mark), low and high (a band), colour, text, details. The scale holds zero and `from`.
export function barChart(width, label, rows, { from = 0, mark = null } = {}) {
  const names = Math.min(Math.max(...rows.map((row) => textWidth(row.name)), 40) + 10, width * 0.36);
  const texts = Math.max(...rows.map((row) => textWidth(row.text)), 30) + 10;
  const all = rows.flatMap((row) => [row.value, row.base, row.low, row.high]).filter(known);
  const high = Math.max(from, ...all);
  const low = Math.min(from, ...all);
  const room = width - names - texts;
  const x = (value) => names + (room * (value - low)) / (high - low || 1);
  const height = rows.length * ROW + 6;
  return canvas(width, height, label,
    rows.map((row, place) => oneBar(row, place * ROW, x, from, names, width)),
    svg("line", { x1: x(from), x2: x(from), y1: 0, y2: height - 4, stroke: MUTED }),
    known(mark) && svg("line", { x1: x(mark), x2: x(mark), y1: 0, y2: height - 4, stroke: MUTED, "stroke-dasharray": "3 3" }));
}

function oneBar(row, top, x, from, names, width) {
  const middle = top + ROW / 2;
  const parts = [word(names - 8, middle + 4, cutText(row.name, names - 10), { "text-anchor": "end" })];
  parts.push(svg("line", { x1: x(from), x2: width - 4, y1: top + ROW, y2: top + ROW, stroke: RULE, "stroke-width": 0.5 }));
  if (known(row.value)) {
    const start = Math.min(x(from), x(row.value));
    const wide = Math.max(Math.abs(x(row.value) - x(from)), 1.5);
    parts.push(svg("rect", { x: start, y: middle - BAR / 2, width: wide, height: BAR, fill: row.colour, stroke: INK, "stroke-width": 0.4 }));
  }
  if (known(row.base)) {
    parts.push(svg("line", { x1: x(row.base), x2: x(row.base), y1: middle - 10, y2: middle + 10, stroke: INK, "stroke-width": 2.5 }));
  }
  if (known(row.low) && known(row.high)) parts.push(whisker(x(row.low), x(row.high), middle));
  parts.push(quietWord(width - 2, middle + 4, row.text, { "text-anchor": "end" }));
  const group = svg("g", {}, svg("rect", { x: 0, y: top, width, height: ROW, fill: "transparent" }), parts);
  return row.details ? explain(group, row.details) : group;
}

// A band that is seen on dark and on light bars: a white line under a dark one.
export function whisker(left, right, y) {
  const line = (attributes) => svg("path", { d: `M${left},${y - 4}V${y + 4}M${left},${y}H${right}M${right},${y - 4}V${y + 4}`, fill: "none", ...attributes });
  return [line({ stroke: "#fff", "stroke-width": 4 }), line({ stroke: INK, "stroke-width": 1.5 })];
}
