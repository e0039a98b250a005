"""Which device a pasted text speaks of: product, group, serial numbers and count."""

import re
from collections.abc import Callable

from rapidfuzz.distance import OSA

from conversations.answers.outcome import Accepted, Ambiguous, Outcome, Refused, Value
from conversations.block_labels import OTHER_THINGS
from conversations.device_cues import (
    all_names,
    counts_beside,
    in_doubt,
    models_in,
    names_in,
    repeats_model,
    serials_beside,
)
from conversations.device_shapes import (
    is_generic,
    is_product,
    is_sort,
    names_brand,
    product_at_start,
    product_of_label,
    without_device_words,
)
from conversations.judging import Reading, catalogue_of, is_it, listed_in
from conversations.letters import fold_words
from conversations.span import LABELLED, MAYBE, SHAPED, Span
from conversations.stretches import trimmed, words_of


def device(reading: Reading, text: str) -> None:
    """Product, group, serial numbers and count; `text` is the whole message, in which some stand without a label."""
    spans = [span for span in reading.spans if span.owner != "dealer" or span.target != "product"] or reading.spans
    if not any(span.target == "product" and span.text for span in spans):
        spans = reading.spans
    models = models_in(text, _model_of(reading))
    _product(reading, spans)
    _product_by_model(reading, spans, text, models)
    _doubt_product(reading, spans, text)
    reading.choose("ProductGroupName", [(s.text, s.sure) for s in spans if s.target == "group"])
    known = reading.known
    if any(span.target == "serials" and span.text for span in spans):
        # The serials before are others': the count is not held against them.
        reading.known = {name: value for name, value in known.items() if name != "ProductSerialNumberList"}
    _count(reading, spans, counts_beside(text, models))
    reading.known = known
    _serials(reading, spans, text, models)


def _model_of(reading: Reading) -> Callable[[str], str]:
    """The listed name of a model without its brand, "" for anything else."""
    catalogue = catalogue_of(reading.form)
    if not catalogue:
        return lambda text: ""
    return lambda text: entry.name if (entry := catalogue.of_model(text)) is not None else ""


def _product_by_model(reading: Reading, spans: list[Span], text: str, models: list[tuple[str, int, int]]) -> None:
    """The one product whose model alone stands in the text, where nothing else names one."""
    names = list(dict.fromkeys(name for name, _, _ in models))
    told = [s for s in spans if s.target in ("product", "brand") and (s.sure > MAYBE or names_brand(s.text))]
    if not names and not any(s.sure == LABELLED and is_product(s.text) for s in told):
        names = [name for name in names_in(text) if listed_in(reading.form)(name)]
        told = []
    if len(names) == 1 and not told and "ProductNameList" not in {*reading.fields, *reading.wrong}:
        reading.settle("ProductNameList", reading.judge("ProductNameList", names[0]), sure=SHAPED)


def _doubt_product(reading: Reading, spans: list[Span], text: str) -> None:
    """Asks about the product where the text names another, too, or says that it is not this one."""
    taken = reading.fields.get("ProductNameList")
    if taken is None:
        return
    listed = {name for name in all_names(text) if listed_in(reading.form)(name)}
    outcomes = [reading.judge("ProductNameList", name) for name in listed]
    others = {str(o.value) for o in outcomes if isinstance(o, Accepted)} - set(str(taken).split(", "))
    labelled = any(span.target == "product" and span.sure == LABELLED for span in spans)
    if (others and not labelled) or in_doubt(text):
        values = [taken, *sorted(others)]
        del reading.fields["ProductNameList"]
        reading.follows.pop("ProductGroupName", None)
        reading.doubtful["ProductNameList"] = is_it(reading.form, "ProductNameList", values)


_WRITTEN_COUNT = re.compile(r"(\d{1,2})(?:[.,]0{1,3})?(?: {0,2}(?:birim|adet|ad\.?))?", re.IGNORECASE)


def _count(reading: Reading, spans: list[Span], before: list[tuple[str, str]]) -> None:
    """How many devices: by label, beside a product, or before each of several products together."""
    written = [(s.text, s.sure) for s in spans if s.target == "count"]
    written = [(m[1] if (m := _WRITTEN_COUNT.fullmatch(text.strip())) else text, sure) for text, sure in written]
    labelled = any(sure == LABELLED for _, sure in written)
    sums: dict[str, Value] = {}
    for n, name in before:
        outcome = reading.judge("DeviceCount", n)
        if isinstance(outcome, Accepted) and not any(one.endswith(name) or name.endswith(one) for one in sums):
            sums[name] = outcome.value
    if len(sums) > 1 and "" not in sums and not labelled:
        written = [(str(sum(n for n in sums.values() if isinstance(n, int))), SHAPED)]
    elif not written:
        written = [(n, SHAPED) for n, _ in before]
    reading.choose("DeviceCount", written)


