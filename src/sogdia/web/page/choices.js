// The choices that most pages begin with: importer, partner, mineral, year; each writes the address of the page.
import { chooser } from "./controls.js";
import { country, countryChoices, lastYear, metaNow, mineralChoices, productChoices, usualImporters } from "./meta.js";
import { change } from "./state.js";
import { t } from "./words.js";

export const FIRST_IMPORTER = "JPN";

export function importerOf(query) {
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

export function importerChooser(query) {
  return chooser({ label: t("importer"), name: "importer", choices: importerChoices(), value: importerOf(query), change: (importer) => change({ importer, company: null }) });
}

export function partnerChooser(query) {
  return chooser({ label: t("partner"), name: "partner", none: t("choose.none"), choices: countryChoices(), value: query.get("partner"), change: (partner) => change({ partner }) });
}

export function mineralChooser(query, none) {
  return chooser({ label: t("mineral"), name: "mineral", none, choices: mineralChoices(), value: query.get("mineral"), change: (chosen) => change({ mineral: chosen }) });
}

// Minerals, and products of processing that have a market of their own.
export function marketChooser(value, chosen) {
  const choices = [{ group: t("minerals"), choices: mineralChoices() }, { group: t("products"), choices: productChoices() }];
  return chooser({ label: t("mineral"), name: "mineral", choices, value, change: chosen });
}

export function yearChooser(query) {
  const years = [...metaNow().years].reverse().filter((year) => year <= lastYear()).map((year) => ({ value: String(year), label: String(year) }));
  return chooser({
    label: t("year"), name: "year", choices: years, value: query.get("year") || String(lastYear()),
    change: (year) => change({ year: year === String(lastYear()) ? null : year }),
  });
}

// Set every choice to what the address says.
export function followChoices(controls, query) {
  if (controls.importer) controls.importer.set(importerOf(query));
  if (controls.partner) controls.partner.set(query.get("partner"));
  if (controls.mineral) controls.mineral.set(query.get("mineral"));
  if (controls.year) controls.year.set(query.get("year") || String(lastYear()));
}
