// The page of corridors: the ways from a mine to a port on a map, with closures and upgrades switched on and off.
import { ask } from "./api.js";
import { barChart } from "./chart_bars.js";
import { WAY_COLOURS, routeMap } from "./chart_map.js";
import { followChoices, importerChooser, importerOf } from "./choices.js";
import { chooser, ticks } from "./controls.js";
import { el, fill } from "./dom.js";
import { chart } from "./drawing.js";
import { sourcesOfFigure } from "./figure_sources.js";
import { grid } from "./grid.js";
import { closureName, country, metaNow, mineralChoices, mineralInside, placeName, sorted } from "./meta.js";
import { amount, band, index, known, share } from "./numbers.js";
import { answering, cardRow, noteList, pageFrame, section } from "./parts.js";
import { downloads } from "./save.js";
import { change, place } from "./state.js";
import { figure } from "./tip.js";
import { called, listed, named, t } from "./words.js";

const FIRST = { from: "KAZ:Khromtau", mineral: "chromium" };
const ORIGINS = new Set(["mine", "plant"]);
const ENDS = new Set(["destination", "port_ocean"]);

function placeChoices(kinds) {
  const found = metaNow().places.filter((one) => kinds.has(one.kind));
  const countries = [...new Set(found.map((one) => one.country))].map((key) => ({ value: key, label: country(key) }));
  return sorted(countries).map(({ value, label }) => ({ group: label, choices: sorted(found.filter((one) => one.country === value).map((one) => ({ value: one.key, label: one.en }))) }));
}

function closureChoices(kind) {
  return metaNow().closures.filter((one) => one.kind === kind).map((one) => ({ value: one.key, label: called(one) }));
}

// One list of ticks for each kind of closure; all of them are one parameter.
function closers(query) {
  const kinds = ["state", "chokepoint", "border"];
  const chosen = () => new Set(place().query.getAll("close"));
  const boxes = kinds.map((kind) => {
    const choices = closureChoices(kind);
    const mine = new Set(choices.map((one) => one.value));
    return ticks({ legend: t(`close.${kind}`), name: `close_${kind}`, choices, chosen: new Set(query.getAll("close")), changed: (values) => change({ close: [...[...chosen()].filter((one) => !mine.has(one)), ...values] }) });
  });
  return { nodes: boxes.map((one) => one.node), set: (now) => boxes.forEach((one) => one.set(new Set(now.getAll("close")))) };
}

export function corridorsPage(query) {
  const importer = importerChooser(query);
  const from = chooser({ label: t("route.from"), name: "from", choices: placeChoices(ORIGINS), value: query.get("from") || FIRST.from, change: (value) => change({ from: value }) });
  const to = chooser({ label: t("route.to"), name: "to", none: t("route.cheapest"), choices: placeChoices(ENDS), value: query.get("to"), change: (value) => change({ to: value || null }) });
  const cargo = chooser({ label: t("mineral"), name: "mineral", choices: mineralChoices(), value: query.get("mineral") || FIRST.mineral, change: (value) => change({ mineral: value }) });
  const shut = closers(query);
  const upgrades = ticks({ legend: t("upgrades"), name: "upgrade", choices: metaNow().upgrades.map((one) => ({ value: one.key, label: called(one) })), chosen: new Set(query.getAll("upgrade")), changed: (values) => change({ upgrade: values }) });
  const frame = pageFrame(t("route.title"), t("route.lead"), [importer.node, from.node, to.node, cargo.node, el("h2", {}, t("closures")), shut.nodes, el("h2", {}, t("upgrades")), upgrades.node]);
  const answers = answering(frame);
  const update = (now) => {
    followChoices({ importer }, now);
    from.set(now.get("from") || FIRST.from);
    to.set(now.get("to"));
    cargo.set(now.get("mineral") || FIRST.mineral);
    shut.set(now);
    upgrades.set(new Set(now.getAll("upgrade")));
    const params = { from: now.get("from") || FIRST.from, to: now.get("to"), importer: importerOf(now), mineral: now.get("mineral") || FIRST.mineral, close: now.getAll("close"), upgrade: now.getAll("upgrade") };
    return answers(() => Promise.all([ask("route", params, "route"), ask("map")]), ([answer, map]) => {
      fill(frame.answer, routeParts(answer, map, params));
      return t("route.said", { count: answer.alternatives.length, days: amount(answer.best.days) });
    });
  };
  return { node: frame.node, update };
}

