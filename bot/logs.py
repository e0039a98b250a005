"""Log lines: one JSON object each, an event's name with ids and codes; the token and the ticket are blotted out."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
_BLOT = "***"
_STANDARD = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "taskName"}
_QUIET = ("httpx", "httpcore", "telegram", "alembic", "sqlalchemy", "asyncio")


class Redaction:
    """Takes secrets out of a text: the known ones, and whatever looks like a bot token."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, _BLOT)
        return _TOKEN.sub(_BLOT, text)


class JsonLines(logging.Formatter):
    """One line for each record. An exception is reduced to its kind and place: its text may hold anything."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S%z")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The line, redacted as a whole."""
        line: dict[str, Any] = {
            "time": self.formatTime(record, self.datefmt),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
        }
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            if trace is not None:
                line["at"] = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        return self._redact(json.dumps(line, ensure_ascii=False, default=str))


def set_up(secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send the log of this process to the stream, standard error by default."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(Redaction(secrets)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # Their INFO lines hold URLs, and Telegram's URLs hold the token.
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
