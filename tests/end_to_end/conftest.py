"""Commands of the office, run in this process on the database of the test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import main, office
from tests.databases import storage_settings
from tests.killed_commands import SETTINGS, Run


@pytest.fixture
def run_devreye(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command on the database of this test: its exit code, what it said, and what it said of trouble."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    before = os.umask(0o022)
    for name, value in {**SETTINGS, **storage_settings(tmp_path)}.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    os.umask(before)
