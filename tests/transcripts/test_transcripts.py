"""Every golden conversation, held once as it is written and once with the bot restarted between two messages.

Here between every third two, others in each conversation; between any two with DEVREYE_EVERY_RESTART=1 (`make
restarts`).
"""

import asyncio
import os
from collections.abc import Container
from pathlib import Path

import pytest

from bot.commands.sandboxing import play_transcript
from bot.sandbox.player import Differs
from bot.sandbox.transcripts import PACKAGED, read_transcript
from tests.databases import storage_settings

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.txt"))


EVERY = 1 if os.environ.get("DEVREYE_EVERY_RESTART") else 3
MOST = 1000
"""Messages of a conversation."""


def hold(path: Path, folder: Path, restarts: Container[int] = ()) -> None:
    try:
        asyncio.run(play_transcript(read_transcript(path), restarts=restarts, more=storage_settings(folder)))
    except Differs as difference:
        pytest.fail(str(difference), pytrace=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, tmp_path: Path) -> None:
    hold(path, tmp_path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_restart_between_any_two_messages_changes_nothing(path: Path, tmp_path: Path) -> None:
    hold(path, tmp_path, range(FILES.index(path) % EVERY, MOST, EVERY))


def test_there_are_conversations_and_some_of_them_ship_in_the_package() -> None:
    assert FILES
    packaged = sorted(PACKAGED.glob("*.txt"))
    assert packaged
    for path in packaged:
        assert path.read_bytes() == (HERE / path.name).read_bytes(), path.name
