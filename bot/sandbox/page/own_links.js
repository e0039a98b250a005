// Links to this very bot: stickers and invitations.

import { openMenu } from "./menus.js";
import { showPanel } from "./tabs.js";
import { fullName } from "./words.js";

const BOT_LINK = "https://t.me/devreye_sandbox_bot";

const isOwnLink = (address) => address === BOT_LINK || address.startsWith(`${BOT_LINK}?`);

/** A link to the bot stays on the page: as in Telegram it opens the person's own chat and brings its start parameter. */
export function followOwnLink(phone, event) {
  const anchor = event.target.closest("a");
  const href = anchor?.href ?? "";
  if (!isOwnLink(href)) return;
  event.preventDefault();
  if (phone.person.group) passOn(phone, anchor, href);
  else openAs(phone, new URL(href).searchParams.get("start"));
}

/** A link in the group is there to be passed on: who opens it is asked beside the anchor. Nothing for other texts. */
export function passOn(phone, anchor, address) {
  if (!phone.person.group || !isOwnLink(address)) return;
  const parameter = new URL(address).searchParams.get("start");
  const people = phone.others().filter((other) => !other.person.group);
  openMenu(anchor, "Bağlantıyı kim açsın?", people.map((other) => (
    { icon: "contact", label: fullName(other.person), detail: "bu bağlantıyı açsın", action: () => openAs(other, parameter) })));
}

function openAs(phone, parameter) {
  showPanel(phone.section.dataset.panel);
  phone.section.scrollIntoView({ inline: "nearest", block: "nearest" });
  if (parameter) phone.sendText(`/start ${parameter}`);
  else phone.input.focus();
}
