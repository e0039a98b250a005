"""One turn of the conversation, pure: a draft and what the person did give the next draft and what the bot says."""

from typing import assert_never

from conversations import my_data, profile_page
from conversations.another import answer_whose
from conversations.answering import answer_text
from conversations.arriving import arrive, link_needed
from conversations.asking import SUMMARY, next_ask
from conversations.beginning import begin
from conversations.blocks import take_block
from conversations.cards import answer_card_file, answer_shared
from conversations.correcting import correct, of_parked, too_late
from conversations.course import followed
from conversations.device_line import answer_device
from conversations.draft import Draft
from conversations.events import (
    Arrived,
    CardFile,
    Codes,
    Command,
    Contact,
    Context,
    Edit,
    Event,
    Location,
    Other,
    Settled,
    Tap,
    Text,
    Unfetched,
)
from conversations.form import Form
from conversations.helping import ask_help, hear_for_office, not_for_office
from conversations.joining import join, remembered
from conversations.location import answer_location
from conversations.my_data import stored_needed
from conversations.named import answer_named
from conversations.notice import informing
from conversations.on_summary import unclear
from conversations.pictures import answer_codes, answer_unfetched, arrived, opened
from conversations.proceeding import ask_again, whom_to_ask
from conversations.profiles import keeping
from conversations.repeats import lookup_needed
from conversations.replies import Lookup, Message, Turn
from conversations.reviewing import choose_correction, confirm_typed, settled, tap
from conversations.same import answer_same
from conversations.several import LISTS, list_needed, show_list, waiting
from conversations.steering import command, state_of, steer, where, with_help
from conversations.typed import NO, YES, asks_of_service, declines, said, steering
from conversations.words import Words

__all__ = ["Context", "Lookup", "Turn", "take_turn"]

OTHER = frozenset(("video", "voice", "document", "sticker"))
"""What has a word of its own when it comes instead of text; anything else is `other-other`."""


def take_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | Lookup:
    """The draft after this event and what the bot says to it; never an exception for anything a person can do.

    A Lookup where the turn depends on something that `context.found` does not hold yet: to be called again with it.
    """
    event = opened(event, context)
    first = link_needed(event) or list_needed(draft, event, context) or stored_needed(event)
    if first is not None and first not in context.found:
        return first
    turn = followed(form, draft, remembered(form, draft, event, _take(form, draft, event, context)))
    turn = profile_page.left(keeping(form, draft, turn, context), context)
    needed = lookup_needed(form, draft, turn.draft)
    return informing(turn, context) if needed is None or needed in context.found else needed


def _take(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
    answered = (
        my_data.answer(form, draft, event, context)
        or profile_page.answer(form, draft, event, context)
        or answer_whose(form, draft, event, context)
    )
    if answered is not None:
        return answered
    match event:
        case Text():
            return _text(form, draft, event, context)
        case Tap(action=action) if action.startswith("profile-"):
            return profile_page.tap(form, draft, event, context)
        case Tap():
            return tap(form, draft, event, context)
        case Command(name="profil" | "profile"):
            return profile_page.show(form, draft, context)
        case Command(name=name) if name in LISTS:
            return show_list(form, draft, LISTS[name], context)
        case Command():
            link = link_needed(event)
            return arrive(form, draft, link, context) if link is not None else command(form, draft, event, context)
        case Contact():
            return answer_shared(form, draft, event, context)
        case CardFile():
            return answer_card_file(form, draft, event, context)
        case Location():
            return answer_location(form, draft, event, context)
        case Arrived():
            return arrived(draft, event.kind, context)
        case Codes():
            return not_for_office(draft, event, answer_codes(form, draft, event, context), context)
        case Unfetched():
            return not_for_office(draft, event, answer_unfetched(form, draft, event, context), context)
        case Edit():
            return _edit(form, draft, event, context)
        case Other():
            return _other(form, draft, Words(f"other-{event.kind if event.kind in OTHER else 'other'}"), context)
        case Settled():
            return settled(form, draft, event, context)
        case _:
            assert_never(event)


def _other(form: Form, draft: Draft | None, why: Words, context: Context) -> Turn:
    """What can't be read, told; on the summary a typed yes after it is asked about first."""
    if draft is not None and draft.status == "open" and draft.asked == SUMMARY and draft.leaving is None:
        return unclear(form, draft, context, why)
    return where(form, draft, context, (why,))


def _text(form: Form, draft: Draft | None, event: Text, context: Context) -> Turn:
    if (heard := hear_for_office(form, draft, event, context)) is not None:
        return heard
    action = steering(event.text, event.choice)
    if action == "ask-help":
        return ask_help(form, draft, context)
    if draft is None or draft.status != "open":
        if action is not None:
            return steer(form, draft, action, context)
        return _without_draft(form, draft, event, context)
    words = said(event.text)
    if draft.leaving is not None:
        if words in YES or action in (draft.leaving, "yes"):
            return steer(form, draft, "yes", context)
        draft = draft.changed(leaving=None)
        if words in NO or action == "continue" or declines(event.text):
            return ask_again(form, draft, context)
    if (same := answer_same(form, draft, event, context)) is not None:
        return same
    on_summary = draft.asked == SUMMARY and next_ask(form, draft, context) is None
    if on_summary and (action == "confirm" or words in YES):
        return confirm_typed(form, draft, context)
    if action == "edit":
        return _edit_typed(form, draft, context)
    if action is not None:
        return steer(form, draft, action, context)
    if event.choice is None and asks_of_service(event.text):
        if on_summary:
            return unclear(form, draft, context, Words("question-of-service"))
        return ask_again(form, draft, context, (Words("question-of-service"), *whom_to_ask(context)))
    return (
        take_block(form, draft, event, context)
        or join(form, draft, event, context)
        or answer_named(form, draft, event, context)
        or answer_device(form, draft, event, context)
        or answer_text(form, draft, event, context)
    )


def _without_draft(form: Form, draft: Draft | None, event: Text, context: Context) -> Turn:
    """Text while nothing is open: several answers begin a request, and so does whatever a new person writes."""
    fresh = Draft(id=context.fresh_draft_id, form=form.name)
    if (draft is None and context.last_request is None) or take_block(form, fresh, event, context) is not None:
        return begin(form, context, block=event)
    if context.last_request is None or not context.help.available:
        return where(form, draft, context)
    # Whoever writes here after the request means the office, and would wait for an answer.
    lead = (state_of(context.last_request), *waiting(context), Words("office-does-not-read"), Words("nothing-open"))
    return Turn(draft, (Message(lead, buttons=with_help(context), surface="inline"),))


def _edit_typed(form: Form, draft: Draft, context: Context) -> Turn:
    if next_ask(form, draft, context) is not None:
        return ask_again(form, draft, context, (Words("edit-later"),))
    return choose_correction(form, draft, None)


def _edit(form: Form, draft: Draft | None, event: Edit, context: Context) -> Turn:
    if draft is not None and draft.status == "open":
        return correct(form, draft, event, context)
    sent = context.edited_request
    if sent is not None and sent != context.last_request:
        return where(form, draft, context, too_late(sent, context))
    if sent is None and (parked := of_parked(draft, event, context)) is not None:
        return parked
    if context.last_request is not None:
        lead = (Words("edit-too-late"), state_of(context.last_request), *whom_to_ask(context))
        return Turn(draft, (Message(lead, buttons=with_help(context), surface="inline"),))
    return where(form, draft, context)
