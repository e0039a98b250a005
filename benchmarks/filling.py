"""Fills a bot's database with what years would leave there: rows that the bot itself has written, copied many times.

Straight into the tables: to talk a million requests into them would take hours. What is copied was said by somebody.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.storage.schema import chats, drafts, metadata, request_serials, requests

FIRST_CHAT = 5_000_000_000
"""Far from anybody of the town."""
PIECE = 10_000

Copy = Mapping[str, sa.ColumnElement[Any]]


def fill(engine: sa.Engine, open_drafts: int, kept_requests: int) -> None:
    """Copies of the newest open draft and of the newest created request, each in a chat of its own.

    Raises LookupError where there is none to copy.
    """
    _fill(engine, drafts, drafts.c.status == "open", open_drafts, FIRST_CHAT, _draft)
    _fill(engine, requests, requests.c.state == "created", kept_requests, FIRST_CHAT + open_drafts, _request)


def _draft(number: sa.ColumnElement[int]) -> Copy:
    return {"id": _named("fill-draft-", number), "user_id": number}


def _request(number: sa.ColumnElement[int]) -> Copy:
    return {
        "key": _named("fill-key-", number),
        "code": _named("F", number),
        "draft_id": _named("fill-sent-", number),
        "user_id": number,
        "call_number": _named("", number),
    }


def _named(prefix: str, number: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    return sa.literal(prefix) + sa.cast(number, sa.String)


def _fill(engine: sa.Engine, table: sa.Table, which: sa.ColumnElement[bool], count: int, first: int, copy: Any) -> None:
    for begin in range(first, first + count, PIECE):
        end = min(begin + PIECE, first + count)
        with engine.begin() as connection:
            template = connection.execute(
                sa.select(table).where(which).order_by(table.c.created_at if table is requests else table.c.touched_at)
            ).first()
            if template is None:
                raise LookupError(table.name)
            for each, values in ((table, copy), (chats, lambda number: {"user_id": number})):
                _copy(connection, each, template.chat_id, begin, end, values, template)
            if table is requests:
                _serials(connection, begin, end)


def _numbers(begin: int, end: int) -> sa.CTE:
    numbers = sa.select(sa.literal(begin, sa.BigInteger).label("number")).cte("numbers", recursive=True)
    return numbers.union_all(sa.select(numbers.c.number + 1).where(numbers.c.number < end - 1))


def _copy(
    connection: sa.Connection, table: sa.Table, chat_id: int, begin: int, end: int, values: Any, template: Any
) -> None:
    """The row of this chat, once for each number, which is the copy's chat."""
    numbers = _numbers(begin, end)
    changed = {"chat_id": numbers.c.number, **values(numbers.c.number)}
    counted = "id" if table is requests else None
    columns = [column for column in table.columns if column.name != counted]
    rows = sa.select(*(changed.get(column.name, column) for column in columns)).select_from(
        table.join(numbers, sa.true())
    )
    key = table.c.chat_id == chat_id if table is chats else table.c.id == template.id
    connection.execute(sa.insert(table).from_select([column.name for column in columns], rows.where(key)))


def _serials(connection: sa.Connection, begin: int, end: int) -> None:
    """A serial number for each of the copied requests."""
    rows = sa.select(_named("FILL", requests.c.chat_id), requests.c.id)
    copied = rows.where(requests.c.chat_id >= begin, requests.c.chat_id < end)
    connection.execute(sa.insert(request_serials).from_select(["serial", "request_id"], copied))


def count(engine: sa.Engine) -> dict[str, int]:
    """How many rows each table has."""
    with engine.begin() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }
