"""A report as a workbook: every row, to be sorted and counted further."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from bot.office.report import OUTCOMES, Ranked, Report, within
from bot.office.report_words import (
    OUTCOME_NAMES,
    QUESTION_HEADINGS,
    durations,
    figures,
    name_of,
    question_name,
    span,
    told,
    within_names,
    worst_sentence,
)

_WIDEST = 60
_NARROWEST = 10

Cell = str | int
Rows = Iterable[Sequence[Cell]]


def workbook(report: Report) -> bytes:
    """The workbook: an overview, the questions, and the requests by day, dealer, province and product."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    outcomes = [OUTCOME_NAMES[outcome] for outcome in OUTCOMES]
    _sheet(book, "Özet", ("Devreye alma talepleri", span(report)), _overview(report))
    questions = [("", report.funnel), *report.by_role.items()]
    for role, funnel in questions:
        title = {"": "Sorular", "customer": "Sorular, müşteriler", "dealer": "Sorular, bayiler"}[role]
        _sheet(book, title, QUESTION_HEADINGS, ((question_name(q.name), *figures(q)) for q in funnel.questions))
    _sheet(book, "Söylenenler", ("Soru", "Ne oldu", "Talep", "Söylenen"), _sentences(report))
    _sheet(book, "Günler", ("Gün", "Talep", *outcomes), _by_day(report))
    for title, ranked in (("Bayiler", report.dealers), ("İller", report.provinces), ("Ürünler", report.products)):
        _sheet(book, title, (title, "Talep", *outcomes), _ranking(ranked))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _overview(report: Report) -> Rows:
    yield "Onaylanan talep", report.requests
    yield from ((OUTCOME_NAMES[outcome], report.outcomes.get(outcome, 0)) for outcome in OUTCOMES)
    yield "Başlanan form", report.funnel.begun
    yield "Yarıda bırakılan form", report.funnel.left
    yield from durations(report)
    yield from ((f"Süre: {name}", number) for name, number in zip(within_names(), within(report.minutes), strict=True))
    yield "En zor soru", worst_sentence(report.funnel)


def _sentences(report: Report) -> Rows:
    for question in report.funnel.questions:
        for what, of in (("Kabul edilmedi", question.reasons), ("Geri soruldu", question.doubts)):
            yield from ((question_name(question.name), what, number, told(i)) for i, number in of.items())


def _by_day(report: Report) -> Rows:
    for day, of in report.days:
        yield (f"{day:%Y-%m-%d}", sum(of.values()), *(of.get(outcome, 0) for outcome in OUTCOMES))


def _ranking(ranked: tuple[Ranked, ...]) -> Rows:
    for each in ranked:
        yield (name_of(each), each.requests, *(each.outcomes.get(outcome, 0) for outcome in OUTCOMES))


def _sheet(book: Any, title: str, headings: Sequence[str], rows: Rows) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title)
    widths = [len(heading) for heading in headings]
    for number, row in enumerate((headings, *rows), 1):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                # A dealer's name that begins with an equals sign is a name, and no formula.
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
            widths[column - 1] = max(widths[column - 1], len(str(value)))
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _NARROWEST), _WIDEST)
    page.freeze_panes = "B2"
