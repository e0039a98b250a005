"""The numbers that Prometheus fetches. Labels are words of ours from short lists: nothing of a person, no ids.

Each process counts its own; sum them. What stands in the database is the same in each of them: take the largest.
"""

import logging
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.logs import event_of
from bot.watching.sampling import Sample

T = TypeVar("T")

WAITING = ("queued", "sending", "unknown", "held")
"""The states of requests that are not settled."""

_QUICK_S = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SLOW_S = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45, 75)


class Metrics:
    """All the numbers of one process."""

    def __init__(self, version: str, role: str) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Gauge(
            "devreye_info", "Always 1: which release this is, and its part", ["version", "role"], registry=registry
        ).labels(version, role).set(1)
        self._updates = Counter(
            "devreye_updates", "Updates from Telegram: taken, seen before, or not kept", ["outcome"], registry=registry
        )
        self._update_s = Histogram(
            "devreye_update_seconds", "From an update to its commit", buckets=_QUICK_S, registry=registry
        )
        self._update_at = Gauge("devreye_last_update_timestamp_seconds", "When the last update came", registry=registry)
        self._calls = Counter(
            "devreye_licrus_calls", "Calls of Licrus by what came of them", ["outcome"], registry=registry
        )
        self._call_s = Histogram(
            "devreye_licrus_call_seconds", "How long calls of Licrus took", buckets=_SLOW_S, registry=registry
        )
        self._told = Counter(
            "devreye_telegram_calls",
            "Calls of the Bot API by what came of them",
            ["method", "outcome"],
            registry=registry,
        )
        self._lines = Counter("devreye_log_lines", "Log lines by their event", ["level", "event"], registry=registry)
        self._requests = Gauge(
            "devreye_requests", "Requests that are not settled, by state", ["state"], registry=registry
        )
        self._request_s = Gauge(
            "devreye_oldest_request_seconds", "How long the oldest of them waits", ["state"], registry=registry
        )
        self._messages = Gauge(
            "devreye_messages_waiting", "Messages that Telegram has not taken yet", registry=registry
        )
        self._message_s = Gauge(
            "devreye_oldest_message_seconds", "How long the oldest of them waits", registry=registry
        )
        self._files = Gauge("devreye_files_waiting", "Photographs and cards that wait to be read", registry=registry)
        self._storage_up = Gauge("devreye_storage_up", "Whether the database answers", registry=registry)
        self._free = Gauge("devreye_free_disk_bytes", "Room where the data are", registry=registry)
        self._on_duty = Gauge("devreye_on_duty", "Whether this process sends to Telegram and Licrus", registry=registry)
        self._ready = Gauge(
            "devreye_ready", "Whether this process takes updates or stands by for it", registry=registry
        )

    async def update(self, taking: Awaitable[T | None]) -> T | None:
        """What taking an update comes to, counted."""
        began = time.perf_counter()
        outcome = "failed"
        try:
            taken = await taking
            outcome = "repeated" if taken is None else "taken"
        finally:
            self._updates.labels(outcome).inc()
            self._update_s.observe(time.perf_counter() - began)
            self._update_at.set_to_current_time()
        return taken

    async def licrus_call(self, calling: Awaitable[T]) -> T:
        """The outcome of a call of Licrus, counted by its kind."""
        began = time.perf_counter()
        outcome = "interrupted"
        try:
            found = await calling
            outcome = type(found).__name__
        finally:
            self._calls.labels(outcome).inc()
            self._call_s.observe(time.perf_counter() - began)
        return found

    @contextmanager
    def telegram_call(self, method: str) -> Iterator[None]:
        """Within it a method of the Bot API is called."""
        outcome = "ok"
        try:
            yield
        except BaseException as error:
            outcome = type(error).__name__
            raise
        finally:
            self._told.labels(method, outcome).inc()

    def state(self, *, ready: bool, on_duty: bool, free_bytes: int, sample: Sample | None, now: float) -> None:
        """How things are right now; without a sample the database did not answer, and what it said last stays."""
        self._ready.set(ready)
        self._on_duty.set(on_duty)
        self._free.set(free_bytes)
        self._storage_up.set(sample is not None)
        if sample is None:
            return
        for state in WAITING:
            number, since = sample.requests.get(state, (0, now))
            self._requests.labels(state).set(number)
            self._request_s.labels(state).set(max(now - since, 0.0))
        self._messages.set(sample.messages)
        self._message_s.set(max(now - sample.oldest_message, 0.0) if sample.messages else 0.0)
        self._files.set(sample.files)

    def page(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self.registry)

    def log_counter(self) -> logging.Handler:
        """A handler that counts log lines by their event."""
        return _LogCounter(self._lines)


class _LogCounter(logging.Handler):
    def __init__(self, lines: Counter) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.labels(record.levelname.lower(), event_of(record)).inc()
