"""The office's decisions: by whom, once, recorded, told to the person; and what of them a death in between leaves."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from telegram.error import NetworkError, TelegramError

from bot.intake import take
from bot.journal import SendJournal
from bot.licrus import CallRequest, Created, Held, Outcome, RefusedByLicrus, Unknown
from bot.office.cards import drawn, empty_masked
from bot.office.deciding import LOOKED_WITHIN_S, carry_out, wishes
from bot.office.lists import details
from bot.office.settling import decide
from bot.privacy.masking import mask_requests
from bot.settlement import RESEND_AFTER_S, settle
from bot.storage import audit_queries, decision_queries, queries, request_queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.decision_queries import By, Decision, What
from bot.storage.schema import audit, chats, decisions, outbox, requests, wished_decisions
from bot.submission import Submission
from bot.telegram.inbound import parse
from bot.telegram.outbound import Part, render
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.draft import Draft
from conversations.replies import Message, Submit
from conversations.words import Words
from tests.databases import database_url
from tests.end_to_end.test_submission import BODY
from tests.operators import Members
from tests.statements import watch

NOW = 1_800_000_000.0
BOT = {"id": 4242, "is_bot": True, "first_name": "Devreye"}
OFFICE = -100_500
TERMS = Terms(ACTIVATION, operators_chat_id=OFFICE, bot_id=4242)
AYSE, ZEYNEP, ALI = 7, 8, 9
CODE = "D-AAAA"


class Office:
    """The operators' chat over a database with one confirmed request, and a Licrus that answers as told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOW
        self.updates = 0
        self.sent: list[CallRequest] = []
        self.answers: list[Outcome | BaseException] = []
        self.journal = SendJournal(folder / "devreye.journal")
        self.engine = make_engine(database_url(folder))
        migrate(self.engine)
        draft = Draft(id="draft", form="activation", status="submitted", revision=4, code=CODE)
        with self.engine.begin() as connection:
            queries.load_chat(connection, AYSE, AYSE)
            queries.save_draft(connection, draft, AYSE, AYSE, self.now)
            request_queries.enqueue(connection, Submit("draft", 3, CODE, BODY), AYSE, AYSE, self.now)

    def becomes(self, outcome: Outcome) -> None:
        """An attempt ends so."""
        self.answers.append(outcome)
        self.submits(lambda: self.row.state not in ("queued", "sending"))

    def submits(self, until: Callable[[], bool]) -> None:
        async def send(request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
            self.sent.append(request)
            assert still_allowed()
            answer = self.answers.pop(0)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        async def run() -> None:
            writer = make_writer(self.engine)
            writer.start()
            worker = Submission(
                writer, self.journal.open(), TERMS, send, exchange_s=75.0, folder=self.folder, clock=lambda _: self.now
            )
            running = asyncio.create_task(worker.run())
            try:
                async with asyncio.timeout(10):
                    while not until():
                        worker.wake()
                        await asyncio.sleep(0.01)
            finally:
                worker.stop()
                await running
                await writer.close()
                self.journal.close()

        asyncio.run(run())

    def comes(self, update: dict[str, Any], kind: str) -> str | None:
        """An update of the operators' chat; the words over the tapped button."""
        self.updates += 1
        inbound = parse({"update_id": self.updates, kind: update}, self.updates)
        assert inbound is not None
        with self.engine.begin() as connection:
            taken = take(connection, inbound, self.now, TERMS)
        return None if taken is None else taken.toast

    def taps(self, label: str, by: int = ZEYNEP, *, revision: int | None = None, chat: int = OFFICE) -> str | None:
        """A tap on this button of the card as it stands."""
        data = self.button(label)
        if revision is not None:
            parts = data.split(":")
            data = ":".join((parts[0], str(revision), *parts[2:]))
        return self.taps_data(data, by, chat=chat)

    def taps_data(self, data: str, by: int = ZEYNEP, *, chat: int = OFFICE) -> str | None:
        group = {"id": chat, "type": "supergroup", "title": "Ofis"}
        message = {"message_id": 1, "date": int(self.now), "chat": group, "from": BOT, "text": "x"}
        tap = {"id": f"tap{self.updates}", "from": person(by), "message": message, "data": data, "chat_instance": "1"}
        return self.comes(tap, "callback_query")

    def replies(self, text: str | None, to: str, by: int = ZEYNEP, kind: str = "message", **fields: Any) -> None:
        group = {"id": OFFICE, "type": "supergroup", "title": "Ofis"}
        original = {"message_id": 1, "chat": group, "from": BOT, "text": to}
        self.now += 1
        more = {"text": text} if text is not None else {}
        self.comes(
            {
                "message_id": self.updates + 10,
                "date": int(self.now),
                "chat": group,
                "from": person(by),
                "reply_to_message": original,
                **more,
                **fields,
            },
            kind,
        )

    def card(self) -> Part:
        """The card as Telegram would get it now."""
        with self.engine.begin() as connection:
            newest = sa.select(outbox.c.message).where(outbox.c.chat_id == OFFICE).order_by(outbox.c.id.desc())
            stored = [queries.read_message(message) for message in connection.scalars(newest)]
            message = drawn(connection, next(m for m in stored if m.card), TERMS)
            assert message is not None
            return render(message, "tr")[0]

    def button(self, label: str) -> str:
        markup = self.card().markup
        assert markup is not None
        rows = markup["inline_keyboard"]
        return next(str(b["callback_data"]) for row in rows for b in row if b["text"] == label)

    def said(self, chat_id: int) -> list[str]:
        with self.engine.begin() as connection:
            found = connection.scalars(
                sa.select(outbox.c.message).where(outbox.c.chat_id == chat_id).order_by(outbox.c.id)
            ).all()
        messages = [queries.read_message(message) for message in found]
        return [render(message, "tr")[0].text for message in messages if not message.card]

    def confirmed(self, *failures: TelegramError, members: tuple[int, ...] = (ZEYNEP, ALI), later: float = 0.0) -> None:
        """Everything that waits for Telegram's word is dealt with."""
        self.now += later

        async def run() -> None:
            writer = make_writer(self.engine)
            writer.start()
            answering = wishes(
                writer,
                Members(*failures, members=members),  # type: ignore[arg-type]
                TERMS,
                clock=lambda: self.now,
                shared_clock=lambda _: self.now,
            )
            running = asyncio.create_task(answering.run())
            async with asyncio.timeout(10):
                while await writer.run(lambda c: decision_queries.next_wish(c, self.now)) is not None:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            answering.stop()
            await running
            await writer.close()

        asyncio.run(run())

    def decides(self, what: What) -> None:
        """Zeynep has decided, and it is known that she may."""
        decision = Decision(1, what, self.row.attempts)
        with self.engine.begin() as connection:
            assert decide(connection, decision, By("Zeynep", ZEYNEP), self.now, TERMS) is None

    @property
    def row(self) -> Any:
        with self.engine.begin() as connection:
            return connection.execute(sa.select(requests).where(requests.c.id == 1)).one()

    @property
    def decided(self) -> list[tuple[Any, ...]]:
        with self.engine.begin() as connection:
            columns = (decisions.c.what, decisions.c.operator_id, decisions.c.call_number)
            return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(decisions.c.id))]

    def waits(self) -> int:
        with self.engine.begin() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(wished_decisions)) or 0)


