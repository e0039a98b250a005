"""The worker that carries confirmed requests to Licrus, each at most once.

Killed before `sending` is committed, the request is still queued. Killed between that and the answer, its lease runs
out and it is unknown, unless the journal knows its call: it is never sent again by itself. Killed after the answer but
before its commit: the same, and the journal has the call number.
"""

import asyncio
import json
import logging
import shutil
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from pydantic import ValidationError

from bot.journal import AttemptKnown, JournalError, SendJournal
from bot.licrus import CallRequest, Created, Held, Outcome, Unknown, Unreachable
from bot.logs import where
from bot.office.cards import SENT_WITH_OTHER_ANSWERS
from bot.settlement import settle
from bot.storage import request_queries
from bot.storage.dialect import database_time
from bot.storage.errors import StorageBroken, StorageClosed, StorageError
from bot.storage.request_queries import Request
from bot.storage.writer import Writer
from bot.terms import Terms

DISK_FLOOR_BYTES = 100_000_000
START_WITHIN_S = 30.0
"""How long an attempt may wait between its lease and its first byte, connecting included."""
SPARE_S = 30.0
"""What the lease is longer than every time-out together."""
LOOK_EVERY_S = 30.0
COMMIT_PAUSE_S = 1.0

Send = Callable[[CallRequest, Callable[[], bool]], Awaitable[Outcome]]
"""Sends one request; the function it is given says, just before the first byte, whether it may still leave."""

log = logging.getLogger(__name__)