def _serials(reading: Reading, spans: list[Span], text: str, models: list[tuple[str, int, int]]) -> None:
    serials = [span for span in spans if span.target == "serials" and span.text]
    sure = max((span.sure for span in serials), default=MAYBE)
    if sure < LABELLED:
        names = str(reading.fields.get("ProductNameList", "")).split(", ")
        beside = serials_beside(text, [*names, *(name for name, _, _ in models)]) if names != [""] else []
        devices = reading.fields.get("DeviceCount", len(beside))
        if beside and len(beside) == devices:
            reading.settle("ProductSerialNumberList", _one_by_one(reading, beside, models), sure=SHAPED)
            return
        if beside:
            serials, sure = [Span("serials", "\n".join(beside), MAYBE, 0)], MAYBE
    if not serials:
        return
    written = [span.text for span in serials if span.sure == sure]
    outcome = reading.judge("ProductSerialNumberList", "\n".join(written))
    tokens = [token for piece in " ".join(written).split() if (token := piece.strip(".,;()-"))]
    devices = reading.fields.get("DeviceCount", len(tokens))
    ranged = re.search(r"\s[-–~]\s|\.\.", " ".join(written)) is not None
    # "101 220" may be one, "24-7711 - 24-7715" five.
    apart = not ranged and (len(tokens) == 1 or all("-" in token for token in tokens))
    if sure == LABELLED and apart and len(tokens) == devices:
        # "Seri no: 3035-7712" beside one device: nobody writes two numbers so.
        whole = _one_by_one(reading, tokens, models)
        outcome = whole if isinstance(whole, Accepted) else outcome
    taken = outcome.value if isinstance(outcome, Accepted) else ()
    if isinstance(taken, tuple) and isinstance(devices, int) and len(written) > 1 and 1 < devices < len(taken):
        sure = MAYBE  # some of them are others' numbers
    reading.settle("ProductSerialNumberList", outcome, sure=sure)


_WHOLE_BY_FORM = ("serial-dash",)
_WHOLE_BY_MODEL = ("serial-dash", "serial-range", "serial-one-or-more")


def _one_by_one(reading: Reading, tokens: list[str], models: list[tuple[str, int, int]]) -> Outcome:
    """Each token as one serial, whatever stands inside it; the first outcome that is none where one cannot be."""
    names = [*str(reading.fields.get("ProductNameList", "")).split(", "), *(name for name, _, _ in models)]
    found: list[str] = []
    for token in tokens:
        outcome = reading.judge("ProductSerialNumberList", token)
        of_model = repeats_model(token, names)
        asked = isinstance(outcome, Ambiguous) and outcome.question.id in (
            _WHOLE_BY_MODEL if of_model else _WHOLE_BY_FORM
        )
        whole = isinstance(outcome, Refused) and outcome.reason.id == "serial-range-too-many"
        parted = isinstance(outcome, Accepted) and outcome.value != (token.upper(),)
        if asked or whole or (parted and of_model and len(tokens) == 1):
            found.append(token.upper())
        elif isinstance(outcome, Accepted) and isinstance(outcome.value, tuple):
            found += outcome.value
        else:
            return outcome
    return Accepted(tuple(dict.fromkeys(found)))


def _listed_name(reading: Reading, text: str) -> str:
    """A product's listed name without the words for its sort behind it: "ECODENSE WT 45 DUVAR TİPİ KAZAN"."""
    name, rest = product_at_start(text)
    if rest and _BRACKET.fullmatch(rest):
        rest = ""  # "ECOMIX 28 (hermetik baca seti dahil)"
    elif not name and (start := _ANOTHER_WORD.match(text)) and OTHER_THINGS.isdisjoint(words_of(start[0])):
        name, rest = product_at_start(text[start.end() :])  # "Ecostar ECOMIX 28": a word of no product's before it
    return name if is_sort(rest) and listed_in(reading.form)(name) else text


_BRACKET = re.compile(r" *[(][^()\d]{2,60}[)]? *")
_ANOTHER_WORD = re.compile(r"[^\W\d_]{3,15} ")


def _product(reading: Reading, spans: list[Span]) -> None:
    """One product or several; a brand that stands apart comes before its model."""
    products = [span for span in spans if span.target == "product" and span.text]
    brands = list(dict.fromkeys(span.text for span in spans if span.target == "brand" and span.text))
    sure = max((span.sure for span in products), default=MAYBE)
    named = (_listed_name(reading, product_of_label(trimmed(s.text).rstrip("."))) for s in products if s.sure == sure)
    texts = list({fold_words(text): text for text in named}.values())
    if len(brands) == 1:
        texts = [t if fold_words(brands[0]) in fold_words(t) else f"{brands[0]} {t}" for t in texts]
    if not texts:
        return
    others = [s.text for s in products if s.sure < sure and (is_product(s.text) or product_at_start(s.text)[0])]
    if any(fold_words(other) not in " ".join(map(fold_words, texts)) for other in others):
        sure = MAYBE  # a second device beside the labelled one: both, or the old one?
    texts = [text for text in texts if not is_sort(text)] or texts
    generic = all(is_generic(text) or (len(words_of(text)) < 2 and not any(map(str.isdigit, text))) for text in texts)
    outcome = reading.judge("ProductNameList", ", ".join(texts))
    if not isinstance(outcome, Accepted):
        bare = reading.judge("ProductNameList", ", ".join(map(without_device_words, texts)))
        outcome = bare if isinstance(bare, Accepted) else outcome
    if isinstance(outcome, Accepted) and listed_in(reading.form)(str(outcome.value)):
        generic = not any(_is_the_name(text, str(outcome.value)) for text in texts)
    reading.settle("ProductNameList", outcome, sure=MAYBE if generic else sure)


def _is_the_name(text: str, listed: str) -> bool:
    """Whether a text is a product's listed name but for spaces, its brand or one slip: "ecomix 30" may be another."""
    if fold_words(text) == fold_words(listed):
        return True  # also where a word for the device is a part of it: "ISIMAX KOMBİ 35"
    typed, name = (fold_words(t).replace(" ", "") for t in (without_device_words(text), listed))
    model = fold_words(listed.partition(" ")[2]).replace(" ", "")
    figures = ["".join(filter(str.isdigit, t)) for t in (typed, name)]
    return typed in (name, model) or (figures[0] == figures[1] and OSA.distance(typed, name, score_cutoff=1) <= 1)
