// The page of the atlas: what a year costs in expectation and in the tail, by mineral, cause and supplier.
import { ask } from "./api.js";
import { barChart } from "./chart_bars.js";
import { heatChart } from "./chart_heat.js";
import { followChoices, importerChooser, importerOf } from "./choices.js";
import { chooser } from "./controls.js";
import { el, fill } from "./dom.js";
import { chart, colourOf } from "./drawing.js";
import { grid } from "./grid.js";
import { country, mineral } from "./meta.js";
import { amount, known, roughly } from "./numbers.js";
import { answering, cardRow, folded, noteList, pageFrame, section } from "./parts.js";
import { downloads } from "./save.js";
import { change } from "./state.js";
import { figure } from "./tip.js";
import { inside, listed, named, t } from "./words.js";

export const DRAWN_YEARS = ["500", "2000", "10000"];

// How many years are drawn: more take longer and leave less to chance.
export function yearsChooser(query) {
  return chooser({ label: t("years.drawn"), name: "years", choices: DRAWN_YEARS.map((years) => ({ value: years, label: t("years.count", { years: amount(Number(years)) }) })), value: query.get("years") || DRAWN_YEARS[0], change: (years) => change({ years: years === DRAWN_YEARS[0] ? null : years }) });
}

export function atlasPage(query) {
  const controls = { importer: importerChooser(query), years: yearsChooser(query) };
  const frame = pageFrame(t("atlas.title"), t("atlas.lead"), Object.values(controls).map((one) => one.node));
  const answers = answering(frame);
  const update = (now) => {
    followChoices({ importer: controls.importer }, now);
    controls.years.set(now.get("years") || DRAWN_YEARS[0]);
    const params = { importer: importerOf(now), years: now.get("years") || DRAWN_YEARS[0], seed: "1" };
    return answers(() => ask("atlas", params, "atlas"), (answer) => {
      fill(frame.answer, atlasParts(answer, params));
      return t("atlas.said", { loss: amount(answer.totals[0].expected_loss_musd) });
    });
  };
  return { node: frame.node, update };
}

function atlasParts(answer, params) {
  const [total] = answer.totals;
  return [
    totals(answer, total),
    heat(answer, total, params),
    bySupplier(answer),
    section(t("atlas.everything"), folded(t("atlas.everything.open", { count: answer.rows.length }), () => grid({ caption: t("atlas.everything"), hiddenCaption: true, columns: atlasColumns(answer), rows: answer.rows, sort: { key: "expected_loss_musd", down: true }, file: `atlas_${params.importer}` }).node)),
    answer.demand_surges.length > 0 && surges(answer),
    total.unanswered.length > 0 && section(t("atlas.unanswered"), el("ul", { lang: "en" }, total.unanswered.map((one) => el("li", {}, typeof one === "string" ? one : Object.values(one).join(": "))))),
    noteList(answer.notes),
    downloads("atlas", params),
  ];
}

export function musd(answer, label, value, error) {
  return { label, value, unit: "MUSD", low: known(error) ? value - 1.96 * error : undefined, high: known(error) ? value + 1.96 * error : undefined, sources: answer.sources };
}

function totals(answer, total) {
  const card = (label, value, error) => ({ label, figure: el("button", { type: "button", class: "bare" }, figure(roughly(value), musd(answer, label, value, error))), more: known(error) ? `± ${amount(1.96 * error)}` : null });
  return cardRow([
    card(t("atlas.expected"), total.expected_loss_musd, total.expected_loss_se_musd),
    card(t("atlas.tail"), total.tail_loss_musd, total.tail_loss_se_musd),
    card(t("atlas.imports"), total.imports_musd),
    { label: t("years.drawn"), figure: amount(total.years), more: t("atlas.effective", { years: amount(total.effective_years) }) },
  ]);
}

function summed(rows, keys) {
  const sums = new Map();
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join("|");
    const now = sums.get(key) || { expected_loss_musd: 0, tail_loss_musd: 0, causes: [] };
    now.expected_loss_musd += row.expected_loss_musd;
    now.tail_loss_musd += row.tail_loss_musd;
    now.causes.push(row);
    sums.set(key, now);
  }
  return sums;
}

