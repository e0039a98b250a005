"""`devreye report`: what people did in their chats, counted; what is erased stays counted; nobody is held up."""

import io
import json
import os
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import sqlalchemy as sa
from PIL import Image

from bot.commands import main, office
from bot.days import TURKEY, Period
from bot.intake import take
from bot.licrus import Created
from bot.settlement import settle
from bot.storage import queries, request_queries
from bot.storage.copying import snapshot
from bot.storage.database import make_engine, migrate
from bot.storage.funnel_queries import Counts
from bot.storage.queries import MOST_ERASED, erase_drafts, erase_untouched
from bot.storage.report_queries import funnel_of, sent_in
from bot.storage.schema import drafts, funnel, requests
from bot.telegram.inbound import Inbound
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.events import Command, Text
from locales import choice_of
from tests.databases import database_url, storage_settings
from tests.talking import CUSTOMER, DEALER

TERMS = Terms(ACTIVATION)
MORNING = datetime(2026, 11, 23, 9, tzinfo=TURKEY)
NOW = MORNING.timestamp()
DAYS = Period(MORNING.date(), MORNING.date() + timedelta(days=1))
LATER = NOW + 40 * queries.DAY_S


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.connect() as connection:
        yield connection


class People:
    """Everybody who writes; each has a chat of their own."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection, self.updates = connection, 0

    def say(self, chat_id: int, at: float, *texts: str) -> float:
        """Types these texts, ten seconds apart; when that is done."""
        for text in texts:
            self.updates += 1
            event = Command(text[1:]) if text[0] == "/" else Text(text, self.updates, choice_of(text))
            inbound = Inbound(self.updates, "f", chat_id, "private", chat_id, "Ayşe", "Yılmaz", event=event)
            with self.connection.begin():
                take(self.connection, inbound, at, TERMS)
            at += 10
        return at

    def create(self, chat_id: int, call_number: str) -> None:
        with self.connection.begin():
            (request,) = request_queries.take_due(self.connection, LATER, 60, 100)
            assert request.chat_id == chat_id
            settle(self.connection, request, Created(call_number), LATER, TERMS)


def counts(connection: sa.Connection, now: float = LATER) -> Counts:
    with connection.begin():
        return funnel_of(connection, DAYS, now)


def visit(people: People) -> None:
    """Three people of two days: one is done, one leaves at the telephone, one is a dealer and cancels."""
    people.say(1, NOW, *CUSTOMER, "onayla")
    people.create(1, "43090")
    people.say(2, NOW + 60, *CUSTOMER[:5], "0216 555 12 34", "0216 555 12 34")
    people.say(3, NOW + queries.DAY_S, *DEALER[:6], "iptal", "evet")


def test_the_funnel_tells_what_came_of_each_question_by_role(connection: sa.Connection) -> None:
    visit(People(connection))
    found = counts(connection)
    assert {role: found[role, "", "begun"] for role in ("customer", "dealer", "")} == {
        "customer": 2,
        "dealer": 1,
        "": 0,
    }
    assert (found["customer", "", "confirmed"], found["customer", "", "left"], found["dealer", "", "left"]) == (1, 1, 1)
    phone = {
        outcome: n for (role, name, outcome), n in found.items() if (role, name) == ("customer", "CustomerMobilePhone")
    }
    reason = next(outcome for outcome in phone if outcome.startswith("refused:"))
    assert phone == {"asked": 2, "first": 1, "left": 1, "stuck": 1, "refused": 1, reason: 1}


def test_whoever_wrote_lately_has_left_nothing(connection: sa.Connection) -> None:
    visit(People(connection))
    found = counts(connection, NOW + queries.DAY_S / 2)
    assert found["customer", "", "left"] == found["customer", "CustomerMobilePhone", "left"] == 0
    assert found["dealer", "", "left"] == 1


def test_only_what_was_begun_on_these_days_is_counted(connection: sa.Connection) -> None:
    people = People(connection)
    people.say(1, DAYS.since - 1, *CUSTOMER[:3])
    people.say(2, DAYS.since, *CUSTOMER[:3])
    people.say(3, DAYS.until - 1, "/start")
    people.say(4, DAYS.until, *CUSTOMER[:3])
    found = counts(connection)
    assert sum(n for (_, name, outcome), n in found.items() if (name, outcome) == ("", "begun")) == 2
    with connection.begin():
        erase_untouched(connection, LATER + 1)
    kept = counts(connection)
    assert sum(n for (_, name, outcome), n in kept.items() if (name, outcome) == ("", "begun")) == 2


def test_erasing_the_drafts_changes_no_count_and_leaves_nothing_of_anybody(connection: sa.Connection) -> None:
    visit(People(connection))
    before = counts(connection)
    with connection.begin():
        assert erase_untouched(connection, LATER + 1) == 3
    assert counts(connection) == before
    with connection.begin():
        assert connection.scalar(sa.select(sa.func.count()).select_from(drafts)) == 0
        rows = connection.execute(sa.select(funnel)).all()
    for row in rows:
        assert re.fullmatch(r"2026-11-2[34]\|(customer|dealer|)\|\w*\|[a-z_-]+(:[a-z-]+)?", "|".join(map(str, row[:4])))


def test_counts_of_several_erasures_add_up(connection: sa.Connection) -> None:
    people = People(connection)
    people.say(1, NOW, *CUSTOMER[:5])
    people.say(2, NOW, *CUSTOMER[:5])
    before = counts(connection)
    for chat_id in (1, 2):
        with connection.begin():
            assert erase_drafts(connection, drafts.c.chat_id == chat_id) == 1
    assert counts(connection) == before


def test_an_erasure_that_is_undone_counts_nothing(connection: sa.Connection) -> None:
    visit(People(connection))
    before = counts(connection)
    begun = connection.begin()
    erase_untouched(connection, LATER + 1)
    begun.rollback()
    assert counts(connection) == before


def test_many_drafts_are_erased_a_few_at_a_time(connection: sa.Connection) -> None:
    row = {"form": "activation", "revision": 1, "status": "open", "touch_order": 1, "touched_at": NOW, "begun_at": NOW}
    data = '{"id": "x", "form": "activation", "course": {"Role": []}, "asked": "Role"}'
    with connection.begin():
        connection.execute(
            sa.insert(drafts),
            [{**row, "id": str(n), "chat_id": n, "user_id": n, "data": data} for n in range(MOST_ERASED + 2)],
        )
        assert [erase_untouched(connection, LATER + 1) for _ in range(3)] == [MOST_ERASED, 2, 0]
    assert counts(connection)["", "Role", "left"] == MOST_ERASED + 2


def test_drafts_of_earlier_and_of_later_releases_are_erased_too(connection: sa.Connection) -> None:
    people = People(connection)
    people.say(1, NOW, *CUSTOMER[:5])
    people.say(2, NOW, *CUSTOMER[:5])
    with connection.begin():
        old = connection.scalar(sa.select(drafts.c.data).where(drafts.c.chat_id == 1)) or ""
        without = re.sub(r'"course":\{[^}]*\},?', "", old)
        connection.execute(sa.update(drafts).where(drafts.c.chat_id == 1).values(data=without, begun_at=None))
        connection.execute(sa.update(drafts).where(drafts.c.chat_id == 2).values(data='{"of": "the future"}'))
        assert erase_untouched(connection, LATER + 1) == 2
    found = counts(connection)
    assert (found["customer", "", "begun"], found["customer", "CustomerFullName", "given"]) == (1, 1)


def test_the_time_from_start_to_confirmation_outlives_the_draft(connection: sa.Connection) -> None:
    people = People(connection)
    done = people.say(1, NOW, *CUSTOMER, "onayla")
    people.create(1, "43090")
    with connection.begin():
        erase_untouched(connection, LATER + 1)
        (sent,) = sent_in(connection, DAYS)
    assert (sent.begun_at, sent.created_at) == (NOW, done - 10)
    assert (sent.state, sent.dealer, sent.province) == ("created", "Test Bayi", "Istanbul")


def test_a_request_that_was_corrected_counts_its_time_once(connection: sa.Connection) -> None:
    people = People(connection)
    people.say(1, NOW, *CUSTOMER, "onayla")
    with connection.begin():
        row = connection.execute(sa.select(requests)).mappings().one()
        again = {**row, "id": row["id"] + 1, "key": "again", "code": "D-AGAIN", "state": "created", "call_number": "1"}
        connection.execute(sa.insert(requests).values(**again))
        assert [sent.begun_at for sent in sent_in(connection, DAYS)] == [NOW, None]


@pytest.fixture
def command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    settings = {
        "BOT_TOKEN": "1:" + "a" * 35,
        "LICRUS_URL": "https://ornek-api.licrus.com/api",
        "LICRUS_AUTH_TICKET": "bilet-bilet",
    }
    for name, value in {**settings, **storage_settings(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    before = os.umask(0o022)
    yield
    os.umask(before)


def written(folder: Path) -> Path:
    assert main(["report", "--from", "23.11.2026", "--to", "2026-11-24", "--out", str(folder)]) == 0
    return folder


@pytest.mark.usefixtures("command_line")
def test_the_report_is_a_page_a_workbook_and_charts(connection: sa.Connection, tmp_path: Path) -> None:
    visit(People(connection))
    folder = written(tmp_path / "rapor")
    page = (folder / "rapor.html").read_text("utf-8")
    assert "23.11.2026 – 24.11.2026" in page
    assert "Cep" in page
    assert "(%50)" not in page  # two drafts are too few to call a question hard
    assert "sabit hat" in page  # what the person was told
    assert not re.search(r"(?:src=|href=|url\(|@import|<script|<link)", page)
    book = openpyxl.load_workbook(io.BytesIO((folder / "rapor.xlsx").read_bytes()))
    rows = {row[0]: row[1:] for row in book["Sorular"].values}
    assert rows["Cep telefonu"][:6] == (2, 1, 0, 0, 1, 0)
    assert [row[:3] for row in book["Bayiler"].values] == [("Bayiler", "Talep", "Çağrı açıldı"), ("Test Bayi", 1, 1)]
    assert list(book["İller"].values)[1][0] == "İstanbul"
    for path in (folder / "grafikler").glob("*.svg"):
        ElementTree.parse(path)
        with Image.open(path.with_suffix(".png")) as image:
            assert image.width == 1520
    assert len(list((folder / "grafikler").iterdir())) == 16
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*.*"))


@pytest.mark.usefixtures("command_line")
def test_nothing_of_a_person_stands_in_any_file_of_the_report(connection: sa.Connection, tmp_path: Path) -> None:
    visit(People(connection))
    folder = written(tmp_path / "rapor")
    everything = "".join(path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".svg", ".html"))
    book = openpyxl.load_workbook(folder / "rapor.xlsx")
    everything += str([list(sheet.values) for sheet in book])
    for text in ("Ayşe", "530 123", "5301231212", "216 555", "99958", "Balkan", "ÖZCAN"):
        assert text not in everything


@pytest.mark.usefixtures("command_line")
def test_a_name_is_no_formula_and_no_markup(connection: sa.Connection, tmp_path: Path) -> None:
    People(connection).say(1, NOW, *CUSTOMER, "onayla")
    name = "=HYPERLINK(1) <b>Isı</b> & Ltd."
    with connection.begin():
        connection.execute(sa.update(requests).values(body=json.dumps({"DealerCompanyName": name})))
    folder = written(tmp_path / "rapor")
    assert "<b>Isı</b>" not in (folder / "rapor.html").read_text("utf-8")
    ElementTree.parse(folder / "grafikler" / "bayiler.svg")
    cell = openpyxl.load_workbook(folder / "rapor.xlsx")["Bayiler"]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")


@pytest.mark.usefixtures("command_line")
def test_a_report_of_nothing_is_a_report(connection: sa.Connection, tmp_path: Path) -> None:
    page = (written(tmp_path / "rapor") / "rapor.html").read_text("utf-8")
    assert "Öne çıkan zor bir soru yok." in page


@pytest.mark.usefixtures("command_line")
def test_days_that_make_no_period_are_told(connection: sa.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--from", "2026-11-24", "--to", "2026-11-23"]) == 2
    assert "İlk gün son günden sonra" in capsys.readouterr().err
    assert main(["report", "--from", "2001-01-01", "--to", "2026-11-23"]) == 2
    assert "En çok on yıllık" in capsys.readouterr().err


@pytest.mark.usefixtures("command_line")
def test_a_folder_that_cannot_be_made_is_told(
    connection: sa.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rapor").write_text("")
    assert main(["report", "--out", str(tmp_path / "rapor")]) == 1
    assert "Klasör açılamadı" in capsys.readouterr().err


def test_a_report_holds_up_nobody_who_writes(connection: sa.Connection, tmp_path: Path) -> None:
    people = People(connection)
    people.say(1, NOW, *CUSTOMER[:3])
    with snapshot(make_engine(database_url(tmp_path))) as reading:
        before = funnel_of(reading, DAYS, LATER)
        people.say(2, NOW, *CUSTOMER[:3])
        assert funnel_of(reading, DAYS, LATER) == before
    assert counts(connection) != before


def test_whatever_people_do_each_asked_question_is_counted_once(connection: sa.Connection) -> None:
    seed = int(os.environ.get("DEVREYE_SEED", "1"))
    print(f"DEVREYE_SEED={seed}")
    chance = random.Random(seed)
    people = People(connection)
    noise = (
        "geri",
        "atla",
        "yardım",
        "düzelt",
        "iptal",
        "evet",
        "hayır",
        "baştan başla",
        "0216 555 12 34",
        "Kale",
        "/yeni",
    )
    for chat_id in range(12):
        typed = [t for text in CUSTOMER for t in (*chance.sample(noise, chance.randrange(3)), text)]
        people.say(chat_id + 1, NOW, *typed[: chance.randrange(len(typed))])
    before = counts(connection)
    for role in ("customer", "dealer", ""):
        begun = before[role, "", "begun"]
        assert before[role, "", "confirmed"] + before[role, "", "left"] == begun
        for name in {name for whose, name, _ in before if whose == role and name}:
            of = {outcome: n for (whose, q, outcome), n in before.items() if (whose, q) == (role, name)}
            parts = sum(of.get(part, 0) for part in ("first", "later", "skipped", "left"))
            assert parts <= of.get("asked", 0) <= begun, (role, name, of)
    with connection.begin():
        while erase_untouched(connection, LATER + 1):
            pass
        kept = funnel_of(connection, DAYS, LATER)
        waiting = connection.scalar(sa.select(sa.func.count()).select_from(drafts)) or 0
    assert waiting == len(set(_unsettled(connection)))
    assert kept == before


def _unsettled(connection: sa.Connection) -> list[str]:
    with connection.begin():
        return list(connection.scalars(sa.select(requests.c.draft_id)))
