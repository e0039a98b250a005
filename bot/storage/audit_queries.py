"""Who of the service office looked at what, and changed what: rows are written and read, and never changed."""

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from bot.storage.schema import audit

What = Literal[
    "queue", "find", "statistics", "settle", "resend", "import", "export", "report", "link", "invite", "revoke",
    "privacy-export", "privacy-erase", "backup", "restore", "move", "sync",
]  # fmt: skip
"""What somebody did: looked ("queue", "find", "statistics"), took out, or changed."""

DAY_S = 86_400.0
KEPT_FOR_S = 2 * 365 * DAY_S
"""How long the record is kept: whoever asks who looked at their data may ask a year later."""
LONGEST_WHO = 160
LONGEST_SUBJECT = 500


@dataclass(frozen=True, slots=True)
class Noted:
    """One row of the record. `at` is in seconds since 1970."""

    id: int
    at: float
    who: str
    what: str
    subject: str


def operator(user_id: int, name: str) -> str:
    """How somebody who acts in the operators' chat stands in the record."""
    return f"telegram:{user_id} {name}".strip()


def note(connection: sa.Connection, who: str, what: What, subject: str, now: float) -> None:
    """Put down that somebody did something, with whatever they did or read in the same transaction.

    `who` is `operator(...)`, or "command:" and the machine's user. `subject` holds codes of requests, dealers, files or
    counts, and nothing of the people whom a request is about: their erasure leaves this record as it is.
    """
    values = {"at": now, "who": who[:LONGEST_WHO], "what": what, "subject": subject[:LONGEST_SUBJECT]}
    connection.execute(sa.insert(audit).values(**values))


def noted(
    connection: sa.Connection, since: float, until: float, limit: int, *, after: int = 0, about: str = ""
) -> list[Noted]:
    """What was done in this time, the oldest first, at most `limit` rows past the row `after`.

    `about`: only what speaks of it, a request's code say.
    """
    wanted: list[sa.ColumnElement[Any]] = [audit.c.at >= since, audit.c.at < until, audit.c.id > after]
    if about:
        wanted.append(audit.c.subject.contains(about, autoescape=True))
    rows = connection.execute(sa.select(audit).where(*wanted).order_by(audit.c.id).limit(limit))
    return [Noted(*row) for row in rows]


def sweep(connection: sa.Connection, now: float) -> None:
    """Forget what was done long ago."""
    connection.execute(sa.delete(audit).where(audit.c.at < now - KEPT_FOR_S))