function heat(answer, total, params) {
  const cells = summed(answer.rows, ["mineral", "hazard"]);
  const hazards = answer.by_cause.map((row) => row.hazard);
  const minerals = [...answer.by_mineral].sort((a, b) => b.expected_loss_musd - a.expected_loss_musd);
  const cell = (key, hazard) => {
    const found = cells.get(`${key}|${hazard}`);
    if (!found) return null;
    const worst = [...found.causes].sort((a, b) => b.expected_loss_musd - a.expected_loss_musd).slice(0, 3).map((row) => row.cause);
    return { value: found.expected_loss_musd, text: roughly(found.expected_loss_musd), details: { ...musd(answer, `${mineral(key)}: ${named("hazard", hazard)}`, found.expected_loss_musd), text: t("atlas.cell", { tail: roughly(found.tail_loss_musd), causes: listed(worst) }) } };
  };
  const draw = (width) => heatChart(width, t("atlas.heat"), minerals.map((row) => ({ key: row.mineral, name: mineral(row.mineral) })), hazards.map((key) => ({ key, name: named("hazard", key) })), cell);
  const number = (key, label, value) => ({ key, label, numeric: true, value, cell: (r) => figure(roughly(value(r)), musd(answer, `${mineral(r.mineral)}: ${label}`, value(r))) });
  const columns = [
    { key: "mineral", label: t("mineral"), head: true, value: (r) => mineral(r.mineral), cell: (r) => mineral(r.mineral) },
    ...hazards.map((key) => number(key, named("hazard", key), (r) => (cells.get(`${r.mineral}|${key}`) || {}).expected_loss_musd)),
    number("all", t("all"), (r) => r.expected_loss_musd),
  ];
  const first = minerals[0];
  return chart({ finding: t("atlas.finding", { mineral: mineral(first.mineral), loss: amount(first.expected_loss_musd), cause: inside(named("hazard", hazards[0])), all: amount(total.expected_loss_musd) }), label: t("atlas.heat"), draw, file: `atlas_${params.importer}`, table: () => grid({ caption: t("atlas.heat"), hiddenCaption: true, columns, rows: minerals, file: "atlas" }).node });
}

function bySupplier(answer) {
  const rows = answer.by_supplier.filter((row) => row.supplier).sort((a, b) => b.expected_loss_musd - a.expected_loss_musd);
  if (!rows.length) return null;
  const draw = (width) => barChart(width, t("atlas.suppliers"), rows.slice(0, 12).map((row) => ({ name: country(row.supplier), value: row.expected_loss_musd, colour: colourOf(row.supplier), text: roughly(row.expected_loss_musd), details: { ...musd(answer, country(row.supplier), row.expected_loss_musd), text: t("atlas.tail.of", { tail: roughly(row.tail_loss_musd) }) } })));
  const number = (key) => ({ key, label: t(`col.${key}`), numeric: true, value: (r) => r[key], cell: (r) => figure(roughly(r[key]), musd(answer, `${country(r.supplier)}: ${t(`col.${key}`)}`, r[key])) });
  const columns = [{ key: "supplier", label: t("col.country"), head: true, value: (r) => country(r.supplier), cell: (r) => country(r.supplier) }, number("expected_loss_musd"), number("tail_loss_musd")];
  return chart({ finding: t("atlas.suppliers.finding", { country: country(rows[0].supplier), loss: amount(rows[0].expected_loss_musd) }), label: t("atlas.suppliers"), draw, file: "atlas_suppliers", table: () => grid({ caption: t("atlas.suppliers"), hiddenCaption: true, columns, rows, file: "atlas_suppliers" }).node });
}

function atlasColumns(answer) {
  const number = (key) => ({ key, label: t(`col.${key}`), numeric: true, value: (r) => r[key], cell: (r) => figure(roughly(r[key]), musd(answer, `${mineral(r.mineral)}: ${r.cause}`, r[key])) });
  const who = (r) => (r.supplier ? country(r.supplier) : null);
  return [
    { key: "mineral", label: t("mineral"), head: true, value: (r) => mineral(r.mineral), cell: (r) => mineral(r.mineral) },
    { key: "supplier", label: t("col.country"), words: true, value: who, cell: who },
    { key: "hazard", label: t("col.hazard"), minor: true, value: (r) => named("hazard", r.hazard), cell: (r) => named("hazard", r.hazard) },
    { key: "cause", label: t("col.cause"), words: true, value: (r) => r.cause, cell: (r) => el("span", { lang: "en" }, r.cause) },
    number("expected_loss_musd"), number("tail_loss_musd"),
  ];
}

function surges(answer) {
  const columns = [
    { key: "mineral", label: t("mineral"), head: true, value: (r) => mineral(r.mineral), cell: (r) => mineral(r.mineral) },
    { key: "expected_loss_musd", label: t("col.expected_loss_musd"), numeric: true, value: (r) => r.expected_loss_musd, cell: (r) => figure(roughly(r.expected_loss_musd), musd(answer, mineral(r.mineral), r.expected_loss_musd)) },
  ];
  return section(t("atlas.surges"), el("p", { class: "quiet" }, t("atlas.surges.lead")), grid({ caption: t("atlas.surges"), hiddenCaption: true, columns, rows: answer.demand_surges, sort: { key: "expected_loss_musd", down: true }, file: "surges" }).node);
}
