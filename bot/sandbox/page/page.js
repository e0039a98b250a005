// The chat page of the sandbox: each person's phone, and the calls that reached Licrus.
// The server is the only truth: an event says that something changed, the chat is fetched again and reconciled.
// Texts come from people and from bots, so they only ever become text nodes.

const BOT_NAME = "Devreye";
const BOT_LINK = "https://t.me/devreye_sandbox_bot";
const FIRST_PEOPLE = [
  { name: "Ayşe Yılmaz", phone: "+905301231212", language_code: "tr" },
  { name: "Mutlu Özcan", phone: "+905325554433", language_code: "tr" },
];
const PLACES = [
  ["Ümraniye, İstanbul", 41.0256, 29.0963],
  ["Çankaya, Ankara", 39.9032, 32.8597],
  ["Bornova, İzmir", 38.4697, 27.2211],
  ["Nilüfer, Bursa", 40.2131, 28.9872],
  ["Şahinbey, Gaziantep", 37.0594, 37.3825],
  ["Akçaabat, Trabzon", 41.0214, 39.5715],
];
const LICRUS_FIELDS = [
  ["Bayi", [
    ["DealerCompanyName", "Bayi firması"],
    ["DealerContactPerson", "Bayi yetkilisi"],
    ["DealerMobilePhone", "Bayi cep telefonu"],
    ["DealerWorkPhone", "Bayi iş telefonu"],
    ["DealerEmail", "Bayi e-postası"],
  ]],
  ["Müşteri", [
    ["CustomerCompanyName", "Firma"],
    ["CustomerFullName", "Ad soyad"],
    ["CustomerMobilePhone", "Cep telefonu"],
    ["CustomerWorkPhone", "İş telefonu"],
    ["CustomerEmail", "E-posta"],
    ["CustomerCity", "İl"],
    ["CustomerDistrict", "İlçe"],
    ["CustomerAddress", "Adres"],
  ]],
  ["Cihaz", [
    ["ProductNameList", "Ürün"],
    ["ProductGroupName", "Ürün grubu"],
    ["ProductSerialNumberList", "Seri no"],
    ["DeviceCount", "Cihaz sayısı"],
  ]],
];
const TAP_PENDING_MS = 2000;
const TOAST_MS = 3000;
const RECONNECT_MS = 1000;
const LONG_POLL_S = 25;
const NEAR_THE_END_PX = 80;

// The control API explains itself in English, for tests; people read these.
const REFUSALS = {
  404: "Bu mesaj artık yok.",
  413: "Dosya çok büyük; en çok 20 MB olabilir.",
};

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

// ---------------------------------------------------------------- building nodes

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function icon(name, size = 22) {
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

const iconButton = (name, label, attributes) =>
  el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes }, icon(name));

const hiddenText = (text) => el("span", { class: "hidden-text" }, text);

/** The address if a browser may open it, else null: no javascript: or data: from a message. */
function safeAddress(address) {
  try {
    const parsed = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
    return ["http:", "https:", "mailto:", "tel:", "tg:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

function link(address, children) {
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
function formatted(text, entities, start = 0, end = text.length) {
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

// ---------------------------------------------------------------- talking to the server

/** The server did not answer at all. */
class Disconnected extends Error {}

async function request(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(path, options).catch(() => { throw new Disconnected("Bağlantı yok."); });
  const type = response.headers.get("Content-Type") ?? "";
  const answer = type.includes("json") ? await response.json() : null;
  if (!response.ok) {
    console.warn(method, path, response.status, answer?.error ?? "");
    throw new Error(REFUSALS[response.status] ?? "Sunucu bunu kabul etmedi.");
  }
  return answer;
}
const get = (path) => request("GET", path);
const post = (path, body = {}) => request("POST", path, body);

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Outside of localhost and https a page has no clipboard; the old way still works.
    const field = el("textarea", { class: "hidden-text", "aria-hidden": "true" });
    field.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    const before = document.activeElement;
    field.select();
    document.execCommand("copy");
    field.remove();
    before?.focus();
  }
}

const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

function readablePhone(phone) {
  const turkish = /^\+?90(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone ?? "");
  return turkish ? `+90 ${turkish.slice(1).join(" ")}` : phone ?? "";
}

function asDate(value) {
  if (value === null || value === undefined) return null;
  const date = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? null : date;
}
const clock = (date) => date?.toLocaleTimeString("tr-TR", { hour: "2-digit", minute: "2-digit" }) ?? "";

// ---------------------------------------------------------------- menus and dialogs

let closeOpenMenu = () => {};

/** Opens a menu above the anchor. items: [{icon?, label, detail?, action}]; arrows move, Escape returns to the anchor. */
function openMenu(anchor, label, items, { keepFocus = false } = {}) {
  closeOpenMenu();
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label });
  const close = (giveBack) => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    if (giveBack) anchor.focus();
    closeOpenMenu = () => {};
  };
  const outside = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  for (const item of items) {
    const words = item.detail ? el("span", {}, el("b", {}, item.label), el("small", {}, item.detail)) : el("span", {}, item.label);
    const choose = () => {
      close(true);
      item.action();
    };
    menu.append(el("button", { type: "button", role: "menuitem", onclick: choose }, item.icon ? icon(item.icon) : null, words));
  }
  if (!items.length) menu.append(el("p", {}, "Botun komut listesi henüz boş."));
  menu.addEventListener("keydown", (event) => moveInMenu(event, menu, close));
  anchor.after(menu);
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  document.addEventListener("pointerdown", outside, true);
  closeOpenMenu = () => close(false);
  if (!keepFocus) menu.querySelector("button")?.focus();
}