function routeParts(answer, map, params) {
  return [
    headCards(answer, params),
    mapPicture(answer, map, params),
    section(t("route.alternatives"), grid({ caption: t("route.alternatives"), hiddenCaption: true, columns: wayColumns(answer, params), rows: answer.alternatives, file: "routes" }).node),
    answer.cheaper_not_usable.length > 0 && section(t("route.notusable"), grid({ caption: t("route.notusable"), hiddenCaption: true, columns: notUsableColumns(answer), rows: answer.cheaper_not_usable, file: "not_usable" }).node),
    costPicture(answer),
    answer.premium.length > 0 && section(t("route.premium"), el("p", { class: "quiet" }, t("route.premium.lead")), grid({ caption: t("route.premium"), hiddenCaption: true, columns: premiumColumns(answer), rows: answer.premium, file: "closures" }).node),
    answer.on_record.length > 0 && section(t("route.onrecord"), el("ul", { lang: "en" }, answer.on_record.map((one) => el("li", {}, `${one.statement} (${one.year}; ${one.sources.join(", ")})`)))),
    noteList(answer.notes),
    downloads("route", params),
  ];
}

// A link as the places at its ends.
function hangName(name) {
  return name.replace(/:[a-z_+]+$/, "").split("--").map(closureName).join(" – ");
}

// Where a figure of an alternative comes from: the tidy table names its way by number.
function wayFigure(answer, params, way, key, format, more = {}) {
  return figure(format(way[key]), { label: `${wayName(way)}: ${named("var", key)}`, value: way[key], sources: answer.sources, ids: () => sourcesOfFigure("route", params, { alternative: way.alternative, variable: key }), ...more });
}

function headCards(answer, params) {
  const { best } = answer;
  const button = (node) => el("button", { type: "button", class: "bare" }, node);
  return cardRow([
    { label: t("route.best"), figure: el("span", { class: "name" }, wayName(best)), more: t("route.status", { status: named("status", best.status_now) }) },
    { label: t("col.cost_usd_per_t"), figure: button(wayFigure(answer, params, best, "cost_usd_per_t", amount, { low: best.cost_low_usd_per_t, high: best.cost_high_usd_per_t })), more: band(best.cost_low_usd_per_t, best.cost_high_usd_per_t, amount) },
    { label: t("col.days"), figure: button(wayFigure(answer, params, best, "days", amount, { low: best.days_low, high: best.days_high })), more: band(best.days_low, best.days_high, amount) },
    { label: t("col.p_closure_12m"), figure: button(wayFigure(answer, params, best, "p_closure_12m", share, { low: best.p_closure_12m_low, high: best.p_closure_12m_high })), more: band(best.p_closure_12m_low, best.p_closure_12m_high, share) },
    { label: t("route.independent"), figure: String(answer.independent_corridors), more: answer.hangs_on.length ? t("route.hangson", { places: listed(answer.hangs_on.map((one) => hangName(one.name))) }) : null },
  ]);
}

function linkKey(start, end, mode) {
  return [...[start, end].sort(), mode].join(" ");
}

// A way by its countries and the port it leaves the land by.
function wayName(way) {
  if (!way.via) return null;
  const [codes, ...rest] = way.via.split(" by ");
  const port = rest.length ? [null, rest.join(" by ")] : null;
  const countries = codes.split(" - ").map(country).join(" – ");
  return port ? t("route.via", { countries, port: port[1].replace(/([a-z])([A-Z])/g, "$1 $2") }) : countries;
}

