// The sentences of the page in the reader's language, one file for each language (words_en.json, words_ja.json).

const LANGUAGES = ["en", "ja"];
const catalogues = {};
let language = "en";

export function languageNow() {
  return language;
}

// Speak a language from now on; its sentences are fetched once.
export async function speak(wanted) {
  const next = LANGUAGES.includes(wanted) ? wanted : LANGUAGES[0];
  if (!(next in catalogues)) catalogues[next] = await (await fetch(`/words_${next}.json`)).json();
  language = next;
  document.documentElement.lang = next;
}

// The sentence of a key with its slots filled. An unknown key is an error: a test finds it before a reader does.
export function t(key, slots = {}) {
  const sentence = catalogues[language][key];
  if (sentence === undefined) throw new Error(`no words for ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(slots[name]));
}

// The same where the key comes from data and may be new to the page: then the key itself, in plain spaces.
export function named(stem, key) {
  const sentence = catalogues[language][`${stem}.${key}`];
  return sentence === undefined ? String(key).replaceAll("_", " ") : sentence;
}

// What a language calls a thing that the server names in English alone; the server's name where it has no own.
export function called(entry) {
  return catalogues[language][`name.${entry.key}`] || entry[language] || entry.en;
}

// A word inside a sentence: English writes it small there.
export function inside(text) {
  return language === "en" && /^[A-Z][a-z ]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}

// A list of names as the language writes it.
export function listed(names) {
  return new Intl.ListFormat(language, { type: "unit", style: "short" }).format(names);
}
