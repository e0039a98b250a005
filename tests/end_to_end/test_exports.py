"""`devreye requests export`: the requests of some days as a table, every one of them, and nothing that is a formula."""

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from bot.commands import main, office
from bot.days import TURKEY
from bot.office import exports
from bot.storage import desk_queries
from bot.storage.audit_queries import noted
from bot.storage.schema import requests
from conversations.activation import ACTIVATION
from tests.databases import storage_settings
from tests.end_to_end.test_desk import Desk
from tests.end_to_end.test_submission import BODY

DAY = datetime(2026, 1, 20, tzinfo=TURKEY).timestamp()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    settings = {
        "BOT_TOKEN": "1:" + "a" * 35,
        "LICRUS_URL": "https://ornek-api.licrus.com/api",
        "LICRUS_AUTH_TICKET": "b",
    }
    for name, value in {**settings, **storage_settings(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    return Desk(tmp_path)


def confirmed_at(desk: Desk, code: str, at: float) -> None:
    with desk.engine.begin() as connection:
        connection.execute(sa.update(requests).where(requests.c.code == code).values(created_at=at))


def as_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def as_xlsx(path: Path) -> list[list[str]]:
    page = openpyxl.load_workbook(path).active
    assert page is not None
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    return [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]


@pytest.mark.parametrize("name", ["talepler.csv", "talepler.xlsx"])
def test_the_requests_of_the_days_that_were_asked_for_are_written_with_all_their_fields(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setattr(desk_queries, "MACHINE_PAGE", 2)
    codes = [desk.request(state) for state in ("created", "refused", "unknown", "created", "queued")]
    for code, at in zip(codes, (DAY - 1, DAY, DAY + 3600, DAY + 86_399, DAY + 86_400), strict=True):
        confirmed_at(desk, code, at)
    assert main(["requests", "export", name, "--from", "2026-01-20", "--to", "20.01.2026"]) == 0
    assert capsys.readouterr().out.startswith(f"3 talep yazıldı: {name}.")
    rows = (as_csv if name.endswith("csv") else as_xlsx)(tmp_path / name)
    assert rows[0] == exports.headings(ACTIVATION)
    assert len(rows[0]) == 5 + 17
    assert [row[0] for row in rows[1:]] == codes[1:4]
    assert rows[1][1:4] == ["20.01.2026 00.00", "Licrus kabul etmedi", ""]
    assert rows[3][2:4] == ["çağrı açıldı", "43094"]
    assert set(map(str, BODY.values())) - {""} <= set(rows[1])
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    with desk.engine.begin() as connection:
        (row,) = noted(connection, 0, 1e12, 10)
    assert (row.what, row.subject) == ("export", f"2026-01-20 2026-01-20 3 {name}")
    assert row.who.startswith("command:")


@pytest.mark.parametrize("name", ["talepler.csv", "talepler.xlsx"])
def test_what_people_typed_is_no_formula(desk: Desk, tmp_path: Path, name: str) -> None:
    desk.request(
        CustomerFullName='=HYPERLINK("http://x")',
        CustomerAddress="@SUM(1)",
        CustomerCompanyName="-1+cmd|' /C calc'!A0",
        CustomerMobilePhone="+4915123456789",
        ProductSerialNumberList="0099958",
        ProductNameList="a\x0bb",
    )
    assert main(["requests", "export", name, "--from", "2020-01-01", "--to", "2199-12-31"]) == 0
    cells = (as_csv if name.endswith("csv") else as_xlsx)(tmp_path / name)[1]
    quote = "'" if name.endswith("csv") else ""
    wanted = {f'{quote}=HYPERLINK("http://x")', f"{quote}@SUM(1)", f"{quote}-1+cmd|' /C calc'!A0"}
    assert wanted <= set(cells)
    assert {"+4915123456789", "0099958", "ab"} <= set(cells)


def test_a_file_that_is_there_stays_and_half_a_file_does_not(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.request()
    (tmp_path / "eski.csv").write_text("eski")
    assert main(["requests", "export", "eski.csv"]) == 1
    assert (tmp_path / "eski.csv").read_text() == "eski"
    assert main(["requests", "export", "talepler.pdf"]) == 2
    assert main(["requests", "export", "talepler.csv", "--from", "2026-01-02", "--to", "2026-01-01"]) == 2
    assert main(["requests", "export", "yok/talepler.csv"]) == 1
    assert "yok/talepler.csv" in capsys.readouterr().err

    def full(*_: object) -> list[object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desk_queries, "confirmed", full)
    assert main(["requests", "export", "talepler.csv"]) == 1
    assert not (tmp_path / "talepler.csv").exists()


def test_days_without_requests_are_an_empty_table(desk: Desk, tmp_path: Path) -> None:
    assert main(["requests", "export", "bos.csv", "--from", "2026-01-01", "--to", "2026-01-02"]) == 0
    assert len(as_csv(tmp_path / "bos.csv")) == 1
