"""What operators ask in their own chat is answered to whoever belongs there, once, and is on record."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from telegram.error import NetworkError

from bot.office import questions
from bot.office.importing import is_member
from bot.office.lists import IN_CALLBACK, sought
from bot.office.questions import answer
from bot.outbox import Outbox
from bot.rates import Rates
from bot.storage import outbox_queries, queries, question_queries, request_queries
from bot.storage.audit_queries import noted
from bot.storage.database import make_writer
from bot.storage.directory_queries import Source, import_dealers
from bot.storage.link_queries import find_link
from bot.storage.schema import audit, office_questions, outbox
from bot.telegram.outbound import render
from conversations.directory import Dealer
from conversations.letters import name_key
from conversations.replies import Submit
from tests.end_to_end.test_submission import BODY
from tests.operators import ANONYMOUS, AYSE, OFFICE, TERMS, ZEYNEP, House, Members

COMMAND = {"type": "bot_command", "offset": 0}
PHONE, SERIAL = "5301231212", "99958"


class Desk(House):
    """The operators' chat: `asks` types there, `taps` a button of the newest message, `answers` is the worker."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.requests = 0

    def asks(self, text: str = "/kuyruk", **fields: Any) -> str:
        length = len(text.partition(" ")[0])
        self.office(text, entities=[{**COMMAND, "length": length}], **fields)
        return ""

    def taps(self, data: str, *, by: int = ZEYNEP, message_id: int = 77) -> None:
        chat = {"id": OFFICE, "type": "supergroup", "title": "Ofis"}
        user = {"id": by, "is_bot": False, "first_name": "Zeynep"}
        message = {"message_id": message_id, "chat": chat, "date": int(self.now)}
        self.updates += 1
        self.raw({"callback_query": {"id": str(self.updates), "from": user, "message": message, "data": data}})

    def request(self, state: str = "created", **body: Any) -> str:
        """One more request in this state; its code."""
        self.requests += 1
        code = f"D-{self.requests:04}"
        with self.engine.begin() as connection:
            filled = {**BODY, **body}
            submit = Submit(f"draft-{self.requests}", 0, code, filled)
            assert request_queries.enqueue(connection, submit, AYSE, AYSE, self.now)
            (made,) = [r for r in request_queries.unsettled(connection) if r.code == code]
            call = f"4309{self.requests}" if state == "created" else ""
            lease = {"lease_until": self.now + 60} if state == "sending" else {}
            request_queries.change(connection, made.id, self.now, state=state, call_number=call, **lease)
        return code

    def answers(self, members: Members | None = None) -> list[str]:
        """Everything that waits is dealt with; what the operators were told since."""
        before = len(self.said(OFFICE))
        members = members or Members()

        async def run() -> None:
            writer = make_writer(self.engine)
            writer.start()
            worker = questions.questions(writer, members, TERMS, clock=lambda: self.now)  # type: ignore[arg-type]
            running = asyncio.create_task(worker.run())
            async with asyncio.timeout(10):
                while await writer.run(lambda c: question_queries.next_question(c, self.now)) is not None:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            worker.stop()
            await running
            await writer.close()

        asyncio.run(run())
        return self.said(OFFICE)[before:]

    def buttons(self) -> dict[str, str]:
        """The buttons of the newest message there, by their labels."""
        with self.engine.begin() as connection:
            newest = sa.select(outbox.c.message).where(outbox.c.chat_id == OFFICE).order_by(outbox.c.id.desc()).limit(1)
            markup = render(queries.read_message(str(connection.scalar(newest))), "tr")[-1].markup
        assert markup is not None
        return {
            button["text"]: button.get("callback_data") or button["copy_text"]["text"]
            for row in markup["inline_keyboard"]
            for button in row
        }

    def record(self) -> list[tuple[str, str, str]]:
        with self.engine.begin() as connection:
            return [(row.who, row.what, row.subject) for row in noted(connection, 0, self.now + 1, 100)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_request_is_found_by_code_phone_serial_and_call_number_and_who_saw_it_is_on_record(desk: Desk) -> None:
    code, other = desk.request(), desk.request("held", CustomerMobilePhone="5329998877", ProductSerialNumberList="7")
    for typed in (code, code.lower().replace("-", " "), "+90 530 123 12 12", "s/n 99958", "43091"):
        desk.asks(f"/bul {typed}")
        (said,) = desk.answers()
        assert said.startswith(f"<b>Talep {code}</b>: çağrı açıldı"), typed
        assert other not in said
    desk.asks("/bul@devreye_bot 5329998877")
    (said,) = desk.answers()
    assert said.startswith(f"<b>Talep {other}</b>: bekletiliyor")
    assert desk.count(office_questions) == 0
    whose = f"telegram:{ZEYNEP} Zeynep"
    assert desk.record()[0] == (whose, "find", f"code {code}")
    assert desk.record()[-1] == (whose, "find", f"phone {other}")
    with desk.engine.begin() as connection:
        kept = json.dumps([list(row) for row in connection.execute(sa.select(audit))])
    assert PHONE not in kept
    assert SERIAL not in kept


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "'", '"', "D-%", "0530 999 99 99", "x" * 4000, "\u202ereversed", "<b>&", "D-7K3F\nD-8K3F"]
)
def test_what_fits_nothing_finds_nothing_whatever_it_is(desk: Desk, typed: str) -> None:
    desk.request()
    desk.asks(f"/bul {typed}")
    (said,) = desk.answers()
    assert said.startswith("Bulunan talep yok: ")
    assert len(said) < 300
    assert "<b>" not in said


