"""Products of the catalogue whose own name holds a word for the device ("ISIMAX KOMBİ 35"), set apart in a text.

Cut like any other text, such a name would be a brand, the label "kombi" and a number.
"""

import re

from conversations.catalogue import Catalogue
from conversations.device_shapes import holds_device_word

MOST_WORDS = 6
"""Words that a name may have around the one for the device, and itself."""
MOST_LOOKED = 8
"""Words for a device that are looked at: nobody's request has more, and the work stays bounded."""
_COUNTED_BEFORE = re.compile(r"(?:^|\n)\s*\d{1,2}$|\d{1,2} ?(?:adet|tane|x)$", re.IGNORECASE)
_COUNTED_BEHIND = re.compile(r"(?:x ?)?\d{1,2}(?: ?x)?(?!\w)(?: ?(?:adet|tane))?|\(\d", re.IGNORECASE)
"""How many there are stands beside the name, and is read with it."""
_ANOTHER_BEFORE = re.compile(r"\d[^\n]{0,6}(?:\+|&| (?:ve|ile|and))$", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;/|()]+")


def set_apart(catalogue: Catalogue, text: str) -> str:
    """The text with the one such name on a line of its own, labelled; as it is where there is none, or are several."""
    found = dict[str, tuple[int, int]]()
    at = looked = 0
    for line in text.split("\n"):
        words = [(word.start(), word.end()) for word in _WORD.finditer(line)]
        for place, (start, end) in enumerate(words):
            if looked == MOST_LOOKED or not holds_device_word(line[start:end]):
                continue
            looked += 1
            if (span := _around(catalogue, line, words, place)) is not None:
                found.setdefault(catalogue_name(catalogue, line[span[0] : span[1]]), (at + span[0], at + span[1]))
        at += len(line) + 1
    if len(found) != 1:
        return text
    start, end = next(iter(found.values()))
    before = text[:start].rstrip(" ,;/|-(")
    if _ANOTHER_BEFORE.search(before) or text[start:end].startswith(("+", "&")):
        return text  # one of several, cut where the others are
    behind = text[end:].lstrip(" ,;/|-)")
    if (
        before.endswith((":", "=", "+", "&"))
        or behind[:1] in ("+", "&")
        or _COUNTED_BEFORE.search(before)
        or _COUNTED_BEHIND.match(behind)
    ):
        return text
    return f"{before}\nÜrün: {text[start:end]}\n{behind}"


def catalogue_name(catalogue: Catalogue, text: str) -> str:
    """The listed name that this text is, "" if it is none."""
    entry = catalogue.exact(text)
    return "" if entry is None else entry.name


def _around(catalogue: Catalogue, line: str, words: list[tuple[int, int]], place: int) -> tuple[int, int] | None:
    """Where the longest name stands in this line that has the word in that place."""
    first = range(max(0, place - MOST_WORDS + 1), place + 1)
    spans = [
        (words[a][0], words[b][1])
        for a in first
        for b in range(place, min(len(words), a + MOST_WORDS))
        if b > a and catalogue_name(catalogue, line[words[a][0] : words[b][1]])
    ]
    return max(spans, key=lambda span: span[1] - span[0], default=None)
