"""The people, their chats and the messages in them: what Telegram's own servers would remember."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.changes import Changes
from bot.sandbox.entities import Entity
from bot.sandbox.errors import ControlError, bad_request
from bot.sandbox.keyboards import Markup, Rows

MOST_MESSAGES = 5_000  # in a chat
MOST_PEOPLE = 10_000
FIRST_PERSON_ID = 700_000_001
FIRST_GROUP_ID = -1_001_000_000_000
OPERATORS = "Servis Ofisi"
"""The title of the operators' group."""
TYPING_SECONDS = 5.0

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""Whoever Telegram says has written what an administrator without a name wrote."""

Status = Literal["creator", "administrator", "member", "left", "kicked"]
"""What getChatMember says of a member."""
Kind = Literal["text", "contact", "location", "photo", "sticker", "voice", "document", "video"]


@dataclass
class Message:
    """One message of a chat. `content` is what Telegram sends beside the text: contact, location, photo and so on."""

    message_id: int
    sender: Literal["bot", "person"]
    date: int
    kind: Kind = "text"
    text: str = ""
    html: str | None = None
    entities: list[Entity] = field(default_factory=list)
    content: dict[str, Any] = field(default_factory=dict)
    inline_keyboard: Rows | None = None
    reply_to: int | None = None
    file_url: str | None = None
    force_reply: bool = False
    author: dict[str, Any] | None = None
    """Telegram's User who wrote it; None for the bot's own."""
    edit_date: int | None = None
    deleted: bool = False
    seq: int = 0


@dataclass
class Person:
    """Somebody with Telegram on the phone. The private chat has the person's own id."""

    id: int
    first_name: str
    last_name: str
    phone: str
    language_code: str
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    next_message_id: int = 1
    reply_keyboard: dict[str, Any] | None = None
    hidden_keyboard: dict[str, Any] | None = None  # closed, but the client can open it again
    typing_until: float = 0.0
    last_update: tuple[str, dict[str, Any]] | None = None
    last_update_id: int = 0

    def user(self) -> dict[str, Any]:
        """Telegram's User."""
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": self.language_code}
        return {**user, "last_name": self.last_name} if self.last_name else user

    def chat(self) -> dict[str, Any]:
        """Telegram's Chat."""
        chat = {"id": self.id, "first_name": self.first_name, "type": "private"}
        return {**chat, "last_name": self.last_name} if self.last_name else chat

    def page(self) -> dict[str, Any]:
        """The person as the control API tells it."""
        return {
            "id": self.id,
            "chat_id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "phone": self.phone,
            "language_code": self.language_code,
            "blocked": self.blocked,
        }


@dataclass
class Member:
    """A member of a group. An anonymous one speaks as the group, and taps as themselves."""

    person: Person
    status: Status = "member"
    anonymous: bool = False


@dataclass
class Group(Person):
    """A supergroup as its members see it: `id` is the group's, and one of the members is the one who acts now."""

    title: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    member_id: int = 0

    @property
    def member(self) -> Member:
        """Whoever acts now."""
        return self.members[self.member_id]

    def user(self) -> dict[str, Any]:
        """Telegram's User of whoever acts now."""
        return self.member.person.user()

    def chat(self) -> dict[str, Any]:
        """Telegram's Chat."""
        return {"id": self.id, "title": self.title, "type": "supergroup"}

    def page(self) -> dict[str, Any]:
        """The group as the control API tells it."""
        members = [
            {"id": id, "name": f"{member.person.first_name} {member.person.last_name}".strip()}
            for id, member in self.members.items()
        ]
        return {**super().page(), "group": self.title, "member_id": self.member_id, "members": members}


