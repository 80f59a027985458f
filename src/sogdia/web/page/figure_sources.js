// Which sources a single figure rests on, as the tidy table of its answer says.
import { questionAddress } from "./api.js";
import { parseCsv } from "./csv.js";

const tables = new Map();
const given = new Map();

// The tidy table of an answer that cannot be asked for again.
export function giveTable(question, params, text) {
  given.set(tableAddress(question, params), Promise.resolve(parseCsv(text)));
}

function tableAddress(question, params) {
  return questionAddress(`download/${question}.csv`, params);
}

async function tidyTable(from) {
  const response = await fetch(from);
  return response.ok ? parseCsv(await response.text()) : [];
}

// The ids of the sources of the first row in which all these columns have these values; none where there is no such row.
export async function sourcesOfFigure(question, params, where) {
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
