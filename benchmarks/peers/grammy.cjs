// grammY: one conversation, kept in Redis by the plugin's own storage.
"use strict";

const http = require("node:http");
const { Bot, webhookCallback } = require("grammy");
const { conversations, createConversation } = require("@grammyjs/conversations");
const { RedisAdapter } = require("@grammyjs/storage-redis");
const Redis = require("ioredis");
const course = require("./course.cjs");

const bot = new Bot(process.env.BOT_TOKEN, { client: { apiRoot: process.env.BOT_API_URL } });
const html = (markup) => ({ parse_mode: "HTML", reply_markup: markup });

async function activation(conversation, ctx) {
  const answers = {};
  for (let step = 0; step < course.questions.length; step++) {
    await ctx.reply(course.question(step, answers), html(course.keyboards[step]));
    for (;;) {
      ctx = await conversation.waitFor("message:text");
      const value = course.read(step, ctx.message.text);
      if (value !== null) {
        answers[course.questions[step].field] = value;
        break;
      }
      await ctx.reply(course.refusal(step, ctx.message.text, answers), html(course.keyboards[step]));
    }
  }
  const summary = course.summary(answers);
  await ctx.reply(summary.text, html(summary.markup));
  ctx = await conversation.waitForCallbackQuery("confirm");
  await ctx.answerCallbackQuery();
  await ctx.editMessageText(await conversation.external(() => course.sending()), html());
  const call = await conversation.external(() => course.openCall(answers));
  if (call !== null) {
    const result = course.result(answers, call);
    await ctx.reply(result.text, html(result.markup));
  }
}

const redis = new Redis(process.env.REDIS_URL);
bot.use(conversations({ storage: { type: "key", adapter: new RedisAdapter({ instance: redis }) } }));
// Begun anew by /start also in the middle of one.
bot.command("start", async (ctx, next) => {
  await ctx.conversation.exitAll();
  await next();
});
bot.use(createConversation(activation));
bot.command("start", (ctx) => ctx.conversation.enter("activation"));

async function main() {
  await bot.init();
  const handle = webhookCallback(bot, "http", { secretToken: process.env.WEBHOOK_SECRET });
  http.createServer(handle).listen(course.port, "127.0.0.1");
  await bot.api.setWebhook(process.env.WEBHOOK_URL, { secret_token: process.env.WEBHOOK_SECRET });
}

main();
