"""Whoever comes by a link (t.me/BOT?start=CODE): what stands behind its code decides how the conversation begins."""

from dataclasses import replace

from conversations.answering import proceed
from conversations.asking import role_of
from conversations.directory import Dealer, Link
from conversations.draft import Draft, Profile
from conversations.events import Command, Context, Event
from conversations.form import Form
from conversations.profiles import ROLE, filled_up, of_dealer
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
        lead: tuple[Words, ...] = (Words("link-unknown"),)
        if context.profile is not None and context.profile.dealer:
            company = str(context.profile.values.get("DealerCompanyName", ""))
            lead = (*lead, Words("joined-already", {"company": company}))
        return begin(form, context, lead) if draft is None else where(form, draft, context, lead)
    if link.purpose == "invite":
        return _join(form, draft, lookup.keys[0], link.dealer, context)
    return steer(form, draft, "start", context)


def _join(form: Form, draft: Draft | None, code: str, dealer: Dealer, context: Context) -> Turn:
    """The turn that makes a person this dealer. An open request stays; a dealer's gets what it lacks yet."""
    if context.profile is not None and context.profile.dealer == dealer.key:
        return where(form, draft, context, (Words("joined-already", {"company": dealer.company}),))
    profile = Profile(values=of_dealer(form, dealer), dealer=dealer.key)
    joined = Words("joined", {"company": dealer.company})
    started = draft is not None and draft.status == "open" and any(name != ROLE for name in draft.answers)
    if draft is None or not started:
        turn = begin(form, replace(context, profile=profile), (joined,))
    else:
        lead = (joined, Words("joined-draft-stays"))
        if role_of(draft) == "dealer" and draft.asked not in draft.answers:
            turn = proceed(form, filled_up(form, draft, profile), context, lead)
        else:
            turn = where(form, draft, context, lead)
    return replace(turn, profile=profile, redeems=code)
