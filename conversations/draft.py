"""What has been answered so far: stored as JSON and read by later releases, so it names fields, never steps."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from conversations.answers.outcome import Value
from conversations.words import Words

VERSION = 1


class Stored(BaseModel):
    """Frozen, strict about unknown keys, and silent about values in its errors: they are personal data."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Answer(Stored):
    """One answer with where it came from. `message_id` is None where no message of the person's holds it."""

    value: Value
    text: str = ""
    message_id: int | None = None
    inferred: bool = False


class Option(Stored):
    """One reading that waits for the person's choice: answers by field name, and what its button says."""

    answers: dict[str, Value]
    label: Words | str
    reply: Literal["yes", "no"] | None = None


class Pending(Stored):
    """A question back: the readings of the last answer to `field`, of which the person picks one."""

    field: str
    options: tuple[Option, ...]
    question: Words
    said: Value | None = None
    text: str = ""
    message_id: int | None = None


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
    asked: str | None = None
    from_summary: bool = False
    """The question was asked from the summary, which comes next."""
    misses: int = 0
    """Refusals of the current question in a row."""
    pending: Pending | None = None
    leaving: Literal["cancel", "restart"] | None = None
    """Asked whether to give up the answers; the next message says."""
    code: str | None = None
    """The tracking code of the request made of this draft, once confirmed."""

    def changed(self, **changes: Any) -> "Draft":
        """A copy with these fields replaced and the revision one higher."""
        return self.model_copy(update={"revision": self.revision + 1, **changes})

    def known(self) -> dict[str, Value]:
        """The answers' values by field name."""
        return {name: answer.value for name, answer in self.answers.items()}
