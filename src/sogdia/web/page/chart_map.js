// A map of routes: land, ways by alternative, places, straits; in Mercator's projection around the widest gap.
import { ACCENT, INK, MUTED, SECOND } from "./colours.js";
import { svg, textWidth } from "./dom.js";
import { canvas, word } from "./drawing.js";
import { explain } from "./tip.js";

const TURN = 360;
const MARGIN = 0.08;
export const WAY_COLOURS = [ACCENT, SECOND, "#3f7f93", "#6b4c9a", "#7a6a1f"];
const DASHES = [null, "7 3", "2 3", "9 3 2 3", "4 4"];

function rad(degrees) {
  return (degrees * Math.PI) / 180;
}

function mercator(lat) {
  return Math.log(Math.tan(Math.PI / 4 + rad(Math.max(-80, Math.min(80, lat))) / 2));
}

// The view that holds all points: x and y of a longitude and latitude, and the height.
export function mapView(points, width) {
  const around = [...new Set(points.map(([lon]) => ((lon % TURN) + TURN) % TURN))].sort((a, b) => a - b);
  const gaps = around.map((lon, i) => (i + 1 < around.length ? around[i + 1] - lon : around[0] + TURN - lon));
  const widest = gaps.indexOf(Math.max(...gaps));
  const west = around[(widest + 1) % around.length];
  const span = TURN - gaps[widest];
  const centre = west + span / 2;
  const ys = points.map(([, lat]) => mercator(lat));
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const across = rad(Math.max(span, 4)) * (1 + 2 * MARGIN);
  const upright = Math.max(high - low, 0.06) * (1 + 2 * MARGIN);
  const height = Math.round(Math.min(Math.max((width * upright) / across, width < 500 ? 220 : 300), 520));
  const scale = Math.min(width / across, height / upright);
  const near = (lon) => lon - TURN * Math.round((lon - centre) / TURN);
  return {
    centre, height, width, scale, near,
    x: (lon) => width / 2 + scale * rad(lon - centre),
    y: (lat) => height / 2 - scale * (mercator(lat) - (low + high) / 2),
  };
}

// land: features of countries; ways: features of lines with `alternative`; places, straits: points.
// press(kind, id): what happens when a strait is pressed.
export function routeMap(width, label, { land, ways, places, straits, press }) {
  const ends = ways.flatMap((way) => way.geometry.coordinates.flat());
  const view = mapView(ends.length ? ends : places.map((p) => [p.lon, p.lat]), width);
  const shapes = land.map((feature) => svg("path", { d: landPath(feature.geometry, view), class: "land" }));
  const lines = [...ways].sort((a, b) => b.properties.alternative - a.properties.alternative).map((way) => wayLine(way, view));
  return canvas(width, view.height, label, svg("rect", { width, height: view.height, class: "sea" }), shapes, lines,
    straits.map((strait) => straitMark(strait, view, press)), placeMarks(places, view));
}

// Each ring once for every turn of the globe in which it is seen.
function landPath(geometry, view) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const parts = [];
  for (const ring of polygons.flat().map(unbroken)) {
    for (const turn of [-TURN, 0, TURN, 2 * TURN]) {
      const xs = ring.map(([lon]) => view.x(lon + turn));
      if (Math.max(...xs) < 0 || Math.min(...xs) > view.width) continue;
      parts.push(`M${ring.map(([lon, lat]) => `${view.x(lon + turn).toFixed(1)},${view.y(lat).toFixed(1)}`).join("L")}Z`);
    }
  }
  return parts.join("");
}

// A ring that crosses the antimeridian goes on beyond 180 degrees.
function unbroken(ring) {
  let turn = 0;
  return ring.map(([lon, lat], at) => {
    if (at > 0) turn -= TURN * Math.round((lon - ring[at - 1][0]) / TURN);
    return [lon + turn, lat];
  });
}

function wayLine(way, view) {
  const { alternative } = way.properties;
  const place = (alternative - 1) % WAY_COLOURS.length;
  const d = way.geometry.coordinates.map((line) => {
    const turn = view.near(line[Math.floor(line.length / 2)][0]) - line[Math.floor(line.length / 2)][0];
    return `M${line.map(([lon, lat]) => `${view.x(lon + turn).toFixed(1)},${view.y(lat).toFixed(1)}`).join("L")}`;
  }).join("");
  const shape = (attributes) => svg("path", { d, fill: "none", "stroke-linejoin": "round", ...attributes });
  const group = svg("g", {},
    shape({ stroke: "#fff", "stroke-width": alternative === 1 ? 5 : 3.5, opacity: 0.8 }),
    shape({ stroke: WAY_COLOURS[place], "stroke-width": alternative === 1 ? 3 : 1.8, "stroke-dasharray": DASHES[place] }));
  return way.properties.details ? explain(group, way.properties.details) : group;
}

function straitMark(strait, view, press) {
  const [x, y] = [view.x(view.near(strait.lon)), view.y(strait.lat)];
  if (x < 0 || x > view.width || y < 0 || y > view.height) return null;
  const mark = strait.closed
    ? svg("path", { d: `M${x - 6},${y - 6}L${x + 6},${y + 6}M${x - 6},${y + 6}L${x + 6},${y - 6}`, stroke: "#a3190b", "stroke-width": 3 })
    : svg("path", { d: `M${x},${y - 5}L${x + 5},${y}L${x},${y + 5}L${x - 5},${y}Z`, fill: "#fff", stroke: INK });
  const group = svg("g", { class: "strait" }, svg("circle", { cx: x, cy: y, r: 12, fill: "transparent" }), mark);
  group.addEventListener("click", () => press(strait.id));
  return explain(group, { label: strait.name, text: strait.hint });
}

// Names of places where there is room for them, ends first.
function placeMarks(places, view) {
  const boxes = [];
  const marks = [];
  for (const place of [...places].sort((a, b) => Number(b.end) - Number(a.end))) {
    const [x, y] = [view.x(view.near(place.lon)), view.y(place.lat)];
    marks.push(svg("circle", { cx: x, cy: y, r: place.end ? 5 : 2.5, fill: place.end ? INK : "#fff", stroke: INK }));
    const size = place.end ? 13 : 11;
    const wide = textWidth(place.name, size, place.end ? 700 : 400);
    const left = x + 8 + wide > view.width ? Math.max(2, x - 8 - wide) : x + 8;
    const box = [left - 2, y - size, left + wide + 2, y + 6];
    if (!place.named && !place.end) continue;
    if (boxes.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) continue;
    boxes.push(box);
    marks.push(word(left, y + 4, place.name, { class: "halo", "font-size": size, "font-weight": place.end ? 700 : 400, fill: place.end ? INK : MUTED }));
  }
  return marks;
}
