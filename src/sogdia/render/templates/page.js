// Sorts tables, finds words, opens the folded part a link points to, and unfolds for print.
// Without this script everything stays readable.
"use strict";

const folds = Array.from(document.querySelectorAll("details.fold"));

function cellValue(row, column) {
  const cell = row.cells[column];
  return cell.dataset.v !== undefined ? Number(cell.dataset.v) : cell.textContent.trim();
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a.localeCompare(b, document.documentElement.lang);
}

function sortBy(table, head) {
  const up = head.getAttribute("aria-sort") === "descending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const unknown = (value) => value === "–";
  const rows = Array.from(body.rows, (row) => ({ row, value: cellValue(row, head.cellIndex) }));
  rows.sort((a, b) => {
    if (unknown(a.value) || unknown(b.value)) return unknown(a.value) - unknown(b.value);
    return up ? compare(a.value, b.value) : compare(b.value, a.value);
  });
  body.append(...rows.map(({ row }) => row));
}

function makeSortable(table) {
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    const label = head.querySelector(".label");
    label.replaceWith(button);
    button.append(label);
    button.addEventListener("click", () => sortBy(table, head));
  }
}

function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest(".miss")) find("");
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView();
}

// What the filter shows or hides: rows, paragraphs, figures and numbers on their own. A fold whose own line has the
// words is shown whole; else it is there as long as something in it has them.
const UNITS = "tbody tr, .text p, p.lead, figure, .highlights > div";
const LEAST = 2;  // one letter is no word yet
const words = document.getElementById("words");
const hits = document.getElementById("hits");
let index = null;

function indexed() {
  index ??= Array.from(document.querySelectorAll("main section"), (section) => ({
    section,
    title: section.querySelector("h2").textContent.toLowerCase(),
    folds: Array.from(section.querySelectorAll("details.fold"), (fold) => ({
      fold, line: fold.querySelector("summary").textContent.toLowerCase(),
    })),
    blocks: Array.from(section.querySelectorAll(".table, .text"), (block) => block),
    units: Array.from(section.querySelectorAll(UNITS), (unit) => ({
      unit,
      fold: unit.closest("details.fold"),
      block: unit.closest(".table, .text"),
      text: (unit.tagName === "FIGURE"
        ? unit.querySelector("figcaption").textContent + unit.querySelector("svg").textContent
        : unit.textContent).toLowerCase(),
    })),
  }));
  return index;
}

function find(said) {
  const asked = said.trim().length < LEAST ? "" : said.trim().toLowerCase();
  if (words.value !== said) words.value = said;
  let count = 0;
  for (const { section, title, folds: own, blocks, units } of indexed()) {
    const whole = asked === "" || title.includes(asked);
    const alive = new Set();
    const opened = new Set(own.filter(({ line }) => line.includes(asked)).map(({ fold }) => fold));
    let here = 0;
    for (const { unit, fold, block, text } of units) {
      const match = asked === "" || text.includes(asked);
      const shown = whole || match || opened.has(fold);
      unit.classList.toggle("miss", !shown);
      if (match) here += 1;
      if (shown) { alive.add(fold); alive.add(block); }
    }
    for (const block of blocks) block.classList.toggle("miss", !whole && !alive.has(block));
    for (const { fold } of own) fold.classList.toggle("miss", !(whole || alive.has(fold) || opened.has(fold)));
    count += here + opened.size;
    section.classList.toggle("miss", !(whole || here || opened.size));
    document.querySelector(`nav a[href="#${section.id}"]`).classList.toggle("faint", asked !== "" && !whole && here + opened.size === 0);
  }
  const { none, one, many } = hits.dataset;
  hits.textContent = asked === "" ? "" : count === 0 ? none : count === 1 ? one : many.replace("{n}", count);
}

document.querySelectorAll("table.sortable").forEach(makeSortable);
document.getElementById("filter").hidden = false;
document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
words.addEventListener("input", () => find(words.value));
window.addEventListener("hashchange", openTarget);
openTarget();

let closed = [];
window.addEventListener("beforeprint", () => {
  closed = folds.filter((part) => !part.open);
  closed.forEach((part) => { part.open = true; });
});
window.addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }));
