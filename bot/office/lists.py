"""What operators read when they ask: what waits, which requests were found, one request, numbers. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.days import moment
from bot.privacy.masking import NOBODY
from bot.storage.desk_queries import PAGE, Found, Sought
from bot.storage.request_queries import Request
from conversations.answers.outcome import Accepted, Ambiguous
from conversations.answers.phones import MobilePhone, OfficePhone, shown
from conversations.answers.serials import SerialNumbers
from conversations.form import Form
from conversations.letters import one_line
from conversations.replies import Button, Message
from conversations.words import Words

QUEUE, FIND, INVITE = "desk-queue", "desk-find", "desk-invite"
"""The actions of the buttons under a list."""
DECIDE = "settle-card"
"""The action of the button under a request that needs a person: it is shown anew, to be decided about."""
_TO_DECIDE = ("unknown", "held", "refused")
MOST_PAGES = 500
LONGEST_SHOWN = 300
LONGEST_NAME = 60
IN_CALLBACK = 40
"""Bytes of a search that a button can carry on."""

_CODE = re.compile(r"D\s?-?\s?([0-9A-Z]{4,10})")
_MINUTE_S, _HOUR_S, _DAY_S = 60.0, 3600.0, 86_400.0


def sought(text: str) -> Sought:
    """All that this text may mean: a request's code, a call number, a serial number, a telephone."""
    typed = one_line(text)
    code = _CODE.fullmatch(typed.upper())
    phones: set[str] = set()
    for kind in (OfficePhone(), MobilePhone()):
        match kind.understand(typed, {}):
            case Accepted(value=value):
                phones.add(str(value))
            case Ambiguous(candidates=candidates):
                phones |= {str(candidate.value) for candidate in candidates}
            case _:
                pass
    return Sought(
        codes=(f"D-{code[1]}",) if code else (),
        calls=(typed,),
        serials=_serials(typed),
        phones=tuple(sorted(phones)),
    )


def _serials(typed: str) -> tuple[str, ...]:
    match SerialNumbers().understand(typed, {}):
        case Accepted(value=value):
            readings = [value]
        case Ambiguous(candidates=candidates):
            readings = [candidate.value for candidate in candidates]
        case _:
            readings = []
    found = {str(serial) for reading in readings if isinstance(reading, tuple) for serial in reading}
    return tuple(sorted(found | {typed.upper()}))


def queue(found: Found, counts: Mapping[str, int], now: float) -> Message:
    """One page of what waits, those for a person first."""
    if not found.total:
        return _told(Words("desk-queue-empty"))
    lines = queued(found, now)
    title = (Words("desk-queue", {"n": found.total}), _waiting(counts))
    buttons = (*_details(found.requests), *_pages(QUEUE, found, ""))
    return Message((*title, *lines), buttons, "inline", must_arrive=True, kind="result", kept=False)


def digest(yesterday: Mapping[str, int], found: Found, waiting: Mapping[str, int], helped: int, now: float) -> Message:
    """How yesterday went, and the first of those that wait for a person."""
    day = _count("yesterday", yesterday) if sum(yesterday.values()) else Words("desk-quiet-yesterday")
    lines = [Words("desk-digest"), day, *_standing(waiting, helped)]
    if found.total:
        lines += [Words("desk-for-a-person", {"n": found.total}), *queued(found, now)]
    buttons = (*_details(found.requests), *_pages(QUEUE, replace(found, total=sum(waiting.values())), ""))
    return Message(tuple(lines), buttons, "inline" if buttons else "kept", must_arrive=True, kind="result", kept=False)


def flood(kind: str, waiting: Mapping[str, int]) -> Message:
    """Many requests have no end: said once for all of them."""
    paragraphs = (Words("desk-flood", {"kind": kind}), _waiting(waiting), Words("desk-flood-how"))
    return Message(paragraphs, surface="kept", must_arrive=True, kind="result")


def flood_over(waiting: Mapping[str, int]) -> Message:
    """What a flood left behind."""
    rest = _waiting(waiting) if sum(waiting.values()) else Words("desk-queue-empty")
    return Message((Words("desk-flood-over"), rest), surface="kept", must_arrive=True, kind="result")


def found_nothing(text: str) -> Message:
    """Nothing fits what was typed."""
    return _told(Words("desk-found-none", {"text": one_line(text)[:LONGEST_NAME]}), Words("desk-find-by"))


def several(found: Found, text: str) -> Message:
    """One page of the requests that may be meant."""
    lines = [
        Words("desk-found-line", {**_line(request), "at": moment(request.created_at), "name": _name(request)})
        for request in found.requests
    ]
    title = Words("desk-found", {"n": found.total, "text": one_line(text)[:LONGEST_NAME]})
    buttons = (*_details(found.requests), *_pages(FIND, found, text))
    return Message((title, *lines), buttons, "inline", must_arrive=True, kind="result", kept=False)


