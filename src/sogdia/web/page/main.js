// The frame of the page: navigation, language, and the page that the address names.
import { loadMeta, metaNow } from "./meta.js";
import { el, fill } from "./dom.js";
import { drawForPaper, redrawCharts } from "./drawing.js";
import { atlasPage } from "./page_atlas.js";
import { comparePage } from "./page_compare.js";
import { corridorsPage } from "./page_corridors.js";
import { exposePage } from "./page_expose.js";
import { planPage } from "./page_plan.js";
import { shockPage } from "./page_shock.js";
import { sourcesPage } from "./page_sources.js";
import { refusalBox } from "./parts.js";
import { hear } from "./said.js";
import { PAGES, address, otherPage, place } from "./state.js";
import { startTips } from "./tip.js";
import { speak, t } from "./words.js";

const MAKERS = { expose: exposePage, shock: shockPage, corridors: corridorsPage, atlas: atlasPage, plan: planPage, compare: comparePage, sources: sourcesPage };
const LANGUAGES = { en: "English", ja: "日本語" };
const main = document.getElementById("main");
let shown = { key: null, page: null };

function languageOf(query) {
  return query.get("lang") || (navigator.language.startsWith("ja") ? "ja" : "en");
}

// The head of the page, written anew with each change of the address: its links carry what was chosen.
function drawHead(page, query) {
  const links = PAGES.map((name) => el("li", {}, el("a", { href: otherPage(name), "aria-current": name === page ? "page" : null }, t(`page.${name}`))));
  fill(document.getElementById("pages"), links);
  document.getElementById("nav").setAttribute("aria-label", t("nav"));
  const languages = Object.entries(LANGUAGES).map(([lang, name]) => el("li", {}, el("a", { href: address(page, { lang }, query), lang, hreflang: lang, "aria-current": lang === languageOf(query) ? "true" : null }, name)));
  fill(document.getElementById("languages"), languages);
  document.getElementById("skip").textContent = t("skip");
  document.getElementById("foot").textContent = t("foot", { version: metaNow().version });
  document.title = `${t(`page.${page}`)} – Sogdia`;
}

function keepFocus(draw) {
  const now = document.activeElement;
  const group = now && now.closest ? now.closest("#pages, #languages") : null;
  const at = group ? [...group.querySelectorAll("a")].indexOf(now) : -1;
  draw();
  if (at >= 0) group.querySelectorAll("a")[at].focus();
}

async function render() {
  const at = location.hash || "#";
  const { page, query } = place();
  await Promise.all([speak(languageOf(query)), hear(languageOf(query))]);
  keepFocus(() => drawHead(page, query));
  const key = `${page} ${languageOf(query)}`;
  if (shown.key !== key) {
    const other = shown.key !== null && !shown.key.startsWith(`${page} `);
    shown = { key, page: MAKERS[page](query) };
    fill(main, shown.page.node);
    if (other) main.querySelector("h1").focus();
    window.scrollTo(0, 0);
  }
  await shown.page.update(query);
  if (at === (location.hash || "#")) document.body.dataset.ready = at;
}

async function start() {
  try {
    await Promise.all([speak(languageOf(place().query)), loadMeta()]);
  } catch (error) {
    if (!("faults" in error)) throw error;
    fill(main, refusalBox(error));
    return;
  }
  startTips();
  document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
  window.addEventListener("hashchange", render);
  window.addEventListener("resize", () => requestAnimationFrame(redrawCharts));
  window.addEventListener("beforeprint", drawForPaper);
  window.addEventListener("afterprint", () => redrawCharts(true));
  await render();
}

start();
