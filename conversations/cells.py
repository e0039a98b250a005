"""A pasted text in cells: what stands between labels, tabs and line ends, each under the label that was written for it.

Messengers' and mail programs' own words (who wrote when, forwarded from whom) are taken away before.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from conversations.block_labels import ADDRESS_PARTS, OTHER_THINGS, THIRD_PARTIES, Target
from conversations.device_shapes import is_product
from conversations.labelling import Label, is_chief, label_of_words, misspelt_label
from conversations.layouts import as_labelled, sentences, without_emphasis
from conversations.letters import clean, fold_words
from conversations.street_shapes import is_address
from conversations.stretches import trimmed

SIGNED = "saygılar"
"""A word that ends a letter, in place of the sign that does."""
MOST_LINES = 80
MOST_CELLS = 120
LONGEST_LABEL = 5  # words of a label on a line of its own

_LONGEST_ADDRESS = 150  # characters behind a house's name that are looked at for an address

_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2} [^\W\d_]{3,8}\.?(?: \d{4})?)"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPpÖöÜü][MmÖöSs])?"
_STAMP = rf"(?:{_DAY},? {{0,2}}{_TIME}|{_TIME},? {{0,2}}{_DAY})"
_SENT = re.compile(
    rf"^[ \u200e]*(?:\[{_STAMP}\] ?[^:\n]{{1,60}}: ?|{_STAMP} ?[-–] ?[^:\n]{{1,60}}: ?"
    rf"|[^:\n\[]{{1,60}},? ?\[{_STAMP}\]:? ?)"
)
_SENT_ALONE = re.compile(rf"^\W*{_STAMP}\W*$")
_QUOTED = re.compile(r"^(?:> ?)+|^(?:[-–—•*·▪●‣◦✓✔➢➤»]+|\d{1,2}\))(?:[ \t]+|(?=[^\W\d]))")
_NUMBERED = re.compile(
    r"^\d{1,2}[.-](?:[ \t]+|(?=[^\W\d]))(?!(?:kat|cad|sok|sk|cd|etap|k[ıi]s[ıi]m|blok|km|b[oö]lge)\b)", re.I
)
_RULE = re.compile(r"^\W*$")
_SEPARATORS = re.compile(r"\t+|[;|]| {3,}")
_COLON = re.compile(r"[:=](?!//|\))|(?<=[^\W\d_]) ?[–—→](?=\s)| -(?= )|(?<=\w)-(?=\s)|-+>")
_HEAD = re.compile(r"(?:[^\W_]+(?:[./'’()& -]{1,3})){0,5}[^\W_]+[.)'’ ]{0,3}$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One stretch of text. `label` is what was written before it, `line` where it stood, `unknown` that a word stood
    before a colon that is no label we know, and `words` are those."""

    text: str
    line: int
    label: Label | None = None
    unknown: bool = False
    words: str = ""


def lines_of(text: str) -> list[str]:
    """The lines, empty ones kept as "", without the marks of messengers and of quotations."""
    lines = []
    written = clean(text[:4096]).split("\n")
    numbered = sum(_NUMBERED.match(line) is not None for line in written) > 1  # "3. kat" alone is no list
    for line in written:
        line = _SENT.sub("", line.strip(" "))
        line = "" if _SENT_ALONE.match(line) else line
        line = _QUOTED.sub("", _unmarked(without_emphasis(line))).strip(" \u00a0")
        line = _NUMBERED.sub("", line) if numbered else line
        # "--" alone parts a letter from its signature.
        lines.append(SIGNED if line == "--" else "" if _RULE.match(line) else line)
    return as_labelled(lines)


def _unmarked(line: str) -> str:
    """The line without pictures, stars and the like before and behind it."""
    line = line.strip("*_~ \u00a0")
    at = 0
    while at < len(line) and (line[at] == " " or unicodedata.category(line[at]) in ("So", "Sk", "Mn")):
        at += 1
    return line[at:]


