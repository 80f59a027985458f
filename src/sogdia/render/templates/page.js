// Sorts tables, opens the folded part a link points to, and wakes a chart when it comes near the screen.
// Without this script everything stays readable: each chart is a drawing already.
"use strict";

function cellValue(row, column) {
  const cell = row.cells[column];
  return cell.dataset.v !== undefined ? Number(cell.dataset.v) : cell.textContent.trim();
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a.localeCompare(b, "en");
}

function sortBy(table, column, button) {
  const head = button.parentElement;
  const up = head.getAttribute("aria-sort") === "descending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const unknown = (value) => value === "–";
  const rows = Array.from(body.rows, (row) => ({ row, value: cellValue(row, column) }));
  rows.sort((a, b) => {
    if (unknown(a.value) || unknown(b.value)) return unknown(a.value) - unknown(b.value);
    return up ? compare(a.value, b.value) : compare(b.value, a.value);
  });
  body.append(...rows.map(({ row }) => row));
}

function makeSortable(table) {
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(table, column, button));
  });
}

function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView();
}

// The data of a chart lie in columns: {columns: {name: {words, at} or {values}}, length}; numbers are joined by
// commas, nothing between two commas is unknown, and words are numbered.
function unpack(packed) {
  const columns = Object.entries(packed.columns).map(([name, column]) => {
    const numbers = (column.at ?? column.values).split(",").map((text) => (text === "" ? null : Number(text)));
    return [name, column.words ? numbers.map((n) => (n === null ? null : column.words[n])) : numbers];
  });
  return Array.from({ length: packed.length }, (_, i) => Object.fromEntries(columns.map(([name, v]) => [name, v[i]])));
}

function decompressed(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

// The charting library lies compressed in the page and is run when the first chart needs it; the page's policy knows
// its hash, and nothing else would be run.
let library = null;
function loadLibrary() {
  library ??= decompressed(document.getElementById("library").textContent).text().then((code) => {
    const script = document.createElement("script");
    script.textContent = code;
    document.head.append(script);
  });
  return library;
}

async function wake(chart, specs) {
  const found = specs.get(chart.dataset.figure);
  if (!found || chart.dataset.live || !window.DecompressionStream) return;
  chart.dataset.live = "starting";
  const { spec, table, extra } = await decompressed(found.textContent).json();
  await loadLibrary();
  const place = document.createElement("div");
  place.className = "live";
  await window.vegaEmbed(place, { ...spec, datasets: { table: unpack(table), ...extra } }, {
    actions: false,
    ast: true,
    renderer: "svg",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true, theme: "plain" },
  });
  chart.replaceChildren(place);
  chart.dataset.live = "yes";
  if (place.querySelector(".vega-bindings select")) chart.setAttribute("role", "group");
}

document.querySelectorAll("table.sortable").forEach(makeSortable);
window.addEventListener("hashchange", openTarget);
openTarget();

const specs = new Map(Array.from(document.querySelectorAll("script.spec"), (s) => [s.dataset.figure, s]));
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    watcher.unobserve(entry.target);
    wake(entry.target, specs);
  }
}, { rootMargin: "200px" });
document.querySelectorAll(".chart").forEach((chart) => watcher.observe(chart));

let closed = [];
window.addEventListener("beforeprint", () => {
  closed = Array.from(document.querySelectorAll("details:not([open])"));
  closed.forEach((part) => { part.open = true; });
});
window.addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }));
