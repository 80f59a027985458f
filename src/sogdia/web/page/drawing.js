// The frame of a chart: a caption that states the finding, a drawing as wide as its column, and its figures as a table.
import { COUNTRY_GROUPS, COUNTRY_PALETTE, INK, MUTED } from "./colours.js";
import { button } from "./controls.js";
import { el, fill, svg } from "./dom.js";
import { folded } from "./parts.js";
import { savePicture } from "./save.js";
import { t } from "./words.js";

const drawings = new Set();

// draw(width) -> svg; label: what a reader who does not see it is told; table(): the same figures, folded.
export function chart({ finding, label, draw, table = null, file = "chart" }) {
  const holder = el("div", { class: "drawing" });
  const again = (width) => fill(holder, draw(width || Math.max(280, holder.clientWidth || 640)));
  const save = button(t("save.picture"), () => savePicture(`${file}.svg`, holder.querySelector("svg")), { class: "small" });
  const node = el(
    "figure",
    { "aria-label": label },
    el("figcaption", {}, finding),
    holder,
    el("div", { class: "below noprint" }, save, table && folded(t("as.table"), table)),
  );
  const drawingRecord = { holder, again, width: 0 };
  drawings.add(drawingRecord);
  requestAnimationFrame(() => { drawingRecord.width = holder.clientWidth; again(); });
  return node;
}

// Draw for paper: at the width of a printed page, so that words keep their size.
const PAPER = 680;
export function drawForPaper() {
  for (const one of drawings) if (one.holder.isConnected) one.again(PAPER);
}

// Draw again what has become wider or narrower; forget what has left the page.
export function redrawCharts(all = false) {
  for (const one of drawings) {
    if (!one.holder.isConnected) drawings.delete(one);
    else if (all || Math.abs(one.holder.clientWidth - one.width) > 2) {
      one.width = one.holder.clientWidth;
      one.again();
    }
  }
}

export function canvas(width, height, label, ...children) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width: "100%", role: "img", "aria-label": label, "font-size": 12 }, children);
}

export function word(x, y, text, attributes = {}) {
  return svg("text", { x, y, fill: INK, ...attributes }, text);
}

export function quietWord(x, y, text, attributes = {}) {
  return word(x, y, text, { fill: MUTED, ...attributes });
}

// One colour for each country everywhere, as in the report; there are fewer colours than countries, so that names stand
// beside them. What is no country (the rest of the world, a region) is grey.
const NO_COUNTRY = "#7b8794";
const colours = new Map(COUNTRY_GROUPS.flatMap((group, place) => group.split(" ").map((iso3) => [iso3, COUNTRY_PALETTE[place]])));
export function colourOf(country) {
  return colours.get(country) || NO_COUNTRY;
}

// Round numbers that span a range.
export function roundTicks(low, high, wanted = 5) {
  const span = high - low || 1;
  const raw = span / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= raw);
  const found = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) found.push(Number(at.toPrecision(12)));
  return found;
}
