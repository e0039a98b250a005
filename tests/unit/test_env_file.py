"""`.env` is changed line by line: a value is read as it was written, and everything else stays."""

import io
import os
import string
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot.settings.env_file import NotWritable, updated, write

NAMES = ("BOT_TOKEN", "LICRUS_URL", "SUPPORT_CONTACT")
VALUES = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).filter(
    lambda text: "${" not in text
)
LINES = st.lists(
    st.sampled_from(["# bir not", "", "DIGER=1", "export BASKA='iki kelime'", 'COK="iki\nsatir"', "bozuk satir ="])
)


@given(before=LINES, values=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3))
def test_a_value_is_read_as_it_was_written_or_refused(before: list[str], values: dict[str, str]) -> None:
    values = {name: value.strip() for name, value in values.items()}
    text = "\n".join(before)
    others = dotenv_values(stream=io.StringIO(text))
    # What looks like a variable is the other test's.
    whole = updated(text, values)
    read = dotenv_values(stream=io.StringIO(whole))
    assert {name: read.get(name) or "" for name in values} == values
    assert {name: value for name, value in read.items() if name not in values} == others
    assert updated(whole, values) == whole


def test_a_line_is_replaced_where_it_stands_and_an_empty_value_takes_it_out() -> None:
    text = "# not\nBOT_TOKEN=1:eski\nbot_token=2:eski\nDIGER=1\nLICRUS_URL=x # burada\n"
    assert updated(text, {"BOT_TOKEN": "1:a'b\\c", "LICRUS_URL": ""}) == "# not\nBOT_TOKEN='1:a\\'b\\\\c'\nDIGER=1\n"


def test_what_would_be_read_as_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/root")
    with pytest.raises(NotWritable) as caught:
        updated("", {"SUPPORT_CONTACT": "${HOME}"})
    assert caught.value.name == "SUPPORT_CONTACT"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / ".env").symlink_to(tmp_path / "real" / "settings")
    write(tmp_path / ".env", string.ascii_letters)
    assert os.path.islink(tmp_path / ".env")
    assert (tmp_path / "real" / "settings").read_text() == string.ascii_letters
