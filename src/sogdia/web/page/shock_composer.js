// The desk where a shock is put together: what happens, where, how much; stocks; corridors.
import { marketChooser } from "./choices.js";
import { button, chooser, numberBox } from "./controls.js";
import { el, fill } from "./dom.js";
import { country, countryChoices, metaNow } from "./meta.js";
import { SIZES, eventParts, eventText } from "./shock_events.js";
import { change } from "./state.js";
import { called, listed, t } from "./words.js";

export function kindsOfEvents() {
  return metaNow().events.filter((one) => one.name in SIZES);
}

// An event as a sentence.
export function eventSentence(kind, text) {
  const { who, towards, size } = eventParts(kind, text);
  const slots = { who: listed(who.map(country)), to: towards.length ? listed(towards.map(country)) : "", size: size === null ? "" : size };
  slots.who = who.includes("WORLD") ? t("world") : slots.who;
  return t(towards.length ? `event.${kind}.to` : `event.${kind}`, slots);
}

// The part that adds an event.
function adder(query) {
  const kinds = kindsOfEvents();
  const kind = chooser({ label: t("shock.kind"), name: "kind", choices: kinds.map(({ name }) => ({ value: name, label: t(`kind.${name}`) })), value: "cut", change: () => follow() });
  const who = chooser({ label: t("shock.who"), name: "who", choices: countryChoices(), value: "CHN", change: () => {} });
  const towards = chooser({ label: t("shock.towards"), name: "towards", none: t("shock.everyone"), choices: countryChoices(), value: "", change: () => {} });
  const size = numberBox({ label: t("shock.size"), name: "size", value: 40, min: 0, unit: "%" });
  const follow = () => {
    const one = kinds.find(({ name }) => name === kind.list.value);
    const unit = SIZES[one.name];
    who.offer([...(one.name === "demand" ? [{ value: "WORLD", label: t("world") }] : []), ...countryChoices()], who.list.value || "CHN");
    size.node.hidden = unit === null;
    towards.node.hidden = !one.destinations;
    if (unit === null) return;
    size.set(unit.first);
    size.node.querySelector(".with-unit span").textContent = unit.unit;
    size.node.querySelector("label").textContent = t(`size.${one.name}`);
  };
  const add = () => {
    const one = kinds.find(({ name }) => name === kind.list.value);
    const entered = Number(size.get());
    if (SIZES[one.name] !== null && (size.get() === "" || !Number.isFinite(entered))) {
      size.entered.focus();
      return;
    }
    const text = eventText(one.name, who.list.value, one.destinations ? towards.list.value : "", entered);
    const now = query().getAll(one.name);
    if (!now.includes(text)) change({ [one.name]: [...now, text] });
  };
  follow();
  return el("fieldset", {}, el("legend", {}, t("shock.add")), kind.node, who.node, towards.node, size.node, button(t("shock.add.press"), add, { class: "main", name: "add" }));
}

function eventList(query) {
  const items = kindsOfEvents().flatMap(({ name }) => query.getAll(name).map((text) => {
    const without = () => change({ [name]: query.getAll(name).filter((one) => one !== text) });
    const sentence = eventSentence(name, text);
    return el("li", {}, el("span", {}, sentence), button("×", without, { class: "small", "aria-label": t("shock.remove", { event: sentence }) }));
  }));
  return items.length ? el("ul", { class: "events" }, items) : el("p", { class: "quiet" }, t("shock.none"));
}

function stateChooser(name, label, choices) {
  return chooser({ label, name, none: t("choose.none"), choices, value: "", change: (value) => change({ [name]: value || null, ...(name === "corridor" && !value ? { corridor_days: null } : {}) }) });
}

export function composer(query, marketOf, heads) {
  const events = el("div", { "aria-live": "polite" });
  const market = marketChooser(marketOf(query()), (mineral) => change({ mineral }));
  const stock = numberBox({ label: t("shock.stock"), name: "stock", min: 0, step: 1, unit: t("unit.days"), change: (days) => change({ stock: days && Number(days) > 0 ? `${heads.importerOf(query())}=${Number(days)}` : null }) });
  const corridor = stateChooser("corridor", t("shock.corridor"), metaNow().states.map((one) => ({ value: one.key, label: called(one) })));
  const days = numberBox({ label: t("shock.corridor_days"), name: "corridor_days", min: 1, max: 365, step: 1, unit: t("unit.days"), change: (value) => change({ corridor_days: value || null }) });
  const upgrade = stateChooser("upgrade", t("shock.upgrade"), metaNow().upgrades.map((one) => ({ value: one.key, label: called(one) })));
  const nodes = [heads.importer.node, market.node, heads.year.node, el("h2", {}, t("shock.events")), events, adder(query), stock.node, el("h2", {}, t("shock.corridors")), corridor.node, days.node, upgrade.node];
  const follow = (now) => {
    market.set(marketOf(now));
    fill(events, eventList(now));
    const held = now.getAll("stock").map((text) => text.split("=")).find(([who]) => who === heads.importerOf(now));
    stock.set(held ? held[1] : "");
    corridor.set(now.get("corridor"));
    days.set(now.get("corridor_days"));
    days.node.hidden = !now.get("corridor");
    upgrade.set(now.get("upgrade"));
  };
  return { nodes, follow };
}
