"""The simulated people: each holds the conversation, one update after the other, and checks every answer.

A person's next update is sent after the 2xx for the last one and after its answer: nobody answers a question unseen.
"""

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.conversation import CONFIRM, NUMBER, QUESTIONS, SENDING, SUMMARY, Question, Script, script

TOLD_FAILURES = 5
FLOOR_ANSWER = "Alındı."
FIRST_CHAT = 1_000_000
FIRST_CALL = 4_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """How far people go: these questions, and the tap that confirms where there is one. Then somebody else begins."""

    name: str
    questions: tuple[Question, ...]
    confirms: bool = False
    script: Callable[[int], Script] = script

    @property
    def updates(self) -> int:
        return len(self.questions) + self.confirms


WHOLE = Kind("whole", QUESTIONS, confirms=True)
QUESTIONS_ALONE = Kind("questions", QUESTIONS[:SUMMARY])
DRAFTS = Kind("drafts", QUESTIONS[:3])
FLOOR = Kind("floor", (Question(FLOOR_ANSWER),) * SUMMARY)


class Person:
    """Where one person stands. `step` is the update that is in flight, or else the next one."""

    __slots__ = (
        "acknowledged",
        "answered",
        "call",
        "chat_id",
        "confirm",
        "due",
        "in_flight",
        "number",
        "script",
        "step",
        "summary_id",
        "toasted",
        "told",
    )

    def __init__(self, number: int, kind: Kind) -> None:
        self.number = number
        self.chat_id = FIRST_CHAT + number
        self.script: Script | None = kind.script(number)
        self.step = 0
        self.in_flight = self.acknowledged = self.answered = self.toasted = self.told = False
        self.due = 0.0
        self.confirm = ""
        self.summary_id = 0
        self.call = 0


