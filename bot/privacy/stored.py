"""What is kept of a person, looked up: for their own eyes in the chat, and whole as a file."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.days import TURKEY
from bot.storage import notice_queries, queries, request_queries
from bot.storage.profile_queries import load_profile
from bot.storage.request_queries import Kept
from bot.storage.schema import chats, drafts, help_requests, media_jobs, outbox
from bot.telegram.outbound import render
from conversations.draft import Draft, Profile
from conversations.events import Sent, Stored
from conversations.masking import masked

MOST_SHOWN = 3
"""Drafts and requests that are shown whole in a chat; the file has them all."""
MOST_IN_FILE = 5000
FILE_NAME = "verilerim.json"

OF_DEALER = ("DealerContactPerson", "DealerMobilePhone", "DealerWorkPhone", "DealerEmail")
"""Somebody else's contact data, unless the person is that dealer or typed them."""
UNSETTLED = ("queued", "sending", "unknown", "unreachable", "held")


def stored_of(connection: sa.Connection, user_id: int) -> Stored:
    """What is kept of this user."""
    profile = load_profile(connection, user_id)
    mine = _drafts_of(connection, user_id)
    sent = request_queries.requests_of(connection, user_id, MOST_IN_FILE)
    by_id = {draft.id: draft for draft, _ in mine}
    still_open = [draft for draft, _ in mine if draft.status == "open"]
    helped = connection.scalars(
        sa.select(help_requests.c.code).where(help_requests.c.user_id == user_id).order_by(help_requests.c.code)
    ).all()
    return Stored(
        user_id=user_id,
        seal=_seal(profile, mine, sent, helped),
        notices=tuple((each.version, _minute(each.said_at)) for each in notice_queries.notices_of(connection, user_id)),
        profile=profile,
        drafts=tuple(still_open[:MOST_SHOWN]),
        drafts_count=len(still_open),
        closed_drafts=len(mine) - len(still_open),
        requests=tuple(
            Sent(each.settled, f"{_local(each.created_at):%d.%m.%Y}", _fields(each, by_id.get(each.draft_id), profile))
            for each in sent[:MOST_SHOWN]
        ),
        requests_count=len(sent),
        waiting=tuple(each.settled.code for each in sent if each.settled.state in UNSETTLED),
        help=len(helped),
    )


def export(connection: sa.Connection, user_id: int, now: float) -> dict[str, Any]:
    """All that is kept of this user, as JSON takes it; somebody else's contact data only in part."""
    profile = load_profile(connection, user_id)
    mine = _drafts_of(connection, user_id)
    by_id = {draft.id: draft for draft, _ in mine}
    chat = connection.execute(sa.select(chats).where(chats.c.chat_id == user_id)).one_or_none()
    said = connection.execute(
        sa.select(outbox.c.created_at, outbox.c.message, outbox.c.language)
        .where(outbox.c.chat_id == user_id)
        .order_by(outbox.c.id)
        .limit(MOST_IN_FILE)
    ).all()
    helped = connection.execute(sa.select(help_requests).where(help_requests.c.user_id == user_id)).all()
    files = connection.execute(sa.select(media_jobs).where(media_jobs.c.user_id == user_id)).all()
    return {
        "exported_at": iso(now),
        "telegram_user_id": user_id,
        "chat": None
        if chat is None
        else {
            "language": chat.language,
            "reminders": chat.no_reminders_at is None,
            "blocked_at": iso(chat.blocked_at),
            "last_minute_at": iso(chat.minute_began_at),
        },
        "privacy_notices": [
            {"version": each.version, "shown_at": iso(each.said_at), "arrived_at": iso(each.arrived_at)}
            for each in notice_queries.notices_of(connection, user_id)
        ],
        "dealer_profile": None if profile is None else dict(profile.values),
        "drafts": [_draft(draft, touched_at) for draft, touched_at in mine],
        "requests": [
            {
                "code": each.settled.code,
                "created_at": iso(each.created_at),
                "state": each.settled.state,
                "call_number": each.settled.call_number,
                "reason": each.settled.reason,
                "fields": dict(_fields(each, by_id.get(each.draft_id), profile)),
            }
            for each in request_queries.requests_of(connection, user_id, MOST_IN_FILE)
        ],
        "help_requests": [
            {"code": each.code, "messages": each.messages, "created_at": iso(each.created_at)} for each in helped
        ],
        "files_waiting": [
            {"kind": each.kind, "caption": each.caption, "name": f"{each.first_name} {each.last_name}".strip()}
            for each in files
        ],
        "messages_of_the_bot": [
            {"at": iso(each.created_at), "text": _text(each.message, each.language)} for each in said
        ],
    }