def clock_that_counts_sleep() -> float:
    """Seconds that go on while the machine is suspended; where there is no such clock, the time of day."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if boottime is None else time.clock_gettime(boottime)


def spelled(request: Request) -> bytes:
    """The body in the one way in which the journal compares it: every field, letter by letter, numbers as numbers."""
    return json.dumps(dict(request.body), ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def known_outcome(journal: SendJournal, request: Request) -> Created | Unknown | None:
    """What the journal knows of a request that the database thinks was never carried out: it was restored.

    The number of a call with other answers is the operators' to look at, and never this request's.
    """
    known = journal.state_of(request.key, spelled(request))
    match known.state:
        case "never":
            return None
        case "created" if not known.other_body and known.call_number is not None:
            return Created(known.call_number)
        case _ if known.other_body:
            return Unknown(SENT_WITH_OTHER_ANSWERS, known.call_number)
        case _:
            return Unknown("journal_open")


class _Found(NamedTuple):
    """What one look at the queue told: leases that ran out, what was taken, and when the next is due, in seconds."""

    expired: list[Request]
    taken: list[Request]
    due_in: float | None


class Submission:
    """The worker. `exchange_s` is the longest one exchange with Licrus may take; `spoke` is called after a commit."""

    def __init__(
        self,
        writer: Writer,
        journal: SendJournal,
        terms: Terms,
        send: Send,
        *,
        exchange_s: float,
        parallel: int = 2,
        folder: Path = Path(),
        spoke: Callable[[], None] = lambda: None,
        clock: Callable[[sa.Connection], float] = database_time,
        steady: Callable[[], float] = clock_that_counts_sleep,
    ) -> None:
        self._writer = writer
        self._journal = journal
        self._terms = terms
        self._send = send
        self._exchange_s = exchange_s
        self._parallel = parallel
        self._folder = folder
        self._spoke = spoke
        self._clock = clock
        self._steady = steady
        self._woken = asyncio.Event()
        self._stopping = False
        self._active: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Send what is due until `stop`; then finish what was begun. Cancelled, what was begun is cut off."""
        try:
            await self._work()
        finally:
            for task in self._active.values():
                task.cancel()
            if self._active:
                await asyncio.wait(self._active.values())

    async def _work(self) -> None:
        await self._persist(self._settle_known)
        while not self._stopping:
            self._woken.clear()
            pause = LOOK_EVERY_S
            try:
                pause = await self._look()
            except (StorageBroken, StorageClosed):
                break
            except StorageError as error:
                log.error("submission_waits_for_storage", extra={"error": type(error).__name__})
                pause = COMMIT_PAUSE_S
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                continue
        if self._active:
            await asyncio.wait(self._active.values())

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping = True
        self._woken.set()

    async def _look(self) -> float:
        """Begin what is due and settle what expired; how many seconds until there may be more."""
        free = 0 if self._stopping else self._parallel - len(self._active)
        if free and shutil.disk_usage(self._folder).free < DISK_FLOOR_BYTES:
            log.error("submission_stopped_disk_full")
            free = 0
        # Read before the commit: what that takes comes off the time to start, never off the lease.
        last_start = self._steady() + START_WITHIN_S
        found = await self._writer.run(lambda c: self._find(c, free))
        for request in found.taken:
            task = asyncio.create_task(self._attempt(request, last_start), name=f"submit {request.code}")
            self._active[request.id] = task
            task.add_done_callback(partial(self._done, request.id))
        for request in found.expired:
            await self._settle_expired(request)
        if found.due_in is None or len(self._active) >= self._parallel:
            return LOOK_EVERY_S
        # An active attempt's lease, or a full disk, must not turn this into a busy loop.
        return min(max(found.due_in, 0.5), LOOK_EVERY_S)

    def _find(self, connection: sa.Connection, free: int) -> _Found:
        now = self._clock(connection)
        expired = request_queries.expired(connection, now)
        lease_s = START_WITHIN_S + self._exchange_s + SPARE_S
        taken = request_queries.take_due(connection, now, lease_s, free) if free else []
        return _Found(expired, taken, request_queries.next_due_in(connection, now))

    def _done(self, request_id: int, task: "asyncio.Task[None]") -> None:
        del self._active[request_id]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("submission_failed", extra={"error": where(error)})
        self._woken.set()

    async def _attempt(self, request: Request, last_start: float) -> None:
        log.info("submission_started", extra={"code": request.code, "attempt": request.attempts})
        outcome = await self._outcome(request, last_start)
        log.info("submission_ended", extra={"code": request.code, "outcome": type(outcome).__name__})
        await self._persist(lambda: self._settle(request, outcome))

    async def _outcome(self, request: Request, last_start: float) -> Outcome:
        if request.resend_decision:
            try:
                await asyncio.to_thread(self._journal.released, request.key, spelled(request), request.resend_decision)
            except JournalError as error:
                log.error("journal_not_written", extra={"code": request.code, "error": type(error).__name__})
                return Unreachable("journal")
        known = known_outcome(self._journal, request)
        if known is not None:
            return known
        try:
            body = CallRequest.model_validate(dict(request.body))
        except ValidationError:
            return Held("request_invalid")
        try:
            await asyncio.to_thread(self._journal.started, request.key, request.attempts, spelled(request))
        except AttemptKnown:
            return Unknown("attempt_known")
        except JournalError as error:
            # Nothing left, and nothing may: without its line the request could be sent twice after a restore.
            log.error("journal_not_written", extra={"code": request.code, "error": type(error).__name__})
            return Unreachable("journal")
        left = False

        def may_leave() -> bool:
            nonlocal left
            left = self._steady() < last_start
            return left

        try:
            outcome = await self._send(body, may_leave)
        except asyncio.CancelledError:
            # Nobody waits for the answer any more. Whatever may have reached Licrus is a person's to look at, and known
            # now rather than when the lease runs out; what certainly did not is sent after the next start.
            outcome = Unknown("stopped") if left else Unreachable("stopped")
        await self._record(request, outcome)
        return outcome

    async def _record(self, request: Request, outcome: Outcome) -> None:
        """Note what is certain. Should that fail, the attempt stays open in the journal: the safe side."""
        try:
            if isinstance(outcome, Created):
                await asyncio.to_thread(self._journal.created, request.key, request.attempts, outcome.call_number)
            elif not isinstance(outcome, Unknown):
                await asyncio.to_thread(self._journal.not_carried_out, request.key, request.attempts)
        except JournalError as error:
            log.error("journal_not_written", extra={"code": request.code, "error": type(error).__name__})

    async def _settle(self, request: Request, outcome: Outcome) -> None:
        done = await self._writer.run(lambda c: settle(c, request, outcome, self._clock(c), self._terms))
        if done:
            self._spoke()
        else:
            log.warning("outcome_came_late", extra={"code": request.code, "outcome": type(outcome).__name__})

    async def _settle_known(self) -> None:
        """After a crash: calls whose numbers reached the journal but not the database."""
        for request in await self._writer.run(request_queries.being_sent):
            known = known_outcome(self._journal, request)
            if isinstance(known, Created):
                await self._settle(request, known)

    async def _settle_expired(self, request: Request) -> None:
        if request.id not in self._active:
            known = known_outcome(self._journal, request)
            if known is None or known == Unknown("journal_open"):
                known = Unknown("lease_expired")
            await self._settle(request, known)

    async def _persist(self, step: Callable[[], Awaitable[None]]) -> None:
        """Try until the storage takes it: the answer is known, and forgetting it would make the request unknown."""
        while True:
            try:
                await step()
            except (StorageBroken, StorageClosed):
                return
            except StorageError as error:
                log.error("submission_waits_for_storage", extra={"error": type(error).__name__})
                await asyncio.sleep(COMMIT_PAUSE_S)
            else:
                return
