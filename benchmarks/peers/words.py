"""What the peers say: our own sentences and keyboards, taken from our own form, so that nobody translates twice.

The form is held once, by the pure core, with the benchmark's own first person; what that person said is taken out of
the messages again.
"""

import json
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.conversation import APART_S, CONFIRM, script
from bot.telegram.outbound import render
from conversations.answers.place_names import names
from conversations.asking import shown
from conversations.events import Settled
from conversations.letters import ascii_letters, lower
from conversations.words import Words
from locales import say
from tests.talking import Talk

_LANGUAGE = "tr"
_BEGAN = 1_800_000_000
_CALL = 4_000_000
# What each question is answered with, and how that is read.
_QUESTIONS = (
    ("Role", "role"),
    ("DealerCompanyName", "text"),
    ("DealerContactPerson", "name"),
    ("DealerMobilePhone", "mobile"),
    ("DealerWorkPhone", "phone"),
    ("DealerEmail", "email"),
    ("CustomerFullName", "name"),
    ("CustomerMobilePhone", "mobile"),
    ("CustomerEmail", "email"),
    ("CustomerCity", "place"),
    ("CustomerAddress", "text"),
    ("ProductNameList", "text"),
    ("ProductGroupName", "text"),
    ("ProductSerialNumberList", "serials"),
    ("DeviceCount", "count"),
    ("CustomerCompanyName", "company"),
    ("CustomerWorkPhone", "phone"),
)
_PLACE = ("CustomerCity", "CustomerDistrict")
_REFUSALS = {
    "name": "name-needs-surname",
    "text": "company-not-an-answer",
    "company": "company-not-an-answer",
    "mobile": "phone-not-mobile",
    "phone": "phone-not-an-answer",
    "email": "email-not-an-email",
    "place": "place-unknown",
    "serials": "serial-none",
    "count": "count-no-number",
}


def write(path: Path) -> None:
    """Write the conversation as JSON; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(course(), ensure_ascii=False, indent=1), encoding="utf-8")


def course() -> dict[str, Any]:
    """The conversation: each question with its field, how the answer is read, text and keyboard; then what follows.

    Texts are HTML with {FIELD} for an answer, {text} for what was refused, {code} and {call}.
    """
    talk = Talk()
    talk.context = replace(talk.context, first_name="Mutlu", last_name="Kişi", fresh_code="{code}")
    person = script(0)
    questions = []
    for step, (text, (field, kind)) in enumerate(zip(person.texts, _QUESTIONS, strict=False)):
        talk.say(text, at=_BEGAN + step * APART_S)
        questions.append({"field": field, "kind": kind, **_said(talk)})
    talk.say(person.texts[-1], at=_BEGAN + len(questions) * APART_S)
    summary = _said(talk)
    talk.press(CONFIRM)
    sending = _said(talk)
    talk.settle(Settled("created", "{code}", call_number=str(_CALL)))
    return {
        "questions": questions,
        "summary": summary,
        "sending": sending["text"],
        "result": _said(talk),
        "refusals": {
            kind: say(Words(name, {"text": "{text}"}), _LANGUAGE, markup=True) for kind, name in _REFUSALS.items()
        },
        "places": _places(),
    }


def _said(talk: Talk) -> dict[str, Any]:
    """The newest message, as text and keyboard, without what this person answered."""
    (part,) = render(talk.messages[-1], _LANGUAGE)
    values = _values(talk)
    lines = []
    for line in part.text.split("\n"):
        label, colon, value = line.partition(": ")
        lines.append(f"{label}{colon}{values.get(value, value)}" if colon else line)
    markup = json.dumps(part.markup or {}, ensure_ascii=False)
    return {"text": "\n".join(lines), "markup": _with_plain_data(json.loads(markup.replace(str(_CALL), "{call}")))}


def _values(talk: Talk) -> dict[str, str]:
    """The name in braces by what is shown for it; a place is shown as one."""
    assert talk.draft is not None
    values = {str(_CALL): "{call}"}
    for name in talk.draft.answers:
        values[escape(shown(talk.form, talk.draft, name))] = f"{{{name}}}"
    place = " / ".join(shown(talk.form, talk.draft, name) for name in _PLACE if name in talk.draft.answers)
    return {**values, place: "{CustomerCity}"}


def _with_plain_data(markup: dict[str, Any]) -> dict[str, Any]:
    """Behind each button of a message the name of what it does, as a bot with one conversation at a time has it."""
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            if "callback_data" in button:
                button["callback_data"] = button["callback_data"].split(":")[2]
    return markup


def _places() -> dict[str, list[str]]:
    """What people read, and Licrus's city and district, by "district, province" in small letters."""
    return {
        lower(f"{district}, {province}"): [f"{province} / {district}", ascii_letters(province), ascii_letters(district)]
        for province, districts in names().districts_of.items()
        for district in districts
    }
