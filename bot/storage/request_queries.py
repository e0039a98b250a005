"""The queue to Licrus: requests as they are made, taken, and settled. A request's body never changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from bot.storage.dialect import on_both, wake_worker
from bot.storage.prepared import Prepared
from bot.storage.queries import draft_from
from bot.storage.schema import drafts, requests
from bot.storage.serial_queries import note_serials
from conversations.events import Settled
from conversations.replies import Submit

LOOKED_BACK = 10
"""Submitted drafts of a person that are searched for a message that was edited later."""


@dataclass(frozen=True, slots=True)
class Request:
    """One row of the queue. Times are seconds since 1970."""

    id: int
    key: str
    code: str
    draft_id: str
    chat_id: int
    user_id: int
    body: Mapping[str, str | int] = field(repr=False)
    state: str
    call_number: str
    reason: str = field(repr=False)
    attempts: int
    due_at: float
    lease_until: float | None
    created_at: float
    told: str
    operators_told: str
    resend_from: float | None
    resend_decision: str
    mentioned_call: str
    card_id: int | None


def request_of(row: sa.Row[Any]) -> Request:
    """The request that a whole row of the table holds."""
    return Request(
        **{name: getattr(row, name) for name in Request.__dataclass_fields__ if name != "body"},
        body=json.loads(row.body),
    )


def enqueue(connection: sa.Connection, submit: Submit, chat_id: int, user_id: int, now: float) -> bool:
    """Queue the confirmed request; False if this draft and revision already made one."""
    values = {
        "key": submit.key,
        "code": submit.code,
        "draft_id": submit.draft_id,
        "of_draft": submit.draft_id,
        "chat_id": chat_id,
        "user_id": user_id,
        "body": json.dumps(dict(submit.body), ensure_ascii=False),
        "state": "queued",
        "due_at": now,
        "created_at": now,
        "updated_at": now,
    }
    made = _ENQUEUE.value(connection, **values)
    if made is not None:
        note_serials(connection, made, submit.body)
        wake_worker(connection)
        return True
    if not _ENQUEUED.value(connection, key=submit.key):
        # Only the code can have been in the way: a confirmed request may not vanish because of its label.
        raise ValueError("the code is taken")
    return False


_BEGUN = sa.select(drafts.c.begun_at).where(drafts.c.id == sa.bindparam("of_draft"))
_ENQUEUE = on_both(
    requests,
    lambda new: new.values(begun_at=_BEGUN.scalar_subquery()).on_conflict_do_nothing().returning(requests.c.id),
)
_ENQUEUED = Prepared(sa.select(sa.exists().where(requests.c.key == sa.bindparam("key"))))


def last_request(connection: sa.Connection, chat_id: int) -> Settled | None:
    """What became of the chat's newest request; None where there was none."""
    row = _LAST_OF_CHAT.row(connection, chat_id=chat_id)
    return None if row is None else _settled(*row)


