// The columns of exposure, mineral by mineral: each cell its figure, and what stands behind it.
import { el } from "./dom.js";
import { sourcesOfFigure } from "./figure_sources.js";
import { country, mineral } from "./meta.js";
import { amount, band, index, known, share } from "./numbers.js";
import { said, translated } from "./said.js";
import { otherPage } from "./state.js";
import { figure } from "./tip.js";
import { named, t } from "./words.js";

// A figure of a record of the answer, explained by the answer's own definitions and sources.
export function recordFigure(answer, params, record, key, format, more = {}) {
  const where = record.product ? { mineral: record.mineral, variable: key } : { mineral: record.mineral, variable: key, partner: "" };
  const own = record.product && record.source_id ? () => record.source_id.split(";") : () => sourcesOfFigure("expose", params, where);
  return figure(format(record[key]), {
    label: `${mineral(record.product || record.mineral)}: ${named("var", key)}`, value: record[key],
    unit: answer.units[key] === "fraction" ? "" : answer.units[key] || "", definition: answer.definitions[key], sources: answer.sources, ids: own, ...more,
  });
}

export function millions(kusd) {
  return known(kusd) ? amount(kusd / 1000) : amount(kusd);
}

export function coverageText(record) {
  return named("coverage", record.coverage);
}

function supplierCell(key) {
  return key ? country(key) : null;
}

// Minerals of an importer. partner: its own column where one is chosen.
export function mineralColumns(answer, params, partner) {
  const of = (key, format, more = {}) => ({
    key, label: named("col", key), numeric: true, value: (record) => record[key], cell: (record) => recordFigure(answer, params, record, key, format), ...more,
  });
  const from = partner ? sharesFrom(answer, partner) : null;
  return [
    { key: "mineral", label: t("mineral"), head: true, value: (r) => mineral(r.mineral), cell: (r) => el("a", { href: otherPage("expose", { mineral: r.mineral }) }, mineral(r.mineral)) },
    of("import_value_kusd", millions, { value: (r) => (known(r.import_value_kusd) ? r.import_value_kusd / 1000 : null) }),
    { key: "top_supplier", label: t("col.top_supplier"), words: true, value: (r) => supplierCell(r.top_supplier), cell: (r) => supplierCell(r.top_supplier) },
    of("top_supplier_weight_share", share),
    from && {
      key: "partner", label: t("col.partner", { partner: country(partner) }), numeric: true, value: (r) => from.get(r.mineral),
      cell: (r) => figure(share(from.get(r.mineral)), { label: `${mineral(r.mineral)}: ${country(partner)}`, value: from.get(r.mineral), sources: answer.sources, ids: () => sourcesOfFigure("expose", params, { mineral: r.mineral, partner, variable: "supplier_weight_share" }) }),
    },
    of("import_hhi_weight", index, { minor: true }),
    of("net_import_reliance", share, { minor: true }),
    { ...of("geopolrisk_score", index, { minor: true }), cell: (r) => recordFigure(answer, params, r, "geopolrisk_score", index, { low: r.geopolrisk_low, high: r.geopolrisk_high }) },
    of("supply_risk_of_imports", index),
    { key: "coverage", label: t("col.coverage"), minor: true, words: true, value: coverageText, cell: coverageText },
  ].filter(Boolean);
}

// The share of each mineral that one country supplies, by weight; a mineral without recorded suppliers has none.
function sharesFrom(answer, partner) {
  const shares = new Map();
  for (const row of answer.suppliers) if (!shares.has(row.mineral)) shares.set(row.mineral, 0);
  for (const row of answer.suppliers) if (row.supplier === partner) shares.set(row.mineral, row.weight_share);
  return shares;
}

// Products of processing.
export function productColumns(answer, params) {
  const number = (key, format) => ({ key, label: named("col", key), numeric: true, value: (r) => r[key], cell: (r) => recordFigure(answer, params, r, key, format) });
  return [
    { key: "product", label: t("product"), head: true, value: (r) => mineral(r.product), cell: (r) => mineral(r.product) },
    { key: "top_supplier", label: t("col.top_supplier"), words: true, value: (r) => supplierCell(r.top_supplier), cell: (r) => supplierCell(r.top_supplier) },
    number("top_supplier_share", share),
    { key: "top_producer", label: t("col.top_producer"), words: true, value: (r) => supplierCell(r.top_producer), cell: (r) => supplierCell(r.top_producer) },
    number("top_producer_share", share),
    { ...number("production_hhi", index), minor: true },
    { key: "imports_year", label: t("year"), minor: true, value: (r) => r.imports_year, cell: (r) => r.imports_year },
  ];
}

// Every figure of one mineral, one to a row.
export function indicatorColumns(answer, params) {
  return [
    { key: "name", label: t("col.variable"), head: true, value: (r) => named("var", r.key), cell: (r) => named("var", r.key) },
    { key: "value", label: t("col.value"), numeric: true, value: (r) => r.record[r.key], cell: (r) => recordFigure(answer, params, r.record, r.key, formatOf(answer.units[r.key])) },
    { key: "unit", label: t("col.unit"), value: (r) => named("unit", answer.units[r.key]), cell: (r) => named("unit", answer.units[r.key]) },
    { key: "definition", label: t("col.definition"), minor: true, words: true, value: (r) => translated(answer.definitions[r.key]) ?? answer.definitions[r.key], cell: (r) => said("span", answer.definitions[r.key]) },
  ];
}

function formatOf(unit) {
  if (unit === "fraction") return share;
  return unit === "t" || unit === "count" || unit === "thousand USD" ? amount : (value) => (known(value) ? amount(value) : t("dash"));
}

export function riskBand(record) {
  return band(record.geopolrisk_low, record.geopolrisk_high, index);
}
