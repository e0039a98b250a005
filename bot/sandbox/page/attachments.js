// What a person can send beside a text.

import { ask } from "./menus.js";
import { askSticker, stickers } from "./stickers.js";
import { splitName } from "./words.js";

export function askLocation(phone, then = () => {}) {
  ask("location-dialog", async ({ latitude, longitude }) => {
    if (await phone.send("/location", { latitude: Number(latitude), longitude: Number(longitude) })) then();
  });
}

function shareOwnNumber(phone) {
  const { phone: number, first_name, last_name } = phone.person;
  return phone.send("/contact", { phone: number, first_name, last_name: last_name ?? "", own: true });
}

const codesOf = (text) => text.split("\n").filter((code) => code.trim());

/** The items of the menu by which this phone attaches something. */
export const attachmentsOf = (phone) => [
  { icon: "contact", label: "Numaramı paylaş", action: () => shareOwnNumber(phone) },
  { icon: "contact", label: "Başka bir kişi kartı", action: () => ask("contact-dialog", ({ name, phone: number }) => phone.send("/contact", { phone: number, ...splitName(name), own: false })) },
  { icon: "location", label: "Konum gönder", action: () => askLocation(phone) },
  { icon: "photo", label: "Fotoğraf yükle", action: () => phone.photo.click() },
  { icon: "photo", label: "Örnek etiket fotoğrafı", action: () => ask("label-dialog", ({ codes }) => phone.send("/label", { codes: codesOf(codes) })) },
  ...(stickers().length ? [{ icon: "photo", label: "Bayi etiketi", action: () => askSticker(phone) }] : []),
  { icon: "file", label: "Dosya yükle", action: () => phone.document.click() },
  { icon: "sticker", label: "Çıkartma", action: () => phone.send("/sticker", {}) },
  { icon: "voice", label: "Ses", action: () => phone.send("/voice", {}) },
];
