"""Help between people and the operators' chat: only who belongs there answers, once, and only whom they mean to."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from telegram.error import BadRequest, NetworkError

from bot.office.answering import answering, hand_over
from bot.storage import help_queries, queries
from bot.storage.database import make_writer
from bot.storage.schema import chats, help_requests, office_answers
from conversations.masking import masked
from tests.operators import ANONYMOUS, AYSE, NOW, OFFICE, TERMS, ZEYNEP, House, Members


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def handed_over(house: House, members: Members, *, clock: float | None = None) -> None:
    """Everything that waits is dealt with, once."""

    async def run() -> None:
        writer = make_writer(house.engine)
        writer.start()
        now = house.now if clock is None else clock
        relay = answering(writer, members, TERMS, clock=lambda: now)  # type: ignore[arg-type]
        running = asyncio.create_task(relay.run())
        async with asyncio.timeout(10):
            while await writer.run(lambda c: help_queries.next_answer(c, now)) is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        relay.stop()
        await running
        await writer.close()

    asyncio.run(run())


def test_an_operators_reply_reaches_the_person_who_asked(house: House) -> None:
    title = house.asks()
    house.office("Kapağın içinde", title)
    members = Members()
    handed_over(house, members)
    assert members.asked == [(OFFICE, ZEYNEP)]
    assert house.said(AYSE)[-1].endswith("\nKapağın içinde")
    assert house.said(OFFICE)[-1].startswith("Yanıtınız iletildi")
    assert house.count(office_answers) == 0


def test_a_reply_delivered_again_is_handed_over_once(house: House) -> None:
    title = house.asks()
    house.office("Kapağın içinde", title)
    house.updates -= 1
    house.now -= 10
    house.office("Kapağın içinde", title)
    handed_over(house, Members())
    assert len([text for text in house.said(AYSE) if "Kapağın" in text]) == 1


def test_an_answer_that_was_handed_over_is_not_handed_over_again(house: House) -> None:
    title = house.asks()
    house.office("Kapağın içinde", title)
    with house.engine.begin() as connection:
        answer = help_queries.next_answer(connection, house.now)
        assert answer is not None
        assert hand_over(connection, answer, True, house.now, TERMS)
        assert not hand_over(connection, answer, True, house.now, TERMS)
    assert len([text for text in house.said(AYSE) if "Kapağın" in text]) == 1


def test_a_network_that_fails_is_tried_again(house: House) -> None:
    title = house.asks()
    house.office("Kapağın içinde", title)
    members = Members(NetworkError("down"))
    handed_over(house, members)
    assert not any("Kapağın" in text for text in house.said(AYSE))
    handed_over(house, members, clock=house.now + 60)
    assert any("Kapağın" in text for text in house.said(AYSE))


@pytest.mark.parametrize("members", [Members(members=()), Members(BadRequest("user not found"))])
def test_who_does_not_belong_to_the_chat_answers_nobody(house: House, members: Members) -> None:
    title = house.asks()
    house.office("Kapağın içinde", title)
    handed_over(house, members)
    assert not any("Kapağın" in text for text in house.said(AYSE))
    assert "üyesi değil" in house.said(OFFICE)[-1]


def test_an_anonymous_administrator_is_told_to_write_under_a_name(house: House) -> None:
    title = house.asks()
    group = {"id": OFFICE, "type": "supergroup", "title": "Ofis"}
    house.office("Kapağın içinde", title, user=ANONYMOUS, sender_chat=group)
    assert "adınızla" in house.said(OFFICE)[-1]
    assert house.count(office_answers) == 0


@pytest.mark.parametrize(
    "forged",
    [
        {"writer": {"id": 9, "is_bot": True, "first_name": "Başka"}},
        {"writer": {"id": 4242, "is_bot": False, "first_name": "Kişi"}},
        {"chat": {"id": -100_600, "type": "supergroup", "title": "Başka"}},
    ],
)
def test_only_replies_to_our_own_messages_in_the_operators_chat_are_answers(
    house: House, forged: dict[str, Any]
) -> None:
    title = house.asks()
    house.office("Kapağın içinde", title, **forged)
    assert house.count(office_answers) == 0


def test_a_title_that_somebody_wrote_into_their_text_is_none(house: House) -> None:
    title = house.asks().partition("\n")[0]
    house.office("Kapağın içinde", f"Merhaba\n{title}")
    house.office("Kapağın içinde", f"{title} ve fazlası")
    house.office("Kapağın içinde", None)
    assert house.count(office_answers) == 0


def test_what_is_no_text_or_an_edit_is_not_handed_over_and_that_is_said(house: House) -> None:
    title = house.asks()
    house.office(None, title, voice={"file_id": "x"})
    assert "Yalnızca yazı" in house.said(OFFICE)[-1]
    house.office("Kapakta", title, kind="edited_message", edit_date=NOW + 5)
    assert "Düzenlenen" in house.said(OFFICE)[-1]
    assert house.count(office_answers) == 0


def test_a_group_that_moved_is_still_the_operators(house: House) -> None:
    house.asks()
    new = -100_777
    with house.engine.begin() as connection:
        queries.move_chat(connection, OFFICE, new)
    house.ayse("yardım iste")
    house.ayse("Hâlâ bulamıyorum")
    title = house.said(new)[-1]
    house.office("Kapağın içinde", title, chat={"id": new, "type": "supergroup", "title": "Ofis"})
    members = Members()
    handed_over(house, members)
    assert members.asked == [(new, ZEYNEP)]
    assert any("Kapağın" in text for text in house.said(AYSE))


def test_whoever_blocked_the_bot_is_not_written_to(house: House) -> None:
    title = house.asks()
    with house.engine.begin() as connection:
        queries.change_chat(connection, AYSE, blocked_at=1.0)
    house.office("Kapağın içinde", title)
    handed_over(house, Members())
    assert "engellemiş" in house.said(OFFICE)[-1]


def test_a_days_messages_to_the_office_are_bounded(house: House) -> None:
    for number in range(help_queries.MOST_A_DAY + 2):
        house.ayse("yardım iste")
        house.ayse(f"Mesaj {number}")
    assert len(house.said(OFFICE)) == help_queries.MOST_A_DAY
    assert any("yarın yeniden" in text for text in house.said(AYSE))


def test_help_is_forgotten_after_a_month(house: House) -> None:
    title = house.asks()
    with house.engine.begin() as connection:
        help_queries.sweep(connection, house.now + help_queries.OPEN_FOR_S + 1)
    assert house.count(help_requests) == 0
    house.office("Kapağın içinde", title)
    assert "kapandı" in house.said(OFFICE)[-1]


def test_a_command_ends_the_asking(house: House) -> None:
    house.ayse("yardım iste")
    house.ayse("/durum", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    house.ayse("Etiketi bulamıyorum")
    assert house.said(OFFICE) == []
    with house.engine.begin() as connection:
        assert connection.scalar(sa.select(chats.c.help_asked_at)) is None


def test_of_a_telephone_number_the_operators_see_enough_to_recognise_it() -> None:
    assert masked("0530 123 12 12") == "0530 *** ** 12"
    assert masked("+49 1512 3456789") == "+49 15** *****89"


def test_what_waits_is_found_by_an_index(house: House) -> None:
    if house.engine.dialect.name != "sqlite":
        pytest.skip("the plan of a small table is a scan on PostgreSQL")
    with house.engine.begin() as connection:
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT code FROM help_requests WHERE chat_id = 1").all()
    assert "ix_help_requests_chat_id" in str(plan)