function moveInMenu(event, menu, close) {
  const buttons = [...menu.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (target !== undefined) {
    event.preventDefault();
    buttons.at(target % buttons.length)?.focus();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    close(true);
  } else if (event.key === "Tab") close(false);
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left), window.innerWidth - menu.offsetWidth - 8);
  const above = box.top - menu.offsetHeight - 6;
  menu.style.left = `${left}px`;
  menu.style.top = `${above >= 8 ? above : Math.min(box.bottom + 6, window.innerHeight - menu.offsetHeight - 8)}px`;
}

/** Shows a dialog and calls done with its form's values once it is submitted. */
function ask(id, done) {
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  form.reset();
  form.onsubmit = () => done(Object.fromEntries(new FormData(form)));
  dialog.showModal();
}

function prepareDialogs() {
  for (const button of document.querySelectorAll("dialog [data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  const form = document.querySelector("#location-dialog form");
  const choose = () => {
    const [, latitude, longitude] = PLACES[form.place.value] ?? [];
    if (latitude === undefined) return;
    form.latitude.value = latitude;
    form.longitude.value = longitude;
  };
  PLACES.forEach(([name], index) => form.place.append(el("option", { value: index }, name)));
  form.place.append(el("option", { value: "other" }, "Başka bir yer"));
  form.place.addEventListener("change", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  for (const field of [form.latitude, form.longitude]) {
    field.addEventListener("input", () => { form.place.value = "other"; });
  }
}

const splitName = (name) => {
  const [first_name, ...rest] = name.trim().split(/\s+/);
  return { first_name, last_name: rest.join(" ") };
};

// ---------------------------------------------------------------- a message

function attachment(symbol, title, detail) {
  return el("div", { class: "attachment" }, el("span", { class: "round" }, icon(symbol, 20)),
    el("span", {}, el("strong", {}, title), detail ? el("span", {}, detail) : null));
}

function attachmentOf(message) {
  switch (message.kind) {
    case "contact": {
      const contact = message.contact ?? {};
      return attachment("contact", fullName(contact) || "Kişi kartı", readablePhone(contact.phone_number));
    }
    case "location": {
      const { latitude, longitude } = message.location ?? {};
      return attachment("location", "Konum", latitude === undefined ? "" : `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`);
    }
    case "photo":
      return message.photo_url ? el("img", { src: message.photo_url, alt: "Fotoğraf" }) : attachment("photo", "Fotoğraf");
    case "sticker": return attachment("sticker", "Çıkartma");
    case "voice": return attachment("voice", "Sesli mesaj", "0:03");
    case "video": return attachment("video", "Video");
    case "document": return attachment("file", message.document?.file_name ?? "Dosya");
    default: return null;
  }
}

const buttonStyle = ({ style }) => (["success", "danger", "primary"].includes(style) ? style : "");

function inlineButton(button, phone, message) {
  const attributes = { class: `inline-button ${buttonStyle(button)}`.trim(), "data-inline": true };
  if (button.url) {
    const href = safeAddress(button.url);
    return el("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("link", 16), hiddenText(" (yeni sekmede açılır)"));
  }
  if (button.copy_text) {
    const act = async () => {
      await copy(button.copy_text.text);
      phone.toast("Kopyalandı");
    };
    return el("button", { type: "button", ...attributes, onclick: act }, icon("copy", 16), button.text);
  }
  return el("button", { type: "button", ...attributes, onclick: (event) => phone.press(event.currentTarget, message, button) }, button.text);
}

function messageNode(message, phone) {
  const own = message.from === "person";
  const editable = own && message.kind === "text";
  const keyboard = message.inline_keyboard ?? [];
  const date = asDate(message.date);
  const text = message.text ? el("span", { class: "message-text" }, ...formatted(message.text, message.entities)) : null;
  const stamp = el("span", { class: "stamp" }, message.edited ? "düzenlendi " : "", el("time", { datetime: date?.toISOString() }, clock(date)));
  const bubble = el("div", { class: "bubble" }, hiddenText(own ? "Siz: " : `${BOT_NAME}: `), attachmentOf(message), text, stamp);
  const node = el("article", {
    class: ["message", own ? "person" : "bot", keyboard.length && "has-buttons", editable && "has-menu"].filter(Boolean).join(" "),
    "data-message-id": message.message_id,
  }, bubble);
  if (editable) {
    const menu = iconButton("more", "Mesaj seçenekleri", { class: "message-menu", "aria-haspopup": "menu", "aria-expanded": "false" });
    const open = () => openMenu(menu, "Mesaj seçenekleri", [
      { icon: "edit", label: "Düzenle", action: () => phone.startEditing(message) },
      { icon: "copy", label: "Metni kopyala", action: () => copy(message.text).then(() => phone.toast("Kopyalandı")) },
    ]);
    menu.replaceChildren(icon("more", 17));
    menu.addEventListener("click", open);
    bubble.append(menu);
    bubble.addEventListener("dblclick", () => phone.startEditing(message));
    bubble.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      open();
    });
  }
  for (const row of keyboard) {
    node.append(el("div", { class: "inline-row" }, ...row.map((button) => inlineButton(button, phone, message))));
  }
  return node;
}

// ---------------------------------------------------------------- a person's phone

/** One person's window: what it shows lives in the server, what is being typed lives here. */
class Phone {
  constructor(person) {
    this.person = person;
    this.shown = new Map(); // message_id -> {print, node}
    this.day = null;
    this.keyboardPrint = "";
    this.keyboardOpen = false;
    this.editing = null;
    this.refreshing = null;
    this.refreshAgain = false;
    this.build();
  }

  get path() {
    return `/api/chats/${this.person.chat_id}`;
  }

  build() {
    const name = fullName(this.person);
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": `Mesajlar: ${name}`, tabindex: 0 });
    this.newest = el("button", { type: "button", class: "to-newest", hidden: true, onclick: () => this.scrollToEnd() }, "Yeni mesaj");
    this.following = true; // the reader is at the newest message, and stays there whatever changes size
    this.log.addEventListener("scroll", () => {
      this.following = this.nearTheEnd();
      if (this.following) this.newest.hidden = true;
    });
    this.log.addEventListener("click", (event) => this.followOwnLink(event));
    this.log.addEventListener("load", () => this.keepEnd(), true);
    new ResizeObserver(() => this.keepEnd()).observe(this.log);
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.start = el("button", { type: "button", class: "button start", hidden: true, onclick: () => this.sendText("/start") }, "Başlat");
    this.unblock = el("div", { class: "blocked", hidden: true }, el("p", {}, "Bot engellendi."),
      el("button", { type: "button", class: "button", onclick: () => this.send("/unblock", {}) }, "Engeli kaldır"));
    this.editingBar = el("div", { class: "editing", hidden: true }, icon("edit", 18), el("span", {}, "Mesaj düzenleniyor"),
      iconButton("close", "Düzenlemekten vazgeç", { onclick: () => this.stopEditing() }));
    this.replyKeyboard = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Hazır yanıtlar", hidden: true });
    this.kind = el("p", { class: "bot-kind" }, "bot");
    this.botMenu = iconButton("dots", "Sohbet seçenekleri", { "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.openBotMenu() });
    this.section = el("section", { class: "phone", "data-person": this.person.id, "data-panel": `person-${this.person.id}`, "aria-label": `Telefon: ${name}` },
      el("div", { class: "owner" }, el("h2", {}, name), el("span", { class: "owner-phone" }, readablePhone(this.person.phone))),
      el("div", { class: "screen" },
        el("div", { class: "chat-header" }, el("span", { class: "avatar" }, icon("flame", 24)), el("div", { class: "bot-names" }, el("p", { class: "bot-name" }, BOT_NAME), this.kind), this.botMenu),
        el("div", { class: "log-wrap" }, this.log, this.newest),
        this.start, this.unblock, this.editingBar, this.composer(name), this.replyKeyboard, this.toasts));
  }

  composer(name) {
    this.input = el("textarea", { "data-input": true, rows: 1, placeholder: "Mesaj yazın", "aria-label": `Mesaj: ${name}`, maxlength: 4096, enterkeyhint: "send", autocomplete: "off" });
    this.input.addEventListener("keydown", (event) => this.keyInInput(event));
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("paste", (event) => this.pasted(event));
    this.photo = this.fileInput({ accept: "image/*", "data-photo": true, "aria-label": "Fotoğraf" }, (file) => this.sendFile("/photo", file));
    this.document = this.fileInput({ "data-document": true, "aria-label": "Dosya" }, (file) => this.sendFile("/document", file));
    this.commandButton = iconButton("command", "Komutlar", { "data-commands": true, "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.openCommands("") });
    this.attachButton = iconButton("attach", "Ekle", { "data-attach": true, "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.openAttachments() });
    this.keyboardButton = iconButton("keyboard", "Hazır yanıtlar", { "data-keyboard": true, hidden: true, "aria-expanded": "false", onclick: () => this.showKeyboard(!this.keyboardOpen) });
    const form = el("form", { class: "composer" }, this.commandButton, this.attachButton, this.input, this.keyboardButton, this.photo, this.document,
      el("button", { type: "submit", class: "icon-button", "data-send": true, "aria-label": "Gönder", title: "Gönder" }, icon("send")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    return form;
  }

  fileInput(attributes, send) {
    const input = el("input", { type: "file", hidden: true, tabindex: -1, ...attributes });
    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      for (const file of files) await send(file);
    });
    return input;
  }

  // -- what the person does

  keyInInput(event) {
    const menu = this.section.querySelector(".menu");
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      if (menu) closeOpenMenu();
      else this.stopEditing();
    } else if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      [...menu.querySelectorAll("button")].at(event.key === "ArrowUp" ? -1 : 0)?.focus();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.editing) this.editLast(event);
  }

  typed() {
    this.fitInput();
    const value = this.input.value;
    if (/^\/\w*$/.test(value) && commands.length) this.openCommands(value.slice(1));
    else closeOpenMenu();
  }

  fitInput() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight + 2, 140)}px`;
  }

  pasted(event) {
    const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!images.length) return;
    event.preventDefault();
    images.forEach((file) => this.sendFile("/photo", file));
  }

  async submit() {
    const text = this.input.value.trim();
    closeOpenMenu();
    if (!text) return;
    const edited = this.editing;
    this.stopEditing();
    this.setInput("");
    const sent = edited ? await this.send("/edit", { message_id: edited.message_id, text }) : await this.sendText(text);
    if (!sent && !this.input.value) this.setInput(text);
  }

  setInput(text) {
    this.input.value = text;
    this.fitInput();
  }

  sendText(text) {
    return this.send("/text", { text });
  }

  sendFile(what, file) {
    const form = new FormData();
    form.append("file", file, file.name || "foto.png");
    return this.send(what, form);
  }

  async send(what, body) {
    try {
      await post(this.path + what, body);
    } catch (error) {
      this.toast(`Gönderilemedi. ${error.message}`);
      return false;
    }
    await this.refresh();
    if (what !== "/edit" && what !== "/press") this.scrollToEnd();
    return true;
  }

  async press(button, message, { callback_data }) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    button.prepend(el("span", { class: "spinner", "aria-hidden": "true" }));
    setTimeout(() => this.settle(button), TAP_PENDING_MS);
    await this.send("/press", { message_id: message.message_id, callback_data });
  }

  settle(button) {
    button.removeAttribute("aria-busy");
    button.querySelector(".spinner")?.remove();
  }

  async pressReply(button, row, column) {
    // The bot may have answered, with a keyboard of its own, before the press is acknowledged.
    const pressed = this.keyboard;
    const used = () => { if (pressed?.one_time && this.keyboard === pressed) this.showKeyboard(false); };
    if (button.request_location) {
      // A phone would ask its satellites; here the person says where they are.
      this.askLocation(used);
      return;
    }
    if (await this.send("/press_reply", { row, column })) used();
  }

  askLocation(then = () => {}) {
    ask("location-dialog", async ({ latitude, longitude }) => {
      if (await this.send("/location", { latitude: Number(latitude), longitude: Number(longitude) })) then();
    });
  }

  shareOwnNumber() {
    const { phone, first_name, last_name } = this.person;
    return this.send("/contact", { phone, first_name, last_name: last_name ?? "", own: true });
  }

  openAttachments() {
    if (this.attachButton.getAttribute("aria-expanded") === "true") return closeOpenMenu();
    openMenu(this.attachButton, "Ekle", [
      { icon: "contact", label: "Numaramı paylaş", action: () => this.shareOwnNumber() },
      { icon: "contact", label: "Başka bir kişi kartı", action: () => ask("contact-dialog", ({ name, phone }) => this.send("/contact", { phone, ...splitName(name), own: false })) },
      { icon: "location", label: "Konum gönder", action: () => this.askLocation() },
      { icon: "photo", label: "Fotoğraf yükle", action: () => this.photo.click() },
      { icon: "file", label: "Dosya yükle", action: () => this.document.click() },
      { icon: "sticker", label: "Çıkartma", action: () => this.send("/sticker", {}) },
      { icon: "voice", label: "Ses", action: () => this.send("/voice", {}) },
    ]);
  }

  /** A link to this very bot stays here, as in Telegram: it opens the chat and brings its start parameter. */
  followOwnLink(event) {
    const href = event.target.closest("a")?.href ?? "";
    if (href !== BOT_LINK && !href.startsWith(`${BOT_LINK}?`)) return;
    event.preventDefault();
    const parameter = new URL(href).searchParams.get("start");
    if (parameter) this.sendText(`/start ${parameter}`);
    else this.input.focus();
  }

  openBotMenu() {
    if (this.botMenu.getAttribute("aria-expanded") === "true") return closeOpenMenu();
    const { blocked } = this.person;
    openMenu(this.botMenu, "Sohbet seçenekleri", [
      { icon: "close", label: blocked ? "Engeli kaldır" : "Botu engelle", action: () => this.send(blocked ? "/unblock" : "/block", {}) },
    ]);
  }

  openCommands(beginning) {
    const typing = document.activeElement === this.input;
    if (!typing && this.commandButton.getAttribute("aria-expanded") === "true") return closeOpenMenu();
    const matching = commands.filter(({ command }) => command.startsWith(beginning));
    if (typing && !matching.length) return closeOpenMenu();
    openMenu(this.commandButton, "Komutlar", matching.map(({ command, description }) => ({
      label: `/${command}`,
      detail: description || " ",
      action: () => {
        if (this.input.value.startsWith("/")) this.setInput("");
        this.input.focus();
        this.sendText(`/${command}`);
      },
    })), { keepFocus: typing });
  }

  startEditing(message) {
    this.stopEditing();
    this.editing = message;
    this.editingBar.hidden = false;
    this.shown.get(message.message_id)?.node.classList.add("being-edited");
    this.setInput(message.text);
    this.input.focus();
    window.getSelection()?.removeAllRanges();
    this.input.setSelectionRange(message.text.length, message.text.length);
  }

  stopEditing() {
    if (!this.editing) return;
    this.shown.get(this.editing.message_id)?.node.classList.remove("being-edited");
    this.editing = null;
    this.editingBar.hidden = true;
    this.setInput("");
    this.input.focus();
  }

  editLast(event) {
    const last = this.messages?.findLast((message) => message.from === "person" && message.kind === "text" && !message.deleted);
    if (!last) return;
    event.preventDefault();
    this.startEditing(last);
  }

  // -- what the server says

  /** Fetches the chat and shows it. Requests that come while one is under way are met by one more fetch. */
  refresh() {
    if (this.refreshing) {
      this.refreshAgain = true;
      return this.refreshing;
    }
    this.refreshing = (async () => {
      do {
        this.refreshAgain = false;
        this.show(await get(this.path));
      } while (this.refreshAgain);
    })().catch((error) => { if (!(error instanceof Disconnected)) console.error(error); }).finally(() => { this.refreshing = null; });
    return this.refreshing;
  }

  show(chat) {
    const first = this.messages === undefined;
    this.messages = chat.messages.filter((message) => !message.deleted);
    this.person = chat.person;
    this.unblock.hidden = !chat.person.blocked;
    this.input.form.hidden = chat.person.blocked;
    const news = this.reconcile();
    this.start.hidden = this.messages.length > 0 || chat.person.blocked;
    this.showReplyKeyboard(chat.reply_keyboard ?? chat.hidden_reply_keyboard ?? null, Boolean(chat.reply_keyboard) && !chat.person.blocked);
    if (this.following) this.scrollToEnd();
    else if (news) this.newest.hidden = false;
    if (news && !first) markNews(this.section);
  }

  /** Makes the log match the messages, touching only what changed; true if a message was added. */
  reconcile() {
    const focusedId = Number(document.activeElement?.closest?.("[data-message-id]")?.dataset.messageId);
    const focusedHere = this.log.contains(document.activeElement) ? focusedId : NaN;
    const known = new Set(this.messages.map((message) => message.message_id));
    for (const [id, { node }] of this.shown) {
      if (known.has(id)) continue;
      node.remove();
      this.shown.delete(id);
    }
    let added = false;
    for (const message of this.messages) {
      const { seq, ...content } = message;
      const print = JSON.stringify(content);
      const before = this.shown.get(message.message_id);
      if (before?.print === print) continue;
      const node = messageNode(message, this);
      if (this.editing?.message_id === message.message_id) node.classList.add("being-edited");
      if (before) before.node.replaceWith(node);
      else this.log.append(node);
      if (before && focusedHere === message.message_id) (node.querySelector("button") ?? this.log).focus({ preventScroll: true });
      this.shown.set(message.message_id, { print, node });
      added ||= !before;
    }
    this.showDay();
    return added;
  }

  /** The day above the messages, or a welcome instead of them. Touched only when it changes: the log is read aloud. */
  showDay() {
    const date = asDate(this.messages[0]?.date);
    const day = date?.toLocaleDateString("tr-TR", { day: "numeric", month: "long" });
    if (day === this.day) return;
    this.day = day;
    this.log.querySelector(".day, .welcome")?.remove();
    this.log.prepend(day ? el("div", { class: "day" }, day)
      : el("div", { class: "welcome" }, el("p", {}, "Burada henüz mesaj yok."), el("p", {}, "Sohbeti açmak için Başlat düğmesine basın.")));
  }

  /** A one-time keyboard that was used is closed but can be opened again. */
  showReplyKeyboard(keyboard, open) {
    const print = JSON.stringify([keyboard, open]);
    if (print === this.keyboardPrint) return;
    this.keyboardPrint = print;
    this.keyboard = keyboard;
    this.input.placeholder = (open && keyboard?.placeholder) || "Mesaj yazın";
    const rows = keyboard?.rows ?? [];
    this.replyKeyboard.replaceChildren(...rows.map((row, rowIndex) => el("div", { class: "reply-row" }, ...row.map((button, column) => {
      const symbol = button.request_contact ? "contact" : button.request_location ? "location" : null;
      return el("button", { type: "button", class: `reply-button ${buttonStyle(button)}`.trim(), "data-reply": true, onclick: () => this.pressReply(button, rowIndex, column) },
        symbol ? icon(symbol, 19) : null, button.text);
    }))));
    this.keyboardButton.hidden = !rows.length;
    this.showKeyboard(open);
  }

  showKeyboard(open) {
    const focused = this.replyKeyboard.contains(document.activeElement);
    this.keyboardOpen = open && (this.keyboard?.rows?.length ?? 0) > 0;
    this.replyKeyboard.hidden = !this.keyboardOpen;
    this.keyboardButton.setAttribute("aria-expanded", String(this.keyboardOpen));
    this.keyboardButton.setAttribute("aria-label", this.keyboardOpen ? "Hazır yanıtları gizle" : "Hazır yanıtları göster");
    this.keyboardButton.title = this.keyboardButton.getAttribute("aria-label");
    if (focused && !this.keyboardOpen) this.input.focus();
    this.keepEnd();
  }

  event(event) {
    if (event.type === "typing") {
      this.showTyping(event.seconds);
      return;
    }
    if (event.type === "message") this.showTyping(0);
    if (event.type === "toast") {
      for (const busy of this.section.querySelectorAll("[data-inline][aria-busy]")) this.settle(busy);
      if (event.text && event.show_alert) this.alert(event.text);
      else if (event.text) this.toast(event.text);
      return;
    }
    // The same keyboard sent once more opens again, as on a phone.
    if (event.type === "keyboard") this.keyboardPrint = "";
    this.refresh();
  }

  showTyping(seconds) {
    clearTimeout(this.typingTimer);
    this.kind.textContent = seconds ? "yazıyor…" : "bot";
    if (seconds) this.typingTimer = setTimeout(() => this.showTyping(0), seconds * 1000);
  }

  toast(text) {
    const toast = el("div", { class: "toast" }, text);
    this.toasts.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS + text.length * 40);
  }

  alert(text) {
    const dialog = el("dialog", { "aria-label": BOT_NAME }, el("form", { method: "dialog" }, el("p", {}, text),
      el("div", { class: "dialog-actions" }, el("button", { class: "button" }, "Tamam"))));
    dialog.addEventListener("close", () => dialog.remove());
    this.section.append(dialog);
    dialog.showModal();
  }

  nearTheEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_THE_END_PX;
  }

  keepEnd() {
    if (this.following) this.scrollToEnd();
  }

  scrollToEnd() {
    this.following = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.newest.hidden = true;
  }
}

// ---------------------------------------------------------------- the people and the tabs

const phones = new Map();
let commands = [];

async function showPeople() {
  const people = await get("/api/people");
  const known = new Set(people.map((person) => person.id));
  for (const [id, phone] of phones) {
    if (known.has(id)) continue;
    phone.section.remove();
    phones.delete(id);
  }
  for (const person of people) {
    if (phones.has(person.id)) continue;
    const phone = new Phone(person);
    phones.set(person.id, phone);
    document.getElementById("people").append(phone.section);
  }
  showTabs();
  return people;
}

const addPerson = (person) => post("/api/people", person);

function showTabs() {
  const tabs = document.getElementById("tabs");
  const wanted = [...phones.values()].map(({ person, section }) => [section.dataset.panel, fullName(person)]);
  wanted.push(["licrus", "Licrus"]);
  const current = tabs.querySelector("[aria-current]")?.dataset.tab;
  tabs.replaceChildren(...wanted.map(([panel, name]) => el("button", { type: "button", "data-tab": panel, onclick: () => showPanel(panel) }, name)));
  showPanel(wanted.some(([panel]) => panel === current) ? current : wanted[0][0]);
}

/** On a narrow screen one panel is seen; on a wide one this only marks it. */
function showPanel(wanted) {
  for (const panel of document.querySelectorAll("[data-panel]")) panel.classList.toggle("current", panel.dataset.panel === wanted);
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab !== wanted) tab.removeAttribute("aria-current");
    else {
      tab.setAttribute("aria-current", "true");
      tab.querySelectorAll(".news, .hidden-text").forEach((mark) => mark.remove());
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  for (const phone of phones.values()) if (phone.section.dataset.panel === wanted) phone.scrollToEnd();
}

function markNews(panel) {
  const tab = document.querySelector(`[data-tab="${panel.dataset.panel}"]`);
  if (!tab || tab.hasAttribute("aria-current") || tab.querySelector(".news")) return;
  tab.append(el("span", { class: "news" }), hiddenText(" (yeni)"));
}

// ---------------------------------------------------------------- Licrus

const masked = (ticket) => (ticket ? `••••${String(ticket).slice(-4)}` : ticket);

function fieldRow(name, label, value) {
  const given = value !== undefined && value !== null && value !== "";
  return el("tr", {}, el("th", { scope: "row" }, label, el("code", {}, name)),
    el("td", given ? {} : { class: "empty" }, given ? String(value) : value === "" ? "boş" : "gönderilmedi"));
}

function fieldTable(received) {
  const table = el("table", {}, el("caption", { class: "hidden-text" }, "Licrus’a gönderilen alanlar"));
  const known = new Set(["AuthTicket"]);
  for (const [title, fields] of LICRUS_FIELDS) {
    const group = el("tbody", {}, el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: 2 }, title)));
    for (const [name, label] of fields) {
      known.add(name);
      group.append(fieldRow(name, label, received[name]));
    }
    table.append(group);
  }
  const others = Object.keys(received).filter((name) => !known.has(name));
  const last = el("tbody", {}, el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: 2 }, "Diğer")));
  for (const name of others) last.append(fieldRow(name, "Beklenmeyen alan", received[name]));
  last.append(fieldRow("AuthTicket", "Erişim anahtarı", masked(received.AuthTicket)));
  table.append(last);
  return table;
}

const OUTCOMES = {
  created: "Çağrı açıldı",
  refused: "Reddedildi",
  refuse: "Reddedildi",
  ticket: "Erişim anahtarı kabul edilmedi",
  bad_request: "İstek okunamadı",
  received: "Yanıt bekliyor",
};

/** What became of a call, in words and as a colour: green opened and told, red not opened, yellow opened but not told. */
function outcomeOf(call) {
  const words = OUTCOMES[call.outcome] ?? `Denenen: ${faultTitle(call.outcome)}`;
  if (call.outcome === "created") return [words, "good"];
  return [words, call.carried_out || call.outcome === "received" ? "wait" : "bad"];
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function callNode(call, open) {
  const date = asDate(call.time);
  const [words, tone] = outcomeOf(call);
  const readable = isObject(call.parsed);
  const body = readable && "AuthTicket" in call.parsed ? { ...call.parsed, AuthTicket: masked(call.parsed.AuthTicket) } : call.parsed;
  return el("article", { class: "call", "data-licrus-call": call.call_number ?? "" },
    el("details", { class: "call-head", open },
      el("summary", {}, el("span", { class: "call-number" }, call.call_number ? `Çağrı numarası: ${call.call_number}` : "Çağrı açılmadı"),
        el("time", { datetime: date?.toISOString() }, clock(date)), el("span", { class: `badge ${tone}` }, words)),
      call.reason ? el("p", { class: "reason" }, `Bildirilen neden: “${call.reason}”`) : null,
      readable ? fieldTable(call.parsed) : null,
      el("details", { class: "raw" }, el("summary", {}, "Ham JSON"), el("pre", {}, readable ? JSON.stringify(body, null, 2) : call.raw ?? ""))));
}

const shownCalls = new Map(); // id -> {print, node}

async function showCalls() {
  const { calls } = await get("/api/licrus/calls");
  const list = document.getElementById("calls");
  const first = !list.childElementCount;
  const known = new Set(calls.map((call) => call.id));
  for (const [id, { node }] of shownCalls) {
    if (known.has(id)) continue;
    node.remove();
    shownCalls.delete(id);
  }
  calls.forEach((call, index) => showCall(list, call, first ? index === calls.length - 1 : true, first));
  list.querySelector(".calls-empty")?.remove();
  if (!calls.length) list.append(el("p", { class: "calls-empty" }, "Henüz çağrı gelmedi. Botta bir talep onaylanınca burada görünür."));
}

/** A new call comes on top and open; the older ones fold. */
function showCall(list, call, open, first) {
  const print = JSON.stringify(call);
  const before = shownCalls.get(call.id);
  if (before?.print === print) return;
  const node = callNode(call, before ? before.node.querySelector("details").open : open);
  shownCalls.set(call.id, { print, node });
  if (before) {
    before.node.replaceWith(node);
    return;
  }
  if (!first) {
    for (const older of list.querySelectorAll(".call-head")) older.open = false;
    markNews(document.getElementById("licrus"));
  }
  list.prepend(node);
}

let faultKinds = [];
const faultTitle = (kind) => faultKinds.find((known) => known.kind === kind)?.title ?? kind;

async function showFaults() {
  const { faults: kinds, waiting: queued } = await get("/api/licrus/faults");
  const select = document.getElementById("fault-kind");
  if (JSON.stringify(kinds) !== JSON.stringify(faultKinds)) {
    faultKinds = kinds;
    select.replaceChildren(...kinds.map(({ kind, title }) => el("option", { value: kind }, title)));
    showFaultDetails();
  }
  const waiting = queued.map(({ title, times }) => (times > 1 ? `${title}, ${times} kez` : title));
  document.getElementById("fault-queued").textContent = waiting.length ? `Sırada: ${waiting.join("; ")}` : "Şu anda olağan çalışıyor.";
  document.getElementById("fault-clear").hidden = !waiting.length;
}

/** Only the faults with a message take a reason, and only one takes a status code. */
function showFaultDetails() {
  const kind = document.getElementById("fault-kind").value;
  document.querySelector(".fault-reason").hidden = !["refuse", "refuse-with-number", "technical", "ticket", "warning"].includes(kind);
  document.querySelector(".fault-status").hidden = kind !== "status";
}

async function setFault(event) {
  event.preventDefault();
  const { kind, times, reason, status } = event.currentTarget.elements;
  const fault = { kind: kind.value, times: Number(times.value) };
  if (!reason.closest("label").hidden) fault.reason = reason.value.trim();
  if (!status.closest("label").hidden) fault.status = Number(status.value);
  await faultRequest(() => post("/api/licrus/fault", fault));
}

async function faultRequest(act) {
  try {
    await act();
    await showFaults();
  } catch (error) {
    document.getElementById("fault-queued").textContent = `Ayarlanamadı. ${error.message}`;
  }
}

// ---------------------------------------------------------------- following the server

function showConnection(connected) {
  const line = document.getElementById("connection");
  const text = connected ? "" : "Bağlantı koptu, yeniden bağlanıyor…";
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("shown", !connected);
}

async function showCommands() {
  ({ commands } = await get("/api/commands"));
}

/** Shows everything as it is now; returns the number of the newest event that is surely in it. */
async function showEverything() {
  const { seq } = await get(`/api/changes?after=${Number.MAX_SAFE_INTEGER}&timeout=0`);
  if (!(await get("/api/people")).length) for (const person of FIRST_PEOPLE) await addPerson(person);
  await showPeople();
  await showFaults();
  await Promise.all([showCommands(), showCalls(), ...[...phones.values()].map((phone) => phone.refresh())]);
  return seq;
}

async function take(event) {
  if (event.type === "person") {
    await showPeople();
    await phoneOfChat(event.chat_id)?.refresh();
  } else if (event.type === "command_menu") await showCommands();
  else if (event.type.startsWith("licrus")) await Promise.all([showCalls(), showFaults()]);
  else phoneOfChat(event.chat_id)?.event(event);
}

const phoneOfChat = (chatId) => [...phones.values()].find(({ person }) => person.chat_id === chatId);

async function follow() {
  for (;;) {
    try {
      let seq = await showEverything();
      showConnection(true);
      for (;;) {
        const changes = await get(`/api/changes?after=${seq}&timeout=${LONG_POLL_S}`);
        if (changes.seq < seq) break; // the server began anew
        seq = changes.seq;
        for (const event of changes.events) await take(event);
      }
    } catch (error) {
      if (!(error instanceof Disconnected)) console.error(error);
      showConnection(false);
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }
}

document.getElementById("add-person").addEventListener("click", () => {
  ask("person-dialog", async ({ name, phone, language_code }) => {
    const person = await addPerson({ name: name.trim(), phone: phone.trim(), language_code });
    await showPeople();
    const added = phones.get(person.id);
    await added.refresh();
    showPanel(added.section.dataset.panel);
    added.section.scrollIntoView({ inline: "end", block: "nearest" });
    added.start.focus({ preventScroll: true });
  });
});
document.getElementById("fault-form").addEventListener("submit", setFault);
document.getElementById("fault-kind").addEventListener("change", showFaultDetails);
document.getElementById("fault-clear").addEventListener("click", () => faultRequest(() => request("DELETE", "/api/licrus/fault")));
prepareDialogs();
follow();
