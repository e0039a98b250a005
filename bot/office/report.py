"""What a report says, in numbers: pure, from the requests and the counts of the questions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bot.days import Period, day_of
from bot.storage.funnel_queries import Counts
from bot.storage.report_queries import Sent
from conversations.answers.outcome import Accepted
from conversations.answers.places import Province
from conversations.asking import SUMMARY
from conversations.course import ASKED_BACK, REFUSED
from conversations.form import Form, Menu
from conversations.letters import name_key, one_line

LONGEST_NAME = 120
JUDGED_FROM = 5
"""A question that fewer people were asked is never called the hardest: one slip would decide."""

STATES = {"created": "created", "refused": "refused", "unknown": "doubtful", "held": "doubtful"}
"""What a report makes of a request's state; any other one is on its way."""
OUTCOMES = ("created", "refused", "doubtful", "waiting")

_COUNTED = ("asked", "first", "later", "skipped", "left", "refused", "asked_back", "stuck", "changed", "given")

WITHIN_MINUTES = (2, 5, 10, 20, 60)
"""The bounds between which the times from start to confirmation are counted."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One dealer, province or product ("" where it is erased or was not said), and its requests by outcome."""

    name: str
    outcomes: Mapping[str, int]

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the funnel, in numbers of drafts.

    Of those `asked`, each is one of `first`, `later`, `skipped`, `left`, or none yet (`open`). `stuck` was `refused` or
    left. `reasons` and `doubts` tell of those that were refused, or asked back, by the message id that was told.
    """

    name: str
    asked: int
    first: int
    later: int
    skipped: int
    left: int
    refused: int
    asked_back: int
    stuck: int
    changed: int
    given: int
    reasons: Mapping[str, int]
    doubts: Mapping[str, int]

    @property
    def open(self) -> int:
        """Neither answered, nor passed, nor left."""
        return max(self.asked - self.first - self.later - self.skipped - self.left, 0)

    @property
    def stuck_share(self) -> float:
        """What part of those asked was refused or left, from 0 to 1."""
        return self.stuck / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Funnel:
    """The questions in the form's order, and what became of the drafts themselves. `worst` is the hardest question."""

    begun: int
    confirmed: int
    left: int
    questions: tuple[Question, ...]

    @property
    def worst(self) -> Question | None:
        """The question at which the largest part got stuck; None where nobody did, or too few were asked to tell."""
        judged = [q for q in self.questions if q.asked >= JUDGED_FROM and q.stuck and q.name != SUMMARY]
        return max(judged, key=lambda q: (q.stuck_share, q.asked), default=None)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `minutes` are those from start to confirmation, sorted."""

    period: Period
    outcomes: Mapping[str, int]
    days: tuple[tuple[date, Mapping[str, int]], ...]
    dealers: tuple[Ranked, ...]
    provinces: tuple[Ranked, ...]
    products: tuple[Ranked, ...]
    minutes: tuple[float, ...]
    funnel: Funnel
    by_role: Mapping[str, Funnel]

    @property
    def requests(self) -> int:
        """All requests of the period."""
        return sum(self.outcomes.values())


def made(form: Form, period: Period, requests: Iterable[Sent], counts: Counts) -> Report:
    """The report."""
    days: dict[date, Counter[str]] = {
        period.first + timedelta(days=n): Counter() for n in range((period.last - period.first).days + 1)
    }
    dealers, provinces, products = _Ranking(), _Ranking(), _Ranking()
    outcomes: Counter[str] = Counter()
    minutes: list[float] = []
    spelt: dict[str, str] = {}
    for sent in requests:
        outcome = STATES.get(sent.state, "waiting")
        outcomes[outcome] += 1
        days.setdefault(day_of(sent.created_at), Counter())[outcome] += 1
        dealers.add(sent.dealer, outcome)
        products.add(sent.product, outcome)
        if sent.province not in spelt:
            spelt[sent.province] = _province(sent.province)
        provinces.add(spelt[sent.province], outcome)
        if sent.begun_at is not None and sent.begun_at <= sent.created_at:
            minutes.append((sent.created_at - sent.begun_at) / 60)
    return Report(
        period,
        outcomes,
        tuple(sorted(days.items())),
        dealers.ranked(),
        provinces.ranked(),
        products.ranked(),
        tuple(sorted(minutes)),
        funnel(form, counts, None),
        {role: funnel(form, counts, role) for role in ("customer", "dealer")},
    )


def quantile(sorted_values: Sequence[float], part: float) -> float | None:
    """The value that this part (0 to 1) of them does not exceed; None of no values."""
    if not sorted_values:
        return None
    return sorted_values[max(ceil(part * len(sorted_values)) - 1, 0)]


def within(minutes: Sequence[float]) -> list[int]:
    """How many lie below each bound of WITHIN_MINUTES and above the one before; at last those above all."""
    bounds = (*WITHIN_MINUTES, float("inf"))
    return [sum(low <= m < high for m in minutes) for low, high in zip((0.0, *bounds), bounds, strict=False)]


def funnel(form: Form, counts: Counts, role: str | None) -> Funnel:
    """The funnel of those who fill the form in this role; of all, where it is None."""
    of: dict[str, Counter[str]] = {}
    for (whose, question, outcome), number in counts.items():
        if role is None or whose == role:
            of.setdefault(question, Counter())[outcome] += number
    drafts = of.pop("", Counter())
    names = [name for name in _in_order(form) if name in of]
    names += sorted(of.keys() - set(names))
    questions = tuple(_question(name, of[name]) for name in names)
    return Funnel(drafts["begun"], drafts["confirmed"], drafts["left"], questions)


def _question(name: str, of: Counter[str]) -> Question:
    return Question(
        name,
        **{outcome: of[outcome] for outcome in _COUNTED},
        reasons=_by_id(of, REFUSED),
        doubts=_by_id(of, ASKED_BACK),
    )


def _by_id(of: Counter[str], prefix: str) -> dict[str, int]:
    """What was told, by message id, the most frequent first."""
    found = {outcome.removeprefix(prefix): number for outcome, number in of.items() if outcome.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _in_order(form: Form) -> list[str]:
    """Every question of the form, in the order in which it is asked, and the summary."""
    names: dict[str, None] = {}
    for section in form.sections:
        for step in section.steps:
            names |= dict.fromkeys([*([step.name] if isinstance(step, Menu) else []), *(f.name for f in step.fields)])
    return [*names, SUMMARY]


def _province(sent: str) -> str:
    """The province in Turkish letters, however Licrus got it."""
    match Province().understand(sent, {}):
        case Accepted(value=str() as value):
            return value
        case _:
            return sent


class _Ranking:
    """Requests by a name that people spell in many ways; the spelling that most used is shown."""

    def __init__(self) -> None:
        self._outcomes: dict[str, Counter[str]] = {}
        self._spellings: dict[str, Counter[str]] = {}

    def add(self, name: str, outcome: str) -> None:
        name = one_line(name)[:LONGEST_NAME]
        key = name_key(name) if name else ""
        self._outcomes.setdefault(key, Counter())[outcome] += 1
        self._spellings.setdefault(key, Counter())[name] += 1

    def ranked(self) -> tuple[Ranked, ...]:
        """The most frequent first."""
        found = [Ranked(self._spellings[key].most_common(1)[0][0], of) for key, of in self._outcomes.items()]
        return tuple(sorted(found, key=lambda each: (-each.requests, each.name)))
