// Numbers as a reader wants them; what is not known is a dash, never zero.
import { languageNow } from "./words.js";

export const DASH = "–";

const made = new Map();
function formatter(options) {
  const key = languageNow() + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.NumberFormat(languageNow(), options));
  return made.get(key);
}

export function known(value) {
  return typeof value === "number" && Number.isFinite(value);
}

// Three figures that count; whole numbers above a thousand.
export function amount(value) {
  if (!known(value)) return DASH;
  if (Math.abs(value) >= 1000) return formatter({ maximumFractionDigits: 0 }).format(value);
  return formatter({ maximumSignificantDigits: 3 }).format(value);
}

// An amount of which less than a hundredth does not count: the exact value stands behind it.
export function roughly(value) {
  if (known(value) && value !== 0 && Math.abs(value) < 0.01) return value > 0 ? `<${amount(0.01)}` : `>${amount(-0.01)}`;
  return amount(value);
}

// A fraction as percent: one decimal below ten percent.
export function share(value) {
  if (!known(value)) return DASH;
  const digits = Math.abs(value) < 0.0995 && value !== 0 ? 1 : 0;
  if (value !== 0 && Math.abs(value) < 0.0005) return value > 0 ? `<${share(0.001)}` : `>${share(-0.001)}`;
  return formatter({ style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

export function index(value, digits = 2) {
  if (!known(value)) return DASH;
  return formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

export function times(value) {
  return known(value) ? `×${index(value)}` : DASH;
}

export function signed(value) {
  if (!known(value)) return DASH;
  return formatter({ maximumSignificantDigits: 3, signDisplay: "exceptZero" }).format(value);
}

// All digits that the answer has.
export function exact(value) {
  return known(value) ? String(value) : DASH;
}

// A change in percent from a base, with its sign.
export function changeShare(base, value) {
  if (!known(base) || !known(value) || base === 0) return DASH;
  const change = value / base - 1;
  return formatter({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(change);
}

export function band(low, high, format) {
  return known(low) && known(high) ? `${format(low)} – ${format(high)}` : "";
}

// Money in a sentence. value: USD.
export function money(value) {
  if (!known(value)) return DASH;
  const text = formatter({ notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 }).format(value);
  return languageNow() === "ja" ? `${text}ドル` : `USD ${text}`;
}
