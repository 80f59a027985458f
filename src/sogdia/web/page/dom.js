// Elements of the page, made without any text being read as markup.

const SVG_SPACE = "http://www.w3.org/2000/svg";

// An element: attributes by name; `on` holds listeners; false, null and undefined leave an attribute or child out.
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

// The same for a drawing.
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG_SPACE, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "value" && "value" in node && node.tagName !== "DATA") {
      node.value = value;
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...kept(children));
  return node;
}

function kept(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

// Put other children into an element.
export function fill(node, ...children) {
  node.replaceChildren(...kept(children));
  return node;
}

// An id that nothing else in the page has.
let idsGiven = 0;
export function freshId(stem) {
  idsGiven += 1;
  return `${stem}-${idsGiven}`;
}

// How wide a text is when drawn, in pixels.
const ruler = document.createElement("canvas").getContext("2d");
export function textWidth(text, size = 12, weight = 400) {
  ruler.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
}

// A text cut to a width, with an ellipsis where something is gone.
export function cutText(text, width, size = 12) {
  if (textWidth(text, size) <= width) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, size) > width) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