def test_a_command_without_what_it_needs_is_answered_at_once(desk: Desk) -> None:
    desk.asks("/bul")
    desk.asks("/davet   ")
    assert [text.partition(" ")[0] for text in desk.said(OFFICE)] == ["Takip", "Bayinin"]
    assert desk.count(office_questions) == 0


def test_who_does_not_belong_to_the_chat_learns_nothing_and_is_not_on_record(desk: Desk) -> None:
    desk.request("held")
    for command in ("/kuyruk", f"/bul {PHONE}", "/istatistik"):
        desk.asks(command, by=666)
        assert desk.answers() == ["Yanıt verilmedi: yazan kişi bu grubun üyesi değil."]
    desk.taps(":0:desk-find:0:D-0001", by=666)
    assert desk.answers() == ["Yanıt verilmedi: yazan kişi bu grubun üyesi değil."]
    assert desk.record() == []


def test_an_anonymous_administrator_is_told_why_there_is_no_answer(desk: Desk) -> None:
    chat = {"id": OFFICE, "type": "supergroup", "title": "Ofis"}
    desk.asks("/kuyruk", user=ANONYMOUS, chat=chat, sender_chat=chat)
    assert [text.partition(":")[0] for text in desk.said(OFFICE)] == ["Yanıt verilmedi"]
    assert desk.count(office_questions) == 0


def test_commands_of_operators_do_nothing_anywhere_else(desk: Desk) -> None:
    desk.request("held")
    desk.asks("/kuyruk", chat={"id": -100_600, "type": "supergroup", "title": "Başka"})
    desk.ayse(f"/bul {PHONE}", entities=[{**COMMAND, "length": 4}])
    assert desk.count(office_questions) == 0
    assert "Bu komutu bilmiyorum" in desk.said(AYSE)[-1]


def test_an_office_of_one_asks_in_its_private_chat(desk: Desk) -> None:
    alone = replace(TERMS, operators_chat_id=ZEYNEP)
    with desk.engine.begin() as connection:
        question_queries.add(connection, "queue", "", (ZEYNEP, "Zeynep"), desk.now)
    members = Members(members=())
    assert asyncio.run(is_member(members, ZEYNEP, ZEYNEP))  # type: ignore[arg-type]
    assert members.asked == []
    with desk.engine.begin() as connection:
        question = question_queries.next_question(connection, desk.now)
        assert question is not None
        assert answer(connection, question, True, desk.now, alone)
    assert desk.said(ZEYNEP) == ["Bekleyen talep yok."]


def test_what_nobody_could_answer_is_forgotten_after_a_day(desk: Desk) -> None:
    desk.asks(f"/bul {PHONE}")
    for later, left in ((question_queries.DAY_S - 1, 1), (question_queries.DAY_S + 1, 0)):
        with desk.engine.begin() as connection:
            question_queries.sweep(connection, desk.now + later)
        assert desk.count(office_questions) == left


def test_a_question_waits_while_telegram_can_not_be_reached(desk: Desk) -> None:
    desk.asks("/kuyruk")
    assert desk.answers(Members(NetworkError("down"))) == []
    assert desk.count(office_questions) == 1
    desk.now += 3
    assert desk.answers() == ["Bekleyen talep yok."]


def test_a_question_is_answered_once_whoever_takes_it(desk: Desk) -> None:
    desk.asks("/kuyruk")
    with desk.engine.begin() as connection:
        question = question_queries.next_question(connection, desk.now)
        assert question is not None
        assert [answer(connection, question, True, desk.now, TERMS) for _ in range(2)] == [True, False]
    assert len(desk.said(OFFICE)) == 1


