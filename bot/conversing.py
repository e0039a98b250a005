"""One turn of a conversation with all that it changes, within a transaction of the caller's."""

from dataclasses import replace

import sqlalchemy as sa

from bot import fresh
from bot.lookups import hold_turn
from bot.office.relaying import fresh_help_code
from bot.privacy.erasing import erase_person
from bot.profiles import keep_profile, profile_of
from bot.storage import help_queries, notice_queries, queries, request_queries
from bot.telling import operators_chat, say_all
from bot.terms import Terms
from conversations.draft import Draft
from conversations.events import Context, Edit, Event, Help, Tap, Text
from conversations.form import Form
from conversations.letters import fold
from conversations.my_data import TAPS
from conversations.notice import shows_notice
from conversations.replies import Turn
from conversations.words import Words
from locales import LANGUAGES, choice_of, say

NO_HELP = Help()

OF_THE_CHAT = frozenset(
    ("new", "language", "to-request", "no-reminders", "ask-help", "reply-office", "help-not", "help-solved")
)
"""What a button does that belongs to no draft, whichever it was shown with."""
OF_A_CLOSED_DRAFT = frozenset(("confirm", "same"))
"""What a button can still mean of a draft that was sent or given up."""


def converse(
    connection: sa.Connection,
    chat_id: int,
    user_id: int,
    event: Event,
    name: tuple[str, str],
    now: float,
    terms: Terms,
    *,
    informed: bool = True,
) -> tuple[Turn, bool]:
    """The turn for this event, with all that it changes kept but for its messages; whether a request was queued.

    `name`: the person's first and last name. `informed`: they were shown the privacy notice as it is now.
    """
    draft, at = _draft_of(connection, event, chat_id, user_id)
    if isinstance(event, Text):
        event = recognised(event, draft)
    form = terms.form_now(connection)
    context = context_of(
        connection,
        chat_id,
        user_id,
        terms,
        form,
        name,
        at=at,
        notice_url="" if informed else terms.notice_url,
        edited=event.message_id if isinstance(event, Edit) else None,
        help=_help_of(connection, chat_id, now, terms),
    )
    turn = hold_turn(connection, terms.turn, form, draft, event, context, chat_id, user_id, now)
    _keep_draft(connection, draft, turn, chat_id, user_id, now)
    keep_profile(connection, user_id, turn, now)
    if any(shows_notice(message) for message in turn.messages):
        notice_queries.note_said(connection, chat_id, user_id, terms.notice_version, now)
    if turn.language is not None:
        queries.change_chat(connection, chat_id, language=turn.language)
    if turn.reminders is not None:
        queries.change_chat(connection, chat_id, no_reminders_at=None if turn.reminders else now)
    _keep_help(connection, turn, context.help, chat_id, user_id, now, terms)
    if turn.erases:
        erase_person(connection, user_id, "person", now)
    submitted = turn.submit is not None and request_queries.enqueue(connection, turn.submit, chat_id, user_id, now)
    return turn, submitted


def context_of(
    connection: sa.Connection,
    chat_id: int,
    user_id: int,
    terms: Terms,
    form: Form,
    name: tuple[str, str] = ("", ""),
    *,
    at: Draft | None = None,
    notice_url: str = "",
    edited: int | None = None,
    help: Help = NO_HELP,
) -> Context:
    """What a turn may know. Without a name where no person began it, but Licrus's answer did.

    `at`, `notice_url` and `help` are the context's own; `edited` is the message that was edited now.
    """
    sent = None if edited is None else request_queries.request_of_message(connection, chat_id, user_id, edited)
    return Context(
        first_name=name[0],
        last_name=name[1],
        required=terms.required,
        contact=terms.contact,
        notice_url=notice_url,
        next_steps=terms.next_steps,
        fresh_draft_id=fresh.drawn_id(),
        fresh_code=fresh.drawn_code(),
        bot=terms.bot_username,
        last_request=request_queries.last_request(connection, chat_id),
        profile=profile_of(connection, form, user_id, by_invitation=terms.dealers_by_invitation),
        dealers_by_invitation=terms.dealers_by_invitation,
        help=help,
        parked=queries.parked_count(connection, chat_id, user_id),
        at=at,
        edited_request=sent,
    )


def _help_of(connection: sa.Connection, chat_id: int, now: float, terms: Terms) -> Help:
    if terms.operators_chat_id is None:
        return NO_HELP
    return help_queries.help_of(connection, chat_id, now, lambda: _fresh_help_code(connection))


def _draft_of(connection: sa.Connection, event: Event, chat_id: int, user_id: int) -> tuple[Draft | None, Draft | None]:
    """The draft that is meant: a tap may name one, and it has to be the person's own; else the one at hand.

    Then the one at hand, where a tap names another. Of those that are closed a tap means only what it is about.
    """
    at = queries.active_draft(connection, chat_id, user_id)
    if not isinstance(event, Tap) or event.action in OF_THE_CHAT or event.action.startswith(("profile-", TAPS)):
        return at, None
    named = queries.own_draft(connection, event.draft_id, chat_id, user_id)
    if named is None or (named.status != "open" and event.action not in OF_A_CLOSED_DRAFT):
        return at, None
    elsewhere = at is not None and at.status == "open" and at.id != named.id
    return named, at if elsewhere else None


def recognised(event: Text, draft: Draft | None) -> Text:
    """The text with the button it equals, in whatever language: a keyboard may be older than the choice of language."""
    option = None
    if draft is not None and draft.pending is not None:
        typed = fold(event.text)
        for position, offered in enumerate(draft.pending.options):
            label = offered.label
            texts = [say(label, language) for language in LANGUAGES] if isinstance(label, Words) else [label]
            if typed in [fold(text) for text in texts]:
                option = position
                break
    return replace(event, choice=choice_of(event.text), option=option)


def _keep_draft(
    connection: sa.Connection, before: Draft | None, turn: Turn, chat_id: int, user_id: int, now: float
) -> None:
    """Keep what the turn made of the draft. An open one that it let go is given up, or put aside where it says so."""
    after = turn.draft
    goes_on = before is not None and after is not None and before.id == after.id
    if before is not None and before.status == "open" and not goes_on and not turn.parks:
        queries.save_draft(connection, before.changed(status="cancelled"), chat_id, user_id, now, touched=False)
    if after is None:
        return
    at_hand = after.status == "open" and not after.parked
    if at_hand and before is not None and goes_on and before.status == "open" and not before.parked:
        queries.go_on(connection, after, chat_id, user_id, now)
        return
    queries.save_draft(connection, after, chat_id, user_id, now)
    if at_hand:
        queries.park_others(connection, after, chat_id, user_id, now)


def _keep_help(
    connection: sa.Connection, turn: Turn, before: Help, chat_id: int, user_id: int, now: float, terms: Terms
) -> None:
    """Keep what the turn said to the service office, and whether the next text is for it."""
    if turn.asking_help != before.asking:
        help_queries.ask(connection, chat_id, turn.asking_help, now)
    operators = operators_chat(connection, terms)
    if turn.office is None or operators is None:
        return
    help_queries.keep(connection, turn.office.code, chat_id, user_id, turn.office.said_at, now)
    if turn.office.closes:
        help_queries.close(connection, turn.office.code, now)
    say_all(connection, operators, (turn.office.message,), LANGUAGES[0], now)


def _fresh_help_code(connection: sa.Connection) -> str:
    """An unused code for help. Long enough never to be scarce: help is swept after a month."""
    while help_queries.code_taken(connection, fresh := fresh_help_code()):
        pass
    return fresh
