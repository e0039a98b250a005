"""The dealers and the products of an office's table: every row judged by the kinds of answer that judge what is typed.

A row that can't be taken is named with its line and its reasons; the table says nothing about what is done with it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, TypeVar

from bot.office.headings import CATALOGUE_COLUMNS, DEALER_COLUMNS, Column, Found, find_columns
from bot.office.sheets import MOST_ROWS, Row, Sheet, UnreadableFile, sheets_of
from conversations.answers.emails import EmailAddress
from conversations.answers.free_text import Product, ProductGroup
from conversations.answers.outcome import Accepted, Ambiguous, Kind, Refused
from conversations.answers.people import CompanyName, PersonName
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.answers.plain import answers_nothing, quoted
from conversations.catalogue import CatalogueEntry
from conversations.directory import Dealer
from conversations.letters import clean, name_key
from conversations.words import Words

MOST_ABOVE_HEADINGS = 50
"""Rows among which the headings are looked for."""
MOST_NAMED = 20
"""Headings without a meaning here, and sheets, that are named."""

LONGEST_WRITTEN = 300
"""Characters that Licrus takes of a name, spaces included."""

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told how many rows of how many are judged."""
Cells = Mapping[str, tuple[str, ...]]
"""The texts of a row by the column's key."""

_FRACTION = re.compile(r"(\+?\d{7,15})[.,]0{1,6}")
_SCIENTIFIC = re.compile(r"\+?(\d)(?:[.,](\d{1,20}))?[eE]\+?0{0,3}(\d{1,2})")
_SPREADSHEET_SAYS = re.compile(
    r"#{3,}|#(?:N/A|YOK|REF!|BAŞV!|VALUE!|DEĞER!|DIV/0!|SAYI/0!|NAME\?|AD\?|NUM!|SAYI!|NULL!|BOŞ!)"
)
_IN_A_TABLE = {"name-digits": "cell-name-digits", "phone-identity": "cell-phone-identity"}
"""Refusals that speak to somebody who answers a question, and what a table is told instead."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be taken: its line in the file, how it begins, and each of the reasons."""

    line: int
    name: str
    reasons: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """What a file holds. `unread` names columns and sheets that nobody read, `silent` fields that no column tells."""

    entries: tuple[T, ...]
    bad_rows: tuple[BadRow, ...]
    unread: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


def _quiet(_done: int, _rows: int) -> None:
    """Tells nobody."""


def read_dealers(content: bytes, name: str = "", progress: Progress = _quiet) -> Table[Dealer]:
    """The dealers of a file, in its order; `key` is that of the company's name. `name` is the file's.

    Raises UnreadableFile where there is no table of dealers in it.
    """
    return _read(content, name, DEALER_COLUMNS, _dealer, lambda dealer: dealer.key, progress)


def read_catalogue(content: bytes, name: str = "", progress: Progress = _quiet) -> Table[CatalogueEntry]:
    """The products of a file, in its order, spelled letter by letter as there. Raises UnreadableFile as above."""
    return _read(content, name, CATALOGUE_COLUMNS, _product, lambda product: name_key(product.name), progress)


def _read(
    content: bytes,
    name: str,
    columns: Sequence[Column],
    judge: Callable[["_Judge"], T | None],
    key: Callable[[T], str],
    progress: Progress,
) -> Table[T]:
    headings, found, rows, others = _find_table(sheets_of(content, name), columns)
    kept = [(row.line, _chosen(row, found)) for row in rows if _key_of(row) != _key_of(headings)]
    if not kept:
        raise UnreadableFile(Words("file-no-rows"))
    if len(kept) > MOST_ROWS:
        raise UnreadableFile(Words("file-too-many-rows", {"rows": str(MOST_ROWS)}))
    entries: list[T] = []
    bad_rows: list[BadRow] = []
    lines: dict[str, int] = {}
    for done, (line, cells) in enumerate(kept, 1):
        judging = _Judge(cells, headings.cells, found)
        entry = judge(judging)
        if entry is not None and not judging.reasons and key(entry) in lines:
            judging.reasons.append(Words("row-twice", {"line": str(lines[key(entry)])}))
        if entry is None or judging.reasons:
            begins = quoted(next((text for texts in cells.values() for text in texts if text), ""))
            bad_rows.append(BadRow(line, begins, tuple(judging.reasons)))
        else:
            lines[key(entry)] = line
            entries.append(entry)
        progress(done, len(kept))
    silent = tuple(c.key for c in columns if c.is_field and c.key not in found.places and not _told_by_phone(c, found))
    return Table(tuple(entries), tuple(bad_rows), (*found.unread, *others)[:MOST_NAMED], silent)


def _told_by_phone(column: Column, found: Found) -> bool:
    return column.key in ("mobile_phone", "work_phone") and "phone" in found.places


def _find_table(sheets: Iterator[Sheet], columns: Sequence[Column]) -> tuple[Row, Found, Iterator[Row], list[str]]:
    """The headings, where the columns stand, the rows below, and the names of the sheets after."""
    trouble: UnreadableFile | None = None
    nearest: Found | None = None
    for sheet in sheets:
        try:
            top = list(islice(sheet.rows, MOST_ABOVE_HEADINGS))
        except UnreadableFile as error:
            trouble = trouble or error
            continue
        found = [find_columns(row.cells, columns) for row in top]
        usable = [place for place, columns_found in enumerate(found) if columns_found.is_usable]
        if usable:
            best = max(usable, key=lambda place: (len(found[place].places), -place))
            others = [other.name for other in sheets if other.name]
            return top[best], found[best], chain(top[best + 1 :], sheet.rows), others
        nearest = max([*found, *([nearest] if nearest else [])], key=lambda f: len(f.places), default=None)
    raise trouble or UnreadableFile(_why_no_headings(nearest, columns))