// The lines of each alternative: its legs, found again among the links of the map.
function wayLines(answer, map) {
  const links = new Map();
  for (const one of map.features) {
    if (one.properties.layer !== "link") continue;
    const key = linkKey(one.properties.start, one.properties.end, one.properties.mode);
    links.set(key, [...(links.get(key) || []), one]);
  }
  return answer.legs.flatMap((leg) => {
    const found = (links.get(linkKey(leg.from, leg.to, leg.doing)) || []).find((one) => Math.abs(one.properties.km - leg.km) < 0.5);
    if (!found) return [];
    const way = answer.alternatives.find((one) => one.alternative === leg.alternative);
    const details = { label: `${leg.alternative}. ${wayName(way)}`, text: `${placeName(leg.from)} – ${placeName(leg.to)}: ${named("doing", leg.doing)}, ${amount(leg.km)} km, ${amount(leg.hours)} h`, sources: {} };
    return [{ geometry: found.geometry, properties: { alternative: leg.alternative, details } }];
  });
}

function borderPoints(map, used, closed) {
  const points = map.features.filter((one) => one.properties.layer === "link" && one.properties.border && (used.has(one.properties.border) || closed.has(one.properties.border)));
  return points.map((one) => {
    const line = one.geometry.coordinates[0];
    return { id: one.properties.border, lon: (line[0][0] + line[line.length - 1][0]) / 2, lat: (line[0][1] + line[line.length - 1][1]) / 2 };
  });
}

function mapPicture(answer, map, params) {
  const closed = new Set(params.close);
  const toggle = (id) => change({ close: closed.has(id) ? params.close.filter((one) => one !== id) : [...params.close, id] });
  const straits = metaNow().closures.filter((one) => one.kind === "chokepoint" && known(one.lat)).map((one) => ({ id: one.key, lon: one.lon, lat: one.lat }));
  const borders = borderPoints(map, new Set(answer.alternatives.flatMap((one) => one.borders.split(";"))), closed);
  const marks = [...straits, ...borders].map((one) => ({ ...one, name: closureName(one.id), closed: closed.has(one.id), hint: t(closed.has(one.id) ? "map.open" : "map.close") }));
  const ports = new Set(answer.alternatives.flatMap((one) => one.ports.split(";")));
  const ends = new Set([answer.origin, answer.destination]);
  const places = metaNow().places.filter((one) => ends.has(one.key) || ports.has(one.key)).map((one) => ({ name: one.en, lon: one.lon, lat: one.lat, end: ends.has(one.key), named: ports.has(one.key) }));
  const land = map.features.filter((one) => one.properties.layer === "country");
  const draw = (width) => routeMap(width, t("route.map"), { land, ways: wayLines(answer, map), places, straits: marks, press: toggle });
  const { best } = answer;
  return [
    chart({ finding: t("route.finding", { via: wayName(best), cost: amount(best.cost_usd_per_t), days: amount(best.days), independent: answer.independent_corridors }), label: t("route.map"), draw, file: "corridors" }),
    el("ol", { class: "legend ways" }, answer.alternatives.map((way) => el("li", {}, lineSwatch(way.alternative), `${wayName(way)} (${[amount(way.cost_usd_per_t) + " USD/t", ...straitsOf(way)].join("; ")})`))),
    el("p", { class: "quiet noprint" }, t("route.map.how")),
  ];
}

function straitsOf(way) {
  return way.chokepoints ? way.chokepoints.split(";").map(closureName) : [];
}

function lineSwatch(alternative) {
  const mark = el("span", { class: "swatch line", "aria-hidden": "true" });
  mark.style.background = WAY_COLOURS[(alternative - 1) % WAY_COLOURS.length];
  return mark;
}

