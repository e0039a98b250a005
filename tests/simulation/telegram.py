"""Telegram as the design describes it: two queues for each chat, one update of each in flight, any 2xx acknowledges."""

import asyncio
import html
import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from telegram import ChatMemberMember, User
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

if TYPE_CHECKING:
    from tests.simulation.world import World

MESSAGE_LIVES_S = 24 * 3600.0
TAP_LIVES_S = 150.0
CALL_WITHIN_S = 60.0
LONGEST_PAUSE_S = 64.0
READ_S = 20.0
"""What the bot's client waits for an answer."""
OPERATORS = -100
_TAG = re.compile(r"</?b>")

Answer = tuple[int, dict[bytes, bytes], bytes]


@dataclass(slots=True)
class Update:
    """One update and what became of it."""

    raw: dict[str, Any]
    chat_id: int
    tap: bool
    made_at: float
    state: Literal["waiting", "acknowledged", "expired"] = "waiting"
    first_delivered_at: float | None = None

    @property
    def update_id(self) -> int:
        return int(self.raw["update_id"])


@dataclass(slots=True)
class Said:
    """A message of the bot's as a person sees it now."""

    message_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    at: float


@dataclass(slots=True)
class Chat:
    """One chat: its messages, its two queues."""

    chat_id: int
    hear: Callable[[Said, bool], None] = lambda said, new: None
    said: dict[int, Said] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    """All that the bot ever said here, edits too."""
    updates: list[Update] = field(default_factory=list)
    queues: dict[bool, list[Update]] = field(default_factory=lambda: {False: [], True: []})
    serving: dict[bool, bool] = field(default_factory=lambda: {False: False, True: False})
    blocked: bool = False
    excused: bool = False
    """Telegram itself threw something away that the bot said here: a person has to ask again."""
    last_said_at: float = 0.0
    message_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))


