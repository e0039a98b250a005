"""Texts that are made to break out: in every field of the form, as names, as Licrus's reasons.

What the person sees is valid Telegram HTML in which the text is only text, and what Licrus receives is, letter by
letter, what the summary showed.
"""

import html
import json
import re
import unicodedata
from dataclasses import replace

import pytest

from bot.licrus import CallRequest
from bot.licrus.client import request_body
from bot.licrus.outcomes import RefusedByLicrus, outcome_of_answer
from bot.sandbox.entities import parse_html, utf16_units
from bot.telegram.outbound import CALLBACK_BYTES, TEXT_UNITS, as_method, render
from conversations.activation import ACTIVATION
from conversations.asking import SUMMARY
from conversations.events import Context, Settled
from conversations.replies import Message
from tests.talking import CUSTOMER, DEALER, Talk

PAYLOADS = {
    "bold": "<b>Ayşe</b> Yılmaz",
    "an open tag": "<b>Ayşe Yılmaz",
    "a closed tag": "</b></a> Ayşe Yılmaz",
    "a script": "<script>alert(1)</script> Ayşe",
    "a link": '<a href="tg://user?id=1">Ayşe</a> Yılmaz',
    "an attribute": 'Ayşe" onmouseover="x Yılmaz',
    "ampersands": "Ayşe & Yılmaz &lt;b&gt; &amp;amp; &#60;",
    "markdown": "*Ayşe* _Yılmaz_ `x` [a](tg://user?id=1) ||y||",
    "a Fluent variable": "{ $x } { $role } Ayşe",
    "a Fluent literal": '{ "x" } { 5 } Ayşe',
    "a Fluent selector": "{ $role -> [dealer] a *[other] b } Ayşe",
    "a Fluent message": "{ old-summary } { -brand } { DATETIME($x) } .label = Ayşe",
    "a Python format": "{0} {x.__class__} %s %(x)s %n Ayşe",
    "a template": "${x} #{x} {{7*7}} <%= x %> Ayşe",
    "SQL": "'; DROP TABLE drafts; -- Ayşe",
    "JSON": '", "AuthTicket": "x", "a": "Ayşe',
    "a path": "../../etc/passwd Ayşe",
    "a formula": '=HYPERLINK("http://x") Ayşe',
    "backslashes": 'Ayşe\\ \\n \\u0000 \\" Yılmaz',
    "controls": "Ay\x07şe\x1b[31m \x08Yıl\x7fmaz\x9b",
    "NUL": "Ayşe\x00 Yılmaz",
    "direction": "Ayşe \u202eزamlıY\u202c \u2066x\u2069 Yılmaz",
    "zero width": "Ay\u200bşe\u200d \ufeffYıl\u2060maz",
    "lines": "Ayşe\r\nYılmaz\u2028x\u2029y\x85z",
    "combining marks": "A" + "\u0301" * 300 + "yşe Yılmaz",
    "emoji": "👩‍👩‍👧‍👦🇹🇷 Ayşe 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "outside the plane": "𝔄𝔶𝔰𝔢 𝔜ı𝔩𝔪𝔞𝔷",
    "full width": "＜ｂ＞Ayşe＜／ｂ＞",
    "4,096 letters": ("Ayşe Yılmaz " * 400)[:4096],
    "4,096 signs to escape": "&<>\"'" * 819,
    "4,096 units of emoji": "👩" * 2048,
    "4,096 brackets": "{" * 2048 + "}" * 2048,
    "one word": "a" * 4096,
    "digits": "9" * 4096,
}
FORBIDDEN = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(message: Message, language: str = "tr") -> str:
    """What a person reads of the message, once Telegram took every part of it. Checked as Telegram checks it."""
    texts = []
    for part in render(message, language):
        assert utf16_units(part.text) <= TEXT_UNITS
        # Raises for any tag or entity that Telegram would refuse.
        text, entities = parse_html(part.text)
        assert text.strip()
        assert {entity["type"] for entity in entities} <= {"bold", "text_link"}
        assert set(re.findall(r"</?(\w+)", part.text)) <= {"a", "b"}
        texts.append(text)
        method = as_method(1, part)
        for row in method.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                assert len(button.get("callback_data", "").encode()) <= CALLBACK_BYTES
                assert button["text"].strip()
        for row in method.get("reply_markup", {}).get("keyboard", []):
            assert all(button["text"].strip() for button in row)
    return "\n".join(texts)


def everything_shown(talk: Talk) -> str:
    return "\n".join(shown(message, talk.language) for message in talk.messages)


SCRIPTS = {"customer": CUSTOMER, "dealer": DEALER}
QUESTIONS = [
    *[("customer", position) for position in range(1, len(CUSTOMER))],
    *[("dealer", position) for position in range(2, 7)],
]
"""After the sixth answer a dealer is asked what a customer is asked."""


