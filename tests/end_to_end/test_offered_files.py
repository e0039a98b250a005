"""A file in a process of its own: read, refused, or given up; the bot goes on."""

import asyncio
import time

import pytest

from bot.office import reading
from bot.office.reading import ReadTable, read, read_table
from conversations.words import Words
from tests.tables import DEALER_HEADINGS, lines, workbook

ADA = ("Ada Isı", "Mutlu Özcan", "0530 123 12 12", "", "ada@ornek.com")


def test_the_process_reads_what_the_function_reads() -> None:
    content = workbook(DEALER_HEADINGS, ADA, ("Kötü Isı", "", "5,30123E+09", "", ""))
    found = asyncio.run(read_table(content, "bayiler.xlsx"))
    assert found == read(content, "bayiler.xlsx")
    assert isinstance(found, ReadTable)
    assert (found.kind, len(found.dealers), len(found.bad_rows)) == ("dealers", 1, 1)


def test_the_headings_tell_dealers_from_products() -> None:
    found = asyncio.run(read_table(lines("Ürün;Grup", "WT 65;KAZAN").encode("cp1254"), "x.csv"))
    assert isinstance(found, ReadTable)
    assert (found.kind, found.products[0].group) == ("catalogue", "KAZAN")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a;b\n1;2\n", "file-no-headings"),
        (b"Cep;E-posta\n1;2\n", "file-column-missing-company"),
        ("Ürün;Fiyat\n1;2\n".encode(), "file-column-missing-group"),
        (b"PK\x03\x04", "file-damaged"),
        (b"", "file-empty"),
    ],
)
def test_a_file_that_is_neither_says_what_it_comes_nearest_to(content: bytes, reason: str) -> None:
    found = asyncio.run(read_table(content, "x"))
    assert isinstance(found, Words)
    assert found.id == reason


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WITHIN_S", 0.05)
    began = time.monotonic()
    assert asyncio.run(read_table(b"a;b", "x")) == Words("file-not-read")
    assert time.monotonic() - began < 3


def test_a_process_that_dies_is_a_file_that_was_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "__name__", "bot.nothing_at_all")
    assert asyncio.run(read_table(b"a;b", "x")) == Words("file-not-read")


def test_the_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    run = asyncio.create_subprocess_exec

    async def noted(*arguments: str, **options: object) -> asyncio.subprocess.Process:
        given.extend([arguments, options["env"]])
        return await run(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    asyncio.run(read_table(b"a;b", "Ali Kaya.csv"))
    assert "secret" not in str(given)
    assert "Ali" not in str(given)
