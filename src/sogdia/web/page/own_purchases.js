// The reader's own purchases: a file goes to the server of this page, is read there, and its answer is kept here alone.
import { send } from "./api.js";
import { button, chooser } from "./controls.js";
import { el, fill, freshId } from "./dom.js";
import { giveTable } from "./figure_sources.js";
import { grid } from "./grid.js";
import { metaNow } from "./meta.js";
import { refusalBox } from "./parts.js";
import { saveCsv } from "./save.js";
import { change } from "./state.js";
import { t } from "./words.js";

const MOST_BYTES = 20 * 2 ** 20;
const SERVER_NAME = /\bpurchases\.(csv|xlsx)/g;
let read = null;
let reads = 0;

// What a company of the file that was read has been answered: the answer, its long table, and parameters of its own.
export function ownAnswer(company) {
  const at = read ? read.companies.findIndex((one) => one.company === company) : -1;
  return at < 0 ? null : { answer: read.exposures[at], table: read.tables[at], params: paramsOf(company) };
}

function paramsOf(company) {
  return { importer: company, file: reads };
}

// The control: a file, and which of its companies is shown. `said` stands beside the answer; follow(query) sets it.
// again(): draws a company anew whose file was read a second time.
export function ownControl(again) {
  const said = el("div");
  const who = chooser({ label: t("own.company"), name: "company", none: t("own.none"), choices: [], value: null, change: (company) => change({ company, mineral: null }) });
  const id = freshId("file");
  const file = el("input", { type: "file", id, name: "purchases", accept: ".csv,.xlsx,text/csv" });
  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    await readFile(chosen, said, again);
    // The same name can be chosen again once the file has been corrected.
    file.value = "";
  });
  const empty = button(t("own.template"), () => saveCsv("purchases.csv", metaNow().purchases.columns, []), { class: "small" });
  const node = el("fieldset", {}, el("legend", {}, t("own.title")), el("p", { class: "quiet" }, t("own.lead")), el("div", { class: "control" }, el("label", { for: id }, t("own.file")), file), who.node, empty);
  const follow = (company) => {
    who.node.hidden = !read && !company;
    who.offer(read ? read.companies.map((one) => ({ value: one.company, label: `${one.company} (${one.year})` })) : [], company);
  };
  return { node, said, follow };
}

async function readFile(file, said, again) {
  fill(said, el("p", { role: "status" }, t("own.reading", { name: file.name })));
  try {
    if (file.size > MOST_BYTES) throw Object.assign(new Error(t("own.large")), { faults: [], own: true });
    const answer = await send("purchases", file);
    read = answer;
    reads += 1;
    answer.companies.forEach(({ company }, at) => giveTable("expose", paramsOf(company), answer.tables[at]));
    fill(said, readBox(file.name, answer));
    const before = location.hash;
    change({ company: answer.companies[0].company, mineral: null });
    if (location.hash === before) again();
  } catch (error) {
    if (!("faults" in error)) throw error;
    const box = faultBox(file.name, error);
    fill(said, box);
    box.querySelector("h2").focus();
  }
}

function renamed(text, name) {
  return String(text).replace(SERVER_NAME, name);
}

function readBox(name, answer) {
  const line = t("own.read", { name, rows: answer.added.rows, count: answer.companies.length });
  const warnings = answer.warnings.map((one) => el("li", {}, renamed(one, name)));
  return [el("p", { role: "status" }, line), warnings.length > 0 && el("ul", { lang: "en", class: "quiet" }, warnings)];
}

// What is wrong with a file, fault by fault; whatever was shown before stays.
function faultBox(name, refusal) {
  if (!refusal.faults.length) {
    const box = refusalBox(refusal);
    if (refusal.own) box.querySelector("p").removeAttribute("lang");
    box.querySelector("h2").setAttribute("tabindex", "-1");
    return box;
  }
  const english = (text) => el("span", { lang: "en" }, text);
  const column = (key, more = {}) => ({ key, label: t(`fault.${key}`), value: (r) => r[key], cell: (r) => r[key], ...more });
  const rows = refusal.faults.map((fault) => ({ ...fault, name: renamed(fault.name, name), value: fault.value === null ? null : String(fault.value) }));
  const columns = [
    column("name", { words: true, minor: true, head: true }), column("row", { numeric: true }), column("column"), column("value", { words: true, minor: true }),
    column("rule", { words: true, cell: (r) => english(renamed(r.rule, name)) }), column("remedy", { words: true, cell: (r) => english(renamed(r.remedy, name)) }),
  ];
  const table = grid({ caption: t("own.faults"), hiddenCaption: true, columns, rows, file: "faults" });
  return el("div", { class: "refusal", role: "group", "aria-label": t("own.faults") }, el("h2", { tabindex: "-1" }, t("own.wrong", { name, count: rows.length })), el("p", {}, t("own.correct")), table.node);
}
