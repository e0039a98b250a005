"""How people set out what they paste, made one way of writing: a label, a colon and its value, a sentence to a piece.

Leaders of dots, emphasis, quotation marks, labels joined to their value by a dash or a stroke, initials for labels,
an address in a form of many lines.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from conversations.address_edges import ends_with_number, is_of_street
from conversations.answers.plain import terms
from conversations.block_labels import ADDRESS_PARTS, Target
from conversations.labelling import label_of_words, misspelt_label
from conversations.letters import fold_words

_EMPHASIS = re.compile(r"(?<![^\W_])([*_~])(?=\S)([^*_~\n]{1,60}?)(?<=\S)\1(?![^\W_])(\s*[:=])?")
_QUOTES = re.compile(r"[“”„«»]|\"{2,}|(?<!\d)\"|(?<=\d)\"(?=[^\W\d_ ])|(?<=\d)\"(?= +[^\W\d_]+(?:yor|mış|miş)|,? *$)")
_LEADER = re.compile(r"^([^\W\d_][^:=.\n]{0,40}?) ?(?:\.{2,}|…+|_{3,}|·{3,}) ?:? ?(?=\S)")
_DOTS = re.compile(r" ?(?:\.{3,}|…) ?(?=\S)(?!pardon|yanl|yok|değil|hay[ıi]r|d[uü]zelt)", re.IGNORECASE)
_DASHED = re.compile(r"^([^\W\d_]{2,}(?: [^\W\d_]+){0,3})-(?=[^\s-])(?![^\n]*[:=])")
_SET_OFF = re.compile(r"[\"“”„«»/…_·>]|\.\.")
_ARROW = re.compile(r"(?<=[^\W_]) ?> ?(?=[^\W\d_])")
_SLASHED = re.compile(r"(?<=[^\s/])/ (?=[^\s/])")
_STROKE = re.compile(r"(?<=\S) ?/ ?(?=([^\W\d_]{2,15}(?: [^\W\d_]{1,15}){0,2}) ?[=:])")
_INITIAL = re.compile(r"^([MTACSBmtacsb]) ?[:=] ?(?=\S)")
_INITIALS = {"M": "müşteri", "T": "tel", "A": "adres", "C": "cihaz", "S": "seri no", "B": "bayi"}

_PART = re.compile(r"([^\W\d_]{1,15}(?:[./ ]{1,2}[^\W\d_]{1,15}){0,2}) ?: ?(?=\S)")
_STREETS_APART = {
    **dict.fromkeys(("mah", "mahalle", "mahallesi", "mh"), "Mah."),
    **dict.fromkeys(("sok", "sokak", "sokagi", "sk"), "Sok."),
    **dict.fromkeys(("cad", "cadde", "caddesi", "cd"), "Cad."),
    **dict.fromkeys(
        ("cadde sokak", "cad sok", "sokak cadde", "bulvar", "street", "site", "apartman", "apt", "semt"), ""
    ),
}
_NUMBERS_APART = {
    **dict.fromkeys(("no", "bina no", "kapi no", "dis kapi no", "dis kapi", "apt no", "apartman no"), "No: "),
    **dict.fromkeys(("daire", "daire no", "ic kapi no", "ic kapi", "d"), "Daire: "),
    **dict.fromkeys(("kat", "k"), "Kat: "),
    **dict.fromkeys(("blok",), "Blok: "),
}

_ENDS_NO_SENTENCE = ADDRESS_PARTS | terms(
    """ad caddesi sokagi bulvari sitesi dr av sn tel gsm cep ltd sti as san tic ins muh prof doc vb vs yrd hn tc s n sok
    cad mrk muk hz yuk mim org end paz ith ihr muhs evl kom sos tur elk mak hav kur ist ank izm pk krs ing alb gen op
    uzm ecz ogr co inc dt yuk av opr univ
    fak taah malz sis mr mrs ms kull sk st sit bul bld nr num urn mod mst mus tlf bld koop turk"""
)
_SENTENCE = re.compile(r"(?<=[^\s.!?])([.!?]+|…)(?:[)\"']?)( +| ?$)|(?<=[^\W_]) ([.,])(?=[^\W\d_])")


def as_labelled(lines: list[str]) -> list[str]:
    """The lines with a colon behind every label that dots, stars, a dash or a stroke set off; as many or fewer."""
    lines = [_plain(line) for line in lines]
    lines = _spaced(_dashed(lines))
    lines = _initialled(lines)
    return list(_addresses_together(lines))


def _plain(line: str) -> str:
    """One line without quotation marks; a label before leading dots, or between strokes, has its colon."""
    if _SET_OFF.search(line) is None:
        return line
    line = _ARROW.sub(", ", _QUOTES.sub("", line))
    if (leader := _LEADER.match(line)) and _labels(leader[1]):
        line = f"{leader[1]}: {line[leader.end() :]}"
    line = _DOTS.sub(" | ", line)
    if len(_SLASHED.findall(line)) > 2:
        line = _SLASHED.sub(" / ", line)
    strokes = [match for match in _STROKE.finditer(line) if _labels(match[1])]
    if len(strokes) > 1:
        line = _STROKE.sub(lambda match: "; " if _labels(match[1]) else match[0], line)
    return line


def without_emphasis(line: str) -> str:
    """The line without a messenger's stars and underscores; a label in them has its colon."""
    return _EMPHASIS.sub(_without_stars, line)


