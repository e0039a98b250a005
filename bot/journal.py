"""The send journal: which requests were ever sent to Licrus, kept apart from the database.

Licrus creates a call each time it is asked and can't be asked whether it did. The database remembers what was sent,
but a database can be restored from yesterday's copy or rolled back; then it would send again what it has forgotten.
This file is only ever appended to, is on disk before the first byte of a request leaves, and is not part of a restore.
It holds ids, call numbers, a salted digest of each body and the marks of people's decisions, nothing about people.

    JournalError
    ├── JournalInUse       another process has the file open
    ├── JournalDamaged     a line in the middle can't be read
    ├── JournalNotWritten  a line could not be brought to disk: nothing may be sent
    └── AttemptKnown       this very attempt was begun before, or the call exists: it may not be sent
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self, TypeAlias

_REQUEST_ID = re.compile(r"[!-~]{1,200}")
_CALL_NUMBER_CHARACTERS = 40
_DECISION = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{32}:[0-9a-f]{64}")
_ITSELF = "journal"
"""Stands where a draft's id stands; those are longer."""
_RESTORED = "restored"
"""Stands where a draft's revision stands, in a line that says: whatever it made may have been sent."""
_EVENTS = ("started", "not_carried_out", "created")


class JournalError(Exception):
    """The send journal can't vouch for what was sent."""


class JournalInUse(JournalError):
    """Another process has the send journal open."""


class JournalDamaged(JournalError):
    """The send journal can't be read."""


class JournalNotWritten(JournalError):
    """The send journal could not be written, so nothing may be sent."""


class AttemptKnown(JournalError):
    """The send journal already knows this attempt, so it may not be sent."""


class Known(NamedTuple):
    """What the journal knows of a request, and of every other one of the same draft.

    "never": no attempt, or every attempt is known not to have been carried out. "open": an attempt was begun and may
    have been carried out. "created": the call exists under `call_number`. `other_body`: what was sent then were other
    answers, or it can't be told whether they were the same.
    """

    state: Literal["never", "open", "created"]
    call_number: str | None = None
    other_body: bool = False


@dataclass(slots=True)
class _Record:
    open_attempts: set[int] = field(default_factory=set)
    digests: dict[int, str | None] = field(default_factory=dict)
    call_number: str | None = None
    call_digest: str | None = None
    decisions: set[str] = field(default_factory=set)


_Records: TypeAlias = dict[str, dict[str, _Record]]
"""By draft, then by request."""