def test_killed_before_the_answer_is_committed_it_is_asked_still(desk: Desk) -> None:
    desk.asks("/kuyruk")
    with desk.engine.connect() as connection, connection.begin() as transaction:
        question = question_queries.next_question(connection, desk.now)
        assert question is not None
        answer(connection, question, True, desk.now, TERMS)
        transaction.rollback()
    assert (desk.said(OFFICE), desk.record(), desk.count(office_questions)) == ([], [], 1)
    assert len(desk.answers()) == 1


def test_a_question_that_can_not_be_answered_is_in_nobodys_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> Any:
        raise ValueError("planted")

    monkeypatch.setattr(questions, "_ANSWERS", {**questions._ANSWERS, "queue": fails})
    desk.asks("/kuyruk")
    desk.asks("/istatistik")
    said = desk.answers()
    assert said[0].startswith("Bu soru yanıtlanamadı")
    assert said[1].startswith("<b>Onaylanan talepler</b>")


def test_no_more_questions_wait_than_can_be_answered_soon(desk: Desk) -> None:
    for _ in range(question_queries.MOST_WAITING + 2):
        desk.asks("/kuyruk")
    assert desk.count(office_questions) == question_queries.MOST_WAITING
    assert len(desk.said(OFFICE)) == 2
    assert desk.said(OFFICE)[0].startswith("Yanıt bekleyen çok soru var")


def test_the_queue_shows_those_for_a_person_first_and_turns_its_pages(desk: Desk) -> None:
    queued = [desk.request("queued") for _ in range(7)]
    desk.request("created")
    held, unknown = desk.request("held"), [desk.request("unknown") for _ in range(2)]
    desk.now += 3 * 3600
    desk.asks("/kuyruk")
    (first,) = desk.answers()
    assert first.splitlines()[:2] == [
        "<b>Bekleyen talepler: 10</b>",
        "Sonucu belirsiz: 2. Bekletilen: 1. Sırada: 7.",
    ]
    order = [line.partition(":")[0] for line in first.splitlines()[2:]]
    assert order == [*unknown, held, *queued[:5]]
    assert "sonucu belirsiz (3 saattir)" in first
    desk.taps(desk.buttons()["Sonrakiler"])
    (second,) = desk.answers()
    assert [line.partition(":")[0] for line in second.splitlines()[2:]] == queued[5:]
    assert set(desk.buttons()) == {*queued[5:], "Öncekiler"}
    with desk.engine.begin() as connection:
        messages = [
            queries.read_message(m) for m in connection.scalars(sa.select(outbox.c.message).order_by(outbox.c.id))
        ]
    assert [message.edits for message in messages] == [None, 77]
    assert [what for _, what, _ in desk.record()] == ["queue", "queue"]


@pytest.mark.parametrize(
    "data", [":0:desk-queue:999999999999:", ":0:desk-queue:-1:", ":0:desk-queue:", ":0:desk-queue:1"]
)
def test_a_page_that_is_not_there_is_the_nearest(desk: Desk, data: str) -> None:
    code = desk.request("held")
    desk.taps(data)
    (said,) = desk.answers()
    assert code in said


def test_several_requests_are_listed_and_each_opens_by_its_button(desk: Desk) -> None:
    codes = [desk.request() for _ in range(9)]
    desk.asks(f"/bul {SERIAL}")
    (listed,) = desk.answers()
    assert listed.startswith("<b>Bulunan talep: 9</b> (99958)")
    assert [line.partition(":")[0] for line in listed.splitlines()[1:]] == codes[:0:-1]
    desk.taps(desk.buttons()[codes[5]])
    (shown,) = desk.answers()
    assert shown.startswith(f"<b>Talep {codes[5]}</b>")
    desk.taps(f":0:desk-find:1:{SERIAL}")
    (rest,) = desk.answers()
    assert [line.partition(":")[0] for line in rest.splitlines()[1:]] == codes[:1]


def test_what_a_button_can_not_carry_has_no_second_page(desk: Desk) -> None:
    serial = "A1" * 20
    for _ in range(9):
        desk.request(ProductSerialNumberList=serial)
    for typed, pages in ((serial, True), (f"{serial}, 77777", False)):
        assert (len(typed) <= IN_CALLBACK) is pages
        desk.asks(f"/bul {typed}")
        assert desk.answers()[0].startswith("<b>Bulunan talep: 9</b>")
        assert ("Sonrakiler" in desk.buttons()) is pages


