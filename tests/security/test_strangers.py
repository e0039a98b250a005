"""Whoever is no customer in their own private chat gets nowhere: other people's buttons, groups, channels, bots.

Raw updates as Telegram would deliver them go through the real parsing, intake and form, into a real database.
"""

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.intake import Taken, take
from bot.storage import queries
from bot.storage.database import make_engine, migrate
from bot.storage.schema import chats, drafts, meta, outbox, requests
from bot.telegram.inbound import Malformed, parse
from bot.telegram.outbound import render
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.draft import Draft
from conversations.summary import seal
from tests.talking import CUSTOMER

NOW = 1_800_000_000.0
OPERATORS = -1000000000100
AYSE, MALLORY = 700, 666
TERMS = Terms(ACTIVATION, operators_chat_id=OPERATORS, bot_username="devreye_bot")


def person(user_id: int, **more: Any) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": "Ayşe", **more}


def private(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "type": "private", "first_name": "Ayşe"}


class World:
    """The bot behind its parsing."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.numbers = itertools.count(1)

    def deliver(self, **update: Any) -> Taken | None:
        """None where the update concerns nobody."""
        number = next(self.numbers)
        inbound = parse({"update_id": number, **update}, number)
        if inbound is None:
            return None
        with self.connection.begin():
            return take(self.connection, inbound, NOW + number, TERMS)

    def message(self, user_id: int, text: str | None = None, **more: Any) -> Taken | None:
        fields = {"message_id": next(self.numbers), "date": int(NOW), "chat": private(user_id), "from": person(user_id)}
        if text is not None:
            fields["text"] = text
            if text.startswith("/"):
                length = len(text.partition(" ")[0])
                fields["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.deliver(message={**fields, **more})

    def tap(self, user_id: int, data: str, **more: Any) -> Taken | None:
        under = {"message_id": 5, "date": int(NOW), "chat": private(user_id), "text": "Son kontrol"}
        query = {"id": str(next(self.numbers)), "from": person(user_id), "chat_instance": "1", "data": data}
        return self.deliver(callback_query={**query, "message": under, **more})

    def to_the_summary(self, user_id: int) -> Draft:
        for text in CUSTOMER:
            self.message(user_id, text)
        draft = self.draft_of(user_id)
        assert draft is not None
        return draft

    def draft_of(self, user_id: int) -> Draft | None:
        with self.connection.begin():
            return queries.active_draft(self.connection, user_id, user_id)

    def rows(self, *tables: sa.Table) -> list[Any]:
        with self.connection.begin():
            return [tuple(row) for table in tables for row in self.connection.execute(sa.select(table))]

    def said_to(self, chat_id: int) -> list[str]:
        with self.connection.begin():
            rows = self.connection.execute(sa.select(outbox).where(outbox.c.chat_id == chat_id).order_by(outbox.c.id))
            return ["\n".join(part.text for part in render(queries.read_message(row.message), "tr")) for row in rows]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    engine = make_engine(f"sqlite:///{tmp_path / 'devreye.db'}")
    migrate(engine)
    with engine.connect() as connection:
        yield World(connection)


def confirming(draft: Draft) -> str:
    """What the button under this draft's summary says."""
    return f"{draft.id}:{draft.revision}:confirm:{seal(ACTIVATION, draft)}"


ACTIONS = ("confirm", "edit", "cancel", "edit-field", "keep", "pick", "cancel-yes", "new", "x")


def test_the_owner_of_a_summary_can_confirm_it(world: World) -> None:
    draft = world.to_the_summary(AYSE)
    world.tap(AYSE, confirming(draft))
    assert len(world.rows(requests)) == 1


@pytest.mark.parametrize("action", ACTIONS)
def test_somebody_elses_button_does_nothing_to_them_and_is_answered(action: str, world: World) -> None:
    """Mallory knows Ayşe's draft to the letter, from a screenshot or a forwarded message."""
    draft = world.to_the_summary(AYSE)
    heard, before = world.said_to(AYSE), world.rows(drafts)
    taken = world.tap(MALLORY, f"{draft.id}:{draft.revision}:{action}:1")
    assert taken is not None
    assert taken.callback_query_id is not None
    assert world.rows(requests) == []
    assert [row for row in world.rows(drafts) if row in before] == before
    assert world.said_to(AYSE) == heard
    answer = " ".join(world.said_to(MALLORY))
    assert answer
    assert not any(text in answer for text in CUSTOMER[4:] if text.startswith(("Ayşe Y", "0530", "Fatih", "99958")))


def elsewhere(chat: dict[str, Any]) -> dict[str, Any]:
    return {"message_id": 5, "date": int(NOW), "chat": chat, "text": "Son kontrol"}


GROUP = {"id": -300, "type": "group", "title": "Apartman"}
SUPERGROUP = {"id": -1000000000300, "type": "supergroup", "title": "Apartman"}
CHANNEL = {"id": -1000000000400, "type": "channel", "title": "Kanal"}
FORUM = {**SUPERGROUP, "is_forum": True}


