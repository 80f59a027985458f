// The page of exposure: an importer's position in all minerals, or in one.
import { ask } from "./api.js";
import { barChart } from "./chart_bars.js";
import { scatterChart } from "./chart_scatter.js";
import { followChoices, importerChooser, importerOf, mineralChooser, partnerChooser, yearChooser } from "./choices.js";
import { textBox } from "./controls.js";
import { el, fill } from "./dom.js";
import { chart, colourOf } from "./drawing.js";
import { coverageText, indicatorColumns, mineralColumns, millions, productColumns, recordFigure, riskBand } from "./expose_columns.js";
import { sourcesOfFigure } from "./figure_sources.js";
import { grid } from "./grid.js";
import { country, lastYear, mineral, mineralChoices, mineralInside } from "./meta.js";
import { amount, index, known, money, share } from "./numbers.js";
import { ownAnswer, ownControl } from "./own_purchases.js";
import { answering, cardRow, folded, noteList, pageFrame, section } from "./parts.js";
import { said } from "./said.js";
import { downloads, savedHere } from "./save.js";
import { address, change, otherPage, place } from "./state.js";
import { figure } from "./tip.js";
import { named, t } from "./words.js";

const FEW = 12;
const PARTLY = new Set(["fringe", "ore_only"]);

export function exposePage(query) {
  const controls = { importer: importerChooser(query), partner: partnerChooser(query), mineral: mineralChooser(query, t("choose.all")), year: yearChooser(query) };
  let shown = { key: null, filter: () => {} };
  const own = ownControl(() => { shown.key = null; update(place().query); });
  const frame = pageFrame(t("expose.title"), t("expose.lead"), [...Object.values(controls).map((one) => one.node), own.node]);
  frame.answer.before(own.said);
  const answers = answering(frame);
  const update = (now) => {
    followChoices(controls, now);
    const company = now.get("company");
    own.follow(company);
    followCompany(controls, company, now);
    const key = address("expose", { filter: null }, now);
    if (key === shown.key) return shown.filter(now.get("filter") || "");
    shown = { key, filter: () => {} };
    if (company) return answers(async () => ownAnswer(company), (found) => ownParts(frame, company, found, now, shown));
    const params = { importer: importerOf(now), mineral: now.get("mineral"), year: now.get("year") };
    return answers(() => ask("expose", params, "expose"), (answer) => {
      const records = answer.records.filter((record) => !record.product);
      const one = params.mineral && records.length === 1 ? records[0] : null;
      const whose = { name: country(params.importer), kind: "country", save: () => downloads("expose", params) };
      fill(frame.answer, one ? oneMineral(answer, params, one, now.get("partner"), whose) : allMinerals(answer, params, now, shown, whose));
      return one ? t("expose.said.one", { mineral: mineral(one.mineral) }) : t("expose.said.all", { count: records.length });
    });
  };
  return { node: frame.node, update };
}

// The choices that a file of purchases leaves: its minerals; who and when are the company's own.
function followCompany(controls, company, now) {
  const found = company && ownAnswer(company);
  controls.importer.node.hidden = controls.year.node.hidden = Boolean(company);
  const bought = found ? new Set(found.answer.records.map((record) => record.mineral)) : null;
  controls.mineral.offer(mineralChoices().filter(({ value }) => !bought || bought.has(value)), now.get("mineral"));
}

// The exposure of a company by its own purchases, or that they were read in another visit.
function ownParts(frame, company, found, now, shown) {
  if (!found) {
    fill(frame.answer, el("div", { class: "coverage partly" }, el("p", {}, t("own.gone", { company })), el("p", {}, el("a", { class: "button", href: address("expose", { company: null }, now) }, t("own.back")))));
    return t("own.gone", { company });
  }
  const { answer, table, params } = found;
  const one = now.get("mineral") && answer.records.find((record) => record.mineral === now.get("mineral"));
  const whose = { name: company, kind: "company", save: () => savedHere("exposure_of_purchases", answer, table) };
  const parts = one ? oneMineral(answer, params, one, now.get("partner"), whose) : allMinerals(answer, params, now, shown, whose);
  fill(frame.answer, el("p", { class: "whose" }, el("strong", {}, t("own.shown", { company, year: answer.year })), " ", t("own.how")), parts);
  return one ? t("expose.said.one", { mineral: mineral(one.mineral) }) : t("expose.said.all", { count: answer.records.length });
}

