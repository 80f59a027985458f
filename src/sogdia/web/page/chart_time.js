// Projects over calendar years: hatched while they are built, filled while they work.
import { INK, RULE } from "./colours.js";
import { cutText, svg, textWidth } from "./dom.js";
import { canvas, colourOf, quietWord, word } from "./drawing.js";
import { explain } from "./tip.js";

const ROW = 28;
const HEAD = 24;

// rows: name, country, start, from, to, details.
export function timeChart(width, label, rows) {
  const first = Math.min(...rows.map((row) => row.start));
  const last = Math.max(...rows.map((row) => row.to)) + 1;
  const names = Math.min(Math.max(...rows.map((row) => textWidth(row.name))) + 12, width * 0.42);
  const x = (year) => names + ((width - names - 8) * (year - first)) / (last - first || 1);
  const height = HEAD + rows.length * ROW + 4;
  const step = Math.max(1, Math.ceil((last - first) / Math.max(2, Math.floor((width - names) / 52))));
  const years = [];
  for (let year = first; year < last; year += step) years.push(year);
  const hatch = svg("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 6, height: 6, fill: "#fff" }), svg("line", { x1: 0, x2: 0, y1: 0, y2: 6, stroke: INK, "stroke-width": 2 }));
  return canvas(width, height, label, svg("defs", {}, hatch),
    years.map((year) => [
      svg("line", { x1: x(year), x2: x(year), y1: HEAD - 4, y2: height, stroke: RULE }),
      quietWord(x(year) + 2, HEAD - 9, String(year)),
    ]),
    rows.map((row, place) => {
      const top = HEAD + place * ROW;
      return explain(svg("g", {},
        word(names - 8, top + 18, cutText(row.name, names - 10), { "text-anchor": "end" }),
        svg("rect", { x: x(row.start), y: top + 6, width: Math.max(x(row.from) - x(row.start), 0), height: 16, fill: "url(#hatch)", stroke: INK, "stroke-width": 0.5 }),
        svg("rect", { x: x(row.from), y: top + 6, width: Math.max(x(row.to + 1) - x(row.from), 2), height: 16, fill: colourOf(row.country), stroke: INK, "stroke-width": 0.5 })), row.details);
    }));
}
