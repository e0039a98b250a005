"""What a running text says of devices beside its spans: serials behind a product, models alone, counts before them.

The text is read as it was typed, since a sentence is cut into spans in places where a list of serials goes on.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from conversations.answers.plain import terms
from conversations.block_labels import ADDRESS_PARTS, OTHER_THINGS
from conversations.device_shapes import holds_device_word, product_at_start, starts_as_product
from conversations.letters import clean, fold_words
from conversations.stretches import PHONE, words_of

MOST_READ = 4096
MOST_MENTIONS = 20
"""Mentions of products that are looked at: nobody's request has more, and the work stays bounded."""
FIGURES_BEYOND = 3
"""Figures that a serial has beside those of its model: "24CF" and "24-28" are models themselves."""

_SERIAL = r"(?=[A-Za-z./-]{0,8}\d)[A-Za-z0-9][A-Za-z0-9./-]{2,38}[A-Za-z0-9]"
_SERIALS = re.compile(rf"(?<![\w@./-])#?({_SERIAL})(?![\w@])(?!['’]?\w*@)")
_BETWEEN = r"(?:\s*[,;/&+–—]\s*|\s*\n\s*|\s+(?:ve|ile|and)\s+|\s+)"
_LISTED = re.compile(rf"{_SERIAL}(?:{_BETWEEN}{_SERIAL}){{0,49}}")
_FILLER = re.compile(
    r"[\s,;:/(\[#–—-]{0,6}(?:(?:[x×] ?\d{1,2}|\d{1,2} ?(?:adet|ad\.|tane|x)|no(?:su|lar[ıi])?|tek|bir|kombi|kazan"
    r"|cihaz|[sş]ofben|yo[gğ]u[sş]mal[ıi]|hermetik|duvar|yer|tipi|boyler|var|adet)(?:['’][^\W\d_]{1,5})?"
    r"[\s,;:/()#–—-]{1,5}){0,4}",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[\s.]*(?:$|[\n,;/)\]|]|[–—-]\s|\.\s|['’])")
_NO_UNIT = re.compile(
    r"\s*(?:tl|try|₺|lira|kw|kcal|mm|cm|m2|lt|litre|bar|eur|euro|usd|\$|€|%)(?![^\W\d_])", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}")
_YEARS = re.compile(r"(?:19|20)\d{2}[./-]\d+")
_BARE = re.compile(r"\d{6,9}|1\d{11,14}|2\d{11,14}")
_SERIES = re.compile(
    r"(?<![^\W_])seri(?:si|ler|leri|nin|sinin)?(?: (?:no|num)\w{0,12})?(?:['’]\w{1,6})?(?![/\w])", re.I
)
_SENTENCE = re.compile(r"[.!?](?:\s|$)|\n\s*\n")
_NUMBER = re.compile(r"\d")
OTHER_NUMBERS = OTHER_THINGS | terms(
    """siparis siparisim irsaliye fatura faturasi proforma teklif sozlesme abone abonelik tesisat sayac sayacim kod kodu
    stok sku barkod barkodu parca belge belgesi evrak sayi dosya emri form kargo takip referans ref talep police order
    invoice id vergi vkn tc tckn baglanti gaz polis plaka kayit is cari tarih tarihi dilekce fiyat bakim eca part pn
    kapi daire"""
)
"""Words before a number that make it anything but a serial."""


def serials_beside(text: str, names: Iterable[str]) -> list[str]:
    """The tokens that are, without a label, the serials of these products; [] where none certainly are.

    They stand right behind a product, or in the sentence in which the word for serials stands, or they repeat their
    product's figures ("ECOMIX 24 … EM24-558012").
    """
    text = clean(text[:MOST_READ])
    figures = {figure for name in names for figure in _figures(name)}
    for found in (_behind_products(text, figures), _behind_the_word(text, figures), _of_figures(text, figures)):
        if found:
            return list(dict.fromkeys(found))
    return []


def _figures(name: str) -> set[str]:
    """What serials of a product repeat of it: "24", "28" and "2428" of "ECOMIX PLUS 24/28"."""
    parts = re.findall(r"\d+", name)
    return {part for part in (*parts, "".join(parts)) if part}


def _repeats(token: str, figures: set[str]) -> bool:
    """Whether the token begins with a model's figures and goes on with a number of its own."""
    head = re.match(r"([A-Z]{0,4})(\d+)(.*)", token.upper(), re.DOTALL)
    if not head or head[2] not in figures or (len(head[2]) == 1 and not head[1]):
        return False
    return sum(map(str.isdigit, head[3])) >= FIGURES_BEYOND and not head[3].startswith((".", "/"))


def _may_be(token: str) -> bool:
    return not (_DATE.fullmatch(token) or _YEARS.match(token) or PHONE.fullmatch(token) or token.startswith("869"))


def _certain(token: str, figures: set[str]) -> bool:
    bare = _BARE.fullmatch(token) is not None and not token.endswith("000")
    return _may_be(token) and (bare or _repeats(token, figures))


def _tokens(listed: str) -> list[str]:
    return [token.strip("./-") for token in re.split(rf"{_BETWEEN}", listed) if token.strip("./-")]


def _split(listed: str, figures: set[str]) -> list[str]:
    """The tokens of a list; "500D-8801/500D-8802" is two of one form."""
    found: list[str] = []
    for token in _tokens(listed):
        parts = token.split("/")
        found += parts if len(parts) > 1 and all(_certain(part, figures) for part in parts) else [token]
    return found


def _behind_products(text: str, figures: set[str]) -> list[str]:
    found: list[str] = []
    for _, end in mentions(text):
        begins = _FILLER.match(text, end)
        listed = _LISTED.match(text, begins.end() if begins else end)
        if listed is None:
            continue
        tokens = _split(listed[0], figures)
        good = [token for token in tokens if _certain(token, figures)]
        until = listed.end()
        if len(good) < len(tokens):  # what stands behind them may go on with anything: "28D0077164 0532 …"
            good = good[: next((at for at, t in enumerate(tokens) if not _certain(t, figures)), len(tokens))]
            until = text.find(good[-1], listed.start()) + len(good[-1]) if good else until
        alone = _ENDS.match(text, until) is not None and not _NO_UNIT.match(text, until)
        if alone or all(_repeats(token, figures) for token in good):
            found += good
    return found


def _behind_the_word(text: str, figures: set[str]) -> list[str]:
    """The numbers of a sentence that speaks of serials: "seri numaralarını buldum: birinci kazan 1075501, …"."""
    found: list[str] = []
    for cue in list(_SERIES.finditer(text))[:MOST_MENTIONS]:
        if not OTHER_NUMBERS.isdisjoint(words_of(text[max(0, cue.start() - 30) : cue.start()])[-2:]):
            return []
        stop = _SENTENCE.search(text, cue.end())
        sentence = text[cue.end() : stop.start() if stop else cue.end() + 300][:300]
        if PHONE.search(sentence) or not OTHER_NUMBERS.isdisjoint(words_of(sentence)):
            continue
        tokens = [match[1].strip("./-") for match in _SERIALS.finditer(sentence)]
        tokens = [token for token in tokens if sum(map(str.isdigit, token)) > FIGURES_BEYOND]
        if tokens and all(_certain(token, figures) for token in tokens):
            found += tokens
    return found


def _of_figures(text: str, figures: set[str]) -> list[str]:
    """Tokens anywhere that repeat the figures of the product, unless another word says what they are."""
    found: list[str] = []
    for match in _SERIALS.finditer(text):
        token = match[1].strip("./-")
        if _may_be(token) and _repeats(token, figures) and not token.isdigit():
            before = words_of(text[max(0, match.start() - 30) : match.start()].rpartition("\n")[2])[-3:]
            if not OTHER_NUMBERS.isdisjoint(before) or not (ADDRESS_PARTS - {"no"}).isdisjoint(before[-1:]):
                return []
            found.append(token)
    return found


def mentions(text: str) -> Iterator[tuple[int, int]]:
    """Where the names of products begin and end, by their brand."""
    looked = 0
    for word in re.finditer(r"(?<![^\W_])[^\W\d_][^\W_]{2,20}", text):
        if looked == MOST_MENTIONS:
            return
        if starts_as_product(word[0]):
            looked += 1
            name, _ = product_at_start(text[word.start() : word.start() + 80])
            if name:
                yield word.start(), word.start() + len(name)


def models_in(text: str, model: Callable[[str], str]) -> list[tuple[str, int, int]]:
    """The listed products whose model stands alone in the text ("pro 300 kazan"), and where; `model` names them."""
    text = clean(text[:MOST_READ])
    found: list[tuple[str, int, int]] = []
    words = [(m.start(), m.end()) for m in re.finditer(r"[^\W_]+(?:/\d+)?", text)]
    for at, (start, end) in enumerate(words):
        if not _NUMBER.search(text[start:end]) or end - start > 12:
            continue
        for first in range(max(0, at - 2), at + 1):
            begins = words[first][0]
            if "\n" not in text[begins:end] and (name := model(text[begins:end])):
                found.append((name, begins, end))
                break
    return found[:MOST_MENTIONS]


_COUNTED = re.compile(
    r"(?<![\w./,-])(?:(\d{1,2}) ?(?:adet|ad\.|tane|x|×|pcs\.?|units?)|(bir|iki|[uü][cç]|d[oö]rt|be[sş]|alt[ıi]|yedi"
    r"|sekiz|dokuz|on) (?:adet|tane))(?![^\W_])[\s,:(]{0,3}(?:de |daha )?",
    re.IGNORECASE,
)


def counts_before(text: str, models: Iterable[tuple[str, int, int]] = ()) -> list[tuple[str, str]]:
    """Each count right before a device, with the name of that ("" where only its sort is told)."""
    text = clean(text[:MOST_READ])
    begins = {start: end for _, start, end in models}
    found: list[tuple[str, str]] = []
    for match in list(_COUNTED.finditer(text))[:MOST_MENTIONS]:
        rest = text[match.end() : match.end() + 80]
        name, _ = product_at_start(rest)
        if not name and match.end() in begins:
            name = text[match.end() : begins[match.end()]]
        first = rest.split(maxsplit=1)[:1]
        if name or (first and holds_device_word(first[0])):
            found.append((match[1] or match[2], fold_words(name)))
    return found
