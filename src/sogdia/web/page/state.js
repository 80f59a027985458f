// What the page shows is in its address: #/shock?importer=JPN&mineral=graphite&embargo=CHN&lang=ja

export const PAGES = ["expose", "shock", "corridors", "atlas", "plan", "compare", "sources"];

// The page and its parameters, as the address has them.
export function place() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { page: PAGES.includes(path) ? path : PAGES[0], query: new URLSearchParams(query || "") };
}

// The address of a page with these parameters; null and empty values are left out.
export function address(page, changes, query = new URLSearchParams()) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") next.append(name, one);
    }
  }
  const text = next.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return `#/${page}${text ? `?${text}` : ""}`;
}

// What follows the reader from page to page.
const SHARED = ["lang", "importer", "partner", "mineral", "year", "company"];

// The address of another page, for the same importer, partner, mineral, year and language.
export function otherPage(page, changes = {}) {
  const { query } = place();
  const shared = new URLSearchParams();
  for (const name of SHARED) if (query.has(name)) shared.append(name, query.get(name));
  return address(page, changes, shared);
}

// Change parameters of the page that is shown. quiet: without a step in the browser's history (sliders, filters).
export function change(changes, quiet = false) {
  const { page, query } = place();
  const next = address(page, changes, query);
  if (next === location.hash) return;
  if (quiet) {
    history.replaceState(null, "", next);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.hash = next;
  }
}
