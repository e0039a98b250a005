"""Files made to harm whoever reads them: each is refused, or read without harm, and soon."""

import io
import random
import time
import zipfile

import pytest

from bot.office import sheets
from bot.office.sheets import UnreadableFile
from bot.office.tables import read_catalogue, read_dealers
from tests.tables import DEALER_HEADINGS, with_parts, workbook

SHEET = "xl/worksheets/sheet1.xml"
ROWS = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s<sheetData>%s</sheetData></worksheet>'
HEADING = '<row r="1"><c r="A1" t="inlineStr"><is><t>Firma</t></is></c></row>'
SOON_S = 5.0


def sheet(rows: str, before: str = "", prolog: str = "") -> bytes:
    """A workbook whose only sheet is this XML."""
    return with_parts(workbook(("x",)), {SHEET: (prolog + ROWS % (before, rows)).encode()})


def refused(content: bytes) -> str:
    began = time.process_time()
    with pytest.raises(UnreadableFile) as raised:
        read_dealers(content)
    assert time.process_time() - began < SOON_S
    return raised.value.reason.id


def test_a_bomb_is_refused_by_what_it_says_of_its_size() -> None:
    assert (
        refused(with_parts(workbook(("x",)), {SHEET: bytes(sheets.MOST_UNPACKED_BYTES + 1)})) == "file-unpacks-too-big"
    )


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    content = bytearray(with_parts(workbook(("x",)), {SHEET: bytes(5_000_000)}))
    true, false = (5_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little")
    assert content.count(true) == 2
    assert refused(bytes(content.replace(true, false))) == "file-damaged"


def test_a_thousand_parts_are_too_many() -> None:
    parts = {f"part{number}.xml": b"" for number in range(sheets.MOST_PARTS)}
    assert refused(with_parts(workbook(("x",)), parts)) == "file-unpacks-too-big"


def test_entities_are_refused() -> None:
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{laughs}]>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    assert refused(sheet(HEADING + row, prolog=prolog)) == "file-damaged"


def test_a_file_of_this_machine_is_not_read_into_a_cell() -> None:
    prolog = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>&e;</t></is></c></row>'
    assert refused(sheet(HEADING + row, prolog=prolog)) == "file-damaged"


def test_the_last_cell_of_the_grid_costs_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert refused(sheet(HEADING + far, '<dimension ref="A1:XFD1048576"/>')) == "file-too-many-rows"


def test_a_row_beyond_the_grid_is_refused() -> None:
    assert refused(sheet(HEADING + f'<row r="{10**15}"><c><v>2</v></c></row>')) == "file-too-many-rows"


def test_a_sheet_that_says_it_is_smaller_is_read_whole() -> None:
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>A Isı</t></is></c></row>'
    assert len(read_dealers(sheet(HEADING + row, '<dimension ref="A1"/>')).entries) == 1


def test_a_huge_cell_that_every_row_shares_is_cut_before_it_is_judged() -> None:
    huge = "ğ" * 30_000
    began = time.process_time()
    table = read_dealers(workbook(DEALER_HEADINGS, *[(huge, huge, huge, huge, huge)] * 200))
    assert len(table.bad_rows) == 200
    assert max(len(row.name) for row in table.bad_rows) <= 60
    assert time.process_time() - began < SOON_S


def test_numbers_beyond_all_bounds_are_bad_cells() -> None:
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>A Isı</t></is></c>%s</row>'
    heading = HEADING.replace("</row>", '<c r="B1" t="inlineStr"><is><t>Cep</t></is></c></row>')
    for number in ("1e400", "-1e400", "9" * 400, "1E308"):
        table = read_dealers(sheet(heading + row % f'<c r="B2"><v>{number}</v></c>'))
        assert len(table.bad_rows) == 1, number


def test_a_number_with_more_digits_than_python_reads_is_damage() -> None:
    assert refused(sheet(HEADING + f'<row r="2"><c r="A2"><v>{"9" * 100_000}</v></c></row>')) == "file-damaged"


def test_a_cell_longer_than_csv_holds_is_told() -> None:
    assert refused(b"Firma;Cep\r\n" + b"x" * 200_000 + b";1\r\n") == "file-open-quote"


def test_an_encrypted_archive_is_told() -> None:
    content = bytearray(workbook(("x",)))
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert refused(bytes(content)) == "file-old-excel"


def test_spoiled_workbooks_are_read_or_refused_and_nothing_else() -> None:
    whole = workbook(DEALER_HEADINGS, ("A Isı", "Ali Kaya", "05301231212", "", "a@ornek.com"))
    seed = 5
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(150):
        name = chance.choice(list(parts))
        spoiled = bytearray(parts[name])
        for _ in range(chance.randint(1, 8)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        for content in (with_parts(whole, {name: bytes(spoiled)}), whole[: chance.randrange(len(whole))]):
            for read in (read_dealers, read_catalogue):
                try:
                    read(content)
                except UnreadableFile:
                    continue
                except Exception as error:  # the seed must be told
                    pytest.fail(f"seed {seed}: {error!r}")
