// One message of a chat.

import { authorOf, isOwn } from "./group.js";
import { openMenu } from "./menus.js";
import { el, formatted, hiddenText, icon, iconButton, safeAddress } from "./nodes.js";
import { passOn } from "./own_links.js";
import { asDate, BOT_NAME, clock, fullName, readablePhone } from "./words.js";

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
    case "document": {
      const name = message.document?.file_name ?? "Dosya";
      const file = attachment("file", name);
      return message.file_url ? el("a", { href: message.file_url, download: name }, file) : file;
    }
    default: return null;
  }
}

export const buttonStyle = ({ style }) => (["success", "danger", "primary"].includes(style) ? style : "");

function inlineButton(button, phone, message) {
  const attributes = { class: `inline-button ${buttonStyle(button)}`.trim(), "data-inline": true };
  if (button.url) {
    const href = safeAddress(button.url);
    return el("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("link", 16), hiddenText(" (yeni sekmede açılır)"));
  }
  if (button.copy_text) {
    const act = async ({ currentTarget }) => {
      await copy(button.copy_text.text);
      phone.toast("Kopyalandı");
      passOn(phone, currentTarget, button.copy_text.text);
    };
    return el("button", { type: "button", ...attributes, onclick: act }, icon("copy", 16), button.text);
  }
  return el("button", { type: "button", ...attributes, onclick: (event) => phone.press(event.currentTarget, message, button) }, button.text);
}

export function messageNode(message, phone) {
  const own = isOwn(phone.person, message);
  const author = authorOf(phone.person, message);
  const editable = own && message.kind === "text";
  const keyboard = message.inline_keyboard ?? [];
  const date = asDate(message.date);
  const text = message.text ? el("span", { class: "message-text" }, ...formatted(message.text, message.entities)) : null;
  const stamp = el("span", { class: "stamp" }, message.edited ? "düzenlendi " : "", el("time", { datetime: date?.toISOString() }, clock(date)));
  const bubble = el("div", { class: "bubble" }, author ? el("span", { class: "author" }, author, hiddenText(": ")) : hiddenText(own ? "Siz: " : `${BOT_NAME}: `), attachmentOf(message), text, stamp);
  const node = el("article", {
    class: ["message", own ? "person" : "bot", keyboard.length && "has-buttons", (editable || !own) && "has-menu"].filter(Boolean).join(" "),
    "data-message-id": message.message_id,
  }, bubble);
  if (editable || !own) {
    const menu = iconButton("more", "Mesaj seçenekleri", { class: "message-menu", "aria-haspopup": "menu", "aria-expanded": "false" });
    const change = editable
      ? { icon: "edit", label: "Düzenle", action: () => phone.startEditing(message) }
      : { icon: "edit", label: "Yanıtla", action: () => phone.startReplying(message) };
    const open = () => openMenu(menu, "Mesaj seçenekleri", [
      change,
      { icon: "copy", label: "Metni kopyala", action: () => copy(message.text).then(() => phone.toast("Kopyalandı")) },
    ]);
    menu.replaceChildren(icon("more", 17));
    menu.addEventListener("click", open);
    bubble.append(menu);
    if (editable) bubble.addEventListener("dblclick", change.action);
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
