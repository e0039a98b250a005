"""docs/messages.md tells what the golden conversations cost, and none costs more than it may."""

import pytest

from bot.sandbox.transcripts import read_transcript
from tests.messages import HERE, PAGE, PLAIN, ROWS, Row, counted, of, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make messages writes it anew"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_request_costs_no_more_than_it_may(row: Row) -> None:
    actions, typed = of(row)
    assert 0 < typed <= actions <= row.most < PLAIN


def test_only_what_belongs_to_the_request_is_counted() -> None:
    first, second = counted(read_transcript(HERE / "messages-returning-dealer-pasted.txt"))
    assert first[0].written.endswith("/start")
    assert second[0].written.endswith("[Yeni talep]")
    assert len(first) == 15


def test_a_conversation_without_a_call_holds_no_request() -> None:
    assert counted(read_transcript(HERE / "profile.txt")) == []
