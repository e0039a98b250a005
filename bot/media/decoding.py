"""Reads the codes of a picture in a process of its own, which may spoil, eat or hang nothing but itself.

A process for each picture: it starts in some 50 ms, is told no secret, writes no file, and leaves no memory behind.
"""

import asyncio
import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from conversations.answers.codes import Code, CodeFormat

MOST_BYTES = 20 * 1024 * 1024
MOST_SECONDS = 5.0
MOST_CODES = 60
"""What one picture can say at most: a little more than the serials of one request."""
LONGEST_TEXT = 4_300
"""The largest QR code holds 4,296 letters and digits."""
MOST_ANSWER_BYTES = 1024 * 1024

Reason = Literal["no-code", "too-large", "not-a-picture", "broken", "too-slow", "failed"]
_REASONS: frozenset[str] = frozenset(get_args(Reason))
_FORMATS: frozenset[str] = frozenset(get_args(CodeFormat))
_READER = Path(__file__).with_name("reading.py")
"""Not imported: what it needs to read pictures is of no use here."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No code was read. Only "no-code" came from a picture that was good; "failed" is the process's end, not ours."""

    reason: Reason


async def read_codes(image: bytes) -> tuple[Code, ...] | Unreadable:
    """The codes of a JPEG, PNG or WEBP picture from top to bottom, at least one of them; never raises for a picture.

    Each call runs a process of at most 256 MiB for at most five seconds: the caller bounds how many run at once.
    """
    if len(image) > MOST_BYTES:
        return Unreadable("too-large")
    transport, talk = await asyncio.get_running_loop().subprocess_exec(
        _Talk, sys.executable, "-I", str(_READER), stderr=asyncio.subprocess.DEVNULL, env={}, start_new_session=True
    )
    try:
        given = transport.get_pipe_transport(0)
        assert isinstance(given, asyncio.WriteTransport)  # noqa: S101
        given.write(image)
        given.close()
        async with asyncio.timeout(MOST_SECONDS):
            await talk.finished
    except TimeoutError:
        log.warning("picture_too_slow", extra={"bytes": len(image)})
        return Unreadable("too-slow")
    finally:
        transport.close()  # which also kills
        await asyncio.shield(talk.exited)
    said = _said(talk.answer)
    if said is None:
        log.warning("picture_reader_ended", extra={"bytes": len(image), "code": transport.get_returncode()})
        return Unreadable("failed")
    return said


class _Talk(asyncio.SubprocessProtocol):
    """What the process says. Streams would wait for the pipe's end, which a process that was taken over can prevent."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.answer = bytearray()
        self.finished: asyncio.Future[None] = loop.create_future()
        """Done as soon as it has said all, or too much."""
        self.exited: asyncio.Future[None] = loop.create_future()
        self._open = True

    def pipe_data_received(self, fd: int, data: bytes | str) -> None:
        if len(self.answer) <= MOST_ANSWER_BYTES and isinstance(data, bytes):
            self.answer += data
        self._finish(len(self.answer) > MOST_ANSWER_BYTES)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == 1:
            self._open = False
            self._finish(self.exited.done())

    def process_exited(self) -> None:
        if not self.exited.done():
            self.exited.set_result(None)
        self._finish(not self._open)

    def _finish(self, finished: bool) -> None:
        if finished and not self.finished.done():
            self.finished.set_result(None)


def _said(answer: bytes | bytearray) -> tuple[Code, ...] | Unreadable | None:
    """The process's answer, believed only as far as it has the right form."""
    try:
        said: Any = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    if isinstance(said, str):
        return Unreadable(said) if said in _REASONS else None  # type: ignore[arg-type]
    if not isinstance(said, list) or not said:
        return None
    codes: list[Code] = []
    for row in said[:MOST_CODES]:
        if not (isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) for part in row)):
            return None
        text, form = row
        if form not in _FORMATS or not 0 < len(text) <= LONGEST_TEXT:
            return None
        codes.append(Code(text, form))
    return tuple(codes)
