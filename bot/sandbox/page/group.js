// A group: who acts in it, and who wrote what.

import { el } from "./nodes.js";
import { post } from "./server.js";
import { BOT_NAME, memberName } from "./words.js";

export const restingKind = (person) => (person.group ? "grup" : "bot");

/** Whether whoever acts here wrote this message. */
export const isOwn = (person, message) =>
  message.from === "person" && (!person.group || message.author === person.member_id);

/** Who wrote a message of a group, "" where that needs no saying. */
export function authorOf(person, message) {
  if (!person.group || isOwn(person, message)) return "";
  return message.from === "bot" ? BOT_NAME : memberName(person, message.author) || person.group;
}

/** The choice of the member who acts in the group of this phone. */
export function memberChoice(phone) {
  const label = "Gruba kim yazıyor";
  const choice = el("select", { class: "member", "data-member": true, "aria-label": label, title: label, hidden: !phone.person.group });
  choice.addEventListener("change", async () => {
    await post("/api/groups", { title: phone.person.group, name: memberName(phone.person, Number(choice.value)) });
    await phone.refresh();
  });
  return choice;
}

export function showMembers({ person, member }) {
  if (!person.group) return;
  member.replaceChildren(...person.members.map(({ id, name }) => el("option", { value: id }, name)));
  member.value = String(person.member_id);
}
