"""How far the bot had come with what was under way when something was killed: for the statistics alone."""

import contextlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.crash.people import Town

WANTED = ("received", "committed", "answered", "sending", "created")
"""The phases into which a campaign's kills have to fall."""
PHASES = ("starting", *WANTED, "idle")
LEAST_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Sight:
    """What Telegram and Licrus knew at one moment."""

    updates: frozenset[int]
    """Made by people, and not known to be on the bot's disk."""
    newest: dict[int, tuple[int, float]]
    """The bot's newest message in each chat: its id, and when it came."""
    carried_out: frozenset[str]
    """The serial numbers of the calls that Licrus carried out and has answered."""

    @classmethod
    def of(cls, town: Town) -> "Sight":
        newest = {
            chat_id: (person.newest_bot_message_id, person.newest_bot_message_at)
            for chat_id, person in town.people.items()
        }
        return cls(frozenset(town.life.updates), newest, frozenset(town.life.carried_out))


@contextlib.contextmanager
def left_behind(url: str) -> Iterator[sa.Connection]:
    """What is in the database. An SQLite file is copied, since a look at it would already mend it."""
    with tempfile.TemporaryDirectory(prefix="devreye-peek-") as temporary:
        found = sa.make_url(url)
        if found.get_backend_name() == "sqlite":
            for suffix in ("", "-wal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copy(f"{found.database}{suffix}", Path(temporary) / f"copy{suffix}")
            found = found.set(database=str(Path(temporary) / "copy"))
        else:
            found = found.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(found, poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            yield connection


def phases(url: str, sight: Sight, since: float) -> tuple[set[str], set[int]]:
    """What was under way, begun since then (seconds since 1970), and which of the updates are on the disk."""
    with left_behind(url) as database:
        taken = _taken(database, sight.updates)
        found = _waiting(database, sight, since) | _with_licrus(database, sight, since)
    if sight.updates - taken:
        found.add("received")
    return found or {"idle"}, taken


def _taken(database: sa.Connection, updates: frozenset[int]) -> set[int]:
    rows = database.execute(
        sa.text("SELECT update_id FROM seen_updates WHERE update_id >= :first"), {"first": min(updates, default=0)}
    )
    return {row[0] for row in rows} & updates


def _waiting(database: sa.Connection, sight: Sight, since: float) -> set[str]:
    """Messages that wait, or were given to the response of an update: does Telegram have them?"""
    rows = database.execute(
        sa.text(
            "SELECT chat_id, message, state, created_at,"
            " (SELECT max(message_id) FROM outbox AS marked WHERE marked.chat_id = outbox.chat_id) AS marked"
            " FROM outbox WHERE state = 'pending' OR (given_to_update IS NOT NULL AND created_at > :since)"
        ),
        {"since": since},
    )
    found: set[str] = set()
    for chat_id, message, state, created_at, marked in rows:
        message_id, came_at = sight.newest.get(chat_id, (0, 0.0))
        # Telegram has a newer message of ours than any that is marked as sent.
        arrived = message_id > (marked or 0) and came_at > created_at
        if state == "pending":
            found.add("answered" if arrived else "committed")
            if "result-created" in message:
                found.add("created")
        elif not arrived:
            found.add("committed")
    return found


def _with_licrus(database: sa.Connection, sight: Sight, since: float) -> set[str]:
    """Requests that wait, are on their way, or were carried out."""
    rows = database.execute(
        sa.text(
            "SELECT state, body FROM requests WHERE state = 'queued' OR (state = 'sending' AND updated_at > :since)"
        ),
        {"since": since},
    )
    found: set[str] = set()
    for state, body in rows:
        if state == "queued":
            found.add("committed")
        else:
            found.add("created" if json.loads(body)["ProductSerialNumberList"] in sight.carried_out else "sending")
    return found


def thin(hit: Counter[str], kills: int) -> list[str]:
    """The phases into which too few of the kills fell."""
    return [phase for phase in WANTED if hit[phase] < LEAST_SHARE * kills]


def table(hit: Counter[str], kills: int) -> str:
    """How many of the kills fell into each phase; with many people, one kill falls into several."""
    return "\n".join(f"  {phase:<10} {hit[phase]:>5}  {100 * hit[phase] / max(kills, 1):5.1f} %" for phase in PHASES)
