// The calls that reached Licrus, and how it takes the next one.

import { el } from "./nodes.js";
import { get, post, request } from "./server.js";
import { markNews } from "./tabs.js";
import { asDate, clock } from "./words.js";

const LICRUS_FIELDS = [
  ["Bayi", [
    ["DealerCompanyName", "Bayi firması"],
    ["DealerContactPerson", "Bayi yetkilisi"],
    ["DealerMobilePhone", "Bayi cep telefonu"],
    ["DealerWorkPhone", "Bayi iş telefonu"],
    ["DealerEmail", "Bayi e-postası"],
  ]],
  ["Müşteri", [
    ["CustomerCompanyName", "Firma"],
    ["CustomerFullName", "Ad soyad"],
    ["CustomerMobilePhone", "Cep telefonu"],
    ["CustomerWorkPhone", "İş telefonu"],
    ["CustomerEmail", "E-posta"],
    ["CustomerCity", "İl"],
    ["CustomerDistrict", "İlçe"],
    ["CustomerAddress", "Adres"],
  ]],
  ["Cihaz", [
    ["ProductNameList", "Ürün"],
    ["ProductGroupName", "Ürün grubu"],
    ["ProductSerialNumberList", "Seri no"],
    ["DeviceCount", "Cihaz sayısı"],
  ]],
];

const masked = (ticket) => (ticket ? `••••${String(ticket).slice(-4)}` : ticket);

function fieldRow(name, label, value) {
  const given = value !== undefined && value !== null && value !== "";
  return el("tr", {}, el("th", { scope: "row" }, label, el("code", {}, name)),
    el("td", given ? {} : { class: "empty" }, given ? String(value) : value === "" ? "boş" : "gönderilmedi"));
}

function fieldTable(received) {
  const table = el("table", {}, el("caption", { class: "hidden-text" }, "Licrus’a gönderilen alanlar"));
  const known = new Set(["AuthTicket"]);
  for (const [title, fields] of LICRUS_FIELDS) {
    const group = el("tbody", {}, el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: 2 }, title)));
    for (const [name, label] of fields) {
      known.add(name);
      group.append(fieldRow(name, label, received[name]));
    }
    table.append(group);
  }
  const others = Object.keys(received).filter((name) => !known.has(name));
  const last = el("tbody", {}, el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: 2 }, "Diğer")));
  for (const name of others) last.append(fieldRow(name, "Beklenmeyen alan", received[name]));
  last.append(fieldRow("AuthTicket", "Erişim anahtarı", masked(received.AuthTicket)));
  table.append(last);
  return table;
}

const OUTCOMES = {
  created: "Çağrı açıldı",
  refused: "Reddedildi",
  refuse: "Reddedildi",
  ticket: "Erişim anahtarı kabul edilmedi",
  bad_request: "İstek okunamadı",
  received: "Yanıt bekliyor",
};

