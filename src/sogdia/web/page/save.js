// Files that the reader takes away: what is shown as CSV, JSON or a picture.
import { questionAddress } from "./api.js";
import { writeCsv } from "./csv.js";
import { el } from "./dom.js";
import { t } from "./words.js";

function saveText(name, kind, text) {
  const from = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = el("a", { href: from, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(from), 1000);
}

export function saveCsv(name, names, rows) {
  // The mark at the start tells Excel that the text is UTF-8.
  saveText(name, "text/csv", `\ufeff${writeCsv(names, rows)}`);
}

export function savePicture(name, drawing) {
  const copy = drawing.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "Helvetica, Arial, sans-serif");
  saveText(name, "image/svg+xml", new XMLSerializer().serializeToString(copy));
}

// The whole answer from what the page has, where the server keeps nothing to give out. name: of the files.
export function savedHere(name, answer, table) {
  const save = (kind, type, text) => el("button", { type: "button", class: "small", on: { click: () => saveText(`${name}.${kind}`, type, text) } }, t(`save.${kind}`));
  return el("p", { class: "downloads noprint" }, t("save.answer"), " ", save("csv", "text/csv", table), " ", save("json", "application/json", `${JSON.stringify(answer, null, 1)}\n`));
}

// Links to the whole answer as the server writes it.
export function downloads(question, params) {
  const link = (kind) =>
    el("a", { class: "button small", href: questionAddress(`download/${question}.${kind}`, params), download: true }, t(`save.${kind}`));
  return el("p", { class: "downloads noprint" }, t("save.answer"), " ", link("csv"), " ", link("json"));
}
