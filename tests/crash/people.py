"""Simulated people who hold whole conversations with the bot, and the sandbox as they see it: its control API alone."""

import asyncio
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.crash.conversations import CONFIRM, KNOWN, WHO, Script, Step, as_greeted

PATIENCE_S = 150.0
"""How long someone waits for anything at all before they count as stuck; longer than a lease.

A question that came once more, after its answer, may stay as long before it counts as asked again: one that was sent
twice by a kill is followed by the next question, and nobody has to answer it again.
"""
SHORT_PATIENCE_S = 80.0
"""The same where leases are of seconds."""
PATIENCE_PER_PERSON_S = 1.0
"""What is added for each other person: a bot that hardly lives serves everybody in turn."""
THINK_S = 0.25
TOLD_NUMBER = re.compile(r"^Çağrı numarası: (\S+)\nMüşteri: (.+)$", re.MULTILINE)
TOLD_CODE = re.compile(r"gönderiliyor\. Takip kodu: (\S+)")
TOLD_UNKNOWN = re.compile(r"çağrı numarası kontrol ediliyor.*Takip kodu: (\S+)", re.DOTALL)


def patience_s(people: int, *, quick_leases: bool) -> float:
    """How long each of so many people waits."""
    return (SHORT_PATIENCE_S if quick_leases else PATIENCE_S) + people * PATIENCE_PER_PERSON_S


class Stuck(Exception):
    """A person waited in vain; the text says for what."""


@dataclass(slots=True)
class Conversation:
    """How one conversation went, as its person saw it."""

    script: Script
    chat_id: int
    confirmed: bool = False
    number: str | None = None
    unknown: bool = False
    stuck: str | None = None
    asked_again: list[str] = field(default_factory=list)
    """The questions that stayed although they had been answered: the answer was lost."""


@dataclass(slots=True)
class Chances:
    """How often people do what people do."""

    burst: float = 0.25
    double_tap: float = 0.4
    tap_again: float = 0.5
    delivered_again: float = 0.05
    slow_licrus: float = 0.25
    cut_licrus: float = 0.03
    think_s: float = THINK_S
    """The longest pause before an answer."""

    @classmethod
    def none(cls) -> "Chances":
        """People who do one thing after the other, at once, and nothing twice: the same each time."""
        return cls(burst=0, double_tap=0, tap_again=0, delivered_again=0, slow_licrus=0, cut_licrus=0, think_s=0)