def as_json(told: Mapping[str, Any]) -> bytes:
    """UTF-8 with a line for each thing."""
    return json.dumps(told, ensure_ascii=False, indent=2, default=sorted).encode() + b"\n"


def drafts_as_told(connection: sa.Connection, ids: Collection[str]) -> list[Mapping[str, Any]]:
    """These drafts as JSON takes them, for their customer, who need not be whoever filled them.

    So the dealer's contact data are told in part, as in requests, and what was typed is not told.
    """
    rows = connection.execute(sa.select(drafts.c.data, drafts.c.touched_at).where(drafts.c.id.in_(list(ids))))
    found = ((queries.draft_from(row.data), row.touched_at) for row in rows)
    return [_draft_of_another(draft, touched_at) for draft, touched_at in found if draft is not None]


def _draft_of_another(draft: Draft, touched_at: float) -> Mapping[str, Any]:
    return {
        "id": draft.id,
        "status": draft.status,
        "touched_at": iso(touched_at),
        "answers": {
            name: {"value": masked(str(answer.value)) if answer.masked or name in OF_DEALER else answer.value}
            for name, answer in draft.answers.items()
        },
    }


def _drafts_of(connection: sa.Connection, user_id: int) -> list[tuple[Draft, float]]:
    rows = connection.execute(
        sa.select(drafts.c.data, drafts.c.touched_at)
        .where(drafts.c.chat_id == user_id, drafts.c.user_id == user_id)
        .order_by(drafts.c.touch_order.desc())
        .limit(MOST_IN_FILE)
    )
    found = ((queries.draft_from(row.data), row.touched_at) for row in rows)
    return [(draft, touched_at) for draft, touched_at in found if draft is not None]


def _seal(profile: Profile | None, mine: list[tuple[Draft, float]], sent: list[Kept], helped: Iterable[str]) -> str:
    """Eight letters that stand for what is kept: they are in the erasing button, which erases only what was shown."""
    everything = (
        [(draft.id, draft.revision) for draft, _ in mine],
        [(each.settled.code, each.settled.state) for each in sent],
        list(helped),
        None if profile is None else profile.model_dump(mode="json", exclude={"asked", "pending"}),
    )
    return hashlib.sha256(json.dumps(everything, sort_keys=True, default=sorted).encode()).hexdigest()[:8]


def _fields(kept: Kept, draft: Draft | None, profile: Profile | None) -> tuple[tuple[str, str], ...]:
    """A request's fields as its person may read them: a dealer's contact data whole only where they are their own."""
    return tuple(
        (name, str(value) if name not in OF_DEALER or _is_own(name, str(value), draft, profile) else masked(str(value)))
        for name, value in kept.body.items()
    )


def _is_own(name: str, value: str, draft: Draft | None, profile: Profile | None) -> bool:
    if draft is not None and name in draft.answers:
        return not draft.answers[name].masked
    return profile is not None and str(profile.values.get(name, "")) == value


def _draft(draft: Draft, touched_at: float) -> Mapping[str, Any]:
    return {
        "id": draft.id,
        "status": draft.status,
        "touched_at": iso(touched_at),
        "answers": {
            name: {"value": masked(str(answer.value))}
            if answer.masked
            else {"value": answer.value, "typed": answer.text or None}
            for name, answer in draft.answers.items()
        },
        "not_understood": [part.text for part in draft.tried],
    }


def _text(stored: str, language: str) -> str:
    try:
        return "\n".join(part.text for part in render(queries.read_message(stored), language))
    except ValueError:
        return ""


def iso(seconds: float | None) -> str | None:
    """The time as a file holds it, in Turkey's time."""
    return None if seconds is None else _local(seconds).isoformat(timespec="seconds")


def _minute(seconds: float) -> str:
    return f"{_local(seconds):%d.%m.%Y %H:%M}"


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, TURKEY)