class Town:
    """Everybody, and what was wrong with what they got. `changed` is called whenever somebody has become free.

    `latencies` has, for each step, the seconds from when an update was due to its answer, `results` those from a tap to
    the call number. While `holds` is set nobody taps: those who would wait.
    """

    def __init__(self, kind: Kind, people: int, ticket: str, first: int = 0) -> None:
        self.kind = kind
        self.changed: Callable[[], None] = lambda: None
        self.failures: Counter[str] = Counter()
        self.examples: list[str] = []
        self.holds = False
        self.latencies: list[list[float]] = []
        self.results: list[float] = []
        self.forget_waits()
        self.answers = 0
        self.in_flight = 0
        self.done = 0
        self._most = people
        self._first = first
        self._ticket = ticket
        self._people: dict[int, Person] = {}
        self._by_serials: dict[str, Person] = {}
        self._open = 0
        self._ready: tuple[deque[Person], ...] = tuple(deque() for _ in range(kind.updates))
        self._turn = 0

    def forget_waits(self) -> None:
        """Begin anew to note how long people wait."""
        self.latencies = [[] for _ in range(self.kind.updates)]
        self.results = []

    @property
    def at_summary(self) -> int:
        """How many have their summary before them, and have not tapped."""
        return len(self._ready[-1]) if self.kind.confirms else 0

    def tap(self) -> Person:
        """Somebody who has the summary, now in flight. Raises IndexError if there is nobody."""
        return self._begun(self._ready[-1].popleft())

    def next(self) -> Person | None:
        """Somebody who has something to say, now in flight; None if there is nobody.

        Taken from each step in turn, so that any second brings every step of the conversation equally often.
        """
        steps = len(self._ready)
        for _ in range(steps):
            self._turn = (self._turn + 1) % steps
            if self._ready[self._turn] and not (self.holds and self._turn == steps - 1):
                return self._begun(self._ready[self._turn].popleft())
            if self._turn == 0 and self._open < self._most:
                return self._begun(self._newcomer())
        return None

    def _newcomer(self) -> Person:
        person = Person(self._first + len(self._people), self.kind)
        self._people[person.chat_id] = person
        if self.kind.confirms and person.script is not None:
            self._by_serials[person.script.serials] = person
        self._open += 1
        return person

    def _begun(self, person: Person) -> Person:
        person.in_flight, person.acknowledged, person.answered = True, False, False
        self.in_flight += 1
        return person

    def is_tap(self, person: Person) -> bool:
        """Whether the person's update is the tap that confirms."""
        return person.step == len(self.kind.questions)

    def _is_summary(self, person: Person) -> bool:
        return self.kind.confirms and person.step == len(self.kind.questions) - 1

    def acknowledged(self, person: Person) -> None:
        """The bot has taken the person's update."""
        person.acknowledged = True
        self._go_on(person)

    def said(self, chat_id: int, text: str, markup: Any, message_id: int, *, edited: bool = False) -> None:
        """A message reached this chat, or was edited there."""
        person = self._people.get(chat_id)
        if person is None:
            self.fail("wrong", f"a message to chat {chat_id}, where nobody is: {text!r}")
        elif person.in_flight and self.is_tap(person):
            self._said_after_tap(person, text, edited=edited)
        elif not person.in_flight or person.answered or edited:
            self.fail("doubled", f"person {person.number}, step {person.step}: {text!r}")
        elif why := self._wrong(person, text, markup):
            self.fail("wrong", f"person {person.number}, step {person.step}, {why}: {text!r}")
        else:
            if self._is_summary(person):
                person.summary_id, person.confirm = message_id, _data(markup)
            self._answered(person)

    def _wrong(self, person: Person, text: str, markup: Any) -> str:
        """What is wrong with a message as the answer to the update in flight; "" if nothing is."""
        question = self.kind.questions[person.step]
        if question.words not in text:
            return f"without {question.words!r}"
        if question.buttons:
            labels = _labels(markup)
            for button in question.buttons:
                if button not in labels:
                    return f"no button {button!r}"
        if self._is_summary(person) and person.script is not None:
            for value in person.script.summary:
                if value not in text:
                    return f"without {value!r}"
        return ""

    def _said_after_tap(self, person: Person, text: str, *, edited: bool) -> None:
        if SENDING in text and not person.answered:
            self._answered(person)
        elif not edited and person.call and not person.told and self._tells_call(person, text):
            person.told = True
            self.results.append(time.perf_counter() - person.due)
            self._go_on(person)
        else:
            kind = "doubled" if person.answered and (SENDING in text or person.told) else "wrong"
            self.fail(kind, f"person {person.number}, after the tap: {text!r}")

    def _tells_call(self, person: Person, text: str) -> bool:
        customer = "" if person.script is None else person.script.customer
        return NUMBER.format(person.call).strip() in text and customer in text

    def _answered(self, person: Person) -> None:
        person.answered = True
        self.answers += 1
        self.latencies[person.step].append(time.perf_counter() - person.due)
        self._go_on(person)

    def toasted(self, tap_id: str) -> None:
        """A tap was answered."""
        person = self._people.get(int(tap_id) if tap_id.isdigit() else -1)
        if person is None or not person.in_flight or not self.is_tap(person):
            self.fail("wrong", f"an answer to a tap that nobody waits for: {tap_id}")
            return
        person.toasted = True
        self._go_on(person)

    def called(self, body: dict[str, Any]) -> int | None:
        """Licrus was called with this body; the call's number, None if it is refused."""
        person = self._by_serials.get(str(body.get("ProductSerialNumberList")))
        if person is None or person.script is None:
            self.fail("wrong", "a call that nobody asked for")
            return None
        if not self.is_tap(person):
            self.fail("wrong", f"person {person.number} has confirmed nothing")
            return None
        if person.call:
            self.fail("doubled", f"person {person.number} was sent to Licrus twice")
            return None
        if body != {"AuthTicket": self._ticket, **person.script.body}:
            self.fail("wrong", f"person {person.number}: Licrus received {body}")
            return None
        person.call = FIRST_CALL + person.number
        return person.call

    def fail(self, kind: str, what: str) -> None:
        """Something was lost, doubled or wrong."""
        self.failures[kind] += 1
        if len(self.examples) < TOLD_FAILURES:
            self.examples.append(f"{kind}: {what}")

    def give_up(self) -> None:
        """Whoever still waits has waited long enough."""
        for person in self._people.values():
            if person.in_flight:
                missing = [
                    name
                    for name, there in (("its 2xx", person.acknowledged), ("an answer", person.answered))
                    if not there
                ]
                if self.is_tap(person):
                    missing += [
                        name
                        for name, there in (
                            ("the call", bool(person.call)),
                            ("its number", person.told),
                            ("an answer to the tap", person.toasted),
                        )
                        if not there
                    ]
                self.fail("lost", f"person {person.number}, step {person.step} waits for {', '.join(missing)}")

    def _go_on(self, person: Person) -> None:
        if not (person.in_flight and person.acknowledged and person.answered):
            return
        if self.is_tap(person) and not (person.told and person.toasted):
            return
        person.in_flight = False
        person.step += 1
        self.in_flight -= 1
        if person.step == self.kind.updates:
            self._open -= 1
            self.done += 1
            person.script = None
        else:
            self._ready[person.step].append(person)
        self.changed()


def _labels(markup: Any) -> set[str]:
    if not isinstance(markup, dict):
        return set()
    rows = markup.get("keyboard") or markup.get("inline_keyboard") or ()
    return {button["text"] if isinstance(button, dict) else button for row in rows for button in row}


def _data(markup: Any) -> str:
    """What the button that confirms brings."""
    for row in markup["inline_keyboard"]:
        for button in row:
            if button["text"] == CONFIRM:
                return str(button["callback_data"])
    return ""
