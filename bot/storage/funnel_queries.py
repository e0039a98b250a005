"""What came of the questions of drafts that are erased: counts by day, so that reports stay and nobody is in them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from bot.days import Period
from bot.storage.dialect import insert
from bot.storage.schema import funnel
from conversations.asking import role_of
from conversations.course import tally
from conversations.draft import Draft

Counts = Counter[tuple[str, str, str]]
"""How many drafts, by role ("customer", "dealer", "" for unknown), question and outcome (conversations/course.py)."""


def counted(draft: Draft | None, *, over: bool) -> Counts:
    """What this draft adds to the counts; nothing where it could not be read."""
    if draft is None:
        return Counter()
    role = role_of(draft) or ""
    return Counter((role, question, outcome) for question, outcome in tally(draft, over=over))


def keep_counts(connection: sa.Connection, by_day: Mapping[date, Counts]) -> None:
    """Add these to what is kept of each day."""
    # In one order always, or two erasures at the same time would wait for each other.
    rows = sorted(
        (day.isoformat(), role, question, outcome, number)
        for day, counts in by_day.items()
        for (role, question, outcome), number in counts.items()
    )
    if not rows:
        return
    new = insert(connection, funnel)
    added = new.on_conflict_do_update(
        index_elements=[funnel.c.day, funnel.c.role, funnel.c.question, funnel.c.outcome],
        set_={"drafts": funnel.c.drafts + new.excluded.drafts},
    )
    names = ("day", "role", "question", "outcome", "drafts")
    connection.execute(added, [dict(zip(names, row, strict=True)) for row in rows])


def kept_counts(connection: sa.Connection, period: Period) -> Counts:
    """What is kept of these days."""
    columns = (funnel.c.role, funnel.c.question, funnel.c.outcome)
    days = funnel.c.day.between(period.first.isoformat(), period.last.isoformat())
    summed = sa.select(*columns, sa.func.sum(funnel.c.drafts)).where(days).group_by(*columns)
    return Counter({(role, question, outcome): int(n) for role, question, outcome, n in connection.execute(summed)})
