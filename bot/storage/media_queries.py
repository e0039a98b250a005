"""Files that came and are still to be read: kept with the update, taken by the reader, gone with the answer to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.storage.dialect import wake_worker
from bot.storage.schema import media_jobs


@dataclass(frozen=True, slots=True)
class Job:
    """One file. Times are seconds since 1970; `tries` counts how often reading it was begun."""

    id: int
    chat_id: int
    user_id: int
    message_id: int
    kind: str
    file_id: str = field(repr=False)
    album: str
    caption: str = field(repr=False)
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    tries: int
    due_at: float
    created_at: float


def add(connection: sa.Connection, due_at: float, now: float, **values: Any) -> None:
    """Keep a file to be read then. What waits of the same album waits with it."""
    connection.execute(sa.insert(media_jobs).values(due_at=due_at, created_at=now, **values))
    if values.get("album"):
        of_album = sa.and_(media_jobs.c.chat_id == values["chat_id"], media_jobs.c.album == values["album"])
        connection.execute(sa.update(media_jobs).where(of_album).values(due_at=due_at))
    wake_worker(connection)


def waiting(connection: sa.Connection, chat_id: int, album: str) -> tuple[int, int]:
    """How many files of this chat are still to be read, and how many of them belong to this album."""
    albums = connection.scalars(sa.select(media_jobs.c.album).where(media_jobs.c.chat_id == chat_id)).all()
    return len(albums), sum(1 for found in albums if album and found == album)


def take_due(connection: sa.Connection, now: float, busy: Collection[int], limit: int) -> list[list[Job]]:
    """The files whose time has come, those of an album together, and one more try of each counted.

    The oldest first, and none of the chats in `busy`: files of one chat are read one after the other.
    """
    first: dict[int, Job] = {}
    groups: dict[int, list[Job]] = {}
    for row in connection.execute(_DUE, {"now": now}):
        job = Job(*row)
        if job.chat_id in busy or (len(groups) == limit and job.chat_id not in groups):
            continue
        leader = first.setdefault(job.chat_id, job)
        if job is leader or (job.album and job.album == leader.album):
            groups.setdefault(job.chat_id, []).append(job)
    ids = [job.id for group in groups.values() for job in group]
    if ids:
        connection.execute(sa.update(media_jobs).where(media_jobs.c.id.in_(ids)).values(tries=media_jobs.c.tries + 1))
    return list(groups.values())


_DUE = sa.select(media_jobs).where(media_jobs.c.due_at <= sa.bindparam("now")).order_by(media_jobs.c.id)


def next_due_in(connection: sa.Connection, now: float, busy: Collection[int]) -> float | None:
    """In how many seconds the next file of the other chats comes due."""
    due_at = connection.scalar(_NEXT, {"busy": list(busy)})
    return None if due_at is None else due_at - now


_NEXT = sa.select(sa.func.min(media_jobs.c.due_at)).where(
    media_jobs.c.chat_id.not_in(sa.bindparam("busy", expanding=True))
)


def put_off(connection: sa.Connection, ids: Iterable[int], due_at: float) -> None:
    """Read these again then."""
    connection.execute(sa.update(media_jobs).where(media_jobs.c.id.in_(list(ids))).values(due_at=due_at))


def finish(connection: sa.Connection, jobs: Collection[Job]) -> bool:
    """These are answered with this transaction; False if they already were, or more of their album came meanwhile."""
    first = next(iter(jobs))
    if first.album and waiting(connection, first.chat_id, first.album)[1] > len(jobs):
        return False
    done = connection.execute(sa.delete(media_jobs).where(media_jobs.c.id.in_([job.id for job in jobs])))
    return done.rowcount == len(jobs)
