"""Several drafts of one person in the database: one at hand, the others put aside, whatever is tapped."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.intake import take
from bot.licrus import Created, RefusedByLicrus
from bot.settlement import settle
from bot.storage import queries, request_queries
from bot.storage.database import make_engine, migrate
from bot.storage.schema import drafts, outbox, requests
from bot.telegram.inbound import Inbound, read_tap
from bot.telegram.outbound import render
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.draft import Draft
from conversations.events import Command, Event, Tap, Text
from locales import choice_of
from tests.databases import database_url
from tests.talking import CUSTOMER

NOW = 1_800_000_000.0
TERMS = Terms(ACTIVATION)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.connect() as connection:
        yield connection


class Chat:
    """One person's chat with the real engine. `taps` holds the newest tap for each button text ever shown."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection, self.number, self.read, self.now = connection, 0, 0, NOW
        self.taps: dict[str, Tap] = {}
        self.heard: list[str] = []

    def do(self, event: Event) -> str:
        self.number += 1
        inbound = Inbound(self.number, "f", 7, "private", 7, "Ayşe", "Yılmaz", event=event)
        with self.connection.begin():
            take(self.connection, inbound, self.now, TERMS)
        return self.listen()

    def listen(self) -> str:
        """What the bot said since, in Turkish."""
        with self.connection.begin():
            rows = self.connection.execute(sa.select(outbox).where(outbox.c.id > self.read).order_by(outbox.c.id)).all()
        said = []
        for row in rows:
            self.read = row.id
            for part in render(queries.read_message(row.message), "tr"):
                said.append(part.text)
                markup: dict[str, Any] = part.markup or {}
                for button in (button for line in markup.get("inline_keyboard", ()) for button in line):
                    if "callback_data" in button:
                        self.taps[button["text"]] = read_tap(button["callback_data"], 900)
        self.heard = said
        return "\n".join(said)

    def say(self, *texts: str) -> str:
        heard = ""
        for text in texts:
            number = self.number + 1
            heard = self.do(Command(text[1:]) if text[0] == "/" else Text(text, number, choice_of(text)))
        return heard

    def press(self, label: str) -> str:
        return self.do(self.taps[label])

    def rows(self) -> dict[str, tuple[str, int]]:
        with self.connection.begin():
            found = self.connection.execute(sa.select(drafts))
            return {row.id: (row.status, row.parked) for row in found}

    @property
    def at(self) -> Draft | None:
        with self.connection.begin():
            return queries.active_draft(self.connection, 7, 7)

    def settle(self, outcome: Any) -> str:
        with self.connection.begin():
            (taken,) = request_queries.take_due(self.connection, self.now, 60, 1)
            settle(self.connection, taken, outcome, self.now, TERMS)
        return self.listen()


def test_of_two_drafts_the_tap_on_a_list_takes_one_up_and_puts_the_other_aside(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER[:7], "beklet", "Müşteriyim", "Başka Bayi", "/taslaklar")
    first = chat.taps["2. Ayşe Yılmaz"].draft_id
    second = chat.at
    assert second is not None
    chat.press("2. Ayşe Yılmaz")
    assert chat.rows() == {first: ("open", 0), second.id: ("open", 1)}
    assert "ilçe" in chat.heard[0]
    assert chat.at is not None
    assert chat.at.id == first


def test_a_parked_summary_confirms_nothing_and_what_is_typed_next_is_the_others_answer(
    connection: sa.Connection,
) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER)
    confirm = chat.taps["Onayla ve gönder"]
    chat.say("beklet", "Müşteriyim")
    assert "beklettiğiniz bir talebe ait" in chat.do(confirm)
    chat.say("Başka Bayi")
    assert chat.at is not None
    assert chat.at.answers["DealerCompanyName"].value == "Başka Bayi"
    with connection.begin():
        assert connection.execute(sa.select(requests)).all() == []


def test_when_the_one_at_hand_is_sent_no_parked_one_reads_what_is_typed_then(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER[:7], "beklet", *CUSTOMER[1:], "onayla")
    assert "Bekleyen 1 talebiniz var: /taslaklar" in chat.settle(Created("43090"))
    heard = chat.say("teşekkürler")
    assert "Bekleyen 1 talebiniz var: /taslaklar" in heard
    assert sorted(chat.rows().values()) == [("open", 1), ("submitted", 0)]


def test_one_that_licrus_refuses_while_another_is_open_waits_for_its_button(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER, "onayla", "/yeni", "Müşteriyim", "Başka Bayi")
    second = chat.at
    assert second is not None
    assert "kabul etmedi" in chat.settle(RefusedByLicrus("Seri numarası bulunamadı"))
    assert sorted(chat.rows().values()) == [("open", 0), ("open", 1)]
    assert chat.at is not None
    assert chat.at.id == second.id
    chat.press("Düzelt")
    assert chat.rows()[second.id] == ("open", 1)
    chat.say("seri no: 99971", "onayla")
    with connection.begin():
        assert len(connection.execute(sa.select(requests)).all()) == 2


def test_a_new_request_under_an_old_result_asks_what_becomes_of_the_open_one(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER, "onayla")
    chat.settle(Created("43090"))
    new = chat.taps["Yeni talep"]
    chat.do(new)
    chat.say("Müşteriyim", "Başka Bayi")
    assert "Açık bir talebiniz var." in chat.do(new)


def test_a_draft_that_holds_nothing_is_given_up_instead_of_parked(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER[:7], "beklet", "/taslaklar")
    chat.press("2. Ayşe Yılmaz")
    assert sorted(chat.rows().values()) == [("cancelled", 0), ("open", 0)]


def test_the_same_customer_is_taken_from_the_list_of_calls(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER, "onayla")
    chat.settle(Created("43090"))
    heard = chat.say("/cagrilarim")
    assert "1. Ayşe Yılmaz, 15.01.2027. Çağrı numarası: 43090" in heard
    assert "Hangi ürün?" in chat.press("1. Aynı müşteri, başka cihaz: Ayşe Yılmaz")
    heard = chat.say("ECODENSE WT 65", "ECODENSE DUVAR- YER TİPİ KAZAN", "99958")
    assert "daha önce gönderildi: 99958 (çağrı numarası: 43090, tarih: 15.01.2027)" in heard
    chat.say("Ekle", "onayla")
    with connection.begin():
        assert len(connection.execute(sa.select(requests)).all()) == 2


def test_parked_drafts_are_aged_in_days_and_erased_when_nobody_touches_them(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER[:7], "beklet", "Müşteriyim", "Başka Bayi")
    chat.now = NOW + 2 * queries.DAY_S
    assert "2. Ayşe Yılmaz. Sıradaki soru: Cihaz hangi il ve ilçede? (2 gün önce)" in chat.say("/taslaklar")
    with connection.begin():
        queries.erase_untouched(connection, NOW + queries.DAY_S)
    assert list(chat.rows().values()) == [("open", 0)]


def test_a_draft_of_an_earlier_release_is_not_parked(connection: sa.Connection) -> None:
    chat = Chat(connection)
    chat.say(*CUSTOMER[:5])
    with connection.begin():
        stored = connection.scalar(sa.select(drafts.c.data)) or ""
        connection.execute(sa.update(drafts).values(data=stored.replace('"parked":false,', "")))
    assert chat.at is not None
    assert not chat.at.parked
