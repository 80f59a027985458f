// The page of a shock: composed by clicking, answered at once, with the command line that asks the same.
import { ask } from "./api.js";
import { barChart } from "./chart_bars.js";
import { followChoices, importerChooser, importerOf, yearChooser } from "./choices.js";
import { button } from "./controls.js";
import { el, fill } from "./dom.js";
import { chart, colourOf } from "./drawing.js";
import { grid } from "./grid.js";
import { country, mineral, mineralInside, productsOf } from "./meta.js";
import { amount, band, changeShare, known, money, signed, times } from "./numbers.js";
import { answering, cardRow, folded, noteList, pageFrame, section } from "./parts.js";
import { downloads } from "./save.js";
import { composer, eventSentence, kindsOfEvents } from "./shock_composer.js";
import { formatOfUnit, importerRow, marketName, rowBand, rowFigure, shockColumns, shownUnit } from "./shock_columns.js";
import { commandLine } from "./shock_events.js";
import { change, place } from "./state.js";
import { named, t } from "./words.js";

const FIRST_MARKET = "graphite";
const FEW = 10;

function marketOf(query) {
  return query.get("mineral") || FIRST_MARKET;
}

export function shockPage(query) {
  const heads = { importer: importerChooser(query), year: yearChooser(query), importerOf };
  const desk = composer(() => place().query, marketOf, heads);
  const frame = pageFrame(t("shock.title"), t("shock.lead"), desk.nodes);
  const answers = answering(frame);
  const update = (now) => {
    followChoices(heads, now);
    desk.follow(now);
    const params = questionOf(now);
    if (!happens(now)) return answers(() => suggestions(params), (shown) => { fill(frame.answer, shown); });
    return answers(() => ask("shock", params, "shock"), (answer) => {
      fill(frame.answer, answerParts(answer, params));
      return t("shock.said", { mineral: marketName(answer), price: times((importerRow(answer, "price_paid") || {}).central) });
    }).then(() => offerProducts(frame, params));
  };
  return { node: frame.node, update };
}

function questionOf(query) {
  const events = Object.fromEntries(kindsOfEvents().map(({ name }) => [name, query.getAll(name)]));
  return {
    mineral: marketOf(query), importer: importerOf(query), year: query.get("year"), ...events, stock: query.getAll("stock"),
    corridor: query.get("corridor"), corridor_days: query.get("corridor_days"), upgrade: query.get("upgrade"), ore_only: query.get("ore_only"),
  };
}

function happens(query) {
  return kindsOfEvents().some(({ name }) => query.has(name)) || query.has("corridor") || query.has("upgrade");
}

// Before anything happens: what could, by the main suppliers.
async function suggestions(params) {
  const shown = await ask("expose", { importer: params.importer, mineral: params.mineral, year: params.year }, "expose").catch(() => ({ suppliers: [], records: [] }));
  const suppliers = shown.suppliers.filter((row) => row.mineral === params.mineral && known(row.weight_share));
  const named = suppliers.sort((a, b) => b.weight_share - a.weight_share).slice(0, 3).map((row) => row.supplier);
  const who = named.length ? named : ["CHN"];
  const offers = who.flatMap((one) => [["embargo", one], ["cut", `${one}=0.4`]]);
  return el("section", { class: "suggest" }, el("h2", {}, t("shock.suggest", { mineral: mineralInside(params.mineral) })),
    el("ul", {}, offers.map(([kind, text]) => el("li", {}, button(eventSentence(kind, text), () => change({ [kind]: text }))))));
}

// Where there is no answer for a mineral, its products may have a market of their own.
function offerProducts(frame, params) {
  const refusal = frame.answer.querySelector(".refusal");
  const products = productsOf(params.mineral);
  if (!refusal || !products.length) return;
  refusal.append(el("p", {}, t("refusal.products")), el("ul", { class: "chips" }, products.map(({ key }) => el("li", {}, button(mineral(key), () => change({ mineral: key }))))));
}

function answerParts(answer, params) {
  const importer = answer.rows.filter((row) => row.role === "importer" && row.partner === null);
  return [
    commandBox(params),
    el("h2", {}, t("shock.answer", { mineral: marketName(answer), importer: country(answer.importer), years: answer.years.join(", ") })),
    headline(answer),
    changePicture(answer, importer),
    sourcePicture(answer),
    othersPicture(answer, "consumer", "consumer_surplus_change"),
    othersPicture(answer, "producer", "surplus_change"),
    section(t("shock.everything"), folded(t("shock.everything.open", { count: answer.rows.length }), () => grid({ caption: t("shock.everything"), hiddenCaption: true, columns: shockColumns(answer), rows: answer.rows, file: `shock_${answer.mineral}` }).node)),
    noteList(answer.notes.some((note) => note.includes(answer.coverage_why)) ? answer.notes : [answer.coverage_why, ...answer.notes].filter(Boolean)),
    downloads("shock", params),
  ];
}