def _without_stars(match: re.Match[str]) -> str:
    if match[3] is not None:
        return match[2] + match[3]
    return f"{match[2]}:" if match.start() == 0 and _labels(match[2]) else match[2]


def _labels(text: str) -> bool:
    words = fold_words(text)
    return label_of_words(words) is not None or misspelt_label(words) is not None


def _dashed(lines: list[str]) -> list[str]:
    """ "KOMBİ-ECOMIX 24": a label and its value around a dash, where more than one line is written so."""
    found = {at: match for at, line in enumerate(lines) if (match := _DASHED.match(line)) and _labels(match[1])}
    if len(found) < 2:
        return lines
    return [f"{found[at][1]}: {line[found[at].end() :]}" if at in found else line for at, line in enumerate(lines)]


def _spaced(lines: list[str]) -> list[str]:
    """ "İlçe  Çatalca": a label and its value with a gap between, where more than two lines are written so."""
    found = {at: match for at, line in enumerate(lines) if (match := _GAP.match(line)) and _is_labelled(match)}
    if len(found) < 3:
        return lines
    return [f"{found[at][1]}: {line[found[at].end() :]}" if at in found else line for at, line in enumerate(lines)]


def _is_labelled(match: re.Match[str]) -> bool:
    """Whether a label stands before a gap, and a value behind it, no label of another column."""
    words = fold_words(match[1])
    return (_labels(match[1]) or words in _STREETS_APART or words in _NUMBERS_APART) and not _labels(match[2])


_GAP = re.compile(r"([^\W\d_][^:=\n]{0,30}?) {2,}(?=(\S{1,30}))")


def _initialled(lines: list[str]) -> list[str]:
    """ "M: …", "T: …", "A: …": the initials of the labels; where "M" is a telephone, a letter is signed so."""
    found = {at: match for at, line in enumerate(lines) if (match := _INITIAL.match(line))}
    letters = [match[1].upper() for match in found.values()]
    numbered = any(match[1] in "MBmb" and not _named(lines[at][match.end() :]) for at, match in found.items())
    if len(set(letters)) < len(letters) or len(letters) < 2 or "M" not in letters or numbered:
        return lines
    return [
        f"{_INITIALS[found[at][1].upper()]}: {line[found[at].end() :]}" if at in found else line
        for at, line in enumerate(lines)
    ]


def _named(text: str) -> bool:
    return re.match(r"[^\W\d_]{2,}", text) is not None


def _addresses_together(lines: list[str]) -> Iterator[str]:
    """A form's lines for quarter, street and numbers as one address."""
    parts: list[str] = []
    for line in _lines_of_address(lines):
        match = _PART.match(line)
        words = fold_words(match[1]) if match else ""
        value = line[match.end() :] if match else ""
        mark = _STREETS_APART.get(words)
        if mark is not None and (parts or mark or words == "cadde sokak"):
            has_mark = not ADDRESS_PARTS.isdisjoint(fold_words(value).split())
            parts.append(value if has_mark or not mark else f"{value} {mark}")
        elif words in _NUMBERS_APART and parts:
            parts.append(_NUMBERS_APART[words] + _DOOR.sub(" Daire: ", value))
        else:
            label = label_of_words(words) if words else None
            goes_on = label is not None and label.target == "address" and "mah" not in fold_words(value).split()
            if parts and not goes_on:
                yield f"Adres: {' '.join(parts)}"
            yield f"Adres: {' '.join((*parts, value))}" if parts and goes_on else line
            parts = []
    if parts:
        yield f"Adres: {' '.join(parts)}"


