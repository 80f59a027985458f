// Which sources a single figure rests on, as the tidy table of its answer says.
import { questionAddress } from "./api.js";
import { parseCsv } from "./csv.js";

const tables = new Map();

async function tidyTable(from) {
  const response = await fetch(from);
  return response.ok ? parseCsv(await response.text()) : [];
}

// The ids of the sources of the first row in which all these columns have these values; none where there is no such row.
export async function sourcesOfFigure(question, params, where) {
  const from = questionAddress(`download/${question}.csv`, params);
  if (!tables.has(from)) {
    if (tables.size > 20) tables.delete(tables.keys().next().value);
    tables.set(from, tidyTable(from).catch(() => []));
  }
  const rows = await tables.get(from);
  const wanted = Object.entries(where);
  const row = rows.find((one) => wanted.every(([name, value]) => one[name] === String(value ?? "")));
  return row && row.source_id ? row.source_id.split(";") : [];
}