def details(request: Request, form: Form) -> Message:
    """All that is known of one request, as it was sent or will be."""
    paragraphs = [Words("desk-request", _line(request)), Words("desk-confirmed", {"at": moment(request.created_at)})]
    if request.call_number:
        paragraphs.append(Words("call-number", {"call": request.call_number}))
    if request.state == "refused":
        paragraphs.append(Words("refused-reason", {"reason": one_line(request.reason)[:LONGEST_SHOWN]}))
    if request.chat_id == NOBODY:
        paragraphs.append(Words("desk-masked"))
    for name in form.summary:
        answers = _answers(request, form, name)
        if answers:
            paragraphs += [Words(f"section-{name}"), *answers]
    if request.state not in _TO_DECIDE:
        return _told(*paragraphs)
    decide = ((Button(Words("choice-decide"), DECIDE, draft_id=request.code),),)
    return replace(_told(*paragraphs), buttons=decide, surface="inline")


def _answers(request: Request, form: Form, section: str) -> list[Words]:
    """What was answered, spelled as it is sent to Licrus: there it has to be found."""
    fields = {f.name: f for s in form.sections if s.name == section for step in s.steps for f in step.fields if f.sent}
    lines = []
    for name, field in fields.items():
        value = one_line(str(request.body.get(name, "")))[:LONGEST_SHOWN]
        if isinstance(field.kind, MobilePhone | OfficePhone) and value.removeprefix("+").isdigit():
            value = shown(value)
        if isinstance(field.kind, SerialNumbers):
            value = value.replace(",", ", ")
        if value:
            lines.append(Words("line", {"label": Words(f"{name}.label", {"role": "customer"}), "value": value}))
    return lines


def statistics(rows: Sequence[tuple[str, Mapping[str, int]]], waiting: Mapping[str, int], helped: int) -> Message:
    """How many requests came in each time and what became of them; `rows` are the ends of message ids with counts."""
    lines = [_count(time, counts) for time, counts in rows]
    return _told(Words("desk-statistics"), *lines, *_standing(waiting, helped))


def which_dealer(text: str, companies: Sequence[tuple[str, str]], total: int) -> Message:
    """The dealers that may be meant, each a button; `companies` are keys with names."""
    words = Words("desk-invite-which", {"text": one_line(text)[:LONGEST_NAME]})
    buttons = tuple((Button(name[:LONGEST_NAME], INVITE, key),) for key, name in companies)
    more = (Words("desk-invite-more"),) if total > len(companies) else ()
    return Message((words, *more), buttons, "inline", must_arrive=True, kind="result")


def invitation(company: str, link: str, until: float) -> Message:
    """A link for one person: to be copied, so that nobody of the office uses it up by a tap."""
    words = Words("desk-invited", {"company": company[:LONGEST_SHOWN], "until": moment(until)})
    copy = Button(Words("choice-copy-link"), copies=link)
    return Message((words,), ((copy,),), "inline", must_arrive=True, kind="result", kept=False)


def _count(time: str, counts: Mapping[str, int]) -> Words:
    return Words(
        "desk-count",
        {
            "time": Words(f"desk-time-{time}"),
            "n": sum(counts.values()),
            "created": counts.get("created", 0),
            "refused": counts.get("refused", 0),
        },
    )


def _standing(waiting: Mapping[str, int], helped: int) -> list[Words]:
    """What waits now, and who waits for help."""
    lines = [_waiting(waiting) if sum(waiting.values()) else Words("desk-queue-empty")]
    return [*lines, Words("desk-help", {"n": helped})] if helped else lines


def queued(found: Found, now: float) -> list[Words]:
    """A line for each of these requests, and how long it has waited."""
    return [
        Words("desk-queue-line", {**_line(request), "age": _age(now - request.created_at)})
        for request in found.requests
    ]


def _told(*paragraphs: Words) -> Message:
    return Message(paragraphs, must_arrive=True, kind="result", kept=False)


def _waiting(counts: Mapping[str, int]) -> Words:
    queued = counts["queued"] + counts["sending"]
    return Words("desk-waiting", {"unknown": counts["unknown"], "held": counts["held"], "queued": queued})


def _line(request: Request) -> dict[str, str | int | Words]:
    place = " / ".join(filter(None, (_said(request, "CustomerCity"), _said(request, "CustomerDistrict"))))
    return {
        "code": request.code,
        "state": Words(f"desk-state-{request.state}"),
        "dealer": _said(request, "DealerCompanyName"),
        "place": place,
    }


def _said(request: Request, name: str) -> str:
    return one_line(str(request.body.get(name, "")))[:LONGEST_NAME]


def _name(request: Request) -> str:
    return _said(request, "CustomerFullName")


def _age(seconds: float) -> Words:
    for unit, length in (("days", _DAY_S), ("hours", _HOUR_S), ("minutes", _MINUTE_S)):
        if seconds >= length:
            return Words("desk-age", {"unit": unit, "n": int(seconds // length)})
    return Words("desk-age", {"unit": "now", "n": 0})


def _details(requests: Sequence[Request]) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(request.code, FIND, f"0:{request.code}") for request in requests]
    return tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))


def _pages(action: str, found: Found, text: str) -> tuple[tuple[Button, ...], ...]:
    if len(text.encode()) > IN_CALLBACK:
        return ()
    buttons = []
    if found.page > 0:
        buttons.append(Button(Words("choice-page-before"), action, f"{found.page - 1}:{text}"))
    if (found.page + 1) * PAGE < found.total and found.page < MOST_PAGES:
        buttons.append(Button(Words("choice-page-after"), action, f"{found.page + 1}:{text}"))
    return (tuple(buttons),) if buttons else ()
