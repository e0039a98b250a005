"""The erasures apart from the database: a backup that is put back has not heard of those that came after it.

A file beside the send journal that is only appended to, one erasure a line, and is never part of a restore. It holds
ids, keys and Telegram's user numbers: no name, telephone or serial number of anybody.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from bot.storage.erasure_queries import SCOPE, Erasure

log = logging.getLogger(__name__)


def remember(path: Path, erasures: Iterable[Erasure]) -> None:
    """Bring these to disk; one that stands there twice is done once. Raises OSError."""
    lines = "".join(json.dumps(asdict(erasure)) + "\n" for erasure in erasures)
    if not lines:
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        # A line that was torn by a crash ends here; it was not told to be kept.
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        content = memoryview(("\n" * torn + lines).encode())
        while content:
            content = content[os.write(descriptor, content) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remembered(path: Path) -> list[Erasure]:
    """What stands in the file; a line that can't be read is passed over and told. Raises OSError."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    found = [_read(line) for line in lines if line.strip()]
    if None in found:
        log.error("erasures_unreadable", extra={"lines": found.count(None)})
    return [erasure for erasure in found if erasure is not None]


def _read(line: str) -> Erasure | None:
    try:
        held = json.loads(line)
        user_id = None if held["user_id"] is None else int(held["user_id"])
        scope = {name: tuple(map(str, held[name])) for name in SCOPE}
        return Erasure(str(held["id"]), float(held["asked_at"]), str(held["asked_by"]), user_id, **scope)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