@dataclass(slots=True)
class Life:
    """What happens in the sandbox: pulses that others may wait for, updates that people made, calls that came."""

    updates: set[int] = field(default_factory=set)
    """Of those that people made, the ones that are not known to be on the bot's disk."""
    carried_out: set[str] = field(default_factory=set)
    """The serial numbers of the calls that Licrus carried out and answered at once."""
    said: int = 0
    """How many messages came from the bot."""
    spoke_at: float = 0.0
    """When the bot last said anything, in seconds since 1970."""
    _waiting: dict[str, list[asyncio.Future[None]]] = field(default_factory=dict)

    def pulse(self, kind: str) -> None:
        for future in self._waiting.pop(kind, []):
            if not future.done():
                future.set_result(None)

    async def next(self, kind: str, within_s: float) -> bool:
        """Whether the next "person", "bot", "summary" or "licrus" came within so many seconds."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(kind, []).append(future)
        try:
            await asyncio.wait_for(future, within_s)
        except TimeoutError:
            return False
        return True

    async def said_more(self, messages: int, within_s: float) -> None:
        """Until the bot has said so many more, or for so many seconds."""
        wanted, deadline = self.said + messages, time.monotonic() + within_s
        while self.said < wanted and (left := deadline - time.monotonic()) > 0:
            await self.next("bot", left)


class Town:
    """All people of one sandbox. `follow` has to run as long as they talk."""

    def __init__(self, http: httpx.AsyncClient, chance: random.Random, patience_s: float = PATIENCE_S) -> None:
        self.http = http
        self.chance = chance
        self.chances = Chances()
        self.patience_s = patience_s
        self.life = Life()
        self.people: dict[int, Person] = {}

    async def add_person(self, name: str) -> "Person":
        made = await self.post("/api/people", {"name": name})
        person = self.people[made["chat_id"]] = Person(made["chat_id"], self)
        return person

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        answer = (await self.http.post(path, json=body)).raise_for_status().json()
        if isinstance(answer, dict) and answer.get("update_id") is not None:
            self.life.updates.add(answer["update_id"])
        return answer

    async def follow(self) -> None:
        """Hand every change to whom it concerns, for ever."""
        seq = 0
        while True:
            answer = await self.http.get("/api/changes", params={"after": seq, "timeout": 20})
            changes = answer.raise_for_status().json()
            for event in changes["events"]:
                self._take(event)
            seq = changes["seq"]

    def _take(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "licrus":
                call = event["call"]
                if call["carried_out"] and call["outcome"] != "drip":
                    self.life.carried_out.add(call["parsed"]["ProductSerialNumberList"])
                self.life.pulse("licrus")
            case "toast":
                self.life.spoke_at = time.time()
            case "message" | "edit":
                message = event["message"]
                if message["from"] != "bot":
                    self.life.pulse("person")
                    return
                self.life.spoke_at = time.time()
                self.life.said += 1
                self.life.pulse("bot")
                if any(button["text"] == CONFIRM for row in message["inline_keyboard"] or [] for button in row):
                    self.life.pulse("summary")
                person = self.people.get(event["chat_id"])
                if person is not None:
                    person.hear(message, new=event["type"] == "message")


class Person:
    """Somebody who knows all their answers by heart, and never gives one twice unless asked again."""

    def __init__(self, chat_id: int, town: Town) -> None:
        self.chat_id = chat_id
        self.conversations: list[Conversation] = []
        self.newest: dict[str, Any] | None = None
        self.newest_bot_message_id = 0
        self.newest_bot_message_at = 0.0
        self.answered_after = 0
        """The bot's newest message at the last answer."""
        self.summaries: dict[int, str] = {}
        """The data of the confirming button, by the message it was under."""
        self.texts: list[str] = []
        self._old_codes: set[str] = set()
        self._town = town
        self._heard = asyncio.Event()

    def hear(self, message: dict[str, Any], *, new: bool) -> None:
        self.texts.append(message["text"])
        if new:
            self.newest = message
            self.newest_bot_message_id = max(self.newest_bot_message_id, message["message_id"])
            self.newest_bot_message_at = time.time()
            for button in (button for row in message["inline_keyboard"] or [] for button in row):
                if button["text"] == CONFIRM:
                    self.summaries[message["message_id"]] = button["callback_data"]
        self._heard.set()

    async def hold(self, script: Script) -> Conversation:
        """One conversation, from the greeting to the call number; what became of it, never an exception of ours."""
        conversation = Conversation(script, self.chat_id)
        self.conversations.append(conversation)
        try:
            await self.fill(conversation)
            await self.confirm(conversation)
        except Stuck as stuck:
            conversation.stuck = str(stuck)
        return conversation

    async def fill(self, conversation: Conversation) -> None:
        """Answer every question; returns when the summary is there. Raises Stuck."""
        self._begin()
        earlier = [other.script for other in self.conversations if other is not conversation]
        await self.say("/yeni" if earlier else "/start")
        if earlier:
            await self._until(self._greeted, self._town.patience_s, WHO)
            greeting = "" if self.newest is None else self.newest["text"]
            conversation.script = as_greeted(conversation.script, greeting, reversed(earlier))
        chance, steps, given = self._town.chance, conversation.script.steps, 0
        while given < len(steps):
            await self._asked(conversation, steps[given].question, given)
            await asyncio.sleep(chance.random() * self._town.chances.think_s)
            count = 3 if chance.random() < self._town.chances.burst else 1
            for step in steps[given : given + count]:
                await self.say(step.answer)
                given += 1
            if chance.random() < self._town.chances.delivered_again:
                await self._again(new_update_id=False)
        await self._asked(conversation, "Son kontrol", given)

    def _greeted(self) -> bool:
        return self.newest is not None and (WHO in self.newest["text"] or KNOWN in self.newest["text"])

    async def confirm(self, conversation: Conversation) -> None:
        """Tap, and wait for an end. Raises Stuck."""
        town = self._town
        await asyncio.sleep(town.chance.random() * town.chances.think_s)
        if town.chance.random() < town.chances.slow_licrus:
            await town.post("/api/licrus/fault", {"kind": "drip", "drip_seconds": 0.001})
        elif town.chance.random() < town.chances.cut_licrus:
            await town.post("/api/licrus/fault", {"kind": "reset-after"})
        conversation.confirmed = True
        tapped = max(self.summaries)
        taps = 2 if town.chance.random() < town.chances.double_tap else 1
        await asyncio.gather(*(self.tap(tapped) for _ in range(taps)))
        if town.chance.random() < town.chances.delivered_again:
            await self._again(new_update_id=True)

        def ended() -> bool:
            self._read_end(conversation)
            return conversation.number is not None or conversation.unknown or max(self.summaries) > tapped

        while conversation.number is None and not conversation.unknown:
            await self._until(ended, town.patience_s, "the end of a confirmed request")
            if max(self.summaries) > tapped:
                tapped = max(self.summaries)
                if town.chance.random() < town.chances.tap_again:
                    await self.tap(tapped)

    async def tap(self, message_id: int) -> None:
        tap = {"message_id": message_id, "callback_data": self.summaries[message_id]}
        await self._town.post(f"/api/chats/{self.chat_id}/press", tap)

    async def hears_more(self, than: int) -> None:
        """Returns when the bot's newest message is a newer one than this. Raises Stuck."""
        await self._until(lambda: self.newest_bot_message_id > than, self._town.patience_s, "any answer")

    def _begin(self) -> None:
        for text in self.texts:
            self._old_codes.update(TOLD_CODE.findall(text), TOLD_UNKNOWN.findall(text))
        self.texts.clear()
        self.summaries.clear()
        self.newest = None

    def _read_end(self, conversation: Conversation) -> None:
        for text in self.texts:
            for number, customer in TOLD_NUMBER.findall(text):
                if customer == conversation.script.customer:
                    conversation.number = number
            if set(TOLD_UNKNOWN.findall(text)) - self._old_codes:
                conversation.unknown = True

    async def say(self, text: str) -> None:
        self.answered_after = self.newest_bot_message_id
        await self._town.post(f"/api/chats/{self.chat_id}/text", {"text": text})

    async def _again(self, *, new_update_id: bool) -> None:
        await self._town.post(f"/api/chats/{self.chat_id}/resend_last_update", {"new_update_id": new_update_id})

    async def _asked(self, conversation: Conversation, question: str, given: int) -> None:
        """Returns when this question is the newest. An answered one that stays is answered again. Raises Stuck."""

        def asked() -> bool:
            return self.newest is not None and question in self.newest["text"]

        def asked_or_asked_again() -> bool:
            return asked() or self._asked_again(steps) is not None

        steps = conversation.script.steps[:given]
        await self._until(asked_or_asked_again, self._town.patience_s, question)
        if asked():
            return
        try:
            await self._until(asked, self._town.patience_s, question)
        except Stuck:
            step = self._asked_again(steps)
            if step is not None:
                conversation.asked_again.append(step.question)
                await self.say(step.answer)
        await self._until(asked, self._town.patience_s, question)

    def _asked_again(self, steps: tuple[Step, ...]) -> Step | None:
        """The answered step whose question is the newest message, and came after its answer."""
        if self.newest is None or self.newest["message_id"] <= self.answered_after:
            return None
        text = self.newest["text"]
        return next((step for step in reversed(steps) if step.question in text), None)

    async def _until(self, reached: Callable[[], bool], within_s: float, what: str) -> None:
        deadline = time.monotonic() + within_s
        while not reached():
            self._heard.clear()
            try:
                await asyncio.wait_for(self._heard.wait(), deadline - time.monotonic())
            except TimeoutError:
                raise Stuck(what) from None
