// Made by tools/build_dashboard.py from the modules of the page; do not edit.
(() => {
"use strict";
const module_api = (() => {
const MOST_KEPT = 80;
const kept = new Map();
const running = new Map();
class Refusal extends Error {
constructor(reason, faults, status) {
super(reason);
this.faults = faults;
this.status = status;
}
}
function questionAddress(path, params) {
const query = new URLSearchParams();
for (const [name, value] of Object.entries(params)) {
for (const one of Array.isArray(value) ? value : [value]) {
if (one !== null && one !== undefined && one !== "" && one !== false) query.append(name, one);
}
}
const text = query.toString();
return `/api/${path}${text ? `?${text}` : ""}`;
}
async function ask(path, params = {}, slot = null) {
const from = questionAddress(path, params);
if (slot !== null) {
const before = running.get(slot);
if (before && before.from !== from) before.stop.abort();
}
if (kept.has(from)) return kept.get(from);
const stop = new AbortController();
if (slot !== null) running.set(slot, { from, stop });
const answer = await fetched(from, stop.signal);
kept.set(from, answer);
if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
return answer;
}
async function send(path, file) {
const from = questionAddress(path, {});
const answer = await fetched(from, null, { method: "POST", body: file, headers: { Accept: "application/json", "Content-Type": "application/octet-stream" } });
kept.set(from, answer);
return answer;
}
async function fetched(from, signal, request = { headers: { Accept: "application/json" } }) {
let response;
try {
response = await fetch(from, { ...request, signal });
} catch (error) {
if (error.name === "AbortError") throw error;
throw new Refusal(null, [], 0);
}
const body = await response.json().catch(() => null);
if (!response.ok || body === null) {
throw new Refusal(body && body.error ? body.error : null, (body && body.faults) || [], response.status);
}
return body;
}
function answersKept() {
return [...kept.entries()].map(([from, answer]) => ({ from, answer }));
}
return {Refusal, questionAddress, ask, send, answersKept};
})();
const module_words = (() => {
const LANGUAGES = ["en", "ja"];
const catalogues = {};
let language = "en";
function languageNow() {
return language;
}
async function speak(wanted) {
const next = LANGUAGES.includes(wanted) ? wanted : LANGUAGES[0];
if (!(next in catalogues)) catalogues[next] = await (await fetch(`/words_${next}.json`)).json();
language = next;
document.documentElement.lang = next;
}
function t(key, slots = {}) {
const sentence = catalogues[language][key];
if (sentence === undefined) throw new Error(`no words for ${key}`);
return sentence.replace(/\{(\w+)\}/g, (_, name) => String(slots[name]));
}
function named(stem, key) {
const sentence = catalogues[language][`${stem}.${key}`];
return sentence === undefined ? String(key).replaceAll("_", " ") : sentence;
}
function called(entry) {
return catalogues[language][`name.${entry.key}`] || entry[language] || entry.en;
}
function inside(text) {
return language === "en" && /^[A-Z][a-z ]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}
function listed(names) {
return new Intl.ListFormat(language, { type: "unit", style: "short" }).format(names);
}
return {languageNow, speak, t, named, called, inside, listed};
})();
const module_meta = (() => {
const {ask} = module_api;
const {called, inside, languageNow, named} = module_words;
let meta = null;
const countries = new Map();
const minerals = new Map();
async function loadMeta() {
meta = await ask("meta");
for (const entry of [...meta.countries, ...(meta.regions || [])]) countries.set(entry.key, entry);
for (const entry of [...meta.minerals, ...(meta.products || [])]) minerals.set(entry.key, entry);
return meta;
}
function metaNow() {
return meta;
}
function nameIn(entry, key) {
return (entry && (entry[languageNow()] || entry.en)) || key;
}
function country(key) {
const entry = countries.get(key);
return entry ? nameIn(entry, key).replace(/ \(\d.*\)$/, "") : named("group", key);
}
function mineral(key) {
const entry = minerals.get(key);
return entry ? nameIn(entry, key) : String(key).replaceAll("_", " ");
}
function mineralInside(key) {
return inside(mineral(key));
}
function placeName(key) {
const found = meta.places.find((one) => one.key === key);
return found ? nameIn(found, key) : key;
}
function closureName(key) {
const found = meta.closures.find((one) => one.key === key);
if (found) return called(found);
return key.includes(":") ? placeName(key) : country(key);
}
function sorted(entries) {
const collator = new Intl.Collator(languageNow());
return [...entries].sort((a, b) => collator.compare(a.label, b.label));
}
function countryChoices() {
return sorted(meta.countries.map(({ key }) => ({ value: key, label: country(key) })));
}
function mineralChoices() {
return sorted(meta.minerals.map(({ key }) => ({ value: key, label: mineral(key) })));
}
function productChoices() {
return sorted((meta.products || []).map(({ key }) => ({ value: key, label: mineral(key) })));
}
function productsOf(key) {
return (meta.products || []).filter((product) => product.mineral === key);
}
const USUAL_IMPORTERS = ["JPN", "KOR", "EU27", "DEU", "USA"];
function usualImporters() {
return (meta.importers || USUAL_IMPORTERS).map((one) => one.key || one);
}
function lastYear() {
return meta.complete_year;
}
return {loadMeta, metaNow, country, mineral, mineralInside, placeName, closureName, sorted, countryChoices, mineralChoices, productChoices, productsOf, usualImporters, lastYear};
})();
const module_dom = (() => {
const SVG_SPACE = "http://www.w3.org/2000/svg";
function el(tag, attributes = {}, ...children) {
return filled(document.createElement(tag), attributes, children);
}
function svg(tag, attributes = {}, ...children) {
return filled(document.createElementNS(SVG_SPACE, tag), attributes, children);
}
function filled(node, attributes, children) {
for (const [name, value] of Object.entries(attributes)) {
if (name === "on") {
for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
} else if (name === "value" && "value" in node && node.tagName !== "DATA") {
node.value = value;
} else if (value !== false && value !== null && value !== undefined) {
node.setAttribute(name, value === true ? "" : String(value));
}
}
node.append(...kept(children));
return node;
}
function kept(children) {
return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
function fill(node, ...children) {
node.replaceChildren(...kept(children));
return node;
}
let idsGiven = 0;
function freshId(stem) {
idsGiven += 1;
return `${stem}-${idsGiven}`;
}
const ruler = document.createElement("canvas").getContext("2d");
function textWidth(text, size = 12, weight = 400) {
ruler.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
return ruler.measureText(text).width;
}
function cutText(text, width, size = 12) {
if (textWidth(text, size) <= width) return text;
let end = text.length;
while (end > 1 && textWidth(`${text.slice(0, end)}…`, size) > width) end -= 1;
return `${text.slice(0, end).trimEnd()}…`;
}
return {el, svg, fill, freshId, textWidth, cutText};
})();
const module_colours = (() => {
const INK = "#1b2a38";
const MUTED = "#556270";
const RULE = "#d5dae0";
const ACCENT = "#0b5a8a";
const SECOND = "#c8641b";
const WASH = "#f5f7f9";
const STEPS = ["#d6e4f0", "#a9c9e2", "#75a9cf", "#3f83b5", "#15598c", "#062f52"];
const COUNTRY_PALETTE = ["#6b1426", "#1d487c", "#31623d", "#754a93", "#a6552d", "#378b8a", "#4b8dcf", "#96a04c", "#dc8ab1", "#f0a556", "#7ed2ed", "#ebd47d"];
const COUNTRY_GROUPS = ["BMU BTN CHN HRV IMN JAM LKA MAR MEX NLD PER SLE SPM TCA", "AUS BGD COG EGY FJI GBR GHA GRL HMD HTI NER PNG SDN TON TUR UKR VIR", "ABW AFG ALA BES BOL BWA CUB FSM GNQ HKG HND IRN KAZ KIR KNA LIE MSR MTQ MYS NIC QAT SEN SMR SYR ZAF", "ALB ARG ATF BDI BGR BLM FRO GEO GGY IRL LBY MDV MRT PLW RUS SRB SWE TCD THA TLS TUV TZA VUT", "ATG BHR BLZ CHL FIN GRC GTM ISL JEY LBN LCA MKD MNG MOZ NZL PAK PSE SVK URY UZB", "BHS CCK COK CPV CYM DNK ECU ESP FLK GIN GRD GUM GUY KGZ LTU MAC MUS NCL NRU SCG SHN SLV UGA USA VEN WLF", "ARE COD COL CRI DMA GIB KEN KOR KWT MDA NAM NPL OMN PRT ROU SAU SJM SSD TGO ZWE", "AND BIH BRA COM DZA GAB HUN ITA JOR MCO MMR MNP NFK PAN PRI STP SVN TJK TKL TTO TUN UMI VAT VGB WSM YEM", "ARM AUT AZE BLR BVT CYP DOM ERI ESH EST FRA IOT IRQ ISR JPN KHM LBR MAF MDG MNE NIU REU SWZ SXM", "ASM BEL BEN BFA CAN CXR ETH IND LAO LUX MHL MLT MWI PCN PRK SGS SLB TKM TWN VCT", "BRB BRN CAF CHE CIV CMR CZE DEU GMB GUF LSO MLI MYT NGA NOR PHL RWA SUR", "AGO AIA ANT CUW DJI GLP GNB IDN LVA POL PRY PYF SGP SOM SYC VNM XKX ZMB"];
return {INK, MUTED, RULE, ACCENT, SECOND, WASH, STEPS, COUNTRY_PALETTE, COUNTRY_GROUPS};
})();
const module_controls = (() => {
const {el, fill, freshId} = module_dom;
function chooser({ label, choices, value, none = null, change, name }) {
const id = freshId("choose");
const list = el("select", { id, name, on: { change: () => change(list.value) } });
const set = (at) => {
if (at && ![...list.options].some((one) => one.value === at)) list.append(option({ value: at, label: at }));
list.value = at ?? "";
};
const offer = (all, at) => {
fill(list, none !== null && el("option", { value: "" }, none), all.map(option));
set(at);
};
offer(choices, value);
const node = el("div", { class: "control" }, el("label", { for: id }, label), list);
return { node, set, offer, list };
}
function option(choice) {
if (choice.group) return el("optgroup", { label: choice.group }, choice.choices.map(option));
return el("option", { value: choice.value }, choice.label);
}
function slider({ label, min, max, step, value, write, moved, name }) {
const id = freshId("slide");
const shown = el("output", { for: id });
const bar = el("input", { type: "range", id, name, min, max, step, on: { input: () => { say(); moved(Number(bar.value)); } } });
const say = () => {
fill(shown, write(Number(bar.value)));
bar.setAttribute("aria-valuetext", write(Number(bar.value)));
};
bar.value = value;
say();
const node = el("div", { class: "control" }, el("label", { for: id }, label), bar, shown);
return { node, set: (at) => { bar.value = at; say(); } };
}
function numberBox({ label, value, min = null, max = null, step = "any", unit = "", change, name }) {
const id = freshId("number");
const entered = el("input", { type: "number", id, name, min, max, step, inputmode: "decimal", on: { change: () => change && change(entered.value) } });
entered.value = value ?? "";
const node = el("div", { class: "control" }, el("label", { for: id }, label), el("span", { class: "with-unit" }, entered, unit && el("span", {}, unit)));
return { node, get: () => entered.value, set: (at) => { entered.value = at ?? ""; }, entered };
}
function textBox({ label, value = "", typed, name, placeholder = null }) {
const id = freshId("text");
const entered = el("input", { type: "search", id, name, placeholder, autocomplete: "off", on: { input: () => typed(entered.value) } });
entered.value = value;
const node = el("div", { class: "control" }, el("label", { for: id }, label), entered);
return { node, get: () => entered.value, set: (at) => { entered.value = at; } };
}
function ticks({ legend, choices, chosen, changed, name, open = false }) {
const boxes = choices.map(({ value, label }) => {
const id = freshId("tick");
const box = el("input", { type: "checkbox", id, name, value, on: { change: () => changed(boxes.filter((b) => b.box.checked).map((b) => b.box.value)) } });
box.checked = chosen.has(value);
return { box, node: el("div", { class: "tick" }, box, el("label", { for: id }, label)) };
});
const count = el("span", { class: "count" });
const say = () => fill(count, String(boxes.filter((b) => b.box.checked).length));
say();
const node = el("details", { class: "ticks", open }, el("summary", {}, legend, " ", count), el("fieldset", {}, el("legend", { class: "unseen" }, legend), boxes.map((b) => b.node)));
return { node, set: (now) => { for (const { box } of boxes) box.checked = now.has(box.value); say(); } };
}
function button(label, press, attributes = {}) {
return el("button", { type: "button", ...attributes, on: { click: press } }, label);
}
return {chooser, slider, numberBox, textBox, ticks, button};
})();
const module_state = (() => {
const PAGES = ["expose", "shock", "corridors", "atlas", "plan", "compare", "sources"];
function place() {
const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
return { page: PAGES.includes(path) ? path : PAGES[0], query: new URLSearchParams(query || "") };
}
function address(page, changes, query = new URLSearchParams()) {
const next = new URLSearchParams(query);
for (const [name, value] of Object.entries(changes)) {
next.delete(name);
for (const one of Array.isArray(value) ? value : [value]) {
if (one !== null && one !== undefined && one !== "") next.append(name, one);
}
}
const text = next.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
return `#/${page}${text ? `?${text}` : ""}`;
}
const SHARED = ["lang", "importer", "partner", "mineral", "year", "company"];
function otherPage(page, changes = {}) {
const { query } = place();
const shared = new URLSearchParams();
for (const name of SHARED) if (query.has(name)) shared.append(name, query.get(name));
return address(page, changes, shared);
}
function change(changes, quiet = false) {
const { page, query } = place();
const next = address(page, changes, query);
if (next === location.hash) return;
if (quiet) {
history.replaceState(null, "", next);
window.dispatchEvent(new HashChangeEvent("hashchange"));
} else {
location.hash = next;
}
}
return {PAGES, place, address, otherPage, change};
})();
const module_said = (() => {
const {el} = module_dom;
const {called} = module_words;
const {country, metaNow, mineral} = module_meta;
const {place} = module_state;
const ENGLISH = "en";
let catalogue = { language: ENGLISH, patterns: [] };
async function hear(language) {
if (language === catalogue.language) return;
if (language === ENGLISH) {
catalogue = { language, patterns: [] };
return;
}
const [english, own] = await Promise.all([ENGLISH, language].map(async (one) => (await fetch(`/said_${one}.json`)).json()));
catalogue = { language, patterns: english.map((sentence, at) => ({ ...pattern(sentence), own: own[at] })) };
}
function pattern(sentence) {
const names = [...sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
const plain = sentence.split(/\{\w+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
return { names, shape: new RegExp(`^${plain.join("(.+?)")}$`) };
}
function translated(text) {
for (const { names, shape, own } of catalogue.patterns) {
const found = text.match(shape);
const filled = found && slots(names, found.slice(1));
if (filled) return own.replace(/\{(\w+)\}/g, (_, name) => filled[name]);
}
return null;
}
function said(tag, text, attributes = {}) {
const own = translated(text);
return el(tag, own === null ? { ...attributes, lang: ENGLISH } : attributes, own === null ? text : own);
}
function part(text) {
const own = translated(text);
return own && own.replace(/。$/, "");
}
function slots(names, values) {
const filled = {};
for (const [at, name] of names.entries()) {
const own = slot(name.replace(/\d+$/, ""), values[at]);
if (own === null) return null;
filled[name] = own;
}
return filled;
}
const each = (texts, own, between) => {
const done = texts.map(own);
return done.includes(null) ? null : done.join(between);
};
const SLOTS = {
country: countryNamed,
countries: (text) => listOf(text, countryNamed),
mineral: mineralNamed,
minerals: (text) => listOf(text, mineralNamed),
forms: (text) => listOf(text, part),
stages: (text) => listOf(text, part),
grade: part,
group: part,
state: stateNamed,
part,
parts: (text) => each(text.split("; "), part, "；"),
spells: (text) => each(text.split(", "), part, "、"),
items: (text) => each(text.split(/(?<=\)), /), part, "、"),
};
function slot(kind, text) {
return kind in SLOTS ? SLOTS[kind](text) : text;
}
function listOf(text, named) {
const words = text.split(", ");
const done = [];
for (let at = 0; at < words.length; ) {
let end = words.length;
while (end > at && named(words.slice(at, end).join(", ")) === null) end -= 1;
if (end === at) return null;
done.push(named(words.slice(at, end).join(", ")));
at = end;
}
return done.join("、");
}
function countryNamed(text) {
const [, name, share] = text.match(/^(.*?)( \d+%)?$/);
const entry = [...metaNow().countries, ...(metaNow().regions || [])].find((one) => one.key === name || one.en === name);
const own = entry ? country(entry.key) : country(name);
return own === name && !entry && name !== place().query.get("company") ? null : own + (share || "");
}
function mineralNamed(text) {
const entry = [...metaNow().minerals, ...(metaNow().products || [])].find((one) => one.en === text);
return entry ? mineral(entry.key) : null;
}
function stateNamed(text) {
const entry = metaNow().closures.find((one) => one.key === text);
return entry ? called(entry) : null;
}
return {hear, translated, said};
})();
const module_parts = (() => {
const {el, fill} = module_dom;
const {said} = module_said;
const {place} = module_state;
const {t} = module_words;
const NARROW = window.matchMedia("(max-width: 860px)");
function pageFrame(title, lead, controls) {
const status = el("p", { class: "status", role: "status", "aria-live": "polite" });
const answer = el("div", { class: "answer" });
const open = !NARROW.matches || !place().query.size;
const node = el(
"div",
{ class: "page" },
el("section", { class: "settings noprint", "aria-label": t("settings") }, el("details", { open }, el("summary", {}, t("settings")), controls)),
el("div", { class: "results" }, el("h1", { tabindex: "-1" }, title), el("p", { class: "lead" }, lead), status, answer),
);
return { node, status, answer };
}
function section(title, ...children) {
return el("section", {}, el("h2", {}, title), children);
}
function folded(line, make) {
const inside = el("div");
const ready = () => inside.childNodes.length || fill(inside, make());
const node = el("details", { class: "fold", on: { toggle: ready } }, el("summary", { on: { click: ready } }, line), inside);
return node;
}
function cardRow(cards) {
return el("dl", { class: "cards" }, cards.map(({ label, figure, more }) =>
el("div", {}, el("dt", {}, label), el("dd", {}, el("span", { class: "big" }, figure), more && el("span", { class: "more" }, more)))));
}
function noteList(notes) {
if (!notes || !notes.length) return null;
return el("section", { class: "notes" }, el("h2", {}, t("notes")), el("ul", {}, notes.map((note) => said("li", note))));
}
function refusalBox(refusal) {
const reason = refusal.message || t(refusal.status === 0 ? "refusal.away" : "refusal.unknown");
return el(
"div",
{ class: "refusal" },
el("h2", {}, t("refusal.title")),
el("p", { lang: refusal.message ? "en" : null }, reason),
refusal.faults && refusal.faults.length > 0 && el("ul", { lang: "en" }, refusal.faults.map((fault) => el("li", {}, faultText(fault)))),
);
}
function faultText(fault) {
return typeof fault === "string" ? fault : Object.values(fault).filter(Boolean).join(" · ");
}
function answering(frame) {
let number = 0;
return async (question, show) => {
number += 1;
const mine = number;
frame.answer.setAttribute("aria-busy", "true");
const say = (key) => {
if (mine !== number) return;
frame.status.classList.remove("unseen");
fill(frame.status, t(key));
};
const slow = setTimeout(say, 250, "working");
const slower = setTimeout(say, 3000, "working.long");
try {
const answer = await question();
if (mine !== number) return;
const told = show(answer);
frame.status.classList.add("unseen");
fill(frame.status, told || "");
} catch (error) {
if (mine !== number || error.name === "AbortError") return;
if (!("faults" in error)) throw error;
fill(frame.answer, refusalBox(error));
fill(frame.status, t("refusal.title"));
} finally {
clearTimeout(slow);
clearTimeout(slower);
if (mine === number) frame.answer.removeAttribute("aria-busy");
}
};
}
return {pageFrame, section, folded, cardRow, noteList, refusalBox, answering};
})();
const module_csv = (() => {
function parseCsv(text) {
const lines = cells(text);
const names = lines.shift() || [];
return lines.map((line) => Object.fromEntries(names.map((name, place) => [name, line[place] ?? ""])));
}
function cells(text) {
const lines = [];
let line = [];
let cell = "";
let quoted = false;
for (let at = 0; at < text.length; at += 1) {
const sign = text[at];
if (quoted) {
if (sign === '"' && text[at + 1] === '"') {
cell += '"';
at += 1;
} else if (sign === '"') quoted = false;
else cell += sign;
} else if (sign === '"') quoted = true;
else if (sign === ",") {
line.push(cell);
cell = "";
} else if (sign === "\n") {
lines.push([...line, cell]);
line = [];
cell = "";
} else if (sign !== "\r") cell += sign;
}
if (cell || line.length) lines.push([...line, cell]);
return lines;
}
const FORMULA = /^[=+\-@\t\r]/;
function writeCsv(names, rows) {
return [names, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}
function csvCell(value) {
if (value === null || value === undefined) return "";
if (typeof value === "number") return String(value);
const text = FORMULA.test(value) ? `'${value}` : String(value);
return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
return {parseCsv, writeCsv};
})();
const module_save = (() => {
const {questionAddress} = module_api;
const {writeCsv} = module_csv;
const {el} = module_dom;
const {t} = module_words;
function saveText(name, kind, text) {
const from = URL.createObjectURL(new Blob([text], { type: kind }));
const link = el("a", { href: from, download: name });
document.body.append(link);
link.click();
link.remove();
setTimeout(() => URL.revokeObjectURL(from), 1000);
}
function saveCsv(name, names, rows) {
saveText(name, "text/csv", `\ufeff${writeCsv(names, rows)}`);
}
function savePicture(name, drawing) {
const copy = drawing.cloneNode(true);
copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
copy.setAttribute("font-family", "Helvetica, Arial, sans-serif");
saveText(name, "image/svg+xml", new XMLSerializer().serializeToString(copy));
}
function savedHere(name, answer, table) {
const save = (kind, type, text) => el("button", { type: "button", class: "small", on: { click: () => saveText(`${name}.${kind}`, type, text) } }, t(`save.${kind}`));
return el("p", { class: "downloads noprint" }, t("save.answer"), " ", save("csv", "text/csv", table), " ", save("json", "application/json", `${JSON.stringify(answer, null, 1)}\n`));
}
function downloads(question, params) {
const link = (kind) =>
el("a", { class: "button small", href: questionAddress(`download/${question}.${kind}`, params), download: true }, t(`save.${kind}`));
return el("p", { class: "downloads noprint" }, t("save.answer"), " ", link("csv"), " ", link("json"));
}
return {saveCsv, savePicture, savedHere, downloads};
})();
const module_drawing = (() => {
const {COUNTRY_GROUPS, COUNTRY_PALETTE, INK, MUTED} = module_colours;
const {button} = module_controls;
const {el, fill, svg} = module_dom;
const {folded} = module_parts;
const {savePicture} = module_save;
const {t} = module_words;
const drawings = new Set();
function chart({ finding, label, draw, table = null, file = "chart" }) {
const holder = el("div", { class: "drawing" });
const again = (width) => fill(holder, draw(width || Math.max(280, holder.clientWidth || 640)));
const save = button(t("save.picture"), () => savePicture(`${file}.svg`, holder.querySelector("svg")), { class: "small" });
const node = el(
"figure",
{ "aria-label": label },
el("figcaption", {}, finding),
holder,
el("div", { class: "below noprint" }, save, table && folded(t("as.table"), table)),
);
const drawingRecord = { holder, again, width: 0 };
drawings.add(drawingRecord);
requestAnimationFrame(() => { drawingRecord.width = holder.clientWidth; again(); });
return node;
}
const PAPER = 680;
function drawForPaper() {
for (const one of drawings) if (one.holder.isConnected) one.again(PAPER);
}
function redrawCharts(all = false) {
for (const one of drawings) {
if (!one.holder.isConnected) drawings.delete(one);
else if (all || Math.abs(one.holder.clientWidth - one.width) > 2) {
one.width = one.holder.clientWidth;
one.again();
}
}
}
function canvas(width, height, label, ...children) {
return svg("svg", { viewBox: `0 0 ${width} ${height}`, width: "100%", role: "img", "aria-label": label, "font-size": 12 }, children);
}
function word(x, y, text, attributes = {}) {
return svg("text", { x, y, fill: INK, ...attributes }, text);
}
function quietWord(x, y, text, attributes = {}) {
return word(x, y, text, { fill: MUTED, ...attributes });
}
const NO_COUNTRY = "#7b8794";
const colours = new Map(COUNTRY_GROUPS.flatMap((group, place) => group.split(" ").map((iso3) => [iso3, COUNTRY_PALETTE[place]])));
function colourOf(country) {
return colours.get(country) || NO_COUNTRY;
}
function roundTicks(low, high, wanted = 5) {
const span = high - low || 1;
const raw = span / wanted;
const power = 10 ** Math.floor(Math.log10(raw));
const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= raw);
const found = [];
for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) found.push(Number(at.toPrecision(12)));
return found;
}
return {chart, drawForPaper, redrawCharts, canvas, word, quietWord, colourOf, roundTicks};
})();
const module_numbers = (() => {
const {languageNow} = module_words;
const DASH = "–";
const made = new Map();
function formatter(options) {
const key = languageNow() + JSON.stringify(options);
if (!made.has(key)) made.set(key, new Intl.NumberFormat(languageNow(), options));
return made.get(key);
}
function known(value) {
return typeof value === "number" && Number.isFinite(value);
}
function amount(value) {
if (!known(value)) return DASH;
if (Math.abs(value) >= 1000) return formatter({ maximumFractionDigits: 0 }).format(value);
return formatter({ maximumSignificantDigits: 3 }).format(value);
}
function roughly(value) {
if (known(value) && value !== 0 && Math.abs(value) < 0.01) return value > 0 ? `<${amount(0.01)}` : `>${amount(-0.01)}`;
return amount(value);
}
function share(value) {
if (!known(value)) return DASH;
const digits = Math.abs(value) < 0.0995 && value !== 0 ? 1 : 0;
if (value !== 0 && Math.abs(value) < 0.0005) return value > 0 ? `<${share(0.001)}` : `>${share(-0.001)}`;
return formatter({ style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}
function index(value, digits = 2) {
if (!known(value)) return DASH;
return formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}
function times(value) {
return known(value) ? `×${index(value)}` : DASH;
}
function signed(value) {
if (!known(value)) return DASH;
return formatter({ maximumSignificantDigits: 3, signDisplay: "exceptZero" }).format(value);
}
function exact(value) {
return known(value) ? String(value) : DASH;
}
function changeShare(base, value) {
if (!known(base) || !known(value) || base === 0) return DASH;
const change = value / base - 1;
return formatter({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(change);
}
function band(low, high, format) {
return known(low) && known(high) ? `${format(low)} – ${format(high)}` : "";
}
function money(value) {
if (!known(value)) return DASH;
const text = formatter({ notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 }).format(value);
return languageNow() === "ja" ? `${text}ドル` : `USD ${text}`;
}
return {DASH, known, amount, roughly, share, index, times, signed, exact, changeShare, band, money};
})();
const module_tip = (() => {
const {el, fill} = module_dom;
const {band, exact, known} = module_numbers;
const {said} = module_said;
const {named, t} = module_words;
const MOST_SOURCES = 6;
const PATIENCE_MS = 120;
const explained = new WeakMap();
let box = null;
let target = null;
let timer = null;
function explain(node, details) {
explained.set(node, details);
node.classList.add("figure");
return node;
}
function figure(text, details, focusable = false) {
const node = el("data", { value: known(details.value) ? exact(details.value) : "" }, text);
if (!focusable) return explain(node, details);
return explain(el("button", { type: "button", class: "bare" }, node), details);
}
function startTips() {
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
function innerFigure(node) {
return node.matches && node.matches("td, th, button.bare") ? node.querySelector(".figure") : null;
}
function later(node, under) {
clearTimeout(timer);
if (box.contains(under)) return;
timer = setTimeout(() => (node ? show(node) : focused() || hide()), PATIENCE_MS);
}
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
return {explain, figure, startTips};
})();
const module_chart_bars = (() => {
const {INK, RULE, MUTED} = module_colours;
const {cutText, svg, textWidth} = module_dom;
const {canvas, quietWord, word} = module_drawing;
const {known} = module_numbers;
const {explain} = module_tip;
const ROW = 26;
const BAR = 14;
function barChart(width, label, rows, { from = 0, mark = null } = {}) {
const names = Math.min(Math.max(...rows.map((row) => textWidth(row.name)), 40) + 10, width * 0.36);
const texts = Math.max(...rows.map((row) => textWidth(row.text)), 30) + 10;
const all = rows.flatMap((row) => [row.value, row.base, row.low, row.high]).filter(known);
const high = Math.max(from, ...all);
const low = Math.min(from, ...all);
const room = width - names - texts;
const x = (value) => names + (room * (value - low)) / (high - low || 1);
const height = rows.length * ROW + 6;
return canvas(width, height, label,
rows.map((row, place) => oneBar(row, place * ROW, x, from, names, width)),
svg("line", { x1: x(from), x2: x(from), y1: 0, y2: height - 4, stroke: MUTED }),
known(mark) && svg("line", { x1: x(mark), x2: x(mark), y1: 0, y2: height - 4, stroke: MUTED, "stroke-dasharray": "3 3" }));
}
function oneBar(row, top, x, from, names, width) {
const middle = top + ROW / 2;
const parts = [word(names - 8, middle + 4, cutText(row.name, names - 10), { "text-anchor": "end" })];
parts.push(svg("line", { x1: x(from), x2: width - 4, y1: top + ROW, y2: top + ROW, stroke: RULE, "stroke-width": 0.5 }));
if (known(row.value)) {
const start = Math.min(x(from), x(row.value));
const wide = Math.max(Math.abs(x(row.value) - x(from)), 1.5);
parts.push(svg("rect", { x: start, y: middle - BAR / 2, width: wide, height: BAR, fill: row.colour, stroke: INK, "stroke-width": 0.4 }));
}
if (known(row.base)) {
parts.push(svg("line", { x1: x(row.base), x2: x(row.base), y1: middle - 10, y2: middle + 10, stroke: INK, "stroke-width": 2.5 }));
}
if (known(row.low) && known(row.high)) parts.push(whisker(x(row.low), x(row.high), middle));
parts.push(quietWord(width - 2, middle + 4, row.text, { "text-anchor": "end" }));
const group = svg("g", {}, svg("rect", { x: 0, y: top, width, height: ROW, fill: "transparent" }), parts);
return row.details ? explain(group, row.details) : group;
}
function whisker(left, right, y) {
const line = (attributes) => svg("path", { d: `M${left},${y - 4}V${y + 4}M${left},${y}H${right}M${right},${y - 4}V${y + 4}`, fill: "none", ...attributes });
return [line({ stroke: "#fff", "stroke-width": 4 }), line({ stroke: INK, "stroke-width": 1.5 })];
}
return {barChart, whisker};
})();
const module_chart_heat = (() => {
const {RULE, STEPS, WASH} = module_colours;
const {cutText, svg, textWidth} = module_dom;
const {canvas, quietWord, word} = module_drawing;
const {known} = module_numbers;
const {explain} = module_tip;
const ROW = 26;
const SHADES = [WASH, ...STEPS.filter((_, step) => step !== 3)];
const DARK_FROM = 4;
function heatChart(width, label, rows, columns, cell) {
const names = Math.min(Math.max(...rows.map((row) => textWidth(row.name))) + 12, width * 0.34);
const wide = (width - names) / columns.length;
const slanted = columns.some((column) => textWidth(column.name) > wide - 8);
const head = slanted ? 70 : 26;
const values = rows.flatMap((row) => columns.map((column) => (cell(row.key, column.key) || {}).value)).filter(known);
const most = Math.max(...values, 0);
const shade = (value) => (value <= 0 ? 0 : Math.min(SHADES.length - 1, Math.ceil(Math.sqrt(value / (most || 1)) * (SHADES.length - 1))));
return canvas(width, head + rows.length * ROW + 2, label,
columns.map((column, place) => headWord(column.name, names + wide * place, wide, head, slanted)),
rows.map((row, line) => [
word(names - 8, head + line * ROW + 17, cutText(row.name, names - 10), { "text-anchor": "end" }),
columns.map((column, place) => oneCell(cell(row.key, column.key), names + wide * place, head + line * ROW, wide, shade)),
]));
}
function headWord(name, left, wide, head, slanted) {
if (!slanted) return quietWord(left + wide / 2, head - 9, name, { "text-anchor": "middle" });
const at = [left + wide / 2, head - 8];
return quietWord(at[0], at[1], cutText(name, 84), { transform: `rotate(-45 ${at[0]} ${at[1]})` });
}
function oneCell(content, left, top, wide, shade) {
const box = (fill) => svg("rect", { x: left + 1, y: top + 1, width: Math.max(wide - 2, 1), height: ROW - 2, fill, stroke: RULE, "stroke-width": 0.5 });
if (!content || !known(content.value)) return svg("g", {}, box("#fff"), quietWord(left + wide / 2, top + 17, "–", { "text-anchor": "middle" }));
const depth = shade(content.value);
const fits = textWidth(content.text, 11) < wide - 4;
const figure = fits && word(left + wide / 2, top + 17, content.text, { "text-anchor": "middle", "font-size": 11, fill: depth >= DARK_FROM ? "#fff" : "#1b2a38" });
return explain(svg("g", {}, box(SHADES[depth]), figure || null), content.details);
}
return {heatChart};
})();
const module_choices = (() => {
const {chooser} = module_controls;
const {country, countryChoices, lastYear, metaNow, mineralChoices, productChoices, usualImporters} = module_meta;
const {change} = module_state;
const {t} = module_words;
const FIRST_IMPORTER = "JPN";
function importerOf(query) {
return query.get("importer") || FIRST_IMPORTER;
}
function importerChoices() {
const usual = usualImporters();
const others = countryChoices().filter(({ value }) => !usual.includes(value));
return [
{ group: t("choose.usual"), choices: usual.map((key) => ({ value: key, label: country(key) })) },
{ group: t("choose.others"), choices: others },
];
}
function importerChooser(query) {
return chooser({ label: t("importer"), name: "importer", choices: importerChoices(), value: importerOf(query), change: (importer) => change({ importer, company: null }) });
}
function partnerChooser(query) {
return chooser({ label: t("partner"), name: "partner", none: t("choose.none"), choices: countryChoices(), value: query.get("partner"), change: (partner) => change({ partner }) });
}
function mineralChooser(query, none) {
return chooser({ label: t("mineral"), name: "mineral", none, choices: mineralChoices(), value: query.get("mineral"), change: (chosen) => change({ mineral: chosen }) });
}
function marketChooser(value, chosen) {
const choices = [{ group: t("minerals"), choices: mineralChoices() }, { group: t("products"), choices: productChoices() }];
return chooser({ label: t("mineral"), name: "mineral", choices, value, change: chosen });
}
function yearChooser(query) {
const years = [...metaNow().years].reverse().filter((year) => year <= lastYear()).map((year) => ({ value: String(year), label: String(year) }));
return chooser({
label: t("year"), name: "year", choices: years, value: query.get("year") || String(lastYear()),
change: (year) => change({ year: year === String(lastYear()) ? null : year }),
});
}
function followChoices(controls, query) {
if (controls.importer) controls.importer.set(importerOf(query));
if (controls.partner) controls.partner.set(query.get("partner"));
if (controls.mineral) controls.mineral.set(query.get("mineral"));
if (controls.year) controls.year.set(query.get("year") || String(lastYear()));
}
return {FIRST_IMPORTER, importerOf, importerChooser, partnerChooser, mineralChooser, marketChooser, yearChooser, followChoices};
})();
const module_grid = (() => {
const {el, fill, freshId} = module_dom;
const {known} = module_numbers;
const {saveCsv} = module_save;
const {languageNow, t} = module_words;
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
function grid({ caption, columns, rows, sort = null, file = "table", hiddenCaption = false }) {
const state = { rows, sort, shown: rows };
const body = el("tbody");
const heads = columns.map((column) => headCell(column, state, () => paint(), columns));
const table = el(
"table",
{ role: "grid", class: columns.length > 5 ? "wide" : "" },
el("caption", { class: hiddenCaption ? "unseen" : "" }, caption),
el("thead", {}, el("tr", {}, heads)),
body,
);
const paint = () => {
state.shown = sortedRows(state, columns);
heads.forEach((head, place) => markSort(head, columns[place], state));
fill(body, state.shown.map((row) => bodyRow(row, columns)));
restoreStop(table);
};
table.addEventListener("keydown", (event) => walk(event, table));
table.addEventListener("focusin", (event) => moveStop(table, event.target));
paint();
const save = () => saveCsv(`${file}.csv`, columns.map((c) => c.label), state.shown.map((row) => columns.map((c) => c.value(row))));
const saving = el("button", { type: "button", class: "small noprint", on: { click: save } }, t("save.table"));
const node = el("div", { class: "grid" }, el("div", { class: "scroller" }, table), saving);
return { node, show: (kept) => { state.rows = kept; paint(); }, count: () => state.shown.length };
}
function headCell(column, state, paint) {
const sortBy = () => {
const down = state.sort && state.sort.key === column.key ? !state.sort.down : Boolean(column.numeric);
state.sort = { key: column.key, down };
paint();
};
const id = freshId("sort");
const button = el("button", { type: "button", class: "bare", id, tabindex: "-1", on: { click: sortBy } }, column.label);
return el("th", { scope: "col", class: classOf(column) }, button);
}
function markSort(head, column, state) {
const here = state.sort && state.sort.key === column.key;
head.setAttribute("aria-sort", here ? (state.sort.down ? "descending" : "ascending") : "none");
}
function classOf(column) {
return [column.numeric && "number", column.minor && "minor", column.words && "words"].filter(Boolean).join(" ");
}
function bodyRow(row, columns) {
return el("tr", {}, columns.map((column) => {
const cell = column.cell(row);
const inner = [cell === null || cell === undefined || cell === "" ? t("dash") : cell];
if (column.head) return el("th", { scope: "row", class: classOf(column), tabindex: "-1" }, inner);
return el("td", { class: classOf(column), tabindex: "-1" }, inner);
}));
}
function sortedRows(state, columns) {
if (!state.sort) return state.rows;
const column = columns.find((one) => one.key === state.sort.key);
const collator = new Intl.Collator(languageNow());
const sign = state.sort.down ? -1 : 1;
const of = (row) => column.value(row);
const missing = (value) => value === null || value === undefined || value === "" || (typeof value === "number" && !known(value));
return [...state.rows].sort((a, b) => {
const [x, y] = [of(a), of(b)];
if (missing(x) || missing(y)) return missing(x) - missing(y);
return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y)));
});
}
function stopOf(cell) {
return cell.querySelector("a, button") || cell;
}
function shownCells(row) {
return [...row.cells].filter((cell) => cell.offsetParent !== null);
}
function restoreStop(table) {
if (table.querySelector('[tabindex="0"]')) return;
const first = table.querySelector("tbody tr > *") || table.querySelector("thead th");
if (first) stopOf(first).setAttribute("tabindex", "0");
for (const node of table.querySelectorAll("tbody a, tbody button")) {
if (node.getAttribute("tabindex") !== "0") node.setAttribute("tabindex", "-1");
}
}
function moveStop(table, to) {
const cell = to.closest("td, th");
if (!cell) return;
for (const node of table.querySelectorAll('[tabindex="0"]')) node.setAttribute("tabindex", "-1");
stopOf(cell).setAttribute("tabindex", "0");
}
function walk(event, table) {
const cell = event.target.closest("td, th");
if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
const rows = [...table.rows];
const row = rows.indexOf(cell.parentNode);
const cells = shownCells(cell.parentNode);
const column = cells.indexOf(cell);
let next = null;
if (event.key in STEPS) {
const [down, right] = STEPS[event.key];
const there = rows[row + down];
next = there ? shownCells(there)[column + right] : null;
} else if (event.key === "Home") next = event.ctrlKey ? shownCells(rows[0])[0] : cells[0];
else if (event.key === "End") next = cells[cells.length - 1];
else return;
event.preventDefault();
if (next) stopOf(next).focus();
}
return {grid};
})();
const module_page_atlas = (() => {
const {ask} = module_api;
const {barChart} = module_chart_bars;
const {heatChart} = module_chart_heat;
const {followChoices, importerChooser, importerOf} = module_choices;
const {chooser} = module_controls;
const {el, fill} = module_dom;
const {chart, colourOf} = module_drawing;
const {grid} = module_grid;
const {country, mineral} = module_meta;
const {amount, known, roughly} = module_numbers;
const {answering, cardRow, folded, noteList, pageFrame, section} = module_parts;
const {downloads} = module_save;
const {change} = module_state;
const {figure} = module_tip;
const {inside, listed, named, t} = module_words;
const DRAWN_YEARS = ["500", "2000", "10000"];
function yearsChooser(query) {
return chooser({ label: t("years.drawn"), name: "years", choices: DRAWN_YEARS.map((years) => ({ value: years, label: t("years.count", { years: amount(Number(years)) }) })), value: query.get("years") || DRAWN_YEARS[0], change: (years) => change({ years: years === DRAWN_YEARS[0] ? null : years }) });
}
function atlasPage(query) {
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
function musd(answer, label, value, error) {
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
return {DRAWN_YEARS, yearsChooser, atlasPage, musd};
})();
const module_compare_runs = (() => {
const NAMES = ["country", "partner", "mineral", "product", "market", "project", "supplier", "hazard", "cause", "role", "variable", "component", "stat", "alternative", "budget_musd", "risk"];
const LEFT_OUT = new Set(["sources", "notes", "units", "definitions", "seconds", "legs", "evidence", "shared"]);
function figuresOf(answer) {
const found = new Map();
const walk = (value, way) => {
if (typeof value === "number" && Number.isFinite(value)) found.set(way.join(" · "), value);
else if (Array.isArray(value)) value.forEach((one, at) => walk(one, [...way, nameOf(one, at)]));
else if (value !== null && typeof value === "object") {
for (const [key, one] of Object.entries(value)) if (!LEFT_OUT.has(key) && !(way.length && NAMES.includes(key))) walk(one, [...way, key]);
}
};
walk(answer, []);
return found;
}
function nameOf(record, at) {
if (record === null || typeof record !== "object") return String(at + 1);
const own = NAMES.filter((name) => record[name] !== undefined && record[name] !== null && record[name] !== "").map((name) => record[name]);
return own.length ? own.join(" ") : String(at + 1);
}
function differences(first, second) {
const [a, b] = [figuresOf(first), figuresOf(second)];
const names = [...new Set([...a.keys(), ...b.keys()])];
return names.map((name) => ({ name, first: a.get(name) ?? null, second: b.get(name) ?? null }));
}
return {figuresOf, differences};
})();
const module_figure_sources = (() => {
const {questionAddress} = module_api;
const {parseCsv} = module_csv;
const tables = new Map();
const given = new Map();
function giveTable(question, params, text) {
given.set(tableAddress(question, params), Promise.resolve(parseCsv(text)));
}
function tableAddress(question, params) {
return questionAddress(`download/${question}.csv`, params);
}
async function tidyTable(from) {
const response = await fetch(from);
return response.ok ? parseCsv(await response.text()) : [];
}
async function sourcesOfFigure(question, params, where) {
const from = tableAddress(question, params);
if (!given.has(from) && !tables.has(from)) {
if (tables.size > 20) tables.delete(tables.keys().next().value);
tables.set(from, tidyTable(from).catch(() => []));
}
const rows = await (given.get(from) || tables.get(from));
const wanted = Object.entries(where);
const row = rows.find((one) => wanted.every(([name, value]) => one[name] === String(value ?? "")));
return row && row.source_id ? row.source_id.split(";") : [];
}
return {giveTable, sourcesOfFigure};
})();
const module_expose_columns = (() => {
const {el} = module_dom;
const {sourcesOfFigure} = module_figure_sources;
const {country, mineral} = module_meta;
const {amount, band, index, known, share} = module_numbers;
const {said, translated} = module_said;
const {otherPage} = module_state;
const {figure} = module_tip;
const {named, t} = module_words;
function recordFigure(answer, params, record, key, format, more = {}) {
const where = record.product ? { mineral: record.mineral, variable: key } : { mineral: record.mineral, variable: key, partner: "" };
const own = record.product && record.source_id ? () => record.source_id.split(";") : () => sourcesOfFigure("expose", params, where);
return figure(format(record[key]), {
label: `${mineral(record.product || record.mineral)}: ${named("var", key)}`, value: record[key],
unit: answer.units[key] === "fraction" ? "" : answer.units[key] || "", definition: answer.definitions[key], sources: answer.sources, ids: own, ...more,
});
}
function millions(kusd) {
return known(kusd) ? amount(kusd / 1000) : amount(kusd);
}
function coverageText(record) {
return named("coverage", record.coverage);
}
function supplierCell(key) {
return key ? country(key) : null;
}
function mineralColumns(answer, params, partner) {
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
function sharesFrom(answer, partner) {
const shares = new Map();
for (const row of answer.suppliers) if (!shares.has(row.mineral)) shares.set(row.mineral, 0);
for (const row of answer.suppliers) if (row.supplier === partner) shares.set(row.mineral, row.weight_share);
return shares;
}
function productColumns(answer, params) {
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
function indicatorColumns(answer, params) {
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
function riskBand(record) {
return band(record.geopolrisk_low, record.geopolrisk_high, index);
}
return {recordFigure, millions, coverageText, mineralColumns, productColumns, indicatorColumns, riskBand};
})();
const module_page_compare = (() => {
const {ask} = module_api;
const {barChart} = module_chart_bars;
const {mineralChooser, yearChooser} = module_choices;
const {button, textBox, ticks} = module_controls;
const {differences} = module_compare_runs;
const {el, fill, freshId} = module_dom;
const {chart, colourOf} = module_drawing;
const {recordFigure} = module_expose_columns;
const {grid} = module_grid;
const {country, mineral, usualImporters} = module_meta;
const {amount, changeShare, exact, index, known, share} = module_numbers;
const {answering, noteList, pageFrame, section} = module_parts;
const {downloads} = module_save;
const {change, otherPage} = module_state;
const {figure} = module_tip;
const {named, t} = module_words;
const FIRST = ["JPN", "KOR", "EU27"];
const MEASURES = { top_supplier_weight_share: share, import_hhi_weight: index, net_import_reliance: share, geopolrisk_score: index, supply_risk_of_imports: index };
const FIRST_MEASURE = "top_supplier_weight_share";
const MOST_BYTES = 20 * 2 ** 20;
function importersOf(query) {
return query.has("importers") ? query.get("importers").split(",") : FIRST;
}
function comparePage(query) {
const who = ticks({ legend: t("compare.importers"), name: "importers", open: true, choices: [...new Set([...FIRST, ...usualImporters()])].map((key) => ({ value: key, label: country(key) })), chosen: new Set(importersOf(query)), changed: (values) => change({ importers: values.length ? values.join(",") : null }) });
const what = mineralChooser(query, t("choose.all"));
const year = yearChooser(query);
const measures = ticksOfOne(query);
const runs = runPicker();
const frame = pageFrame(t("compare.title"), t("compare.lead"), [who.node, what.node, measures.node, year.node]);
const sides = el("div");
frame.answer.append(sides, runs);
const answers = answering({ status: frame.status, answer: sides });
const update = (now) => {
const importers = importersOf(now);
who.set(new Set(importers));
what.set(now.get("mineral"));
measures.set(now.get("measure") || FIRST_MEASURE);
const params = { importers: importers.join(","), mineral: now.get("mineral"), year: now.get("year") };
return answers(() => ask("compare", params, "compare"), (answer) => {
fill(sides, now.get("mineral") ? oneSideBySide(answer, now.get("mineral")) : allSideBySide(answer, now.get("measure") || FIRST_MEASURE), noteList(answer.notes), downloads("compare", params));
return t("compare.said", { count: importers.length });
});
};
return { node: frame.node, update };
}
function ticksOfOne(query) {
const id = freshId("measure");
const buttons = Object.keys(MEASURES).map((key) => {
const radio = el("input", { type: "radio", name: id, id: `${id}-${key}`, value: key, on: { change: () => change({ measure: key === FIRST_MEASURE ? null : key }) } });
return { key, radio, node: el("div", { class: "tick" }, radio, el("label", { for: `${id}-${key}` }, named("var", key))) };
});
const set = (now) => { for (const { key, radio } of buttons) radio.checked = key === now; };
set(query.get("measure") || FIRST_MEASURE);
return { node: el("fieldset", {}, el("legend", {}, t("compare.measure")), buttons.map((one) => one.node)), set };
}
function recordOf(exposure, key) {
return exposure.records.find((record) => !record.product && record.mineral === key);
}
function allSideBySide(answer, measure) {
const keys = [...new Set(answer.exposures.flatMap((one) => one.records.filter((record) => !record.product).map((record) => record.mineral)))];
const format = MEASURES[measure];
const valueOf = (exposure, key) => (recordOf(exposure, key) || {})[measure];
const columns = [
{ key: "mineral", label: t("mineral"), head: true, value: (r) => mineral(r.key), cell: (r) => el("a", { href: otherPage("compare", { mineral: r.key }) }, mineral(r.key)) },
...answer.exposures.map((exposure) => ({
key: exposure.importer, label: country(exposure.importer), numeric: true, value: (r) => valueOf(exposure, r.key) ?? null,
cell: (r) => {
const record = recordOf(exposure, r.key);
if (!record || !known(record[measure])) return null;
const from = measure.startsWith("top_supplier") && record.top_supplier ? el("span", { class: "from" }, `${country(record.top_supplier)} `) : null;
return el("span", {}, from, recordFigure(exposure, { importer: exposure.importer, year: exposure.year }, record, measure, format));
},
})),
];
const table = grid({ caption: t("compare.table", { measure: named("var", measure) }), columns, rows: keys.map((key) => ({ key })), sort: { key: answer.exposures[0].importer, down: true }, file: "compare" });
const box = textBox({ label: t("filter"), name: "filter", typed: (text) => table.show(keys.filter((key) => `${mineral(key)} ${key}`.toLowerCase().includes(text.trim().toLowerCase())).map((key) => ({ key }))) });
return [el("div", { class: "filter noprint" }, box.node), table.node];
}
function oneSideBySide(answer, key) {
const found = answer.exposures.map((exposure) => ({ exposure, record: recordOf(exposure, key) })).filter((one) => one.record);
const draw = (width) => barChart(width, t("compare.picture"), found.map(({ exposure, record }) => ({ name: country(exposure.importer), value: record.top_supplier_weight_share, colour: record.top_supplier ? colourOf(record.top_supplier) : "#fff", text: `${share(record.top_supplier_weight_share)} ${record.top_supplier ? country(record.top_supplier) : ""}`, details: { label: country(exposure.importer), value: record.top_supplier_weight_share, definition: exposure.definitions.top_supplier_weight_share, sources: exposure.sources } })));
const first = found.filter((one) => known(one.record.top_supplier_weight_share)).sort((a, b) => b.record.top_supplier_weight_share - a.record.top_supplier_weight_share)[0];
const rows = [...Object.entries(MEASURES), ["import_value_kusd", (v) => (known(v) ? amount(v / 1000) : t("dash"))]].map(([measure, format]) => ({ measure, format }));
const columns = [
{ key: "measure", label: t("col.variable"), head: true, words: true, value: (r) => named("var", r.measure), cell: (r) => (r.measure === "import_value_kusd" ? t("col.import_value_kusd") : named("var", r.measure)) },
...found.map(({ exposure, record }) => ({ key: exposure.importer, label: country(exposure.importer), numeric: true, value: (r) => record[r.measure], cell: (r) => recordFigure(exposure, { importer: exposure.importer, mineral: key, year: exposure.year }, record, r.measure, r.format) })),
];
return [
el("h2", {}, mineral(key)),
first && chart({ finding: t("compare.finding", { importer: country(first.exposure.importer), share: share(first.record.top_supplier_weight_share), country: country(first.record.top_supplier) }), label: t("compare.picture"), draw, file: "compare" }),
grid({ caption: t("compare.one", { mineral: mineral(key) }), columns, rows, file: `compare_${key}` }).node,
];
}
function runPicker() {
const shown = el("div", { "aria-live": "polite" });
const kept = [null, null];
const picker = (at, label) => {
const id = freshId("file");
const file = el("input", { type: "file", id, name: `run${at + 1}`, accept: "application/json,.json" });
file.addEventListener("change", async () => {
try {
kept[at] = await readRun(file.files[0]);
fill(shown, kept[0] && kept[1] ? runTable(...kept) : t("compare.runs.other"));
} catch (error) {
kept[at] = null;
fill(shown, el("p", { class: "refusal" }, error.message));
}
});
return el("div", { class: "control" }, el("label", { for: id }, label), file);
};
return section(t("compare.runs"), el("p", {}, t("compare.runs.lead")), el("div", { class: "side noprint" }, picker(0, t("compare.first")), picker(1, t("compare.second"))), shown);
}
async function readRun(file) {
if (!file) return null;
if (file.size > MOST_BYTES) throw new Error(t("compare.runs.large"));
try {
return { name: file.name, answer: JSON.parse(await file.text()) };
} catch {
throw new Error(t("compare.runs.wrong", { name: file.name }));
}
}
function runTable(first, second) {
const rows = differences(first.answer, second.answer);
const unequal = rows.filter((row) => row.first !== row.second);
const sources = { ...(first.answer.sources || {}), ...(second.answer.sources || {}) };
const number = (key, label) => ({ key, label, numeric: true, value: (r) => r[key], cell: (r) => figure(amount(r[key]), { label: r.name, value: r[key], sources }) });
const columns = [
{ key: "name", label: t("col.variable"), head: true, words: true, value: (r) => r.name, cell: (r) => r.name },
number("first", first.name), number("second", second.name),
{ key: "change", label: t("col.change"), numeric: true, value: (r) => (r.first ? r.second / r.first - 1 : null), cell: (r) => figure(changeShare(r.first, r.second), { label: r.name, text: `${exact(r.first)} → ${exact(r.second)}`, sources }) },
];
const table = grid({ caption: t("compare.runs.table"), columns, rows: unequal, file: "differences" });
const all = button(t("compare.runs.all", { count: rows.length }), () => table.show(rows));
return [el("p", {}, t("compare.runs.said", { unequal: unequal.length, all: rows.length })), all, table.node];
}
return {comparePage};
})();
const module_chart_map = (() => {
const {ACCENT, INK, MUTED, SECOND} = module_colours;
const {svg, textWidth} = module_dom;
const {canvas, word} = module_drawing;
const {explain} = module_tip;
const TURN = 360;
const MARGIN = 0.08;
const WAY_COLOURS = [ACCENT, SECOND, "#3f7f93", "#6b4c9a", "#7a6a1f"];
const DASHES = [null, "7 3", "2 3", "9 3 2 3", "4 4"];
function rad(degrees) {
return (degrees * Math.PI) / 180;
}
function mercator(lat) {
return Math.log(Math.tan(Math.PI / 4 + rad(Math.max(-80, Math.min(80, lat))) / 2));
}
function mapView(points, width) {
const around = [...new Set(points.map(([lon]) => ((lon % TURN) + TURN) % TURN))].sort((a, b) => a - b);
const gaps = around.map((lon, i) => (i + 1 < around.length ? around[i + 1] - lon : around[0] + TURN - lon));
const widest = gaps.indexOf(Math.max(...gaps));
const west = around[(widest + 1) % around.length];
const span = TURN - gaps[widest];
const centre = west + span / 2;
const ys = points.map(([, lat]) => mercator(lat));
const [low, high] = [Math.min(...ys), Math.max(...ys)];
const across = rad(Math.max(span, 4)) * (1 + 2 * MARGIN);
const upright = Math.max(high - low, 0.06) * (1 + 2 * MARGIN);
const height = Math.round(Math.min(Math.max((width * upright) / across, width < 500 ? 220 : 300), 520));
const scale = Math.min(width / across, height / upright);
const near = (lon) => lon - TURN * Math.round((lon - centre) / TURN);
return {
centre, height, width, scale, near,
x: (lon) => width / 2 + scale * rad(lon - centre),
y: (lat) => height / 2 - scale * (mercator(lat) - (low + high) / 2),
};
}
function routeMap(width, label, { land, ways, places, straits, press }) {
const ends = ways.flatMap((way) => way.geometry.coordinates.flat());
const view = mapView(ends.length ? ends : places.map((p) => [p.lon, p.lat]), width);
const shapes = land.map((feature) => svg("path", { d: landPath(feature.geometry, view), class: "land" }));
const lines = [...ways].sort((a, b) => b.properties.alternative - a.properties.alternative).map((way) => wayLine(way, view));
return canvas(width, view.height, label, svg("rect", { width, height: view.height, class: "sea" }), shapes, lines,
straits.map((strait) => straitMark(strait, view, press)), placeMarks(places, view));
}
function landPath(geometry, view) {
const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
const parts = [];
for (const ring of polygons.flat().map(unbroken)) {
for (const turn of [-TURN, 0, TURN, 2 * TURN]) {
const xs = ring.map(([lon]) => view.x(lon + turn));
if (Math.max(...xs) < 0 || Math.min(...xs) > view.width) continue;
parts.push(`M${ring.map(([lon, lat]) => `${view.x(lon + turn).toFixed(1)},${view.y(lat).toFixed(1)}`).join("L")}Z`);
}
}
return parts.join("");
}
function unbroken(ring) {
let turn = 0;
return ring.map(([lon, lat], at) => {
if (at > 0) turn -= TURN * Math.round((lon - ring[at - 1][0]) / TURN);
return [lon + turn, lat];
});
}
function wayLine(way, view) {
const { alternative } = way.properties;
const place = (alternative - 1) % WAY_COLOURS.length;
const d = way.geometry.coordinates.map((line) => {
const turn = view.near(line[Math.floor(line.length / 2)][0]) - line[Math.floor(line.length / 2)][0];
return `M${line.map(([lon, lat]) => `${view.x(lon + turn).toFixed(1)},${view.y(lat).toFixed(1)}`).join("L")}`;
}).join("");
const shape = (attributes) => svg("path", { d, fill: "none", "stroke-linejoin": "round", ...attributes });
const group = svg("g", {},
shape({ stroke: "#fff", "stroke-width": alternative === 1 ? 5 : 3.5, opacity: 0.8 }),
shape({ stroke: WAY_COLOURS[place], "stroke-width": alternative === 1 ? 3 : 1.8, "stroke-dasharray": DASHES[place] }));
return way.properties.details ? explain(group, way.properties.details) : group;
}
function straitMark(strait, view, press) {
const [x, y] = [view.x(view.near(strait.lon)), view.y(strait.lat)];
if (x < 0 || x > view.width || y < 0 || y > view.height) return null;
const mark = strait.closed
? svg("path", { d: `M${x - 6},${y - 6}L${x + 6},${y + 6}M${x - 6},${y + 6}L${x + 6},${y - 6}`, stroke: "#a3190b", "stroke-width": 3 })
: svg("path", { d: `M${x},${y - 5}L${x + 5},${y}L${x},${y + 5}L${x - 5},${y}Z`, fill: "#fff", stroke: INK });
const group = svg("g", { class: "strait" }, svg("circle", { cx: x, cy: y, r: 12, fill: "transparent" }), mark);
group.addEventListener("click", () => press(strait.id));
return explain(group, { label: strait.name, text: strait.hint });
}
function placeMarks(places, view) {
const boxes = [];
const marks = [];
for (const place of [...places].sort((a, b) => Number(b.end) - Number(a.end))) {
const [x, y] = [view.x(view.near(place.lon)), view.y(place.lat)];
marks.push(svg("circle", { cx: x, cy: y, r: place.end ? 5 : 2.5, fill: place.end ? INK : "#fff", stroke: INK }));
const size = place.end ? 13 : 11;
const wide = textWidth(place.name, size, place.end ? 700 : 400);
const left = x + 8 + wide > view.width ? Math.max(2, x - 8 - wide) : x + 8;
const box = [left - 2, y - size, left + wide + 2, y + 6];
if (!place.named && !place.end) continue;
if (boxes.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) continue;
boxes.push(box);
marks.push(word(left, y + 4, place.name, { class: "halo", "font-size": size, "font-weight": place.end ? 700 : 400, fill: place.end ? INK : MUTED }));
}
return marks;
}
return {WAY_COLOURS, mapView, routeMap};
})();
const module_page_corridors = (() => {
const {ask} = module_api;
const {barChart} = module_chart_bars;
const {WAY_COLOURS, routeMap} = module_chart_map;
const {followChoices, importerChooser, importerOf} = module_choices;
const {chooser, ticks} = module_controls;
const {el, fill} = module_dom;
const {chart} = module_drawing;
const {sourcesOfFigure} = module_figure_sources;
const {grid} = module_grid;
const {closureName, country, metaNow, mineralChoices, mineralInside, placeName, sorted} = module_meta;
const {amount, band, index, known, share} = module_numbers;
const {answering, cardRow, noteList, pageFrame, section} = module_parts;
const {downloads} = module_save;
const {change, place} = module_state;
const {figure} = module_tip;
const {called, listed, named, t} = module_words;
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
function corridorsPage(query) {
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
function hangName(name) {
return name.replace(/:[a-z_+]+$/, "").split("--").map(closureName).join(" – ");
}
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
function wayName(way) {
if (!way.via) return null;
const [codes, ...rest] = way.via.split(" by ");
const port = rest.length ? [null, rest.join(" by ")] : null;
const countries = codes.split(" - ").map(country).join(" – ");
return port ? t("route.via", { countries, port: port[1].replace(/([a-z])([A-Z])/g, "$1 $2") }) : countries;
}
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
return {corridorsPage};
})();
const module_chart_scatter = (() => {
const {INK, RULE} = module_colours;
const {svg, textWidth} = module_dom;
const {canvas, quietWord, roundTicks, word} = module_drawing;
const {amount} = module_numbers;
const {explain} = module_tip;
const LEFT = 44;
const BOTTOM = 40;
const TOP = 14;
const RIGHT = 16;
function scatterChart(width, label, points, axes) {
const height = Math.min(460, Math.max(320, width * 0.55));
const x = scale(points.map((p) => p.x), LEFT, width - RIGHT, axes.logX);
const y = scale([0, ...points.map((p) => p.y)], height - BOTTOM, TOP, false);
return canvas(width, height, label,
y.ticks.map((at) => [
svg("line", { x1: LEFT, x2: width - RIGHT, y1: y.of(at), y2: y.of(at), stroke: RULE }),
quietWord(LEFT - 6, y.of(at) + 4, (axes.writeY || amount)(at), { "text-anchor": "end" }),
]),
x.ticks.map((at) => [
svg("line", { x1: x.of(at), x2: x.of(at), y1: height - BOTTOM, y2: height - BOTTOM + 5, stroke: INK }),
quietWord(x.of(at), height - BOTTOM + 18, (axes.writeX || amount)(at), { "text-anchor": "middle" }),
]),
svg("line", { x1: LEFT, x2: width - RIGHT, y1: height - BOTTOM, y2: height - BOTTOM, stroke: INK }),
quietWord(width - RIGHT, height - 4, axes.x, { "text-anchor": "end" }),
quietWord(4, TOP - 3, axes.y),
points.map((point) => dot(point, x.of(point.x), y.of(point.y))),
labels(points, x, y, width));
}
function scale(values, start, end, log) {
const put = log ? Math.log10 : (value) => value;
const usable = values.filter((value) => !log || value > 0);
const low = put(Math.min(...usable));
const high = put(Math.max(...usable));
const pad = log ? (high - low) * 0.04 || 0.5 : 0;
const [from, to] = log ? [low - pad, high + pad] : [low, high * 1.04 || 1];
const of = (value) => start + ((end - start) * (put(value) - from)) / (to - from || 1);
const powers = [];
if (log) for (let power = Math.ceil(from); power <= to; power += 1) powers.push(10 ** power);
return { of, ticks: log ? powers : roundTicks(from, to) };
}
function dot(point, cx, cy) {
const mark = point.hollow
? [svg("circle", { cx, cy, r: 7, fill: "none", stroke: INK, "stroke-width": 0.8 }), svg("circle", { cx, cy, r: 5, fill: "#fff", stroke: point.colour, "stroke-width": 3 }), svg("circle", { cx, cy, r: 3.4, fill: "none", stroke: INK, "stroke-width": 0.5 })]
: svg("circle", { cx, cy, r: 6, fill: point.colour, stroke: INK, "stroke-width": 0.6 });
const group = svg("g", { class: "dot" }, svg("circle", { cx, cy, r: 12, fill: "transparent" }), mark);
if (point.go) group.addEventListener("click", () => { location.hash = point.go; });
return explain(group, point.details);
}
function labels(points, x, y, width) {
const boxes = points.map((p) => ({ left: x.of(p.x) - 7, right: x.of(p.x) + 7, top: y.of(p.y) - 7, bottom: y.of(p.y) + 7 }));
const free = (box) => box.left > 40 && box.right < width && box.top > 12 && boxes.every((o) => box.right < o.left || box.left > o.right || box.bottom < o.top || box.top > o.bottom);
const shown = [];
for (const point of [...points].sort((a, b) => b.y - a.y)) {
const wide = textWidth(point.name);
const [cx, cy] = [x.of(point.x), y.of(point.y)];
const places = [[cx + 10, cy + 4], [cx - 10 - wide, cy + 4], [cx - wide / 2, cy - 10], [cx - wide / 2, cy + 20]];
for (const [left, base] of places) {
const box = { left, right: left + wide, top: base - 10, bottom: base + 3 };
if (!free(box)) continue;
boxes.push(box);
shown.push(word(left, base, point.name));
break;
}
}
return shown;
}
return {scatterChart};
})();
const module_own_purchases = (() => {
const {send} = module_api;
const {button, chooser} = module_controls;
const {el, fill, freshId} = module_dom;
const {giveTable} = module_figure_sources;
const {grid} = module_grid;
const {metaNow} = module_meta;
const {refusalBox} = module_parts;
const {saveCsv} = module_save;
const {change} = module_state;
const {t} = module_words;
const MOST_BYTES = 20 * 2 ** 20;
const SERVER_NAME = /\bpurchases\.(csv|xlsx)/g;
let read = null;
let reads = 0;
function ownAnswer(company) {
const at = read ? read.companies.findIndex((one) => one.company === company) : -1;
return at < 0 ? null : { answer: read.exposures[at], table: read.tables[at], params: paramsOf(company) };
}
function paramsOf(company) {
return { importer: company, file: reads };
}
function ownControl(again) {
const said = el("div");
const who = chooser({ label: t("own.company"), name: "company", none: t("own.none"), choices: [], value: null, change: (company) => change({ company, mineral: null }) });
const id = freshId("file");
const file = el("input", { type: "file", id, name: "purchases", accept: ".csv,.xlsx,text/csv" });
file.addEventListener("change", async () => {
const chosen = file.files[0];
if (!chosen) return;
await readFile(chosen, said, again);
file.value = "";
});
const empty = button(t("own.template"), () => saveCsv("purchases.csv", metaNow().purchases.columns, []), { class: "small" });
const node = el("fieldset", {}, el("legend", {}, t("own.title")), el("p", { class: "quiet" }, t("own.lead")), el("div", { class: "control" }, el("label", { for: id }, t("own.file")), file), who.node, empty);
const follow = (company) => {
who.node.hidden = !read && !company;
who.offer(read ? read.companies.map((one) => ({ value: one.company, label: `${one.company} (${one.year})` })) : [], company);
};
return { node, said, follow };
}
async function readFile(file, said, again) {
fill(said, el("p", { role: "status" }, t("own.reading", { name: file.name })));
try {
if (file.size > MOST_BYTES) throw Object.assign(new Error(t("own.large")), { faults: [], own: true });
const answer = await send("purchases", file);
read = answer;
reads += 1;
answer.companies.forEach(({ company }, at) => giveTable("expose", paramsOf(company), answer.tables[at]));
fill(said, readBox(file.name, answer));
const before = location.hash;
change({ company: answer.companies[0].company, mineral: null });
if (location.hash === before) again();
} catch (error) {
if (!("faults" in error)) throw error;
const box = faultBox(file.name, error);
fill(said, box);
box.querySelector("h2").focus();
}
}
function renamed(text, name) {
return String(text).replace(SERVER_NAME, name);
}
function readBox(name, answer) {
const line = t("own.read", { name, rows: answer.added.rows, count: answer.companies.length });
const warnings = answer.warnings.map((one) => el("li", {}, renamed(one, name)));
return [el("p", { role: "status" }, line), warnings.length > 0 && el("ul", { lang: "en", class: "quiet" }, warnings)];
}
function faultBox(name, refusal) {
if (!refusal.faults.length) {
const box = refusalBox(refusal);
if (refusal.own) box.querySelector("p").removeAttribute("lang");
box.querySelector("h2").setAttribute("tabindex", "-1");
return box;
}
const english = (text) => el("span", { lang: "en" }, text);
const column = (key, more = {}) => ({ key, label: t(`fault.${key}`), value: (r) => r[key], cell: (r) => r[key], ...more });
const rows = refusal.faults.map((fault) => ({ ...fault, name: renamed(fault.name, name), value: fault.value === null ? null : String(fault.value) }));
const columns = [
column("name", { words: true, minor: true, head: true }), column("row", { numeric: true }), column("column"), column("value", { words: true, minor: true }),
column("rule", { words: true, cell: (r) => english(renamed(r.rule, name)) }), column("remedy", { words: true, cell: (r) => english(renamed(r.remedy, name)) }),
];
const table = grid({ caption: t("own.faults"), hiddenCaption: true, columns, rows, file: "faults" });
return el("div", { class: "refusal", role: "group", "aria-label": t("own.faults") }, el("h2", { tabindex: "-1" }, t("own.wrong", { name, count: rows.length })), el("p", {}, t("own.correct")), table.node);
}
return {ownAnswer, ownControl};
})();
const module_page_expose = (() => {
const {ask} = module_api;
const {barChart} = module_chart_bars;
const {scatterChart} = module_chart_scatter;
const {followChoices, importerChooser, importerOf, mineralChooser, partnerChooser, yearChooser} = module_choices;
const {textBox} = module_controls;
const {el, fill} = module_dom;
const {chart, colourOf} = module_drawing;
const {coverageText, indicatorColumns, mineralColumns, millions, productColumns, recordFigure, riskBand} = module_expose_columns;
const {sourcesOfFigure} = module_figure_sources;
const {grid} = module_grid;
const {country, lastYear, mineral, mineralChoices, mineralInside} = module_meta;
const {amount, index, known, money, share} = module_numbers;
const {ownAnswer, ownControl} = module_own_purchases;
const {answering, cardRow, folded, noteList, pageFrame, section} = module_parts;
const {said} = module_said;
const {downloads, savedHere} = module_save;
const {address, change, otherPage, place} = module_state;
const {figure} = module_tip;
const {named, t} = module_words;
const FEW = 12;
const PARTLY = new Set(["fringe", "ore_only"]);
function exposePage(query) {
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
function followCompany(controls, company, now) {
const found = company && ownAnswer(company);
controls.importer.node.hidden = controls.year.node.hidden = Boolean(company);
const bought = found ? new Set(found.answer.records.map((record) => record.mineral)) : null;
controls.mineral.offer(mineralChoices().filter(({ value }) => !bought || bought.has(value)), now.get("mineral"));
}
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
function swatch(colour) {
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
return {exposePage, swatch};
})();
const module_chart_lines = (() => {
const {ACCENT, INK, RULE, SECOND} = module_colours;
const {svg} = module_dom;
const {canvas, quietWord, roundTicks, word} = module_drawing;
const {amount} = module_numbers;
const {explain} = module_tip;
const COLOURS = [ACCENT, SECOND, "#3f7f93", "#6b4c9a", "#7a6a1f"];
const DASHES = [null, "7 3", "2 3", "9 3 2 3", "4 4"];
const LEFT = 58;
const BOTTOM = 40;
const TOP = 18;
function lineChart(width, label, lines, axes) {
const right = 110;
const height = Math.min(380, Math.max(260, width * 0.45));
const all = lines.flatMap((line) => line.points);
const span = (values, zero) => {
const low = zero ? Math.min(0, ...values) : Math.min(...values);
const high = Math.max(...values);
const pad = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
return [zero ? low : low - pad, high + pad];
};
const [x0, x1] = span(all.map((p) => p.x), true);
const [y0, y1] = span(all.map((p) => p.y), axes.fromZero);
const x = (value) => LEFT + ((width - LEFT - right) * (value - x0)) / (x1 - x0);
const y = (value) => height - BOTTOM - ((height - BOTTOM - TOP) * (value - y0)) / (y1 - y0);
return canvas(width, height, label,
roundTicks(y0, y1, 4).map((at) => [
svg("line", { x1: LEFT, x2: width - right, y1: y(at), y2: y(at), stroke: RULE }),
quietWord(LEFT - 6, y(at) + 4, amount(at), { "text-anchor": "end" }),
]),
roundTicks(x0, x1, Math.max(2, Math.floor(width / 160))).map((at) => quietWord(x(at), height - BOTTOM + 18, amount(at), { "text-anchor": "middle" })),
svg("line", { x1: LEFT, x2: width - right, y1: height - BOTTOM, y2: height - BOTTOM, stroke: INK }),
quietWord(width - right, height - 4, axes.x, { "text-anchor": "end" }),
quietWord(4, TOP - 6, axes.y),
lines.map((line, place) => oneLine(line, place, x, y)),
endNames(lines, x, y, width - right + 26));
}
function oneLine(line, place, x, y) {
const colour = COLOURS[place % COLOURS.length];
const d = `M${line.points.map((p) => `${x(p.x)},${y(p.y)}`).join("L")}`;
return svg("g", {}, svg("path", { d, fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": DASHES[place % DASHES.length] }),
line.points.map((p) => {
const mark = svg("circle", { cx: x(p.x), cy: y(p.y), r: p.here ? 8 : 4.5, fill: p.here ? colour : "#fff", stroke: p.here ? INK : colour, "stroke-width": 2 });
const group = svg("g", { class: p.press ? "dot" : null }, svg("circle", { cx: x(p.x), cy: y(p.y), r: 12, fill: "transparent" }), mark);
if (p.press) group.addEventListener("click", p.press);
return explain(group, p.details);
}));
}
function endNames(lines, x, y, left) {
const ends = lines.map((line, place) => ({ place, name: line.name, last: line.points[line.points.length - 1] }));
ends.sort((a, b) => y(a.last.y) - y(b.last.y));
let above = -Infinity;
return ends.map(({ place, name, last }) => {
above = Math.max(y(last.y) + 4, above + 15);
const colour = COLOURS[place % COLOURS.length];
return [
svg("path", { d: `M${x(last.x) + 6},${y(last.y)}L${left - 4},${above - 4}`, stroke: colour, "stroke-width": 0.7, fill: "none" }),
word(left, above, name, { fill: colour, "font-weight": 600 }),
];
});
}
return {lineChart};
})();
const module_chart_time = (() => {
const {INK, RULE} = module_colours;
const {cutText, svg, textWidth} = module_dom;
const {canvas, colourOf, quietWord, word} = module_drawing;
const {explain} = module_tip;
const ROW = 28;
const HEAD = 24;
function timeChart(width, label, rows) {
const first = Math.min(...rows.map((row) => row.start));
const last = Math.max(...rows.map((row) => row.to)) + 1;
const names = Math.min(Math.max(...rows.map((row) => textWidth(row.name))) + 12, width * 0.42);
const x = (year) => names + ((width - names - 8) * (year - first)) / (last - first || 1);
const height = HEAD + rows.length * ROW + 4;
const step = Math.max(1, Math.ceil((last - first) / Math.max(2, Math.floor((width - names) / 52))));
const years = [];
for (let year = first; year < last; year += step) years.push(year);
const hatch = svg("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
svg("rect", { width: 6, height: 6, fill: "#fff" }), svg("line", { x1: 0, x2: 0, y1: 0, y2: 6, stroke: INK, "stroke-width": 2 }));
return canvas(width, height, label, svg("defs", {}, hatch),
years.map((year) => [
svg("line", { x1: x(year), x2: x(year), y1: HEAD - 4, y2: height, stroke: RULE }),
quietWord(x(year) + 2, HEAD - 9, String(year)),
]),
rows.map((row, place) => {
const top = HEAD + place * ROW;
return explain(svg("g", {},
word(names - 8, top + 18, cutText(row.name, names - 10), { "text-anchor": "end" }),
svg("rect", { x: x(row.start), y: top + 6, width: Math.max(x(row.from) - x(row.start), 0), height: 16, fill: "url(#hatch)", stroke: INK, "stroke-width": 0.5 }),
svg("rect", { x: x(row.from), y: top + 6, width: Math.max(x(row.to + 1) - x(row.from), 2), height: 16, fill: colourOf(row.country), stroke: INK, "stroke-width": 0.5 })), row.details);
}));
}
return {timeChart};
})();
const module_plan_ledgers = (() => {
const {el} = module_dom;
const {grid} = module_grid;
const {country, mineral} = module_meta;
const {amount, band, known, roughly, share, signed} = module_numbers;
const {section} = module_parts;
const {figure} = module_tip;
const {t} = module_words;
function money(answer, label, value, more = {}) {
return figure(roughly(value), { label, value, unit: "MUSD", sources: answer.sources, ...more });
}
function importerLedger(plan) {
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
function partnerLedger(plan) {
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
return {importerLedger, partnerLedger};
})();
const module_page_plan = (() => {
const {ask} = module_api;
const {lineChart} = module_chart_lines;
const {timeChart} = module_chart_time;
const {DRAWN_YEARS, musd, yearsChooser} = module_page_atlas;
const {followChoices, importerChooser, importerOf} = module_choices;
const {slider, textBox} = module_controls;
const {el, fill} = module_dom;
const {chart} = module_drawing;
const {grid} = module_grid;
const {country, mineral} = module_meta;
const {amount, index, known, roughly, share} = module_numbers;
const {answering, cardRow, folded, noteList, pageFrame, section} = module_parts;
const {importerLedger, partnerLedger} = module_plan_ledgers;
const {downloads} = module_save;
const {change} = module_state;
const {figure} = module_tip;
const {t} = module_words;
const BUDGETS = [0, 50, 200, 500, 1000, 2000];
const RISKS = [0, 0.25, 0.5, 0.75, 1];
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
function planPage(query) {
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
return {planPage};
})();
const module_shock_events = (() => {
const SIZES = {
cut: { unit: "%", factor: 100, first: 40, min: 0, max: 100 },
quota: { unit: "t", factor: 1, first: 1000, min: 0 },
embargo: null,
duty: { unit: "%", factor: 100, first: 25, min: 0 },
output: { unit: "%", factor: 100, first: 80, min: 0 },
demand: { unit: "%", factor: 100, first: 110, min: 0 },
way: { unit: "%", factor: 100, first: 130, min: 0 },
outside: { unit: "t", factor: 1, first: 500, min: 0 },
};
function eventText(kind, who, towards, size) {
const clause = towards ? `${who}:${towards}` : who;
return SIZES[kind] === null ? clause : `${clause}=${asWritten(size / SIZES[kind].factor)}`;
}
function asWritten(value) {
return String(Number(value.toPrecision(12)));
}
function eventParts(kind, text) {
const [left, number] = text.split("=");
const [who, towards] = left.split(":");
const size = number === undefined || !SIZES[kind] ? null : Number((Number(number) * SIZES[kind].factor).toPrecision(12));
return { who: who.split(","), towards: towards ? towards.split(",") : [], size };
}
const OPTIONS = { corridor: "--corridor", corridor_days: "--corridor-days", upgrade: "--upgrade", stock: "--stock" };
function commandLine(question, kinds) {
const words = ["sogdia", "shock", question.mineral];
if (question.importer) words.push("--importer", question.importer);
if (question.year) words.push("--year", question.year);
for (const kind of kinds) for (const text of question[kind] || []) words.push(`--${kind.replaceAll("_", "-")}`, text);
for (const [name, option] of Object.entries(OPTIONS)) {
for (const text of [question[name] || []].flat()) words.push(option, text);
}
if (question.ore_only) words.push("--ore-only");
return words.map((one) => (/^[\w:=.,@%/+-]+$/.test(one) ? one : `'${one.replaceAll("'", "'\\''")}'`)).join(" ");
}
return {SIZES, eventText, eventParts, commandLine};
})();
const module_shock_composer = (() => {
const {marketChooser} = module_choices;
const {button, chooser, numberBox} = module_controls;
const {el, fill} = module_dom;
const {country, countryChoices, metaNow} = module_meta;
const {SIZES, eventParts, eventText} = module_shock_events;
const {change} = module_state;
const {called, listed, t} = module_words;
function kindsOfEvents() {
return metaNow().events.filter((one) => one.name in SIZES);
}
function eventSentence(kind, text) {
const { who, towards, size } = eventParts(kind, text);
const slots = { who: listed(who.map(country)), to: towards.length ? listed(towards.map(country)) : "", size: size === null ? "" : size };
slots.who = who.includes("WORLD") ? t("world") : slots.who;
return t(towards.length ? `event.${kind}.to` : `event.${kind}`, slots);
}
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
function composer(query, marketOf, heads) {
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
return {kindsOfEvents, eventSentence, composer};
})();
const module_shock_columns = (() => {
const {country, mineral} = module_meta;
const {amount, band, changeShare, index, known, share, times} = module_numbers;
const {figure} = module_tip;
const {named, t} = module_words;
function formatOfUnit(unit) {
return { ratio: times, fraction: share, "0..1": index }[unit] || amount;
}
function shownValue(row, value) {
return row.unit === "kUSD" && known(value) ? value / 1000 : value;
}
function shownUnit(row) {
return named("unit", row.unit === "kUSD" ? "MUSD" : row.unit);
}
function rowName(answer, row) {
const who = row.country === null ? t("world") : country(row.country);
return `${who}: ${named("var", row.variable)}${row.partner ? ` – ${country(row.partner)}` : ""}`;
}
function rowFigure(answer, row, key) {
const text = row.beyond && key !== "base" ? t("beyond") : formatOfUnit(row.unit)(shownValue(row, row[key]));
return figure(text, {
label: `${rowName(answer, row)} (${t(`stat.${key}`)})`, value: row[key], unit: row.unit === "ratio" ? "" : row.unit,
low: key === "central" ? row.low : undefined, high: key === "central" ? row.high : undefined,
text: row.beyond ? t("beyond.why") : null, definition: null, sources: answer.sources,
});
}
function rowBand(row) {
const format = formatOfUnit(row.unit);
return band(shownValue(row, row.low), shownValue(row, row.high), format);
}
function shockColumns(answer, withCountry = true) {
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
function importerRow(answer, variable) {
return answer.rows.find((row) => row.role === "importer" && row.variable === variable && row.partner === null);
}
function marketName(answer) {
return mineral(answer.product || answer.mineral);
}
return {formatOfUnit, shownUnit, rowName, rowFigure, rowBand, shockColumns, importerRow, marketName};
})();
const module_page_shock = (() => {
const {ask} = module_api;
const {barChart} = module_chart_bars;
const {followChoices, importerChooser, importerOf, yearChooser} = module_choices;
const {button} = module_controls;
const {el, fill} = module_dom;
const {chart, colourOf} = module_drawing;
const {grid} = module_grid;
const {country, mineral, mineralInside, productsOf} = module_meta;
const {amount, band, changeShare, known, money, signed, times} = module_numbers;
const {answering, cardRow, folded, noteList, pageFrame, section} = module_parts;
const {downloads} = module_save;
const {composer, eventSentence, kindsOfEvents} = module_shock_composer;
const {formatOfUnit, importerRow, marketName, rowBand, rowFigure, shockColumns, shownUnit} = module_shock_columns;
const {commandLine} = module_shock_events;
const {change, place} = module_state;
const {named, t} = module_words;
const FIRST_MARKET = "graphite";
const FEW = 10;
function marketOf(query) {
return query.get("mineral") || FIRST_MARKET;
}
function shockPage(query) {
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
async function suggestions(params) {
const shown = await ask("expose", { importer: params.importer, mineral: params.mineral, year: params.year }, "expose").catch(() => ({ suppliers: [], records: [] }));
const suppliers = shown.suppliers.filter((row) => row.mineral === params.mineral && known(row.weight_share));
const named = suppliers.sort((a, b) => b.weight_share - a.weight_share).slice(0, 3).map((row) => row.supplier);
const who = named.length ? named : ["CHN"];
const offers = who.flatMap((one) => [["embargo", one], ["cut", `${one}=0.4`]]);
return el("section", { class: "suggest" }, el("h2", {}, t("shock.suggest", { mineral: mineralInside(params.mineral) })),
el("ul", {}, offers.map(([kind, text]) => el("li", {}, button(eventSentence(kind, text), () => change({ [kind]: text }))))));
}
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
return {shockPage};
})();
const module_page_sources = (() => {
const {answersKept, ask} = module_api;
const {importerOf} = module_choices;
const {button, textBox} = module_controls;
const {el, fill} = module_dom;
const {grid} = module_grid;
const {amount, known} = module_numbers;
const {answering, noteList, pageFrame, section} = module_parts;
const {downloads} = module_save;
const {figure} = module_tip;
const {named, t} = module_words;
function sourcesPage() {
const box = textBox({ label: t("filter"), name: "filter", typed: (text) => shown && shown.filter(text) });
const frame = pageFrame(t("sources.title"), t("sources.lead"), [box.node]);
const list = el("div");
const claims = el("div");
frame.answer.append(list, claims);
let shown = null;
const lists = answering({ status: frame.status, answer: list });
const checks = answering({ status: el("p", { role: "status" }), answer: claims });
const update = async (now) => {
const importer = importerOf(now);
fill(claims, section(t("claims.title"), el("p", {}, t("claims.lead")), button(t("claims.ask"), () => checks(() => ask("claims", { importer }, "claims"), (answer) => { fill(claims, claimParts(answer, importer)); }), { class: "main" })));
await lists(() => ask("expose", { importer }, "expose"), () => {
const rows = citedSources();
shown = sourceTable(rows);
fill(list, shown.node);
return t("sources.said", { count: rows.length });
});
};
return { node: frame.node, update };
}
function citedSources() {
const found = new Map();
for (const { from, answer } of answersKept()) {
const question = from.split("?")[0].replace("/api/", "");
const parts = [answer, ...(answer.exposures || [])];
for (const part of parts) {
if (!part.sources || Array.isArray(part.sources)) continue;
for (const [id, citation] of Object.entries(part.sources)) {
if (!found.has(id)) found.set(id, { id, citation, questions: new Set() });
found.get(id).questions.add(named("page", question));
}
}
}
return [...found.values()];
}
function sourceTable(rows) {
const columns = [
{ key: "id", label: t("col.id"), head: true, value: (r) => r.id, cell: (r) => el("span", { class: "code" }, r.id) },
{ key: "citation", label: t("col.citation"), words: true, value: (r) => r.citation, cell: (r) => el("span", { lang: "en" }, r.citation) },
{ key: "used", label: t("col.used"), words: true, minor: true, value: (r) => [...r.questions].join(", "), cell: (r) => [...r.questions].join(", ") },
];
const table = grid({ caption: t("sources.title"), hiddenCaption: true, columns, rows, sort: { key: "id", down: false }, file: "sources" });
return { node: table.node, filter: (text) => table.show(rows.filter((row) => `${row.id} ${row.citation}`.toLowerCase().includes(text.trim().toLowerCase()))) };
}
function oursText(row) {
if (!known(row.ours)) return t("dash");
return row.ours_unit === "year" ? String(row.ours) : `${amount(row.ours)} ${row.ours_unit}`;
}
function claimParts(answer, importer) {
const ours = (r) => figure(oursText(r), {
label: r.statement, value: r.ours, low: r.ours_low, high: r.ours_high, unit: r.ours_unit, text: r.method, sources: answer.sources, ids: () => r.source_ids,
});
const columns = [
{ key: "claim", label: t("col.claim"), head: true, words: true, value: (r) => r.statement, cell: (r) => el("span", { lang: "en" }, r.statement) },
{ key: "verdict", label: t("col.verdict"), value: (r) => named("verdict", r.verdict), cell: (r) => named("verdict", r.verdict) },
{ key: "ours", label: t("col.ours"), value: (r) => r.ours, cell: ours },
{ key: "definition", label: t("col.definitionused"), words: true, minor: true, value: (r) => r.definition, cell: (r) => r.definition && el("span", { lang: "en" }, r.definition) },
];
return [section(t("claims.title"), grid({ caption: t("claims.title"), hiddenCaption: true, columns, rows: answer.claims, file: "claims" }).node), noteList(answer.notes), downloads("claims", { importer })];
}
return {sourcesPage};
})();
const module_main = (() => {
const {loadMeta, metaNow} = module_meta;
const {el, fill} = module_dom;
const {drawForPaper, redrawCharts} = module_drawing;
const {atlasPage} = module_page_atlas;
const {comparePage} = module_page_compare;
const {corridorsPage} = module_page_corridors;
const {exposePage} = module_page_expose;
const {planPage} = module_page_plan;
const {shockPage} = module_page_shock;
const {sourcesPage} = module_page_sources;
const {refusalBox} = module_parts;
const {hear} = module_said;
const {PAGES, address, otherPage, place} = module_state;
const {startTips} = module_tip;
const {speak, t} = module_words;
const MAKERS = { expose: exposePage, shock: shockPage, corridors: corridorsPage, atlas: atlasPage, plan: planPage, compare: comparePage, sources: sourcesPage };
const LANGUAGES = { en: "English", ja: "日本語" };
const main = document.getElementById("main");
let shown = { key: null, page: null };
function languageOf(query) {
return query.get("lang") || (navigator.language.startsWith("ja") ? "ja" : "en");
}
function drawHead(page, query) {
const links = PAGES.map((name) => el("li", {}, el("a", { href: otherPage(name), "aria-current": name === page ? "page" : null }, t(`page.${name}`))));
fill(document.getElementById("pages"), links);
document.getElementById("nav").setAttribute("aria-label", t("nav"));
const languages = Object.entries(LANGUAGES).map(([lang, name]) => el("li", {}, el("a", { href: address(page, { lang }, query), lang, hreflang: lang, "aria-current": lang === languageOf(query) ? "true" : null }, name)));
fill(document.getElementById("languages"), languages);
document.getElementById("skip").textContent = t("skip");
document.getElementById("foot").textContent = t("foot", { version: metaNow().version });
document.title = `${t(`page.${page}`)} – Sogdia`;
}
function keepFocus(draw) {
const now = document.activeElement;
const group = now && now.closest ? now.closest("#pages, #languages") : null;
const at = group ? [...group.querySelectorAll("a")].indexOf(now) : -1;
draw();
if (at >= 0) group.querySelectorAll("a")[at].focus();
}
async function render() {
const at = location.hash || "#";
const { page, query } = place();
await Promise.all([speak(languageOf(query)), hear(languageOf(query))]);
keepFocus(() => drawHead(page, query));
const key = `${page} ${languageOf(query)}`;
if (shown.key !== key) {
const other = shown.key !== null && !shown.key.startsWith(`${page} `);
shown = { key, page: MAKERS[page](query) };
fill(main, shown.page.node);
if (other) main.querySelector("h1").focus();
window.scrollTo(0, 0);
}
await shown.page.update(query);
if (at === (location.hash || "#")) document.body.dataset.ready = at;
}
async function start() {
try {
await Promise.all([speak(languageOf(place().query)), loadMeta()]);
} catch (error) {
if (!("faults" in error)) throw error;
fill(main, refusalBox(error));
return;
}
startTips();
document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
window.addEventListener("hashchange", render);
window.addEventListener("resize", () => requestAnimationFrame(redrawCharts));
window.addEventListener("beforeprint", drawForPaper);
window.addEventListener("afterprint", () => redrawCharts(true));
await render();
}
start();
return {};
})();
})();