/** What became of a call, in words and as a colour: green opened and told, red not opened, yellow opened but not told. */
function outcomeOf(call) {
  const words = OUTCOMES[call.outcome] ?? `Denenen: ${faultTitle(call.outcome)}`;
  if (call.outcome === "created") return [words, "good"];
  return [words, call.carried_out || call.outcome === "received" ? "wait" : "bad"];
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function callNode(call, open) {
  const date = asDate(call.time);
  const [words, tone] = outcomeOf(call);
  const readable = isObject(call.parsed);
  const body = readable && "AuthTicket" in call.parsed ? { ...call.parsed, AuthTicket: masked(call.parsed.AuthTicket) } : call.parsed;
  return el("article", { class: "call", "data-licrus-call": call.call_number ?? "" },
    el("details", { class: "call-head", open },
      el("summary", {}, el("span", { class: "call-number" }, call.call_number ? `Çağrı numarası: ${call.call_number}` : "Çağrı açılmadı"),
        el("time", { datetime: date?.toISOString() }, clock(date)), el("span", { class: `badge ${tone}` }, words)),
      call.reason ? el("p", { class: "reason" }, `Bildirilen neden: “${call.reason}”`) : null,
      readable ? fieldTable(call.parsed) : null,
      el("details", { class: "raw" }, el("summary", {}, "Ham JSON"), el("pre", {}, readable ? JSON.stringify(body, null, 2) : call.raw ?? ""))));
}

const shownCalls = new Map(); // id -> {print, node}

export async function showCalls() {
  const { calls } = await get("/api/licrus/calls");
  const list = document.getElementById("calls");
  const first = !list.childElementCount;
  const known = new Set(calls.map((call) => call.id));
  for (const [id, { node }] of shownCalls) {
    if (known.has(id)) continue;
    node.remove();
    shownCalls.delete(id);
  }
  calls.forEach((call, index) => showCall(list, call, first ? index === calls.length - 1 : true, first));
  list.querySelector(".calls-empty")?.remove();
  if (!calls.length) list.append(el("p", { class: "calls-empty" }, "Henüz çağrı gelmedi. Botta bir talep onaylanınca burada görünür."));
}

/** A new call comes on top and open; the older ones fold. */
function showCall(list, call, open, first) {
  const print = JSON.stringify(call);
  const before = shownCalls.get(call.id);
  if (before?.print === print) return;
  const node = callNode(call, before ? before.node.querySelector("details").open : open);
  shownCalls.set(call.id, { print, node });
  if (before) {
    before.node.replaceWith(node);
    return;
  }
  if (!first) {
    for (const older of list.querySelectorAll(".call-head")) older.open = false;
    markNews(document.getElementById("licrus"));
  }
  list.prepend(node);
}

let faultKinds = [];
const faultTitle = (kind) => faultKinds.find((known) => known.kind === kind)?.title ?? kind;

export async function showFaults() {
  const { faults: kinds, waiting: queued } = await get("/api/licrus/faults");
  const select = document.getElementById("fault-kind");
  if (JSON.stringify(kinds) !== JSON.stringify(faultKinds)) {
    faultKinds = kinds;
    select.replaceChildren(...kinds.map(({ kind, title }) => el("option", { value: kind }, title)));
    showFaultDetails();
  }
  const waiting = queued.map(({ title, times }) => `${title}${times >= ALWAYS ? ", olağana dönene dek" : times > 1 ? `, ${times} kez` : ""}`);
  document.getElementById("fault-queued").textContent = waiting.length ? `Sırada: ${waiting.join("; ")}` : "Şu anda olağan çalışıyor.";
  showSwitches(queued);
}

// How Licrus takes every call until it is switched again. None is a fault of its own: it takes them as it should.
const SWITCHES = [
  [null, "Olağan", ""],
  ["timeout-after", "Yanıt yok, çağrı açılır", "Bir talep onaylayın: birkaç saniye sonra müşteriye numaranın kontrol edildiği, operatörlere bu talebe bakmaları yazılır. Aşağıda çağrı numarası görünür."],
  ["timeout", "Yanıt yok, çağrı açılmaz", "Bir talep onaylayın: müşteri ve operatörler aynı şeyi görür, ama çağrı açılmamıştır."],
  ["refuse", "Reddeder", "Bir talep onaylayın: Licrus’un bildirdiği neden müşteriye yazılır, düzeltip yeniden gönderebilir."],
  ["ticket", "Erişim anahtarını kabul etmez", "Bir talep onaylayın: talep bekletilir, operatörlere anahtar sorulur. Olağana dönünce gider."],
];
const ALWAYS = 900; // times: a switch stays until it is switched again

function showSwitches(queued) {
  const row = document.getElementById("switches");
  if (!row.childElementCount) {
    row.append(...SWITCHES.map(([kind, label]) => el("button", { type: "button", class: "switch", "data-switch": kind ?? "", onclick: () => faultRequest(() => switchTo(kind)) }, label)));
  }
  const now = queued.length === 0 ? null : queued.length === 1 && queued[0].times >= ALWAYS ? queued[0].kind : undefined;
  for (const button of row.children) button.setAttribute("aria-pressed", String(button.dataset.switch === (now === undefined ? "?" : now ?? "")));
  const hint = SWITCHES.find(([kind]) => kind === now)?.[2] ?? document.getElementById("fault-queued").textContent;
  const place = document.getElementById("switch-hint");
  if (place.textContent !== hint) place.textContent = hint;
}

async function switchTo(kind) {
  await request("DELETE", "/api/licrus/fault");
  if (kind) await post("/api/licrus/fault", { kind, times: 1000 });
}

/** Only the faults with a message take a reason, and only one takes a status code. */
function showFaultDetails() {
  const kind = document.getElementById("fault-kind").value;
  document.querySelector(".fault-reason").hidden = !["refuse", "refuse-with-number", "technical", "ticket", "warning"].includes(kind);
  document.querySelector(".fault-status").hidden = kind !== "status";
}

async function setFault(event) {
  event.preventDefault();
  const { kind, times, reason, status } = event.currentTarget.elements;
  const fault = { kind: kind.value, times: Number(times.value) };
  if (!reason.closest("label").hidden) fault.reason = reason.value.trim();
  if (!status.closest("label").hidden) fault.status = Number(status.value);
  await faultRequest(() => post("/api/licrus/fault", fault));
}

async function faultRequest(act) {
  try {
    await act();
    await showFaults();
  } catch (error) {
    document.getElementById("fault-queued").textContent = `Ayarlanamadı. ${error.message}`;
  }
}

export function prepareFaults() {
  document.getElementById("fault-form").addEventListener("submit", setFault);
  document.getElementById("fault-kind").addEventListener("change", showFaultDetails);
}
