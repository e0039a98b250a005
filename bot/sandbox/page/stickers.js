// The dealers' printed stickers: scanned, or photographed.

import { ask } from "./menus.js";
import { el } from "./nodes.js";
import { get } from "./server.js";

let known = []; // {dealer, sticker}

/** The dealers whose stickers there are. */
export const stickers = () => known;

export async function loadStickers() {
  known = (await get("/api/dealers")).dealers;
  const choose = document.querySelector("#sticker-dialog select");
  choose.replaceChildren(...known.map(({ dealer }) => el("option", { value: dealer }, dealer)));
}

function showPicture() {
  const dialog = document.getElementById("sticker-dialog");
  const { dealer } = dialog.querySelector("form").elements;
  const picture = dialog.querySelector("img");
  picture.src = `/api/stickers/${encodeURIComponent(dealer.value)}`;
  picture.alt = `Karekodlu etiket: ${dealer.value}`;
}

/** The person of this phone picks a sticker; scanning it opens the bot by its link. */
export function askSticker(phone) {
  ask("sticker-dialog", ({ dealer, how }) => {
    if (how === "photo") return phone.send("/sticker_photo", { dealer });
    const { sticker } = known.find((one) => one.dealer === dealer);
    return phone.sendText(`/start ${new URL(sticker).searchParams.get("start")}`);
  });
  showPicture();
}

export function prepareStickers() {
  document.querySelector("#sticker-dialog select").addEventListener("change", showPicture);
}
