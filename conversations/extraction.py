"""Several answers in one message: spans are found in it, and each field's own kind judges what they say.

What is certain is taken, what is doubtful is asked, what is wrong is named. A wrong value is worse than a question:
where two spans contradict each other, or only their form says what they are and it may be another, nothing is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.answers.outcome import Ambiguous, Known, Refused, Value
from conversations.block_labels import Owner
from conversations.cells import cells_of
from conversations.form import Form, Step
from conversations.judging import Reading, catalogue_of, listed_in
from conversations.judging_devices import device
from conversations.judging_people import company, email, person, telephones
from conversations.judging_places import places_and_address
from conversations.listed_names import set_apart
from conversations.spans import spans_of

OWNERS: tuple[Owner, ...] = ("customer", "dealer")


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
    catalogue = catalogue_of(form)
    cells = cells_of(set_apart(catalogue, text) if catalogue else text)
    if not cells:
        return Extraction()
    spans = [span for span in spans_of(cells, listed_in(form)) if span.target != "ignored"]
    reading = Reading(form, known, spans, owner)
    spoken_of = {span.owner or owner for span in spans}
    for whose in [whose for whose in OWNERS if whose in spoken_of]:
        person(reading, whose)
        company(reading, whose)
        telephones(reading, whose)
        email(reading, whose)
    places_and_address(reading)
    device(reading, text)
    return Extraction(
        reading.fields,
        {name: value for name, value in reading.follows.items() if name not in reading.fields},
        {name: asked for name, asked in reading.doubtful.items() if name not in reading.fields},
        {name: no for name, no in reading.wrong.items() if name not in reading.fields},
        frozenset(reading.declined - reading.fields.keys()),
        frozenset(reading.labelled),
    )


def inferred(form: Form, known: Known) -> dict[str, Value]:
    """What these answers bring along by themselves: the group of a product, one device for one serial number."""
    values = {part.name: part.kind.infer(known) for part in form.every_field if part.name not in known}
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