function wayColumns(answer, params) {
  const number = (key, format, more = {}) => ({ key, label: named("col", key), numeric: true, value: (r) => r[key], cell: (r) => wayFigure(answer, params, r, key, format, more.details ? more.details(r) : {}), minor: more.minor });
  return [
    { key: "via", label: t("route.way"), head: true, words: true, value: (r) => r.alternative, cell: (r) => `${r.alternative}. ${wayName(r)}` },
    { key: "straits", label: t("col.straits"), words: true, minor: true, value: (r) => straitsOf(r).join(", "), cell: (r) => straitsOf(r).join(", ") },
    number("cost_usd_per_t", amount, { details: (r) => ({ low: r.cost_low_usd_per_t, high: r.cost_high_usd_per_t }) }),
    { key: "band", label: t("col.band"), numeric: true, minor: true, value: (r) => r.cost_low_usd_per_t, cell: (r) => band(r.cost_low_usd_per_t, r.cost_high_usd_per_t, amount) },
    number("days", amount, { details: (r) => ({ low: r.days_low, high: r.days_high }) }),
    number("border_hours", amount, { minor: true }),
    number("p_closure_12m", share, { details: (r) => ({ low: r.p_closure_12m_low, high: r.p_closure_12m_high }) }),
    number("co2_kg_per_t", amount, { minor: true }),
    number("probability_cheapest", share, { minor: true }),
    { key: "status_now", label: t("col.status"), value: (r) => named("status", r.status_now), cell: (r) => named("status", r.status_now) },
  ];
}

function notUsableColumns(answer) {
  const plain = (key, format) => ({ key, label: named("col", key), numeric: true, value: (r) => r[key], cell: (r) => figure(format(r[key]), { label: `${wayName(r)}: ${named("var", key)}`, value: r[key], sources: answer.sources }) });
  return [
    { key: "via", label: t("route.way"), head: true, words: true, value: wayName, cell: wayName },
    plain("cost_usd_per_t", amount), plain("days", amount),
    { key: "reason", label: t("col.why"), words: true, value: (r) => r.reason, cell: (r) => el("span", { lang: "en" }, r.reason) },
  ];
}

function premiumColumns(answer) {
  const plain = (key) => ({ key, label: named("col", key), numeric: true, value: (r) => r[key], cell: (r) => figure(amount(r[key]), { label: `${r.closed}: ${named("col", key)}`, value: r[key], sources: answer.sources }) });
  const closedName = (r) => closureName(r.closed);
  return [
    { key: "closed", label: t("col.closed"), head: true, words: true, value: closedName, cell: closedName },
    { key: "status", label: t("col.status"), minor: true, value: (r) => named("status", r.status), cell: (r) => named("status", r.status) },
    plain("extra_usd_per_t"), plain("extra_days"),
    { key: "via", label: t("route.instead"), words: true, minor: true, value: wayName, cell: wayName },
  ];
}

function costPicture(answer) {
  const parts = answer.breakdown.filter((row) => row.alternative === answer.best.alternative);
  const of = (component, stat) => (parts.find((row) => row.component === component && row.stat === stat) || {}).usd_per_t;
  const components = [...new Set(parts.map((row) => row.component))].filter((one) => one !== "total" && of(one, "central") !== 0);
  if (!components.length) return null;
  const rows = components.map((one) => ({ component: one, low: of(one, "low"), central: of(one, "central"), high: of(one, "high") }));
  const details = (row) => ({ label: named("cost", row.component), value: row.central, low: row.low, high: row.high, unit: "USD/t", sources: answer.sources });
  const draw = (width) => barChart(width, t("route.cost"), rows.map((row) => ({ name: named("cost", row.component), value: row.central, low: row.low, high: row.high, colour: "#3f7f93", text: amount(row.central), details: details(row) })));
  const columns = [
    { key: "component", label: t("col.part"), head: true, value: (r) => named("cost", r.component), cell: (r) => named("cost", r.component) },
    ...["low", "central", "high"].map((stat) => ({ key: stat, label: t(`stat.${stat}`), numeric: true, value: (r) => r[stat], cell: (r) => figure(index(r[stat], 1), { ...details(r), value: r[stat] }) })),
  ];
  const most = rows.reduce((a, b) => (b.central > a.central ? b : a));
  return chart({ finding: t("route.cost.finding", { part: named("cost", most.component), share: share(most.central / answer.best.cost_usd_per_t), mineral: mineralInside(answer.cargo.mineral) }), label: t("route.cost"), draw, file: "cost", table: () => grid({ caption: t("route.cost"), hiddenCaption: true, columns, rows, file: "cost" }).node });
}
