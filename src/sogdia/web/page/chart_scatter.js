// Points over two axes: the one across may be logarithmic; names stand where there is room for them.
import { INK, RULE } from "./colours.js";
import { svg, textWidth } from "./dom.js";
import { canvas, quietWord, roundTicks, word } from "./drawing.js";
import { amount } from "./numbers.js";
import { explain } from "./tip.js";

const LEFT = 44;
const BOTTOM = 40;
const TOP = 14;
const RIGHT = 16;

// points: x, y, name, colour, hollow, details, go (an address). axes: x and y with a label; logX.
export function scatterChart(width, label, points, axes) {
  const height = Math.min(460, Math.max(320, width * 0.55));
  const x = scale(points.map((p) => p.x), LEFT, width - RIGHT, axes.logX);
  const y = scale([0, ...points.map((p) => p.y)], height - BOTTOM, TOP, false);
  return canvas(width, height, label,
    y.ticks.map((at) => [
      svg("line", { x1: LEFT, x2: width - RIGHT, y1: y.of(at), y2: y.of(at), stroke: RULE }),
      quietWord(LEFT - 6, y.of(at) + 4, (axes.writeY || amount)(at), { "text-anchor": "end" }),
    ]),
    x.ticks.map((at) => [
      svg("line", { x1: x.of(at), x2: x.of(at), y1: height - BOTTOM, y2: height - BOTTOM + 5, stroke: INK }),
      quietWord(x.of(at), height - BOTTOM + 18, (axes.writeX || amount)(at), { "text-anchor": "middle" }),
    ]),
    svg("line", { x1: LEFT, x2: width - RIGHT, y1: height - BOTTOM, y2: height - BOTTOM, stroke: INK }),
    quietWord(width - RIGHT, height - 4, axes.x, { "text-anchor": "end" }),
    quietWord(4, TOP - 3, axes.y),
    points.map((point) => dot(point, x.of(point.x), y.of(point.y))),
    labels(points, x, y, width));
}

function scale(values, start, end, log) {
  const put = log ? Math.log10 : (value) => value;
  const usable = values.filter((value) => !log || value > 0);
  const low = put(Math.min(...usable));
  const high = put(Math.max(...usable));
  const pad = log ? (high - low) * 0.04 || 0.5 : 0;
  const [from, to] = log ? [low - pad, high + pad] : [low, high * 1.04 || 1];
  const of = (value) => start + ((end - start) * (put(value) - from)) / (to - from || 1);
  const powers = [];
  if (log) for (let power = Math.ceil(from); power <= to; power += 1) powers.push(10 ** power);
  return { of, ticks: log ? powers : roundTicks(from, to) };
}

function dot(point, cx, cy) {
  const mark = point.hollow
    ? [svg("circle", { cx, cy, r: 7, fill: "none", stroke: INK, "stroke-width": 0.8 }), svg("circle", { cx, cy, r: 5, fill: "#fff", stroke: point.colour, "stroke-width": 3 }), svg("circle", { cx, cy, r: 3.4, fill: "none", stroke: INK, "stroke-width": 0.5 })]
    : svg("circle", { cx, cy, r: 6, fill: point.colour, stroke: INK, "stroke-width": 0.6 });
  const group = svg("g", { class: "dot" }, svg("circle", { cx, cy, r: 12, fill: "transparent" }), mark);
  if (point.go) group.addEventListener("click", () => { location.hash = point.go; });
  return explain(group, point.details);
}

// Names of the points, the highest first, where they cover neither a point nor another name.
function labels(points, x, y, width) {
  const boxes = points.map((p) => ({ left: x.of(p.x) - 7, right: x.of(p.x) + 7, top: y.of(p.y) - 7, bottom: y.of(p.y) + 7 }));
  const free = (box) => box.left > 40 && box.right < width && box.top > 12 && boxes.every((o) => box.right < o.left || box.left > o.right || box.bottom < o.top || box.top > o.bottom);
  const shown = [];
  for (const point of [...points].sort((a, b) => b.y - a.y)) {
    const wide = textWidth(point.name);
    const [cx, cy] = [x.of(point.x), y.of(point.y)];
    const places = [[cx + 10, cy + 4], [cx - 10 - wide, cy + 4], [cx - wide / 2, cy - 10], [cx - wide / 2, cy + 20]];
    for (const [left, base] of places) {
      const box = { left, right: left + wide, top: base - 10, bottom: base + 3 };
      if (!free(box)) continue;
      boxes.push(box);
      shown.push(word(left, base, point.name));
      break;
    }
  }
  return shown;
}
