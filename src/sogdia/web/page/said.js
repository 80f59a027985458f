// What the server says in English (notes, definitions, reasons), in the reader's language where the catalogue has it.
//
// said_en.json holds the sentences as the server writes them, with slots for what changes; said_ja.json what is said instead,
// in the same order. A sentence that fits no pattern, or whose slots hold a name without a translation, stays English and is
// marked as such.
import { el } from "./dom.js";
import { called } from "./words.js";
import { country, metaNow, mineral } from "./meta.js";
import { place } from "./state.js";

const ENGLISH = "en";
let catalogue = { language: ENGLISH, patterns: [] };

// Hear a language from now on; its sentences are fetched once.
export async function hear(language) {
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

// A sentence in the reader's language, null where the catalogue does not have it.
export function translated(text) {
  for (const { names, shape, own } of catalogue.patterns) {
    const found = text.match(shape);
    const filled = found && slots(names, found.slice(1));
    if (filled) return own.replace(/\{(\w+)\}/g, (_, name) => filled[name]);
  }
  return null;
}

// An element with a sentence of the server, marked as English where it stays so.
export function said(tag, text, attributes = {}) {
  const own = translated(text);
  return el(tag, own === null ? { ...attributes, lang: ENGLISH } : attributes, own === null ? text : own);
}

// A part of a sentence, without the full stop that it has where it stands alone.
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

// What stands in a slot: its name says what it is; numbers, dates, codes and keys of projects stand as they are.
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
