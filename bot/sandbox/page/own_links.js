// Links to this very bot: stickers and invitations.

import { openMenu } from "./menus.js";
import { showPanel } from "./tabs.js";
import { fullName } from "./words.js";

const BOT_LINK = "https://t.me/devreye_sandbox_bot";

/** A link to the bot stays on the page: as in Telegram it opens the person's own chat and brings its start parameter. */
export function followOwnLink(phone, event) {
  const anchor = event.target.closest("a");
  const href = anchor?.href ?? "";
  if (href !== BOT_LINK && !href.startsWith(`${BOT_LINK}?`)) return;
  event.preventDefault();
  const parameter = new URL(href).searchParams.get("start");
  if (!phone.person.group) {
    openAs(phone, parameter);
    return;
  }
  // A link in the group is there to be passed on to somebody.
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
