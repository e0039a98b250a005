"""What operators ask in their own chat: /kuyruk, /bul, /istatistik, /davet, and the buttons under the answers.

A question is kept with its update and answered once it is confirmed who asked; who saw what is put on record in the
same commit.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import sqlalchemy as sa

from bot.days import day_of, start_of
from bot.logs import where
from bot.office import lists
from bot.office.confirming import Confirming
from bot.office.dealers import deep_link, matching
from bot.storage import desk_queries, link_queries, question_queries
from bot.storage.audit_queries import note, operator
from bot.storage.dialect import lock_chat
from bot.storage.directory_queries import load_dealers
from bot.storage.errors import storage_error
from bot.storage.question_queries import Asked, Question
from bot.storage.writer import Writer
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound
from bot.telling import operators_chat, say_all
from bot.terms import Terms
from conversations.directory import Dealer, Dealers
from conversations.events import Command, Tap
from conversations.letters import one_line
from conversations.replies import Message
from conversations.words import Words

COMMANDS: Mapping[str, Asked] = {"kuyruk": "queue", "bul": "find", "istatistik": "statistics", "davet": "invite"}
"""What operators type behind the slash; `command-NAME` says in the locales what each does."""
DAY_S = 86_400.0
MOST_DEALERS = 8

_TAPS: Mapping[str, Asked] = {lists.QUEUE: "queue", lists.FIND: "find", lists.INVITE: "invite"}
_NEEDS: Mapping[Asked, str] = {"find": "desk-find-what", "invite": "desk-invite-what"}

log = logging.getLogger(__name__)


def ask(connection: sa.Connection, inbound: Inbound, now: float) -> Words | bool:
    """Keep what this update of the operators' chat asks; words are the answer already, False: it asks nothing."""
    page, message_id = 0, None
    match inbound.event:
        case Command(name=name, argument=argument) if name in COMMANDS:
            what = COMMANDS[name]
        case Tap(action="desk-invite", argument=argument):
            what = "invite"
        case Tap(action=action, argument=rest, message_id=number) if action in _TAPS:
            what = _TAPS[action]
            typed, _, argument = rest.partition(":")
            page = min(int(typed[:6]), lists.MOST_PAGES) if typed.isdecimal() else 0
            # A list turns its page; a request is shown beside the list that it was in.
            message_id = number if what == "queue" or not argument.startswith("D-") else None
        case _:
            return False
    if inbound.anonymous:
        return Words("desk-anonymous")
    if not argument.strip() and what in _NEEDS:
        return Words(_NEEDS[what])
    who = (inbound.user_id, one_line(f"{inbound.first_name} {inbound.last_name}"))
    kept = question_queries.add(connection, what, argument.strip(), who, now, page=page, message_id=message_id or None)
    return True if kept else Words("desk-too-many")


def questions(
    writer: Writer,
    client: Client,
    terms: Terms,
    *,
    spoke: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.time,
) -> Confirming[Question]:
    """What answers operators' questions."""
    next_due, put_off = question_queries.next_question, question_queries.put_off
    return Confirming(writer, client, terms, next_due, put_off, answer, spoke=spoke, clock=clock)


def answer(connection: sa.Connection, question: Question, belongs: bool, now: float, terms: Terms) -> bool:
    """Say the answer in the operators' chat, or that there is none for whoever asked; False if done before."""
    chat_id = operators_chat(connection, terms)
    if chat_id is not None:
        lock_chat(connection, chat_id)
    if not question_queries.take(connection, question.id) or chat_id is None:
        return False
    message = Message((Words("desk-not-a-member"),), must_arrive=True, kind="result")
    if belongs:
        message = _answered(connection, question, now, terms)
    say_all(connection, chat_id, (message,), "tr", now)
    return True


def _answered(connection: sa.Connection, question: Question, now: float, terms: Terms) -> Message:
    """The answer; a question that can't be answered must not be in the way of all others."""
    attempt = connection.begin_nested()
    try:
        message = _ANSWERS[question.what](connection, question, now, terms)
    except Exception as error:
        if storage_error(error) is not None:
            raise
        attempt.rollback()
        log.error("question_unanswered", extra={"what": question.what, "error": where(error)})
        return Message((Words("desk-failed"),), must_arrive=True, kind="result")
    attempt.commit()
    return message


def _queue(connection: sa.Connection, question: Question, now: float, terms: Terms) -> Message:
    found = desk_queries.waiting(connection, question.page)
    _note(connection, question, " ".join(request.code for request in found.requests) or "-", now)
    message = lists.queue(found, desk_queries.waiting_counts(connection), now)
    return _in_place(message, question)


def _find(connection: sa.Connection, question: Question, now: float, terms: Terms) -> Message:
    sought = lists.sought(question.argument)
    found = desk_queries.find(connection, sought, question.page)
    by = "code" if sought.codes else "phone" if sought.phones else "number"
    _note(connection, question, f"{by} {' '.join(request.code for request in found.requests) or '-'}", now)
    if not found.total:
        return lists.found_nothing(question.argument)
    if found.total == 1:
        return lists.details(found.requests[0], terms.form_now(connection))
    return _in_place(lists.several(found, question.argument), question)


def _statistics(connection: sa.Connection, question: Question, now: float, terms: Terms) -> Message:
    today = start_of(day_of(now))
    since = {"today": today, "week": today - 6 * DAY_S, "month": today - 29 * DAY_S}
    rows = [(time, desk_queries.counts(connection, start, now + DAY_S)) for time, start in since.items()]
    _note(connection, question, "", now)
    return lists.statistics(rows, desk_queries.waiting_counts(connection), desk_queries.open_help(connection))


def _invite(connection: sa.Connection, question: Question, now: float, terms: Terms) -> Message:
    dealers = load_dealers(connection)
    chosen = [dealer for dealer in dealers if dealer.key == question.argument]
    meant = chosen or list(matching(dealers, question.argument)) or _near(dealers, question.argument)
    if not meant:
        return Message(
            (Words("desk-invite-none", {"text": question.argument[: lists.LONGEST_NAME]}),),
            must_arrive=True,
            kind="result",
        )
    certain = chosen or matching(dealers, question.argument)
    if len(meant) > 1 or not certain:
        companies = [(dealer.key, dealer.company) for dealer in meant[:MOST_DEALERS]]
        return lists.which_dealer(question.argument, companies, len(meant))
    until = now + terms.invites_valid_days * DAY_S
    code = link_queries.add_invite(connection, meant[0].key, now, until)
    _note(connection, question, meant[0].company, now)
    return lists.invitation(meant[0].company, deep_link(terms.bot_username, code), until)


def _near(dealers: tuple[Dealer, ...], text: str) -> list[Dealer]:
    return [found.dealer for found in Dealers(dealers).search(text, MOST_DEALERS)]


_ANSWERS: Mapping[Asked, Callable[[sa.Connection, Question, float, Terms], Message]] = {
    "queue": _queue,
    "find": _find,
    "statistics": _statistics,
    "invite": _invite,
}


def _in_place(message: Message, question: Question) -> Message:
    """A page that was turned replaces the page before it."""
    return message if question.message_id is None else replace(message, edits=question.message_id)


def _note(connection: sa.Connection, question: Question, subject: str, now: float) -> None:
    note(connection, operator(question.operator_id, question.operator_name), question.what, subject, now)
