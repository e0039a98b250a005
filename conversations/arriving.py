"""Whoever comes by a link (t.me/BOT?start=CODE): what stands behind its code decides how the conversation begins."""

from dataclasses import replace

from conversations.answers.outcome import Ambiguous, Candidate
from conversations.asking import next_ask, role_of
from conversations.beginning import begin, fresh_draft, greet
from conversations.directory import Dealer, Link
from conversations.draft import Draft, Profile
from conversations.events import Command, Context, Event
from conversations.form import Form
from conversations.found_dealer import company_of, from_sticker, your_dealer
from conversations.proceeding import proceed
from conversations.profiles import ROLE, filled_up, of_dealer
from conversations.reading import ask_which
from conversations.replies import Lookup, Turn
from conversations.steering import steer, where
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
            # An invitation opened once more, most of the time: nothing is wrong, and nothing needs to be done.
            lead = (Words("link-over", {"company": str(context.profile.values.get("DealerCompanyName", ""))}),)
        return begin(form, context, lead) if draft is None else where(form, draft, context, lead)
    if link.purpose == "invite":
        return _join(form, draft, lookup.keys[0], link.dealer, context)
    return _by_sticker(form, draft, link.dealer, context)


def _by_sticker(form: Form, draft: Draft | None, dealer: Dealer, context: Context) -> Turn:
    """The turn for a customer with a dealer's sticker. What they said already stays; two dealers are a question."""
    if draft is None or draft.status != "open":
        fresh = Draft(id=context.fresh_draft_id, form=form.name)
        return greet(form, from_sticker(form, fresh, dealer), context)
    known_of_dealer = {field.name for field in form.profile("dealer")} & draft.given
    if draft.answers.keys() <= known_of_dealer | {ROLE}:
        fresh = Draft(id=draft.id, form=form.name, revision=draft.revision)
        return greet(form, from_sticker(form, fresh, dealer), context)
    if role_of(draft) == "dealer":
        return where(form, draft, context, (Words("sticker-for-customers"),))
    company = company_of(form)
    known = draft.answers.get(company)
    if known is None:
        draft = from_sticker(form, draft, dealer)
        return proceed(form, draft, context, (your_dealer(form, draft),))
    if known.value == dealer.company:
        return steer(form, draft, "start", context)
    question = Words("sticker-other-dealer", {"old": str(known.value), "new": dealer.company})
    candidates = tuple(Candidate(name, name) for name in (dealer.company, str(known.value)))
    draft = draft.changed(from_summary=next_ask(form, draft, context) is None)
    return ask_which(form, draft, form.field(company), Ambiguous(question, candidates), "", None, context)


def _join(form: Form, draft: Draft | None, code: str, dealer: Dealer, context: Context) -> Turn:
    """The turn that makes a person this dealer. An open request stays; a dealer's gets what it lacks yet."""
    if context.profile is not None and context.profile.dealer == dealer.key:
        return where(form, draft, context, (Words("joined-already", {"company": dealer.company}),))
    profile = Profile(values=of_dealer(form, dealer), dealer=dealer.key)
    joined = Words("joined", {"company": dealer.company})
    started = draft is not None and draft.status == "open" and any(name != ROLE for name in draft.answers)
    if draft is None or not started:
        # Nobody is welcomed back who was never here, and the company is named once.
        known = replace(context, profile=profile)
        turn = greet(form, fresh_draft(form, known), known, hello=(joined,))
    else:
        lead = (joined, Words("joined-draft-stays"))
        if role_of(draft) == "dealer" and draft.asked not in draft.answers:
            turn = proceed(form, filled_up(form, draft, profile), context, lead)
        else:
            turn = where(form, draft, context, lead)
    return replace(turn, profile=profile, redeems=code)
