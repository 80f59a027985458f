// Tables as comma-separated text: read from the server's downloads, and written for those of the reader.

// The rows of a table with a heading, each as an object by column.
export function parseCsv(text) {
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

// Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay as they are.
const FORMULA = /^[=+\-@\t\r]/;

export function writeCsv(names, rows) {
  return [names, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
