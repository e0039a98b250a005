"""What the service office looks up: which requests wait, which one is meant, how many there were."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.storage.request_queries import Request, request_of
from bot.storage.schema import help_requests, request_serials, requests

PAGE = 8
"""Requests on one page of a list."""
MACHINE_PAGE = 2000
"""Requests that are read at once for a file."""
FOR_A_PERSON = ("unknown", "held")
WAITING = (*FOR_A_PERSON, "queued", "sending")
"""The states in which nobody knows the end yet, in the order in which a person should look at them."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What may have been meant: any of these finds a request. Telephones as they are sent."""

    codes: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    phones: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of requests, which one it is (from 0), and how many requests there are in all."""

    requests: Sequence[Request]
    page: int
    total: int


def waiting(connection: sa.Connection, page: int, *, for_a_person: bool = False) -> Found:
    """The requests that wait: first those for a person, or these alone; of each state the oldest first."""
    wanted = requests.c.state.in_(FOR_A_PERSON if for_a_person else WAITING)
    rank = sa.case({state: place for place, state in enumerate(WAITING)}, value=requests.c.state)
    return _page(connection, wanted, (rank, requests.c.id), page)


def waiting_counts(connection: sa.Connection) -> dict[str, int]:
    """How many requests wait in each state, 0 included."""
    rows = connection.execute(
        sa.select(requests.c.state, sa.func.count()).where(requests.c.state.in_(WAITING)).group_by(requests.c.state)
    )
    return dict.fromkeys(WAITING, 0) | {state: int(n) for state, n in rows}


def put_off(connection: sa.Connection) -> int:
    """How many requests could not be sent so far and are tried again."""
    wanted = sa.select(sa.func.count()).select_from(requests)
    return int(connection.scalar(wanted.where(requests.c.state == "queued", requests.c.attempts > 0)) or 0)


def find(connection: sa.Connection, sought: Sought, page: int) -> Found:
    """The requests that may be meant, the newest first; a code that is known means that request alone.

    Codes are found by an index. Of call numbers and telephones there is none, and every request is looked at (a quarter
    of a second for 100,000): each would have to pay for what operators ask now and then.
    """
    newest_first = (requests.c.id.desc(),)
    if sought.codes:
        found = _page(connection, requests.c.code.in_(sought.codes), newest_first, page)
        if found.total:
            return found
    holds = [requests.c.body.contains(f'"{phone}"', autoescape=True) for phone in sought.phones]
    with_serial = sa.select(request_serials.c.request_id).where(request_serials.c.serial.in_(sought.serials))
    wanted = sa.or_(requests.c.call_number.in_(sought.calls), requests.c.id.in_(with_serial), *holds)
    return _page(connection, wanted, newest_first, page)


def counts(connection: sa.Connection, since: float, until: float) -> dict[str, int]:
    """How many requests were confirmed in this time, by the state in which they are now."""
    rows = connection.execute(
        sa.select(requests.c.state, sa.func.count())
        .where(requests.c.created_at >= since, requests.c.created_at < until)
        .group_by(requests.c.state)
    )
    return {state: int(n) for state, n in rows}


def total(connection: sa.Connection, since: float, until: float) -> int:
    """How many requests were confirmed in this time."""
    return sum(counts(connection, since, until).values())


def confirmed(connection: sa.Connection, since: float, until: float, after: int) -> list[Request]:
    """The requests that were confirmed in this time, in their order, from the one past `after` on: as many as a page
    for a machine holds, and none at the end.
    """
    rows = connection.execute(
        sa.select(requests)
        .where(requests.c.created_at >= since, requests.c.created_at < until, requests.c.id > after)
        .order_by(requests.c.id)
        .limit(MACHINE_PAGE)
    )
    return [request_of(row) for row in rows]


def open_help(connection: sa.Connection) -> int:
    """How many people wait for the office's help, or have not said that it is over."""
    wanted = sa.select(sa.func.count()).select_from(help_requests).where(help_requests.c.closed_at.is_(None))
    return int(connection.scalar(wanted) or 0)


def _page(
    connection: sa.Connection, wanted: sa.ColumnElement[bool], order: Sequence[sa.ColumnElement[int]], page: int
) -> Found:
    """This page, or the first one where there are fewer by now; counted in one go, for a search may read them all."""
    total = sa.func.count().over().label("total")
    columns = sa.select(requests, total).where(wanted).order_by(*order)
    rows = connection.execute(columns.offset(page * PAGE).limit(PAGE)).all()
    if not rows and page:
        return _page(connection, wanted, order, 0)
    return Found([request_of(row) for row in rows], page, int(rows[0].total) if rows else 0)
