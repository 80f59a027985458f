// The page of sources: what every answer of this visit rests on, and published claims held against the data.
import { answersKept, ask } from "./api.js";
import { importerOf } from "./choices.js";
import { button, textBox } from "./controls.js";
import { el, fill } from "./dom.js";
import { grid } from "./grid.js";
import { amount, known } from "./numbers.js";
import { answering, noteList, pageFrame, section } from "./parts.js";
import { downloads } from "./save.js";
import { figure } from "./tip.js";
import { named, t } from "./words.js";

export function sourcesPage() {
  const box = textBox({ label: t("filter"), name: "filter", typed: (text) => shown && shown.filter(text) });
  const frame = pageFrame(t("sources.title"), t("sources.lead"), [box.node]);
  const list = el("div");
  const claims = el("div");
  frame.answer.append(list, claims);
  let shown = null;
  const lists = answering({ status: frame.status, answer: list });
  const checks = answering({ status: el("p", { role: "status" }), answer: claims });
  const update = async (now) => {
    const importer = importerOf(now);
    fill(claims, section(t("claims.title"), el("p", {}, t("claims.lead")), button(t("claims.ask"), () => checks(() => ask("claims", { importer }, "claims"), (answer) => { fill(claims, claimParts(answer, importer)); }), { class: "main" })));
    await lists(() => ask("expose", { importer }, "expose"), () => {
      const rows = citedSources();
      shown = sourceTable(rows);
      fill(list, shown.node);
      return t("sources.said", { count: rows.length });
    });
  };
  return { node: frame.node, update };
}

// Every source of every answer that is kept, with the questions that it was used in.
function citedSources() {
  const found = new Map();
  for (const { from, answer } of answersKept()) {
    const question = from.split("?")[0].replace("/api/", "");
    const parts = [answer, ...(answer.exposures || [])];
    for (const part of parts) {
      if (!part.sources || Array.isArray(part.sources)) continue;
      for (const [id, citation] of Object.entries(part.sources)) {
        if (!found.has(id)) found.set(id, { id, citation, questions: new Set() });
        found.get(id).questions.add(named("page", question));
      }
    }
  }
  return [...found.values()];
}

function sourceTable(rows) {
  const columns = [
    { key: "id", label: t("col.id"), head: true, value: (r) => r.id, cell: (r) => el("span", { class: "code" }, r.id) },
    { key: "citation", label: t("col.citation"), words: true, value: (r) => r.citation, cell: (r) => el("span", { lang: "en" }, r.citation) },
    { key: "used", label: t("col.used"), words: true, minor: true, value: (r) => [...r.questions].join(", "), cell: (r) => [...r.questions].join(", ") },
  ];
  const table = grid({ caption: t("sources.title"), hiddenCaption: true, columns, rows, sort: { key: "id", down: false }, file: "sources" });
  return { node: table.node, filter: (text) => table.show(rows.filter((row) => `${row.id} ${row.citation}`.toLowerCase().includes(text.trim().toLowerCase()))) };
}

// What the data say, with its unit; a year is a number that is not counted.
function oursText(row) {
  if (!known(row.ours)) return t("dash");
  return row.ours_unit === "year" ? String(row.ours) : `${amount(row.ours)} ${row.ours_unit}`;
}

function claimParts(answer, importer) {
  const ours = (r) => figure(oursText(r), {
    label: r.statement, value: r.ours, low: r.ours_low, high: r.ours_high, unit: r.ours_unit, text: r.method, sources: answer.sources, ids: () => r.source_ids,
  });
  const columns = [
    { key: "claim", label: t("col.claim"), head: true, words: true, value: (r) => r.statement, cell: (r) => el("span", { lang: "en" }, r.statement) },
    { key: "verdict", label: t("col.verdict"), value: (r) => named("verdict", r.verdict), cell: (r) => named("verdict", r.verdict) },
    { key: "ours", label: t("col.ours"), value: (r) => r.ours, cell: ours },
    { key: "definition", label: t("col.definitionused"), words: true, minor: true, value: (r) => r.definition, cell: (r) => r.definition && el("span", { lang: "en" }, r.definition) },
  ];
  return [section(t("claims.title"), grid({ caption: t("claims.title"), hiddenCaption: true, columns, rows: answer.claims, file: "claims" }).node), noteList(answer.notes), downloads("claims", { importer })];
}
