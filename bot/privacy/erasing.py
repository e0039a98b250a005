"""Erasing what is kept of a person: at once what can go, and the rest as soon as nobody needs it.

What waits for its result stays until then: whoever looks for it in Licrus needs what it holds, and its person is owed
the number. Each pass does all that can be done by then, so a pass that is cut short, or done again after a restore,
is made good by the next.
"""

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import sqlalchemy as sa

from bot.privacy import pages
from bot.privacy.masking import NOBODY, mask_requests
from bot.privacy.stored import OF_DEALER
from bot.storage import erasure_queries, queries
from bot.storage.erasure_queries import Erasure
from bot.storage.schema import (
    chats,
    drafts,
    help_requests,
    links,
    media_jobs,
    office_answers,
    outbox,
    profiles,
    requests,
)

UNSETTLED = ("queued", "sending", "unknown", "held")
AT_ONCE = 500
T = TypeVar("T")
_TOKEN = re.compile(r"[\w-]+")
CORRECTED_WITHIN_S = 86_400.0
"""How long a request that Licrus refused after the erasure was asked for waits for its person's correction."""


def erase_person(connection: sa.Connection, user_id: int, by: str, now: float) -> Erasure:
    """Erase what is kept of this user, who wrote in their private chat, and remember that it was asked for.

    `by`: "person", or who did it at the command line.
    """
    helped = connection.scalars(sa.select(help_requests.c.code).where(help_requests.c.user_id == user_id)).all()
    marks = (*_marks(connection, requests.c.user_id == user_id), *helped)
    # Processes on one database have clocks of their own: nothing of the person may seem to come later than their wish.
    asked_at = max(now, _latest(connection, user_id))
    return _erase(connection, Erasure(_fresh_id(), asked_at, by, user_id, marks=marks), now)


def erase_listed(
    connection: sa.Connection,
    by: str,
    now: float,
    *,
    request_keys: Iterable[str] = (),
    draft_ids: Iterable[str] = (),
    contact_keys: Iterable[str] = (),
) -> Erasure:
    """Erase these requests and drafts, whosever they are: they are about somebody who may not use the bot at all.

    Out of those of `contact_keys` the dealer's contact alone is taken.
    """
    keys, ids, contacts = tuple(request_keys), tuple(draft_ids), tuple(contact_keys)
    theirs = sa.union(
        sa.select(requests.c.chat_id).where(requests.c.key.in_(keys + contacts)),
        sa.select(drafts.c.chat_id).where(drafts.c.id.in_(ids)),
    )
    # What was said there stands in the way of nobody; its last minutes would only be repeated if Telegram asked again.
    connection.execute(sa.delete(outbox).where(outbox.c.chat_id.in_(theirs), outbox.c.state != "pending"))
    marks = (*_marks(connection, requests.c.key.in_(keys)), *ids)
    return _erase(connection, Erasure(_fresh_id(), now, by, None, keys, ids, contacts, marks), now)


def redo(connection: sa.Connection, remembered: Iterable[Erasure], now: float) -> int:
    """Do again what this database does not know of, since it was put back; how many that were."""
    again = [erasure for erasure in remembered if erasure_queries.add(connection, erasure, noted_at=now)]
    for erasure in again:
        carry_out(connection, erasure, now)
    if again:
        pages.want(connection)
    return len(again)


def carry_out(connection: sa.Connection, erasure: Erasure, now: float) -> bool:
    """Erase what can go now; whether nothing is left."""
    waiting = [*_mask(connection, erasure, now), *_take_contacts_out(connection, erasure)]
    mine: sa.ColumnElement[bool] = drafts.c.id.in_(erasure.drafts)
    if erasure.user_id is not None:
        mine |= sa.and_(drafts.c.user_id == erasure.user_id, drafts.c.touched_at <= erasure.asked_at)
    queries.erase_drafts(connection, mine, drafts.c.id.not_in(waiting))
    if erasure.user_id is not None:
        _erase_around(connection, erasure.user_id, erasure.asked_at, keep_chat=bool(waiting))
    on_its_way = _erase_said(connection, erasure)
    if waiting or on_its_way:
        return False
    erasure_queries.finish(connection, erasure, now)
    return True


def _latest(connection: sa.Connection, user_id: int) -> float:
    times = (
        sa.select(requests.c.created_at).where(requests.c.user_id == user_id),
        sa.select(drafts.c.touched_at).where(drafts.c.user_id == user_id),
        sa.select(profiles.c.changed_at).where(profiles.c.user_id == user_id),
        sa.select(help_requests.c.created_at).where(help_requests.c.user_id == user_id),
        sa.select(media_jobs.c.created_at).where(media_jobs.c.user_id == user_id),
        sa.select(outbox.c.created_at).where(outbox.c.chat_id == user_id),
        sa.select(chats.c.minute_began_at).where(chats.c.chat_id == user_id),
    )
    return max((float(at) for at in connection.scalars(sa.union_all(*times)) if at is not None), default=0.0)


def _marks(connection: sa.Connection, which: sa.ColumnElement[bool]) -> tuple[str, ...]:
    rows = connection.execute(sa.select(requests.c.code, requests.c.draft_id).where(which)).all()
    return tuple(mark for row in rows for mark in row)


def _fresh_id() -> str:
    return secrets.token_hex(8)


