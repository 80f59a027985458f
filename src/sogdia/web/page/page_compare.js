// The page of comparison: importers side by side, or two saved answers read in the browser.
import { ask } from "./api.js";
import { barChart } from "./chart_bars.js";
import { mineralChooser, yearChooser } from "./choices.js";
import { button, textBox, ticks } from "./controls.js";
import { differences } from "./compare_runs.js";
import { el, fill, freshId } from "./dom.js";
import { chart, colourOf } from "./drawing.js";
import { recordFigure } from "./expose_columns.js";
import { grid } from "./grid.js";
import { country, mineral, usualImporters } from "./meta.js";
import { amount, changeShare, exact, index, known, share } from "./numbers.js";
import { answering, noteList, pageFrame, section } from "./parts.js";
import { downloads } from "./save.js";
import { change, otherPage } from "./state.js";
import { figure } from "./tip.js";
import { named, t } from "./words.js";

const FIRST = ["JPN", "KOR", "EU27"];
const MEASURES = { top_supplier_weight_share: share, import_hhi_weight: index, net_import_reliance: share, geopolrisk_score: index, supply_risk_of_imports: index };
const FIRST_MEASURE = "top_supplier_weight_share";
const MOST_BYTES = 20 * 2 ** 20;

function importersOf(query) {
  return query.has("importers") ? query.get("importers").split(",") : FIRST;
}

export function comparePage(query) {
  const who = ticks({ legend: t("compare.importers"), name: "importers", open: true, choices: [...new Set([...FIRST, ...usualImporters()])].map((key) => ({ value: key, label: country(key) })), chosen: new Set(importersOf(query)), changed: (values) => change({ importers: values.length ? values.join(",") : null }) });
  const what = mineralChooser(query, t("choose.all"));
  const year = yearChooser(query);
  const measures = ticksOfOne(query);
  const runs = runPicker();
  const frame = pageFrame(t("compare.title"), t("compare.lead"), [who.node, what.node, measures.node, year.node]);
  const sides = el("div");
  frame.answer.append(sides, runs);
  const answers = answering({ status: frame.status, answer: sides });
  const update = (now) => {
    const importers = importersOf(now);
    who.set(new Set(importers));
    what.set(now.get("mineral"));
    measures.set(now.get("measure") || FIRST_MEASURE);
    const params = { importers: importers.join(","), mineral: now.get("mineral"), year: now.get("year") };
    return answers(() => ask("compare", params, "compare"), (answer) => {
      fill(sides, now.get("mineral") ? oneSideBySide(answer, now.get("mineral")) : allSideBySide(answer, now.get("measure") || FIRST_MEASURE), noteList(answer.notes), downloads("compare", params));
      return t("compare.said", { count: importers.length });
    });
  };
  return { node: frame.node, update };
}

function ticksOfOne(query) {
  const id = freshId("measure");
  const buttons = Object.keys(MEASURES).map((key) => {
    const radio = el("input", { type: "radio", name: id, id: `${id}-${key}`, value: key, on: { change: () => change({ measure: key === FIRST_MEASURE ? null : key }) } });
    return { key, radio, node: el("div", { class: "tick" }, radio, el("label", { for: `${id}-${key}` }, named("var", key))) };
  });
  const set = (now) => { for (const { key, radio } of buttons) radio.checked = key === now; };
  set(query.get("measure") || FIRST_MEASURE);
  return { node: el("fieldset", {}, el("legend", {}, t("compare.measure")), buttons.map((one) => one.node)), set };
}

function recordOf(exposure, key) {
  return exposure.records.find((record) => !record.product && record.mineral === key);
}

// One measure of all minerals, an importer to a column.
function allSideBySide(answer, measure) {
  const keys = [...new Set(answer.exposures.flatMap((one) => one.records.filter((record) => !record.product).map((record) => record.mineral)))];
  const format = MEASURES[measure];
  const valueOf = (exposure, key) => (recordOf(exposure, key) || {})[measure];
  const columns = [
    { key: "mineral", label: t("mineral"), head: true, value: (r) => mineral(r.key), cell: (r) => el("a", { href: otherPage("compare", { mineral: r.key }) }, mineral(r.key)) },
    ...answer.exposures.map((exposure) => ({
      key: exposure.importer, label: country(exposure.importer), numeric: true, value: (r) => valueOf(exposure, r.key) ?? null,
      cell: (r) => {
        const record = recordOf(exposure, r.key);
        if (!record || !known(record[measure])) return null;
        const from = measure.startsWith("top_supplier") && record.top_supplier ? el("span", { class: "from" }, `${country(record.top_supplier)} `) : null;
        return el("span", {}, from, recordFigure(exposure, { importer: exposure.importer, year: exposure.year }, record, measure, format));
      },
    })),
  ];
  const table = grid({ caption: t("compare.table", { measure: named("var", measure) }), columns, rows: keys.map((key) => ({ key })), sort: { key: answer.exposures[0].importer, down: true }, file: "compare" });
  const box = textBox({ label: t("filter"), name: "filter", typed: (text) => table.show(keys.filter((key) => `${mineral(key)} ${key}`.toLowerCase().includes(text.trim().toLowerCase())).map((key) => ({ key }))) });
  return [el("div", { class: "filter noprint" }, box.node), table.node];
}

