"""Types a transcript over the sandbox's HTTP control API, prints the conversation, and compares what the bot says."""

import asyncio
import difflib
import re
import time
from collections.abc import Callable, Container
from dataclasses import replace
from typing import Any, Protocol, assert_never

import httpx

from bot.sandbox.followed_chat import FollowedChat
from bot.sandbox.pictures import draw_label
from bot.sandbox.state import OPERATORS
from bot.sandbox.transcript_matching import fill_names, match_received, match_said, typed
from bot.sandbox.transcript_parts import (
    Amend,
    Exchange,
    Fault,
    Look,
    Person,
    Photograph,
    Press,
    Received,
    Redeliver,
    Restart,
    Said,
    Scan,
    Send,
    SendFile,
    ShareContact,
    ShareLocation,
    Total,
    Transcript,
    Type,
)

ANSWER_SECONDS = 10.0
"""How long the bot may take for all that it has to say to one action."""
BETWEEN_MESSAGES_SECONDS = 10
"""How much later each message is dated than the one before: nobody reads a question and answers it within a second."""
SILENCE_SECONDS = 0.05
"""How long nothing may come after that; what comes later still is missed by the next action's comparison."""
TICKET = "AuthTicket"
INVOICE = ("fatura.txt", b"fatura", "text/plain")
"""The file that is sent where only the kind of thing matters: name, content, media type."""

_CALL_NUMBER = re.compile(r"^Çağrı numarası: (\S+)$", re.MULTILINE)


class Differs(Exception):
    """The bot, or Licrus, did otherwise than written; the text shows where and how."""


class Bot(Protocol):
    """The bot that answers, as far as a transcript may stop and start it."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def sleep(self) -> int:
        """Moves the bot's clock to ten in the morning two days later; by how many seconds."""
        ...


def _contact(card: Person | None, vcard: str) -> dict[str, Any]:
    if card is None:
        return {"own": True}
    first, _, last = card.name.partition(" ")
    return {"phone": card.phone, "first_name": first, "last_name": last, "own": False, "vcard": vcard}


async def play(
    transcript: Transcript,
    url: str,
    *,
    say: Callable[[str], None] = lambda line: None,
    bot: Bot | None = None,
    restarts: Container[int] = (),
) -> str | None:
    """Plays the whole transcript at the sandbox of this URL and returns the last call number that the bot told.

    `say` gets the conversation as it happens. The bot is stopped before each of the person's actions whose place, from
    0 on, is in `restarts`, and started after it, and may then say again what it said just before. Raises Differs at the
    first difference.
    """
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        return await _Player(transcript, http, say, bot, restarts).play()