@pytest.mark.parametrize("user_id", [AYSE, MALLORY])
@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP, CHANNEL, FORUM, private(MALLORY)], ids=lambda chat: chat["type"])
def test_a_button_pressed_in_another_chat_does_nothing(chat: dict[str, Any], user_id: int, world: World) -> None:
    """Even by its owner: in another chat it hangs under a message that others read."""
    draft = world.to_the_summary(AYSE)
    before = world.rows(drafts, requests)
    world.tap(user_id, confirming(draft), message=elsewhere(chat))
    assert world.rows(drafts, requests) == before
    if chat["type"] != "private":
        assert all("özel sohbette" in said for said in world.said_to(chat["id"]))


def test_a_button_of_a_message_sent_in_ones_name_elsewhere_is_ones_own_only(world: World) -> None:
    """Inline mode is off; such a tap brings no message, and counts for the private chat of whoever tapped."""
    draft = world.to_the_summary(AYSE)
    world.tap(MALLORY, confirming(draft), message=None, inline_message_id="abc")
    assert world.rows(requests) == []


def test_a_game_or_a_tap_without_data_is_answered_and_does_nothing(world: World) -> None:
    world.to_the_summary(AYSE)
    for more in ({"game_short_name": "x"}, {}):
        taken = world.tap(AYSE, "", **more)
        assert taken is not None
        assert taken.callback_query_id is not None
    assert world.rows(requests) == []


@pytest.mark.parametrize(
    "data",
    [
        "{id}:{revision}:confirm",
        "{id}:{revision}:confirm:",
        "{id}:{revision}:confirm:00000000",
        "{id}:-{revision}:confirm:{seal}",
        "{id}:{later}:confirm:{seal}",
        "{id}:999999999999:confirm:{seal}",
        "{id}:{revision}:CONFIRM:{seal}",
        "{id}:{revision}:confirm :{seal}",
        " {id}:{revision}:confirm:{seal}",
        "{id}' OR '1'='1:{revision}:confirm:{seal}",
        "%:{revision}:confirm:{seal}",
        ":{revision}:confirm:{seal}",
        "{id}:{revision}:submit:{seal}",
        "{id}:{revision}:__class__:{seal}",
        "x" * 64,
        "\U0001f525" * 16,
    ],
)
def test_a_forged_tap_confirms_nothing(data: str, world: World) -> None:
    draft = world.to_the_summary(AYSE)
    world.tap(
        AYSE, data.format(id=draft.id, revision=draft.revision, later=draft.revision + 1, seal=seal(ACTIVATION, draft))
    )
    assert world.rows(requests) == []
    assert world.said_to(AYSE)


def test_a_tap_replayed_under_new_update_ids_confirms_once(world: World) -> None:
    draft = world.to_the_summary(AYSE)
    for _ in range(10):
        world.tap(AYSE, confirming(draft), id="the same tap")
    assert len(world.rows(requests)) == 1


def test_an_old_summary_confirms_nothing_after_a_correction(world: World) -> None:
    old = world.to_the_summary(AYSE)
    world.message(AYSE, "adres: Meclis Mah. Yavuz Cad. No: 8 D: 3")
    world.tap(AYSE, confirming(old))
    assert world.rows(requests) == []


@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP, FORUM], ids=["group", "supergroup", "forum"])
def test_a_group_is_told_once_where_the_form_is_filled_and_nothing_is_kept_of_it(
    chat: dict[str, Any], world: World
) -> None:
    for text in (*CUSTOMER, "/yeni", "/durum", "iptal"):
        world.message(AYSE, text, chat=chat)
    world.message(MALLORY, "/start", chat=chat)
    assert world.rows(drafts, requests) == []
    (said,) = world.said_to(chat["id"])
    assert "özel" in said
    assert world.said_to(AYSE) == world.said_to(MALLORY) == []


def test_what_is_written_in_a_group_changes_nothing_of_a_private_draft(world: World) -> None:
    draft = world.to_the_summary(AYSE)
    for text in ("onayla", "iptal", "evet", "/yeni"):
        world.message(AYSE, text, chat=GROUP)
    assert world.draft_of(AYSE) == draft
    assert world.rows(requests) == []


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
FORWARDER = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


@pytest.mark.parametrize("command", ["/start", "/requests", "onayla", "/yeni@devreye_bot"])
@pytest.mark.parametrize(
    ("sender", "chat", "behind"),
    [
        (ANONYMOUS, SUPERGROUP, SUPERGROUP),
        (ANONYMOUS, {**SUPERGROUP, "id": OPERATORS}, {**SUPERGROUP, "id": OPERATORS}),
        (CHANNEL_BOT, SUPERGROUP, CHANNEL),
        (person(5, is_bot=True), private(AYSE), None),
        (person(5, is_bot=True), SUPERGROUP, None),
        (None, CHANNEL, CHANNEL),
        (None, SUPERGROUP, CHANNEL),
    ],
    ids=["anonymous", "anonymous operator", "as a channel", "bot", "bot in a group", "channel", "nobody"],
)
def test_who_has_no_user_id_of_a_person_gets_no_answer(
    sender: Any, chat: dict[str, Any], behind: Any, command: str, world: World
) -> None:
    more = {"from": sender, "chat": chat, "sender_chat": behind}
    given = {name: value for name, value in more.items() if value is not None}
    kept = world.rows(chats, drafts, requests, outbox)
    fields = {"message_id": 9, "date": int(NOW), "text": command, "chat": chat, **given}
    world.deliver(message=fields)
    world.deliver(edited_message={**fields, "edit_date": int(NOW) + 5})
    assert world.rows(chats, drafts, requests, outbox) == kept


