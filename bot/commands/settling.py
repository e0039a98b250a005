"""`devreye requests list|show|settle|resend`: what the operators do in their chat, by the same functions."""

import argparse
import time

import sqlalchemy as sa

from bot.commands.office import CannotDo, database, run, settings, whoever
from bot.office import lists
from bot.office.cards import OPEN_TITLES, history, why
from bot.office.settling import decide
from bot.storage import decision_queries, desk_queries, request_queries
from bot.storage.audit_queries import note
from bot.storage.decision_queries import By, Decision, What
from bot.storage.dialect import database_time
from bot.storage.request_queries import Request
from bot.terms import terms_of
from conversations.answers.call_numbers import call_number_in
from conversations.letters import upper
from conversations.replies import Message
from conversations.words import Words
from locales import say


def add_settling(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `list`, `show`, `settle` and `resend` to the command."""
    listing = actions.add_parser("list", help="karar bekleyen talepler, eskiden yeniye")
    listing.add_argument("--all", action="store_true", help="sırada olan ve gönderilmekte olanlar da")
    listing.set_defaults(handler=lambda args: run(lambda: show_list(everything=args.all)))
    showing = actions.add_parser("show", help="bir talep: gönderildiği gibi, verilen kararlarla")
    _add_code(showing)
    showing.set_defaults(handler=lambda args: run(lambda: show_request(args.code)))
    settling = actions.add_parser("settle", help="talebin çağrı numarasını yazar, düzeltir ya da talebi bekletir")
    _add_code(settling)
    what = settling.add_mutually_exclusive_group(required=True)
    what.add_argument("--number", metavar="NUMARA", help="Licrus'taki çağrı numarası; kişiye bildirilir")
    what.add_argument("--correct", metavar="NUMARA", help="yanlış yazılmış numaranın doğrusu; kişiye bildirilir")
    what.add_argument("--wait", action="store_true", help="bakıldığını ve bekletildiğini yazar")
    settling.set_defaults(handler=lambda args: run(lambda: settle(args)))
    resending = actions.add_parser("resend", help="Licrus'ta açılmadığına baktığınız talebi yeniden gönderir")
    _add_code(resending)
    resending.set_defaults(handler=lambda args: run(lambda: send_again(args.code)))


def _add_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="KOD", help="takip kodu: D-7K3F")


def show_list(*, everything: bool) -> int:
    """What waits, a line each."""
    now = time.time()
    with database(settings()) as connection:
        first = desk_queries.waiting(connection, 0, for_a_person=not everything)
        pages = -(-first.total // desk_queries.PAGE)
        found = [first, *(desk_queries.waiting(connection, n, for_a_person=not everything) for n in range(1, pages))]
        note(connection, whoever(), "queue", f"{first.total}", now)
    lines = [line for page in found for line in lists.queued(page, now)]
    _print(Message(tuple(lines or [Words("desk-queue-empty")])))
    return 0


def show_request(code: str) -> int:
    """One request, and what was decided about it."""
    loaded = settings()
    with database(loaded) as connection:
        request = _request(connection, code)
        note(connection, whoever(), "find", request.code, time.time())
        details = lists.details(request, terms_of(loaded).form_now(connection))
        decided = decision_queries.of_request(connection, request.id)
    _print(details)
    _print(Message((*(why(request) if request.state in OPEN_TITLES else ()), *history(decided))))
    return 0


def settle(args: argparse.Namespace) -> int:
    """Write a number down, correct one, or put on record that the request was looked at."""
    what: What = "wait" if args.wait else "corrected" if args.correct is not None else "opened"
    typed = args.number or args.correct or ""
    number = call_number_in(typed) or ""
    if what != "wait" and not number:
        raise CannotDo(f"Bu bir çağrı numarası değil: {typed}. Örnek: devreye requests settle D-7K3F --number 43090")
    request = _decide(args.code, what, number)
    if what == "wait":
        print(f"Bekletiliyor: {request.code}")
    else:
        print(f"Kaydedildi: {request.code}. Çağrı numarası: {number}. Kişiye bot bildirecek.")
    return 0


def send_again(code: str) -> int:
    """A new attempt, made by the bot."""
    request = _decide(code, "not_opened", "")
    print(f"Yeniden gönderilecek: {request.code}. Sonucunu kişiye ve operatörlere bot bildirecek.")
    return 0


def _decide(code: str, what: What, number: str) -> Request:
    """The request about which this was decided. Raises CannotDo with why it can't be."""
    loaded = settings()
    with database(loaded) as connection:
        request = _request(connection, code)
        instead_of = request.call_number if what == "corrected" else ""
        decision = Decision(request.id, what, request.attempts, number, instead_of)
        refused = decide(connection, decision, By(whoever()), database_time(connection), terms_of(loaded))
        if refused is not None:
            raise CannotDo(say(refused, "tr"))
    return request


def _request(connection: sa.Connection, code: str) -> Request:
    """The request with this code, in whatever case it was typed. Raises CannotDo."""
    request = request_queries.by_code(connection, upper(code.strip()))
    if request is None:
        raise CannotDo(f"Bu kodla bir talep yok: {code}. Bekleyenler: devreye requests list --all")
    return request


def _print(message: Message) -> None:
    for words in message.paragraphs:
        print(say(words, "tr"))
