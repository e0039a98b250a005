// The people, each with a phone.

import { Phone } from "./phone.js";
import { get, post } from "./server.js";
import { showTabs } from "./tabs.js";
import { fullName } from "./words.js";

export const phones = new Map();

/** Who has a window: whoever speaks in a group does so in the group's. */
export async function peopleWithWindows() {
  const everybody = await get("/api/people");
  const members = new Set(everybody.map((person) => person.member_id));
  return everybody.filter((person) => !members.has(person.id));
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
    const phone = new Phone(person);
    phones.set(person.id, phone);
    document.getElementById("people").append(phone.section);
  }
  showTabs([...phones.values()].map(({ person, section }) => [section.dataset.panel, fullName(person)]));
  return people;
}

export const addPerson = (person) => post("/api/people", person);
