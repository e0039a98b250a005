"""Where a company's name begins and ends: by its legal form, or by the words of its business."""

import re
from collections.abc import Iterator

from conversations.answers.place_names import names
from conversations.answers.plain import terms
from conversations.shapes import BUSINESS, HEATING, LEGAL, NAMES_BUILDINGS, sells_heating
from conversations.street_shapes import is_address
from conversations.stretches import trimmed, words_of

_NAMED_BY_TRADE = HEATING - terms("servis bayi bayii bayisi kombi") | terms("merkezi dunyasi market ltd sti as")
_FIRM_GOES_ON = BUSINESS | terms(
    "san tic ltd sti as a s sis malz taah ve merkezi dunyasi teknolojileri urunleri evi co sube subesi sb"
)
_OPENS_NO_FIRM = terms(
    """ben biz bizim bayi bayii bayimiz bayisi firma firmamiz saygilar saygilarimla saygilarimizla sayin merhaba
    selamlar tesekkurler kolay iyi gunler calismalar satici satan yetkili musteri musterim musterimiz alinan
    aldigim alim yeri     kombimi kombim kombi kombiyi cihaz cihazi cihazimi kazani kazan arz ederiz montaj montaji
    servis mak elk yuk from message iletilen"""
)
_BEFORE_COMPANIES = terms(
    """musterimiz musteri firmamiz firma sirketimiz bizim bu su merhaba adi adim cari ekte sayin sirket customer company
    client unvan unvani"""
)


def company_alone(text: str) -> tuple[str, bool]:
    """A company's name up to its legal form, and whether nothing before it makes a sentence of it.

    In a sentence it begins with the first of the words in capitals that stand together before its form.
    """
    ends = [match.end() for match in LEGAL.finditer(text)]
    name = trimmed(text[: ends[-1]] + ("." if text[ends[-1] :].startswith(".") else "")) if ends else text
    parts = re.split(r"[,;:(]\s+|['’][^\W\d_]{1,6}\s+|(?<![^\W_])[a-zçğıöşü][^\W\d_]{2,}\s+(?!ve )", name)
    last = next((part for part in reversed(parts) if len(LEGAL.sub(" ", part).split()) > 0), name) if parts else name
    if last != name and len(words_of(last)) > 1 and last[:1].isupper() and LEGAL.search(last):
        name = last
    while words_of(name) and words_of(name.split()[0])[:1] and words_of(name.split()[0])[0] in _BEFORE_COMPANIES:
        if len(name.split()) < 3:
            return name, False
        name = name.partition(" ")[2]
    return name, bool(words_of(name)) and name[:1].isupper()


def company_of_label(text: str) -> tuple[str, str]:
    """A labelled company up to its legal form, and what stands behind a comma or a dot there."""
    ends = [match.end() for match in LEGAL.finditer(text)]
    behind = text[ends[-1] :] if ends else ""
    if parted := _BEHIND_FORM.match(behind):
        return text[: ends[-1]] + behind[: parted.end(1)], behind[parted.end() :]
    return text, ""


_BEHIND_FORM = re.compile(r"(\.?)(?:,\s*|\s+[-–(]\s*|(?<=\.)\s+)(?=[^\W\d_]{2})")


def companies_in(text: str) -> Iterator[str]:
    """The companies that a sentence names, by their legal form or as a house of some business other than heating."""
    for part in _CLAUSES.split(text[:_MOST_CHARACTERS]):
        if LEGAL.search(part):
            name, alone = company_alone(part)
            if alone and len(words_of(name)) > 1 and not is_address(name):
                yield name
        elif (name := firm_in(part, trade=False)) and not sells_heating(name) and _stands_alone(part, name):
            yield name


_CLAUSES = re.compile(r"[,;:|/()\n]\s*|\s[-–—]\s|(?<=[^\W\d_]{4})\.\s+")
_MOST_CHARACTERS = 600
_NAMED_BEHIND = terms("icin olarak adli isimli sirketi sahibi yetkilisi adina firmasi yonetimi diye")


def _stands_alone(part: str, name: str) -> bool:
    """Whether nothing around the name may make it part of an address, or of a longer name."""
    before, _, behind = part.partition(name)
    words, after = words_of(name), words_of(behind)
    bounded = not before.strip() or before.rstrip()[-1:].islower()
    if words[-1] in NAMES_BUILDINGS or words[0] in names().places or not bounded:
        return False
    return not after or after[0] in _NAMED_BEHIND or behind.startswith(("'", "’"))


def firm_in(text: str, *, trade: bool = True) -> str:
    """The firm within the text, from its own name to the words of its business; "" where there is none.

    `trade`: of those that sell and fit heating only.
    """
    if 2 <= len(words_of(text)) <= 4 and _NAMED_BY_TRADE.issuperset(words_of(text)) and text[:1].isupper():
        return text  # "TEKNİK ISI"
    words = list(_WORDS.finditer(text[:300]))
    folded = [words_of(word[1])[0] if words_of(word[1]) else "" for word in words]
    of_firms = HEATING if trade else BUSINESS
    for at, word in enumerate(folded):
        if word not in of_firms or not at:
            continue
        first = at
        while first and at - first < _MOST_BEFORE and _belongs(text, words, folded, first):
            first -= 1
        if first == at or BUSINESS.issuperset(folded[first:at]):
            continue
        last = at
        while last + 1 < len(words) and folded[last + 1] in _FIRM_GOES_ON and not _apart(text, words[last : last + 2]):
            last += 1
        end = words[last].end(1)
        return text[words[first].start() : end + (text[end : end + 1] == "." and len(folded[last]) < _LONG)]
    return ""


_WORDS = re.compile(r"([^\W\d_]+)(?:['’][^\W\d_]{1,6})?")
_MOST_BEFORE = 4
_LONG = 5  # letters: the dot behind a shorter word may stand for the rest of it


def _belongs(text: str, words: list[re.Match[str]], folded: list[str], at: int) -> bool:
    """Whether the word before this one is part of the same firm's name."""
    before = words[at - 1]
    return before[0][:1].isupper() and folded[at - 1] not in _OPENS_NO_FIRM and not _apart(text, words[at - 1 : at + 1])


def _apart(text: str, pair: list[re.Match[str]]) -> bool:
    """Whether something parts these two words: a case ending, or more than a space, a dot or an ampersand."""
    first, second = pair
    between = text[first.end() : second.start()]
    short = between in (". ", ".") and len(first[0]) < _LONG
    return first.end() != first.end(1) or not (between in (" ", " & ", "-") or short)