function commandBox(params) {
  const text = commandLine(params, kindsOfEvents().map(({ name }) => name));
  const said = el("span", { role: "status" });
  const copy = () => navigator.clipboard.writeText(text).then(() => fill(said, t("copied")), () => fill(said, t("copied.not")));
  return el("div", { class: "command" }, el("p", {}, t("shock.command")), el("code", { tabindex: "0" }, text), el("span", { class: "noprint" }, button(t("copy"), copy, { class: "small" }), " ", said));
}

function headline(answer) {
  const card = (variable, more) => {
    const row = importerRow(answer, variable);
    if (!row) return null;
    const shown = el("button", { type: "button", class: "bare" }, rowFigure(answer, row, "central"));
    return { label: `${named("var", variable)}${row.unit === "ratio" ? "" : ` (${shownUnit(row)})`}`, figure: shown, more: [more && more(row), rowBand(row)].filter(Boolean).join(" · ") };
  };
  const fromBase = (row) => t("shock.frombase", { base: formatOfUnit(row.unit)(row.unit === "kUSD" ? row.base / 1000 : row.base), change: changeShare(row.base, row.central) });
  return cardRow([card("price_paid"), card("use", fromBase), card("reduced_use"), card("imports", fromBase), card("consumer_surplus_change"), card("import_hhi", fromBase)].filter(Boolean));
}

function changePicture(answer, rows) {
  const shown = rows.filter((row) => known(row.base) && row.base !== 0 && known(row.central));
  if (!shown.length) return null;
  const draw = (width) => barChart(width, t("shock.changes"), shown.map((row) => ({
    name: named("var", row.variable), value: row.central / row.base - 1, low: known(row.low) ? row.low / row.base - 1 : null, high: known(row.high) ? row.high / row.base - 1 : null,
    colour: "#3f7f93", text: changeShare(row.base, row.central), details: { label: named("var", row.variable), value: row.central, low: row.low, high: row.high, unit: row.unit === "ratio" ? "" : row.unit, sources: answer.sources },
  })));
  const price = importerRow(answer, "price_paid");
  const use = importerRow(answer, "use");
  const finding = t("shock.finding", { importer: country(answer.importer), price: price ? times(price.central) : t("dash"), prices: price ? band(price.low, price.high, times) : "", use: use ? changeShare(use.base, use.central) : t("dash") });
  return chart({ finding, label: t("shock.changes"), draw, file: `shock_${answer.mineral}_changes`, table: () => grid({ caption: t("shock.changes"), hiddenCaption: true, columns: shockColumns(answer, false), rows, file: "changes" }).node });
}

function sourcePicture(answer) {
  const rows = answer.rows.filter((row) => row.role === "importer" && row.variable === "source" && (known(row.base) || known(row.central)));
  if (!rows.length) return null;
  const size = (row) => Math.max(row.base || 0, row.central || 0);
  const shown = [...rows].sort((a, b) => size(b) - size(a)).slice(0, FEW);
  const draw = (width) => barChart(width, t("shock.sources"), shown.map((row) => ({
    name: country(row.partner), value: row.central, base: row.base, low: row.low, high: row.high, colour: colourOf(row.partner), text: `${amount(row.base)} → ${amount(row.central)}`,
    details: { label: `${t("shock.from")} ${country(row.partner)}`, value: row.central, low: row.low, high: row.high, unit: row.unit, sources: answer.sources },
  })));
  const rise = shown.reduce((best, row) => (row.central - row.base > best.central - best.base ? row : best));
  return chart({ finding: t("shock.sources.finding", { country: country(rise.partner), more: amount(rise.central - rise.base) }), label: t("shock.sources"), draw, file: `shock_${answer.mineral}_sources`, table: () => grid({ caption: t("shock.sources"), hiddenCaption: true, columns: shockColumns(answer, false), rows, file: "sources" }).node });
}

// What it does to the others: users, or makers.
function othersPicture(answer, role, variable) {
  const rows = answer.rows.filter((row) => row.role === role && row.variable === variable && known(row.central));
  if (!rows.length) return null;
  const shown = [...rows].sort((a, b) => Math.abs(b.central) - Math.abs(a.central)).slice(0, FEW);
  const draw = (width) => barChart(width, t(`shock.${role}s`), shown.map((row) => ({
    name: country(row.country), value: row.central / 1000, low: known(row.low) ? row.low / 1000 : null, high: known(row.high) ? row.high / 1000 : null, colour: colourOf(row.country), text: signed(row.central / 1000),
    details: { label: `${country(row.country)}: ${named("var", variable)}`, value: row.central, low: row.low, high: row.high, unit: row.unit, sources: answer.sources },
  })));
  const first = shown[0];
  const finding = t(`shock.${role}s.finding`, { country: country(first.country), money: money(first.central * 1000) });
  return chart({ finding, label: t(`shock.${role}s`), draw, file: `shock_${answer.mineral}_${role}s`, table: () => grid({ caption: t(`shock.${role}s`), hiddenCaption: true, columns: shockColumns(answer), rows, file: role }).node });
}
