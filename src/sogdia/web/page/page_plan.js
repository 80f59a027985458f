// The page of the plan: budget and price of risk over the frontier, the projects, both sides' ledgers, and why not.
import { ask } from "./api.js";
import { lineChart } from "./chart_lines.js";
import { timeChart } from "./chart_time.js";
import { DRAWN_YEARS, musd, yearsChooser } from "./page_atlas.js";
import { followChoices, importerChooser, importerOf } from "./choices.js";
import { slider, textBox } from "./controls.js";
import { el, fill } from "./dom.js";
import { chart } from "./drawing.js";
import { grid } from "./grid.js";
import { country, mineral } from "./meta.js";
import { amount, index, known, roughly, share } from "./numbers.js";
import { answering, cardRow, folded, noteList, pageFrame, section } from "./parts.js";
import { importerLedger, partnerLedger } from "./plan_ledgers.js";
import { downloads } from "./save.js";
import { change } from "./state.js";
import { figure } from "./tip.js";
import { t } from "./words.js";

const BUDGETS = [0, 50, 200, 500, 1000, 2000];
const RISKS = [0, 0.25, 0.5, 0.75, 1];
// The frontier has a line for each of these; a plan beside them is a point of its own.
const LINES = [0, 0.5, 1];
const FIRST = { budget: 1000, risk: 0.5 };
const PAUSE_MS = 350;

function budgetOf(query) {
  return query.has("budget") ? Number(query.get("budget")) : FIRST.budget;
}

function riskOf(query) {
  return query.has("risk") ? Number(query.get("risk")) : FIRST.risk;
}

function nearestPlace(list, value) {
  return list.reduce((best, one, at) => (Math.abs(one - value) < Math.abs(list[best] - value) ? at : best), 0);
}

export function planPage(query) {
  const controls = {
    importer: importerChooser(query),
    years: yearsChooser(query),
    budget: slider({ label: t("plan.budget"), name: "budget", min: 0, max: BUDGETS.length - 1, step: 1, value: nearestPlace(BUDGETS, budgetOf(query)), write: (at) => t("plan.budget.value", { budget: amount(BUDGETS[at]) }), moved: (at) => change({ budget: BUDGETS[at] }, true) }),
    risk: slider({ label: t("plan.risk"), name: "risk", min: 0, max: RISKS.length - 1, step: 1, value: nearestPlace(RISKS, riskOf(query)), write: (at) => t("plan.risk.value", { risk: index(RISKS[at]) }), moved: (at) => change({ risk: RISKS[at] }, true) }),
  };
  const frame = pageFrame(t("plan.title"), t("plan.lead"), [...Object.values(controls).map((one) => one.node), el("p", { class: "quiet" }, t("plan.risk.how"))]);
  const frontierBox = el("div", { "aria-live": "polite" });
  const planBox = el("div", { "aria-live": "off" });
  const answers = answering({ status: frame.status, answer: planBox });
  const frontiers = answering({ status: el("p"), answer: frontierBox });
  frame.answer.append(frontierBox, planBox);
  let waiting = null;
  let shownFor = null;
  const update = (now) => {
    followChoices({ importer: controls.importer }, now);
    controls.years.set(now.get("years") || DRAWN_YEARS[0]);
    controls.budget.set(nearestPlace(BUDGETS, budgetOf(now)));
    controls.risk.set(nearestPlace(RISKS, riskOf(now)));
    const params = { importer: importerOf(now), years: now.get("years") || DRAWN_YEARS[0], seed: "1" };
    const chosen = { budget: budgetOf(now), risk: riskOf(now) };
    const work = async () => {
      const frontier = ask("plan", { ...params, ...chosen }, "plan").catch(() => null).then((plan) => frontiers(() => ask("frontier", { ...params, budget: BUDGETS, risk: LINES }, "frontier"), (answer) => { fill(frontierBox, frontierParts(answer, chosen, plan)); }));
      await answers(() => ask("plan", { ...params, ...chosen }, "plan"), (plan) => {
        fill(planBox, planParts(plan, { ...params, ...chosen }));
        return t("plan.said", { count: plan.chosen.length, before: amount(plan.expected_loss_musd.before), after: amount(plan.expected_loss_musd.after) });
      });
      await frontier;
    };
    const key = JSON.stringify(params);
    clearTimeout(waiting);
    if (shownFor !== key) {
      shownFor = key;
      fill(frontierBox, el("p", { class: "quiet" }, t("plan.frontier.working")));
      return work();
    }
    // A slider that still moves asks nothing yet.
    return new Promise((done) => { waiting = setTimeout(() => done(work()), PAUSE_MS); });
  };
  return { node: frame.node, update };
}

