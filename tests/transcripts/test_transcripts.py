"""Every golden conversation, held once as it is written and once with the bot restarted between any two messages."""

import asyncio
from pathlib import Path

import pytest

from bot.commands.sandboxing import play_transcript
from bot.sandbox.player import Differs
from bot.sandbox.transcripts import PACKAGED, read_transcript
from tests.databases import storage_settings

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.txt"))


def hold(path: Path, folder: Path, *, interrupt: bool) -> None:
    try:
        asyncio.run(play_transcript(read_transcript(path), interrupt=interrupt, more=storage_settings(folder)))
    except Differs as difference:
        pytest.fail(str(difference), pytrace=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, tmp_path: Path) -> None:
    hold(path, tmp_path, interrupt=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_restart_between_any_two_messages_changes_nothing(path: Path, tmp_path: Path) -> None:
    hold(path, tmp_path, interrupt=True)


def test_there_are_conversations_and_some_of_them_ship_in_the_package() -> None:
    assert FILES
    packaged = sorted(PACKAGED.glob("*.txt"))
    assert packaged
    for path in packaged:
        assert path.read_bytes() == (HERE / path.name).read_bytes(), path.name