def answers(script: tuple[str, ...]) -> dict[str, str]:
    """A good answer for every question, by its name."""
    talk, found = Talk(), dict[str, str]()
    for text in script:
        if talk.draft is not None and talk.draft.asked:
            found[talk.draft.asked] = text
        talk.say(text)
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(("role", "position"), QUESTIONS)
def test_a_hostile_answer_to_any_question_is_only_text(role: str, position: int, payload: str) -> None:
    """Given as the answer, and where it is not taken the good answer follows: the form goes on to its end."""
    script = SCRIPTS[role]
    talk = Talk()
    talk.say(*script[:position])
    talk.say(PAYLOADS[payload])
    assert everything_shown(talk).strip()
    good = answers(script)
    for _ in range(30):
        assert talk.draft is not None
        if talk.draft.asked == SUMMARY:
            break
        talk.say(good.get(talk.draft.asked or "", "atla"))
        assert everything_shown(talk).strip()
    assert any(button.action == "confirm" for button in talk.all_buttons)
    submitted_as_shown(talk)


def submitted_as_shown(talk: Talk) -> None:
    """Where the summary stands, its confirmation sends what it showed."""
    if talk.draft is None or not any(b.action == "confirm" for b in talk.all_buttons):
        return
    summary = everything_shown(talk)
    label = next(talk.read(b.label) for b in talk.all_buttons if b.action == "confirm")
    talk.press(label)
    assert len(talk.submitted) == 1
    body = dict(talk.submitted[0].body)
    CallRequest.model_validate(body)
    sent = request_body(CallRequest.model_validate(body), "ticket").decode()
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") or letter in FORBIDDEN for letter in sent)
    for name, value in body.items():
        kept = talk.draft.answers.get(name) if talk.draft is not None else None
        if not isinstance(value, str) or not value or name.endswith(("Phone", "City", "District", "SerialNumberList")):
            continue
        assert kept is not None
        assert value in summary, name


"""What Licrus receives differs from what is shown only in the spelling of numbers and places, which LICRUS.md gives."""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_correction_from_the_summary_is_only_text(payload: str) -> None:
    for label in ("adres", "ad soyad", "ürün", "firma adı", "e-posta"):
        talk = Talk()
        talk.say(*CUSTOMER)
        talk.say(f"{label}: {PAYLOADS[payload]}")
        assert everything_shown(talk).strip()
        submitted_as_shown(talk)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_edit_of_an_answer_is_only_text(payload: str) -> None:
    talk = Talk()
    talk.say(*CUSTOMER)
    for number in range(1, talk.number + 1):
        talk.edit(PAYLOADS[payload], number)
        assert everything_shown(talk).strip()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_name_in_the_profile_or_on_a_contact_card_is_only_text(payload: str) -> None:
    context = Context(
        first_name=PAYLOADS[payload][:64], last_name=PAYLOADS[payload][:64], fresh_draft_id="d", fresh_code="D-7K3F"
    )
    for share in (False, True):
        talk = Talk(context=context)
        for text in CUSTOMER:
            talk.say(text)
            assert everything_shown(talk).strip()
            if share:
                talk.share(PAYLOADS[payload], name=PAYLOADS[payload])
                assert everything_shown(talk).strip()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_reason_of_licrus_is_only_text_and_bounded(payload: str) -> None:
    talk = Talk()
    talk.say(*CUSTOMER)
    talk.press("Onayla ve gönder")
    reason = f"Kayıt bulunamadı: {PAYLOADS[payload]}"
    talk.settle(Settled("refused", "D-7K3F", "", reason))
    assert everything_shown(talk).strip()
    body = _answer(reason)
    outcome = outcome_of_answer(200, {}, body)
    if isinstance(outcome, RefusedByLicrus):
        assert len(outcome.reason) <= 500
        assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in outcome.reason)
        assert not any(letter in FORBIDDEN for letter in outcome.reason)


def _answer(reason: str) -> bytes:
    return json.dumps({"HasError": True, "MessageList": [{"Type": 1, "Message": reason}]}).encode()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_of_the_brand_is_only_text(payload: str) -> None:
    """Settings are the operator's own, but a slip there may not lock anybody out."""
    text = PAYLOADS[payload][:200]
    context = replace(Talk().context, contact=text, next_steps=text)
    talk = Talk(context=context)
    talk.say("/start", "/yardim", *CUSTOMER[1:])
    assert everything_shown(talk).strip()
    talk.press("Onayla ve gönder")
    talk.settle(Settled("created", "D-7K3F", "43090"))
    assert html.unescape(everything_shown(talk)).strip()


def test_every_field_of_the_form_was_attacked() -> None:
    attacked = {name for script in SCRIPTS.values() for name in answers(script)}
    typed = {step.name for section in ACTIVATION.sections for step in section.steps}
    assert {name for name in attacked if name in typed} == typed, typed - attacked
