"""A database made anew: from a backup, or moved to another kind of database.

After a restore the database is behind: what it thinks waits may have been sent since. The send journal, which is never
restored, knows; whatever it does not vouch for is left to a person. All of it is one transaction of the target: killed
anywhere, the target is as it was or as it should be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from bot.app import GONE_AFTER_S
from bot.journal import SendJournal
from bot.licrus import Created, Unknown
from bot.privacy.erasing import redo
from bot.privacy.pages import want
from bot.settlement import settle
from bot.storage import decision_queries, erasure_queries, life_queries, queries, request_queries
from bot.storage.audit_queries import note
from bot.storage.copying import BACKUP_AT, allow_time, copy_rows
from bot.storage.dialect import is_postgresql, lock_migrations, take_duty
from bot.storage.erasure_queries import Erasure
from bot.storage.schema import audit, drafts, meta, metadata, requests
from bot.submission import known_outcome
from bot.terms import Terms
from bot.worker import JOURNAL_ID

IDENTITY = "identity"
RESTORED = "restored"
"""Why a request is unknown that waited when the backup was made."""

Hindrance = Literal["running", "not_empty", "other_journal"]


class CannotRestore(Exception):
    """The target may not be written to. `reason`: a bot runs on it, it holds something, or the journal is another's."""

    def __init__(self, reason: Hindrance) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: rows by table, and when the backup was made (seconds since 1970; None for a plain copy).

    `created`: requests of which the journal knew the call; `unknown`: those that became so. `doubted`: drafts that go
    on and may have been sent, for the journal is not the one that this database knew.
    """

    rows: Mapping[str, int]
    backup_at: float | None
    created: int
    unknown: int
    doubted: int


def restore(
    target: sa.Connection,
    backup: sa.Connection,
    journal: SendJournal,
    terms: Terms,
    now: float,
    who: str,
    *,
    replace: bool = False,
    erased: Sequence[Erasure] = (),
) -> Restored:
    """Fill the target from the backup, within the transaction that is open; `replace` empties it first.

    What operators did since the backup stays on record, and so does this, as `who` did it. What was erased since is
    erased again: all that the target knows of, and `erased`.

    `journal` is open: that nobody else has it is what tells that no bot runs. Raises CannotRestore, RowRefused,
    JournalNotWritten.
    """
    _take(target, now)
    record = _record(target)
    erased = (*erasure_queries.everything(target), *erased)
    if replace:
        for table in reversed(metadata.sorted_tables):
            target.execute(sa.delete(table))
    rows = _copy(target, backup)
    # What was wished then was decided by what Licrus held then.
    decision_queries.forget_wishes(target)
    backup_at = queries.get_meta(target, BACKUP_AT)
    before = set(_record(target))
    for row in record:
        if row not in before:
            target.execute(sa.insert(audit).values(row._asdict()))
    note(target, who, "restore", f"{sum(rows.values())} satır", now)
    # It is not the database that the backup was made of: that one went on.
    target.execute(sa.delete(meta).where(meta.c.name.in_((IDENTITY, BACKUP_AT))))
    if replace:
        want(target)
    created = unknown = doubted = 0
    if queries.get_meta(target, JOURNAL_ID) != journal.identity():
        doubted = _doubt_what_goes_on(target, journal)
        queries.set_meta(target, JOURNAL_ID, journal.identity())
    request_queries.count_as_sent(target, now)
    for request in request_queries.in_doubt(target):
        outcome = known_outcome(journal, request) or Unknown(RESTORED)
        # Of what waited for a person before, only a call that exists is news.
        if request.state == "sending" or isinstance(outcome, Created):
            settle(target, request, outcome, now, terms)
            created += isinstance(outcome, Created)
            unknown += isinstance(outcome, Unknown)
    redo(target, erased, now)
    return Restored(rows, None if backup_at is None else float(backup_at), created, unknown, doubted)


def move(target: sa.Connection, source: sa.Connection, journal: SendJournal, now: float, who: str) -> Mapping[str, int]:
    """Copy everything into the empty target, within the transaction that is open; how many rows, by table.

    Nothing becomes doubtful: the source is not used again, and its journal goes on with the target. Raises
    CannotRestore, RowRefused, JournalNotWritten.
    """
    _take(target, now)
    if queries.get_meta(source, JOURNAL_ID) not in (None, journal.identity()):
        raise CannotRestore("other_journal")
    rows = _copy(target, source)
    note(target, who, "move", f"{sum(rows.values())} satır", now)
    return rows


def _record(target: sa.Connection) -> Sequence[sa.Row[Any]]:
    """What operators did, without the numbers that tell its rows apart in one database only."""
    columns = [column for column in audit.columns if not column.primary_key]
    return target.execute(sa.select(*columns).order_by(audit.c.id)).all()


def _take(target: sa.Connection, now: float) -> None:
    """Make sure that nobody uses the target, or begins to before this transaction has ended."""
    allow_time(target)
    if is_postgresql(target):
        lock_migrations(target)
        if not take_duty(target) or life_queries.anybody_lives(target, now - GONE_AFTER_S):
            raise CannotRestore("running")


def _copy(target: sa.Connection, source: sa.Connection) -> Mapping[str, int]:
    for table in metadata.sorted_tables:
        if table is not meta and target.scalar(sa.select(sa.exists().select_from(table))):
            raise CannotRestore("not_empty")
    target.execute(sa.delete(meta))
    rows = copy_rows(source, target, metadata.sorted_tables)
    life_queries.forget_all(target)
    return rows


def _doubt_what_goes_on(target: sa.Connection, journal: SendJournal) -> int:
    """The journal that knew what was sent is lost: what may still be sent may have been. How many drafts that is."""
    goes_on = sa.union(
        sa.select(drafts.c.id).where(drafts.c.status == "open"),
        sa.select(requests.c.draft_id).where(requests.c.state != "created"),
    )
    doubted = target.scalars(goes_on).all()
    for draft_id in doubted:
        journal.doubt(draft_id)
    return len(doubted)
