"""One stretch of a pasted text for one kind of answer, and how sure its label or its form makes it."""

from dataclasses import dataclass

from conversations.block_labels import Owner, Target
from conversations.cells import Cell

LABELLED, SHAPED, MAYBE = 2, 1, 0
"""How sure it is what a span is: its label says so, its form does, or it must be asked about."""
TELEPHONES: frozenset[Target] = frozenset(("mobile", "phone", "work"))


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch for one kind of answer. `owner` is None where nothing says whose it is."""

    target: Target
    text: str
    sure: int
    line: int
    owner: Owner | None = None


@dataclass(frozen=True, slots=True)
class Owned(Cell):
    """A cell with whose it is, None where nothing says so; `alone`: nobody in the text is called by their name."""

    owner: Owner | None = None
    alone: bool = False
