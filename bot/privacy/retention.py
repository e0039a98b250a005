"""What is kept no longer than the settings say: requests are masked, people who are gone are forgotten."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.privacy.masking import NOBODY, mask_requests
from bot.storage.schema import chats, drafts, erasures, help_requests, links, notices, outbox, profiles, requests

SETTLED = ("created", "refused")
AT_ONCE = 200
"""Requests that are masked in one transaction: people who write meanwhile wait for no more than these."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many seconds something is kept: what a request holds of people, people without any, proofs."""

    requests_s: float
    people_s: float
    proofs_s: float


def keep_no_longer(connection: sa.Connection, now: float, keeping: Keeping) -> bool:
    """Let go what is older than that; whether there is more of it than one transaction takes."""
    masked = mask_old(connection, now, keeping.requests_s)
    if masked < AT_ONCE:
        forget_people(connection, now, keeping.people_s)
        forget_proofs(connection, now, keeping.proofs_s)
    return masked == AT_ONCE


def mask_old(connection: sa.Connection, now: float, kept_s: float) -> int:
    """Mask requests that were settled so long ago, the oldest first; how many it were, `AT_ONCE` at most.

    One that waits for a person is not settled, however old it is: whoever looks for it in Licrus needs what it holds.
    """
    ids = connection.scalars(
        sa.select(requests.c.id)
        .where(requests.c.masked_at.is_(None), requests.c.updated_at < now - kept_s, requests.c.state.in_(SETTLED))
        .order_by(requests.c.updated_at)
        .limit(AT_ONCE)
    ).all()
    if ids:
        mask_requests(connection, ids, now)
    return len(ids)


def forget_people(connection: sa.Connection, now: float, kept_s: float) -> None:
    """Forget the profile and the chat of whoever has neither a draft nor a request and has not written for so long.

    Of an invitation stays that it was used.
    """
    gone = now - kept_s
    lately = sa.exists().where(chats.c.chat_id == profiles.c.user_id, _last_heard() >= gone)
    connection.execute(
        sa.delete(profiles).where(profiles.c.changed_at < gone, ~lately, *_nothing_of(profiles.c.user_id))
    )
    connection.execute(
        sa.delete(chats).where(
            # A group is no person: it was told once where the form is filled, and is not told again.
            chats.c.chat_id > 0,
            _last_heard() < gone,
            *_nothing_of(chats.c.chat_id),
            ~sa.exists().where(profiles.c.user_id == chats.c.chat_id),
            ~sa.exists().where(help_requests.c.chat_id == chats.c.chat_id),
            ~sa.exists().where(outbox.c.state == "pending", outbox.c.chat_id == chats.c.chat_id),
        )
    )
    connection.execute(
        sa.update(links)
        .where(
            links.c.used_by != NOBODY,
            links.c.used_at < gone,
            ~sa.exists().where(chats.c.chat_id == links.c.used_by),
            ~sa.exists().where(profiles.c.user_id == links.c.used_by),
        )
        .values(used_by=NOBODY)
    )


def forget_proofs(connection: sa.Connection, now: float, kept_s: float) -> None:
    """Forget who was shown the notice, and what was erased, once nobody can be asked for the proof any more."""
    connection.execute(sa.delete(notices).where(notices.c.said_at < now - kept_s))
    connection.execute(sa.delete(erasures).where(erasures.c.asked_at < now - kept_s, erasures.c.done_at.is_not(None)))


def _last_heard() -> sa.ColumnElement[float]:
    """When a chat's person wrote last, as far as it is kept."""
    return sa.func.coalesce(chats.c.minute_began_at, 0.0)


def _nothing_of(chat_id: sa.ColumnElement[int]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        ~sa.exists().where(drafts.c.chat_id == chat_id),
        ~sa.exists().where(requests.c.chat_id == chat_id),
    )
