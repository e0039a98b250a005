"""The words a form is declared in: Form, Section, Step, Menu, Field. They hold data only; the engine reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Form:
    """A whole conversation, in the order it is held. `summary` orders the sections there; all of them are shown.

    Each turn looks for steps and fields dozens of times: how they are found is worked out once for a form, which never
    changes.
    """

    name: str
    sections: tuple[Section, ...]
    summary: tuple[str, ...]

    def steps(self, role: Role | None) -> tuple[Step | Menu, ...]:
        """The steps this role is asked, in order; without a role only those that everybody is asked."""
        return self._parts[role].steps

    def fields(self, role: Role | None) -> tuple[Field, ...]:
        """The fields this role is asked, in order."""
        return self._parts[role].fields

    def step(self, role: Role | None, name: str) -> Step | Menu | None:
        """The step of this role's that asks this field or is the menu of this name."""
        return self._parts[role].step_of.get(name)

    def menu(self, role: Role | None, name: str) -> Menu | None:
        """The menu of this role's that holds this field."""
        return self._parts[role].menu_of.get(name)

    def profile(self, role: Role | None) -> tuple[Field, ...]:
        """The fields that are kept of whoever fills the form in this role."""
        return self._parts[role].profile

    def field(self, name: str) -> Field:
        """The field of this name; KeyError when the form has none."""
        return self._fields[name]

    def section(self, name: str) -> str:
        """The section of this field, step or menu; "" where the form has none of this name."""
        return self._sections.get(name, "")

    def asks(self, role: Role | None, required: frozenset[str]) -> tuple[tuple[Field | Menu, tuple[Field, ...]], ...]:
        """The questions of this role, in order, each with the fields that it waits for.

        Fields are asked one by one, and menus for what may be passed together: what is `required` is asked before its
        menu.
        """
        found = self._asks.get((role, required))
        if found is None:
            found = self._asks[role, required] = tuple(_asks_of(self.steps(role), required))
        return found

    def of_kind(self, *kinds: type[Kind]) -> tuple[Field, ...]:
        """All fields of one of these kinds, in order, whoever is asked them."""
        found = self._of_kind.get(kinds)
        if found is None:
            found = self._of_kind[kinds] = tuple(field for field in self.every_field if isinstance(field.kind, kinds))
        return found

    @cached_property
    def every_field(self) -> tuple[Field, ...]:
        """All fields, in order, whoever is asked them; one that stands in two steps twice."""
        return tuple(field for section in self.sections for step in section.steps for field in step.fields)

    @cached_property
    def _asks(self) -> dict[tuple[Role | None, frozenset[str]], tuple[tuple[Field | Menu, tuple[Field, ...]], ...]]:
        return {}

    @cached_property
    def _of_kind(self) -> dict[tuple[type[Kind], ...], tuple[Field, ...]]:
        return {}

    @cached_property
    def _fields(self) -> Mapping[str, Field]:
        return {field.name: field for field in reversed(self.every_field)}

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for section in self.sections:
            for step in section.steps:
                for name in (step.name, *(field.name for field in step.fields)):
                    found.setdefault(name, section.name)
        return found

    @cached_property
    def _parts(self) -> Mapping[Role | None, "_Part"]:
        return {role: _part_of(self, role) for role in (None, "customer", "dealer")}


@dataclass(frozen=True, slots=True)
class _Part:
    """What one role is asked of a form, and where each name is found in it."""

    steps: tuple[Step | Menu, ...]
    fields: tuple[Field, ...]
    profile: tuple[Field, ...]
    step_of: Mapping[str, Step | Menu]
    menu_of: Mapping[str, Menu]


def _asks_of(
    steps: tuple[Step | Menu, ...], required: frozenset[str]
) -> Iterator[tuple[Field | Menu, tuple[Field, ...]]]:
    for step in steps:
        alone = [field for field in step.fields if not isinstance(step, Menu) or field.name in required]
        yield from ((field, (field,)) for field in alone)
        if together := tuple(field for field in step.fields if field not in alone):
            assert isinstance(step, Menu)  # noqa: S101
            yield step, together


def _part_of(form: Form, role: Role | None) -> _Part:
    sections = [(section, step) for section in form.sections for step in section.steps if step.ask in (None, role)]
    steps = tuple(step for _, step in sections)
    step_of: dict[str, Step | Menu] = {}
    menu_of: dict[str, Menu] = {}
    for step in steps:
        for name in (step.name, *(field.name for field in step.fields)):
            step_of.setdefault(name, step)
        if isinstance(step, Menu):
            for field in step.fields:
                menu_of.setdefault(field.name, step)
    kept = (step for section, step in sections if role is not None and section.profile == role)
    return _Part(
        steps,
        tuple(field for step in steps for field in step.fields),
        tuple(field for step in kept for field in step.fields),
        step_of,
        menu_of,
    )