// whose: the name, its kind (a country, or a company of a file), and what saves the answer.
function allMinerals(answer, params, query, shown, whose) {
  const records = answer.records.filter((record) => !record.product);
  const products = answer.records.filter((record) => record.product);
  const table = grid({ caption: t("expose.table", { importer: whose.name, year: answer.year }), columns: mineralColumns(answer, params, query.get("partner")), rows: records, sort: { key: "supply_risk_of_imports", down: true }, file: `exposure_${params.importer}_${answer.year}` });
  return [
    records.some((r) => known(r.supply_risk_of_imports)) && riskPicture(answer, params, records, whose),
    section(t("expose.minerals"), filterBox(query, records, table, shown), table.node, el("p", { class: "quiet" }, t("expose.how"))),
    products.length > 0 && section(t("products"), folded(t("expose.products.open", { count: products.length }), () => [el("p", { class: "quiet" }, t("expose.products.lead")), grid({ caption: t("products"), hiddenCaption: true, columns: productColumns(answer, params), rows: products, sort: { key: "top_supplier_share", down: true }, file: `products_${params.importer}_${answer.year}` }).node])),
    noteList(answer.notes),
    whose.save(),
  ];
}

function filterBox(query, records, table, shown) {
  const count = el("p", { class: "quiet", role: "status" });
  const apply = (text) => {
    const wanted = text.trim().toLocaleLowerCase();
    const kept = records.filter((r) => `${mineral(r.mineral)} ${r.mineral} ${r.top_supplier ? country(r.top_supplier) : ""} ${coverageText(r)}`.toLocaleLowerCase().includes(wanted));
    table.show(kept);
    fill(count, t("filter.said", { shown: kept.length, all: records.length }));
  };
  const box = textBox({ label: t("filter"), name: "filter", value: query.get("filter") || "", typed: (text) => { apply(text); change({ filter: text || null }, true); } });
  apply(query.get("filter") || "");
  shown.filter = (text) => { if (box.get() !== text) { box.set(text); apply(text); } };
  return el("div", { class: "filter noprint" }, box.node, count);
}

function riskPicture(answer, params, records, whose) {
  const points = records.filter((r) => (r.ranked || whose.kind === "company") && known(r.supply_risk_of_imports) && r.import_value_kusd > 0);
  if (!points.length) return null;
  const ranked = whose.kind === "company" ? points : records.filter((r) => r.rank_group === "ranked");
  const alone = ranked.filter((r) => r.top_supplier_weight_share > 0.5 && !r.top_supplier_mark);
  const first = points.reduce((a, b) => (b.supply_risk_of_imports > a.supply_risk_of_imports ? b : a));
  const colours = [...new Set(points.map((r) => r.top_supplier).filter(Boolean))];
  const draw = (width) => scatterChart(width, t("expose.picture"), points.map((r) => ({
    x: r.import_value_kusd / 1000, y: r.supply_risk_of_imports, name: mineral(r.mineral), colour: r.top_supplier ? colourOf(r.top_supplier) : "#556270",
    hollow: PARTLY.has(r.coverage), go: otherPage("expose", { mineral: r.mineral }),
    details: {
      label: mineral(r.mineral), value: r.supply_risk_of_imports, text: t("expose.point", { value: money(r.import_value_kusd * 1000), supplier: r.top_supplier ? country(r.top_supplier) : t("unknown"), share: share(r.top_supplier_weight_share) }),
      definition: answer.definitions.supply_risk_of_imports, sources: answer.sources, ids: () => sourcesOfFigure("expose", params, { mineral: r.mineral, partner: "", variable: "supply_risk_of_imports" }),
    },
  })), { x: t("axis.imports"), y: t("axis.risk"), logX: true });
  return [
    chart({ finding: t(`expose.finding.${whose.kind}`, { alone: alone.length, count: ranked.length, first: mineralInside(first.mineral), importer: whose.name }), label: t("expose.picture"), draw, file: "exposure" }),
    el("ul", { class: "legend" }, colours.map((key) => el("li", {}, swatch(colourOf(key)), country(key))), el("li", {}, swatch("#fff"), t("legend.partly"))),
  ];
}

export function swatch(colour) {
  const mark = el("span", { class: "swatch", "aria-hidden": "true" });
  mark.style.background = colour;
  return mark;
}

