"""Whoever comes by a link (t.me/BOT?start=CODE): what stands behind its code decides how the conversation begins."""

from conversations.directory import Link
from conversations.draft import Draft
from conversations.events import Command, Context, Event
from conversations.form import Form
from conversations.replies import Lookup, Turn
from conversations.steering import begin, steer, where
from conversations.words import Words

LONGEST_CODE = 64
"""Telegram passes on no more behind ?start=; what is longer was typed and is no code."""


def link_needed(event: Event) -> Lookup | None:
    """What has to be looked up of an event: the code that somebody came with."""
    match event:
        case Command("start", code) if code:
            return Lookup("link", (code[:LONGEST_CODE],))
        case _:
            return None


def arrive(form: Form, draft: Draft | None, lookup: Lookup, context: Context) -> Turn:
    """The turn for a code. One that is good for nothing is told, and the conversation goes on without it."""
    link = context.found[lookup]
    if not isinstance(link, Link):
        lead = (Words("link-unknown"),)
        return begin(form, context, lead) if draft is None else where(form, draft, context, lead)
    return steer(form, draft, "start", context)
