// Events as the page writes them, which is as the command line reads them: cut = CHN:JPN=0.4.

// How a size is entered, by kind: as percent (written as a fraction), as it is, or not at all.
export const SIZES = {
  cut: { unit: "%", factor: 100, first: 40, min: 0, max: 100 },
  quota: { unit: "t", factor: 1, first: 1000, min: 0 },
  embargo: null,
  duty: { unit: "%", factor: 100, first: 25, min: 0 },
  output: { unit: "%", factor: 100, first: 80, min: 0 },
  demand: { unit: "%", factor: 100, first: 110, min: 0 },
  way: { unit: "%", factor: 100, first: 130, min: 0 },
  outside: { unit: "t", factor: 1, first: 500, min: 0 },
};

// The text of an event: who, towards whom (none for all), and how much of it.
export function eventText(kind, who, towards, size) {
  const clause = towards ? `${who}:${towards}` : who;
  return SIZES[kind] === null ? clause : `${clause}=${asWritten(size / SIZES[kind].factor)}`;
}

// A number without the noise of its binary form: 0.07, not 0.07000000000000001.
function asWritten(value) {
  return String(Number(value.toPrecision(12)));
}

// What an event text says: countries, buyers, size as entered.
export function eventParts(kind, text) {
  const [left, number] = text.split("=");
  const [who, towards] = left.split(":");
  const size = number === undefined || !SIZES[kind] ? null : Number((Number(number) * SIZES[kind].factor).toPrecision(12));
  return { who: who.split(","), towards: towards ? towards.split(",") : [], size };
}

const OPTIONS = { corridor: "--corridor", corridor_days: "--corridor-days", upgrade: "--upgrade", stock: "--stock" };

// The command line that asks the same. kinds: names of the kinds of events.
export function commandLine(question, kinds) {
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