def _lines_of_address(lines: list[str]) -> list[str]:
    """The lines, with "Adres satırı 2: …" behind "Adres satırı 1: …"."""
    whole = list(lines)
    for at, line in enumerate(lines):
        match = _ADDRESS_LINE.match(line)
        if match and match[1] == "1":
            whole[at] = f"Adres: {line[match.end() :]}"
        elif match and at and whole[at - 1].startswith("Adres: "):
            whole[at - 1 : at + 1] = ["", f"{whole[at - 1]} {line[match.end() :]}"]
    return whole


_ADDRESS_LINE = re.compile(r"(?:açık )?adress?(?: sat[ıi]r[ıi]| line)? ?([1-3]) ?: ?(?=\S)", re.IGNORECASE)
_DOOR = re.compile(r" {1,3}(?:daire|iç kapı)(?: no)? ?: ?", re.IGNORECASE)


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a line; the dots of "Mah.", "No." and "2. Sokak" end none."""
    begins = 0
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        if _ends(text[begins : match.start()], text[match.end() :], match[1] or ""):
            stop = match.start() + (_FORM_ENDS.search(text, max(begins, match.start() - 8), match.start()) is not None)
            found.append(text[begins:stop])  # the dot of "Ltd. Şti." is part of the name
            begins = match.end()
    found.append(text[begins:])
    return tuple(part.strip() for part in found if part.strip())


def _ends(before: str, after: str, mark: str) -> bool:
    """Whether a sentence ends between these two."""
    last = re.search(r"[^\s.,:;/()-]+$", before)
    if last is None or not after:
        return bool(after)
    if mark[:1] in ("!", "?"):
        return True
    if len(mark) > 1 and after.lower().startswith(("pardon", "yanl", "yok ", "değil", "düzelt")):
        return False  # what was written before is taken back: it must not stand alone
    if _FORMS.match(after):
        return False  # "… Malz. San. Tic. Ltd. Şti."
    word = fold_words(last[0])
    if word == "sti" or before.endswith(("A.Ş", "A.S")):
        return after[:1].isupper() and ADDRESS_PARTS.isdisjoint(fold_words(after[:60]).split()[:6])
    if word.isdigit() or any(c.isdigit() for c in word):
        anew = _begins_anew(after) or len(re.findall(r"\d", before[-20:])) >= 10
        return anew or ends_with_number(before, after) or _begins_a_sentence(before, after)
    return len(word) > 1 and word not in _ENDS_NO_SENTENCE and not _is_shortened(word)


def _begins_a_sentence(before: str, after: str) -> bool:
    """Whether a number and a dot end a sentence outside of addresses: "… ecodense wt 65. Şirketimiz …"."""
    words = fold_words(after[:80]).split()[:4]
    return (
        len(before.split()) > 2
        and after[:1].isupper()
        and len(words) > 1
        and not is_of_street((*words, *fold_words(before[-80:]).split()))
    )


def _is_shortened(word: str) -> bool:
    """Whether no Turkish word ends like this one: "Şht.", "Bölg."; what people shorten in greetings ends sentences."""
    return word not in _SHORT_GREETINGS and _NO_WORD.search(word) is not None


_NO_WORD = re.compile(r"^[^aeiou]{3,5}$|[lr]g$")
_SHORT_GREETINGS = terms("slm mrb tsk tskler tsklr hyr tmm lpg lng pvc ptt dhl")


_FORMS = re.compile(r"(?:ve )?(?:san|tic|ltd|paz|[şs]ti|koop|a\. ?ş|aş)(?![^\W_])", re.IGNORECASE)
_FORM_ENDS = re.compile(r"(?<![^\W_])(?:[şs]ti|a\. ?ş|a\. ?s)$", re.IGNORECASE)
_OPENING: frozenset[Target] = frozenset(("name", "given", "mobile", "phone", "email", "product", "serials", "count"))
_OPENERS = terms(
    """adim ismim ben telefonum cebim numaram adresim cihazim kombim kazanim benim musteri musterimiz kombi cihaz urun
    model seri saat baska fatura bayi marka simdiden tesekkurler lutfen not firma firmam"""
)


def _begins_anew(after: str) -> bool:
    """Whether what follows a number and a dot begins a sentence of its own: "… No 22. Kombi ecomix 24"."""
    words = fold_words(after[:60]).split()
    heads = (label_of_words(" ".join(words[:n])) for n in (1, 2) if len(words) > n)
    return bool(words) and (words[0] in _OPENERS or any(label and label.target in _OPENING for label in heads))
