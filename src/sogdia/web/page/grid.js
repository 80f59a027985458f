// A table that sorts, filters and is walked through with the arrow keys; it is one stop of the Tab key.
import { el, fill, freshId } from "./dom.js";
import { known } from "./numbers.js";
import { saveCsv } from "./save.js";
import { languageNow, t } from "./words.js";

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

// caption: what the table shows. columns: key, label, cell(row) -> node or text, value(row) to sort and save by; numeric;
// minor: left out on a narrow screen; head: the row's name. rows: any records. sort: key and down. file: name of the CSV.
export function grid({ caption, columns, rows, sort = null, file = "table", hiddenCaption = false }) {
  const state = { rows, sort, shown: rows };
  const body = el("tbody");
  const heads = columns.map((column) => headCell(column, state, () => paint(), columns));
  const table = el(
    "table",
    { role: "grid", class: columns.length > 5 ? "wide" : "" },
    el("caption", { class: hiddenCaption ? "unseen" : "" }, caption),
    el("thead", {}, el("tr", {}, heads)),
    body,
  );
  const paint = () => {
    state.shown = sortedRows(state, columns);
    heads.forEach((head, place) => markSort(head, columns[place], state));
    fill(body, state.shown.map((row) => bodyRow(row, columns)));
    restoreStop(table);
  };
  table.addEventListener("keydown", (event) => walk(event, table));
  table.addEventListener("focusin", (event) => moveStop(table, event.target));
  paint();
  const save = () => saveCsv(`${file}.csv`, columns.map((c) => c.label), state.shown.map((row) => columns.map((c) => c.value(row))));
  const saving = el("button", { type: "button", class: "small noprint", on: { click: save } }, t("save.table"));
  const node = el("div", { class: "grid" }, el("div", { class: "scroller" }, table), saving);
  return { node, show: (kept) => { state.rows = kept; paint(); }, count: () => state.shown.length };
}

function headCell(column, state, paint) {
  const sortBy = () => {
    const down = state.sort && state.sort.key === column.key ? !state.sort.down : Boolean(column.numeric);
    state.sort = { key: column.key, down };
    paint();
  };
  const id = freshId("sort");
  const button = el("button", { type: "button", class: "bare", id, tabindex: "-1", on: { click: sortBy } }, column.label);
  return el("th", { scope: "col", class: classOf(column) }, button);
}

function markSort(head, column, state) {
  const here = state.sort && state.sort.key === column.key;
  head.setAttribute("aria-sort", here ? (state.sort.down ? "descending" : "ascending") : "none");
}

function classOf(column) {
  return [column.numeric && "number", column.minor && "minor", column.words && "words"].filter(Boolean).join(" ");
}

function bodyRow(row, columns) {
  return el("tr", {}, columns.map((column) => {
    const cell = column.cell(row);
    const inner = [cell === null || cell === undefined || cell === "" ? t("dash") : cell];
    if (column.head) return el("th", { scope: "row", class: classOf(column), tabindex: "-1" }, inner);
    return el("td", { class: classOf(column), tabindex: "-1" }, inner);
  }));
}

// What is unknown comes last, whichever way the others go.
function sortedRows(state, columns) {
  if (!state.sort) return state.rows;
  const column = columns.find((one) => one.key === state.sort.key);
  const collator = new Intl.Collator(languageNow());
  const sign = state.sort.down ? -1 : 1;
  const of = (row) => column.value(row);
  const missing = (value) => value === null || value === undefined || value === "" || (typeof value === "number" && !known(value));
  return [...state.rows].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (missing(x) || missing(y)) return missing(x) - missing(y);
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y)));
  });
}

function stopOf(cell) {
  return cell.querySelector("a, button") || cell;
}

function shownCells(row) {
  return [...row.cells].filter((cell) => cell.offsetParent !== null);
}

// Exactly one place of the table is reached by Tab.
function restoreStop(table) {
  if (table.querySelector('[tabindex="0"]')) return;
  const first = table.querySelector("tbody tr > *") || table.querySelector("thead th");
  if (first) stopOf(first).setAttribute("tabindex", "0");
  for (const node of table.querySelectorAll("tbody a, tbody button")) {
    if (node.getAttribute("tabindex") !== "0") node.setAttribute("tabindex", "-1");
  }
}

function moveStop(table, to) {
  const cell = to.closest("td, th");
  if (!cell) return;
  for (const node of table.querySelectorAll('[tabindex="0"]')) node.setAttribute("tabindex", "-1");
  stopOf(cell).setAttribute("tabindex", "0");
}

function walk(event, table) {
  const cell = event.target.closest("td, th");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...table.rows];
  const row = rows.indexOf(cell.parentNode);
  const cells = shownCells(cell.parentNode);
  const column = cells.indexOf(cell);
  let next = null;
  if (event.key in STEPS) {
    const [down, right] = STEPS[event.key];
    const there = rows[row + down];
    next = there ? shownCells(there)[column + right] : null;
  } else if (event.key === "Home") next = event.ctrlKey ? shownCells(rows[0])[0] : cells[0];
  else if (event.key === "End") next = cells[cells.length - 1];
  else return;
  event.preventDefault();
  if (next) stopOf(next).focus();
}
