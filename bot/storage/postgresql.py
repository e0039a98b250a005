"""Connections to PostgreSQL: bounded in every wait, durable whatever the server's default, silent about values."""

from typing import Any

import sqlalchemy as sa

from bot.storage.errors import conceal, is_of_postgresql

CONNECT_WITHIN_S = 3
_OPTIONS = {
    # A commit that is acknowledged is on the disk, even where the server or the role says otherwise.
    "synchronous_commit": "on",
    "default_transaction_isolation": "read\\ committed",
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    # A client that hangs must not hold a chat.
    "idle_in_transaction_session_timeout": "15s",
    "timezone": "UTC",
}
_CONNECTION = {
    "connect_timeout": CONNECT_WITHIN_S,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    # Milliseconds: a machine that vanished is noticed while sending too.
    "tcp_user_timeout": 10_000,
    "application_name": "devreye",
    "options": " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items()),
}


def postgresql_engine(url: str) -> sa.Engine:
    """An engine for `postgresql://...`; its errors show no values, neither SQLAlchemy's nor PostgreSQL's own."""
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"),
        connect_args=_CONNECTION,
        hide_parameters=True,
        # Whether an INSERT found a conflict is told by its row count.
        execution_options={"preserve_rowcount": True},
        poolclass=sa.pool.NullPool,
    )
    sa.event.listen(engine, "handle_error", _conceal)
    return engine


def _conceal(context: Any) -> None:
    if is_of_postgresql(context.original_exception):
        told = conceal(context.original_exception)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = (told,)
