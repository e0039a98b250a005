"""Several answers in one message: spans are found in it, and each field's own kind judges what they say.

What is certain is taken, what is doubtful is asked, what is wrong is named. A wrong value is worse than a question:
where two spans contradict each other, or only their form says what they are and it may be another, nothing is taken.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from conversations.answers.free_text import Product
from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Known, Outcome, Refused, Value
from conversations.answers.personal_names import GIVEN, SURNAMES
from conversations.answers.plain import answers_nothing
from conversations.block_labels import Owner, Target
from conversations.cells import cells_of
from conversations.cutting import LABELLED, MAYBE, SHAPED, Span
from conversations.device_shapes import (
    is_generic,
    is_product,
    is_sort,
    names_brand,
    product_at_start,
    product_of_label,
    without_device_words,
)
from conversations.form import Form, Step
from conversations.letters import fold_words
from conversations.shapes import (
    is_company,
    is_job,
    is_person,
    maybe_company,
    maybe_person,
    names_building,
    sells_heating,
)
from conversations.spans import spans_of
from conversations.street_shapes import (
    district_at_start,
    in_one_line,
    is_address,
    is_province,
    place_at_start,
    places_at_end,
    says_more,
    without_note,
    without_post_code,
)
from conversations.stretches import trimmed, words_of
from conversations.words import Words

MOST_CANDIDATES = 4

_PREFIX: Mapping[Owner, str] = {"customer": "Customer", "dealer": "Dealer"}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a message says about the fields: values that are certain, readings to be asked about, and refusals.

    `follows` are values that the certain ones bring along (a product's group). `declined` are the fields of which the
    text says that there is nothing ("Mail: yok"), `labelled` those whose label stood in it.
    """

    fields: Mapping[str, Value] = field(default_factory=dict)
    follows: Mapping[str, Value] = field(default_factory=dict)
    doubtful: Mapping[str, Ambiguous] = field(default_factory=dict)
    wrong: Mapping[str, Refused] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    labelled: frozenset[str] = frozenset()


def extract(form: Form, text: str, known: Known, *, owner: Owner = "customer") -> Extraction:
    """What this text says. `known` are the answers so far; `owner` is whose data it is where nothing tells."""
    cells = cells_of(text)
    if not cells:
        return Extraction()
    spans = [span for span in spans_of(cells, _listed_in(form)) if span.target != "ignored"]
    reading = _Reading(form, known, spans, owner)
    for whose in ("customer", "dealer"):
        reading.person(whose)
        reading.company(whose)
        reading.telephones(whose)
        reading.email(whose)
    reading.places_and_address()
    reading.device()
    return Extraction(
        reading.fields,
        {name: value for name, value in reading.follows.items() if name not in reading.fields},
        {name: asked for name, asked in reading.doubtful.items() if name not in reading.fields},
        {name: no for name, no in reading.wrong.items() if name not in reading.fields},
        frozenset(reading.declined - reading.fields.keys()),
        frozenset(reading.labelled),
    )


def _listed_in(form: Form) -> Callable[[str], bool]:
    """Whether a text is the very name of a product of the catalogue, or of its model alone."""
    kinds = (part.kind for section in form.sections for step in section.steps for part in step.fields)
    kind = next((kind for kind in kinds if isinstance(kind, Product)), None)
    catalogue = kind.catalogue if isinstance(kind, Product) else None
    if not catalogue:
        return lambda text: False
    return lambda text: (catalogue.exact(text) or catalogue.of_model(without_device_words(text))) is not None


def inferred(form: Form, known: Known) -> dict[str, Value]:
    """What these answers bring along by themselves: the group of a product, one device for one serial number."""
    fields = (part for section in form.sections for step in section.steps for part in step.fields)
    values = {part.name: part.kind.infer(known) for part in fields if part.name not in known}
    return {name: value for name, value in values.items() if value is not None}


