"""The operators' group and a person, as updates that Telegram sends, and what the database holds afterwards."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from telegram import ChatMemberLeft, ChatMemberMember, User
from telegram.error import TelegramError

from bot.intake import take
from bot.storage import queries
from bot.storage.database import make_engine, migrate
from bot.storage.schema import outbox
from bot.telegram.inbound import parse
from bot.telegram.outbound import render
from bot.terms import Terms
from conversations.activation import ACTIVATION
from tests.databases import database_url

NOW = 1_800_000_000
BOT = {"id": 4242, "is_bot": True, "first_name": "Devreye"}
OFFICE = -100_500
TERMS = Terms(ACTIVATION, operators_chat_id=OFFICE, bot_id=4242)
AYSE, ZEYNEP = 7, 8
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


class House:
    """The database, and updates as Telegram sends them."""

    def __init__(self, folder: Path) -> None:
        self.url = database_url(folder)
        self.engine = make_engine(self.url)
        migrate(self.engine)
        self.updates = 0
        self.now = float(NOW)

    def comes(self, chat: dict[str, Any], user: dict[str, Any], kind: str = "message", **fields: Any) -> None:
        self.updates += 1
        self.now += 10
        message = {"message_id": self.updates, "date": int(self.now), "chat": chat, "from": user, **fields}
        self.raw({kind: message})

    def raw(self, update: dict[str, Any]) -> None:
        """An update as it comes; its number is the newest."""
        inbound = parse({"update_id": self.updates, **update}, self.updates)
        if inbound is not None:
            with self.engine.begin() as connection:
                take(connection, inbound, self.now, TERMS)

    def ayse(self, text: str, **fields: Any) -> None:
        user = {"id": AYSE, "is_bot": False, "first_name": "Ayşe", "last_name": "Yılmaz"}
        self.comes({"id": AYSE, "type": "private"}, user, text=text, **fields)

    def office(self, text: str | None, replied: str | None = None, *, by: int = ZEYNEP, **fields: Any) -> None:
        user = fields.pop("user", {"id": by, "is_bot": False, "first_name": "Zeynep"})
        chat = fields.pop("chat", {"id": OFFICE, "type": "supergroup", "title": "Ofis"})
        writer = fields.pop("writer", BOT)
        if replied is not None:
            fields["reply_to_message"] = {"message_id": 1, "chat": chat, "from": writer, "text": replied}
        if text is not None:
            fields["text"] = text
        self.comes(chat, user, **fields)

    def asks(self) -> str:
        """Ayşe asks for help; what the operators read."""
        self.ayse("yardım iste")
        self.ayse("Etiketi bulamıyorum")
        return self.said(OFFICE)[-1]

    def said(self, chat_id: int) -> list[str]:
        with self.engine.begin() as connection:
            wanted = sa.select(outbox.c.message, outbox.c.language).where(outbox.c.chat_id == chat_id)
            rows = connection.execute(wanted.order_by(outbox.c.id)).all()
        return [render(queries.read_message(row.message), row.language)[0].text for row in rows]

    def count(self, table: sa.Table) -> int:
        with self.engine.begin() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


class Members:
    """Telegram's getChatMember: who is in the operators' chat, after as many failures as are given."""

    def __init__(self, *failures: TelegramError, members: tuple[int, ...] = (ZEYNEP,)) -> None:
        self.failures = list(failures)
        self.members = members
        self.asked: list[tuple[int, int]] = []

    async def get_chat_member(self, chat_id: int, user_id: int) -> ChatMemberMember | ChatMemberLeft:
        self.asked.append((chat_id, user_id))
        if self.failures:
            raise self.failures.pop(0)
        user = User(user_id, "Zeynep", is_bot=False)
        return ChatMemberMember(user) if user_id in self.members else ChatMemberLeft(user)
