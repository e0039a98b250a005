"""/metrics, /healthz and /readyz, on a port of their own. It is answered while the bot starts and stops too."""

import asyncio
import json
import logging
import shutil
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST

from bot.logs import where
from bot.storage.errors import StorageError
from bot.storage.writer import Writer
from bot.watching.metrics import Metrics
from bot.watching.sampling import Sample, sample

ANSWERS_WITHIN_S = 3.0
"""A database that takes longer is not ready, and is not counted."""
KEPT_FOR_S = 2.0
"""Whoever asks more often is told the same again: asking costs the bot nothing."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)


class Watch:
    """The ASGI function. What it can tell grows with the start: `storage` once that is open, then `begun`.

    `on_duty` tells whether this process sends; `stopping` says that it takes no more.
    """

    def __init__(self, metrics: Metrics, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.metrics = metrics
        self._folder = folder
        self._clock = clock
        self._engine: sa.Engine | None = None
        self._writer: Writer | None = None
        self._on_duty: Callable[[], bool] = lambda: False
        self._is_begun = False
        self._is_stopping = False
        self._storage_good = False
        self._sample: Sample | None = None
        self._looked_at = -KEPT_FOR_S
        self._looking = asyncio.Lock()

    def storage(self, engine: sa.Engine, writer: Writer) -> None:
        """The database is open."""
        self._engine, self._writer = engine, writer

    def begun(self, on_duty: Callable[[], bool]) -> None:
        """The start is over."""
        self._on_duty, self._is_begun = on_duty, True

    def stopping(self) -> None:
        """The stop has begun."""
        self._is_stopping = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise RuntimeError("only HTTP is served here")
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"", "text/plain", (b"allow", b"GET, HEAD"))
            return
        match scope["path"]:
            case "/healthz":
                await _answer(send, 200, b"ok\n", "text/plain")
            case "/readyz":
                await self._look()
                state = self._state()
                await _answer(send, 200 if self._ready else 503, json.dumps(state).encode(), "application/json")
            case "/metrics":
                await self._look()
                now = self._clock()
                self.metrics.state(
                    ready=self._ready,
                    on_duty=self._on_duty(),
                    free_bytes=await asyncio.to_thread(_free_bytes, self._folder),
                    sample=self._sample,
                    now=now,
                )
                await _answer(send, 200, self.metrics.page(), CONTENT_TYPE_LATEST)
            case _:
                await _answer(send, 404, b"", "text/plain")

    @property
    def _ready(self) -> bool:
        return self._is_begun and self._storage_good and not self._is_stopping

    def _state(self) -> dict[str, bool]:
        return {
            "ready": self._ready,
            "started": self._is_begun,
            "storage": self._storage_good,
            "on_duty": self._on_duty(),
            "stopping": self._is_stopping,
        }

    async def _look(self) -> None:
        """Ask the database, unless that was just done: whether the writer writes, and what waits."""
        async with self._looking:
            if time.monotonic() - self._looked_at < KEPT_FOR_S or self._engine is None or self._writer is None:
                return
            try:
                async with asyncio.timeout(ANSWERS_WITHIN_S):
                    await self._writer.run(lambda connection: connection.scalar(sa.select(1)))
                    self._sample = await asyncio.to_thread(sample, self._engine)
                self._storage_good = True
            except (StorageError, sa.exc.SQLAlchemyError, TimeoutError) as error:
                log.warning("storage_does_not_answer", extra={"error": where(error)})
                self._storage_good, self._sample = False, None
            self._looked_at = time.monotonic()


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


async def _answer(send: Send, status: int, body: bytes, kind: str, *headers: tuple[bytes, bytes]) -> None:
    told = [(b"content-length", str(len(body)).encode()), (b"content-type", kind.encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
