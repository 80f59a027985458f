// What stands behind a figure: its exact value, band, definition and sources, shown on hover and on focus.
import { el, fill } from "./dom.js";
import { band, exact, known } from "./numbers.js";
import { said } from "./said.js";
import { named, t } from "./words.js";

const MOST_SOURCES = 6;
const PATIENCE_MS = 120;
const explained = new WeakMap();
let box = null;
let target = null;
let timer = null;

// Say what stands behind a node. details: label, value, unit, low, high, definition; sources: citations by id;
// ids: a function that returns the ids (or a promise of them) where they are narrower than all sources.
export function explain(node, details) {
  explained.set(node, details);
  node.classList.add("figure");
  return node;
}

// A figure in text or in a table: the text, its exact value for programs, and what stands behind it.
export function figure(text, details, focusable = false) {
  const node = el("data", { value: known(details.value) ? exact(details.value) : "" }, text);
  if (!focusable) return explain(node, details);
  return explain(el("button", { type: "button", class: "bare" }, node), details);
}

export function startTips() {
  box = el("div", { id: "tip", role: "tooltip", hidden: true });
  document.body.append(box);
  document.addEventListener("pointerover", (event) => later(figureAt(event.target) || innerFigure(event.target), event.target));
  document.addEventListener("focusin", (event) => show(figureAt(event.target) || innerFigure(event.target)));
  document.addEventListener("focusout", () => hide());
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  window.addEventListener("scroll", () => (focused() ? stand(target.getBoundingClientRect()) : hide()), { passive: true, capture: true });
}

function figureAt(node) {
  for (let at = node; at && at !== document; at = at.parentNode) if (explained.has(at)) return at;
  return null;
}

// A cell of a table or a button is what gets the focus; its figure lies inside.
function innerFigure(node) {
  return node.matches && node.matches("td, th, button.bare") ? node.querySelector(".figure") : null;
}

function later(node, under) {
  clearTimeout(timer);
  if (box.contains(under)) return;
  timer = setTimeout(() => (node ? show(node) : focused() || hide()), PATIENCE_MS);
}

// What the keyboard has reached stays explained while the page moves under the mouse.
function focused() {
  return target !== null && holder(target) === document.activeElement;
}

function hide() {
  clearTimeout(timer);
  if (target) holder(target).removeAttribute("aria-describedby");
  target = null;
  if (box) box.hidden = true;
}

function holder(node) {
  return node.closest("td, th, button, a") || node;
}

function show(node) {
  if (!node) {
    hide();
    return;
  }
  if (node === target) return;
  hide();
  target = node;
  const details = explained.get(node);
  draw(details, details.ids ? null : Object.keys(details.sources || {}));
  holder(node).setAttribute("aria-describedby", "tip");
  if (details.ids) {
    Promise.resolve(details.ids()).then((ids) => {
      if (target !== node) return;
      draw(details, ids.length ? ids : Object.keys(details.sources || {}));
    });
  }
}

function draw(details, ids) {
  const unit = details.unit ? ` ${named("unit", details.unit)}` : "";
  fill(
    box,
    el("p", { class: "tip-label" }, details.label),
    details.value !== undefined && el("p", { class: "tip-value" }, known(details.value) ? exact(details.value) + unit : t("unknown")),
    known(details.low) && el("p", {}, `${t("tip.band")} ${band(details.low, details.high, exact)}${unit}`),
    details.text && el("p", {}, details.text),
    details.definition && said("p", details.definition, { class: "tip-definition" }),
    ids === null ? el("p", {}, t("tip.looking")) : sourceLines(ids, details.sources || {}),
  );
  box.hidden = false;
  stand(target.getBoundingClientRect());
}

function sourceLines(ids, citations) {
  if (!ids.length) return null;
  const lines = ids.slice(0, MOST_SOURCES).map((id) => el("li", { lang: "en" }, shortCitation(id, citations[id])));
  const more = ids.length - MOST_SOURCES;
  if (more > 0) lines.push(el("li", {}, t("tip.more", { count: more })));
  return [el("p", { class: "tip-sources" }, t("tip.sources")), el("ul", {}, lines)];
}

// The title of a source without its licence and address, which stand on the page of sources.
function shortCitation(id, citation) {
  if (!citation) return id;
  const short = citation.split(/ Licence: | https?:/)[0];
  return `${id}: ${short.length > 150 ? `${short.slice(0, 149)}…` : short}`;
}

function stand(place) {
  const width = Math.min(380, document.documentElement.clientWidth - 16);
  box.style.width = `${width}px`;
  const left = Math.min(Math.max(8, place.left), document.documentElement.clientWidth - width - 8);
  const below = place.bottom + 6;
  const fits = below + box.offsetHeight < window.innerHeight || place.top < box.offsetHeight + 10;
  box.style.left = `${left}px`;
  box.style.top = `${fits ? below : place.top - box.offsetHeight - 6}px`;
}
