"""What looks like a product in a text without labels, and where its name ends."""

import re
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from conversations.answers.plain import terms
from conversations.stretches import trimmed, words_of

_BRANDS = terms(
    """ecodense vaillant buderus bosch baymak demirdokum viessmann ferroli eca alarko ariston airfel warmhaus
    protherm immergas wolf daikin mitsubishi termodinamik kodsan copa maktek beretta sime hoval riello unical
    rinnai navien ecomix novatherm isipompa immergaz chaffoteaux termoteknik isimak"""
)
_MODEL_WORDS = terms(
    """kombi kazan kazani plus pro premix premium yogusmali condens ecotec logamax luna ecomax nitromix duotec mini
    midi hermetik tip model serisi boiler classic comfort excellence exclusive compact turbo prime"""
)
_LONG_NUMBER = re.compile(r"\d{5,}")
_NUMBERS_BEHIND = re.compile(r"(.{4,60}?)(?:[ ,:/-]*[ ,:/]-*|(?<!\d)-+)((?:[A-Za-z]{0,4}\d{5,20}[ ,/]*)+)")
_DEVICE_WORDS = terms("kombi kazan kazani sofben boiler yogusmali pompasi kaskad hermetik boyler brulor")
_DEVICE_NOUNS = terms("duvar yer tipi tip cihaz cihazi yerli isi")


def is_product(text: str) -> bool:
    """Whether it is a known brand of boilers with a model and nothing more ("ECODENSE WT 65")."""
    words = words_of(text)
    if not words or len(words) > 8 or len(text) > 60 or "," in text or not starts_as_product(words[0]):
        return False
    if words[0] in _HEADS and (len(words) < 2 or words[0] not in _BRANDS):
        return False
    name, rest = product_at_start(text)
    return bool(name) and set(words_of(rest)) <= _MODEL_WORDS and rest.strip(" .")[:1] not in ("(", "/")


def product_and_numbers(text: str) -> tuple[str, str]:
    """A product's name parted from the long numbers behind it: ("ECODENSE WT 65", "99958")."""
    match = _NUMBERS_BEHIND.fullmatch(text)
    return (match[1], match[2]) if match and is_product(match[1]) else (text, "")


def maybe_product(text: str) -> bool:
    """Whether it may name a device: such a word, or a brand."""
    words = words_of(text)
    return len(words) <= 9 and not (_BRANDS | _DEVICE_WORDS).isdisjoint(words)


def holds_device_word(text: str) -> bool:
    """Whether a word for a sort of device stands in it."""
    return not _DEVICE_WORDS.isdisjoint(words_of(text))


def is_generic(text: str) -> bool:
    """Whether it only says what sort of device it is ("yoğuşmalı kombi")."""
    return set(words_of(text)) <= _DEVICE_WORDS | _MODEL_WORDS


def is_sort(text: str) -> bool:
    """Whether it only says what sort of thing a device is ("duvar tipi kazan")."""
    return set(words_of(text)) <= _DEVICE_WORDS | _DEVICE_NOUNS | _MODEL_WORDS


def without_device_words(text: str) -> str:
    """A product's name without the words for its sort: "WT 65 kazan" is "WT 65"."""
    kept = [word for word in text.split() if not set(words_of(word)) & _DEVICE_WORDS]
    return " ".join(kept) or text


def product_of_label(text: str) -> str:
    """A labelled product without a word for the device before it, and with its brand beside its model."""
    first, _, rest = text.partition(" ")
    if words_of(first)[:1] and words_of(first)[0] in _DEVICE_WORDS and is_product(rest):
        return rest
    parts = re.split(r" *[/–-] +| +[/–-] *", text)
    return f"{parts[0]} {parts[1]}" if len(parts) == 2 and is_brand(parts[0]) else text


def is_device(text: str) -> bool:
    """Whether it speaks of a device and of nothing else ("yoğuşmalı kombi", "ECODENSE WT 65")."""
    words = words_of(text)
    of_devices = _DEVICE_WORDS | _MODEL_WORDS | _BRANDS | _DEVICE_NOUNS
    only = all(word in of_devices or any(c.isdigit() for c in word) for word in words)
    return is_product(text) or (only and not _DEVICE_WORDS.isdisjoint(words))