function frontierParts(answer, chosen, plan) {
  const risks = [...new Set(answer.frontier.map((row) => row.risk))];
  const here = (row) => row.risk === chosen.risk && row.budget_musd === chosen.budget;
  const lines = risks.map((risk) => ({
    name: t("plan.risk.value", { risk: index(risk) }),
    points: answer.frontier.filter((row) => row.risk === risk).map((row) => ({
      x: row.spent_musd, y: row.cvar_musd, here: here(row), press: () => change({ budget: row.budget_musd, risk: row.risk }),
      details: { ...musd(answer, t("plan.point", { budget: amount(row.budget_musd), risk: index(row.risk) }), row.cvar_musd), text: t("plan.point.more", { spent: amount(row.spent_musd), cost: amount(row.yearly_cost_musd), expected: amount(row.expected_loss_musd), count: row.chosen.length }) },
    })),
  }));
  if (plan && !answer.frontier.some(here)) lines.push({ name: t("plan.this"), points: [ownPoint(plan)] });
  const draw = (width) => lineChart(width, t("plan.frontier"), lines, { x: t("axis.spent"), y: t("axis.cvar_musd"), fromZero: false });
  const columns = [
    { key: "budget", label: t("plan.budget"), head: true, numeric: true, value: (r) => r.budget_musd, cell: (r) => amount(r.budget_musd) },
    ...["risk", "spent_musd", "yearly_cost_musd", "expected_loss_musd", "cvar_musd"].map((key) => ({ key, label: t(`col.${key}`), numeric: true, value: (r) => r[key], cell: (r) => figure(amount(r[key]), musd(answer, t(`col.${key}`), r[key])) })),
    { key: "count", label: t("col.projects"), numeric: true, value: (r) => r.chosen.length, cell: (r) => String(r.chosen.length) },
  ];
  const none = answer.frontier.find((row) => row.spent_musd === 0);
  const best = answer.frontier.reduce((a, b) => (b.cvar_musd < a.cvar_musd ? b : a));
  return chart({ finding: t("plan.frontier.finding", { before: amount(none ? none.cvar_musd : null), after: amount(best.cvar_musd), spent: amount(best.spent_musd) }), label: t("plan.frontier"), draw, file: "frontier", table: () => grid({ caption: t("plan.frontier"), hiddenCaption: true, columns, rows: answer.frontier, file: "frontier" }).node });
}

function ownPoint(plan) {
  const spent = plan.chosen.reduce((sum, one) => sum + one.cost_musd, 0);
  return { x: spent, y: plan.cvar_musd.after, here: true, details: musd(plan, t("plan.this"), plan.cvar_musd.after) };
}

function planParts(plan, params) {
  return [
    plan.summary && el("p", { class: "lead", lang: "en" }, plan.summary),
    headline(plan),
    chosenTable(plan),
    timeLine(plan),
    importerLedger(plan),
    partnerLedger(plan),
    whyNot(plan),
    sensitivity(plan),
    noteList(plan.notes),
    downloads("plan", params),
  ];
}

function headline(plan) {
  const card = (label, value, more) => ({ label, figure: el("button", { type: "button", class: "bare" }, figure(amount(value), musd(plan, label, value))), more });
  return cardRow([
    card(t("plan.expected"), plan.expected_loss_musd.after, t("plan.before", { before: amount(plan.expected_loss_musd.before) })),
    card(t("plan.tail"), plan.cvar_musd.after, t("plan.before", { before: amount(plan.cvar_musd.before) })),
    card(t("plan.yearly"), plan.importer.yearly_cost_musd, t("plan.yearly.avoided", { avoided: amount(plan.importer.avoided_loss_musd.total) })),
    card(t("plan.samplegap"), plan.sample_gap.gap_musd, known(plan.sample_gap.se_musd) ? `± ${amount(1.96 * plan.sample_gap.se_musd)}` : null),
  ]);
}

function chosenTable(plan) {
  if (!plan.chosen.length) return section(t("plan.chosen"), el("p", {}, t("plan.chosen.none")));
  const number = (key, more = {}) => ({ key, label: t(`col.${key}`), numeric: true, value: (r) => r[key], cell: (r) => figure(roughly(r[key]), musd(plan, `${r.name}: ${t(`col.${key}`)}`, r[key])), ...more });
  const place = (r) => (r.country ? country(r.country) : country(plan.importer.key));
  const columns = [
    { key: "name", label: t("col.project"), head: true, words: true, value: (r) => r.name, cell: (r) => el("span", { lang: "en" }, r.name) },
    { key: "country", label: t("col.country"), words: true, value: place, cell: place },
    { key: "market", label: t("ledger.market"), words: true, minor: true, value: (r) => mineral(r.market), cell: (r) => mineral(r.market) },
    { key: "share", label: t("col.offtake"), numeric: true, minor: true, value: (r) => r.share, cell: (r) => figure(share(r.share), { label: `${r.name}: ${t("col.offtake")}`, value: r.share, sources: plan.sources }) },
    number("cost_musd"), number("yearly_cost_musd"), number("yearly_worth_musd"), number("shapley_musd", { minor: true }),
  ];
  return section(t("plan.chosen"), el("p", { class: "quiet" }, t("plan.worth.how")), grid({ caption: t("plan.chosen"), hiddenCaption: true, columns, rows: plan.chosen, sort: { key: "yearly_worth_musd", down: true }, file: "plan" }).node);
}