function oneMineral(answer, params, record, partner, whose) {
  const of = (key, format, more) => recordFigure(answer, params, record, key, format, more);
  const button = (node) => el("button", { type: "button", class: "bare" }, node);
  const suppliers = answer.suppliers.filter((row) => row.mineral === record.mineral).sort((a, b) => b.weight_share - a.weight_share);
  const cards = [
    { label: t("var.import_value_kusd"), figure: button(of("import_value_kusd", (v) => (known(v) ? money(v * 1000) : money(v)))), more: known(record.import_quantity_t) ? `${amount(record.import_quantity_t)} t` : t("unknown") },
    { label: t("var.top_supplier_weight_share"), figure: button(of("top_supplier_weight_share", share)), more: record.top_supplier ? country(record.top_supplier) : t("unknown") },
    { label: t("var.import_hhi_weight"), figure: button(of("import_hhi_weight", index)), more: t("hhi.scale") },
    { label: t("var.net_import_reliance"), figure: button(of("net_import_reliance", share)) },
    { label: t("var.geopolrisk_score"), figure: button(of("geopolrisk_score", index, { low: record.geopolrisk_low, high: record.geopolrisk_high })), more: riskBand(record) },
    { label: t("var.supply_risk_of_imports"), figure: button(of("supply_risk_of_imports", index)) },
  ];
  const keys = Object.keys(answer.definitions).filter((key) => key in record);
  const products = answer.records.filter((one) => one.product);
  return [
    el("h2", {}, mineral(record.mineral)),
    coverageBox(record),
    cardRow(cards),
    suppliers.length ? supplierPicture(answer, params, record, suppliers, partner, whose) : el("p", {}, t("expose.nosuppliers")),
    record.top_supplier && el("p", { class: "noprint" }, el("a", { class: "button", href: otherPage("shock", { mineral: record.mineral, embargo: record.top_supplier }) }, t("expose.whatif", { country: country(record.top_supplier) }))),
    products.length > 0 && section(t("products"), grid({ caption: t("products"), hiddenCaption: true, columns: productColumns(answer, params), rows: products, file: "products" }).node),
    section(t("expose.everything"), grid({ caption: t("expose.everything"), hiddenCaption: true, columns: indicatorColumns(answer, params), rows: keys.map((key) => ({ key, record })), file: `exposure_${record.mineral}` }).node),
    noteList(answer.notes),
    whose.save(),
  ];
}

function coverageBox(record) {
  const why = record.unranked ? said("p", record.unranked) : null;
  const missing = record.missing_codes && record.missing_codes.length ? el("p", {}, t("coverage.missing", { codes: record.missing_codes.join(", ") })) : null;
  return el("div", { class: PARTLY.has(record.coverage) ? "coverage partly" : "coverage" }, el("p", {}, el("strong", {}, `${t("col.coverage")}: `), coverageText(record), " — ", t(`coverage.why.${record.coverage}`)), missing, why);
}

function supplierPicture(answer, params, record, suppliers, partner, whose) {
  const known50 = suppliers.filter((row) => known(row.weight_share));
  const shown = known50.slice(0, FEW);
  const asked = partner && !shown.some((row) => row.supplier === partner) ? suppliers.find((row) => row.supplier === partner) : null;
  const rows = [...shown, ...(asked ? [asked] : [])];
  const details = (row) => ({ label: `${mineral(record.mineral)}: ${country(row.supplier)}`, value: row.weight_share, text: row.mark ? named("mark", row.mark) : null, sources: answer.sources, ids: () => sourcesOfFigure("expose", params, { mineral: record.mineral, partner: row.supplier, variable: "supplier_weight_share" }) });
  const draw = (width) => barChart(width, t("expose.suppliers"), rows.map((row) => ({ name: country(row.supplier), value: row.weight_share, colour: colourOf(row.supplier), text: share(row.weight_share), details: details(row) })));
  const columns = [
    { key: "supplier", label: t("col.country"), head: true, value: (r) => country(r.supplier), cell: (r) => country(r.supplier) },
    { key: "weight_share", label: t("col.share_weight"), numeric: true, value: (r) => r.weight_share, cell: (r) => figure(share(r.weight_share), details(r)) },
    { key: "quantity_t", label: t("col.quantity"), numeric: true, value: (r) => r.quantity_t, cell: (r) => figure(amount(r.quantity_t), { ...details(r), value: r.quantity_t, unit: "t" }) },
    { key: "value_kusd", label: t("col.import_value_kusd"), numeric: true, value: (r) => r.value_kusd / 1000, cell: (r) => figure(millions(r.value_kusd), { ...details(r), value: r.value_kusd, unit: "kUSD" }) },
    { key: "mark", label: t("col.mark"), words: true, minor: true, value: (r) => r.mark && named("mark", r.mark), cell: (r) => r.mark && named("mark", r.mark) },
  ];
  const top = suppliers[0];
  const asks = partner ? ` ${t("expose.partner", { partner: country(partner), share: share((suppliers.find((r) => r.supplier === partner) || { weight_share: 0 }).weight_share) })}` : "";
  return chart({
    finding: t(`expose.suppliers.finding.${whose.kind}`, { country: country(top.supplier), share: share(top.weight_share), count: suppliers.length, year: answer.year }) + asks, label: t("expose.suppliers"), draw, file: `suppliers_${record.mineral}`,
    table: () => grid({ caption: t("expose.suppliers"), hiddenCaption: true, columns, rows: suppliers, file: `suppliers_${record.mineral}_${params.year || lastYear()}` }).node,
  });
}
