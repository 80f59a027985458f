// Parts that every page is put together from: its frame, headings, cards, notes and refusals.
import { el, fill } from "./dom.js";
import { said } from "./said.js";
import { place } from "./state.js";
import { t } from "./words.js";

const NARROW = window.matchMedia("(max-width: 860px)");

// The frame of a page: what is set on the left, what is answered on the right.
export function pageFrame(title, lead, controls) {
  const status = el("p", { class: "status", role: "status", "aria-live": "polite" });
  const answer = el("div", { class: "answer" });
  // On a narrow screen the settings are folded where the address has said already what is asked.
  const open = !NARROW.matches || !place().query.size;
  const node = el(
    "div",
    { class: "page" },
    el("section", { class: "settings noprint", "aria-label": t("settings") }, el("details", { open }, el("summary", {}, t("settings")), controls)),
    el("div", { class: "results" }, el("h1", { tabindex: "-1" }, title), el("p", { class: "lead" }, lead), status, answer),
  );
  return { node, status, answer };
}

export function section(title, ...children) {
  return el("section", {}, el("h2", {}, title), children);
}

// What is long or seldom wanted, behind one line.
// make(): what it holds, made when it is first opened.
export function folded(line, make) {
  const inside = el("div");
  const ready = () => inside.childNodes.length || fill(inside, make());
  const node = el("details", { class: "fold", on: { toggle: ready } }, el("summary", { on: { click: ready } }, line), inside);
  return node;
}

// Large figures side by side. cards: label, figure (a node), more (a line below).
export function cardRow(cards) {
  return el("dl", { class: "cards" }, cards.map(({ label, figure, more }) =>
    el("div", {}, el("dt", {}, label), el("dd", {}, el("span", { class: "big" }, figure), more && el("span", { class: "more" }, more)))));
}

// What a reader has to know beside the figures; a sentence without a translation stays English.
export function noteList(notes) {
  if (!notes || !notes.length) return null;
  return el("section", { class: "notes" }, el("h2", {}, t("notes")), el("ul", {}, notes.map((note) => said("li", note))));
}

// Why there is no answer, and what would help.
export function refusalBox(refusal) {
  const reason = refusal.message || t(refusal.status === 0 ? "refusal.away" : "refusal.unknown");
  return el(
    "div",
    { class: "refusal" },
    el("h2", {}, t("refusal.title")),
    el("p", { lang: refusal.message ? "en" : null }, reason),
    refusal.faults && refusal.faults.length > 0 && el("ul", { lang: "en" }, refusal.faults.map((fault) => el("li", {}, faultText(fault)))),
  );
}

function faultText(fault) {
  return typeof fault === "string" ? fault : Object.values(fault).filter(Boolean).join(" · ");
}

// Ask, and show what comes: busy while it takes long, the refusal where there is no answer. The last question wins.
export function answering(frame) {
  let number = 0;
  return async (question, show) => {
    number += 1;
    const mine = number;
    frame.answer.setAttribute("aria-busy", "true");
    const say = (key) => {
      if (mine !== number) return;
      frame.status.classList.remove("unseen");
      fill(frame.status, t(key));
    };
    const slow = setTimeout(say, 250, "working");
    const slower = setTimeout(say, 3000, "working.long");
    try {
      const answer = await question();
      if (mine !== number) return;
      const told = show(answer);
      frame.status.classList.add("unseen");
      fill(frame.status, told || "");
    } catch (error) {
      if (mine !== number || error.name === "AbortError") return;
      if (!("faults" in error)) throw error;
      fill(frame.answer, refusalBox(error));
      fill(frame.status, t("refusal.title"));
    } finally {
      clearTimeout(slow);
      clearTimeout(slower);
      if (mine === number) frame.answer.removeAttribute("aria-busy");
    }
  };
}
