"""The notice is on record, and nothing of anybody is kept longer than the settings say."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.intake import take
from bot.licrus import Created
from bot.outbox import _mark_sent
from bot.privacy import pages
from bot.privacy.masking import NOBODY
from bot.privacy.retention import AT_ONCE, Keeping, keep_no_longer
from bot.settlement import settle
from bot.storage import notice_queries, outbox_queries, queries, request_queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.link_queries import add_invite, redeem_invite
from bot.storage.schema import (
    chats,
    dealers,
    drafts,
    links,
    notices,
    outbox,
    products,
    profiles,
    request_serials,
    requests,
)
from bot.telegram.inbound import Inbound
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.events import Command, Event, Text
from conversations.letters import name_key
from conversations.replies import Submit
from tests.databases import database_url

NOW = 1_800_000_000.0
DAY_S = 86_400.0
TERMS = Terms(ACTIVATION, notice_url="https://ornek.com/kvkk", notice_version="2026-12")
KEEPING = Keeping(requests_s=730 * DAY_S, people_s=730 * DAY_S, proofs_s=3650 * DAY_S)
BODY: dict[str, str | int] = {
    "CustomerFullName": "Ayşe Yılmaz",
    "CustomerMobilePhone": "5301231212",
    "CustomerAddress": "Balkan Cad. No: 14",
    "CustomerCity": "Istanbul",
    "CustomerDistrict": "Umraniye",
    "DealerCompanyName": "Mutlu Özcan Isı",
    "DealerMobilePhone": "5325466757",
    "ProductNameList": "ECODENSE WT 65",
    "ProductGroupName": "ECODENSE DUVAR- YER TİPİ KAZAN",
    "ProductSerialNumberList": "99958,99959",
    "DeviceCount": 2,
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.connect() as opened:
        yield opened


def says(connection: sa.Connection, event: Event, *, number: int, terms: Terms = TERMS, now: float = NOW) -> None:
    with connection.begin():
        take(connection, Inbound(number, "f", 1, "private", 1, first_name="Ayşe", event=event), now, terms)


def rows(connection: sa.Connection, table: sa.Table) -> list[Any]:
    with connection.begin():
        return list(connection.execute(sa.select(table)).all())


def request(
    connection: sa.Connection, number: int, *, state: str = "created", settled_at: float = NOW, body: Any = BODY
) -> int:
    """A request of person 1's, as it was settled then."""
    with connection.begin():
        submit = Submit(f"draft-{number}", 3, f"D-{number:04}", body)
        request_queries.enqueue(connection, submit, 1, 1, settled_at)
        number = connection.scalar(sa.select(requests.c.id).where(requests.c.code == submit.code)) or 0
        request_queries.change(
            connection,
            number,
            settled_at,
            state=state,
            call_number="43090" if state == "created" else "",
            reason="Ayşe",
        )
        return number


def test_that_the_notice_was_shown_is_on_record_with_its_version_and_its_time(connection: sa.Connection) -> None:
    says(connection, Command("yardim"), number=1)
    says(connection, Command("start"), number=2, now=NOW + 5)
    assert [tuple(row) for row in rows(connection, notices)] == [(1, "2026-12", NOW, None)]
    assert sum("notice" in row.message for row in rows(connection, outbox)) == 1


def test_a_new_version_is_shown_to_everybody_again(connection: sa.Connection) -> None:
    says(connection, Command("start"), number=1)
    newer = replace(TERMS, notice_version="2027-01")
    for number in (2, 3):
        says(connection, Text("Müşteriyim", number), number=number, terms=newer, now=NOW + number)
    assert [(row.version, row.said_at) for row in rows(connection, notices)] == [
        ("2026-12", NOW),
        ("2027-01", NOW + 2),
    ]


def test_when_it_arrived_is_on_record_once_telegram_has_it(connection: sa.Connection) -> None:
    says(connection, Command("start"), number=1)
    with connection.begin():
        row = outbox_queries.first_waiting(connection, 1)
        assert row is not None
        _mark_sent(connection, row, queries.read_message(row.message), 7, NOW + 1)
        assert notice_queries.notices_of(connection, 1) == [notice_queries.Notice("2026-12", NOW, NOW + 1)]


def test_an_old_request_keeps_its_numbers_and_what_the_offices_lists_know_and_nothing_of_anybody(
    connection: sa.Connection,
) -> None:
    with connection.begin():
        connection.execute(
            sa.insert(products).values(
                key=name_key("ECODENSE WT 65"), name="ECODENSE WT 65", group_name=BODY["ProductGroupName"], place=1
            )
        )
    old = request(connection, 1, settled_at=NOW - 731 * DAY_S)
    young = request(connection, 2, settled_at=NOW - 729 * DAY_S)
    with connection.begin():
        assert not keep_no_longer(connection, NOW, KEEPING)
    by_id = {row.id: row for row in rows(connection, requests)}
    assert json.loads(by_id[old].body) == {
        "CustomerCity": "Istanbul",
        "DeviceCount": 2,
        "ProductNameList": "ECODENSE WT 65",
        "ProductGroupName": "ECODENSE DUVAR- YER TİPİ KAZAN",
    }
    masked = by_id[old]
    assert (masked.code, masked.call_number, masked.key) == ("D-0001", "43090", "draft-1:3")
    assert (masked.reason, masked.chat_id, masked.user_id, masked.masked_at) == ("", NOBODY, NOBODY, NOW)
    assert json.loads(by_id[young].body) == BODY
    assert {row.request_id for row in rows(connection, request_serials)} == {young}


