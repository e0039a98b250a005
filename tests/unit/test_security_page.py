"""docs/security.md names tests that exist, and speaks of every chapter of OWASP ASVS 5.0."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_test_that_the_page_names_exists(path: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in names_in(path)


def test_every_chapter_is_spoken_of() -> None:
    headings = " ".join(re.findall(r"^## (.*)$", PAGE, re.MULTILINE))
    assert {f"V{number}" for number in range(1, 18)} <= set(re.findall(r"V\d+", headings))


def test_events_that_the_page_tells_to_watch_are_logged() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    (told,) = re.findall(r"- logged for whoever watches: (.*(?:\n  .*)*)", PAGE)
    events = re.findall(r"`(\w+)`", told)
    assert events
    assert [event for event in events if f'"{event}"' not in sources] == []