def _why_no_headings(nearest: Found | None, columns: Sequence[Column]) -> Words:
    if nearest is not None and nearest.twice:
        return Words("file-heading-twice", {"first": quoted(nearest.twice[0]), "second": quoted(nearest.twice[1])})
    dealers = columns is DEALER_COLUMNS
    if nearest is not None and nearest.places and nearest.missing:
        return Words(f"file-column-missing-{nearest.missing[0]}")
    return Words("file-no-headings-dealers" if dealers else "file-no-headings-catalogue")


def _chosen(row: Row, found: Found) -> Cells:
    """The texts of a row that matter."""
    return {
        key: tuple(row.cells[place] if place < len(row.cells) else "" for place in places)
        for key, places in found.places.items()
    }


def _key_of(row: Row) -> tuple[str, ...]:
    """What two rows of the same texts have in common: a printed list repeats its headings on each page."""
    return tuple(filter(None, row.cells))


class _Judge:
    """One row under judgement: gives the values of its cells, and gathers why some can't be taken."""

    def __init__(self, cells: Cells, headings: Sequence[str], found: Found) -> None:
        self._cells, self._headings, self._found = cells, headings, found
        self.reasons: list[Words] = []

    def texts(self, key: str) -> tuple[tuple[str, str], ...]:
        """The heading and the text of each cell of this column."""
        headings = (self._headings[place] for place in self._found.places.get(key, ()))
        return tuple(zip(headings, self._cells.get(key, ()), strict=True))

    def text(self, key: str) -> str:
        """The text of the column's only cell; "" where there is none."""
        return next((text for _, text in self.texts(key)), "")

    def refuse(self, heading: str, reason: Words) -> None:
        """This cell can't be taken."""
        self.reasons.append(Words("cell-refused", {"column": quoted(heading), "reason": reason}))

    def value(self, key: str, kind: Kind, *, verbatim: bool = False, required: bool = False) -> str:
        """The value of the column's only cell; "" where it is empty, or refused.

        `verbatim` keeps the letters of the file, inner spaces too, but for characters that can't be seen.
        """
        for heading, text in self.texts(key):
            if required or not _is_empty(text):
                value = self.judged(heading, text, kind, required=required)
                written = _as_written(text)
                return written if value and verbatim and len(written) <= LONGEST_WRITTEN else value
        return ""

    def judged(self, heading: str, text: str, kind: Kind, *, required: bool = False) -> str:
        """What the kind makes of a text; "" where it is refused."""
        if _SPREADSHEET_SAYS.fullmatch(text):
            self.refuse(heading, Words("cell-spreadsheet-says", {"text": quoted(text)}))
            return ""
        if required and not text:
            self.refuse(heading, Words("cell-empty"))
            return ""
        match kind.understand(text, {}):
            case Accepted(value):
                return str(value)
            case Ambiguous():
                self.refuse(heading, Words("cell-unclear", {"text": quoted(text)}))
            case Refused(reason):
                self.refuse(heading, Words(_IN_A_TABLE.get(reason.id, reason.id), reason.args))
        return ""


def _dealer(row: _Judge) -> Dealer | None:
    company = row.value("company", CompanyName(), verbatim=True, required=True)
    contact = " ".join(text for key in ("contact_person", "surname") if not _is_empty(text := row.text(key)))
    heading = next((heading for key in ("contact_person", "surname") for heading, _ in row.texts(key)), "")
    contact = row.judged(heading, contact, PersonName()) if contact else ""
    mobile = _phone(row, "mobile_phone", MobilePhone())
    work = _phone(row, "work_phone", OfficePhone())
    for heading, text in row.texts("phone"):
        number = _number(row, heading, text, OfficePhone())
        if not number or number in (mobile, work):
            continue
        if not mobile and isinstance(MobilePhone().understand(number, {}), Accepted):
            mobile = number
        elif not work:
            work = number
        else:
            row.refuse(heading, Words("cell-third-phone", {"text": quoted(text)}))
    email = row.value("email", EmailAddress())
    return Dealer(name_key(company), company, contact, mobile, work, email) if company else None


def _product(row: _Judge) -> CatalogueEntry | None:
    name = row.value("name", Product(), verbatim=True, required=True)
    group = row.value("group", ProductGroup(), verbatim=True, required=True)
    return CatalogueEntry(name, group) if name and group else None


def _phone(row: _Judge, key: str, kind: Kind) -> str:
    return next((_number(row, heading, text, kind) for heading, text in row.texts(key)), "")


def _number(row: _Judge, heading: str, text: str, kind: Kind) -> str:
    """The telephone number of a cell, also where a spreadsheet made it a number; "" where it is empty or refused."""
    if _is_empty(text) or text == "0":
        return ""
    if fraction := _FRACTION.fullmatch(text):
        text = fraction[1]
    elif scientific := _SCIENTIFIC.fullmatch(text):
        first, rest, power = scientific[1], scientific[2] or "", int(scientific[3])
        if len(rest) < power:
            row.refuse(heading, Words("cell-phone-rounded", {"text": quoted(text)}))
            return ""
        text = first + rest[:power]
    return row.judged(heading, text, kind)


def _is_empty(text: str) -> bool:
    """Whether a cell that may be empty is: "-", "yok" and their kind are no values."""
    return not text or (answers_nothing(text) and not _SPREADSHEET_SAYS.fullmatch(text))


def _as_written(text: str) -> str:
    return clean(text).replace("\n", " ").replace("\t", " ").strip()