def last_requests(
    connection: sa.Connection, chat_id: int, user_id: int, limit: int
) -> list[tuple[Settled, str, float]]:
    """What became of this user's last requests in this chat, each with its customer and when it was made."""
    whose = (requests.c.chat_id == chat_id, requests.c.user_id == user_id)
    rows = connection.execute(_with_drafts(*whose, also=(requests.c.body, requests.c.created_at)).limit(limit))
    return [
        (_settled(*settled), str(json.loads(body).get("CustomerFullName", "")), created_at)
        for *settled, body, created_at in rows
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """A request as it is kept; `created_at` is in seconds since 1970."""

    settled: Settled
    draft_id: str
    created_at: float
    body: Mapping[str, str | int] = field(repr=False)


def requests_of(connection: sa.Connection, user_id: int, limit: int) -> list[Kept]:
    """The requests of this user, who wrote in their private chat, the newest first."""
    whose = (requests.c.chat_id == user_id, requests.c.user_id == user_id)
    also = (requests.c.draft_id, requests.c.created_at, requests.c.body)
    rows = connection.execute(_with_drafts(*whose, also=also).limit(limit))
    return [
        Kept(_settled(*settled), draft_id, created_at, json.loads(body))
        for *settled, draft_id, created_at, body in rows
    ]


def request_of_message(connection: sa.Connection, chat_id: int, user_id: int, message_id: int) -> Settled | None:
    """What became of the request that this message of the person's had a part in, among their last few."""
    found = connection.execute(
        sa.select(drafts.c.id, drafts.c.data)
        .where(drafts.c.chat_id == chat_id, drafts.c.status == "submitted", drafts.c.user_id == user_id)
        .order_by(drafts.c.touch_order.desc())
        .limit(LOOKED_BACK)
    )
    for row in found:
        draft = draft_from(row.data)
        if draft is not None and any(message_id in answer.message_ids for answer in draft.answers.values()):
            request = connection.execute(_with_drafts(requests.c.draft_id == row.id).limit(1)).one_or_none()
            return None if request is None else _settled(*request)
    return None


def _with_drafts(*whose: sa.ColumnElement[bool], also: tuple[sa.Column[Any], ...] = ()) -> sa.Select[Any]:
    """Requests, the newest first: what _settled takes, their drafts if they are still kept, and these columns."""
    made = requests.c
    columns = (made.state, made.code, made.call_number, made.reason, made.told, drafts.c.id.label("kept_draft_id"))
    joined = requests.outerjoin(drafts, drafts.c.id == requests.c.draft_id)
    return sa.select(*columns, *also).select_from(joined).where(*whose).order_by(requests.c.id.desc())


_LAST_OF_CHAT = Prepared(_with_drafts(requests.c.chat_id == sa.bindparam("chat_id")).limit(1))


def _settled(state: str, code: str, call_number: str, reason: str, told: str, kept_draft_id: str | None) -> Settled:
    kept = kept_draft_id or ""
    match state:
        case "created" | "refused" | "unknown" | "held":
            return Settled(state, code, call_number, reason, draft_id=kept)
        case _ if told:
            return Settled("unreachable", code, draft_id=kept)
        case _:
            return Settled("queued", code, draft_id=kept)


def take_due(connection: sa.Connection, now: float, lease_s: float, limit: int) -> list[Request]:
    """Mark the requests whose time has come as being sent, each with its lease; the oldest first.

    No two workers take the same one: on PostgreSQL each passes over what the other has locked.
    """
    times = {"lease_until": now + lease_s, "updated_at": now}
    due = _DUE.rows(connection, now=now, most=limit)
    taken = [_TAKE.row(connection, request_id=request_id, **times) for (request_id,) in due]
    return [_request(row) for row in taken if row is not None]


_DUE = Prepared(
    sa.select(requests.c.id)
    .where(requests.c.state == "queued", requests.c.due_at <= sa.bindparam("now"))
    .order_by(requests.c.due_at, requests.c.id)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)
_COLUMNS = tuple(requests.c[name] for name in Request.__dataclass_fields__)
_TAKE = Prepared(
    sa.update(requests)
    .where(requests.c.id == sa.bindparam("request_id"), requests.c.state == "queued")
    .values(state="sending", attempts=requests.c.attempts + 1)
    .returning(*_COLUMNS)
)


def _request(row: tuple[Any, ...]) -> Request:
    request = Request(*row)
    return replace(request, body=json.loads(str(request.body)))


def being_sent(connection: sa.Connection) -> list[Request]:
    """The requests that some worker took and has not settled."""
    return [_request(row) for row in _BEING_SENT.rows(connection)]


_BEING_SENT = Prepared(sa.select(*_COLUMNS).where(requests.c.state == "sending").order_by(requests.c.id))


def unsettled(connection: sa.Connection) -> list[Request]:
    """The requests that wait to be sent, or are being sent."""
    states = ("queued", "sending")
    rows = connection.execute(sa.select(requests).where(requests.c.state.in_(states)).order_by(requests.c.id))
    return [request_of(row) for row in rows]


def held(connection: sa.Connection) -> list[Request]:
    """The requests that were not carried out and wait for a person."""
    rows = connection.execute(sa.select(requests).where(requests.c.state == "held").order_by(requests.c.id))
    return [request_of(row) for row in rows]


def count_as_sent(connection: sa.Connection, now: float) -> None:
    """Whatever waits to be sent may have been sent before, by the database that this one is a copy of."""
    waiting = requests.c.state == "queued"
    connection.execute(sa.update(requests).where(waiting).values(state="sending", lease_until=now))


def in_doubt(connection: sa.Connection) -> list[Request]:
    """The requests of which it is not known what became of them, or which wait for a person."""
    states = ("sending", "unknown", "held")
    rows = connection.execute(sa.select(requests).where(requests.c.state.in_(states)).order_by(requests.c.id))
    return [request_of(row) for row in rows]


def expired(connection: sa.Connection, now: float) -> list[Request]:
    """The requests that some worker took and whose lease has run out."""
    return [_request(row) for row in _EXPIRED.rows(connection, now=now)]


_EXPIRED = Prepared(
    sa.select(*_COLUMNS)
    .where(requests.c.state == "sending", sa.func.coalesce(requests.c.lease_until, 0.0) <= sa.bindparam("now"))
    .order_by(requests.c.id)
)


def next_due_in(connection: sa.Connection, now: float) -> float | None:
    """In how many seconds the next queued request, or the next lease, comes due."""
    times = (_NEXT_QUEUED.value(connection), _NEXT_LEASE.value(connection))
    return min((time - now for time in times if time is not None), default=None)


_NEXT_QUEUED = Prepared(sa.select(sa.func.min(requests.c.due_at)).where(requests.c.state == "queued"))
_NEXT_LEASE = Prepared(sa.select(sa.func.min(requests.c.lease_until)).where(requests.c.state == "sending"))


def find(connection: sa.Connection, request_id: int) -> Request | None:
    """The request as it is now."""
    row = _FIND.row(connection, id=request_id)
    return None if row is None else _request(row)


_FIND = Prepared(sa.select(*_COLUMNS).where(requests.c.id == sa.bindparam("id")))


def by_code(connection: sa.Connection, code: str) -> Request | None:
    """The request with this code."""
    row = connection.execute(sa.select(requests).where(requests.c.code == code)).one_or_none()
    return None if row is None else request_of(row)


def newer_of_the_draft(connection: sa.Connection, request: Request) -> str:
    """The code of the newest request that was made of the same draft after this one; "" where there is none."""
    newest = (
        sa.select(requests.c.code)
        .where(requests.c.draft_id == request.draft_id, requests.c.id > request.id)
        .order_by(requests.c.id.desc())
        .limit(1)
    )
    return str(connection.scalar(newest) or "")


def earlier_with_cards(connection: sa.Connection, request: Request) -> list[Request]:
    """The earlier requests of the same draft that the operators' chat shows."""
    return [_request(row) for row in _EARLIER_WITH_CARDS.rows(connection, draft_id=request.draft_id, id=request.id)]


_EARLIER_WITH_CARDS = Prepared(
    sa.select(*_COLUMNS).where(
        requests.c.draft_id == sa.bindparam("draft_id"),
        requests.c.id < sa.bindparam("id"),
        requests.c.card_id.is_not(None),
    )
)


def with_call(connection: sa.Connection, call_number: str) -> str:
    """The code of a request that has this call number; "" where none has."""
    found = sa.select(requests.c.code).where(requests.c.state == "created", requests.c.call_number == call_number)
    return str(connection.scalar(found.limit(1)) or "")


def note_card(connection: sa.Connection, code: str, message_id: int) -> None:
    """The request with this code is shown by this message of the operators' chat; of one that is masked, no more."""
    card_id = sa.case((requests.c.masked_at.is_(None), message_id), else_=None)
    connection.execute(sa.update(requests).where(requests.c.code == code).values(card_id=card_id))


def forget_card(connection: sa.Connection, request_id: int) -> None:
    """No message shows the request any longer. A look at it is no change of it: it is kept no longer for that."""
    connection.execute(sa.update(requests).where(requests.c.id == request_id).values(card_id=None))


def forget_cards(connection: sa.Connection) -> None:
    """No message shows any request any longer."""
    connection.execute(sa.update(requests).where(requests.c.card_id.is_not(None)).values(card_id=None))


def masked_with_cards(connection: sa.Connection) -> list[Request]:
    """The requests that are masked and still shown in the operators' chat."""
    wanted = (requests.c.masked_at.is_not(None), requests.c.card_id.is_not(None), requests.c.state == "refused")
    return [request_of(row) for row in connection.execute(sa.select(requests).where(*wanted).limit(100))]


def change(connection: sa.Connection, request_id: int, now: float, **values: Any) -> None:
    """Keep these values of the request; whatever is not being sent has no lease."""
    if "state" in values and values["state"] != "sending":
        values["lease_until"] = None
    _CHANGE.changed(connection, request_id=request_id, updated_at=now, **values)


_CHANGE = Prepared(sa.update(requests).where(requests.c.id == sa.bindparam("request_id")))


def refusals(connection: sa.Connection, draft_id: str) -> int:
    """How often Licrus has refused what was made of this draft."""
    return int(
        connection.scalar(
            sa.select(sa.func.count())
            .select_from(requests)
            .where(requests.c.draft_id == draft_id, requests.c.state == "refused")
        )
        or 0
    )