class Telegram:
    """The Bot API and the people's phones."""

    def __init__(self, world: "World", *, webhook: bool) -> None:
        self.world = world
        self.webhook = webhook
        self.chats: dict[int, Chat] = {}
        self.chat(OPERATORS)
        self.polled: list[Update] = []
        self.sent = 0
        self._update_ids = itertools.count(1000)
        self._query_ids = itertools.count(1)
        self._something = asyncio.Event()

    def chat(self, chat_id: int) -> Chat:
        return self.chats.setdefault(chat_id, Chat(chat_id))

    # What people do

    def text(self, chat_id: int, text: str) -> int:
        """A person's message; its message id."""
        message_id = next(self.chat(chat_id).message_ids)
        self._message("message", chat_id, message_id, text)
        return message_id

    def edit(self, chat_id: int, message_id: int, text: str) -> None:
        """A person changes an earlier message."""
        self._message("edited_message", chat_id, message_id, text)

    def tap(self, chat_id: int, message_id: int, data: str, user_id: int | None = None) -> Update:
        """A person taps a button; at times the same tap comes a second time under a new update id."""
        query = {
            "id": f"q{next(self._query_ids)}",
            "from": self._user(user_id or chat_id),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message_id,
                "date": self._date(),
                "chat": _chat(chat_id),
                "text": "…",
            },
        }
        update = self._put(chat_id, {"callback_query": query}, tap=True)
        if self.world.faults.happens("tap under a new id"):
            self._put(chat_id, {"callback_query": query}, tap=True)
        return update

    def reply(self, chat_id: int, to: "Said", text: str, user_id: int) -> None:
        """Somebody in a group replies to a message of the bot's."""
        bot = {"id": Client.id, "is_bot": True, "first_name": "Devreye"}
        original = {"message_id": to.message_id, "date": self._date(), "chat": _chat(chat_id), "from": bot}
        message = {
            "message_id": next(self.chat(chat_id).message_ids),
            "date": self._date(),
            "chat": _chat(chat_id),
            "from": self._user(user_id),
            "reply_to_message": {**original, "text": to.text},
            "text": text,
        }
        self._put(chat_id, {"message": message}, tap=False)

    def block(self, chat_id: int, *, blocked: bool) -> None:
        """A person blocks the bot, or lets it in again."""
        chat = self.chat(chat_id)
        chat.blocked = blocked
        chat.excused = True
        member = {"user": {"id": 1, "is_bot": True, "first_name": "Devreye"}}
        left, here = {"status": "kicked", "until_date": 0, **member}, {"status": "member", **member}
        change = {
            "chat": {"id": chat_id, "type": "private"},
            "from": self._user(chat_id),
            "date": self._date(),
            "old_chat_member": here if blocked else left,
            "new_chat_member": left if blocked else here,
        }
        self._put(chat_id, {"my_chat_member": change}, tap=False)

    def _message(self, kind: str, chat_id: int, message_id: int, text: str) -> None:
        message: dict[str, Any] = {
            "message_id": message_id,
            "date": self._date(),
            "chat": {"id": chat_id, "type": "private"},
            "from": self._user(chat_id),
            "text": text,
        }
        if kind == "edited_message":
            message["edit_date"] = self._date()
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self._put(chat_id, {kind: message}, tap=False)

    def _user(self, chat_id: int) -> dict[str, Any]:
        return {"id": chat_id, "is_bot": False, "first_name": "Kişi"}

    def _date(self) -> int:
        return int(self.world.clock())

    def _put(self, chat_id: int, content: dict[str, Any], *, tap: bool) -> Update:
        raw = {"update_id": next(self._update_ids), **content}
        update = Update(raw, chat_id, tap, self.world.loop.time())
        chat = self.chat(chat_id)
        chat.updates.append(update)
        self.world.trace("person", lambda: f"chat {chat_id}: update {update.update_id}: {_shown(content)}")
        if self.webhook:
            chat.queues[tap].append(update)
            if not chat.serving[tap]:
                chat.serving[tap] = True
                self.world.spawn(self._serve(chat, tap))
        else:
            self.polled.append(update)
            self._something.set()
        return update

    # Updates to the bot

    async def _serve(self, chat: Chat, tap: bool) -> None:
        """One queue of one chat: the next update is delivered once the last was acknowledged, or is too old."""
        queue = chat.queues[tap]
        while queue:
            update = queue[0]
            failures = 0
            while not self._expired(update):
                retry_after = await self._deliver(chat, update)
                if retry_after is None:
                    update.state = "acknowledged"
                    if not self.world.faults.happens("delivered again"):
                        break
                    retry_after = 0.0
                pause = min(2.0 ** min(failures, 6), LONGEST_PAUSE_S) if failures else 0.0
                failures += 1
                await asyncio.sleep(max(pause, retry_after))
            queue.pop(0)
        chat.serving[tap] = False

    def _expired(self, update: Update) -> bool:
        age = self.world.loop.time() - update.made_at
        if age <= (TAP_LIVES_S if update.tap else MESSAGE_LIVES_S):
            return False
        if update.state == "waiting":
            update.state = "expired"
            self.world.trace("telegram", lambda: f"update {update.update_id} is too old, and dropped")
        return True

    async def _deliver(self, chat: Chat, update: Update) -> float | None:
        """One call of the webhook; None if it was acknowledged, else how long Telegram was asked to wait."""
        world = self.world
        await world.pause(0.05)
        if update.first_delivered_at is None:
            update.first_delivered_at = world.loop.time()
        world.trace("telegram", lambda: f"deliver update {update.update_id}")
        try:
            async with asyncio.timeout(CALL_WITHIN_S):
                status, headers, body = await world.call_webhook(json.dumps(update.raw).encode())
        except (TimeoutError, ConnectionError) as error:
            kind = type(error).__name__
            world.trace("telegram", lambda: f"update {update.update_id}: {kind}")
            return 0.0
        lost_before = world.faults.happens("acknowledgement lost")
        if not 200 <= status < 300 or lost_before:
            world.trace("telegram", lambda: f"update {update.update_id}: {status}, lost: {lost_before}")
            return float(headers.get(b"retry-after", b"0"))
        world.trace("telegram", lambda: f"update {update.update_id}: {status}")
        if body:
            self._carry_out(chat, json.loads(body))
            if world.faults.happens("acknowledgement lost"):
                return 0.0
        return None

    def _carry_out(self, chat: Chat, method: dict[str, Any]) -> None:
        """The method in a response. What becomes of it the bot is never told."""
        if chat.blocked or self.world.faults.happens("response thrown away"):
            chat.excused = True
            return
        self._appear(self.chat(method["chat_id"]), method["text"], _buttons(method.get("reply_markup", {})))

    async def updates(self, offset: int | None, wait_s: float) -> list[Any]:
        """getUpdates: what is below `offset` is acknowledged; waits for something to come."""
        world = self.world
        await world.pause(0.05)
        if world.faults.happens("polling fails"):
            raise world.chance.choice((NetworkError("Bad Gateway"), TimedOut(), RetryAfter(3)))
        if offset is not None:
            for update in [update for update in self.polled if update.update_id < offset]:
                update.state = "acknowledged"
                if world.faults.happens("delivered again"):
                    continue
                self.polled.remove(update)
        self._drop_old()
        if not self.polled:
            self._something.clear()
            try:
                await asyncio.wait_for(self._something.wait(), wait_s)
            except TimeoutError:
                return []
        await world.pause(0.05)
        self._drop_old()
        if world.faults.happens("response hangs"):
            await asyncio.sleep(wait_s + READ_S)
            raise TimedOut
        for update in self.polled:
            if update.first_delivered_at is None:
                update.first_delivered_at = world.loop.time()
        world.trace("telegram", lambda: f"updates {[update.update_id for update in self.polled]} given")
        return [update.raw for update in self.polled[:100]]

    def _drop_old(self) -> None:
        self.polled = [update for update in self.polled if not self._expired(update)]

    # Messages from the bot

    async def call(self, chat_id: int, carry_out: Callable[[], Any]) -> Any:
        """One method of the bot's, with all that can happen to it on its way. Raises TelegramError."""
        world = self.world
        await world.pause(0.1)
        world.kill_here("killed around a send")
        await world.alive()
        if world.faults.happens("send refused"):
            raise RetryAfter(world.chance.choice((1, 3, 20)))
        if world.faults.happens("send fails before"):
            raise world.chance.choice((NetworkError("Bad Gateway"), TimedOut()))
        hangs = world.faults.happens("send hangs")
        if hangs and world.chance.random() < 0.5:
            await asyncio.sleep(READ_S)
            raise TimedOut
        if self.chat(chat_id).blocked:
            raise Forbidden("Forbidden: bot was blocked by the user")
        done = carry_out()
        world.kill_here("killed around a send")
        await world.alive()
        if world.faults.happens("send fails after"):
            raise world.chance.choice((NetworkError("Bad Gateway"), TimedOut()))
        if hangs:
            await asyncio.sleep(READ_S)
            raise TimedOut
        await world.pause(0.1)
        return done

    def send(self, chat_id: int, text: str, markup: Mapping[str, Any]) -> Said:
        """sendMessage, carried out."""
        return self._appear(self.chat(chat_id), text, _buttons(markup))

    def change(self, chat_id: int, message_id: int, text: str, markup: Mapping[str, Any]) -> None:
        """editMessageText, carried out. Raises BadRequest."""
        chat = self.chat(chat_id)
        said = chat.said.get(message_id)
        if said is None or self.world.faults.happens("edit refused"):
            raise BadRequest("Message can't be edited")
        plain = _plain(text)
        if (said.text, said.buttons) == (plain, _buttons(markup)):
            raise BadRequest("Message is not modified")
        said.text, said.buttons, said.at = plain, _buttons(markup), self.world.loop.time()
        self._shown(chat, said, new=False)

    def _appear(self, chat: Chat, text: str, buttons: tuple[tuple[str, str], ...]) -> Said:
        said = Said(next(chat.message_ids), _plain(text), buttons, self.world.loop.time())
        chat.said[said.message_id] = said
        self.sent += 1
        self._shown(chat, said, new=True)
        return said

    def _shown(self, chat: Chat, said: Said, *, new: bool) -> None:
        chat.texts.append(said.text)
        chat.last_said_at = self.world.loop.time()
        self.world.trace(
            "bot", lambda: f"chat {chat.chat_id}: {'says' if new else 'edits'} {said.message_id}: {said.text}"
        )
        chat.hear(said, new)


