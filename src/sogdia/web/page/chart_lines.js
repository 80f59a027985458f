// Lines through points: each line its own dash and mark, its name at its end; one point may stand out.
import { ACCENT, INK, RULE, SECOND } from "./colours.js";
import { svg } from "./dom.js";
import { canvas, quietWord, roundTicks, word } from "./drawing.js";
import { amount } from "./numbers.js";
import { explain } from "./tip.js";

const COLOURS = [ACCENT, SECOND, "#3f7f93", "#6b4c9a", "#7a6a1f"];
const DASHES = [null, "7 3", "2 3", "9 3 2 3", "4 4"];
const LEFT = 58;
const BOTTOM = 40;
const TOP = 18;

// lines: name, points (x, y, details, here, press). axes: x, y; fromZero: whether the upright axis holds zero.
export function lineChart(width, label, lines, axes) {
  const right = 110;
  const height = Math.min(380, Math.max(260, width * 0.45));
  const all = lines.flatMap((line) => line.points);
  const span = (values, zero) => {
    const low = zero ? Math.min(0, ...values) : Math.min(...values);
    const high = Math.max(...values);
    const pad = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
    return [zero ? low : low - pad, high + pad];
  };
  const [x0, x1] = span(all.map((p) => p.x), true);
  const [y0, y1] = span(all.map((p) => p.y), axes.fromZero);
  const x = (value) => LEFT + ((width - LEFT - right) * (value - x0)) / (x1 - x0);
  const y = (value) => height - BOTTOM - ((height - BOTTOM - TOP) * (value - y0)) / (y1 - y0);
  return canvas(width, height, label,
    roundTicks(y0, y1, 4).map((at) => [
      svg("line", { x1: LEFT, x2: width - right, y1: y(at), y2: y(at), stroke: RULE }),
      quietWord(LEFT - 6, y(at) + 4, amount(at), { "text-anchor": "end" }),
    ]),
    roundTicks(x0, x1, Math.max(2, Math.floor(width / 160))).map((at) => quietWord(x(at), height - BOTTOM + 18, amount(at), { "text-anchor": "middle" })),
    svg("line", { x1: LEFT, x2: width - right, y1: height - BOTTOM, y2: height - BOTTOM, stroke: INK }),
    quietWord(width - right, height - 4, axes.x, { "text-anchor": "end" }),
    quietWord(4, TOP - 6, axes.y),
    lines.map((line, place) => oneLine(line, place, x, y)),
    endNames(lines, x, y, width - right + 26));
}

function oneLine(line, place, x, y) {
  const colour = COLOURS[place % COLOURS.length];
  const d = `M${line.points.map((p) => `${x(p.x)},${y(p.y)}`).join("L")}`;
  return svg("g", {}, svg("path", { d, fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": DASHES[place % DASHES.length] }),
    line.points.map((p) => {
      const mark = svg("circle", { cx: x(p.x), cy: y(p.y), r: p.here ? 8 : 4.5, fill: p.here ? colour : "#fff", stroke: p.here ? INK : colour, "stroke-width": 2 });
      const group = svg("g", { class: p.press ? "dot" : null }, svg("circle", { cx: x(p.x), cy: y(p.y), r: 12, fill: "transparent" }), mark);
      if (p.press) group.addEventListener("click", p.press);
      return explain(group, p.details);
    }));
}

// Names beside the drawing, in the order of the ends of their lines and joined to them.
function endNames(lines, x, y, left) {
  const ends = lines.map((line, place) => ({ place, name: line.name, last: line.points[line.points.length - 1] }));
  ends.sort((a, b) => y(a.last.y) - y(b.last.y));
  let above = -Infinity;
  return ends.map(({ place, name, last }) => {
    above = Math.max(y(last.y) + 4, above + 15);
    const colour = COLOURS[place % COLOURS.length];
    return [
      svg("path", { d: `M${x(last.x) + 6},${y(last.y)}L${left - 4},${above - 4}`, stroke: colour, "stroke-width": 0.7, fill: "none" }),
      word(left, above, name, { fill: colour, "font-weight": 600 }),
    ];
  });
}