def person(user_id: int) -> dict[str, Any]:
    name = {ZEYNEP: "Zeynep", ALI: "Ali"}.get(user_id, "Ayşe")
    return {"id": user_id, "is_bot": False, "first_name": name}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


OPENED, NOT_OPENED, WAIT = "Açıldı: numarayı yazın", "Açılmadı: yeniden gönder", "Beklet"
ASKED = f"Çağrı numarası beklenen talep: {CODE}"


@pytest.mark.parametrize("outcome", [Unknown("timeout"), Held("ticket")])
def test_a_number_that_an_operator_types_settles_the_request_and_is_told(office: Office, outcome: Outcome) -> None:
    office.becomes(outcome)
    office.taps(OPENED)
    assert office.said(OFFICE)[-1].startswith(ASKED)
    office.replies("43090", ASKED)
    assert office.row.state != "created"
    office.confirmed()
    assert (office.row.state, office.row.call_number) == ("created", "43090")
    assert office.decided == [("opened", ZEYNEP, "43090")]
    assert "43090" in office.said(AYSE)[-1]
    assert office.card().text.startswith(f"Sonuçlanan talep: {CODE}")
    assert "Deneme Müşteri" not in office.card().text
    with office.engine.begin() as connection:
        assert connection.execute(sa.select(audit.c.who, audit.c.what, audit.c.subject)).all() == [
            (f"telegram:{ZEYNEP} Zeynep", "settle", f"{CODE} opened 43090")
        ]
        assert audit_queries.noted(connection, 0, NOW * 2, 10, about=CODE)