function timeLine(plan) {
  const rows = (plan.timeline || []).filter((one) => known(one.start) && known(one.operating_from) && known(one.operating_to));
  if (!rows.length) return null;
  const details = (one) => ({ label: one.name || one.project, value: one.cost_musd, unit: "MUSD", text: t("plan.time.row", { start: one.start, from: one.operating_from, to: one.operating_to }), sources: plan.sources });
  const draw = (width) => timeChart(width, t("plan.time"), rows.map((one) => ({ name: one.name || one.project, country: one.country || plan.importer.key, start: one.start, from: one.operating_from, to: one.operating_to, details: details(one) })));
  const columns = [
    { key: "name", label: t("col.project"), head: true, words: true, value: (r) => r.name, cell: (r) => el("span", { lang: "en" }, r.name || r.project) },
    ...["start", "operating_from", "operating_to"].map((key) => ({ key, label: t(`col.${key}`), numeric: true, value: (r) => r[key], cell: (r) => String(r[key]) })),
    { key: "cost_musd", label: t("col.cost_musd"), numeric: true, value: (r) => r.cost_musd, cell: (r) => figure(amount(r.cost_musd), details(r)) },
  ];
  const first = rows.reduce((a, b) => (b.operating_from < a.operating_from ? b : a));
  return chart({ finding: t("plan.time.finding", { name: first.name || first.project, year: first.operating_from }), label: t("plan.time"), draw, file: "timeline", table: () => grid({ caption: t("plan.time"), hiddenCaption: true, columns, rows, file: "timeline" }).node });
}

function whyNot(plan) {
  const columns = [
    { key: "project", label: t("col.project"), head: true, words: true, value: (r) => r.project, cell: (r) => el("span", { lang: "en" }, (r.name || r.project).replaceAll("_", " ")) },
    { key: "why", label: t("col.why"), words: true, value: (r) => r.why, cell: (r) => el("span", { lang: "en" }, r.why) },
  ];
  const table = grid({ caption: t("plan.whynot"), hiddenCaption: true, columns, rows: plan.not_chosen, file: "not_chosen" });
  const box = textBox({ label: t("filter"), name: "whynot", typed: (text) => table.show(plan.not_chosen.filter((one) => `${one.project} ${one.why}`.replaceAll("_", " ").toLowerCase().includes(text.trim().toLowerCase()))) });
  return section(t("plan.whynot"), folded(t("plan.whynot.open", { count: plan.not_chosen.length }), () => [el("div", { class: "filter noprint" }, box.node), table.node]));
}

// Which assumption would change the choice, and from what value on.
function sensitivity(plan) {
  const rows = plan.sensitivity || [];
  if (!rows.length) return null;
  const plain = (key) => ({ key, label: t(`stat.${key}`), numeric: true, minor: true, value: (r) => r[key], cell: (r) => figure(amount(r[key]), { label: `${r.assumption}: ${t(`stat.${key}`)}`, value: r[key], sources: plan.sources }) });
  const flips = (r) => (known(r.flips_at) ? figure(amount(r.flips_at), { label: r.assumption, value: r.flips_at, sources: plan.sources }) : t("plan.noflip"));
  const columns = [
    { key: "assumption", label: t("col.assumption"), head: true, words: true, value: (r) => r.assumption, cell: (r) => el("span", { lang: "en" }, String(r.assumption).replaceAll("_", " ")) },
    { key: "project", label: t("col.project"), words: true, value: (r) => r.project, cell: (r) => r.project && el("span", { lang: "en" }, r.project.replaceAll("_", " ")) },
    plain("low"), plain("central"), plain("high"),
    { key: "flips_at", label: t("col.flips_at"), numeric: true, value: (r) => r.flips_at, cell: flips },
  ];
  const table = (kept) => grid({ caption: t("plan.sensitivity"), hiddenCaption: true, columns, rows: kept, file: "sensitivity" }).node;
  const deciding = rows.filter((row) => known(row.flips_at));
  return section(t("plan.sensitivity"),
    el("p", {}, t("plan.sensitivity.said", { deciding: deciding.length, all: rows.length })),
    deciding.length > 0 && table(deciding),
    folded(t("plan.sensitivity.open", { count: rows.length }), () => table(rows)));
}
