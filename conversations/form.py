"""The words a form is declared in: Form, Section, Step, Menu, Field. They hold data only; the engine reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from conversations.answers.outcome import Kind

Role = Literal["customer", "dealer"]


@dataclass(frozen=True, slots=True)
class Field:
    """One answer. Its name is Licrus's and names its texts in the locales: `NAME`, `NAME.why`, `NAME.example`, ...

    `optional`: may be skipped and is then sent as "" (a setting can still require it). `follows` names the field this
    one is read against: when that changes, this answer is read again and asked again if it no longer fits.
    `own` says to whom the question is about themselves, so that their own name or contact is offered.
    `twin` is the field that takes what this one refuses, if it can (a land line typed for a mobile number).
    `sent` is False for what only steers the conversation.
    """

    name: str
    kind: Kind
    optional: bool = False
    follows: str | None = None
    own: Role | None = None
    twin: str | None = None
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One question: fields that one message may answer together. `ask` is who is asked, everybody when None.

    `joined`: shown as one line of the summary and corrected together, as province and district are.
    """

    fields: tuple[Field, ...]
    ask: Role | None = None
    joined: bool = False

    @property
    def name(self) -> str:
        """The name the step goes by on buttons and in texts: that of its first field."""
        return self.fields[0].name


@dataclass(frozen=True, slots=True)
class Menu:
    """One question for several fields that most people pass with one tap: each field is a button, and so is "none"."""

    name: str
    fields: tuple[Field, ...]
    ask: Role | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Steps that stand under one heading in the summary; the heading's text is `section-NAME`.

    `profile`: whom this describes is asked it once, and it is kept for their next requests.
    """

    name: str
    steps: tuple[Step | Menu, ...]
    profile: Role | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A whole conversation, in the order it is held. `summary` orders the sections there; all of them are shown."""

    name: str
    sections: tuple[Section, ...]
    summary: tuple[str, ...]

    def steps(self, role: Role | None) -> Iterator[Step | Menu]:
        """The steps this role is asked, in order; without a role only those that everybody is asked."""
        for section in self.sections:
            for step in section.steps:
                if step.ask is None or step.ask == role:
                    yield step

    def fields(self, role: Role | None) -> Iterator[Field]:
        """The fields this role is asked, in order."""
        for step in self.steps(role):
            yield from step.fields

    def profile(self, role: Role | None) -> tuple[Field, ...]:
        """The fields that are kept of whoever fills the form in this role."""
        return tuple(
            field
            for section in self.sections
            for step in section.steps
            for field in step.fields
            if role is not None and section.profile == role and step.ask in (None, role)
        )

    def field(self, name: str) -> Field:
        """The field of this name; KeyError when the form has none."""
        for section in self.sections:
            for step in section.steps:
                for field in step.fields:
                    if field.name == name:
                        return field
        raise KeyError(name)
