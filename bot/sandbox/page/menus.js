// Menus and dialogs.

import { el, icon } from "./nodes.js";

const PLACES = [
  ["Ümraniye, İstanbul", 41.0256, 29.0963],
  ["Çankaya, Ankara", 39.9032, 32.8597],
  ["Bornova, İzmir", 38.4697, 27.2211],
  ["Nilüfer, Bursa", 40.2131, 28.9872],
  ["Şahinbey, Gaziantep", 37.0594, 37.3825],
  ["Akçaabat, Trabzon", 41.0214, 39.5715],
];

let closeOpenMenu = () => {};

export const closeMenu = () => closeOpenMenu();

/** Opens a menu above the anchor. items: [{icon?, label, detail?, action}]; arrows move, Escape returns to the anchor. */
export function openMenu(anchor, label, items, { keepFocus = false } = {}) {
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
export function ask(id, done) {
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  form.reset();
  form.onsubmit = (event) => done(Object.fromEntries(new FormData(form, event.submitter)));
  dialog.showModal();
}

export function prepareDialogs() {
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
