"""What waits in the database, counted for whoever watches. It reads beside the writer, and holds it up in nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.schema import media_jobs, outbox, requests


@dataclass(frozen=True, slots=True)
class Sample:
    """How many requests wait in each state and since when, how many messages and since when, how many files.

    Times are seconds since 1970; 0 where nothing waits.
    """

    requests: Mapping[str, tuple[int, float]]
    messages: int
    oldest_message: float
    files: int


_REQUESTS = (
    sa.select(requests.c.state, sa.func.count(), sa.func.min(requests.c.created_at))
    .where(requests.c.state.in_(("queued", "sending", "unknown", "held")))
    .group_by(requests.c.state)
)
_MESSAGES = sa.select(sa.func.count(), sa.func.min(outbox.c.created_at)).where(outbox.c.state == "pending")
_FILES = sa.select(sa.func.count()).select_from(media_jobs)


def sample(engine: sa.Engine) -> Sample:
    """What waits now. Raises what the database raises."""
    with engine.connect() as connection, connection.execution_options(begin="BEGIN").begin():
        waiting = {state: (number, since) for state, number, since in connection.execute(_REQUESTS)}
        messages, oldest = connection.execute(_MESSAGES).one()
        return Sample(waiting, messages, oldest or 0.0, connection.scalar(_FILES) or 0)
