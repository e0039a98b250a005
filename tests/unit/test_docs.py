"""What the pages name exists: commands and their options, settings, files."""

import argparse
import importlib
import re
from functools import cache
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
SETTING = re.compile(r"`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`")
NOT_OURS = {"POSTGRES_PASSWORD"}
"""What stands in a page like a setting and is another program's."""


@cache
def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="devreye")
    subparsers = whole.add_subparsers()
    for module in {module for _, module in COMMANDS.values()}:
        importlib.import_module(module).add_parsers(subparsers)
    return whole


def options_of(path: list[str]) -> set[str]:
    """The options of the command that these words name; a word that is no command ends it."""
    here, found = parser(), set[str]()
    for depth, word in enumerate(path):
        actions = [action for action in here._actions if isinstance(action, argparse._SubParsersAction)]
        if not actions:
            break
        if word not in actions[0].choices:
            assert depth, word
            break
        here = actions[0].choices[word]
        found |= {option for action in here._actions for option in action.option_strings}
    return found


def commands_in(text: str) -> list[list[str]]:
    """The words after each `devreye` of a code span or block."""
    code = re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
    lines = [line for span in code for line in span.strip("`").splitlines()]
    calls = [match[1] for line in lines for match in re.finditer(r"(?:^|[\s/&;|])devreye ([a-z][^#&|;]*)", line)]
    return [call.split() for call in calls]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    for words in commands_in(page.read_text(encoding="utf-8")):
        options = options_of(words)
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= options | {"--version"}, " ".join(words)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md", "docs/office.md", "docs/privacy.md"])
def test_every_setting_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    known = {name.upper() for name in Settings.model_fields}
    for name in SETTING.findall(text):
        assert name.removesuffix("_FILE") in known or name in known | NOT_OURS, name


def test_each_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name.partition("-")[0] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == sorted(set(numbers))
