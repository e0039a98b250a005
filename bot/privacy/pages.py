"""When the SQLite file is written anew: of what was erased, no copy may stay on any of its pages.

secure_delete writes zeros over what is deleted, but when a page is split SQLite copies rows and lets the old copies
stand between those that stay: only writing the whole file anew (VACUUM) is sure to leave nothing.
"""

import logging
import shutil
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.days import TURKEY
from bot.storage import queries
from bot.storage.schema import drafts, requests
from bot.storage.writer import Writer

REWRITTEN_AT = "rewritten_at"
WANTED = "rewrite_wanted"
DAY_S = 86_400.0
WITHIN_S = 7 * DAY_S
"""What went by itself, because its time was over, may leave traces for so long."""

BY_DAY_BYTES = 64 * 1024**2
"""A file of this size is written anew in about a second, during which nobody is answered. A larger one waits."""
NIGHT = range(2, 6)
"""Hours in Turkey."""
ROOM = 2.5
"""How many times its size the disk has to have free: the new pages stand in the log before they replace the old."""

log = logging.getLogger(__name__)


async def tidy(writer: Writer, path: Path | None, now: float) -> None:
    """Leave nothing of what was erased in the SQLite file at this path and its log; None: there is no such file.

    Raises StorageError.
    """
    if path is None:
        return
    rewrite = await writer.run(lambda connection: is_due(connection, now))
    size, free = _size_and_free(path)
    if rewrite and not fits(size, free, now):
        log.warning("rewrite_waits", extra={"bytes": size})
        rewrite = False
    emptied = await writer.tidy(rewrite=rewrite)
    if not emptied:
        log.warning("log_not_emptied")
    elif rewrite:
        await writer.run(lambda connection: note_rewritten(connection, now))
        log.info("file_rewritten", extra={"bytes": size})


def _size_and_free(path: Path) -> tuple[int, int]:
    return path.stat().st_size, shutil.disk_usage(path.parent).free


def want(connection: sa.Connection) -> None:
    """Something was erased for a person: the file has to be written anew as soon as that is possible."""
    queries.set_meta(connection, WANTED, "1")


def is_due(connection: sa.Connection, now: float) -> bool:
    """Whether the file has to be written anew. One that never held anything of anybody is taken for new."""
    if queries.get_meta(connection, WANTED) == "1":
        return True
    rewritten_at = queries.get_meta(connection, REWRITTEN_AT)
    if rewritten_at is not None:
        return now - float(rewritten_at) > WITHIN_S
    held = sa.or_(sa.exists(sa.select(drafts.c.id)), sa.exists(sa.select(requests.c.id)))
    if connection.scalar(sa.select(held)):
        return True
    note_rewritten(connection, now)
    return False


def fits(size: int, free: int, now: float) -> bool:
    """Whether a file of so many bytes may be written anew at this time, with so many bytes left on its disk."""
    if free < size * ROOM:
        return False
    return size <= BY_DAY_BYTES or datetime.fromtimestamp(now, TURKEY).hour in NIGHT


def note_rewritten(connection: sa.Connection, now: float) -> None:
    """It was written anew; whatever is erased from now on wants it again."""
    queries.set_meta(connection, REWRITTEN_AT, repr(now))
    queries.set_meta(connection, WANTED, "")
