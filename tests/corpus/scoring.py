"""How right the bot reads: precision and recall of pasted blocks by field, and of single answers by kind."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

from bot.commands.understanding import BLOCK, PROVINCE_FIELD, catalogue_of, teller
from conversations.catalogue import Catalogue

FOLDER = Path(__file__).parent
HALVES = ("development", "held_out")
BLIND = "blind"
"""Blocks by somebody who had not seen the extractor, written and read once after the rules were made: what is not
fitted to anything. Whoever mends the reading by them moves them to the half to learn from, and has new ones written."""
PRECISION = 0.995
RECALL = 0.90


@dataclass(slots=True)
class Score:
    """Values taken and right, taken and wrong, and missed, by field; `faults` are sentences about each that is off."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    answers_wrong: Counter[str] = field(default_factory=Counter)
    blocks: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> tuple[int, int]:
        """How many of the values taken from blocks are right, and how many were taken."""
        right = self.right.total()
        return right, right + self.wrong.total()

    @property
    def recall(self) -> tuple[int, int]:
        """How many of the values that stand in blocks were taken and right, and how many stand there."""
        right = self.right.total()
        return right, right + self.missed.total()

    @property
    def single(self) -> tuple[int, int]:
        """How many single answers came out as expected, and how many there are."""
        return self.answers.total() - self.answers_wrong.total(), self.answers.total()


def items(half: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each item of a half with the file and line it stands in."""
    for path in sorted((FOLDER / half).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield f"{path.name}:{number}", json.loads(line)


def score(half: str) -> Score:
    """The score of one half of the corpus."""
    return score_of(items(half))


def score_of(chosen: Iterable[tuple[str, dict[str, Any]]]) -> Score:
    """The score of these items, each with the place that a fault of it is told with."""
    tellers: dict[tuple[str, bool, str | None], Any] = {}
    result = Score()
    products = catalogue_of(FOLDER / "catalogue.csv")
    for place, item in chosen:
        key = (item["kind"], bool(item.get("catalogue")), item.get("province"))
        known = {PROVINCE_FIELD: key[2]} if key[2] else {}
        tell = tellers.setdefault(key, teller(key[0], known, products if key[1] else Catalogue()))
        told = json.loads(json.dumps(tell(item["text"])))
        if item["kind"] == BLOCK:
            _block(result, place, item["expected"], told["fields"])
        else:
            _answer(result, place, item, told)
    return result


def _block(result: Score, place: str, expected: Mapping[str, Any], taken: Mapping[str, Any]) -> None:
    result.blocks += 1
    fields = expected.get("fields", {})
    may_take = expected.get("may_take", {})
    may_ask = expected.get("may_ask", ())
    for name in {**fields, **taken}:
        good = [fields[name]] if name in fields else []
        if name in may_take:
            good += _values(name, may_take[name])
        if name not in taken:
            if name not in may_ask:
                result.missed[name] += 1
                result.faults.append(f"{place} {name}: missed {fields[name]!r}")
        elif taken[name] in good or _joined(name, taken[name]) in [_joined(name, value) for value in good]:
            result.right[name] += 1
        else:
            result.wrong[name] += 1
            if name in fields and name not in may_ask:
                result.missed[name] += 1
            result.faults.append(f"{place} {name}: WRONG {taken[name]!r}, not {good!r}")


SERIALS = "ProductSerialNumberList"
"""The field whose value is a list itself."""


def _joined(name: str, value: Any) -> Any:
    """An address without the commas that stand for its line breaks: with or without them it is the same address."""
    return " ".join(value.replace(",", " ").split()) if name == "CustomerAddress" and isinstance(value, str) else value


def _values(name: str, allowed: Any) -> list[Any]:
    """The values of `may_take`, which holds one or a list of them."""
    is_list = isinstance(allowed, list) and (name != SERIALS or any(isinstance(value, list) for value in allowed))
    return list(allowed) if is_list else [allowed]


def _answer(result: Score, place: str, item: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    kind, expected = item["kind"], item["expected"]
    outcomes = expected["outcome"] if isinstance(expected["outcome"], list) else [expected["outcome"]]
    right = told["outcome"] in outcomes and all(
        told.get(key) == expected[key] for key in ("value", "sent") if key in expected and told["outcome"] == "accepted"
    )
    result.answers[kind] += 1
    if not right:
        result.answers_wrong[kind] += 1
        result.faults.append(f"{place} {kind}: {dict(told)!r}, not {expected!r}")


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The interval in which the true share lies with 95 % (E. B. Wilson, 1927)."""
    if not of:
        return 0.0, 1.0
    share, width = right / of, z * z / of
    middle = (share + width / 2) / (1 + width)
    reach = z * sqrt(share * (1 - share) / of + width / (4 * of)) / (1 + width)
    return max(0.0, middle - reach), min(1.0, middle + reach)
