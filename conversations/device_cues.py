"""What a running text says of devices beside its spans: serials behind a product, models alone, counts before them.

The text is read as it was typed, since a sentence is cut into spans in places where a list of serials goes on.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from conversations.answers.plain import terms
from conversations.block_labels import ADDRESS_PARTS, FORMER, OTHER_THINGS
from conversations.device_shapes import of_accessories, product_at_start, starts_as_product
from conversations.letters import clean, fold_words
from conversations.stretches import PHONE, words_of

MOST_READ = 4096
MOST_MENTIONS = 20
"""Mentions of products that are looked at: nobody's request has more, and the work stays bounded."""
FIGURES_BEYOND = 3
"""Figures that a serial has beside those of its model: "24CF" and "24-28" are models themselves."""

_SERIAL = r"(?=[A-Za-z./-]{0,8}\d)[A-Za-z0-9][A-Za-z0-9./-]{2,38}[A-Za-z0-9]"
_SERIALS = re.compile(rf"(?<![\w@./-])#?({_SERIAL})(?![\w@])(?!['’]?\w*@)")
_BETWEEN = r"(?:\s*[,;&+–—]\s*|\s*/\s+|\s+/|\s+(?:ve|ile|and)\s+|\s+)"
_LISTED = re.compile(rf"{_SERIAL}(?:{_BETWEEN}{_SERIAL}){{0,49}}")
_FILLER = re.compile(
    r"[^\w×]{0,8}(?:(?:[x×] ?\d{1,2}|\d{1,2} ?(?:adet|ad\.|tane|x)|no(?:su|lar[ıi])?|tek|bir|kombi|kazan"
    r"|cihaz|[sş]ofben|yo[gğ]u[sş]mal[ıi]|hermetik|duvar|yer|tipi|boyler|var|adet)(?:['’][^\W\d_]{1,5})?"
    r"\W{1,6}){0,4}",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[\s.]*(?:$|[\n,;/)\]|]|[–—-]\s|\.\s|['’])")
_NO_UNIT = re.compile(
    r"\s*(?:tl|try|₺|lira|kw|kcal|mm|cm|m2|lt|litre|bar|eur|euro|usd|\$|€|%)(?![^\W\d_])", re.IGNORECASE
)
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d{2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2}"
)
_YEARS = re.compile(r"(?:19|20)\d{2}[./-]\d+")
_NO_SERIAL = re.compile(r"869\d{10}|TR\d{20,}|0\d{9,}|90\d{10}|[2-4]\d[02468]\d{7}|5\d{9}|\d{3,}000|\d{4}00")
"""Bare numbers that are as likely a bar code, an account, a telephone, an amount."""
_OF_A_PAPER = re.compile(
    r"(?:GAR|SIP|REF|IRS|GIB|FTR|FAT|INV|ORD|SKU|TKL|PO|TC|VKN|POL|DASK|ABN|TES)[-./]?\d|[A-Z0-9]{3}20\d{11}$"
)
"""What a number of an order, an invoice, a warranty begins with; the form of an electronic invoice's."""
_CLAUSE = re.compile(r"[\n,;.)/(:]")
_GOES_ON = re.compile(r" ?[ ,/-] ?\d{1,3}(?![\w./-])")
_PLATE = re.compile(r"\d{2}[A-Z]{1,3}\d{2,4}")
_BARE = re.compile(r"\d{6,15}")
_MIXED = re.compile(r"(?=[^A-Z]*[A-Z])[A-Z]{0,4}(?:[-./]?\d+[A-Z]{0,4}(?![A-Z])|[-./][A-Z]{1,4}(?![A-Z]))+")
_PARTED = re.compile(r"\d+(?:[.-]\d+){1,4}")
_SERIES = re.compile(
    r"(?<![^\W_])seri(?:si|ler|leri|nin|sinin)?(?: (?:no|num|etiket)\w{0,12})?(?:['’]\w{1,6})?(?![/\w])", re.I
)
_TAKEN_BACK = re.compile(r"pardon|yanl[ıi][sş]|d[uü]zelt|de[gğ]il|diye", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?](?:\s|$)|\n\s*\n")
_NUMBER = re.compile(r"\d")
OTHER_NUMBERS = OTHER_THINGS | terms(
    """siparis siparisim irsaliye fatura faturasi proforma teklif sozlesme abone abonelik tesisat sayac sayacim kod kodu
    stok sku barkod barkodu parca belge belgesi evrak sayi dosya emri form kargo takip referans ref talep police order
    invoice id vergi vkn tc tckn baglanti gaz polis plaka kayit is cari tarih tarihi dilekce fiyat bakim eca part pn
    kapi daire sira"""
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
    own = sum(map(str.isdigit, head[3])) >= FIGURES_BEYOND
    return own and (bool(head[1]) or not head[3].startswith((".", "/")))


def repeats_model(token: str, names: Iterable[str]) -> bool:
    """Whether what stands before the token's first mark are a model's figures: "KMR3035-8" is no range to 3038."""
    head = re.match(r"[A-Za-z]{0,4}(\d+)[A-Za-z]{0,4}[-./]", token)
    return head is not None and any(head[1] in _figures(name) for name in names)


def may_be_serial(token: str) -> bool:
    """Whether its form does not make it a date, a telephone, an amount, or a paper's number."""
    return not (
        _DATE.fullmatch(token)
        or _YEARS.match(token)
        or _NO_SERIAL.fullmatch(token)
        or _OF_A_PAPER.match(token.upper())
        or ".." in token
    )


def _certain(token: str, figures: set[str]) -> bool:
    """Whether the token alone, behind its product, can hardly be anything but a serial."""
    return may_be_serial(token) and (_repeats(token, figures) or shaped(token))


def shaped(token: str) -> bool:
    """Whether the token has a serial's form: letters and figures mixed, or a long number that nothing else is like."""
    token = token.upper()
    figures = sum(map(str.isdigit, token))
    if _BARE.fullmatch(token):
        return not _NO_SERIAL.fullmatch(token) and not _is_citizen(token)
    if _PARTED.fullmatch(token):
        return figures >= 8 and not _DATE.fullmatch(token)
    return (
        len(token) >= 6 and figures >= FIGURES_BEYOND and bool(_MIXED.fullmatch(token)) and not _PLATE.fullmatch(token)
    )


def _is_citizen(token: str) -> bool:
    """Whether the number is a citizen's, by its two check figures."""
    if len(token) != 11 or token[0] == "0":
        return False
    n = [int(c) for c in token]
    return (sum(n[0:9:2]) * 7 - sum(n[1:8:2])) % 10 == n[9] and sum(n[:10]) % 10 == n[10]


def _tokens(listed: str) -> list[str]:
    pieces = (_LABEL_JOINED.sub("", token.strip("./-")) for token in re.split(_BETWEEN, listed))
    return [piece for piece in pieces if piece]


_LABEL_JOINED = re.compile(r"^(?:serino|seri|sno|sn)(?=\d)", re.IGNORECASE)


def _split(listed: str, figures: set[str]) -> list[str]:
    """The tokens of a list; "500D-8801/500D-8802" is two of one form."""
    found: list[str] = []
    for token in _tokens(listed):
        parts = token.split("/")
        alike = len({part[:2] for part in parts}) == 1  # "28EL/2611" is one
        found += parts if len(parts) > 1 and alike and all(_certain(part, figures) for part in parts) else [token]
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
        behind = words_of(_CLAUSE.split(text[until : until + 40])[0])[:2]
        if _GOES_ON.match(text, until) or not OTHER_NUMBERS.isdisjoint(behind):
            continue  # "24-11001 02 03", "24-8812 sipariş"
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
        if PHONE.search(sentence) or _TAKEN_BACK.search(sentence) or not OTHER_NUMBERS.isdisjoint(words_of(sentence)):
            continue
        tokens = [match[1].strip("./-") for match in _SERIALS.finditer(sentence)]
        tokens = [token for token in tokens if sum(map(str.isdigit, token)) >= FIGURES_BEYOND]
        if tokens and all(_certain(token, figures) for token in tokens):
            found += tokens
    return found


def _of_figures(text: str, figures: set[str]) -> list[str]:
    """Tokens anywhere that repeat the figures of the product, unless another word says what they are."""
    found: list[str] = []
    last = -MOST_READ
    for match in _SERIALS.finditer(text):
        token = match[1].strip("./-")
        if may_be_serial(token) and _repeats(token, figures) and not token.isdigit():
            before = text[max(0, match.start() - 30) : match.start()].rpartition("\n")[2]
            words = words_of(before)[-3:]
            told = not before.strip() or before.rstrip().endswith((",", ";", "/", "-", "–", "—", "(", "#"))
            behind = words_of(_CLAUSE.split(text[match.end() : match.end() + 40])[0])[:2]
            if _GOES_ON.match(text, match.end()) or not OTHER_NUMBERS.isdisjoint(behind):
                return []
            ofs = words[:-1] if words[-1:] and words[-1] in _NUMBER_WORDS else words  # "dask no" is not "kombi no"
            cued = not ofs or match.start() - last < 6 or ofs[-1] in _BEFORE_SERIALS or not figures.isdisjoint(ofs[-1:])
            if not (told or cued) or not OTHER_NUMBERS.isdisjoint(words) or _NUMBERED_SO.match(text, match.end()):
                return []
            found.append(token)
            last = match.end()
    return found


_BEFORE_SERIALS = terms(
    """seri serisi serinin serial serials number numbers and var sn kombi kombinin kombim cihaz cihazin cihazim kazan
    kazanin etiket etikette etiketinde etiketteki etiketi plakasinda plakada ustunde uzerinde altinda yazan ve ile bu su
    birinci ikinci ucuncu diger digeri is"""
)
_NUMBER_WORDS = terms("no nosu nolari numarasi numaralari numarali")
_NUMBERED_SO = re.compile(
    r" (?:no'?lu|nolu|numaral[ıi]|say[ıi]l[ıi])(?! (?:cihaz|kombi|kazan|[uü]r[uü]n))", re.IGNORECASE
)


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
        spans = [
            (words[a][0], words[b][1]) for b in (at + 1, at) for a in (at - 2, at - 1, at) if a >= 0 and b < len(words)
        ]
        for begins, ends in spans:
            if text[begins:ends].startswith("at "):
                continue  # an hour, in English
            if ends - begins < 20 and "\n" not in text[begins:ends] and (name := model(text[begins:ends])):
                found.append((name, begins, ends))
                break
    return found[:MOST_MENTIONS]


_N = r"(\d{1,2}|bir?|iki|[uü][cç]|d[oö]rt|be[sş]|alt[ıi]|yedi|sekiz|dokuz|on)"
_COUNTED = re.compile(
    rf"(?<![\w./,-]){_N} ?(?:adet|ad\.|tane|(?<=\d )x|(?<=\d)x|×|pcs\.?|units?)(?![^\W_])[\s,:(]{{0,3}}(?:de |daha )?",
    re.IGNORECASE,
)
_DEVICES_COUNTED = re.compile(
    rf"(?<![\w./,-])(?:{_N}|tek) (?:kombi|kazan|cihaz|boiler|unit|[sş]ofben|[ıi]s[ıi] pompas)[^\W\d_]{{0,8}}(?![^\W_])",
    re.IGNORECASE,
)
_BEHIND_COUNTED = re.compile(
    rf"(?:[\s(]{{1,2}}(?:kombi|kazan|cihaz|yo[gğ]u[sş]mal[ıi]|hermetik)[^\W\d_]{{0,4}}){{0,3}}[\s,;(/–-]{{1,4}}{_N} ?"
    r"(?:adet|tane|ad\.?)(?![^\W_])",
    re.IGNORECASE,
)
_ALONE_COUNTED = re.compile(
    r"(?<![^\W_])adet:? (\d{1,2})(?=\.?(?:\s|,|$))|(?:^|[.!?] )(\d)(?= [^\W\d_]{4})", re.IGNORECASE
)
_DEVICE = re.compile(r"(?:kombi|kazan|cihaz|boiler|[sş]ofben|[ıi]s[ıi] pomp|boyler)", re.IGNORECASE)
_CELL_COUNTED = re.compile(r"\t(?:[^\t\n]{3,40}\t)?(\d{1,2})(?=\t|\n|$)")
_SORT = re.compile(r"^(?:kombi|kazan|cihaz|[sş]ofben)(?:[ıi]|s[ıi])? ", re.IGNORECASE)
MOST_TOLD = 12
"""The most devices that stand before their sort without a word for pieces: "ECOMIX 24 kombi" is one."""


def counts_beside(text: str, models: Iterable[tuple[str, int, int]] = ()) -> list[tuple[str, str]]:
    """Each count right before or behind a device, with the name of that ("" where only its sort is told)."""
    text = clean(text[:MOST_READ])
    begins = {start: end for _, start, end in models}
    named = [*mentions(text), *begins.items()]
    found: list[tuple[str, str]] = []
    for match in list(_COUNTED.finditer(text))[:MOST_MENTIONS]:
        rest = text[match.end() : match.end() + 80]
        name, _ = product_at_start(_SORT.sub("", rest))
        if not name and match.end() in begins:
            name = text[match.end() : begins[match.end()]]
        if name or (_DEVICE.match(rest) and not of_accessories(rest)) or _LIK.match(rest):
            found.append((match[1], fold_words(name)))
    if found:
        return found
    behind = dict[int, tuple[str, str]]()
    for start, end in named[:MOST_MENTIONS]:
        if told := _BEHIND_COUNTED.match(text, end) or _CELL_COUNTED.match(text, end):
            if of_accessories(text[told.end() :]):
                continue
            behind.setdefault(told.start(1), (told[1], fold_words(text[start:end])))
    found += behind.values()
    for match in [] if found else list(_ALONE_COUNTED.finditer(text))[:MOST_MENTIONS]:
        if match[1] or any(start == match.end() + 1 for start, _ in named):
            found.append((match[1] or match[2], ""))
    for match in [] if found else list(_DEVICES_COUNTED.finditer(text))[:MOST_MENTIONS]:
        inside = any(start < match.end() and match.start() <= end for start, end in named if match[1])
        before = words_of(text[max(0, match.start() - 20) : match.start()])[-1:]
        small = not match[1] or not match[1].isdigit() or int(match[1]) <= MOST_TOLD
        if small and not inside and (ADDRESS_PARTS | OTHER_NUMBERS).isdisjoint(before):
            found.append((match[1] or "1", ""))
    return found


_ABOUT_ANOTHER = terms(
    "eski onceki sokulen sokuldu soktuk degil yerine iptal mevcut arizali degistirdik vazgectik veya yahut"
)
_LIK = re.compile(r"(?<![\w./-])(\d{2})['’ ]?l[ıiuü][kğg]\w{0,3} ([^\W\d_]{5,12})(?![^\W_])", re.IGNORECASE)


_TAKEN_BACK_NAME = re.compile(r"['’]?[^\W\d_]{0,4},? de[gğ]il(?![^\W_])", re.IGNORECASE)


def in_doubt(text: str) -> bool:
    """Whether a product that the text names is not the one, or was there before: "ecomix 24 değil", "eski …"."""
    text = clean(text[:MOST_READ])
    for start, end in mentions(text):
        before = re.split(r"[,;.:\n]", text[max(0, start - 40) : start])[-1]
        if _TAKEN_BACK_NAME.match(text, end) or not FORMER.isdisjoint(words_of(before)[-3:]):
            return True
    return False


def all_names(text: str) -> list[str]:
    """Every product that the text names by its brand, as often as it does."""
    text = clean(text[:MOST_READ])
    return [text[start:end] for start, end in mentions(text)]


def names_in(text: str) -> list[str]:
    """The products that the text names by their brand, each once; [] where it speaks of another device, too."""
    text = clean(text[:MOST_READ])
    if not _ABOUT_ANOTHER.isdisjoint(words_of(text)):
        return []
    found = [text[start:end] for start, end in mentions(text)]
    found += [f"{match[2]} {match[1]}" for match in _LIK.finditer(text) if starts_as_product(match[2])]
    return list({fold_words(name).replace(" ", ""): name for name in found}.values())