def still_asked(form: Form, found: Extraction) -> list[str]:
    """The fields, in the form's order, that a request with nothing but this would be asked for: the required ones of
    customer and device that are missing, and whatever is doubtful or wrong."""
    asked = []
    known = {**found.fields, **found.follows}
    for section in form.sections:
        for step in section.steps:
            for part in step.fields:
                needed = part.sent and not part.optional and isinstance(step, Step) and section.name != "dealer"
                missing = part.name not in known and part.kind.infer(known) is None
                if part.name in found.doubtful or part.name in found.wrong or (needed and missing):
                    asked.append(part.name)
    return asked


class _Reading:
    """The spans of one text while they are judged, field by field."""

    def __init__(self, form: Form, known: Known, spans: list[Span], owner: Owner) -> None:
        self.form = form
        self.known = known
        self.spans = spans
        self.default = owner
        self.fields: dict[str, Value] = {}
        self.follows: dict[str, Value] = {}
        self.doubtful: dict[str, Ambiguous] = {}
        self.wrong: dict[str, Refused] = {}
        self.persons_titled: list[str] = []
        self.labelled: set[str] = set()
        self.declined: set[str] = set()

    def of(self, owner: Owner, *targets: Target) -> list[Span]:
        """The spans of these targets that belong to this owner."""
        return [span for span in self.spans if span.target in targets and (span.owner or self.default) == owner]

    def given(self, name: str, spans: list[Span]) -> list[Span]:
        """The spans without those that say that there is nothing to give ("Mail: yok")."""
        nothing = [span for span in spans if span.sure == LABELLED and answers_nothing(span.text)]
        if nothing:
            self.declined.add(name)
        return [span for span in spans if span not in nothing]

    def judge(self, name: str, text: str) -> Outcome:
        """What the field's own kind makes of the text, read beside what is known and what was found already."""
        return self.form.field(name).kind.understand(text, {**self.known, **self.fields})

    def settle(self, name: str, outcome: Outcome, *, sure: int) -> bool:
        """Files the outcome; whether the field has its value now."""
        if sure == LABELLED:
            self.labelled.add(name)
        match outcome:
            case Accepted(value=value, also=also):
                if sure == MAYBE:
                    self.doubtful[name] = _is_it(self.form, name, [value])
                    return False
                self.fields[name] = value
                self.follows.update(also)
                return True
            case Ambiguous():
                self.doubtful[name] = outcome
            case Refused() if sure == LABELLED:
                self.wrong[name] = outcome
            case _:
                pass
        return False

    def choose(self, name: str, spans: Iterable[tuple[str, int]]) -> None:
        """Takes the one value that the surest of these texts agree on; asks where they do not."""
        texts = list(spans)
        sure = max((sure for _, sure in texts), default=MAYBE)
        best = list({fold_words(text): text for text, rank in texts if rank == sure}.values())
        if len(best) == 1:
            self.settle(name, self.judge(name, best[0]), sure=sure)
        elif best:
            outcomes = [self.judge(name, text) for text in best[:MOST_CANDIDATES]]
            values = list(dict.fromkeys(o.value for o in outcomes if isinstance(o, Accepted)))
            if sure == LABELLED:
                self.labelled.add(name)
            if len(values) == 1 and sure > MAYBE:
                self.fields[name] = values[0]
            elif values:
                self.doubtful[name] = _is_it(self.form, name, values)

    def person(self, owner: Owner) -> None:
        """The name of the customer, or of who answers for the dealer."""
        name = "CustomerFullName" if owner == "customer" else "DealerContactPerson"
        texts = [(span.text, span.sure) for span in self.of(owner, "name")]
        given, surname = self.of(owner, "given"), self.of(owner, "surname")
        if len(surname) == 1 and not given and len(texts) == 1 and " " not in texts[0][0].strip():
            texts[0] = (f"{texts[0][0]} {surname[0].text}", texts[0][1])  # "Müşteri adı: …", "Müşteri soyadı: …"
        if len(given) == 1 and len(surname) <= 1:
            texts.append((" ".join(span.text for span in (*given, *surname)), LABELLED))
        contacts = [(_bare_name(span.text), span.sure) for span in self.of(owner, "contact")]
        contacts = [(text, sure) for text, sure in contacts if is_person(text) or maybe_person(text) or " " not in text]
        companies = [text for text, _ in texts if is_company(text)]
        self.companies_named = companies if owner == "customer" else []
        texts = [(_bare_name(text), sure) for text, sure in texts if text not in companies]
        if not any(sure == LABELLED for _, sure in texts):
            texts += contacts
        self.choose(
            name, [(text, MAYBE if maybe_company(text) or names_building(text) else sure) for text, sure in texts]
        )

    def company(self, owner: Owner) -> None:
        """The company of the customer, or the dealer's."""
        name = f"{_PREFIX[owner]}CompanyName"
        named = {span.line for span in self.of(owner, "name", "given") if span.sure == LABELLED}
        texts = []
        for span in self.given(name, self.of(owner, "company")):
            # One of the trade may be the dealer's; one without a label among labels may be whose letter it is.
            trade = span.owner is None and sells_heating(span.text)
            alone = bool(named) and span.sure < LABELLED and span.line not in named
            if owner == "customer" and is_person(span.text) and not maybe_company(span.text):
                self.persons_titled.append(span.text)  # "Ünvanı: Sibel Karaca"
            elif not is_job(span.text):
                texts.append((span.text, MAYBE if trade or alone else span.sure))
        if owner == "dealer" and len(texts) == 1:
            texts = [(texts[0][0], max(texts[0][1], MAYBE if is_person(texts[0][0]) else SHAPED))]
        if owner == "customer":
            texts += [(text, LABELLED) for text in self.companies_named]
        legal = [(text, sure) for text, sure in texts if is_company(text)]
        self.choose(name, legal if len(legal) == 1 and legal[0][1] == LABELLED else texts)
        if owner == "customer" and self.persons_titled and not {"CustomerFullName", name} & {*self.fields}:
            self.doubtful.setdefault("CustomerFullName", _is_it(self.form, "CustomerFullName", [*self.persons_titled]))

    def telephones(self, owner: Owner) -> None:
        """The mobile and the office number: by label where there is one, by the kind of number otherwise."""
        mobile, work = f"{_PREFIX[owner]}MobilePhone", f"{_PREFIX[owner]}WorkPhone"
        mobiles: list[tuple[str, int]] = []
        offices: list[tuple[str, int]] = []
        offices_said = self.given(work, self.of(owner, "work"))
        for span in (*self.of(owner, "mobile", "phone"), *offices_said):
            is_mobile = not isinstance(self.judge(mobile, span.text), Refused)
            is_office = not isinstance(self.judge(work, span.text), Refused)
            # A telephone with a label of its own kind comes before one that is only called a telephone.
            if span.target == "work" and is_office:
                offices.append((span.text, LABELLED))
            elif is_mobile or span.target == "mobile" or not is_office:
                mobiles.append((span.text, LABELLED if span.target != "phone" else min(span.sure, SHAPED)))
                if span.sure == LABELLED and not is_mobile:
                    mobiles[-1] = (span.text, LABELLED)
            elif self.company_is_known(owner) or span.sure == LABELLED or span.text.strip("+(0 ")[:1] in "23":
                offices.append((span.text, MAYBE if _is_foreign(span.text) else SHAPED))
        if offices and not mobiles and not self.company_is_known(owner) and max(sure for _, sure in offices) < LABELLED:
            # The only number of somebody private is as likely that of their home: it is asked about.
            offices = [(text, MAYBE) for text, _ in offices]
            mobiles = [(text, LABELLED) for text, _ in offices]
        right = [pair for pair in mobiles if isinstance(self.judge(mobile, pair[0]), Accepted)]
        self.numbers(mobile, right or mobiles)
        self.numbers(work, [pair for pair in offices if self.fields.get(mobile) != _value(self.judge(work, pair[0]))])

    def company_is_known(self, owner: Owner) -> bool:
        """Whether there is a company that a service number may belong to."""
        return f"{_PREFIX[owner]}CompanyName" in (*self.fields, *self.known)

    def numbers(self, name: str, texts: list[tuple[str, int]]) -> None:
        """As `choose`, for numbers, which are the same however they are written."""
        sure = max((sure for _, sure in texts), default=MAYBE)
        outcomes = [self.judge(name, text) for text, rank in texts if rank == sure]
        values = list(dict.fromkeys(o.value for o in outcomes if isinstance(o, Accepted)))
        if len(values) > 1:
            self.doubtful[name] = _is_it(self.form, name, values)
        elif outcomes:
            accepted = next((o for o in outcomes if isinstance(o, Accepted)), outcomes[0])
            self.settle(name, accepted, sure=sure)

    def email(self, owner: Owner) -> None:
        """The e-mail address."""
        name = f"{_PREFIX[owner]}Email"
        spans = self.given(name, self.of(owner, "email"))
        self.numbers(name, [(span.text, LABELLED) for span in spans])

    def places_and_address(self) -> None:
        """Province and district, and the address without them where they end it."""
        spans = [span for span in self.spans if span.owner != "dealer"]
        address = self.address([span for span in spans if span.target == "address"])
        told = {target: [s.text for s in spans if s.target == target] for target in ("province", "district", "place")}
        self.place(told["province"], told["district"], told["place"])
        if "CustomerDistrict" not in {*self.fields, *self.doubtful, *self.wrong}:
            self.district_before(address, [span.text for span in spans if span.target == "address"])
        if not address:
            return
        head, start = place_at_start(address)
        ends = places_at_end(head if start else address) or [(head, "")]
        unknown = not ({"CustomerCity", "CustomerDistrict"} & {*self.fields, *self.doubtful, *self.wrong})
        for rest, end in ends:
            places = ", ".join(without_post_code(part) for part in (start, end) if part)
            if not places:
                continue
            if unknown and isinstance(self.judge("CustomerCity", places), Accepted):
                self.place([], [], [places])
                unknown = False
            if self.says_the_same(places):
                # A post code between the places is nothing of theirs: then the address stays as it is.
                coded = bool(end) and end != without_post_code(end)
                address = address if coded else rest
                break
        if unknown and not ends[0][1] and not start:
            # "… Ümraniye (market üstü)": the place is taken, the address stays as it was written.
            for _, end in places_at_end(without_note(address)):
                if isinstance(self.judge("CustomerCity", end), Accepted):
                    self.place([], [], [end])
                    unknown = False
                    break
        if unknown and ends[0][1]:
            self.place([], [], [", ".join(part for part in (start, ends[0][1]) if part)])
        address = re.sub(r"(?<=\d)\.$| +[.,]$", "", address)
        self.settle("CustomerAddress", self.judge("CustomerAddress", address), sure=self.address_sure)

    def district_before(self, address: str, others: list[str]) -> None:
        """Files the district that an address begins with, if with its end and what is known it is one place alone."""
        ends = [end for _, end in places_at_end(address)] if address else []
        if not all(map(is_province, ends)):
            return
        province = self.fields.get("CustomerCity", self.known.get("CustomerCity")) or (ends[0] if ends else "")
        for text in (address, *others):
            district = district_at_start(text)
            if district and (is_address(text) or not any(c.isdigit() for c in text)):
                outcome = self.judge("CustomerCity", f"{district}, {province}".strip(", "))
                if isinstance(outcome, Accepted) and "CustomerDistrict" in outcome.also:
                    self.place_outcome("CustomerCity", outcome)
                    return

    def address(self, spans: list[Span]) -> str:
        """The one address of the text, "" where there is none; sets how sure it is."""
        self.address_sure = max((span.sure for span in spans), default=MAYBE)
        best = list({fold_words(s.text): s.text for s in spans if s.sure == self.address_sure}.values())
        streets = [text for text in best if is_address(text)]
        best = streets if len(streets) == 1 and self.address_sure == LABELLED else best
        if len(best) != 1:
            if best and self.address_sure > MAYBE:
                values = [o.value for text in best if isinstance(o := self.judge("CustomerAddress", text), Accepted)]
                if values:
                    self.doubtful["CustomerAddress"] = _is_it(self.form, "CustomerAddress", values[:MOST_CANDIDATES])
            return ""
        outcome = self.judge("CustomerAddress", in_one_line(best[0]))
        if not isinstance(outcome, Accepted):
            self.settle("CustomerAddress", outcome, sure=self.address_sure)
            return ""
        if self.address_sure == MAYBE and not is_address(best[0]):
            return ""
        whole = self.address_sure == LABELLED and is_address(best[0]) and any(c.isdigit() for c in best[0])
        others = [s.text for s in spans if s.sure < self.address_sure and (is_address(s.text) or not whole)]
        if any(fold_words(other) not in fold_words(best[0]) for other in others):
            self.address_sure = MAYBE  # a quarter that stands apart, say: is the address whole without it?
        if says_more(best[0]) or _names_device(best[0]):
            self.address_sure = MAYBE
        if self.address_sure == SHAPED and _begins_with_a_person(best[0]) and "CustomerFullName" not in self.fields:
            self.address_sure = MAYBE
        return str(outcome.value)

    def place(self, provinces: list[str], districts: list[str], places: list[str]) -> None:
        """Files province and district as these texts name them, together."""
        city, district = "CustomerCity", "CustomerDistrict"
        if provinces or districts:
            self.labelled.update((city, district))
        if provinces:
            outcome = self.judge(city, provinces[0])
            if len({fold_words(text) for text in provinces}) > 1:
                outcome = Refused(Words("place-contradiction", {"text": ", ".join(provinces)[:60]}))
            self.place_outcome(city, outcome)
        if districts or places:
            text = ", ".join(dict.fromkeys((*districts, *places)))
            # Where the province is not known, it is what is asked about: its readings bring the district along.
            name = district if city in (*self.fields, *self.known) else city
            outcome = self.judge(name, text)
            if not isinstance(outcome, Accepted) and name == district and not districts:
                whole = self.judge(city, text)
                name, outcome = (city, whole) if isinstance(whole, Accepted) else (name, outcome)
            self.place_outcome(name, outcome)

    def place_outcome(self, name: str, outcome: Outcome) -> None:
        """Files a place with the other half that it names."""
        match outcome:
            case Accepted(value=value, also=also):
                self.fields.update({name: value, **also})
            case Ambiguous():
                self.doubtful[name] = outcome
            case Refused():
                self.wrong[name] = outcome

    def says_the_same(self, text: str) -> bool:
        """Whether the places in the text are those that were taken."""
        outcome = self.judge("CustomerDistrict", text)
        if isinstance(outcome, Accepted) and outcome.value == self.fields.get("CustomerDistrict"):
            return not outcome.also
        whole = self.judge("CustomerCity", text)
        return (
            isinstance(whole, Accepted) and {"CustomerCity": whole.value, **whole.also}.items() <= self.fields.items()
        )

    def device(self) -> None:
        """Product, group, serial numbers and count."""
        spans = [span for span in self.spans if span.owner != "dealer" or span.target in ("serials", "count")]
        self.product(spans)
        self.choose("ProductGroupName", [(s.text, s.sure) for s in spans if s.target == "group"])
        self.choose("DeviceCount", [(s.text, s.sure) for s in spans if s.target == "count"])
        serials = [span for span in spans if span.target == "serials" and span.text]
        sure = max((span.sure for span in serials), default=MAYBE)
        if serials:
            text = "\n".join(span.text for span in serials if span.sure == sure)
            outcome = self.judge("ProductSerialNumberList", text)
            if (
                isinstance(outcome, Ambiguous)
                and outcome.question.id == "serial-dash"
                and sure == LABELLED
                and self.fields.get("DeviceCount", 1) == 1
            ):
                # "Seri no: 3035-7712" beside one device: nobody writes two numbers so.
                outcome = Accepted(outcome.candidates[0].value)
            self.settle("ProductSerialNumberList", outcome, sure=sure)

    def listed_name(self, text: str) -> str:
        """A product's listed name without the words for its sort behind it: "ECODENSE WT 45 DUVAR TİPİ KAZAN"."""
        name, rest = product_at_start(text)
        return name if rest and is_sort(rest) and _listed_in(self.form)(name) else text

    def product(self, spans: list[Span]) -> None:
        """One product or several; a brand that stands apart comes before its model."""
        products = [span for span in spans if span.target == "product" and span.text]
        brands = list(dict.fromkeys(span.text for span in spans if span.target == "brand" and span.text))
        sure = max((span.sure for span in products), default=MAYBE)
        named = (self.listed_name(product_of_label(trimmed(s.text).rstrip("."))) for s in products if s.sure == sure)
        texts = list({fold_words(text): text for text in named}.values())
        if len(brands) == 1:
            texts = [t if fold_words(brands[0]) in fold_words(t) else f"{brands[0]} {t}" for t in texts]
        if not texts:
            return
        others = [s.text for s in products if s.sure < sure and (is_product(s.text) or product_at_start(s.text)[0])]
        if any(fold_words(other) not in " ".join(map(fold_words, texts)) for other in others):
            sure = MAYBE  # a second device beside the labelled one: both, or the old one?
        texts = [text for text in texts if not is_sort(text)] or texts
        generic = all(
            is_generic(text) or (len(words_of(text)) < 2 and not any(map(str.isdigit, text))) for text in texts
        )
        outcome = self.judge("ProductNameList", ", ".join(texts))
        if not isinstance(outcome, Accepted):
            bare = self.judge("ProductNameList", ", ".join(map(without_device_words, texts)))
            outcome = bare if isinstance(bare, Accepted) else outcome
        if isinstance(outcome, Accepted) and _listed_in(self.form)(str(outcome.value)):
            generic = not any(_is_the_name(text, str(outcome.value)) for text in texts)
        self.settle("ProductNameList", outcome, sure=MAYBE if generic else sure)


