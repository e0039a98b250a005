"""Answers that are picked from a list of the office's: by buttons, page by page, or by typing a part of the name.

Whatever stands in no list can still be given: "Listede yok" takes it as it is typed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Known, Outcome, Verbatim
from conversations.answers.plain import quoted
from conversations.words import Words

PER_PAGE = 8
"""Names on one page of a list."""
MOST_FOUND = 7
"""Names that a search offers; with "not in the list" they are as many as a page has."""
AT_ONCE = 4
"""Names that stand under the question itself, where the list has more than fit there."""

NOT_LISTED = frozenset(("product-not-listed", "group-not-listed"))
"""The questions back where nothing of the list is near what was typed."""

TYPED = "typed"
"""The place in a list where what is typed next is taken to the letter."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the list that was searched for; `certain` if nothing else of the list can be meant."""

    name: str
    certain: bool


class FromList(Verbatim):
    """What the kinds of answer with a list have in common; where the list is empty they take any text."""

    __slots__ = ()

    def seeks(self, known: Known) -> bool:
        """Whether a part of the name will do: there is a list, and it is open to this person."""
        return self.has_more()

    def first(self) -> tuple[str, ...]:
        """The names that stand under the question itself."""
        return ()

    def offered(self, known: Known) -> tuple[str, ...]:
        """The names of `first` that fit what is known."""
        return self.first()

    def has_more(self) -> bool:
        """Whether the list has other names than `first`."""
        return False

    def page(self, at: str) -> Ambiguous:
        """The names at a place of the list, "" for its beginning."""
        raise NotImplementedError

    def as_typed(self, text: str, known: Known) -> Outcome:
        """What this text says where it is to be taken to the letter; a name of the list is spelled as there."""
        raise NotImplementedError

    def named(self, digest: str) -> str | None:
        """The name of `first` whose `digest` this is: a button holds no more than that; None if there is none."""
        return next((name for name in self.first() if digest_of(name) == digest), None)


def digest_of(name: str) -> str:
    """Twelve letters that stand for a name where there is no room for it."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Questions:
    """The message ids of the questions back: which of those found is meant, and what if nothing was found."""

    which: str
    not_listed: str


def found_in_list(text: str, typed: str, hits: Sequence[Hit], questions: Questions) -> Outcome:
    """One of the hits where it is certain, else a question which of them, or none: `typed` is the literal reading."""
    certain = next((hit.name for hit in hits if hit.certain), None)
    if certain is not None:
        return Accepted(certain)
    hits = hits[:MOST_FOUND]
    alone = len(hits) == 1
    offered = tuple(Candidate(hit.name, hit.name, reply="yes" if alone else None) for hit in hits)
    if not hits:
        as_typed = Candidate(typed, Words("choice-as-typed"), reply="yes")
        return Ambiguous(Words(questions.not_listed, {"text": quoted(text)}), (as_typed,), said=typed)
    as_typed = Candidate(typed, Words("choice-not-listed"), reply="no" if alone else None)
    return Ambiguous(Words(questions.which, {"text": quoted(text), "n": len(hits)}), (*offered, as_typed), said=typed)


def page_of(names: Sequence[str], at: str, question: Words, *, opens: bool = False) -> Ambiguous:
    """The page of these names that `at` ("16", or "16:GROUP") says. `opens`: each name opens a list of its own."""
    offset, _, group = at.partition(":")
    start = int(offset) if offset.isdecimal() and len(offset) <= 6 else 0
    start = start - start % PER_PAGE if start < len(names) else 0
    candidates = [
        Candidate(name, name, opens=f"0:{name}" if opens else None) for name in names[start : start + PER_PAGE]
    ]
    behind = f":{group}" if group else ""
    if start:
        candidates.append(Candidate("", Words("choice-page-before"), opens=f"{start - PER_PAGE}{behind}"))
    if start + PER_PAGE < len(names):
        candidates.append(Candidate("", Words("choice-page-after"), opens=f"{start + PER_PAGE}{behind}"))
    candidates.append(Candidate("", Words("choice-not-listed"), opens=TYPED))
    return Ambiguous(question, tuple(candidates))


def to_the_letter(question: Words) -> Ambiguous:
    """Asks for the name as it is written where the person sees it."""
    return Ambiguous(question, (), literal=True)
