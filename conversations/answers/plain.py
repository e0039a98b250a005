"""What every kind does to a typed text first: plain characters, a short quotation, words that answer nothing."""

import re
import unicodedata
from functools import lru_cache

from conversations.letters import clean, fold, fold_words, one_line

QUOTED_LENGTH = 60  # characters of a person's own text repeated to them
LONGEST_LABELLED = 1000  # characters: what is longer than this is too long with its labels and without them
LONGEST_PLAIN = 8192  # a message has 4,096 characters, but one of them can stand for eighteen


def terms(table: str) -> frozenset[str]:
    """The words of a table of folded words, parted by white space."""
    return frozenset(table.split())


def phrases(table: str) -> frozenset[str]:
    """The phrases of a table of folded phrases, parted by "|"."""
    return frozenset(" ".join(phrase.split()) for phrase in table.split("|") if phrase.strip())


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
_UNKNOWN = re.compile(r"(?:^| )(?:bilmiyorum|hatirlamiyorum|bilinmiyor|emin degilim|belli degil)(?: ki)?$")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NOTHING = phrases(
    """
    yok|yoktur|yok ki|hic yok|hicbiri|hayir|evet|tamam|tamamdir|peki|olur|olmaz|ok|okey|okay|bilmiyorum|bilmem|bilmiyom|
    bilgim yok|emin degilim|bos|bos birak|bos gec|gec|gecelim|pas|belirtilmedi|belirtmek istemiyorum|istemiyorum|
    vermek istemiyorum|soylemek istemiyorum|fark etmez|farketmez|hatirlamiyorum|var|aynisi|ayni|sonra|daha sonra|null|
    none|n a|na|no|yes|nil|nothing|i don t know|i dont know|dont know|unknown|bilinmiyor|merhaba|merhabalar|selam|
    selamlar|hello|hi|slm|mrb|iyi gunler|gunaydin|iyi aksamlar|kolay gelsin|tesekkurler|tesekkur ederim|sagolun|
    neden|nicin|niye|ne|nasil|anlamadim|gerek yok
    """
)


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """The cleaned text with compatibility forms undone (full width, circled), every decimal digit 0-9, plain dashes
    and apostrophes; line breaks stay. Remembered: under a menu several kinds read the same text."""
    composed = unicodedata.normalize("NFKC", clean(text))[:LONGEST_PLAIN]
    digits = "".join(
        c if c.isascii() or (value := unicodedata.decimal(c, None)) is None else str(value) for c in composed
    )
    return clean(digits).translate(_DASHES).translate(_QUOTES)


def quoted(text: str) -> str:
    """The text in one line, at most 60 characters, to be repeated to whoever typed it: without its last question
    mark or comma, since a sentence goes on behind it."""
    line = one_line(text[: QUOTED_LENGTH * 20])
    line = line.rstrip("?!,;: ") or line
    return line if len(line) <= QUOTED_LENGTH else line[: QUOTED_LENGTH - 1].rstrip() + "…"


def answers_nothing(text: str) -> bool:
    """Whether the text is a word that answers no question ("yok", "evet", "merhaba"), or punctuation only."""
    if len(text) > QUOTED_LENGTH * 2:
        return False
    words = fold_words(text)
    unknown = _UNKNOWN.search(words) is not None and not any(c.isdigit() or c == "@" for c in words + text)
    return words in _NOTHING or unknown or (not words and all(unicodedata.category(c)[0] in "PZ" for c in fold(text)))


def says_only(text: str, labels: frozenset[str]) -> bool:
    """Whether the text only names what was asked ("ad soyad") or says that it is missing ("firmam yok"). `labels` are
    folded."""
    words = fold_words(text) if len(text) <= QUOTED_LENGTH * 2 else ""
    return words.removesuffix(" yok") in labels


def holds_link(text: str) -> bool:
    """Whether a web address stands in the text ("https://…", "www.…")."""
    return _LINK.search(text) is not None


def is_link(text: str) -> bool:
    """Whether the whole text is a web address."""
    return _LINK.fullmatch(one_line(text)) is not None
