// Names and choices that the server knows: countries, minerals, years, places, events.
import { ask } from "./api.js";
import { called, inside, languageNow, named } from "./words.js";

let meta = null;
const countries = new Map();
const minerals = new Map();

export async function loadMeta() {
  meta = await ask("meta");
  for (const entry of [...meta.countries, ...(meta.regions || [])]) countries.set(entry.key, entry);
  for (const entry of [...meta.minerals, ...(meta.products || [])]) minerals.set(entry.key, entry);
  return meta;
}

export function metaNow() {
  return meta;
}

function nameIn(entry, key) {
  return (entry && (entry[languageNow()] || entry.en)) || key;
}

// The name of a country or region, without what a region says of itself in brackets, or of a group such as the rest.
export function country(key) {
  const entry = countries.get(key);
  return entry ? nameIn(entry, key).replace(/ \(\d.*\)$/, "") : named("group", key);
}

export function mineral(key) {
  const entry = minerals.get(key);
  return entry ? nameIn(entry, key) : String(key).replaceAll("_", " ");
}

// The name inside a sentence: English writes minerals small there, but for names of people and symbols.
export function mineralInside(key) {
  return inside(mineral(key));
}

export function placeName(key) {
  const found = meta.places.find((one) => one.key === key);
  return found ? nameIn(found, key) : key;
}

// What can be closed: a state of the corridors, a strait, a crossing, a place or a country.
export function closureName(key) {
  const found = meta.closures.find((one) => one.key === key);
  if (found) return called(found);
  return key.includes(":") ? placeName(key) : country(key);
}

// Choices sorted as the reader's language sorts.
export function sorted(entries) {
  const collator = new Intl.Collator(languageNow());
  return [...entries].sort((a, b) => collator.compare(a.label, b.label));
}

export function countryChoices() {
  return sorted(meta.countries.map(({ key }) => ({ value: key, label: country(key) })));
}

export function mineralChoices() {
  return sorted(meta.minerals.map(({ key }) => ({ value: key, label: mineral(key) })));
}

export function productChoices() {
  return sorted((meta.products || []).map(({ key }) => ({ value: key, label: mineral(key) })));
}

export function productsOf(key) {
  return (meta.products || []).filter((product) => product.mineral === key);
}

// Importers that are most asked for, where the server names none.
const USUAL_IMPORTERS = ["JPN", "KOR", "EU27", "DEU", "USA"];

export function usualImporters() {
  return (meta.importers || USUAL_IMPORTERS).map((one) => one.key || one);
}

export function lastYear() {
  return meta.complete_year;
}