def _erase(connection: sa.Connection, erasure: Erasure, now: float) -> Erasure:
    erasure_queries.add(connection, erasure)
    carry_out(connection, erasure, now)
    pages.want(connection)
    return erasure


def _mask(connection: sa.Connection, erasure: Erasure, now: float) -> list[str]:
    """Mask the requests that are settled; the drafts of those that are not, or are being corrected."""
    mine: sa.ColumnElement[bool] = requests.c.key.in_(erasure.requests)
    if erasure.user_id is not None:
        mine |= sa.and_(requests.c.user_id == erasure.user_id, requests.c.created_at <= erasure.asked_at)
    being_corrected = sa.exists().where(
        drafts.c.id == requests.c.draft_id,
        drafts.c.status == "open",
        drafts.c.touched_at > max(erasure.asked_at, now - CORRECTED_WITHIN_S),
    )
    rows = connection.execute(
        sa.select(requests.c.id, requests.c.draft_id, requests.c.state, being_corrected.label("open")).where(
            mine, requests.c.masked_at.is_(None)
        )
    ).all()
    settled = [row for row in rows if row.state not in UNSETTLED and not row.open]
    for part in _in_parts(settled):
        mask_requests(connection, [row.id for row in part], now)
        # Left to its person to be corrected, and not touched for a day; whoever did has a request more.
        refused = drafts.c.id.in_([row.draft_id for row in part if row.state == "refused"])
        goes_on = sa.exists().where(requests.c.draft_id == drafts.c.id, requests.c.masked_at.is_(None))
        queries.erase_drafts(connection, refused, ~goes_on)
    return [row.draft_id for row in rows if row.state in UNSETTLED or row.open]


def _take_contacts_out(connection: sa.Connection, erasure: Erasure) -> list[str]:
    """Take the dealer's contact out of the settled requests that name it; the drafts of those that are not settled."""
    rows = connection.execute(
        sa.select(requests.c.id, requests.c.draft_id, requests.c.state, requests.c.body).where(
            requests.c.key.in_(erasure.contacts), requests.c.masked_at.is_(None)
        )
    ).all()
    for row in rows:
        if row.state not in UNSETTLED:
            body = {name: value for name, value in json.loads(row.body).items() if name not in OF_DEALER}
            values = {"body": json.dumps(body, ensure_ascii=False), "reason": ""}
            connection.execute(sa.update(requests).where(requests.c.id == row.id).values(**values))
    settled = [row.draft_id for row in rows if row.state not in UNSETTLED]
    queries.erase_drafts(connection, drafts.c.id.in_(settled), drafts.c.status != "open")
    return [row.draft_id for row in rows if row.state in UNSETTLED]


def _erase_around(connection: sa.Connection, user_id: int, asked_at: float, *, keep_chat: bool) -> None:
    """What is kept of a user besides requests and drafts."""
    codes = sa.select(help_requests.c.code).where(
        help_requests.c.user_id == user_id, help_requests.c.created_at <= asked_at
    )
    connection.execute(sa.delete(office_answers).where(office_answers.c.code.in_(codes)))
    connection.execute(
        sa.delete(help_requests).where(help_requests.c.user_id == user_id, help_requests.c.created_at <= asked_at)
    )
    connection.execute(
        sa.delete(media_jobs).where(media_jobs.c.user_id == user_id, media_jobs.c.created_at <= asked_at)
    )
    connection.execute(sa.delete(profiles).where(profiles.c.user_id == user_id, profiles.c.changed_at <= asked_at))
    connection.execute(
        sa.update(links).where(links.c.used_by == user_id, links.c.used_at <= asked_at).values(used_by=NOBODY)
    )
    if not keep_chat:
        began_at = sa.func.coalesce(chats.c.minute_began_at, 0.0)
        connection.execute(sa.delete(chats).where(chats.c.chat_id == user_id, began_at <= asked_at))


def _erase_said(connection: sa.Connection, erasure: Erasure) -> bool:
    """Erase what was said to the person, and to operators of these requests; whether some of it is still to be said.

    What became of a request that had to wait was said after the erasure was asked for, and goes as well.
    """
    columns = (outbox.c.id, outbox.c.chat_id, outbox.c.created_at, outbox.c.state, outbox.c.message)
    marks = frozenset(erasure.marks)
    gone: list[int] = []
    on_its_way = False
    # Read in one go, and held against all marks at once: a dealer may have thousands, more than a statement takes.
    for row in connection.execute(sa.select(*columns)):
        to_the_person = row.chat_id == erasure.user_id and row.created_at <= erasure.asked_at
        if not to_the_person and marks.isdisjoint(_TOKEN.findall(row.message)):
            continue
        if row.state == "pending" and (row.created_at > erasure.asked_at or not _is_needless(row.message)):
            on_its_way = True
        else:
            gone.append(row.id)
    for ids in _in_parts(gone):
        connection.execute(sa.delete(outbox).where(outbox.c.id.in_(ids)))
    return on_its_way


def _in_parts(all_of_them: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as a statement takes."""
    return (all_of_them[place : place + AT_ONCE] for place in range(0, len(all_of_them), AT_ONCE))


def _is_needless(stored: str) -> bool:
    """Whether what waits to be said asks or reminds of what is erased; a result is owed all the same."""
    try:
        return queries.read_message(stored).kind != "result"
    except ValueError:
        return True
