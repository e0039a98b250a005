"""What a report counts: requests and questions, without the people whom they are about."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from bot.days import Period
from bot.storage.funnel_queries import Counts, counted, kept_counts
from bot.storage.queries import DAY_S, draft_from
from bot.storage.schema import drafts, requests

READ_AT_ONCE = 500
LEFT_AFTER_S = DAY_S
"""Whoever has not touched an open draft for so long is taken to have left it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a report knows of one request; texts are "" where they were erased, times are seconds since 1970.

    `begun_at` is None where nobody noted it, and for a request that was corrected and sent once more: from start to
    confirmation took what the first one did.
    """

    created_at: float
    begun_at: float | None
    state: str
    dealer: str
    province: str
    product: str


def sent_in(connection: sa.Connection, period: Period) -> Iterator[Sent]:
    """The requests that were confirmed on these days, in their order."""
    earlier = requests.alias("earlier")
    is_first = ~sa.exists().where(earlier.c.draft_id == requests.c.draft_id, earlier.c.id < requests.c.id)
    wanted = (
        sa.select(
            requests.c.created_at,
            sa.case((is_first, requests.c.begun_at)).label("begun_at"),
            requests.c.state,
            requests.c.body,
        )
        .where(requests.c.created_at >= period.since, requests.c.created_at < period.until)
        .order_by(requests.c.id)
    )
    for row in connection.execute(wanted.execution_options(yield_per=READ_AT_ONCE)):
        body = json.loads(row.body)
        dealer, province, product = (
            str(body.get(name) or "") for name in ("DealerCompanyName", "CustomerCity", "ProductNameList")
        )
        yield Sent(row.created_at, row.begun_at, row.state, dealer, province, product)


def funnel_of(connection: sa.Connection, period: Period, now: float) -> Counts:
    """What came of the questions of all drafts that were begun on these days, erased or not."""
    counts = kept_counts(connection, period)
    begun = sa.func.coalesce(drafts.c.begun_at, drafts.c.touched_at)
    columns = (drafts.c.data, drafts.c.status, drafts.c.touched_at)
    still_there = sa.select(*columns).where(begun >= period.since, begun < period.until)
    for data, status, touched_at in connection.execute(still_there.execution_options(yield_per=READ_AT_ONCE)):
        over = status == "cancelled" or touched_at < now - LEFT_AFTER_S
        counts.update(counted(draft_from(data), over=over))
    return counts
