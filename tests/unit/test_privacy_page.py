"""docs/privacy.md tells of every column of every table what it is for and how long it is kept."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.settings.declarations import Settings
from bot.storage.schema import metadata

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
CHAPTERS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
ROW = re.compile(r"^\| (`.*?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_table_has_a_chapter_and_every_chapter_a_table() -> None:
    assert sorted(CHAPTERS) == sorted(metadata.tables)


@pytest.mark.parametrize("table", metadata.tables.values(), ids=lambda table: str(table.name))
def test_every_column_is_told_with_its_purpose_and_its_time_and_none_that_is_gone(table: sa.Table) -> None:
    columns = [column.name for column in table.columns]
    rows = ROW.findall(CHAPTERS.get(table.name, ""))
    assert all(text.strip(" -") for row in rows for text in row)
    told = [column for row in rows for column in re.findall(r"`(\w+)`", row[0])]
    assert sorted(told) == sorted(columns)


def test_settings_that_the_page_names_exist() -> None:
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", PAGE))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}
