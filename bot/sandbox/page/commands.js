// What the bot offers as slash commands.

import { closeMenu, openMenu } from "./menus.js";

/** The menu of the commands that the bot offers in this chat, those that begin so. */
export function openCommands(phone, beginning) {
  const typing = document.activeElement === phone.input;
  if (!typing && phone.commandButton.getAttribute("aria-expanded") === "true") return closeMenu();
  const matching = phone.commands.filter(({ command }) => command.startsWith(beginning));
  if (typing && !matching.length) return closeMenu();
  openMenu(phone.commandButton, "Komutlar", matching.map(({ command, description }) => ({
    label: `/${command}`,
    detail: description || " ",
    action: () => {
      if (phone.input.value.startsWith("/")) phone.setInput("");
      phone.input.focus();
      phone.sendText(`/${command}`);
    },
  })), { keepFocus: typing });
}
