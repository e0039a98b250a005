"""The verdict on a campaign, from nothing but what the people saw and what the sandbox's Licrus received."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.crash.people import TOLD_NUMBER, Conversation

NEVER_SENT = object()


KINDS: tuple[str, ...] = (
    "answers lost",
    "answers in a wrong field",
    "answers taken twice",
    "people stuck",
    "confirmed without an end",
    "calls made twice",
    "calls nobody confirmed",
    "wrong numbers told",
)


@dataclass(slots=True)
class Verdict:
    """Every violation in words, by its kind; a campaign is good if there is none."""

    found: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    created: int = 0
    unknown: int = 0

    @property
    def good(self) -> bool:
        return not any(self.found.values())


def judge(
    conversations: Iterable[Conversation], calls: Iterable[Mapping[str, Any]], texts: Mapping[int, Iterable[str]]
) -> Verdict:
    """`calls` are the sandbox's records of every call that Licrus received, `texts` all that the bot said, by chat."""
    verdict = Verdict()
    known = list(conversations)
    received: dict[int, list[Mapping[str, Any]]] = {conversation.script.number: [] for conversation in known}
    owners = Owners(known)
    for call in calls:
        owner = owners.of(call["parsed"])
        if owner is None or not owner.confirmed:
            verdict.found["calls nobody confirmed"].append(repr(call["parsed"]))
        if owner is not None:
            received[owner.script.number].append(call)
            compare(owner, call["parsed"], verdict)
    told = told_numbers(texts)
    for conversation in known:
        _judge_one(conversation, received[conversation.script.number], told, verdict)
    return verdict


def _judge_one(
    conversation: Conversation,
    calls: list[Mapping[str, Any]],
    told: Mapping[tuple[int, str], set[str]],
    verdict: Verdict,
) -> None:
    name = f"conversation {conversation.script.number} in chat {conversation.chat_id}"
    verdict.found["answers lost"] += [f"{name} was asked again: {asked}" for asked in conversation.asked_again]
    if conversation.stuck is not None:
        kind = "confirmed without an end" if conversation.confirmed else "people stuck"
        verdict.found[kind].append(f"{name} waited for: {conversation.stuck}")
    if len(calls) > 1:
        verdict.found["calls made twice"].append(f"{name}: {len(calls)} calls")
    numbers = {str(call["call_number"]) for call in calls if call["carried_out"]}
    heard = told.get((conversation.chat_id, conversation.script.customer), set())
    if not heard <= numbers or (conversation.number is not None and conversation.number not in numbers):
        verdict.found["wrong numbers told"].append(f"{name}: told {heard}, Licrus has {numbers}")
    if conversation.number is not None:
        verdict.created += 1
    elif conversation.unknown:
        verdict.unknown += 1


def told_numbers(texts: Mapping[int, Iterable[str]]) -> dict[tuple[int, str], set[str]]:
    """The call numbers that were told in each chat, by the customer's name that stood beside them."""
    told: dict[tuple[int, str], set[str]] = {}
    for chat_id, said in texts.items():
        for text in said:
            for number, customer in TOLD_NUMBER.findall(text):
                told.setdefault((chat_id, customer), set()).add(number)
    return told


class Owners:
    """Whose a body is: of the conversation with which it has most values in common that are nobody else's."""

    def __init__(self, conversations: Iterable[Conversation]) -> None:
        self._by_value: dict[str, list[Conversation]] = {}
        for conversation in conversations:
            for value in {value for value in conversation.script.body.values() if isinstance(value, str) and value}:
                self._by_value.setdefault(value, []).append(conversation)

    def of(self, body: Any) -> Conversation | None:
        shared: Counter[int] = Counter()
        owners: dict[int, Conversation] = {}
        for value in body.values() if isinstance(body, dict) else ():
            holders = self._by_value.get(value, []) if isinstance(value, str) else []
            if len(holders) == 1:
                owners[holders[0].script.number] = holders[0]
                shared[holders[0].script.number] += 1
        return owners[shared.most_common(1)[0][0]] if shared else None


def compare(conversation: Conversation, body: Mapping[str, Any], verdict: Verdict) -> None:
    """Field by field, letter by letter, with the type."""
    wanted = conversation.script.body
    for name in sorted((wanted.keys() | body.keys()) - {"AuthTicket"}):
        want, got = wanted.get(name, NEVER_SENT), body.get(name, NEVER_SENT)
        if want == got and type(want) is type(got):
            continue
        if got in ("", NEVER_SENT):
            kind = "answers lost"
        elif isinstance(want, str) and isinstance(got, str) and want and want in got:
            kind = "answers taken twice"
        else:
            kind = "answers in a wrong field"
        verdict.found[kind].append(f"conversation {conversation.script.number}: {name} is {got!r} and not {want!r}")