class SendJournal:
    """The journal. Several threads may use it; each method that writes blocks until the disk has the line.

    An I/O error ends its use for good: `on_broken` is called, once, in the thread that met it.
    """

    def __init__(self, path: Path, on_broken: Callable[[], None] = lambda: None) -> None:
        """The journal at this path; `open` reads it, or makes it. The folder must exist."""
        self.path = Path(path)
        self._on_broken = on_broken
        self._records: _Records = {}
        self._descriptor: int | None = None
        self._failed = False
        self._lock = threading.Lock()

    def open(self) -> Self:
        """Locks the file against other processes and reads it; makes it (0600) where it does not exist.

        A last line that was torn by a crash is cut away: nothing is sent before its line is whole.
        Raises JournalInUse, JournalDamaged, or OSError where the path can't be opened at all.
        """
        if self._descriptor is not None:
            raise JournalInUse(f"The send journal {self.path} is already open in this process.")
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise JournalInUse(
                    f"The send journal {self.path} is in use by another process. Stop that one, or give this one a "
                    "journal and a database of its own."
                ) from None
            os.fchmod(descriptor, 0o600)
            self._records = self._read(descriptor)
            _sync(descriptor)
            _sync_folder(self.path.parent)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor, self._failed = descriptor, False
        return self

    def close(self) -> None:
        """Closes the file and gives up its lock; closing twice does nothing."""
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None

    def __enter__(self) -> Self:
        """Opens the journal unless it is open."""
        return self if self._descriptor is not None else self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Closes the journal."""
        self.close()

    def identity(self) -> str:
        """What tells this journal from any other; written when it is first asked for. Raises JournalNotWritten."""
        with self._lock:
            if _ITSELF not in self._records:
                # An entry that means nothing else, so that the release before can still read the journal.
                self._append("not_carried_out", f"{_ITSELF}:{secrets.token_hex(16)}", 0)
            return next(iter(self._records[_ITSELF]))

    def started(self, request_id: str, attempt: int, body: bytes) -> None:
        """To be called before the first byte of an attempt leaves; when it returns, the disk knows of the attempt.

        `body` is what will be sent, spelled in one way only; a salted digest of it is kept.
        Raises AttemptKnown where the call exists or this attempt is already open (a database that was rolled back
        counts from one again), and JournalNotWritten where the disk refuses. In both cases: do not send.
        """
        with self._lock:
            record = self._records.get(_draft_of(request_id), {}).get(request_id, _Record())
            if record.call_number is not None:
                raise AttemptKnown(
                    f"Request {request_id} already has a call, so it was not sent. "
                    "Mark it as created with the number the send journal knows."
                )
            if attempt in record.open_attempts:
                raise AttemptKnown(
                    f"Attempt {attempt} of request {request_id} was begun before, so it was not sent. "
                    "Look in Licrus whether the call exists, then decide."
                )
            self._append("started", request_id, attempt, digest=_digest(secrets.token_hex(16), body))

    def doubt(self, draft_id: str) -> None:
        """Whatever this draft made may have been sent, though nothing tells of it. Raises JournalNotWritten."""
        with self._lock:
            self._append("started", f"{draft_id}:{_RESTORED}", 0)

    def not_carried_out(self, request_id: str, attempt: int) -> None:
        """Licrus certainly did nothing in this attempt. Raises JournalNotWritten."""
        with self._lock:
            self._append("not_carried_out", request_id, attempt)

    def created(self, request_id: str, attempt: int, call_number: str) -> None:
        """The call exists. Of two numbers for one request the first stands. Raises JournalNotWritten."""
        with self._lock:
            self._append("created", request_id, attempt, call=call_number)

    def released(self, request_id: str, body: bytes, decision: str) -> None:
        """A person looked and says that no attempt with this body was carried out: none of them is open any longer.

        Each decision does so once. A database that was rolled back brings an old one again, and what was begun since
        is not covered by it. Raises JournalNotWritten.
        """
        if not _DECISION.fullmatch(decision):
            raise ValueError("A decision is named by 32 hexadecimal digits.")
        with self._lock:
            records = self._records.get(_draft_of(request_id), {})
            if any(decision in record.decisions for record in records.values()):
                return
            believed = [
                (of_request, attempt)
                for of_request, record in records.items()
                for attempt in sorted(record.open_attempts)
                if _may_be(of_request, record, attempt, body)
            ]
            # The decision's own line comes first, also where nothing is open. There is no attempt 0.
            for of_request, attempt in ((request_id, 0), *believed):
                self._append("not_carried_out", of_request, attempt, decision=decision)

    def state_of(self, request_id: str, body: bytes) -> Known:
        """What the journal knows of this request with this body, and of its draft at any other revision.

        One draft makes one call: whoever answers it anew after a restore may reach the same revision with other
        answers, or another revision with the same ones.
        """
        with self._lock:
            known = self._records.get(_draft_of(request_id), {})
            records = known.values()
            calls = {record.call_number: _is_of(record.call_digest, body) for record in records if record.call_number}
            begun = [_may_be(name, record, n, body) for name, record in known.items() for n in record.open_attempts]
        if calls:
            same = next((number for number, is_same in calls.items() if is_same), None)
            return Known("created", same or next(iter(calls)), other_body=same is None)
        return Known("open", other_body=not any(begun)) if begun else Known("never")

    def _append(self, event: str, request_id: str, attempt: int, **more: str) -> None:
        entry = {"event": event, "request": request_id, "attempt": attempt, **more}
        if not _is_entry(entry):
            raise ValueError("A journal line takes a request id, a counted attempt and, if created, a call number.")
        descriptor = self._writable()
        size = os.fstat(descriptor).st_size
        try:
            _write_all(descriptor, _line(entry))
        except OSError as error:
            self._cut_back(descriptor, size)
            raise JournalNotWritten(f"The send journal {self.path} could not be written: {error.strerror}.") from error
        try:
            _sync(descriptor)
        except OSError as error:
            # After a failed fsync the system forgets which pages it lost: only a fresh read tells what is on disk.
            self._fail()
            raise JournalNotWritten(
                f"The send journal {self.path} could not be brought to disk: {error.strerror}. Restart the bot when "
                "the disk is in order."
            ) from error
        _apply(self._records, entry)

    def _writable(self) -> int:
        if self._descriptor is None:
            raise JournalNotWritten(f"The send journal {self.path} is not open.")
        if self._failed:
            raise JournalNotWritten(f"The send journal {self.path} failed before. Restart the bot.")
        try:
            in_place = os.path.samestat(os.stat(self.path), os.fstat(self._descriptor))
        except OSError:
            in_place = False
        if not in_place:
            raise JournalNotWritten(f"The send journal {self.path} was moved or deleted. Put it back and restart.")
        return self._descriptor

    def _cut_back(self, descriptor: int, size: int) -> None:
        try:
            os.ftruncate(descriptor, size)
        except OSError:
            self._fail()

    def _fail(self) -> None:
        self._failed = True
        self._on_broken()

    def _read(self, descriptor: int) -> _Records:
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read()
        records: _Records = {}
        read_bytes = 0
        for number, line in _numbered_lines(content):
            entry = _entry(line)
            end = read_bytes + len(line)
            if entry is None:
                if end < len(content):
                    raise JournalDamaged(
                        f"Line {number} of the send journal {self.path} can't be read, so nothing is sent. Keep the "
                        "file, bring back an undamaged copy of it, or let a person decide about the open requests."
                    )
                os.ftruncate(descriptor, read_bytes)
                return records
            _apply(records, entry)
            read_bytes = end
        if content and not content.endswith(b"\n"):
            _write_all(descriptor, b"\n")
        return records


def _numbered_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    # Not splitlines(): only \n ends a line, and it belongs to it.
    return enumerate((line for line in re.findall(rb"[^\n]*\n|[^\n]+", content)), start=1)


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps({**entry, "sum": _sum(entry)}, separators=(",", ":")).encode() + b"\n"


def _sum(entry: dict[str, Any]) -> str:
    return f"{zlib.crc32(json.dumps(entry, separators=(',', ':'), sort_keys=True).encode()):08x}"


def _entry(line: bytes) -> dict[str, Any] | None:
    """The entry of a line, or None where it is torn, altered or not of this journal."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.pop("sum", None) != _sum(entry) or not _is_entry(entry):
        return None
    return entry


