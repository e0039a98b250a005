// A person's phone: one chat with the bot.

import { askLocation, attachmentsOf } from "./attachments.js";
import { openCommands } from "./commands.js";
import { isOwn, memberChoice, restingKind, showMembers } from "./group.js";
import { closeMenu, openMenu } from "./menus.js";
import { buttonStyle, messageNode } from "./message.js";
import { el, icon, iconButton } from "./nodes.js";
import { followOwnLink } from "./own_links.js";
import { get, post } from "./server.js";
import { askSticker, stickers } from "./stickers.js";
import { markNews } from "./tabs.js";
import { asDate, BOT_NAME, dayOf, fullName, readablePhone } from "./words.js";

const TAP_PENDING_MS = 2000;
const TOAST_MS = 3000;
const NEAR_THE_END_PX = 80;

/** One person's window: what it shows lives in the server, what is being typed lives here. */
export class Phone {
  /** `others` tells all the windows there are. */
  constructor(person, others) {
    this.person = person;
    this.others = others;
    this.commands = []; // what the bot offers here as slash commands
    this.shown = new Map(); // message_id -> {print, node}
    this.day = null;
    this.keyboardPrint = "";
    this.keyboardOpen = false;
    this.editing = null;
    this.replying = null; // the bot's message that the next text is a reply to
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
    this.log.addEventListener("click", (event) => followOwnLink(this, event));
    this.log.addEventListener("load", () => this.keepEnd(), true);
    new ResizeObserver(() => this.keepEnd()).observe(this.log);
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.start = el("button", { type: "button", class: "button start", onclick: () => this.sendText("/start") }, "Başlat");
    this.unblock = el("div", { class: "blocked", hidden: true }, el("p", {}, "Bot engellendi."),
      el("button", { type: "button", class: "button", onclick: () => this.send("/unblock", {}) }, "Engeli kaldır"));
    this.editingBar = el("div", { class: "editing", hidden: true }, icon("edit", 18), this.doing = el("span", {}, "Mesaj düzenleniyor"),
      iconButton("close", "Vazgeç", { onclick: () => this.stopEditing() }));
    this.replyKeyboard = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Hazır yanıtlar", hidden: true });
    this.kind = el("p", { class: "bot-kind" }, restingKind(this.person));
    this.member = memberChoice(this);
    this.arrival = el("div", { class: "arrival", hidden: true }, this.start, el("button", { type: "button", class: "button quiet", "data-sticker": true, onclick: () => askSticker(this) }, "Bayi etiketiyle gel"));
    this.botMenu = iconButton("dots", "Sohbet seçenekleri", { "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.openBotMenu() });
    this.section = el("section", { class: "phone", "data-person": this.person.id, "data-panel": `person-${this.person.id}`, "aria-label": `Telefon: ${name}` },
      el("div", { class: "owner" }, el("h2", {}, name), el("span", { class: "owner-phone" }, this.person.group ? "grup" : readablePhone(this.person.phone))),
      el("div", { class: "screen" },
        el("div", { class: "chat-header" }, el("span", { class: "avatar" }, icon("flame", 24)), el("div", { class: "bot-names" }, el("p", { class: "bot-name" }, this.person.group ?? BOT_NAME), this.kind), this.member, this.botMenu),
        el("div", { class: "log-wrap" }, this.log, this.newest),
        this.arrival, this.unblock, this.editingBar, this.composer(name), this.replyKeyboard, this.toasts));
    this.section.addEventListener("shown", () => this.scrollToEnd());
    showMembers(this);
  }

  async loadCommands() {
    this.commands = (await get(`${this.path}/commands`)).commands;
  }

  composer(name) {
    this.input = el("textarea", { "data-input": true, rows: 1, placeholder: "Mesaj yazın", "aria-label": `Mesaj: ${name}`, maxlength: 4096, enterkeyhint: "send", autocomplete: "off" });
    this.input.addEventListener("keydown", (event) => this.keyInInput(event));
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("paste", (event) => this.pasted(event));
    this.photo = this.fileInput({ accept: "image/*", multiple: true, "data-photo": true, "aria-label": "Fotoğraf" }, (files) => this.sendPhotos(files));
    this.document = this.fileInput({ "data-document": true, "aria-label": "Dosya" }, (files) => this.sendFile("/document", files[0]));
    this.commandButton = iconButton("command", "Komutlar", { "data-commands": true, "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => openCommands(this, "") });
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
      if (files.length) await send(files);
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
      if (menu) closeMenu();
      else this.stopEditing();
    } else if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      [...menu.querySelectorAll("button")].at(event.key === "ArrowUp" ? -1 : 0)?.focus();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.editing) this.editLast(event);
  }

  typed() {
    this.fitInput();
    const value = this.input.value;
    if (/^\/\w*$/.test(value) && this.commands.length) openCommands(this, value.slice(1));
    else closeMenu();
  }

  fitInput() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight + 2, 140)}px`;
  }

  pasted(event) {
    const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!images.length) return;
    event.preventDefault();
    this.sendPhotos(images);
  }

  async submit() {
    const text = this.input.value.trim();
    closeMenu();
    if (!text) return;
    const [edited, replied] = [this.editing, this.replying];
    this.stopEditing();
    this.setInput("");
    const reply = replied ? { reply_to: replied.message_id } : {};
    const sent = edited ? await this.send("/edit", { message_id: edited.message_id, text }) : await this.send("/text", { text, ...reply });
    if (!sent && !this.input.value) this.setInput(text);
  }

  setInput(text) {
    this.input.value = text;
    this.fitInput();
  }

  sendText(text) {
    return this.send("/text", { text });
  }

  /** Several at once are an album, as on a phone. */
  async sendPhotos(files) {
    const album = files.length > 1 ? String(Date.now()) : "";
    for (const file of files) await this.sendFile("/photo", file, album);
  }

  sendFile(what, file, album = "") {
    const form = new FormData();
    form.append("file", file, file.name || "foto.png");
    if (album) form.append("album", album);
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
      askLocation(this, used);
      return;
    }
    if (await this.send("/press_reply", { row, column })) used();
  }

  openAttachments() {
    if (this.attachButton.getAttribute("aria-expanded") === "true") return closeMenu();
    openMenu(this.attachButton, "Ekle", attachmentsOf(this));
  }

  openBotMenu() {
    if (this.botMenu.getAttribute("aria-expanded") === "true") return closeMenu();
    const { blocked } = this.person;
    openMenu(this.botMenu, "Sohbet seçenekleri", [
      { icon: "close", label: blocked ? "Engeli kaldır" : "Botu engelle", action: () => this.send(blocked ? "/unblock" : "/block", {}) },
    ]);
  }

  startEditing(message) {
    this.stopEditing();
    this.editing = message;
    this.doing.textContent = "Mesaj düzenleniyor";
    this.editingBar.hidden = false;
    this.shown.get(message.message_id)?.node.classList.add("being-edited");
    this.setInput(message.text);
    this.input.focus();
    window.getSelection()?.removeAllRanges();
    this.input.setSelectionRange(message.text.length, message.text.length);
  }

  startReplying(message) {
    this.stopEditing();
    this.replying = message;
    this.doing.textContent = "Mesaj yanıtlanıyor";
    this.editingBar.hidden = false;
    this.shown.get(message.message_id)?.node.classList.add("being-edited");
    this.input.focus();
  }

  /** The bot may ask for a reply to its message: the next text is one, as on a phone. */
  answerAsAsked() {
    const newest = this.messages.at(-1);
    if (newest?.force_reply && !this.editing && !this.input.value) this.startReplying(newest);
  }

  stopEditing() {
    const message = this.editing ?? this.replying;
    if (!message) return;
    this.shown.get(message.message_id)?.node.classList.remove("being-edited");
    if (this.editing) this.setInput("");
    this.editing = this.replying = null;
    this.editingBar.hidden = true;
    this.input.focus();
  }

  editLast(event) {
    const last = this.messages?.findLast((message) => isOwn(this.person, message) && message.kind === "text" && !message.deleted);
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
    showMembers(this);
    this.unblock.hidden = !chat.person.blocked;
    this.input.form.hidden = chat.person.blocked;
    const news = this.reconcile();
    this.arrival.hidden = this.messages.length > 0 || chat.person.blocked || Boolean(chat.person.group);
    this.arrival.lastElementChild.hidden = !stickers().length;
    if (news && !first) this.answerAsAsked();
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
      const print = JSON.stringify([content, this.person.member_id]);
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
    const day = dayOf(date);
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
    this.kind.textContent = seconds ? "yazıyor…" : restingKind(this.person);
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