class Client:
    """What the bot has instead of python-telegram-bot's client, with the methods that it uses."""

    id = 7
    username = "devreye_bot"

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    async def carry_out(self, method: Mapping[str, Any]) -> Any:
        if method["method"] == "answerCallbackQuery":
            return await self._telegram.call(OPERATORS, lambda: True)
        chat_id, text, markup = method["chat_id"], method["text"], method.get("reply_markup", {})
        if method["method"] == "editMessageText":
            change = partial(self._telegram.change, chat_id, method["message_id"], text, markup)
            return await self._telegram.call(chat_id, change)
        said = await self._telegram.call(chat_id, lambda: self._telegram.send(chat_id, text, markup))
        return {"message_id": said.message_id}

    async def get_chat_member(self, chat_id: int, user_id: int) -> ChatMemberMember:
        await self._telegram.call(chat_id, lambda: None)
        return ChatMemberMember(User(user_id, "Operatör", is_bot=False))

    async def set_my_commands(self, *_: Any, **__: Any) -> None:
        await self._telegram.call(OPERATORS, lambda: None)

    async def raw_updates(self, offset: int | None, wait_s: int, limit: int = 100) -> list[Any]:
        return await self._telegram.updates(offset, wait_s)


def _buttons(markup: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    rows = markup.get("inline_keyboard", ())
    return tuple((key["text"], key.get("callback_data", "")) for row in rows for key in row)


def _chat(chat_id: int) -> dict[str, Any]:
    """A group's id is negative."""
    kind = {"type": "private"} if chat_id > 0 else {"type": "supergroup", "title": "Servis Ofisi"}
    return {"id": chat_id, **kind}


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _shown(content: dict[str, Any]) -> str:
    for kind, value in content.items():
        return f"{kind} {value.get('text') or value.get('data') or value.get('new_chat_member', {}).get('status')!r}"
    return ""
