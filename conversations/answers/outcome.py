"""What the understanding of one typed answer can come to: exactly one of three, and never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from conversations.words import Words

Value = str | int | tuple[str, ...]
"""A stored answer: text, a count, or a list of serial numbers. JSON holds it as it is."""

Known = Mapping[str, Value]
"""The answers given so far, by field name: what another answer may have to be read against."""

NOTHING: Known = MappingProxyType({})
"""No other answers."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer is certain.

    `also` holds answers to other fields that the same words gave (a district given for a province), `told` what the
    person should hear about it (a repeat that was dropped, say).
    """

    value: Value
    also: Mapping[str, Value] = field(default_factory=dict)
    told: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of a few possible readings, offered as a button: `label` is what stands on it.

    `reply` is what the person may simply say for it, where the question is one of yes or no. `opens` is no reading but
    the place in a list that is shown instead (`FromList.page`); a label of words then stands beside the list.
    """

    value: Value
    label: Words | str
    also: Mapping[str, Value] = field(default_factory=dict)
    reply: Literal["yes", "no"] | None = None
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """More than one reading, or one that must be confirmed first: `question` asks, `candidates` are offered.

    `said` is the literal reading: whoever types the same again has chosen it. `literal`: what is typed next is taken to
    the letter, not looked for in a list.
    """

    question: Words
    candidates: tuple[Candidate, ...]
    said: Value | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """No reading: `reason` says what was understood and what is needed; the example is added by whoever asks.

    `guess` is a right value that was probably meant, as a person would type it.
    """

    reason: Words
    guess: str | None = None


Outcome = Accepted | Ambiguous | Refused


class Kind(Protocol):
    """A kind of answer: reads what was typed, shows what is stored, says what Licrus gets."""

    def understand(self, text: str, known: Known) -> Outcome:
        """What this text says. Understanding `show(value)` of an accepted value gives that value again."""
        ...

    def show(self, value: Value) -> str:
        """The value as people read it: "0530 123 12 12", "İstanbul"."""
        ...

    def sent(self, value: Value, known: Known = NOTHING) -> str | int:
        """The value as Licrus takes it beside the other answers: "5301231212", "Istanbul", "99958,99959", 2."""
        ...

    def infer(self, known: Known) -> Value | None:
        """The value where the other answers leave only one, else None."""
        ...


class Verbatim:
    """What most kinds have in common: shown and sent as it is stored, and never known from other answers."""

    __slots__ = ()

    def show(self, value: Value) -> str:
        """The value as it is stored."""
        return str(value)

    def sent(self, value: Value, known: Known = NOTHING) -> str | int:
        """The value as it is stored."""
        return str(value)

    def infer(self, known: Known) -> Value | None:
        """None: only the person knows."""
        return None