def test_the_dealer_of_the_offices_list_stays_in_it(connection: sa.Connection) -> None:
    company = "Mutlu Özcan Isı"
    with connection.begin():
        empty = {"contact_person": "", "mobile_phone": "", "work_phone": "", "email": ""}
        connection.execute(sa.insert(dealers).values(key=name_key(company), company=company, **empty))
    request(connection, 1, settled_at=NOW - 731 * DAY_S)
    with connection.begin():
        keep_no_longer(connection, NOW, KEEPING)
    (row,) = rows(connection, requests)
    assert json.loads(row.body)["DealerCompanyName"] == company


@pytest.mark.parametrize("state", ["queued", "unknown", "held"])
def test_a_request_that_somebody_has_still_to_settle_stays_whole_however_old(
    connection: sa.Connection, state: str
) -> None:
    request(connection, 1, state=state, settled_at=NOW - 3000 * DAY_S)
    with connection.begin():
        keep_no_longer(connection, NOW, KEEPING)
    (row,) = rows(connection, requests)
    assert (json.loads(row.body), row.user_id) == (BODY, 1)


def test_of_a_masked_request_nobody_is_told_whatever_is_heard_of_it_later(connection: sa.Connection) -> None:
    number = request(connection, 1, state="refused", settled_at=NOW - 731 * DAY_S)
    with connection.begin():
        keep_no_longer(connection, NOW, KEEPING)
        masked = request_queries.find(connection, number)
        assert masked is not None
        settle(connection, masked, Created("43090"), NOW, TERMS)
    assert [row.call_number for row in rows(connection, requests)] == ["43090"]
    assert rows(connection, outbox) == []


def test_many_old_requests_are_masked_in_several_transactions(connection: sa.Connection) -> None:
    for number in range(AT_ONCE + 1):
        request(connection, number, settled_at=NOW - 731 * DAY_S)
    for more in (True, False):
        with connection.begin():
            assert keep_no_longer(connection, NOW, KEEPING) is more
    assert all(row.user_id == NOBODY for row in rows(connection, requests))


def test_whoever_has_nothing_left_and_does_not_write_is_forgotten(connection: sa.Connection) -> None:
    says(connection, Command("durum"), number=1, terms=replace(TERMS, updates_per_minute=30))
    with connection.begin():
        connection.execute(sa.insert(profiles).values(user_id=1, data="{}", changed_at=NOW))
        code = add_invite(connection, "ada", NOW, NOW + DAY_S)
        assert redeem_invite(connection, code, 1, NOW)
        connection.execute(sa.update(outbox).values(state="sent"))
    for days, left in ((729, 1), (731, 0)):
        with connection.begin():
            keep_no_longer(connection, NOW + days * DAY_S, KEEPING)
        assert len(rows(connection, chats)) == len(rows(connection, profiles)) == left
        assert [row.used_by for row in rows(connection, links)] == [left or NOBODY]
    assert len(rows(connection, notices)) == 1
    with connection.begin():
        keep_no_longer(connection, NOW + 3651 * DAY_S, KEEPING)
    assert rows(connection, notices) == []


def test_whoever_has_a_draft_or_a_request_is_not_forgotten(connection: sa.Connection) -> None:
    says(connection, Command("start"), number=1)
    with connection.begin():
        connection.execute(sa.update(outbox).values(state="sent"))
        keep_no_longer(connection, NOW + 1000 * DAY_S, KEEPING)
    assert len(rows(connection, chats)) == len(rows(connection, drafts)) == 1


@pytest.mark.only_on_sqlite(reason="PostgreSQL vacuums its own pages")
def test_of_what_was_erased_nothing_stays_on_any_page_once_the_file_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "devreye.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.begin() as connection:
        for step in range(3000):
            mark = f"GONE-{step % 300}" if step % 3 == 0 else f"KEPT-{step % 300}"
            note = insert_of(step, f"{mark} " * (step * 7 % 90))
            connection.execute(note)
            connection.execute(sa.delete(outbox).where(outbox.c.id == step * 31 % 2999))
    with engine.begin() as connection:
        connection.execute(sa.delete(outbox).where(outbox.c.message.contains("GONE")))
        assert pages.is_due(connection, NOW) is False
        pages.want(connection)

    async def tidied() -> None:
        writer = make_writer(engine)
        writer.start()
        await pages.tidy(writer, path, NOW)
        assert await writer.run(lambda c: pages.is_due(c, NOW)) is False
        await writer.close()

    asyncio.run(tidied())
    content = b"".join(file.read_bytes() for file in tmp_path.glob("devreye.db*"))
    assert b"KEPT-" in content
    assert b"GONE-" not in content
    copy = sqlite3.connect(tmp_path / "copy.db")
    with sqlite3.connect(path) as source:
        source.backup(copy)
    copy.close()
    assert b"GONE-" not in (tmp_path / "copy.db").read_bytes()


def insert_of(step: int, message: str) -> sa.Insert:
    return sa.insert(outbox).values(chat_id=step % 50, language="tr", message=message, due_at=NOW, created_at=NOW)
