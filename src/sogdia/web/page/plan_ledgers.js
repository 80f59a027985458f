// Both sides of a plan: what the importer avoids and pays, and what each partner gains, gives and needs.
import { el } from "./dom.js";
import { grid } from "./grid.js";
import { country, mineral } from "./meta.js";
import { amount, band, known, roughly, share, signed } from "./numbers.js";
import { section } from "./parts.js";
import { figure } from "./tip.js";
import { t } from "./words.js";

function money(answer, label, value, more = {}) {
  return figure(roughly(value), { label, value, unit: "MUSD", sources: answer.sources, ...more });
}

// What the importer avoids, by market and part.
export function importerLedger(plan) {
  const rows = Object.entries(plan.importer.by_market).map(([market, parts]) => ({ market, ...parts, total: Object.values(parts).reduce((sum, one) => sum + one, 0) }));
  const cell = (key) => ({ key, label: t(`ledger.${key}`), numeric: true, value: (r) => r[key], cell: (r) => money(plan, `${mineral(r.market)}: ${t(`ledger.${key}`)}`, r[key]), minor: key === "transfer" });
  const columns = [{ key: "market", label: t("ledger.market"), head: true, words: true, value: (r) => mineral(r.market), cell: (r) => mineral(r.market) }, cell("price"), cell("insurance"), cell("transfer"), cell("total")];
  const days = (plan.importer.days_of_cover || []).filter((one) => one.before !== one.after).map((one) => t("ledger.days", { market: mineral(one.market), before: amount(one.before), after: amount(one.after) }));
  const shares = (plan.importer.shares || []).map((one) => t("ledger.share", { market: mineral(one.market), country: country(one.top_supplier), before: share(one.before), after: share(one.after) }));
  return section(t("ledger.importer", { importer: country(plan.importer.key) }),
    known(plan.importer.makers_of_today_musd) && el("p", {}, t("ledger.makers", { change: signed(plan.importer.makers_of_today_musd) })),
    el("p", {}, t("ledger.importer.said", { avoided: amount(plan.importer.avoided_loss_musd.total), cost: amount(plan.importer.yearly_cost_musd) })),
    rows.length ? grid({ caption: t("ledger.importer", { importer: country(plan.importer.key) }), hiddenCaption: true, columns, rows, sort: { key: "total", down: true }, file: "ledger_importer" }).node : null,
    [...days, ...shares].length > 0 && el("ul", {}, [...days, ...shares].map((text) => el("li", {}, text))));
}

const PARTNER_ROWS = ["output_musd", "exports_musd", "inputs_musd", "value_added", "savings_musd", "makers_of_today_musd", "capital_musd", "fiscal_revenue_musd", "jobs", "jobs_building", "share_of_chain_at_home", "water_m3", "energy_kwh", "co2_t"];

// What each partner gains, gives and needs; what is not known is a dash.
export function partnerLedger(plan) {
  if (!plan.partners.length) return section(t("ledger.partners"), el("p", {}, t("ledger.nopartners")));
  const rows = PARTNER_ROWS.filter((key) => key === "value_added" || plan.partners.some((one) => key in one)).map((key) => ({ key }));
  const columns = [
    { key: "what", label: t("ledger.what"), head: true, words: true, value: (r) => t(`ledger.${r.key}`), cell: (r) => t(`ledger.${r.key}`) },
    ...plan.partners.map((one) => ({ key: one.country, label: country(one.country), numeric: true, value: (r) => plainValue(one, r.key), cell: (r) => partnerFigure(plan, one, r.key) })),
  ];
  return section(t("ledger.partners"), grid({ caption: t("ledger.partners"), hiddenCaption: true, columns, rows, file: "ledger_partners" }).node, othersLine(plan));
}

function plainValue(partner, key) {
  if (key === "value_added") return partner.value_added_low_musd;
  const value = partner[key];
  return known(value) ? value : null;
}

function partnerFigure(plan, partner, key) {
  const label = `${country(partner.country)}: ${t(`ledger.${key}`)}`;
  if (key === "value_added") {
    const text = band(partner.value_added_low_musd, partner.value_added_high_musd, amount) || t("dash");
    return figure(text, { label, low: partner.value_added_low_musd, high: partner.value_added_high_musd, unit: "MUSD", sources: plan.sources });
  }
  const value = partner[key];
  if (value !== null && typeof value === "object") return bandOf(plan, label, key, value);
  return figure(amount(value), { label, value, sources: plan.sources });
}

// A figure with a band, or one for each market.
function bandOf(plan, label, key, value) {
  if ("central" in value) return figure(amount(value.central), { label, value: value.central, low: value.low, high: value.high, sources: plan.sources });
  const format = key.startsWith("share") ? share : amount;
  const text = Object.entries(value).filter(([, one]) => known(one)).map(([market, one]) => `${mineral(market)} ${format(one)}`).join(", ");
  return figure(text || t("dash"), { label, text, sources: plan.sources });
}

function othersLine(plan) {
  if (!plan.others || !known(plan.others.total_musd)) return null;
  const names = Object.entries(plan.others.by_country).map(([key, value]) => `${country(key)} ${amount(value)}`).join(", ");
  const losers = Object.entries(plan.others.losers || {}).map(([key, value]) => `${country(key)} ${amount(value)}`).join(", ");
  return [
    el("p", {}, t("ledger.others", { total: amount(plan.others.total_musd), names })),
    losers && el("p", {}, t("ledger.losers", { total: amount(plan.others.sellers_lose_musd), names: losers })),
  ];
}
