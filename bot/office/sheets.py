"""Reads the rows of a table that an office has: XLSX, CSV in whatever way a spreadsheet writes it, or TOML.

Nothing in a file is run or fetched: no formula, macro or external link. What a file says of its size is checked before
it is unpacked, rows and columns are counted while they are read, and entities in its XML are refused.
"""

import codecs
import csv
import io
import re
import tomllib
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from conversations.words import Words

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 150_000_000
MOST_PARTS = 1_000
MOST_SHEETS = 20
MOST_ROWS = 50_000
MOST_SCANNED = MOST_ROWS + 5_000
"""Rows with and without anything in them. Excel's empty ones cost no byte of the file."""
MOST_COLUMNS = 64
LONGEST_CELL = 400
"""Characters that are kept of a cell; no value that anyone imports is longer."""

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ";,\t"
_NEVER_IN_TURKISH = frozenset("ƒ†‡ˆ‰Š‹Œ˜š›œŸ")
"""What the other Turkish code pages (DOS, Mac) look like when they are read as Windows's."""
_AS_TEXT = re.compile(r'^(?:="([^"]*)"|\'(?=[\d+])(.*))$', re.DOTALL)
"""How a number is kept from being made one: ="0530..." in CSV, an apostrophe before it in a cell."""
_END = "\x02end\x02"


class UnreadableFile(Exception):
    """The file as a whole can't be read. `reason` says why, and what to do."""

    def __init__(self, reason: Words) -> None:
        super().__init__(reason.id)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and the texts of its cells, trimmed."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet; of a CSV file with one separator. "" where it has no name. Rows can be read once."""

    name: str
    rows: Iterator[Row]


def sheets_of(content: bytes, name: str = "") -> Iterator[Sheet]:
    """The sheets in which a table may stand: those of a workbook, or the same text parted by each separator.

    `name` is the file's, and matters for TOML alone. Raises UnreadableFile, here or while the rows are read.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableFile(Words("file-too-big", {"megabytes": MOST_BYTES // 1_000_000}))
    if not content.strip():
        raise UnreadableFile(Words("file-empty"))
    if content.startswith(_ZIP):
        yield from _workbook(content)
        return
    if content.startswith(_OLE):
        raise UnreadableFile(Words("file-old-excel"))
    if content.startswith(_PDF):
        raise UnreadableFile(Words("file-no-table"))
    text = _decoded(content)
    if name.lower().endswith(".toml"):
        yield Sheet("", _toml(text))
        return
    for separator in _SEPARATORS:
        yield Sheet("", _bounded(_csv(text, separator)))


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold anything, in order. Raises UnreadableFile at one too many."""
    filled = 0
    for scanned, row in enumerate(rows):
        filled += any(row.cells)
        if filled > MOST_ROWS + 1 or scanned > MOST_SCANNED:
            raise UnreadableFile(Words("file-too-many-rows", {"rows": str(MOST_ROWS)}))
        if any(row.cells):
            yield row


def _decoded(content: bytes) -> str:
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)
    if encoding is None and b"\x00" in content[:200]:
        # UTF-16 without its mark: of two bytes the zero one tells the order.
        encoding = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = "" if encoding else _windows_turkish(content)
    if not text or "\x00" in text:
        raise UnreadableFile(Words("file-no-table"))
    return text.removeprefix("\ufeff")


def _windows_turkish(content: bytes) -> str:
    try:
        text = content.decode("cp1254")
    except UnicodeDecodeError:
        text = "Ÿ"
    if _NEVER_IN_TURKISH & set(text):
        raise UnreadableFile(Words("file-unknown-letters"))
    return text


def _csv(text: str, separator: str) -> Iterator[Row]:
    """The rows, each with the line of the text in which it begins."""
    ended = text if text.endswith(("\n", "\r")) else text + "\n"
    reader = csv.reader(io.StringIO(ended + _END, newline=""), delimiter=separator)
    began = 1
    try:
        for cells in reader:
            if cells == [_END]:
                return
            if cells and _END in cells[-1]:
                break
            yield Row(began, tuple(map(_text, cells[:MOST_COLUMNS])))
            began = reader.line_num + 1
    except csv.Error:
        pass
    # A quotation mark that nobody closed takes all that follows into its cell.
    raise UnreadableFile(Words("file-open-quote", {"line": str(began)}))


def _toml(text: str) -> Iterator[Row]:
    """The tables of the file's lists as rows, their keys as headings before each: [[products]] with name and group."""
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise UnreadableFile(Words("file-broken-toml")) from None
    begun = [number for number, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith("[[")]
    tables = [table for value in found.values() if isinstance(value, list) for table in value]
    if not tables or not all(isinstance(table, dict) for table in tables):
        raise UnreadableFile(Words("file-broken-toml"))
    headings = tuple(dict.fromkeys(key for table in tables for key in table))[:MOST_COLUMNS]
    yield Row(0, headings)
    lines: Sequence[int] = begun if len(begun) == len(tables) else range(1, len(tables) + 1)
    yield from _bounded(
        Row(line, tuple(_text(table.get(key)) for key in headings)) for line, table in zip(lines, tables, strict=True)
    )


def _workbook(content: bytes) -> Iterator[Sheet]:
    # It costs 60 ms: only whoever reads a workbook waits for it.
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    _check_parts(content)
    with _damage_told():
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    shown = [
        sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet) and sheet.sheet_state == "visible"
    ]
    for sheet in shown[:MOST_SHEETS]:
        # What a sheet says of its own size is often wrong.
        sheet.reset_dimensions()
        yield Sheet(sheet.title, _bounded(_cells(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True))))


def _cells(values: Iterator[Sequence[Any]]) -> Iterator[Row]:
    line = 0
    while True:
        with _damage_told():
            chunk = list(islice(values, 500))
        if not chunk:
            return
        for cells in chunk:
            line += 1
            yield Row(line, tuple(map(_text, cells)))


def _check_parts(content: bytes) -> None:
    """Look at the list of the parts alone; zipfile itself reads no more of a part than the list says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception:
        raise UnreadableFile(Words("file-damaged")) from None
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(Words("file-old-excel"))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise UnreadableFile(Words("file-unpacks-too-big"))
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise UnreadableFile(Words("file-no-table"))


@contextmanager
def _damage_told() -> Iterator[None]:
    """Whatever the reader of workbooks raises over a broken or hostile file: the file is to blame."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Exception:
            raise UnreadableFile(Words("file-damaged")) from None


def _text(value: object) -> str:
    """A cell as a person sees it; a whole number without the fraction that a spreadsheet adds."""
    match value:
        case None:
            return ""
        case str():
            return _AS_TEXT.sub(r"\1\2", value[:LONGEST_CELL].strip()).strip()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case int() if abs(value) >= 10**18:
            return "9" * 19
        case _:
            return str(value)[:LONGEST_CELL]
