"""Files as offices have them, made by the same library that reads them and by hand."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

DEALER_HEADINGS = ("Firma", "Yetkili", "Cep telefonu", "İş telefonu", "E-posta")


def workbook(*rows: Sequence[object], title: str = "Sayfa1", **more_sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook of these rows, and of further sheets by their names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name, lines in more_sheets.items():
        other = book.create_sheet(name)
        for row in lines:
            other.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file's bytes."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The workbook with some of its parts replaced or added, as an editor of XML would do it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for name, data in parts.items():
            new.writestr(name, data)
    return file.getvalue()


def lines(*rows: str, end: str = "\r\n") -> str:
    """The rows as the text of a CSV file."""
    return end.join(rows) + end