// One mineral: every measure, an importer to a column, and a picture of the first.
function oneSideBySide(answer, key) {
  const found = answer.exposures.map((exposure) => ({ exposure, record: recordOf(exposure, key) })).filter((one) => one.record);
  const draw = (width) => barChart(width, t("compare.picture"), found.map(({ exposure, record }) => ({ name: country(exposure.importer), value: record.top_supplier_weight_share, colour: record.top_supplier ? colourOf(record.top_supplier) : "#fff", text: `${share(record.top_supplier_weight_share)} ${record.top_supplier ? country(record.top_supplier) : ""}`, details: { label: country(exposure.importer), value: record.top_supplier_weight_share, definition: exposure.definitions.top_supplier_weight_share, sources: exposure.sources } })));
  const first = found.filter((one) => known(one.record.top_supplier_weight_share)).sort((a, b) => b.record.top_supplier_weight_share - a.record.top_supplier_weight_share)[0];
  const rows = [...Object.entries(MEASURES), ["import_value_kusd", (v) => (known(v) ? amount(v / 1000) : t("dash"))]].map(([measure, format]) => ({ measure, format }));
  const columns = [
    { key: "measure", label: t("col.variable"), head: true, words: true, value: (r) => named("var", r.measure), cell: (r) => (r.measure === "import_value_kusd" ? t("col.import_value_kusd") : named("var", r.measure)) },
    ...found.map(({ exposure, record }) => ({ key: exposure.importer, label: country(exposure.importer), numeric: true, value: (r) => record[r.measure], cell: (r) => recordFigure(exposure, { importer: exposure.importer, mineral: key, year: exposure.year }, record, r.measure, r.format) })),
  ];
  return [
    el("h2", {}, mineral(key)),
    first && chart({ finding: t("compare.finding", { importer: country(first.exposure.importer), share: share(first.record.top_supplier_weight_share), country: country(first.record.top_supplier) }), label: t("compare.picture"), draw, file: "compare" }),
    grid({ caption: t("compare.one", { mineral: mineral(key) }), columns, rows, file: `compare_${key}` }).node,
  ];
}

// Two files that `--json` or this page has saved; they are read here and sent nowhere.
function runPicker() {
  const shown = el("div", { "aria-live": "polite" });
  const kept = [null, null];
  const picker = (at, label) => {
    const id = freshId("file");
    const file = el("input", { type: "file", id, name: `run${at + 1}`, accept: "application/json,.json" });
    file.addEventListener("change", async () => {
      try {
        kept[at] = await readRun(file.files[0]);
        fill(shown, kept[0] && kept[1] ? runTable(...kept) : t("compare.runs.other"));
      } catch (error) {
        kept[at] = null;
        fill(shown, el("p", { class: "refusal" }, error.message));
      }
    });
    return el("div", { class: "control" }, el("label", { for: id }, label), file);
  };
  return section(t("compare.runs"), el("p", {}, t("compare.runs.lead")), el("div", { class: "side noprint" }, picker(0, t("compare.first")), picker(1, t("compare.second"))), shown);
}

async function readRun(file) {
  if (!file) return null;
  if (file.size > MOST_BYTES) throw new Error(t("compare.runs.large"));
  try {
    return { name: file.name, answer: JSON.parse(await file.text()) };
  } catch {
    throw new Error(t("compare.runs.wrong", { name: file.name }));
  }
}

function runTable(first, second) {
  const rows = differences(first.answer, second.answer);
  const unequal = rows.filter((row) => row.first !== row.second);
  const sources = { ...(first.answer.sources || {}), ...(second.answer.sources || {}) };
  const number = (key, label) => ({ key, label, numeric: true, value: (r) => r[key], cell: (r) => figure(amount(r[key]), { label: r.name, value: r[key], sources }) });
  const columns = [
    { key: "name", label: t("col.variable"), head: true, words: true, value: (r) => r.name, cell: (r) => r.name },
    number("first", first.name), number("second", second.name),
    { key: "change", label: t("col.change"), numeric: true, value: (r) => (r.first ? r.second / r.first - 1 : null), cell: (r) => figure(changeShare(r.first, r.second), { label: r.name, text: `${exact(r.first)} → ${exact(r.second)}`, sources }) },
  ];
  const table = grid({ caption: t("compare.runs.table"), columns, rows: unequal, file: "differences" });
  const all = button(t("compare.runs.all", { count: rows.length }), () => table.show(rows));
  return [el("p", {}, t("compare.runs.said", { unequal: unequal.length, all: rows.length })), all, table.node];
}
