"""What is talked about: the real form, or a short one of it that takes a fifth of the time."""

import random
from dataclasses import replace
from typing import Any

from conversations.activation import ACTIVATION
from conversations.draft import Draft
from conversations.events import Context, Event, Text
from conversations.form import Form, Section, Step
from conversations.replies import Lookup, Turn
from conversations.turn import take_turn
from tests.crash import conversations as whole
from tests.crash.conversations import Script, word
from tests.crash.conversations import Step as Asked

SHORT = Form(
    name="activation",
    sections=(
        Section(
            "customer",
            tuple(Step((ACTIVATION.field(name),)) for name in ("CustomerFullName", "CustomerAddress")),
        ),
        Section("device", (Step((ACTIVATION.field("ProductNameList"),)),)),
    ),
    summary=("customer", "device"),
)
POISON = "☠"
ADDRESS = "Cihazın açık adresi?"
GIVEN: dict[str, str | int] = {
    "DealerCompanyName": "Yılmaz Isı",
    "DealerContactPerson": "",
    "DealerMobilePhone": "",
    "DealerWorkPhone": "",
    "DealerEmail": "",
    "CustomerCompanyName": "",
    "CustomerMobilePhone": "5331112233",
    "CustomerWorkPhone": "",
    "CustomerEmail": "",
    "CustomerCity": "Istanbul",
    "CustomerDistrict": "Umraniye",
    "ProductGroupName": "Kazan",
    "ProductSerialNumberList": "99958",
    "DeviceCount": 1,
}
"""What the short form doesn't ask, and Licrus wants."""


def whole_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | Lookup:
    """The real engine's turn, but for one text that it stumbles over each time."""
    if isinstance(event, Text) and event.text == POISON:
        raise RuntimeError("a mistake of ours")
    return take_turn(form, draft, event, context)


def short_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | Lookup:
    """The same; a request has what the short form doesn't ask."""
    turn = whole_turn(form, draft, event, context)
    if isinstance(turn, Lookup) or turn.submit is None:
        return turn
    return replace(turn, submit=replace(turn.submit, body={**GIVEN, **turn.submit.body}))


WHOLE_TERMS: dict[str, Any] = {"turn": whole_turn}
SHORT_TERMS: dict[str, Any] = {"form": SHORT, "turn": short_turn}


def short_script(number: int) -> Script:
    """The conversation of this number in the short form."""
    name, address = f"Ayşe {word(number)}", f"{word(number)} Mah. Balkan Cad. No: {number} D: 2"
    product = f"ECODENSE WT {number:04d}"
    steps = (
        Asked("Adınız ve soyadınız?", name),
        Asked(ADDRESS, address),
        Asked("Hangi ürün?", product),
    )
    body = {**GIVEN, "CustomerFullName": name, "CustomerAddress": address, "ProductNameList": product}
    return Script(number, steps, body)


def whole_script(number: int, chance: random.Random) -> Script:
    """The conversation of this number in the real form."""
    return whole.script(number, chance)


def corrected(script: Script, times: int) -> tuple[int, str, Script]:
    """The script with another address: which step that is, what is typed instead, and the new script."""
    address = f"{word(script.number)} Mah. Yeni Cad. No: {script.number} D: {times + 3}"
    at = next(number for number, step in enumerate(script.steps) if step.question == ADDRESS)
    return at, address, _with_address(script, address)


def as_shown(script: Script, summary: str) -> Script:
    """The script with the address that stands in this summary."""
    line = next(line for line in summary.split("\n") if line.startswith("Adres: "))
    return _with_address(script, line.partition(": ")[2])


def _with_address(script: Script, address: str) -> Script:
    steps = tuple(replace(step, answer=address) if step.question == ADDRESS else step for step in script.steps)
    return replace(script, steps=steps, body={**script.body, "CustomerAddress": address})
