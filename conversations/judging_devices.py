"""Which device a pasted text speaks of: product, group, serial numbers and count."""

from rapidfuzz.distance import OSA

from conversations.answers.outcome import Accepted, Ambiguous
from conversations.device_shapes import (
    is_generic,
    is_product,
    is_sort,
    product_at_start,
    product_of_label,
    without_device_words,
)
from conversations.judging import Reading, listed_in
from conversations.letters import fold_words
from conversations.span import LABELLED, MAYBE, Span
from conversations.stretches import trimmed, words_of


def device(reading: Reading) -> None:
    """Product, group, serial numbers and count."""
    spans = [span for span in reading.spans if span.owner != "dealer" or span.target in ("serials", "count")]
    _product(reading, spans)
    reading.choose("ProductGroupName", [(s.text, s.sure) for s in spans if s.target == "group"])
    reading.choose("DeviceCount", [(s.text, s.sure) for s in spans if s.target == "count"])
    serials = [span for span in spans if span.target == "serials" and span.text]
    sure = max((span.sure for span in serials), default=MAYBE)
    if serials:
        text = "\n".join(span.text for span in serials if span.sure == sure)
        outcome = reading.judge("ProductSerialNumberList", text)
        if (
            isinstance(outcome, Ambiguous)
            and outcome.question.id == "serial-dash"
            and sure == LABELLED
            and reading.fields.get("DeviceCount", 1) == 1
        ):
            # "Seri no: 3035-7712" beside one device: nobody writes two numbers so.
            outcome = Accepted(outcome.candidates[0].value)
        reading.settle("ProductSerialNumberList", outcome, sure=sure)


def _listed_name(reading: Reading, text: str) -> str:
    """A product's listed name without the words for its sort behind it: "ECODENSE WT 45 DUVAR TİPİ KAZAN"."""
    name, rest = product_at_start(text)
    return name if rest and is_sort(rest) and listed_in(reading.form)(name) else text


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
