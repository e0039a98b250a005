// What both peers in JavaScript share: reading an answer, and Licrus's body. Nothing of any library.
"use strict";

const { readFileSync } = require("node:fs");
const { randomBytes } = require("node:crypto");

const env = process.env;
const course = JSON.parse(readFileSync(env.COURSE, "utf8"));
const questions = course.questions;
const NAMES = /\{(\w+)\}/g;
const SPECIAL = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

const escaped = (text) => text.replace(/[&<>"']/g, (character) => SPECIAL[character]);
const filled = (text, values) => text.replace(NAMES, (_, name) => escaped(values[name]));
const lower = (text) => text.replaceAll("İ", "i").replaceAll("I", "ı").toLowerCase();
const matching = (pattern) => (text) => (pattern.test(text) ? text : null);

function phone(text) {
  const digits = text.replace(/\D/g, "").replace(/^90/, "").replace(/^0/, "");
  const parts = /^([2-5]\d\d)(\d{3})(\d\d)(\d\d)$/.exec(digits);
  return parts && `0${parts.slice(1).join(" ")}`;
}

const long = (text) => (text.length > 2 && text.length <= 300 ? text : null);
const readers = {
  role: matching(/^Bayiyim$/),
  text: long,
  name: matching(/^[^\d ]+( [^\d ]+)+$/),
  company: (text) => long(text.replace(/^firma:\s*/, "")),
  phone,
  mobile: (text) => (phone(text)?.startsWith("05") ? phone(text) : null),
  email: matching(/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i),
  place: (text) => course.places[lower(text)]?.[0] ?? null,
  serials: (text) => {
    const serials = text.split(",").map((each) => each.trim());
    return serials.every((each) => /^[A-Za-z0-9-]{3,40}$/.test(each)) ? serials.join(", ") : null;
  },
  count: (text) => (/^\d+$/.test(text) && text >= 1 && text <= 50 ? text : null),
};

// The answer to the question of this step as people are shown it; null where it is none.
const read = (step, text) => readers[questions[step].kind](text.trim().replace(/\s+/g, " "));

const question = (step, answers) => filled(questions[step].text, answers);

// The question again, after what was wrong with an answer.
function refusal(step, text, answers) {
  const reason = course.refusals[questions[step].kind] ?? "";
  return `${filled(reason, { text: text.slice(0, 60) })}\n${question(step, answers)}`.trim();
}

// The 17 fields and the ticket.
function body(answers) {
  const sent = { AuthTicket: env.LICRUS_AUTH_TICKET };
  for (const { field, kind } of questions.slice(1)) {
    const value = answers[field];
    if (kind === "mobile" || kind === "phone") sent[field] = value.replaceAll(" ", "").replace(/^0/, "");
    else if (kind === "serials") sent[field] = value.replaceAll(" ", "");
    else if (kind === "count") sent[field] = Number(value);
    else if (kind === "place") {
      const place = course.places[lower(value.split(" / ").reverse().join(", "))];
      [, sent.CustomerCity, sent.CustomerDistrict] = place;
    } else sent[field] = value;
  }
  return sent;
}

// The number of the call that Licrus opened for these answers; null where it opened none.
async function openCall(answers) {
  const response = await fetch(`${env.LICRUS_URL}/ExternalCall/Create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body(answers)),
  });
  const answer = await response.json();
  const found = answer.HasError ? null : /Çağrı numarası: (\d+)/.exec(answer.MessageList[0].Message);
  return found && found[1];
}

function result(answers, call) {
  const [[copy], [again]] = course.result.markup.inline_keyboard;
  return {
    text: filled(course.result.text, { ...answers, call }),
    markup: { inline_keyboard: [[{ ...copy, copy_text: { text: call } }], [again]] },
  };
}

module.exports = {
  questions,
  keyboards: questions.map((each) => each.markup),
  read,
  question,
  refusal,
  openCall,
  result,
  summary: (answers) => ({ text: filled(course.summary.text, answers), markup: course.summary.markup }),
  sending: () => filled(course.sending, { code: `D-${randomBytes(2).toString("hex").toUpperCase()}` }),
  path: new URL(env.WEBHOOK_URL).pathname,
  port: Number(env.WEBHOOK_PORT),
};