@pytest.mark.parametrize(
    "kind",
    [
        "channel_post",
        "edited_channel_post",
        "business_message",
        "edited_business_message",
        "guest_message",
        "inline_query",
        "chosen_inline_result",
        "poll_answer",
        "chat_join_request",
        "message_reaction",
        "deleted_business_messages",
        "shipping_query",
        "pre_checkout_query",
    ],
)
def test_kinds_of_update_that_the_bot_has_no_use_for_do_nothing(kind: str, world: World) -> None:
    draft = world.to_the_summary(AYSE)
    before = world.rows(chats, drafts, requests, outbox)
    body = {"message_id": 9, "date": int(NOW), "chat": private(AYSE), "from": person(AYSE), "text": "onayla", "id": "1"}
    more = {"business_connection_id": "x", "data": confirming(draft), "query": "", "offset": ""}
    # What Telegram would not send in this shape is malformed, and known by its number only.
    with contextlib.suppress(Malformed):
        world.deliver(**{kind: {**body, **more}})
    assert world.rows(chats, drafts, requests, outbox) == before


def test_a_message_on_behalf_of_a_business_is_not_the_persons_own(world: World) -> None:
    """A business account connected to the bot would show it other people's private chats."""
    draft = world.to_the_summary(AYSE)
    before = world.rows(drafts, requests)
    world.message(AYSE, "onayla", business_connection_id="x")
    world.tap(
        AYSE,
        confirming(draft),
        message={**elsewhere(private(AYSE)), "business_connection_id": "x"},
    )
    assert world.rows(drafts, requests) == before


OPERATORS_WORDS = (
    "/requests",
    "/report",
    "/dealers",
    "/backup",
    "/restore",
    "/privacy",
    "/admin",
    "/panel",
    "/talepler",
    "/rapor",
    "/kapat 43090",
    "/gonder D-7K3F",
    "/start admin",
    "/start operator_43090",
    "opened: 43090",
    "send again",
)


@pytest.mark.parametrize("word", OPERATORS_WORDS)
def test_a_stranger_who_writes_like_an_operator_is_a_customer(word: str, world: World) -> None:
    draft = world.to_the_summary(AYSE)
    world.tap(AYSE, confirming(draft))
    before = world.rows(requests)
    world.message(MALLORY, word)
    assert world.rows(requests) == before
    assert world.said_to(OPERATORS) == []
    said = " ".join(world.said_to(MALLORY))
    assert said
    assert draft.code is None or draft.code not in said
    assert not any(private in said for private in ("Ayşe Yılmaz", "99958", "Fatih Sultan", "D-"))


def test_nobody_can_pass_for_the_operators_group_by_moving_one(world: World) -> None:
    """A group that becomes a supergroup takes its messages along: only its own, and only to where Telegram says."""
    world.message(MALLORY, chat=GROUP, migrate_to_chat_id=-1000000000666)
    with world.connection.begin():
        assert queries.where_is(world.connection, OPERATORS) == OPERATORS
    assert [row for row in world.rows(meta) if row[0].startswith("moved:")] == [("moved:-300", "-1000000000666")]


@pytest.mark.parametrize("chat", [private(MALLORY), CHANNEL, SUPERGROUP], ids=["private", "channel", "supergroup"])
def test_only_a_group_can_move(chat: dict[str, Any], world: World) -> None:
    world.message(MALLORY, chat=chat, migrate_to_chat_id=-1000000000666)
    assert not [row for row in world.rows(meta) if row[0].startswith("moved:")]


HALF = "Ay\ud83dşe \udc00Yılmaz"


def test_half_a_surrogate_pair_is_answered_like_any_other_letter(world: World) -> None:
    """JSON can hold it; neither a database nor UTF-8 can."""
    for upto in range(len(CUSTOMER)):
        world.message(AYSE, CUSTOMER[upto])
        before = len(world.said_to(AYSE))
        world.message(AYSE, HALF, **{"from": person(AYSE, first_name=HALF, last_name=HALF)})
        assert len(world.said_to(AYSE)) > before
    world.message(AYSE, contact={"phone_number": HALF, "first_name": HALF})
    world.tap(AYSE, f"{HALF}:1:{HALF}:{HALF}")
    assert all(said.encode() for said in world.said_to(AYSE))
