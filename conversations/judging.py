"""The spans of one text while they are judged: what is certain, what must be asked, what is wrong."""

from collections.abc import Callable, Iterable

from conversations.answers.free_text import Product
from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Known, Outcome, Refused, Value
from conversations.answers.plain import answers_nothing
from conversations.block_labels import Owner, Target
from conversations.catalogue import Catalogue
from conversations.device_shapes import (
    without_device_words,
)
from conversations.form import Form
from conversations.letters import fold_words
from conversations.span import LABELLED, MAYBE, Span
from conversations.words import Words

MOST_CANDIDATES = 4


def catalogue_of(form: Form) -> Catalogue | None:
    """The office's catalogue, as the form's question for the product knows it; None where nothing asks for one."""
    kind = next((part.kind for part in form.of_kind(Product)), None)
    return kind.catalogue if isinstance(kind, Product) else None


def listed_in(form: Form) -> Callable[[str], bool]:
    """Whether a text is the very name of a product of the catalogue, or of its model alone."""
    catalogue = catalogue_of(form)
    if not catalogue:
        return lambda text: False
    return lambda text: (catalogue.exact(text) or catalogue.of_model(without_device_words(text))) is not None


class Reading:
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
        self.companies_named: list[str] = []
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
                    self.doubtful[name] = is_it(self.form, name, [value])
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
                self.doubtful[name] = is_it(self.form, name, values)

    def numbers(self, name: str, texts: list[tuple[str, int]]) -> None:
        """As `choose`, for numbers, which are the same however they are written."""
        sure = max((sure for _, sure in texts), default=MAYBE)
        outcomes = [self.judge(name, text) for text, rank in texts if rank == sure]
        values = list(dict.fromkeys(o.value for o in outcomes if isinstance(o, Accepted)))
        if len(values) > 1:
            self.doubtful[name] = is_it(self.form, name, values)
        elif outcomes:
            accepted = next((o for o in outcomes if isinstance(o, Accepted)), outcomes[0])
            self.settle(name, accepted, sure=sure)


def is_it(form: Form, name: str, values: list[Value]) -> Ambiguous:
    """Asks whether this value is right, or which of a few."""
    kind = form.field(name).kind
    shown = [kind.show(value) for value in values[:MOST_CANDIDATES]]
    question = Words("block-is-it", {"text": shown[0][:60]}) if len(values) == 1 else Words("block-which")
    candidates = (Candidate(value, text[:60]) for value, text in zip(values, shown, strict=False))
    return Ambiguous(question, tuple(candidates))
