// The rows of a shock as tables and cards: base, answer and band of each variable, with what stands behind them.
import { country, mineral } from "./meta.js";
import { amount, band, changeShare, index, known, share, times } from "./numbers.js";
import { figure } from "./tip.js";
import { named, t } from "./words.js";

export function formatOfUnit(unit) {
  return { ratio: times, fraction: share, "0..1": index }[unit] || amount;
}

// Figures of thousand dollars are shown in millions; what is given for programs stays as it was answered.
function shownValue(row, value) {
  return row.unit === "kUSD" && known(value) ? value / 1000 : value;
}

export function shownUnit(row) {
  return named("unit", row.unit === "kUSD" ? "MUSD" : row.unit);
}

export function rowName(answer, row) {
  const who = row.country === null ? t("world") : country(row.country);
  return `${who}: ${named("var", row.variable)}${row.partner ? ` – ${country(row.partner)}` : ""}`;
}

// A figure of a row. key: base, low, central or high.
export function rowFigure(answer, row, key) {
  const text = row.beyond && key !== "base" ? t("beyond") : formatOfUnit(row.unit)(shownValue(row, row[key]));
  return figure(text, {
    label: `${rowName(answer, row)} (${t(`stat.${key}`)})`, value: row[key], unit: row.unit === "ratio" ? "" : row.unit,
    low: key === "central" ? row.low : undefined, high: key === "central" ? row.high : undefined,
    text: row.beyond ? t("beyond.why") : null, definition: null, sources: answer.sources,
  });
}

export function rowBand(row) {
  const format = formatOfUnit(row.unit);
  return band(shownValue(row, row.low), shownValue(row, row.high), format);
}

export function shockColumns(answer, withCountry = true) {
  const stat = (key, minor) => ({ key, label: t(`stat.${key}`), numeric: true, minor, value: (r) => r[key], cell: (r) => rowFigure(answer, r, key) });
  return [
    withCountry && { key: "country", label: t("col.country"), words: true, value: (r) => countryOf(r), cell: (r) => countryOf(r) },
    { key: "variable", label: t("col.variable"), head: true, words: true, value: (r) => variableOf(r), cell: (r) => variableOf(r) },
    { key: "unit", label: t("col.unit"), minor: true, value: shownUnit, cell: shownUnit },
    stat("base"), stat("central"), stat("low", true), stat("high", true),
    { key: "change", label: t("col.change"), numeric: true, value: (r) => (r.base ? r.central / r.base - 1 : null), cell: (r) => (known(r.base) && r.base !== 0 ? changeShare(r.base, r.central) : null) },
  ].filter(Boolean);
}

function countryOf(row) {
  return row.country === null ? t("world") : country(row.country);
}

function variableOf(row) {
  return named("var", row.variable) + (row.partner ? ` – ${country(row.partner)}` : "");
}

export function importerRow(answer, variable) {
  return answer.rows.find((row) => row.role === "importer" && row.variable === variable && row.partner === null);
}

export function marketName(answer) {
  return mineral(answer.product || answer.mineral);
}
