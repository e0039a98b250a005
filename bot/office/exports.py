"""Requests as a table that a spreadsheet opens: CSV or XLSX. Whatever people typed stays a text, and no formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from bot.days import moment
from bot.storage.request_queries import Request
from conversations.form import Form
from conversations.words import Words
from locales import say

MOST_ROWS = 1_048_575
"""What a sheet of XLSX holds below its headings."""
STATES = {
    "queued": "sırada",
    "sending": "gönderiliyor",
    "created": "çağrı açıldı",
    "refused": "Licrus kabul etmedi",
    "unknown": "sonucu belirsiz",
    "held": "bekletiliyor",
}

_HEADINGS = ("Takip kodu", "Onay zamanı", "Durum", "Çağrı numarası", "Neden")
_FORMULA = re.compile(r"\s*[=+\-@]")
_PHONE = re.compile(r"\+\d+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What an XML file can't hold."""


def headings(form: Form) -> list[str]:
    """What the columns are called: a few of the request's own, then Licrus's fields as the summary names them."""
    return [*_HEADINGS, *(say(Words(f"{name}.label", {"role": "customer"}), "tr") for name in _fields(form))]


def row(request: Request, form: Form) -> list[str]:
    """One request under these headings; what was never given, or is erased by now, is ""."""
    own = (request.code, moment(request.created_at), STATES.get(request.state, request.state), request.call_number)
    answers = (str(request.body.get(name, "")) for name in _fields(form))
    return [_UNWRITABLE.sub("", text) for text in (*own, request.reason, *answers)]


def write_csv(file: BinaryIO, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write them with semicolons, as a Turkish Excel reads them; how many there were."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(titles)
    written = 0
    for cells in rows:
        writer.writerow([harmless(cell) for cell in cells])
        written += 1
    text.flush()
    text.detach()
    return written


def write_workbook(file: BinaryIO, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write them as a workbook of one sheet, row by row; how many there were. Raises ValueError past `MOST_ROWS`."""
    # A third of a second that only an export needs.
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Talepler")
    page.freeze_panes = "B2"

    def cells(texts: Sequence[str], *, bold: bool = False) -> Iterator[Any]:
        for text in texts:
            cell = WriteOnlyCell(page, text)
            # Else what begins with = would be a formula.
            cell.data_type = "s"
            if bold:
                cell.font = Font(bold=True)
            yield cell

    page.append(cells(titles, bold=True))
    written = 0
    for texts in rows:
        if written >= MOST_ROWS:
            raise ValueError("too many rows for a sheet")
        page.append(cells(texts))
        written += 1
    book.save(file)
    return written


def harmless(text: str) -> str:
    """The text so that a spreadsheet which opens a CSV takes it for no formula."""
    return f"'{text}" if _FORMULA.match(text) and not _PHONE.fullmatch(text) else text


def _fields(form: Form) -> list[str]:
    """Licrus's fields in the order of the summary."""
    names: dict[str, None] = {}
    for section in (s for name in form.summary for s in form.sections if s.name == name):
        names |= {field.name: None for step in section.steps for field in step.fields if field.sent}
    return list(names)
