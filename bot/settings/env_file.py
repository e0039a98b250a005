"""The file `.env`: changed in place, with what else stands in it, and never half written."""

import contextlib
import io
import os
import re
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

ONLY_OWNER = 0o600
_EMPTY_LINES = re.compile(r"(?:[^\S\n]*\n)*")


class NotWritable(ValueError):
    """`name`'s value can't be written so that it is read as it was meant."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def updated(text: str, values: Mapping[str, str]) -> str:
    """The text of a `.env` with these values in it, by upper-case name; "" takes a line out. Raises NotWritable.

    Comments, other names and their order stay as they are.
    """
    left = dict(values)
    parts = []
    for binding in parse_stream(io.StringIO(text)):
        name = (binding.key or "").upper()
        if name not in values:
            parts.append(binding.original.string)
        elif (value := left.pop(name, "")) != "":
            # The empty lines before it belong to it.
            parts.append(_empty_lines(binding.original.string) + _line(name, value))
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")
    parts += [_line(name, value) for name, value in left.items() if value]
    whole = "".join(parts)
    read = {name.upper(): value for name, value in dotenv_values(stream=io.StringIO(whole)).items()}
    for name, value in values.items():
        if (read.get(name) or "") != value:
            raise NotWritable(name)
    return whole


def _empty_lines(text: str) -> str:
    found = _EMPTY_LINES.match(text)
    return found[0] if found else ""


def _line(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{escaped}'\n"


def write(path: Path, text: str) -> None:
    """Put the text there, for its owner alone: either the old file is there, or the new one whole. Raises OSError."""
    path = Path(os.path.realpath(path))
    new = path.with_name(f"{path.name}.new")
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            new.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
