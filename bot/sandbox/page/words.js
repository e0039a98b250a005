// Names, numbers and times as people read them.

export const BOT_NAME = "Devreye";

const personName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");
/** What a window is called: a group by its title. */
export const fullName = (person) => person.group ?? personName(person);
/** What the member with this id is called, "" if there is none. */
export const memberName = (group, id) => group.members.find((member) => member.id === id)?.name ?? "";

export function readablePhone(phone) {
  const turkish = /^\+?90(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone ?? "");
  return turkish ? `+90 ${turkish.slice(1).join(" ")}` : phone ?? "";
}

export function asDate(value) {
  if (value === null || value === undefined) return null;
  const date = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? null : date;
}
/** Hours as in Turkey, wherever the browser is: the bot's own sentences name them so. */
const timeZone = "Europe/Istanbul";
export const clock = (date) => date?.toLocaleTimeString("tr-TR", { hour: "2-digit", minute: "2-digit", timeZone }) ?? "";
export const dayOf = (date) => date?.toLocaleDateString("tr-TR", { day: "numeric", month: "long", timeZone });

export const splitName = (name) => {
  const [first_name, ...rest] = name.trim().split(/\s+/);
  return { first_name, last_name: rest.join(" ") };
};