def _is_foreign(number: str) -> bool:
    return re.match(r"\W*(?:\+|00)(?! ?90)", number) is not None


def _value(outcome: Outcome) -> Value | None:
    return outcome.value if isinstance(outcome, Accepted) else None


def _is_it(form: Form, name: str, values: list[Value]) -> Ambiguous:
    """Asks whether this value is right, or which of a few."""
    kind = form.field(name).kind
    shown = [kind.show(value) for value in values[:MOST_CANDIDATES]]
    question = Words("block-is-it", {"text": shown[0][:60]}) if len(values) == 1 else Words("block-which")
    candidates = (Candidate(value, text[:60]) for value, text in zip(values, shown, strict=False))
    return Ambiguous(question, tuple(candidates))


def _is_the_name(text: str, listed: str) -> bool:
    """Whether a text is a product's listed name but for spaces, its brand or one slip: "ecomix 30" may be another."""
    typed, name = (fold_words(t).replace(" ", "") for t in (without_device_words(text), listed))
    model = fold_words(listed.partition(" ")[2]).replace(" ", "")
    figures = ["".join(filter(str.isdigit, t)) for t in (typed, name)]
    return typed in (name, model) or (figures[0] == figures[1] and OSA.distance(typed, name, score_cutoff=1) <= 1)


def _bare_name(text: str) -> str:
    """The name without what politeness and brackets add to it: "Sn. Ayşe Demir (ev sahibi)"."""
    text = trimmed(text.partition("(")[0]).rstrip(".!") or text
    words = text.split()
    while len(words) > 2 and fold_words(words[0]) in ("sn", "sayin", "ben"):
        words = words[1:]
    while len(words) > 1 and fold_words(words[-1]) in ("bey", "hanim", "hn", "by", "bey efendi"):
        words = words[:-1]
    return " ".join(words)


def _names_device(text: str) -> bool:
    """Whether a product or a long number stands in an address: more than the address was taken for one."""
    return names_brand(text) or re.search(r"(?<![\w.])\d{7,}(?!\w)", text) is not None


def _begins_with_a_person(text: str) -> bool:
    """Whether a name may have been pasted before the street in one line."""
    words = words_of(text)
    return len(words) > 3 and words[0] in GIVEN and words[1] in SURNAMES
