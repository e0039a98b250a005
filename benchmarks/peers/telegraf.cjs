// Telegraf: one WizardScene with a step for each question, its session kept in Redis.
"use strict";

const http = require("node:http");
const { Scenes, Telegraf, session } = require("telegraf");
const { Redis } = require("@telegraf/session/redis");
const course = require("./course.cjs");

const html = (markup) => ({ parse_mode: "HTML", reply_markup: markup });
const { questions } = course;

async function begin(ctx) {
  ctx.wizard.state.answers = {};
  await ctx.reply(course.question(0, {}), html(course.keyboards[0]));
  return ctx.wizard.next();
}

const answerTo = (step) => async (ctx) => {
  const { answers } = ctx.wizard.state;
  const text = ctx.message?.text;
  if (text === undefined) return;
  const value = course.read(step, text);
  if (value === null) {
    await ctx.reply(course.refusal(step, text, answers), html(course.keyboards[step]));
    return;
  }
  answers[questions[step].field] = value;
  if (step + 1 === questions.length) {
    const summary = course.summary(answers);
    await ctx.reply(summary.text, html(summary.markup));
  } else {
    await ctx.reply(course.question(step + 1, answers), html(course.keyboards[step + 1]));
  }
  return ctx.wizard.next();
};

async function confirm(ctx) {
  if (ctx.callbackQuery?.data !== "confirm") return;
  const { answers } = ctx.wizard.state;
  await ctx.answerCbQuery();
  await ctx.editMessageText(course.sending(), html());
  const call = await course.openCall(answers);
  if (call !== null) {
    const result = course.result(answers, call);
    await ctx.reply(result.text, html(result.markup));
  }
  return ctx.scene.leave();
}

const wizard = new Scenes.WizardScene("activation", begin, ...questions.map((_, step) => answerTo(step)), confirm);
const stage = new Scenes.Stage([wizard]);
// Before the scene that somebody is in: /start begins anew in the middle of one, too.
stage.start((ctx) => ctx.scene.enter("activation"));

const bot = new Telegraf(process.env.BOT_TOKEN, { telegram: { apiRoot: process.env.BOT_API_URL } });
bot.use(session({ store: Redis({ url: process.env.REDIS_URL }) }));
bot.use(stage.middleware());

async function main() {
  bot.botInfo = await bot.telegram.getMe();
  const handle = bot.webhookCallback(course.path, { secretToken: process.env.WEBHOOK_SECRET });
  http.createServer(handle).listen(course.port, "127.0.0.1");
  await bot.telegram.setWebhook(process.env.WEBHOOK_URL, { secret_token: process.env.WEBHOOK_SECRET });
}

main();