def _is_entry(entry: dict[str, Any]) -> bool:
    event, request, attempt, call, digest = (
        entry.get(name) for name in ("event", "request", "attempt", "call", "digest")
    )
    return (
        event in _EVENTS
        and isinstance(request, str)
        and _REQUEST_ID.fullmatch(request) is not None
        and type(attempt) is int
        and attempt >= 0
        and (call is not None) == (event == "created")
        and (call is None or (isinstance(call, str) and 0 < len(call) <= _CALL_NUMBER_CHARACTERS))
        # The lines of the first release have no digest.
        and (
            digest is None or (event == "started" and isinstance(digest, str) and _DIGEST.fullmatch(digest) is not None)
        )
    )


def _apply(records: _Records, entry: dict[str, Any]) -> None:
    record = records.setdefault(_draft_of(entry["request"]), {}).setdefault(entry["request"], _Record())
    attempt = entry["attempt"]
    match entry["event"]:
        case "started":
            record.open_attempts.add(attempt)
            record.digests[attempt] = entry.get("digest")
        case "not_carried_out":
            record.open_attempts.discard(attempt)
            # The release before this one passes over what names the decision, and rightly takes the rest.
            record.decisions.add(entry.get("decision", ""))
        case "created" if record.call_number is None:
            record.call_number, record.call_digest = entry["call"], record.digests.get(attempt)


def _draft_of(request_id: str) -> str:
    """A request's id is its draft's id and a revision."""
    return request_id.partition(":")[0]


def _digest(salt: str, body: bytes) -> str:
    """Salted for each line: equal bodies look different, and no table of digests serves for more than one line."""
    return f"{salt}:{hmac.new(bytes.fromhex(salt), body, hashlib.sha256).hexdigest()}"


def _may_be(request_id: str, record: _Record, attempt: int, body: bytes) -> bool:
    """Whether this attempt was with this body. Of what was doubted nobody knows: that is no sign of other answers."""
    return request_id.endswith(f":{_RESTORED}") or _is_of(record.digests.get(attempt), body)


def _is_of(digest: str | None, body: bytes) -> bool:
    return digest is not None and hmac.compare_digest(digest, _digest(digest.partition(":")[0], body))


def _write_all(descriptor: int, line: bytes) -> None:
    while line:
        line = line[os.write(descriptor, line) :]


def _sync(descriptor: int) -> None:
    os.fsync(descriptor)
    # On macOS fsync leaves the line in the drive's own memory.
    full_sync = getattr(fcntl, "F_FULLFSYNC", None)
    if full_sync is not None:
        fcntl.fcntl(descriptor, full_sync)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
