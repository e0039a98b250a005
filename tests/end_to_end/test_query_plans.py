"""However much is kept, an update costs the same: no statement of a whole conversation reads a whole table."""

import asyncio
import os
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks.conversation import UPDATES
from benchmarks.delivery import PATH, ByWebhook, Post
from benchmarks.house import SECRET, TICKET, House, Outside
from benchmarks.people import WHOLE, Town
from benchmarks.telegram import TOKEN
from bot.app import App
from bot.settings import load_settings
from bot.storage.schema import metadata
from tests.ports import free_port

LARGE = frozenset(metadata.tables) - {"meta", "media_jobs", "offered_imports"}
"""Tables that grow: not what is true of the whole bot, nor files that are still to be read."""
PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")


@pytest.fixture
def statements() -> Iterator[Counter[str]]:
    """Every statement that SQLite runs meanwhile, on whatever connection, with its values as question marks."""
    found: Counter[str] = Counter()

    def keep(statement: str) -> None:
        found[re.sub(r"'(?:[^']|'')*'|\b\d[\d.eE+]*\b", "?", statement)] += 1

    def listen(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(keep)

    sa.event.listen(sa.Engine, "connect", listen)
    yield found
    sa.event.remove(sa.Engine, "connect", listen)


async def whole_conversations(folder: Path, people: int) -> None:
    """Some people at once, each from /start to the call number, the workers included."""
    town = Town(WHOLE, people, TICKET)
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}"
    outside = Outside(town, url)
    await outside.open()
    settings = load_settings(
        None,
        bot_token=TOKEN,
        bot_api_url=outside.bot_api_url,
        licrus_url=outside.licrus_url,
        licrus_auth_ticket=TICKET,
        environment="test",
        webhook_url=url,
        webhook_secret=SECRET,
        webhook_port=port,
        database_url=f"sqlite:///{folder / 'devreye.db'}",
        rate_per_chat_per_s=1000,
        rate_chat_burst=1000,
        rate_per_s=10_000,
    )
    app = App(settings)
    delivery = ByWebhook(outside.telegram, town, [port], SECRET)
    await app.start()
    try:
        await delivery.open(time.monotonic() + 10)
        await House(town, Post(town, delivery), delivery, outside.telegram, [os.getpid()], []).saturate(
            30, most=people * UPDATES
        )
        town.give_up()
        assert not town.failures, town.examples
        assert town.done
    finally:
        delivery.close()
        await app.stop()
        outside.close()


def whole_tables(connection: sqlite3.Connection, statements: Iterable[str]) -> list[str]:
    """Each step of these statements that reads a large table from end to end, and its statement."""
    found = []
    for statement in sorted(statements):
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?"))
        for _, _, _, step in steps.fetchall():
            scanned = re.match(r"SCAN (\w+)", step)
            if scanned and scanned[1] in LARGE:
                found.append(f"{step}: {statement}")
    return found


def test_no_statement_of_a_conversation_reads_a_whole_table(tmp_path: Path, statements: Counter[str]) -> None:
    asyncio.run(whole_conversations(tmp_path, 4))
    # What ran once belongs to the start, or is what is looked for once a day.
    again = [each for each, times in statements.items() if times > 1 and each.lstrip().upper().startswith(PLANNED)]
    assert len(again) > 30
    # A statement that is kept for the next time keeps its old plan too.
    connection = sqlite3.connect(tmp_path / "devreye.db", cached_statements=0)
    try:
        assert whole_tables(connection, again) == []
        connection.execute("DROP INDEX ix_outbox_state_chat_id_id")
        assert whole_tables(connection, again) != []
    finally:
        connection.close()
