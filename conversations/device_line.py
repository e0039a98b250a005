"""A product with its serial numbers behind it in one message, where the product is asked ("WT 65, 99958, 99959")."""

import re

from conversations.answers.free_text import Product
from conversations.answers.outcome import Accepted
from conversations.answers.serials import SerialNumbers
from conversations.asking import asked_last, role_of
from conversations.draft import Draft
from conversations.events import Context, Text
from conversations.form import Field, Form
from conversations.reading import accept
from conversations.replies import Turn

_BETWEEN = re.compile(r"[,;\n]+")
LEAST_DIGITS = 4
"""Digits that each must have: "ISIMAX KOMBİ 24, 28" names two products."""


def answer_device(form: Form, draft: Draft, event: Text, context: Context) -> Turn | None:
    """The turn that takes both; None where the text is anything else, or serial numbers were given before."""
    asked = asked_last(form, draft)
    if not isinstance(asked, Field) or not isinstance(asked.kind, Product) or event.choice is not None:
        return None
    product, *rest = (piece.strip() for piece in _BETWEEN.split(event.text))
    serials = next((f for f in form.fields(role_of(draft)) if isinstance(f.kind, SerialNumbers)), None)
    if not rest or serials is None or serials.name in draft.answers or not asked.kind.catalogue:
        return None
    named = asked.kind.understand(product, draft.known())
    read = serials.kind.understand(", ".join(rest), draft.known())
    if not isinstance(named, Accepted) or not isinstance(read, Accepted) or not isinstance(read.value, tuple):
        return None
    if any(sum(map(str.isdigit, serial)) < LEAST_DIGITS for serial in read.value):
        return None
    if any(asked.kind.catalogue.exact(piece) is not None for piece in rest):
        return None
    values = {asked.name: named.value, **named.also, serials.name: read.value, **read.also}
    return accept(form, draft, values, event.text, event.message_id, context, read)
