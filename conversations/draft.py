"""What has been answered so far: stored as JSON and read by later releases, so it names fields, never steps."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from conversations.answers.outcome import Value
from conversations.words import Words

VERSION = 1


class Stored(BaseModel):
    """Frozen, strict about unknown keys, and silent about values in its errors: they are personal data."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Part(Stored):
    """One message of the person's: its text, its id, and the second since 1970 at which it was sent (0: unknown)."""

    text: str
    message_id: int
    date: int = 0


class Answer(Stored):
    """One answer with where it came from. `message_id` is None where no message of the person's holds it.

    `parts` are the messages of an answer that may come in several, in order; `message_id` is then the last one's.
    `earlier` are the messages that held this answer before.
    """

    value: Value
    text: str = ""
    message_id: int | None = None
    inferred: bool = False
    masked: bool = False
    """Filled in from the directory for somebody who is not that dealer, and never shown to them whole."""
    shared: bool = False
    """Its message holds other answers too."""
    parts: tuple[Part, ...] = ()
    earlier: tuple[int, ...] = ()

    @property
    def message_ids(self) -> frozenset[int]:
        """The messages that this answer was read from."""
        ids = {part.message_id for part in self.parts}
        return frozenset(ids if self.message_id is None else ids | {self.message_id})


class Option(Stored):
    """One reading that waits for the person's choice: answers by field name, and what its button says."""

    answers: dict[str, Value]
    label: Words | str
    reply: Literal["yes", "no"] | None = None
    opens: str | None = None
    """No reading, but the place in a list that is shown instead."""
    block: Literal["new", "same"] | None = None
    """No reading, but what to do with the block that waits: begin a request with it, or correct this one."""
    keeps: frozenset[str] = frozenset()
    """Serial numbers that stay although they were submitted before."""


class Pending(Stored):
    """A question back: the readings of the last answer to `field`, of which the person picks one.

    `lines` stand before the question. `standing`: the answer was taken down; it is only asked whether it stays.
    """

    field: str
    options: tuple[Option, ...]
    question: Words
    lines: tuple[Words, ...] = ()
    standing: bool = False
    said: Value | None = None
    literal: bool = False
    """What is typed next is taken to the letter, not looked for in a list."""
    text: str = ""
    message_id: int | None = None
    parts: tuple[Part, ...] = ()


class Draft(Stored):
    """A request in the making.

    `asked` is the field or menu asked last (None before the first question and on the summary). `revision` grows with
    every change, so that a button can tell whether it is still the newest. `status` is `open` until the person's
    confirmation froze `code` and the body into a request, `cancelled` when given up.
    """

    version: int = VERSION
    id: str
    form: str
    revision: int = 0
    status: Literal["open", "submitted", "cancelled"] = "open"
    answers: dict[str, Answer] = Field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    skips: dict[str, int] = Field(default_factory=dict)
    """The message that left a field out, by field: edited, it may give the answer after all."""
    given: frozenset[str] = frozenset()
    """Fields that were known before the first question (a profile, a link): they are no step of this conversation."""
    asked: str | None = None
    from_summary: bool = False
    """The question was asked from the summary, which comes next."""
    misses: int = 0
    """Refusals of the current question in a row."""
    pending: Pending | None = None
    tried: tuple[Part, ...] = ()
    """What was said to the current question and not understood: it may go on, or be edited."""
    waiting: dict[str, Pending] = Field(default_factory=dict)
    """Questions back, by field, that a message with several answers left: each is asked when its field's turn comes."""
    parked: bool = False
    """Put aside for another one: what is typed is not read for it until its owner comes back to it."""
    leaving: Literal["cancel", "restart"] | None = None
    """Asked whether to give up the answers; the next message says."""
    kept_serials: frozenset[str] = frozenset()
    """Serial numbers submitted before, which the person wants in this request all the same."""
    course: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What came of each question that was asked, by its name, in order and by ids alone (conversations/course.py)."""
    told: frozenset[str] = frozenset()
    """What the person wants of the request made of this draft, and the office was told: "cancel", "edit"."""
    code: str | None = None
    """The tracking code of the request made of this draft, once confirmed."""

    def changed(self, **changes: Any) -> "Draft":
        """A copy with these fields replaced and the revision one higher."""
        return self.model_copy(update={"revision": self.revision + 1, **changes})

    def known(self) -> dict[str, Value]:
        """The answers' values by field name."""
        return {name: answer.value for name, answer in self.answers.items()}


class Profile(Stored):
    """What a dealer said once about themselves: the form's profile fields; one that is missing they do not have.

    `dealer` is the key of the directory's dealer whom an invitation tied them to, `own` the fields that they changed
    since: those no longer follow the directory. `asked` is what /profil showed last: a field whose new value the next
    message gives, or "profile".
    """

    values: dict[str, Value]
    dealer: str = ""
    own: frozenset[str] = frozenset()
    asked: str | None = None
    pending: Pending | None = None

    def changed(self, **changes: Any) -> "Profile":
        """A copy with these fields replaced."""
        return self.model_copy(update=changes)