def cells_of(text: str) -> list[Cell] | None:
    """The cells in the order of the text; None for a text with more of them than anybody pastes."""
    lines = lines_of(text)
    if len(lines) > MOST_LINES or sum(map(len, lines)) > 3000:
        return None
    cells, begins = _sheet(lines) if len(lines) > 1 else ([], 0)
    for number, line in enumerate(lines[begins:], begins):
        for piece in _SEPARATORS.split(line):
            for sentence in sentences(piece):
                cells += _labelled(sentence, number)
            if len(cells) > MOST_CELLS:
                return None
    return _joined(cells)


def _sheet(lines: list[str]) -> tuple[list[Cell], int]:
    """The cells of a sheet that stands at the text's beginning, or behind a title, and where it ends; 0 for none."""
    head = next((at for at, line in enumerate(lines[:4]) if len(_CELLS.split(line)) > 1), 0)
    if any(":" in line for line in lines[:head]):
        return [], 0
    cells, ends = _columns(lines[head:])
    return [replace(cell, line=cell.line + head) for cell in cells], ends + head if ends else 0


def _columns(lines: list[str]) -> tuple[list[Cell], int]:
    """The cells of a sheet that the text begins with, a row of headings and the rows under it, and where it ends."""
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines):
        row = [cell.strip() for cell in _CELLS.split(line)]
        labelled = rows and (mark := re.search("[:=]", row[0])) and _label_before(row[0][: mark.start()], strict=False)
        if labelled and labelled[2] is not None:
            break
        if line:
            rows.append((number, row))
    if len(rows) < 2 or len(rows[0][1]) < 2:
        return [], 0
    headings = [label_of_words(fold_words(cell)) for cell in rows[0][1]]
    if sum(heading is not None for heading in headings) < max(2, len(headings) - 1):
        return [], 0
    values = [row for _, row in rows[1:]]
    people = [at for at, heading in enumerate(headings) if heading and heading.target in _OF_ONE_PERSON]
    several = any(len({row[at] for row in values if at < len(row) and row[at]}) > 1 for at in people)
    cells = []
    for number, row in rows[1:]:
        for at, (heading, cell) in enumerate(zip(headings, row, strict=False)):
            # Rows of several people: only what stands in all of them is said about the one request.
            if cell and not (several and len({other[at : at + 1][0] for other in values if other[at : at + 1]}) > 1):
                cells.append(Cell(cell, number, heading, heading is None))
    return cells[:MOST_CELLS], rows[-1][0] + 1


_CELLS = re.compile(r"\t| *[;|] *| {2,}")
_OF_ONE_PERSON: frozenset[Target] = frozenset(("name", "mobile", "phone", "email", "section", "address"))


def _labelled(piece: str, line: int) -> Iterator[Cell]:
    """The piece cut at its labels."""
    begins = 0
    label: Label | None = None
    unknown = ""
    for mark in _COLON.finditer(piece):
        head = piece[begins : mark.start()]
        found = _label_before(head, strict=mark[0] not in (":", "="), first=not begins)
        if found is None:
            continue
        start, words, known = found
        behind = piece[mark.end() : mark.end() + _LONGEST_ADDRESS]
        if start == 0 and not begins and _is_of_house(words, known) and is_address(behind):
            continue
        if known is None and (mark[0] not in (":", "=") or start > 0 or _inside(words, piece, mark) or _is_told(words)):
            continue
        if known is None and is_product(head):
            yield Cell(trimmed(head), line)
            begins, label, unknown = mark.end(), None, ""
            continue
        if before := trimmed(head[:start]):
            yield Cell(before, line, label, bool(unknown), unknown)
        elif label is not None and begins:
            yield Cell("", line, label)
        if known is None and not OTHER_THINGS.isdisjoint(words.split()):
            known = Label("ignored")
        begins, label, unknown = mark.end(), known, words if known is None else ""
    rest = trimmed(piece[begins:])
    if rest or label is not None:
        yield Cell(rest, line, label, bool(unknown), unknown)


def _is_of_house(words: str, known: Label | None) -> bool:
    """Whether the words before an address are no label that is known, but of a house: "Çorlu'daki fabrikamız: …"."""
    parts = words.split()
    if (known is not None and words not in ("ev", "evi", "evim")) or len(parts) > 4:
        return False
    house = any(part.startswith(_HOUSES) for part in parts)
    return house and (THIRD_PARTIES | OTHER_THINGS).isdisjoint(parts)


