// The chat page of the sandbox: each person's phone, and the calls that reached Licrus.
// The server is the only truth: an event says that something changed, the chat is fetched again and reconciled.

import { prepareFaults, showCalls, showFaults } from "./licrus.js";
import { ask, prepareDialogs } from "./menus.js";
import { addPerson, peopleWithWindows, phones, showPeople } from "./people.js";
import { Disconnected, get } from "./server.js";
import { loadStickers, prepareStickers } from "./stickers.js";
import { showPanel } from "./tabs.js";

const FIRST_PEOPLE = [
  { name: "Ayşe Yılmaz", phone: "+905301231212", language_code: "tr" },
  { name: "Mutlu Özcan", phone: "+905325554433", language_code: "tr" },
];
const RECONNECT_MS = 1000;
const LONG_POLL_S = 25;

function showConnection(connected) {
  const line = document.getElementById("connection");
  const text = connected ? "" : "Bağlantı koptu, yeniden bağlanıyor…";
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("shown", !connected);
}

const showCommands = () => Promise.all([...phones.values()].map((phone) => phone.loadCommands()));

/** Shows everything as it is now; returns the number of the newest event that is surely in it. */
async function showEverything() {
  const { seq } = await get(`/api/changes?after=${Number.MAX_SAFE_INTEGER}&timeout=0`);
  if (!(await peopleWithWindows()).some((person) => !person.group)) for (const person of FIRST_PEOPLE) await addPerson(person);
  await loadStickers();
  await showPeople();
  await showFaults();
  await Promise.all([showCommands(), showCalls(), ...[...phones.values()].map((phone) => phone.refresh())]);
  return seq;
}

async function take(event) {
  if (event.type === "person") {
    await showPeople();
    await phoneOfChat(event.chat_id)?.refresh();
  } else if (event.type === "command_menu") await showCommands();
  else if (event.type.startsWith("licrus")) await Promise.all([showCalls(), showFaults()]);
  else phoneOfChat(event.chat_id)?.event(event);
}

const phoneOfChat = (chatId) => [...phones.values()].find(({ person }) => person.chat_id === chatId);

async function follow() {
  for (;;) {
    try {
      let seq = await showEverything();
      showConnection(true);
      for (;;) {
        const changes = await get(`/api/changes?after=${seq}&timeout=${LONG_POLL_S}`);
        if (changes.seq < seq) break; // the server began anew
        seq = changes.seq;
        for (const event of changes.events) await take(event);
      }
    } catch (error) {
      if (!(error instanceof Disconnected)) console.error(error);
      showConnection(false);
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }
}

document.getElementById("add-person").addEventListener("click", () => {
  ask("person-dialog", async ({ name, phone, language_code }) => {
    const person = await addPerson({ name: name.trim(), phone: phone.trim(), language_code });
    await showPeople();
    const added = phones.get(person.id);
    await added.refresh();
    showPanel(added.section.dataset.panel);
    added.section.scrollIntoView({ inline: "end", block: "nearest" });
    added.start.focus({ preventScroll: true });
  });
});
prepareDialogs();
prepareFaults();
prepareStickers();
follow();
