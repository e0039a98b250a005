"""Log lines: one JSON object each, an event's name with ids and codes; no secret, and nothing that a person wrote.

What we log ourselves is a name with ids. What anybody else says, a library's message, a warning, the text of an
exception, may hold anything: of it only the kind and the place in the source are kept.
"""

import contextlib
import json
import logging
import re
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Iterable, MutableMapping
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

from structlog.contextvars import merge_contextvars
from structlog.processors import JSONRenderer
from structlog.stdlib import ProcessorFormatter

_TOKEN = re.compile(r"\d{3,20}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_BLOT = "***"
_STANDARD = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}
_OF_STRUCTLOG = frozenset(("event", "_record", "_from_structlog", "exc_info", "stack_info"))
_OURS = ("bot", "conversations", "locales")
_QUIET = ("aiohttp", "httpx", "httpcore", "telegram", "alembic", "sqlalchemy", "asyncio", "uvicorn")

log = logging.getLogger(__name__)


def event_of(record: logging.LogRecord) -> str:
    """The event's name; what others say has none."""
    return str(record.msg) if _is_ours(record) else "library_message"


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


class Redaction:
    """Takes secrets out of a text: the known ones, as they are or encoded, and whatever looks like a bot token."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets if secret for form in (secret, quote(secret, safe=""), _escaped(secret))}
        self._secrets = sorted(forms, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, _BLOT)
        return _TOKEN.sub(_BLOT, text)


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


class JsonLines(ProcessorFormatter):
    """One line for each record, in steps of structlog's; whatever is bound to the task stands in it too."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__(
            foreign_pre_chain=[merge_contextvars],
            processors=[
                _with_fields,
                JSONRenderer(ensure_ascii=False, default=str),
                lambda _logger, _level, line: redact(str(line)),
            ],
            # The words of others are never put together: only their place is told.
            use_get_message=False,
        )


def _with_fields(_logger: Any, _level: str, bound: MutableMapping[str, Any]) -> dict[str, Any]:
    """The fields of a line. Of what is not ours only the kind and the place."""
    record: logging.LogRecord = bound["_record"]
    line: dict[str, Any] = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(record.created)),
        "level": record.levelname.lower(),
        "event": event_of(record),
        "logger": record.name,
    }
    line |= {name: value for name, value in bound.items() if name not in _OF_STRUCTLOG}
    if _is_ours(record):
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
    else:
        line["said_at"] = f"{record.filename}:{record.lineno}"
    exception = bound.get("exc_info")
    if isinstance(exception, tuple) and exception[0] is not None:
        line |= _kind_and_place(exception[0], exception[2])
    return line


def _kind_and_place(kind: type[BaseException], trace: TracebackType | None) -> dict[str, str]:
    frames = traceback.extract_tb(trace, limit=-1)
    at = {"at": f"{_file(frames[0].filename)}:{frames[0].lineno}"} if frames else {}
    return {"exception": kind.__name__, **at}


def _file(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


class _Handler(logging.StreamHandler[TextIO]):
    """A line that can't be written is lost: logging's own way would print what it was about."""

    def handleError(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(Exception):
            self.stream.write('{"level": "error", "event": "log_line_lost"}\n')


def set_up(secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send the log of this process to the stream, standard error by default, and with it all that Python itself prints:
    exceptions that nobody caught, in whatever thread, and warnings."""
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(JsonLines(Redaction(secrets)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # They have little to say below a warning, and nothing of it is shown.
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("uncaught", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if not issubclass(args.exc_type, SystemExit):
        error = args.exc_value or args.exc_type()
        log.critical("uncaught_in_thread", exc_info=(args.exc_type, error, args.exc_traceback))


def _unraisable(args: "sys.UnraisableHookArgs") -> None:
    error = args.exc_value or args.exc_type()
    log.error("uncaught_while_cleaning_up", exc_info=(args.exc_type, error, args.exc_traceback))


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    log.warning("python_warning", extra={"kind": category.__name__, "at": f"{_file(filename)}:{lineno}"})


def where(error: BaseException) -> str:
    """Where an exception was raised, without its text: that may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {place}"
