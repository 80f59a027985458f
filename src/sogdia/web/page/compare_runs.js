// Two saved answers side by side: every figure that both have, and those that only one has.

const NAMES = ["country", "partner", "mineral", "product", "market", "project", "supplier", "hazard", "cause", "role", "variable", "component", "stat", "alternative", "budget_musd", "risk"];
const LEFT_OUT = new Set(["sources", "notes", "units", "definitions", "seconds", "legs", "evidence", "shared"]);

// Every number of an answer, by a name that is made of where it stands.
export function figuresOf(answer) {
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

// One row for each figure: first, second (null where it is not there).
export function differences(first, second) {
  const [a, b] = [figuresOf(first), figuresOf(second)];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return names.map((name) => ({ name, first: a.get(name) ?? null, second: b.get(name) ?? null }));
}
