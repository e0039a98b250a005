"""A log line holds an event's name with ids; what anybody else says is reduced to its kind and place."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from structlog.contextvars import bound_contextvars

from bot.logs import JsonLines, Redaction, _Handler

SECRET = 'a "secret" \\ with ü'
TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = _Handler(stream)
    handler.setFormatter(JsonLines(Redaction([SECRET])))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "form",
    [SECRET, quote(SECRET, safe=""), json.dumps(SECRET, ensure_ascii=False)[1:-1], TOKEN, quote(TOKEN, safe="")],
)
def test_a_secret_is_blotted_out_in_whatever_form(form: str) -> None:
    assert Redaction([SECRET])(f"before {form} behind") == "before *** behind"


def test_our_own_lines_hold_their_fields_without_the_secrets(stream: io.StringIO) -> None:
    logging.getLogger("bot.intake").error("update_failed", extra={"update_id": 7, "error": SECRET})
    (line,) = lines(stream)
    assert (line["event"], line["update_id"], line["error"]) == ("update_failed", 7, "***")


def test_a_librarys_words_are_not_kept_but_its_place_is(stream: io.StringIO) -> None:
    logging.getLogger("some.library").error("said %s", "Ayşe", extra={"name_of_person": "Ayşe"}, stack_info=True)
    (line,) = lines(stream)
    assert (line["event"], line["logger"]) == ("library_message", "some.library")
    assert line["said_at"].startswith("test_logs.py:")
    assert "Ayşe" not in stream.getvalue()
    assert set(line) == {"time", "level", "event", "logger", "said_at"}


def test_an_exception_is_its_kind_and_where_it_was_raised(stream: io.StringIO) -> None:
    try:
        raise ValueError("Ayşe")
    except ValueError:
        logging.getLogger("bot").exception("failed")
    (line,) = lines(stream)
    assert line["exception"] == "ValueError"
    assert line["at"].startswith("test_logs.py:")
    assert "Ayşe" not in stream.getvalue()


def test_a_line_that_cannot_be_written_says_nothing_of_what_it_was_about(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    class Clumsy:
        def __str__(self) -> str:
            raise RuntimeError("Ayşe")

    logging.getLogger("bot").error("event", extra={"value": Clumsy()})
    assert lines(stream) == [{"level": "error", "event": "log_line_lost"}]
    assert "Ayşe" not in capsys.readouterr().err


def test_what_is_bound_to_a_task_stands_in_its_lines_and_in_no_others(stream: io.StringIO) -> None:
    async def handle(update_id: int) -> None:
        with bound_contextvars(update_id=update_id):
            await asyncio.sleep(0)
            logging.getLogger("bot.telegram").warning("polling_failed")
            logging.getLogger("some.library").warning("said %s", "Ayşe")

    async def work() -> None:
        await asyncio.gather(handle(1), handle(2))
        logging.getLogger("bot").warning("stopped")

    asyncio.run(work())
    found = [(line["event"], line.get("update_id")) for line in lines(stream)]
    assert sorted(found[:4]) == [(event, n) for event in ("library_message", "polling_failed") for n in (1, 2)]
    assert found[4:] == [("stopped", None)]


def test_a_bound_secret_is_blotted_out_too(stream: io.StringIO) -> None:
    with bound_contextvars(update_id=SECRET):
        logging.getLogger("bot").warning("stopped")
    assert [line["update_id"] for line in lines(stream)] == ["***"]