class _Player:
    def __init__(
        self,
        transcript: Transcript,
        http: httpx.AsyncClient,
        say: Callable[[str], None],
        bot: Bot | None,
        restarts: Container[int],
    ) -> None:
        self._transcript = transcript
        self._http = http
        self._say = say
        self._bot = bot
        self._restarts = restarts
        self._restarted = False
        self._names: dict[str, str] = {}
        self._chats: dict[str, FollowedChat] = {}
        self._seq = 0
        self._last_said: list[Said] = []
        self._call_number: str | None = None

    async def play(self) -> str | None:
        for exchange in self._transcript.exchanges:
            if exchange.person.operator:
                await self._chat_of(exchange.person)  # what comes there before they act is theirs to read
                break
        for place, exchange in enumerate(self._transcript.exchanges):
            self._restarted = place in self._restarts
            chat = await self._chat_of(exchange.person)
            self._say(exchange.written)
            await self._act(exchange, chat)
            await self._compare(exchange, chat)
            for expected in exchange.licrus:
                await self._compare_licrus(exchange, expected)
        return self._call_number

    async def _chat_of(self, person: Person) -> FollowedChat:
        if person.operator:
            return await self._group_of(person)
        known = self._chats.get(person.phone)
        if known is not None:
            return known
        made = await self._post(
            "/api/people", {"name": person.name, "phone": person.phone, "language_code": person.language}
        )
        chat = self._chats[person.phone] = FollowedChat(made["chat_id"])
        return chat

    async def _group_of(self, person: Person) -> FollowedChat:
        """The operators' group, in which this member speaks from now on."""
        status, anonymous = ("left" if person.operator == "gone" else "administrator"), person.operator == "anonymous"
        asked = {"title": OPERATORS, "name": person.name, "status": status, "anonymous": anonymous}
        made = await self._post("/api/groups", asked)
        if OPERATORS not in self._chats:
            self._chats[OPERATORS] = FollowedChat(made["chat_id"])
        return self._chats[OPERATORS]

    async def _act(self, exchange: Exchange, chat: FollowedChat) -> None:
        match exchange.action:
            case Restart(days_later):
                await self._stopped()
                if days_later and self._bot is not None:
                    await self._post("/api/telegram/pause", {"seconds": self._bot.sleep()})
                await self._started()
            case Fault(kind, reason):
                await self._post("/api/licrus/fault", {"kind": kind, "times": 1, "reason": reason})
            case action:
                if self._restarted:
                    await self._stopped()
                await self._do(action, exchange, chat)
                if self._restarted:
                    await self._started()

    async def _do(
        self,
        action: (
            Type | Look | Scan | Press | Amend | ShareContact | ShareLocation | Send | Photograph | SendFile | Redeliver
        ),
        exchange: Exchange,
        chat: FollowedChat,
    ) -> None:
        path = f"/api/chats/{chat.id}"
        if not (isinstance(action, Type) and action.at_once):
            await self._post("/api/telegram/pause", {"seconds": BETWEEN_MESSAGES_SECONDS})
        match action:
            case Type(text, replies=True):
                reply_to = chat.newest_of_the_bot()
                await self._post(f"{path}/text", {"text": typed(text, self._names), "reply_to": reply_to})
            case Type(text):
                await self._post(f"{path}/text", {"text": typed(text, self._names)})
            case Look():
                pass
            case Scan(company, "photo"):
                await self._post(f"{path}/sticker_photo", {"dealer": company})
            case Scan(company, what):
                await self._post(f"{path}/text", {"text": f"/start {await self._code(company, what, exchange)}"})
            case Press():
                await self._press(action, exchange, chat)
            case Amend(old, new):
                message_id = self._own_message(old, exchange, chat)
                await self._post(f"{path}/edit", {"message_id": message_id, "text": new})
            case ShareContact(card, vcard):
                await self._post(f"{path}/contact", _contact(card, vcard))
            case ShareLocation(latitude, longitude):
                await self._post(f"{path}/location", {"latitude": latitude, "longitude": longitude})
            case Send("document"):
                await self._upload(f"{path}/document", INVOICE)
            case Photograph(labels, name, caption):
                kind = "document" if name else "photo"
                fields = {"album": str(exchange.line) if len(labels) > 1 else "", "caption": caption}
                for label in labels:
                    await self._upload(f"{path}/{kind}", (name or "etiket.png", draw_label(label), "image/png"), fields)
            case SendFile(name, content):
                kind = "text/vcard" if name.endswith(".vcf") else "text/plain"
                await self._upload(f"{path}/document", (name, content.encode(), kind))
            case Send(thing):
                await self._post(f"{path}/{thing}", {})
            case Redeliver(new_update_id):
                await self._post(f"{path}/resend_last_update", {"new_update_id": new_update_id})
            case _:
                assert_never(action)

    async def _press(self, press: Press, exchange: Exchange, chat: FollowedChat) -> None:
        taps = 2 if press.twice else 1
        press = replace(press, label=typed(press.label, self._names))
        found = [(message_id, button) for message_id, label, button in chat.buttons if label == press.label]
        shown = [(message_id, button) for message_id, button in found if self._still_there(message_id, button, chat)]
        newest = max(
            (message["message_id"] for message in chat.messages.values() if message["from"] == "bot"), default=0
        )
        place = self._place_on_keyboard(press.label, chat)
        if press.old and found:
            message_id, button = found[0]
        elif shown and (place is None or shown[-1][0] == newest):
            message_id, button = shown[-1]
        elif place is not None:
            row, column = place
            for _ in range(taps):
                await self._post(f"/api/chats/{chat.id}/press_reply", {"row": row, "column": column})
            return
        else:
            raise Differs(f"{self._where(exchange)}: böyle bir düğme yok: [{press.label}]")
        tap = {"message_id": message_id, "callback_data": button.get("callback_data")}
        if tap["callback_data"] is None:
            return
        all_taps = [tap] * taps
        if press.with_whom:
            all_taps.append({**tap, "member_id": await self._member(press.with_whom, exchange)})
        await asyncio.gather(*(self._post(f"/api/chats/{chat.id}/press", each) for each in all_taps))

    async def _member(self, name: str, exchange: Exchange) -> int:
        """Who acts in the operators' group under this name; becomes a member where need be."""
        for who in (name, exchange.person.name):  # whoever acted last goes on acting
            made = await self._post("/api/groups", {"title": OPERATORS, "name": who, "status": "administrator"})
        return next(int(member["id"]) for member in made["members"] if member["name"] == name)

    async def _code(self, company: str, what: str, exchange: Exchange) -> str:
        """The code in the link of this dealer's sticker or invitation."""
        known = (await self._http.get("/api/dealers")).raise_for_status().json()["dealers"]
        for dealer in known:
            if dealer["dealer"] == company:
                return str(dealer[what]).partition("?start=")[2]
        raise Differs(f"{self._where(exchange)}: rehberde böyle bir bayi yok: {company}")

    @staticmethod
    def _still_there(message_id: int, button: dict[str, Any], chat: FollowedChat) -> bool:
        message = chat.messages.get(message_id)
        return message is not None and any(button in row for row in message["inline_keyboard"] or [])

    @staticmethod
    def _place_on_keyboard(label: str, chat: FollowedChat) -> tuple[int, int] | None:
        for row, buttons in enumerate((chat.keyboard or chat.hidden_keyboard or {"rows": []})["rows"]):
            for column, button in enumerate(buttons):
                if button["text"] == label:
                    return row, column
        return None

    def _own_message(self, text: str, exchange: Exchange, chat: FollowedChat) -> int:
        for message in reversed(chat.messages.values()):
            if message["from"] == "person" and message["text"] == text:
                return int(message["message_id"])
        raise Differs(f"{self._where(exchange)}: düzenlenecek böyle bir mesaj yok: {text}")

    async def _compare(self, exchange: Exchange, chat: FollowedChat) -> None:
        """Waits for as many messages as are written, then a moment for one too many."""
        toasts = any(said.manner == "toast" for said in exchange.said)
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            seen = self._seen(exchange, chat, toasts=toasts)
            left = deadline - time.monotonic()
            if len(seen) >= len(exchange.said) or left <= 0:
                break
            await self._follow(wait=left)
        await self._settle(deadline)
        seen = self._seen(exchange, chat, toasts=toasts)
        for said in seen:
            self._say(said.written())
            number = _CALL_NUMBER.search(said.text)
            self._call_number = number[1] if number else self._call_number
        self._match(exchange, seen)
        chat.said.clear()
        self._last_said = seen or self._last_said

    def _seen(self, exchange: Exchange, chat: FollowedChat, *, toasts: bool) -> list[Said]:
        seen = [said for said in chat.said if said.manner != "toast" or (toasts and said.text)]
        if self._restarted and self._names_after(exchange, seen) is None:
            while seen and seen[0] in self._last_said:
                del seen[0]
        return seen

    async def _settle(self, deadline: float) -> None:
        """Returns when Telegram has nothing left to deliver and the bot was silent for a moment."""
        while True:
            seq = self._seq
            await asyncio.sleep(SILENCE_SECONDS)
            await self._follow(wait=0)
            state = (await self._http.get("/api/state")).json()
            busy = (state["pending_updates"] or state["in_flight"]) and time.monotonic() < deadline
            if seq == self._seq and not busy:
                return

    def _names_after(self, exchange: Exchange, seen: list[Said]) -> dict[str, str] | None:
        """What the named gaps stand for if exactly this was to be said, else None."""
        if len(seen) != len(exchange.said):
            return None
        names = self._names
        for expected, said in zip(exchange.said, seen, strict=True):
            known = match_said(expected, said, names)
            if known is None:
                return None
            names = known
        return names

    def _match(self, exchange: Exchange, seen: list[Said]) -> None:
        names = self._names_after(exchange, seen)
        if names is not None:
            self._names = names
            return
        written = [line for said in exchange.said for line in fill_names(said.written(), self._names).splitlines()]
        spoken = [line for said in seen for line in said.written().splitlines()]
        where = f"{self._where(exchange)}: {exchange.written}"
        raise Differs(
            "\n".join([where, *difflib.unified_diff(written, spoken, "yazılan", "botun dediği", lineterm="")])
        )

    async def _compare_licrus(self, exchange: Exchange, expected: Received | Total) -> None:
        calls = (await self._http.get("/api/licrus/calls")).json()["calls"]
        if isinstance(expected, Total):
            if len(calls) != expected.calls:
                raise Differs(f"{self._where(exchange)}: Licrus {len(calls)} çağrı aldı; yazılan: {expected.calls}")
            return
        body = calls[-1]["parsed"] if calls else {}
        if not isinstance(body, dict) or not match_received(expected, body):
            written = [f"{name}: {value!r}" for name, value in sorted(expected.fields.items())]
            received = [f"{name}: {value!r}" for name, value in sorted(body.items()) if name != TICKET]
            difference = difflib.unified_diff(written, received, "yazılan", "Licrus'un aldığı", lineterm="")
            raise Differs("\n".join([f"{self._where(exchange)}: Licrus'a giden çağrı farklı.", *difference]))

    async def _follow(self, wait: float) -> None:
        answer = await self._http.get("/api/changes", params={"after": self._seq, "timeout": round(wait, 3)})
        changes = answer.raise_for_status().json()
        chats = {chat.id: chat for chat in self._chats.values()}
        for event in changes["events"]:
            if event.get("chat_id") in chats:
                chats[event["chat_id"]].follow(event)
        self._seq = changes["seq"]

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        return (await self._http.post(path, json=body)).raise_for_status().json()

    async def _upload(self, path: str, file: tuple[str, bytes, str], fields: dict[str, str] | None = None) -> None:
        (await self._http.post(path, files={"file": file}, data=fields or {})).raise_for_status()

    async def _stopped(self) -> None:
        if self._bot is not None:
            await self._bot.stop()

    async def _started(self) -> None:
        if self._bot is not None:
            await self._bot.start()

    def _where(self, exchange: Exchange) -> str:
        return f"{self._transcript.name}:{exchange.line}"
