// The people, each with a phone.

import { Phone } from "./phone.js";
import { get, post } from "./server.js";
import { showTabs } from "./tabs.js";
import { fullName } from "./words.js";

export const phones = new Map();

/** Who has a window: whoever speaks in a group does so in the group's. Those who fill forms come first. */
export async function peopleWithWindows() {
  const everybody = await get("/api/people");
  const members = new Set(everybody.flatMap((person) => (person.members ?? []).map(({ id }) => id)));
  const own = everybody.filter((person) => !members.has(person.id));
  return [...own.filter((person) => !person.group), ...own.filter((person) => person.group)];
}

export async function showPeople() {
  const people = await peopleWithWindows();
  const known = new Set(people.map((person) => person.id));
  for (const [id, phone] of phones) {
    if (known.has(id)) continue;
    phone.section.remove();
    phones.delete(id);
  }
  for (const person of people) {
    if (phones.has(person.id)) continue;
    const phone = new Phone(person, () => [...phones.values()]);
    phone.loadCommands();
    phones.set(person.id, phone);
  }
  const shown = people.map((person) => phones.get(person.id));
  const row = document.getElementById("people");
  shown.forEach((phone, at) => row.children[at] === phone.section || row.insertBefore(phone.section, row.children[at] ?? null));
  showTabs(shown.map(({ person, section }) => [section.dataset.panel, fullName(person)]));
  return people;
}

export const addPerson = (person) => post("/api/people", person);
