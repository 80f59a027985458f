// What the server says in English (notes, definitions, reasons), in the reader's language where the catalogue has it.
//
// said_en.json holds the sentences as the server writes them, with slots for what changes; said_ja.json the same keys. A
// sentence that fits no pattern, or whose slots hold a name without a translation, stays English and is marked as such.
import { el } from "./dom.js";
import { called } from "./words.js";
import { country, metaNow, mineral } from "./meta.js";
import { place } from "./state.js";

const ENGLISH = "en";
const WHOLE = ["note", "def"];
let catalogue = { language: ENGLISH, patterns: new Map() };

// Hear a language from now on; its sentences are fetched once.
export async function hear(language) {
  if (language === catalogue.language) return;
  if (language === ENGLISH) {
    catalogue = { language, patterns: new Map() };
    return;
  }
  const [english, own] = await Promise.all([ENGLISH, language].map(async (one) => (await fetch(`/said_${one}.json`)).json()));
  const patterns = new Map();
  for (const [key, sentence] of Object.entries(english)) {
    const family = key.split(".")[0];
    patterns.set(family, [...(patterns.get(family) || []), { ...pattern(sentence), own: own[key] }]);
  }
  catalogue = { language, patterns };
}

function pattern(sentence) {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
  const plain = sentence.split(/\{\w+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { names, shape: new RegExp(`^${plain.join("(.+?)")}$`) };
}

// A sentence in the reader's language, null where the catalogue does not have it.
export function translated(text) {
  for (const family of WHOLE) {
    const own = inFamily(family, text);
    if (own !== null) return own;
  }
  return null;
}

// An element with a sentence of the server, marked as English where it stays so.
export function said(tag, text, attributes = {}) {
  const own = translated(text);
  return el(tag, own === null ? { ...attributes, lang: ENGLISH } : attributes, own === null ? text : own);
}

function inFamily(family, text) {
  for (const { names, shape, own } of catalogue.patterns.get(family) || []) {
    const found = text.match(shape);
    const filled = found && slots(names, found.slice(1));
    if (filled) return own.replace(/\{(\w+)\}/g, (_, name) => filled[name]);
  }
  return null;
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

// What stands in a slot: its name says what it is; numbers, dates, codes and keys of projects stand as they are.
const SLOTS = {
  country: countryNamed,
  countries: (text) => listOf(text, countryNamed),
  mineral: mineralNamed,
  minerals: (text) => listOf(text, mineralNamed),
  forms: (text) => listOf(text, (one) => inFamily("form", one)),
  stages: (text) => listOf(text, (one) => inFamily("stage", one)),
  grade: (text) => inFamily("grade", text),
  group: (text) => inFamily("group", text),
  state: stateNamed,
  part: (text) => inFamily("part", text),
  parts: (text) => each(text.split("; "), (one) => inFamily("part", one), "；"),
  spells: (text) => each(text.split(", "), (one) => inFamily("part", one), "、"),
  items: (text) => each(text.split(/(?<=\)), /), (one) => inFamily("part", one), "、"),
};

function slot(kind, text) {
  return kind in SLOTS ? SLOTS[kind](text) : text;
}

// Names after each other; one that has a comma itself is tried before it is cut.
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

// A country by its code or its English name, with a percentage behind it or not; a company of a file keeps its name.
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