_HOUSES = (
    "fabrika",
    "otel",
    "ev",
    "bina",
    "santiye",
    "dukkan",
    "magaza",
    "ofis",
    "yazlig",
    "yazlik",
    "okul",
    "villa",
    "daire",
)


def _is_told(words: str) -> bool:
    """Whether what stands before a colon is no label but a sentence: "Kapıyı Güneş Hanım açacak: …"."""
    return len(words.split()) > 1 and _VERB.search(words) is not None


_VERB = re.compile(r"..(?:[iu]yor(?:um|uz|lar)?|[ae]ca(?:k|gim|giz|klar)|m[iu]stunuz|m[iu]stiniz|[dt][iu](?:k|m|niz))$")


def _inside(words: str, piece: str, mark: re.Match[str]) -> bool:
    """Whether this colon belongs to a value: "No: 12", "10:31"."""
    around = piece[max(mark.start() - 1, 0) : mark.end() + 1]
    return words.split()[-1] in ADDRESS_PARTS or bool(re.match(r"\d:\d", around)) or len(words.split()) > 4


def _label_before(head: str, *, strict: bool, first: bool = True) -> tuple[int, str, Label | None] | None:
    """Where the label before a colon begins, its words, and what it labels; the longest label that is known.

    `first`: no other label stands before it in the line, so that a word before it is no value.
    """
    match = _HEAD.search(head[-70:])
    if match is None:
        return None
    offset = max(len(head) - 70, 0) + match.start()
    starts = [0, *(m.end() for m in re.finditer(r"[\s/.()-]+", match[0].rstrip()))]
    for start in starts:
        if start and match[0][start - 1] in "/-" and not strict:
            continue
        words = fold_words(match[0][start:])
        if not words:
            continue
        if start == 0 and words in THIRD_PARTIES and not is_chief(words):
            return offset, words, Label("ignored")  # "…, babası: Hasan Kurt"
        at = offset + start
        if (label := label_of_words(words)) and (not strict or at == 0):
            if not (THIRD_PARTIES | OTHER_THINGS).isdisjoint(fold_words(match[0][:start]).split()):
                return offset, words, Label("ignored")
            if start and match[0][start - 1] == " " and is_chief(words):
                continue
            if first and start and match[0][start - 1] == " " and words in _NAMES_OF_ANYTHING:
                return offset, fold_words(match[0]), Label("ignored")
            return at, words, label
    words = fold_words(match[0])
    known = misspelt_label(words) if offset == 0 else None
    return (offset, words, known) if not strict else None


_NAMES_OF_ANYTHING = frozenset(
    ("ad", "adi", "isim", "ismi", "name", "title", "no", "numarasi", "yer", "yeri", "il", "ili", "ilce", "ilcesi")
)
"""Labels of anything where an unknown word stands before them: "Proje adı", "Doğum yeri"."""


def _joined(cells: list[Cell]) -> list[Cell]:
    """The cells, with a label that stood alone on its line before what follows it."""
    joined: list[Cell] = []
    waiting: Cell | None = None
    for cell in cells:
        if cell.label is None and not cell.unknown:
            words = fold_words(cell.text) if len(cell.text) < 40 and not any(map(str.isdigit, cell.text)) else ""
            alone = label_of_words(words) if words and words.count(" ") < LONGEST_LABEL else None
            alone = None if alone is not None and is_chief(words) else alone
            if alone is not None:
                cell = Cell("", cell.line, alone)
        reach = 0 if waiting is not None and waiting.label in _OF_OWNERS else 2
        if waiting is not None and cell.label is None and not cell.unknown and cell.line <= waiting.line + reach:
            cell = replace(cell, label=waiting.label)
            joined.append(cell)
            waiting = None
            continue
        if waiting is not None:
            joined.append(waiting)
        waits = cell.label is not None and (cell.label.target not in _HEADINGS or cell.label in _OF_OWNERS)
        waiting = cell if waits and not cell.text else None
        if waiting is None:
            joined.append(cell)
    return joined


_HEADINGS: frozenset[Target] = frozenset(("section", "intro"))
_OF_OWNERS = (Label("section", "customer"), Label("section", "dealer"))
"""Headings on a line of their own, labels where a value stands in the same line."""
