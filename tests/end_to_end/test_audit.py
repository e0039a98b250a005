"""What the office did is on record: who, when, what, and nothing of the people whom a request is about."""

import time
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest
import sqlalchemy as sa

from bot.commands import main, office
from bot.commands.auditing import WORDS
from bot.days import TURKEY
from bot.storage import audit_queries
from bot.storage.audit_queries import KEPT_FOR_S, note, noted, operator
from bot.storage.database import make_engine, migrate
from tests.databases import database_url, storage_settings

NOON = datetime(2026, 1, 20, 12, tzinfo=TURKEY).timestamp()
AYSE = operator(42, "Ayşe Yılmaz")


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    return engine


@pytest.fixture
def command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    settings = {
        "BOT_TOKEN": "1:" + "a" * 35,
        "LICRUS_URL": "https://ornek-api.licrus.com/api",
        "LICRUS_AUTH_TICKET": "b",
    }
    for name, value in {**settings, **storage_settings(tmp_path)}.items():
        monkeypatch.setenv(name, value)


def test_the_record_is_read_in_its_order_page_by_page_and_by_what_it_is_about(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for second, code in enumerate(("D-7K3F", "D-8K3F", "D-7K3F")):
            note(connection, AYSE, "find", code, NOON + second)
        first = noted(connection, NOON, NOON + 3, 2)
        rest = noted(connection, NOON, NOON + 3, 2, after=first[-1].id)
        about = noted(connection, NOON, NOON + 2, 10, about="D-7K3F")
        wild = noted(connection, NOON, NOON + 3, 10, about="%")
    assert [(row.who, row.what, row.subject, row.at - NOON) for row in first + rest] == [
        (AYSE, "find", "D-7K3F", 0),
        (AYSE, "find", "D-8K3F", 1),
        (AYSE, "find", "D-7K3F", 2),
    ]
    assert [row.at - NOON for row in about] == [0]
    assert wild == []


def test_a_name_or_a_subject_of_any_length_is_kept(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        note(connection, operator(2**62, "Ş" * 500), "import", "İ" * 5000, NOON)
        (row,) = noted(connection, 0, NOON + 1, 10)
    assert row.who.startswith(f"telegram:{2**62} ŞŞŞ")


def test_what_was_done_long_ago_is_forgotten(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        note(connection, AYSE, "find", "D-7K3F", NOON)
        note(connection, AYSE, "find", "D-8K3F", NOON + 1)
        audit_queries.sweep(connection, NOON + KEPT_FOR_S + 1)
        assert [row.subject for row in noted(connection, 0, NOON + 2, 10)] == ["D-8K3F"]


@pytest.mark.usefixtures("command_line")
def test_the_command_shows_the_days_that_were_asked_for(
    engine: sa.Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with engine.begin() as connection:
        note(connection, AYSE, "settle", "D-7K3F", NOON)
        note(connection, AYSE, "settle", "D-8K3F", NOON + 12 * 3600)
    assert main(["audit", "--from", "2026-01-20", "--to", "20.01.2026"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Zaman;Kim;Ne;Konu",
        "20.01.2026 12:00:00;telegram:42 Ayşe Yılmaz;talebi sonuçlandırdı;D-7K3F",
    ]
    (tmp_path / "bayiler.csv").write_text("Firma\nIşık Isı\n")
    assert main(["dealers", "import", "bayiler.csv"]) == 0
    capsys.readouterr()
    assert main(["audit"]) == 0
    today = capsys.readouterr().out.splitlines()
    assert today[1].partition(";")[0].startswith(f"{datetime.fromtimestamp(time.time(), TURKEY):%d.%m.%Y}")
    assert today[1].endswith(";liste aldı;dealers +1 ~0 -0 bayiler.csv")


def test_whatever_can_be_done_has_a_name_in_the_list() -> None:
    assert set(WORDS) == set(get_args(audit_queries.What))


@pytest.mark.usefixtures("command_line")
@pytest.mark.parametrize("day", ["2026-13-01", "dün", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_told(capsys: pytest.CaptureFixture[str], day: str) -> None:
    with pytest.raises(SystemExit):
        main(["audit", "--from", day])
    assert f"{day} okunamadı" in capsys.readouterr().err
