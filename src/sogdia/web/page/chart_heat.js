// Rows against columns: darker is more, and the figure stands in each cell.
import { RULE, STEPS, WASH } from "./colours.js";
import { cutText, svg, textWidth } from "./dom.js";
import { canvas, quietWord, word } from "./drawing.js";
import { known } from "./numbers.js";
import { explain } from "./tip.js";

const ROW = 26;
// Without the middle step, on which neither dark nor white figures are read well.
const SHADES = [WASH, ...STEPS.filter((_, step) => step !== 3)];
const DARK_FROM = 4;

// rows, columns: key and name; cell(row, column) -> value, text, details; null where nothing is known.
export function heatChart(width, label, rows, columns, cell) {
  const names = Math.min(Math.max(...rows.map((row) => textWidth(row.name))) + 12, width * 0.34);
  const wide = (width - names) / columns.length;
  const slanted = columns.some((column) => textWidth(column.name) > wide - 8);
  const head = slanted ? 70 : 26;
  const values = rows.flatMap((row) => columns.map((column) => (cell(row.key, column.key) || {}).value)).filter(known);
  const most = Math.max(...values, 0);
  const shade = (value) => (value <= 0 ? 0 : Math.min(SHADES.length - 1, Math.ceil(Math.sqrt(value / (most || 1)) * (SHADES.length - 1))));
  return canvas(width, head + rows.length * ROW + 2, label,
    columns.map((column, place) => headWord(column.name, names + wide * place, wide, head, slanted)),
    rows.map((row, line) => [
      word(names - 8, head + line * ROW + 17, cutText(row.name, names - 10), { "text-anchor": "end" }),
      columns.map((column, place) => oneCell(cell(row.key, column.key), names + wide * place, head + line * ROW, wide, shade)),
    ]));
}

function headWord(name, left, wide, head, slanted) {
  if (!slanted) return quietWord(left + wide / 2, head - 9, name, { "text-anchor": "middle" });
  const at = [left + wide / 2, head - 8];
  return quietWord(at[0], at[1], cutText(name, 84), { transform: `rotate(-45 ${at[0]} ${at[1]})` });
}

function oneCell(content, left, top, wide, shade) {
  const box = (fill) => svg("rect", { x: left + 1, y: top + 1, width: Math.max(wide - 2, 1), height: ROW - 2, fill, stroke: RULE, "stroke-width": 0.5 });
  if (!content || !known(content.value)) return svg("g", {}, box("#fff"), quietWord(left + wide / 2, top + 17, "–", { "text-anchor": "middle" }));
  const depth = shade(content.value);
  const fits = textWidth(content.text, 11) < wide - 4;
  const figure = fits && word(left + wide / 2, top + 17, content.text, { "text-anchor": "middle", "font-size": 11, fill: depth >= DARK_FROM ? "#fff" : "#1b2a38" });
  return explain(svg("g", {}, box(SHADES[depth]), figure || null), content.details);
}
