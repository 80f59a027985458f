// What the reader sets: lists to choose from, sliders, boxes and buttons, each with its label.
import { el, fill, freshId } from "./dom.js";

// A list to choose one from. choices: value and label, or groups of them; set(value) shows another without asking.
export function chooser({ label, choices, value, none = null, change, name }) {
  const id = freshId("choose");
  const list = el("select", { id, name, on: { change: () => change(list.value) } });
  const set = (at) => {
    // What the address says and the list does not offer is shown as it is, so that the answer tells what is wrong.
    if (at && ![...list.options].some((one) => one.value === at)) list.append(option({ value: at, label: at }));
    list.value = at ?? "";
  };
  const offer = (all, at) => {
    fill(list, none !== null && el("option", { value: "" }, none), all.map(option));
    set(at);
  };
  offer(choices, value);
  const node = el("div", { class: "control" }, el("label", { for: id }, label), list);
  return { node, set, offer, list };
}

function option(choice) {
  if (choice.group) return el("optgroup", { label: choice.group }, choice.choices.map(option));
  return el("option", { value: choice.value }, choice.label);
}

// A slider. write(value): how its value reads.
export function slider({ label, min, max, step, value, write, moved, name }) {
  const id = freshId("slide");
  const shown = el("output", { for: id });
  const bar = el("input", { type: "range", id, name, min, max, step, on: { input: () => { say(); moved(Number(bar.value)); } } });
  const say = () => {
    fill(shown, write(Number(bar.value)));
    bar.setAttribute("aria-valuetext", write(Number(bar.value)));
  };
  bar.value = value;
  say();
  const node = el("div", { class: "control" }, el("label", { for: id }, label), bar, shown);
  return { node, set: (at) => { bar.value = at; say(); } };
}

export function numberBox({ label, value, min = null, max = null, step = "any", unit = "", change, name }) {
  const id = freshId("number");
  const entered = el("input", { type: "number", id, name, min, max, step, inputmode: "decimal", on: { change: () => change && change(entered.value) } });
  entered.value = value ?? "";
  const node = el("div", { class: "control" }, el("label", { for: id }, label), el("span", { class: "with-unit" }, entered, unit && el("span", {}, unit)));
  return { node, get: () => entered.value, set: (at) => { entered.value = at ?? ""; }, entered };
}

export function textBox({ label, value = "", typed, name, placeholder = null }) {
  const id = freshId("text");
  const entered = el("input", { type: "search", id, name, placeholder, autocomplete: "off", on: { input: () => typed(entered.value) } });
  entered.value = value;
  const node = el("div", { class: "control" }, el("label", { for: id }, label), entered);
  return { node, get: () => entered.value, set: (at) => { entered.value = at; } };
}

// Boxes to tick, folded together. chosen: a set of values; changed(values) gets those that are ticked.
export function ticks({ legend, choices, chosen, changed, name, open = false }) {
  const boxes = choices.map(({ value, label }) => {
    const id = freshId("tick");
    const box = el("input", { type: "checkbox", id, name, value, on: { change: () => changed(boxes.filter((b) => b.box.checked).map((b) => b.box.value)) } });
    box.checked = chosen.has(value);
    return { box, node: el("div", { class: "tick" }, box, el("label", { for: id }, label)) };
  });
  const count = el("span", { class: "count" });
  const say = () => fill(count, String(boxes.filter((b) => b.box.checked).length));
  say();
  const node = el("details", { class: "ticks", open }, el("summary", {}, legend, " ", count), el("fieldset", {}, el("legend", { class: "unseen" }, legend), boxes.map((b) => b.node)));
  return { node, set: (now) => { for (const { box } of boxes) box.checked = now.has(box.value); say(); } };
}

export function button(label, press, attributes = {}) {
  return el("button", { type: "button", ...attributes, on: { click: press } }, label);
}