def test_a_number_may_be_typed_as_a_reply_to_the_card_itself(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    office.replies("No: 43090", office.card().text)
    office.confirmed()
    assert office.row.call_number == "43090"


def test_of_two_operators_who_type_numbers_the_first_settles(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    office.replies("43090", ASKED, ALI)
    office.replies("43091", ASKED, ZEYNEP)
    office.confirmed()
    assert office.row.call_number == "43090"
    assert office.decided == [("opened", ALI, "43090")]
    assert "Karar: Ali" in office.said(OFFICE)[-1]
    assert sum("43090" in text for text in office.said(AYSE)) == 1
    assert not any("43091" in text for text in office.said(AYSE))


def test_of_two_operators_who_want_it_sent_again_one_does_so(office: Office) -> None:
    office.becomes(Held("ticket"))
    data = office.button(NOT_OPENED)
    office.taps_data(data, ALI)
    office.taps_data(data, ALI)
    office.taps_data(data, ZEYNEP)
    assert office.waits() == 2
    office.confirmed()
    assert office.decided == [("not_opened", ALI, "")]
    office.becomes(Created("43090"))
    assert len(office.sent) == 2
    assert "çağrısı açılmış" in str(office.taps_data(data, ZEYNEP))


def test_a_tap_of_an_earlier_attempt_sends_nothing(office: Office) -> None:
    office.becomes(Held("ticket"))
    old = office.button(NOT_OPENED)
    office.taps_data(old)
    office.confirmed()
    office.becomes(Held("ticket"))
    assert "bu arada" in str(office.taps_data(old))
    assert office.waits() == 0


def test_what_is_unknown_is_sent_again_only_five_minutes_after_the_deadline(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    deadline = office.row.resend_from - RESEND_AFTER_S
    assert deadline > NOW + 75.0
    office.now = office.row.resend_from - 1
    assert "en erken" in str(office.taps(NOT_OPENED))
    assert office.waits() == 0
    office.now += 2
    office.taps(NOT_OPENED)
    office.confirmed()
    office.becomes(Created("43090"))
    assert len(office.sent) == 2
    assert office.row.call_number == "43090"
    with office.journal.open():
        assert office.journal.state_of("draft:3", spelled()).call_number == "43090"


def test_a_tap_that_was_confirmed_too_early_by_the_databases_clock_sends_nothing(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    office.now = office.row.resend_from + 1
    office.taps(NOT_OPENED)
    office.now = office.row.resend_from - 1
    with office.engine.begin() as connection:
        wish = decision_queries.next_wish(connection, office.now + 10)
        assert wish is not None
        refused = decide(connection, wish.decision, wish.by, office.now, TERMS)
    assert refused is not None
    assert refused.id == "settle-too-early"
    assert office.row.state == "unknown"


def test_a_look_at_licrus_does_not_count_for_ever(office: Office) -> None:
    office.becomes(Held("ticket"))
    office.taps(NOT_OPENED)
    office.confirmed(NetworkError("down"))
    office.confirmed(later=LOOKED_WITHIN_S + 1)
    assert office.row.state == "held"
    assert "yeniden bakıp" in office.said(OFFICE)[-1]


def test_each_decision_to_send_again_lets_one_attempt_pass_the_journal(office: Office, tmp_path: Path) -> None:
    office.becomes(Unknown("timeout"))
    office.now = office.row.resend_from + 1
    office.taps(NOT_OPENED)
    office.confirmed()
    before = office.row
    office.becomes(Unknown("timeout"))
    # The database goes back to where the decision had just been made: the journal knows what came of it.
    with office.engine.begin() as connection:
        back = {"state": "queued", "attempts": before.attempts, "lease_until": None}
        connection.execute(sa.update(requests).values(**back))
    office.becomes(Created("43091"))
    assert office.row.reason == "journal_open"
    assert len(office.sent) == 2


@pytest.mark.parametrize("before", [Held("ticket"), RefusedByLicrus("Bayi bulunamadı")])
def test_what_the_journal_knows_to_have_been_sent_since_is_looked_for_before_it_is_sent_again(
    office: Office, before: Outcome
) -> None:
    office.becomes(before)
    # It was sent once more, and the database came back from a copy of before: its card asks nobody to look.
    with office.journal.open():
        office.journal.started("draft:3", 2, spelled())
    office.decides("not_opened")
    office.submits(lambda: office.row.state not in ("queued", "sending"))
    assert (office.row.state, office.row.reason, len(office.sent)) == ("unknown", "journal_open", 1)
    office.now = office.row.resend_from + 1
    office.decides("not_opened")
    office.becomes(Created("43090"))
    assert (office.row.state, len(office.sent)) == ("created", 2)


def test_killed_between_the_decision_and_the_first_byte_it_is_looked_at_again(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    office.now = office.row.resend_from + 1
    office.taps(NOT_OPENED)
    office.confirmed()
    with office.engine.begin() as connection:
        (taken,) = request_queries.take_due(connection, office.now, 100.0, 1)
    with office.journal.open():
        office.journal.released(taken.key, spelled(), taken.resend_decision)
    office.now += 101
    office.submits(lambda: office.row.state == "unknown")
    assert len(office.sent) == 1


def test_a_late_success_while_an_operator_settles_is_the_call(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        late = request_queries.find(connection, 1)
        assert late is not None
    office.taps(OPENED)
    office.replies("43091", ASKED)
    with office.engine.begin() as connection:
        assert settle(connection, late, Created("43090"), office.now, TERMS)
    office.confirmed()
    assert office.row.call_number == "43090"
    assert office.decided == []
    assert "çağrısı açılmış" in office.said(OFFICE)[-1]


def test_a_late_success_under_another_number_is_told_to_the_operators(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        late = request_queries.find(connection, 1)
        assert late is not None
    office.replies("43091", ASKED)
    office.confirmed()
    with office.engine.begin() as connection:
        settle(connection, late, Created("43090"), office.now, TERMS)
    assert office.row.call_number == "43091"
    assert "43090" in office.said(OFFICE)[-1]
    assert not any("43090" in text for text in office.said(AYSE))


def test_a_late_success_after_the_decision_to_send_again_sends_nothing(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        late = request_queries.find(connection, 1)
        assert late is not None
    office.now = office.row.resend_from + 1
    office.taps(NOT_OPENED)
    office.confirmed()
    with office.engine.begin() as connection:
        assert settle(connection, late, Created("43090"), office.now, TERMS)
    office.submits(lambda: True)
    assert office.row.call_number == "43090"
    assert len(office.sent) == 1


@pytest.mark.parametrize("how", ["set anew", "moved"])
def test_a_card_of_another_chat_changes_no_message_of_this_one(office: Office, how: str) -> None:
    office.becomes(Unknown("timeout"))
    terms = replace(TERMS, operators_chat_id=-100_600) if how == "set anew" else TERMS
    card = Message((Words("card-changed", {"code": CODE}),), card=CODE)

    def edited(connection: sa.Connection, terms: Terms) -> int | None:
        message = drawn(connection, card, terms)
        assert message is not None
        return message.edits

    with office.engine.begin() as connection:
        assert edited(connection, TERMS) is None
        request_queries.note_card(connection, CODE, 57)
        assert edited(connection, TERMS) == 57
        if how == "moved":
            queries.move_chat(connection, OFFICE, -100_600)
        assert edited(connection, terms) is None
        request_queries.note_card(connection, CODE, 3)
        assert edited(connection, terms) == 3


def test_whoever_only_looks_at_a_request_keeps_it_no_longer(office: Office) -> None:
    office.becomes(RefusedByLicrus("Bayi bulunamadı"))
    settled_at = office.row.updated_at
    office.now += 1000.0
    office.taps_data(f"{CODE}:0:settle-card:")
    assert office.card().text.startswith(f"Licrus'un kabul etmediği talep: {CODE}")
    assert office.row.updated_at == settled_at


def test_a_wrong_number_is_corrected_and_both_stay_on_record(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    office.replies("43019", ASKED)
    office.confirmed()
    office.taps("Numarayı düzelt", ALI)
    question = office.said(OFFICE)[-1].partition("\n")[0]
    office.replies("43090", question, ALI)
    office.confirmed()
    assert office.row.call_number == "43090"
    assert office.decided == [("opened", ZEYNEP, "43019"), ("corrected", ALI, "43090")]
    assert "Önceki yanlış yazılmıştı: 43019" in office.said(AYSE)[-1]
    # A second answer to the same question is about a number that no longer stands.
    office.replies("43077", question, ZEYNEP)
    assert office.row.call_number == "43090"
    assert "bu arada" in office.said(OFFICE)[-1]


def test_a_number_that_licrus_gave_is_not_the_operators_to_correct(office: Office) -> None:
    office.becomes(Created("43090"))
    decision = Decision(1, "corrected", 1, "43091", "43090")
    with office.engine.begin() as connection:
        refused = decide(connection, decision, By("Zeynep", ZEYNEP), office.now, TERMS)
    assert refused is not None
    assert office.row.call_number == "43090"


@pytest.mark.parametrize("text", ["D-7K3F", "d-7k3f"])
def test_a_tracking_code_is_no_call_number(office: Office, text: str) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        request_queries.enqueue(connection, Submit("other", 3, "D-7K3F", BODY), AYSE, AYSE, office.now)
    office.replies(text, ASKED)
    assert office.waits() == 0
    assert "Yalnızca Licrus'taki çağrı numarasını" in office.said(OFFICE)[-1]


@pytest.mark.parametrize("text", ["99958", "0530 123 12 12", "5301231212", "43090 ya da 43091", "bilmiyorum", "12"])
def test_what_is_no_call_number_is_asked_for_again(office: Office, text: str) -> None:
    office.becomes(Unknown("timeout"))
    office.replies(text, ASKED)
    assert office.waits() == 0
    assert office.said(OFFICE)[-1].startswith(ASKED)


def test_the_number_of_another_request_is_not_taken(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        request_queries.enqueue(connection, Submit("other", 1, "D-BBBB", BODY), ALI, ALI, office.now)
        values = {"state": "created", "call_number": "43090"}
        connection.execute(sa.update(requests).where(requests.c.code == "D-BBBB").values(**values))
    office.replies("43090", ASKED)
    assert office.waits() == 0
    assert "D-BBBB" in office.said(OFFICE)[-1]


def test_to_wait_is_recorded_and_settles_nothing(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    office.taps(WAIT)
    office.confirmed()
    assert office.decided == [("wait", ZEYNEP, "")]
    assert office.row.state == "unknown"
    assert "Bekletiliyor. Karar: Zeynep" in office.card().text
    office.replies("43090", ASKED)
    office.confirmed()
    assert office.row.state == "created"


def test_who_does_not_belong_to_the_chat_decides_nothing(office: Office) -> None:
    office.becomes(Held("ticket"))
    office.taps(NOT_OPENED)
    office.replies("43090", ASKED)
    office.confirmed(members=())
    assert office.row.state == "held"
    assert office.decided == []
    assert office.waits() == 0


def test_in_another_chat_the_same_buttons_and_replies_do_nothing(office: Office) -> None:
    office.becomes(Held("ticket"))
    office.taps(NOT_OPENED, chat=-100_600)
    own = {"id": AYSE, "type": "private"}
    office.replies("43090", ASKED, AYSE, chat=own)
    assert office.waits() == 0


def test_an_anonymous_or_edited_or_wordless_reply_decides_nothing_and_that_is_said(office: Office) -> None:
    office.becomes(Held("ticket"))
    group = {"id": OFFICE, "type": "supergroup", "title": "Ofis"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    as_the_group: dict[str, Any] = {"from": anonymous, "sender_chat": group}
    office.replies("43090", ASKED, **as_the_group)
    assert "adınızla" in office.said(OFFICE)[-1]
    office.replies("43090", ASKED, kind="edited_message", edit_date=int(NOW))
    assert "Düzenlenen" in office.said(OFFICE)[-1]
    office.replies(None, ASKED, voice={"file_id": "x"})
    assert "yazı olarak" in office.said(OFFICE)[-1]
    assert office.waits() == 0


def test_a_network_that_fails_is_tried_again(office: Office) -> None:
    office.becomes(Held("ticket"))
    office.taps(NOT_OPENED)
    office.confirmed(NetworkError("down"))
    assert office.row.state == "held"
    office.confirmed(later=60)
    assert office.row.state == "queued"


def test_a_decision_that_fails_each_time_is_given_up_and_ends_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.becomes(Held("ticket"))
    office.taps(NOT_OPENED)
    office.taps(WAIT)

    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("bot.office.settling._send_again", broken)
    office.confirmed()
    assert office.decided == [("wait", ZEYNEP, "")]
    assert office.waits() == 0
    assert any("işlenemedi" in text for text in office.said(OFFICE))


def test_a_refused_request_that_is_sent_again_is_no_longer_its_persons_to_correct(office: Office) -> None:
    office.becomes(RefusedByLicrus("Seri no bulunamadı"))
    decision = Decision(1, "not_opened", office.row.attempts)
    with office.engine.begin() as connection:
        assert decide(connection, decision, By("Zeynep", ZEYNEP), office.now, TERMS) is None
        draft = queries.own_draft(connection, "draft", AYSE, AYSE)
        assert draft is not None
        assert draft.status == "submitted"
    assert "yeniden gönderdi" in office.said(AYSE)[-1]


def test_what_its_person_is_correcting_is_not_sent_as_it_was(office: Office) -> None:
    office.becomes(RefusedByLicrus("Seri no bulunamadı"))
    with office.engine.begin() as connection:
        draft = queries.own_draft(connection, "draft", AYSE, AYSE)
        assert draft is not None
        queries.save_draft(connection, draft.changed(asked="CustomerAddress"), AYSE, AYSE, office.now)
        decision = Decision(1, "not_opened", 1)
        refused = decide(connection, decision, By("Zeynep", ZEYNEP), office.now, TERMS)
    assert refused is not None
    assert refused.id == "settle-being-corrected"


def test_the_card_of_what_was_sent_with_other_answers_offers_no_sending(office: Office) -> None:
    office.becomes(Unknown("sent_with_other_answers", "42000"))
    assert "42000" in office.card().text
    with pytest.raises(StopIteration):
        office.button(NOT_OPENED)
    assert "yeniden gönderilemez" in str(office.taps_data(f"{CODE}:1:settle-resend:"))


def test_whoever_blocked_the_bot_is_to_be_told_by_telephone(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        connection.execute(sa.update(chats).where(chats.c.chat_id == AYSE).values(blocked_at=1.0))
    office.replies("43090", ASKED)
    office.confirmed()
    assert "telefonla" in office.said(OFFICE)[-1]


def test_what_waits_in_the_outbox_holds_nobodys_data(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        stored = " ".join(connection.scalars(sa.select(outbox.c.message).where(outbox.c.chat_id == OFFICE)))
    for value in ("Deneme", "5301231212", "99958"):
        assert value not in stored
        assert value in office.card().text.replace(" ", "").replace("DenemeMüşteri", "Deneme").replace("0530", "530")


def test_a_request_is_shown_anew_to_be_decided_about(office: Office) -> None:
    office.becomes(Unknown("timeout"))
    with office.engine.begin() as connection:
        request_queries.note_card(connection, CODE, 500)
        request = request_queries.find(connection, 1)
        assert request is not None
        ((button,),) = details(request, ACTIVATION).buttons
    office.taps_data(f"{button.draft_id}:0:{button.action}:")
    assert office.row.card_id is None
    assert office.button(OPENED)
    # The one before holds nobody's data any longer.
    with office.engine.begin() as connection:
        stored = connection.scalars(sa.select(outbox.c.message).where(outbox.c.chat_id == OFFICE)).all()
    assert [m.paragraphs[0].id for m in map(queries.read_message, stored) if m.edits == 500] == ["card-moved"]


def test_the_card_of_a_masked_request_is_emptied_once(office: Office) -> None:
    office.becomes(RefusedByLicrus("Seri no bulunamadı"))
    with office.engine.begin() as connection:
        request_queries.note_card(connection, CODE, 500)
        mask_requests(connection, [1], office.now)
        assert empty_masked(connection, office.now, TERMS) == 1
        request_queries.note_card(connection, CODE, 500)
        assert empty_masked(connection, office.now, TERMS) == 0
    assert office.card().text == f"Licrus'un kabul etmediği talep: {CODE}"


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    ("first", "wished", "ends"),
    [
        (Unknown("timeout"), "opened", "created"),
        (RefusedByLicrus("yok"), "opened", "created"),
        (Held("ticket"), "not_opened", "queued"),
        (RefusedByLicrus("yok"), "not_opened", "queued"),
        (Unknown("timeout"), "wait", "unknown"),
    ],
)
def test_killed_at_any_statement_a_decision_is_made_whole_after_the_next_start_and_once(
    office: Office, first: Outcome, wished: What, ends: str
) -> None:
    office.becomes(first)
    decision = Decision(1, wished, 1, "43090" if wished == "opened" else "")
    with office.engine.begin() as connection:
        decision_queries.wish(connection, decision, By("Zeynep", ZEYNEP), office.now, by_reply=True)
    before, told = office.row, office.said(AYSE)
    kills = 0
    while True:
        with contextlib.suppress(Killed), office.engine.begin() as connection:
            wish = decision_queries.next_wish(connection, office.now)
            assert wish is not None
            with killed_at(office.engine, kills):
                carry_out(connection, wish, True, office.now, TERMS)
            break
        kills += 1
        assert office.row == before
        assert office.said(AYSE) == told
        assert (office.decided, office.waits()) == ([], 1)
    assert kills > 8
    assert office.row.state == ends
    assert [what for what, *_ in office.decided] == [wished]
    assert office.waits() == 0
    assert len(office.said(AYSE)) == len(told) + (ends == "created" or isinstance(first, RefusedByLicrus))


@contextlib.contextmanager
def killed_at(engine: sa.Engine, statement: int) -> Iterator[None]:
    """The process ends before this statement (from 0)."""
    seen = itertools.count()

    def die(*_: object) -> None:
        if next(seen) == statement:
            raise Killed

    stop = watch(engine, die)
    try:
        yield
    finally:
        stop()


def spelled() -> bytes:
    return json.dumps(BODY, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
