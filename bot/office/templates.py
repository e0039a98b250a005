"""The empty sheets that the office fills in: headings as the import knows them, telephones as text."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its example, how wide its column is (characters), and whether its cells must stay text."""

    name: str
    example: str
    width: int
    is_text: bool = False


DEALER_SHEET = (
    Heading("Firma", "Test Bayi Isı Sistemleri Ltd. Şti.", 40),
    Heading("Yetkili", "Mutlu Özcan", 24),
    Heading("Cep telefonu", "0530 123 12 12", 18, is_text=True),
    Heading("İş telefonu", "0216 555 12 34", 18, is_text=True),
    Heading("E-posta", "bayi@ornek.com", 28),
)
CATALOGUE_SHEET = (
    Heading("Ürün", "ECODENSE WT 65", 40, is_text=True),
    Heading("Ürün grubu", "ECODENSE DUVAR- YER TİPİ KAZAN", 44, is_text=True),
)


def empty_sheet(kind: Literal["dealers", "catalogue"]) -> tuple[str, bytes]:
    """The name and the content of the workbook that is handed out in a chat."""
    if kind == "dealers":
        return "bayiler.xlsx", as_workbook(DEALER_SHEET, "Bayiler")
    return "urunler.xlsx", as_workbook(CATALOGUE_SHEET, "Ürünler")


def as_workbook(sheet: Sequence[Heading], title: str) -> bytes:
    """An empty workbook with these headings. Columns of telephones are text, or Excel would round the numbers."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None  # noqa: S101
    page.title = title
    for number, heading in enumerate(sheet, 1):
        cell = page.cell(1, number, heading.name)
        cell.font = Font(bold=True)
        cell.comment = Comment(f"Örnek: {heading.example}", "Devreye")
        column = page.column_dimensions[get_column_letter(number)]
        column.width = heading.width
        if heading.is_text:
            column.number_format = "@"
    page.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(sheet: Sequence[Heading]) -> bytes:
    """The headings as CSV that Excel in Turkish opens by a double click: semicolons, and UTF-8 with its mark."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerow(heading.name for heading in sheet)
    return file.getvalue().encode("utf-8-sig")
