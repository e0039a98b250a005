"""A stretch of text: its words, its edges, and what is told by its letters alone: telephones, e-mails, greetings."""

import re
from functools import lru_cache

from conversations.answers.plain import phrases
from conversations.letters import fold_words

# Ten digits of which the first three stand together, or any grouping behind 0 or +90.
# Ten digits of which the first three stand together, or any grouping behind 0 or +90.
_GAP = r"[ \u00a0.\-/]{0,2}"
PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00) ?90|\(?\+90\)?|90(?=[ -]?[2-58]\d\d[ -])|0)?{_GAP}"
    rf"\(?0?[2-58]\d\d\)?{_GAP}\d{{3}}{_GAP}\d\d{_GAP}\d\d"
    rf"(?![\w/]|[.,-]\d)"
    rf"|(?<![\w+])(?:(?:\+|00) ?90{_GAP}\(?0?|0{_GAP}\(?)[2-58](?:[ .\-()]{{0,2}}\d){{9}}(?![\w/]|[.,-]\d)"
    rf"|(?<![\w+])\+(?!90)[1-9](?:[ .\-()]{{0,2}}\d){{7,13}}(?![\w/]|[.,-]\d)"
    rf"|(?<![\w+])444[ .-]?(?:\d[ .-]?\d{{3}}|\d\d[ .-]?\d\d)(?![\w/]|[ .,-]?\d)"
)
EMAIL = re.compile(r"(?<![^\s<>,;:()\[\]\"/|=])[^\s<>,;:()\[\]\"/|@=]{1,64} ?@ ?[^\s<>,;:()\[\]\"/|@=]{1,255}")
_ENDS = " \t,;:|/-–—•·*>_"


def trimmed(text: str) -> str:
    """The stretch without the marks that part it from its neighbours."""
    return re.sub(r"^\(([^()]*)\)$", r"\1", text.strip(_ENDS)).strip(_ENDS)


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of the text."""
    return tuple(fold_words(text).split())


CLOSING = phrases(
    """iyi calismalar|iyi calismalar dilerim|iyi calismalar dileriz|saygilar|saygilarimla|saygilarimizla|tesekkurler
    |tesekkur ederim|tesekkur ederiz|kolay gelsin|simdiden tesekkurler|iyi gunler dilerim|iyi gunler|best regards
    |kind regards|regards|sincerely|thanks|thank you|cok tesekkurler|sevgiler|selamlar saygilar|iyi aksamlar|sagolun
    |iyi haftalar|hayirli isler|hayirli gunler|hayirli olsun|bol kazanclar
    |kolayliklar dilerim|cheers|bilginize|bilgilerinize"""
)
_GREETING = re.compile(
    r"(?:merhaba(?:lar)?|selam(?:lar)?|iyi (?:günler|gunler|akşamlar|aksamlar|çalışmalar|calismalar)|günaydın|gunaydin"
    r"|slm|mrb|hello|hi|dear|say[ıi]n yetkili|kolay gelsin|selam[uü]n aleyk[uü]m)(?![^\W_])[ ,.!]*",
    re.IGNORECASE,
)


def is_closing(text: str) -> bool:
    """Whether the line ends a letter, so that a signature follows."""
    return fold_words(text) in CLOSING


def greeting_of(text: str) -> str:
    """The greeting that the text begins with, "" where it begins with none."""
    match = _GREETING.match(text)
    return match[0] if match else ""
