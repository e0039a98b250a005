// Names, numbers and times as people read them.

const personName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");
/** What a window is called: a group is seen by one of its members. */
export const fullName = (person) => (person.group ? `${person.group}: ${personName(person)}` : personName(person));

export function readablePhone(phone) {
  const turkish = /^\+?90(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone ?? "");
  return turkish ? `+90 ${turkish.slice(1).join(" ")}` : phone ?? "";
}

export function asDate(value) {
  if (value === null || value === undefined) return null;
  const date = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? null : date;
}
export const clock = (date) => date?.toLocaleTimeString("tr-TR", { hour: "2-digit", minute: "2-digit" }) ?? "";

export const splitName = (name) => {
  const [first_name, ...rest] = name.trim().split(/\s+/);
  return { first_name, last_name: rest.join(" ") };
};