def test_the_numbers_count_what_was_confirmed(desk: Desk) -> None:
    desk.request("refused")
    desk.now += 2 * 86_400
    desk.request()
    desk.request("unknown")
    desk.now += 60
    desk.asks("/istatistik")
    (said,) = desk.answers()
    lines = said.replace("&#x27;", "'").splitlines()
    assert lines == [
        "<b>Onaylanan talepler</b>",
        "Bugün: 2 (açılan çağrı: 1, Licrus'un kabul etmediği: 0)",
        "Son 7 gün: 3 (açılan çağrı: 1, Licrus'un kabul etmediği: 1)",
        "Son 30 gün: 3 (açılan çağrı: 1, Licrus'un kabul etmediği: 1)",
        "Sonucu belirsiz: 1. Bekletilen: 0. Sırada: 0.",
    ]


def test_an_invitation_goes_to_one_dealer_works_once_and_is_nowhere_in_the_database(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        dealers = [Dealer(name_key(name), name) for name in ("Ada Isı", "Ada Enerji", "Bora <Isı>")]
        import_dealers(connection, dealers, Source("command:test", desk.now, ""))
    desk.asks("/davet ada")
    desk.answers()
    assert set(desk.buttons()) == {"Ada Isı", "Ada Enerji"}
    desk.taps(desk.buttons()["Ada Enerji"])
    (said,) = desk.answers()
    assert said.startswith("Davet bağlantısı hazır. Bayi: Ada Enerji")
    link = desk.buttons()["Bağlantıyı kopyala"]
    code = link.partition("?start=")[2]
    assert link not in said
    with desk.engine.begin() as connection:
        found = find_link(connection, code, desk.now)
    assert found is not None
    assert (found.purpose, found.dealer.company) == ("invite", "Ada Enerji")
    assert desk.record()[-1] == (f"telegram:{ZEYNEP} Zeynep", "invite", "Ada Enerji")
    sent(desk)
    with desk.engine.begin() as connection:
        # Not by str(): a row shortens long values when it is shown.
        tables = outbox.metadata.sorted_tables
        everything = str([tuple(row) for table in tables for row in connection.execute(sa.select(table))])
    assert code not in everything


def test_a_dealer_that_is_mistyped_is_offered_and_one_nobody_knows_is_told(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        import_dealers(
            connection, [Dealer(name_key("Işık Mühendislik"), "Işık Mühendislik")], Source("x", desk.now, "")
        )
    desk.asks("/davet isik muhendsilik")
    desk.answers()
    assert set(desk.buttons()) == {"Işık Mühendislik"}
    desk.asks("/davet zzzz")
    assert desk.answers() == ["Rehberde buna benzeyen bir bayi yok: zzzz"]
    desk.taps(":0:desk-invite:0123456789")
    assert desk.answers()[0].startswith("Rehberde buna benzeyen bir bayi yok")
    assert desk.count(audit) == 1  # the import


def test_what_was_answered_about_people_is_not_kept(desk: Desk) -> None:
    desk.request()
    desk.asks(f"/bul {SERIAL}")
    assert PHONE[:3] in desk.answers()[0]
    sent(desk)
    assert desk.count(outbox) == 0


def sent(desk: Desk) -> list[Mapping[str, Any]]:
    """The outbox is emptied; what Telegram was given."""
    given: list[Mapping[str, Any]] = []

    class Telegram:
        async def carry_out(self, method: Mapping[str, Any]) -> Any:
            given.append(method)
            return {"message_id": len(given)}

    async def run() -> None:
        writer = make_writer(desk.engine)
        writer.start()
        rates = Rates(per_chat_per_s=1000.0, chat_burst=1000, per_s=1000.0)
        outgoing = Outbox(writer, Telegram(), rates, lambda: desk.now)  # type: ignore[arg-type]
        running = asyncio.create_task(outgoing.run())
        async with asyncio.timeout(10):
            while await writer.run(outbox_queries.waiting_chats):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        outgoing.stop()
        await running
        await writer.close()

    asyncio.run(run())
    return given


@pytest.mark.parametrize(
    ("typed", "codes", "phones", "serials"),
    [
        ("D-7K3F", ("D-7K3F",), (), ("D-7K3F",)),
        ("d 7k3f", ("D-7K3F",), (), None),
        ("0530 123 12 12", (), ("5301231212",), None),
        ("0216 555 12 34", (), ("2165551234",), None),
        ("99958, 99959", (), (), ("99958", "99959")),
    ],
)
def test_what_operators_type_is_read_as_all_that_it_may_be(
    typed: str, codes: tuple[str, ...], phones: tuple[str, ...], serials: tuple[str, ...] | None
) -> None:
    found = sought(typed)
    assert (found.codes, found.phones) == (codes, phones)
    assert serials is None or set(serials) <= set(found.serials)