class World:
    """Everyone and everything that was said, and the list of changes to it."""

    def __init__(self, bot_user: dict[str, Any]) -> None:
        self.bot_user = bot_user
        self.changes = Changes()
        self.people: dict[int, Person] = {}
        self.discarded_errors: deque[dict[str, Any]] = deque(maxlen=100)
        self.ahead_s = 0
        """Seconds by which Telegram's clock is ahead: what a script types at once can be dated as people type."""

    def now(self) -> int:
        """The second since 1970 that a message of this moment is dated with."""
        return int(time.time()) + self.ahead_s

    def add_person(self, first_name: str, last_name: str, phone: str, language_code: str) -> Person:
        if len(self.people) >= MOST_PEOPLE:
            raise ControlError("There are too many people in the sandbox.")
        person = Person(FIRST_PERSON_ID + len(self.people), first_name, last_name, phone, language_code)
        self.people[person.id] = person
        self.changes.add("person", person.id, person=person.page())
        return person

    def group_of(
        self, title: str, first_name: str, last_name: str, status: Status = "member", *, anonymous: bool = False
    ) -> Group:
        """The group of that title, in which this member acts from now on; made and joined where need be."""
        groups = (known for known in self.people.values() if isinstance(known, Group) and known.title == title)
        group = next(groups, None)
        members = group.members.values() if group is not None else ()
        named = (m for m in members if (m.person.first_name, m.person.last_name) == (first_name, last_name))
        member = next(named, None) or Member(self.add_person(first_name, last_name, "+905301231212", "tr"))
        person, member.status, member.anonymous = member.person, status, anonymous
        if group is None:
            group = Group(FIRST_GROUP_ID - person.id, first_name, last_name, person.phone, "tr", title=title)
            self.people[group.id] = group
        group.first_name, group.last_name, group.member_id = first_name, last_name, person.id
        group.members[person.id] = member
        self.changes.add("person", group.id, person=group.page())
        return group

    def add_message(self, person: Person, message: Message) -> Message:
        """Puts a message into the chat; the oldest one is forgotten when there are too many."""
        person.messages[message.message_id] = message
        person.next_message_id = message.message_id + 1
        if len(person.messages) > MOST_MESSAGES:
            del person.messages[next(iter(person.messages))]
        if message.sender == "bot":
            person.typing_until = 0.0
        self._changed("message", person, message)
        return message

    def new_message(self, person: Person, sender: Literal["bot", "person"], **fields: Any) -> Message:
        """Makes the chat's next message and puts it there."""
        message = Message(message_id=person.next_message_id, sender=sender, date=self.now(), **fields)
        if sender == "person":
            message.author = person.user()
            if isinstance(person, Group) and person.member.anonymous:
                message.author = ANONYMOUS
        return self.add_message(person, message)

    def edited(self, person: Person, message: Message) -> None:
        message.edit_date = self.now()
        self._changed("edit", person, message)

    def delete(self, person: Person, message: Message) -> None:
        message.deleted = True
        message.seq = self.changes.add("delete", person.id, message_id=message.message_id)

    def take_markup(self, person: Person, markup: Markup) -> None:
        """What a new message of the bot does to the reply keyboard."""
        if markup.reply is not None:
            self.set_keyboard(person, markup.reply, None)
        elif markup.removes_keyboard:
            self.set_keyboard(person, None, None)

    def set_keyboard(self, person: Person, shown: dict[str, Any] | None, hidden: dict[str, Any] | None) -> None:
        person.reply_keyboard, person.hidden_keyboard = shown, hidden
        self.changes.add("keyboard", person.id, reply_keyboard=shown, hidden_reply_keyboard=hidden)

    def show_typing(self, person: Person) -> None:
        person.typing_until = time.monotonic() + TYPING_SECONDS
        self.changes.add("typing", person.id, seconds=TYPING_SECONDS)

    def _changed(self, kind: str, person: Person, message: Message) -> None:
        message.seq = self.changes.seq + 1
        self.changes.add(kind, person.id, message=page_message(message))

    def person_for_api(self, chat_id: int | str) -> Person:
        """The person of a Bot API call; raises ApiError if there is no such chat."""
        try:
            return self.people[int(chat_id)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def telegram_message(self, person: Person, message: Message) -> dict[str, Any]:
        """Telegram's Message."""
        sent: dict[str, Any] = {
            "message_id": message.message_id,
            "from": self.bot_user if message.author is None else message.author,
            "chat": person.chat(),
            "date": message.date,
        }
        if message.author is ANONYMOUS:
            sent["sender_chat"] = person.chat()
        if message.edit_date is not None:
            sent["edit_date"] = message.edit_date
        if message.reply_to is not None and (original := person.messages.get(message.reply_to)):
            sent["reply_to_message"] = {**self.telegram_message(person, original)}
            sent["reply_to_message"].pop("reply_to_message", None)
        if message.text:
            text, entities = ("text", "entities") if message.kind == "text" else ("caption", "caption_entities")
            sent[text] = message.text
            if message.entities:
                sent[entities] = message.entities
        sent.update(message.content)
        if message.inline_keyboard:
            sent["reply_markup"] = {"inline_keyboard": message.inline_keyboard}
        return sent


def page_message(message: Message) -> dict[str, Any]:
    """The message as the control API tells it."""
    page: dict[str, Any] = {
        "message_id": message.message_id,
        "from": message.sender,
        "kind": message.kind,
        "text": message.text,
        "html": message.html,
        "entities": message.entities,
        "date": message.date,
        "edited": message.edit_date is not None,
        "deleted": message.deleted,
        "inline_keyboard": message.inline_keyboard or None,
        "reply_to": message.reply_to,
        "force_reply": message.force_reply,
        "author": None if message.author is None else message.author["id"],
        "seq": message.seq,
    }
    if message.file_url:
        page["photo_url" if message.kind == "photo" else "file_url"] = message.file_url
    for part in ("contact", "location", "document"):
        if part in message.content:
            page[part] = message.content[part]
    return page
