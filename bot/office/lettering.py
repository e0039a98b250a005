"""The letters of what is drawn: Source Sans, which has all Turkish ones, whatever fonts the machine has."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

FAMILY = "'Source Sans Pro', Arial, Helvetica, sans-serif"
_PACKAGE = "font_source_sans_pro"
_BOLD, _REGULAR = "SourceSansPro-Semibold.ttf", "SourceSansPro-Regular.ttf"


def font(bold: bool, size: float) -> Any:
    """The letters in this size, in pixels."""
    # Drawing is seldom, and Pillow takes its time to be imported.
    from PIL import ImageFont

    found = find_spec(_PACKAGE)
    assert found is not None  # noqa: S101
    assert found.origin is not None  # noqa: S101
    return ImageFont.truetype(Path(found.origin).parent / "files" / (_BOLD if bold else _REGULAR), size)


def cut(line: str, letters: Any, room: float) -> str:
    """The line, or as much of it as fits, with three dots."""
    if letters.getlength(line) <= room:
        return line
    while line and letters.getlength(line + "…") > room:
        line = line[:-1]
    return line.rstrip() + "…"
