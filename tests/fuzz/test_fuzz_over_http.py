"""The same people before the whole bot and over real HTTP: few updates, for what a function called directly hides."""

import asyncio
import os
import random
import time
from pathlib import Path
from typing import Any

from bot.app import App
from tests.end_to_end.test_webhook import Line, running
from tests.fuzz.oracle import expected
from tests.fuzz.people import Person
from tests.fuzz.rounds import BOUND_S

SEED = int(os.environ.get("DEVREYE_SEED", "1"))
UPDATES = 200
ROOM = {"RATE_PER_CHAT_PER_S": "1000", "RATE_CHAT_BURST": "1000", "RATE_PER_S": "1000"}


def test_whatever_comes_over_http_is_answered(tmp_path: Path) -> None:
    async def work() -> None:
        async with running(tmp_path, **ROOM) as (line, app):
            await _converse(line, app)

    asyncio.run(work())


async def _converse(line: Line, app: App) -> None:
    person = Person(random.Random(SEED), line.chat_id)
    known: set[Any] = set()
    slow = 0
    for number in range(1, UPDATES + 1):
        _, body = person.next_update(10_000 + number, int(time.time()))
        wanted = expected(body)
        before, began = len(await line.said()), time.perf_counter()
        answer = await line.post(body)
        slow += time.perf_counter() - began > BOUND_S
        told = f"seed {SEED}, update {number}: {body!r}"
        assert answer.status_code == 200, told
        if answer.content:
            person.hear(answer.json())
        elif wanted.verdict == "answer" and wanted.chat_id == line.chat_id and wanted.update_id not in known:
            await line.heard(before + 1)
        known.add(wanted.update_id)
    # One slow update is the machine's: the long form tells computing from waiting.
    assert slow <= UPDATES * 0.05
    assert not app.failed.is_set()
