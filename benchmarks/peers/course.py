"""What both peers in Python share: reading an answer, and Licrus's body. Nothing of any library, nothing of our bot."""

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

BOT_TOKEN = os.environ["BOT_TOKEN"]
BOT_API_URL = os.environ["BOT_API_URL"]
WEBHOOK_URL = os.environ["WEBHOOK_URL"]
WEBHOOK_PATH = urlsplit(WEBHOOK_URL).path
WEBHOOK_PORT = int(os.environ["WEBHOOK_PORT"])
WEBHOOK_SECRET = os.environ["WEBHOOK_SECRET"]
CREATE_URL = f"{os.environ['LICRUS_URL']}/ExternalCall/Create"

_COURSE = json.loads(Path(os.environ["COURSE"]).read_text("utf-8"))
QUESTIONS: list[dict[str, Any]] = _COURSE["questions"]
SUMMARY: dict[str, Any] = _COURSE["summary"]
RESULT: dict[str, Any] = _COURSE["result"]

_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_SERIAL = re.compile(r"[A-Za-z0-9-]{3,40}")
_CALL_NUMBER = re.compile(r"Çağrı numarası: (\d+)")

Answers = Mapping[str, str]


def read(step: int, text: str) -> str | None:
    """The answer to the question of this step as people are shown it; None where it is none."""
    return _READ[QUESTIONS[step]["kind"]](" ".join(text.split()))


def question(step: int, answers: Answers) -> str:
    """The text of a question."""
    return filled(QUESTIONS[step]["text"], answers)


def refusal(step: int, text: str, answers: Answers) -> str:
    """The question again, after what was wrong with an answer."""
    reason = _COURSE["refusals"].get(QUESTIONS[step]["kind"], "")
    return f"{filled(reason, {'text': text[:60]})}\n{question(step, answers)}".strip()


def filled(text: str, values: Answers) -> str:
    """A text of HTML with these values in it."""
    return text.format_map({name: escape(value) for name, value in values.items()})


def sending() -> str:
    """What the summary is changed to by the tap that confirms."""
    return filled(_COURSE["sending"], {"code": f"D-{secrets.token_hex(2).upper()}"})


def body(answers: Answers) -> dict[str, str | int]:
    """The 17 fields and the ticket."""
    sent: dict[str, str | int] = {"AuthTicket": os.environ["LICRUS_AUTH_TICKET"]}
    for each in QUESTIONS[1:]:
        value = answers[each["field"]]
        match each["kind"]:
            case "mobile" | "phone":
                sent[each["field"]] = value.replace(" ", "").removeprefix("0")
            case "place":
                _, sent["CustomerCity"], sent["CustomerDistrict"] = _COURSE["places"][_place_key(value)]
            case "serials":
                sent[each["field"]] = value.replace(" ", "")
            case "count":
                sent[each["field"]] = int(value)
            case _:
                sent[each["field"]] = value
    return sent


def call_number(answer: Mapping[str, Any]) -> str | None:
    """The number of the call that Licrus opened; None where it opened none."""
    found = None if answer["HasError"] else _CALL_NUMBER.search(answer["MessageList"][0]["Message"])
    return found[1] if found else None


def _role(text: str) -> str | None:
    return text if text == "Bayiyim" else None


def _text(text: str) -> str | None:
    return text if 2 < len(text) <= 300 else None


def _name(text: str) -> str | None:
    return text if len(text.split()) > 1 and not any(c.isdigit() for c in text) else None


def _company(text: str) -> str | None:
    return _text(text.removeprefix("firma:").strip())


def _phone(text: str) -> str | None:
    digits = "".join(c for c in text if c.isdigit()).removeprefix("90").removeprefix("0")
    if len(digits) != 10 or digits[0] not in "2345":
        return None
    return f"0{digits[:3]} {digits[3:6]} {digits[6:8]} {digits[8:]}"


def _mobile(text: str) -> str | None:
    number = _phone(text)
    return number if number and number.startswith("05") else None


def _email(text: str) -> str | None:
    return text if _EMAIL.fullmatch(text) else None


def _place(text: str) -> str | None:
    found = _COURSE["places"].get(text.translate(_LOWER).lower())
    return found[0] if found else None


def _place_key(shown: str) -> str:
    province, district = shown.split(" / ")
    return f"{district}, {province}".translate(_LOWER).lower()


def _serials(text: str) -> str | None:
    serials = [each.strip() for each in text.split(",")]
    return ", ".join(serials) if all(map(_SERIAL.fullmatch, serials)) else None


def _count(text: str) -> str | None:
    return text if text.isdecimal() and 1 <= int(text) <= 50 else None


_READ: Mapping[str, Callable[[str], str | None]] = {
    "role": _role,
    "text": _text,
    "name": _name,
    "company": _company,
    "mobile": _mobile,
    "phone": _phone,
    "email": _email,
    "place": _place,
    "serials": _serials,
    "count": _count,
}
