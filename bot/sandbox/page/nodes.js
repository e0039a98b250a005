// Nodes of the page. Texts come from people and from bots, so they only ever become text nodes.

const ICONS = {
  flame: "M12 3c.6 4 5.5 5.5 5.5 10.5a5.5 5.5 0 0 1-11 0C6.5 11 8 10 8.7 8c1.6.9 2.3 2 2.3 3.2.8-2.2 1.5-4.6 1-8.2z",
  attach: "M19.5 11.5 12 19a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.6 1.6 0 0 1-2.2-2.2l7-7",
  send: "M4 12 3 4.5 21 12 3 19.5 4 12h8",
  keyboard: "M3 6.5h18v11H3zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M7.5 14h9",
  command: "M5 4h14v16H5zM14 8l-4 8",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.5 3.8-5 7.5-5s6.7 1.5 7.5 5",
  location: "M12 21s7-6.3 7-11.5a7 7 0 0 0-14 0C5 14.7 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  photo: "M4 6.5h4l1.5-2h5l1.5 2h4v13H4zM12 16.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4z",
  sticker: "M5 5h14v9l-5 5H5zM19 14h-5v5M9 10h.01M14 10h.01M9 14c1 1.2 2.5 1.3 3.5.8",
  voice: "M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v4",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  video: "M3 6h12v12H3zM15 10l6-3v10l-6-3",
  more: "M6 10l6 6 6-6",
  dots: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  link: "M8 16 17 7M10 7h7v7",
  close: "M6 6l12 12M18 6 6 18",
};

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name, size = 22) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  const shape = {
    viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries(shape)) svg.setAttribute(key, value);
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", ICONS[name]);
  if (name === "dots") svg.setAttribute("stroke-width", 3);
  svg.append(path);
  return svg;
}

export const iconButton = (name, label, attributes) =>
  el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes }, icon(name));

export const hiddenText = (text) => el("span", { class: "hidden-text" }, text);

/** The address if a browser may open it, else null: no javascript: or data: from a message. */
export function safeAddress(address) {
  try {
    const parsed = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
    return ["http:", "https:", "mailto:", "tel:", "tg:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export function link(address, children) {
  const href = safeAddress(address);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children) : el("span", {}, ...children);
}

const ENTITY_ELEMENTS = {
  bold: (children) => el("strong", {}, ...children),
  italic: (children) => el("em", {}, ...children),
  underline: (children) => el("u", {}, ...children),
  strikethrough: (children) => el("s", {}, ...children),
  code: (children) => el("code", {}, ...children),
  pre: (children) => el("code", {}, ...children),
  blockquote: (children) => el("blockquote", {}, ...children),
  text_link: (children, text, entity) => link(entity.url ?? "", children),
  url: (children, text) => link(text, children),
  email: (children, text) => link(`mailto:${text}`, children),
  phone_number: (children, text) => link(`tel:${text.replace(/[^+0-9]/g, "")}`, children),
};

/** Nodes for a text and its entities; offsets are UTF-16 units, which is what JavaScript's strings count in. */
export function formatted(text, entities, start = 0, end = text.length) {
  const nodes = [];
  let position = start;
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  ordered.forEach((entity, index) => {
    const from = entity.offset;
    const to = Math.min(entity.offset + entity.length, end);
    if (from < position || to <= from) return;
    if (from > position) nodes.push(text.slice(position, from));
    const inside = ordered.slice(index + 1).filter((other) => other.offset < to);
    const children = formatted(text, inside, from, to);
    const element = ENTITY_ELEMENTS[entity.type];
    nodes.push(...(element ? [element(children, text.slice(from, to), entity)] : children));
    position = to;
  });
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}