def is_brand(text: str) -> bool:
    """Whether it is the name of a brand alone."""
    words = words_of(text)
    return len(words) == 1 and words[0] in _BRANDS


def names_brand(text: str) -> bool:
    """Whether a brand of boilers stands in it."""
    return not _BRANDS.isdisjoint(words_of(text))


def product_inside(text: str) -> tuple[str, str]:
    """The text before a product's name that stands in it, and all from there: ("… No: 12", "ECODENSE WT 65 aldık")."""
    for match in re.finditer(r"[^\W\d_]+", text):
        if match.start() and words_of(match[0])[:1] and words_of(match[0])[0] in _HEADS:
            tail = trimmed(text[match.start() :])
            if is_product(tail) or product_and_numbers(tail)[1] or product_at_start(tail)[0]:
                before = text[: match.start()]
                return ("" if set(words_of(before)) <= _DEVICE_WORDS else before), tail
    return text, ""


def product_at_start(text: str) -> tuple[str, str]:
    """A brand with its model parted from what goes on behind it: ("novatherm h50", "aldı"); "" where there is none."""
    words = list(_WORDS.finditer(text))
    if not words or not starts_as_product(words[0][0]):
        return "", text
    glued = any(map(str.isdigit, words[0][0]))
    numbered = int(glued)
    end = words[0].end() if glued else 0
    for before, match in pairwise(words):
        word = match[0].rstrip(".")
        if text[before.end() : match.start()].strip() or len(word) > 12 or before[0].endswith("."):
            break
        folded = words_of(word)
        digits = sum(map(str.isdigit, word))
        letters = len(folded) == 1 and word.isalpha()
        if digits and (not numbered or _FURTHER.fullmatch(word)) and not _LONG_NUMBER.search(word):
            numbered += 1
            end = match.start() + len(word)
        elif letters and numbered and (len(word) == 1 or folded[0] in _MODEL_ENDS) and folded[0] not in _NO_MODELS:
            end = match.start() + len(word)
        elif not letters or numbered or not (len(word) <= 4 or folded[0] in _MODEL_WORDS):
            break
    return (text[:end], text[end:]) if numbered else ("", text)


def starts_as_product(word: str) -> bool:
    """Whether this word is a brand, or a brand with its model joined to it ("ecomix24")."""
    words = words_of(word)
    return len(words) == 1 and (
        _is_head(words[0]) or ((m := _GLUED.fullmatch(words[0])) is not None and _is_head(m[1]))
    )


@lru_cache(maxsize=1024)
def _is_head(word: str) -> bool:
    """Whether this folded word begins a product's name; one slip in a name of our own is forgiven ("ekomix")."""
    if word in _HEADS or word in _MODEL_WORDS or not 5 < len(word) < 12:
        return word in _HEADS
    return any(OSA.distance(word, own, score_cutoff=1) <= 1 for own in _OWN)


_OWN = ("ecomix", "ecodense", "novatherm", "isipompa")


_WORDS = re.compile(r"\d{2} / \d{2}(?![\w./-])|[^\s,;()+'’]+")
_GLUED = re.compile(r"([a-z]{5,})(\d{1,4})")
_ACCESSORIES = terms(
    """petek radyator radyatoru panel vana vanasi filtre filtresi baca dirsek dirsegi boru borusu metre termostat
    termostati modulu set seti aksesuar flans hortum sirkulasyon genlesme kolektor musluk klima daire kisi kisilik oda
    katli kat kapi pencere garanti yil yillik taksit servis"""
)


def of_accessories(text: str) -> bool:
    """Whether the text begins with a word for what is counted beside devices ("petek", "metre boru")."""
    return not _ACCESSORIES.isdisjoint(words_of(text[:30])[:1]) or not _ACCESSORIES.isdisjoint(words_of(text[:30])[1:2])


_FURTHER = re.compile(r"\d{1,3}(?:[/-]\d{1,3})?")
_HEADS = _BRANDS | terms("boyler akutank")
_NO_MODELS = terms("o e x")
_MODEL_ENDS = terms("cf tf cs hp hr hm he se ti td ts sb kw gb wt bt ie vu vc vw ef")
