"""Bars of numbers, drawn once and given as SVG or PNG. A chart is rectangles and texts: nothing more is needed here.

What a bar says stands beside it in figures, so that nobody has to tell the colours apart.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from bot.office.lettering import FAMILY, cut, font

WIDTH = 760.0
SCALE = 2
"""Pixels of the PNG for each of the drawing's: it is put into presentations."""
_MARGIN, _SIZE, _TITLE_SIZE = 16.0, 13.0, 17.0
_LABELS, _FIGURES = 220.0, 150.0
_ROW, _BAR = 24.0, 15.0
_COLUMNS_HIGH = 180.0
_MOST_DATES = 12
_INK, _FAINT, _LINE = "#1f2933", "#616e7c", "#cbd2d9"


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of what is counted: what it is called, and its colour as #rrggbb."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its label, a number for each series, the figures beside it, and whether it is the one to look at."""

    label: str
    numbers: tuple[int, ...]
    figures: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Rectangle:
    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class _Text:
    left: float
    foot: float
    text: str
    size: float = _SIZE
    bold: bool = False
    colour: str = _INK
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and what it says to whoever does not see it."""

    title: str
    height: float
    shapes: tuple[_Rectangle | _Text, ...]


def bars(title: str, series: Sequence[Series], rows: Sequence[Row]) -> Chart:
    """One lying bar for each row, in parts for each series, all to one scale."""
    shapes: list[_Rectangle | _Text] = list(_head(title, series))
    top = _below_head(series)
    most = max((sum(row.numbers) for row in rows), default=0) or 1
    room = WIDTH - 2 * _MARGIN - _LABELS - _FIGURES
    letters = {bold: font(bold, 100) for bold in (False, True)}
    for number, row in enumerate(rows):
        foot = top + number * _ROW + _ROW / 2 + _SIZE / 3
        label = cut(row.label, letters[row.marked], (_LABELS - 10) / _SIZE * 100)
        shapes.append(_Text(_MARGIN + _LABELS - 10, foot, label, bold=row.marked, anchor="end"))
        left = _MARGIN + _LABELS
        for part, kind in zip(row.numbers, series, strict=True):
            width = room * part / most
            if width:
                shapes.append(_Rectangle(left, top + number * _ROW + (_ROW - _BAR) / 2, width, _BAR, kind.colour))
            left += width
        figures = cut(row.figures or str(sum(row.numbers)), letters[row.marked], (_FIGURES - 8) / _SIZE * 100)
        shapes.append(_Text(left + 8, foot, figures, bold=row.marked))
    return Chart(title, top + len(rows) * _ROW + _MARGIN, tuple(shapes))


def columns(title: str, series: Sequence[Series], rows: Sequence[Row]) -> Chart:
    """One standing bar for each row, side by side, for days; as many labels as there is room for."""
    shapes: list[_Rectangle | _Text] = list(_head(title, series))
    top = _below_head(series)
    most = max((sum(row.numbers) for row in rows), default=0) or 1
    ground = top + _SIZE + _COLUMNS_HIGH
    room = WIDTH - 2 * _MARGIN
    step = room / max(len(rows), 1)
    every = max(-(-len(rows) // _MOST_DATES), 1)
    shapes.append(_Rectangle(_MARGIN, ground, room, 1, _LINE))
    for number, row in enumerate(rows):
        left, foot = _MARGIN + number * step, ground
        for part, kind in zip(row.numbers, series, strict=True):
            height = _COLUMNS_HIGH * part / most
            foot -= height
            if height:
                shapes.append(_Rectangle(left + step * 0.1, foot, step * 0.8, height, kind.colour))
        middle = left + step / 2
        if sum(row.numbers) and len(rows) <= 3 * _MOST_DATES:
            shapes.append(_Text(middle, foot - 4, str(sum(row.numbers)), size=11, anchor="middle"))
        if number % every == 0:
            shapes.append(_Text(middle, ground + 17, row.label, size=11, colour=_FAINT, anchor="middle"))
    return Chart(title, ground + 26 + _MARGIN / 2, tuple(shapes))


def _below_head(series: Sequence[Series]) -> float:
    return _MARGIN + _TITLE_SIZE + 10 + (26 if len(series) > 1 else 4)


def _head(title: str, series: Sequence[Series]) -> Iterator[_Rectangle | _Text]:
    yield _Text(_MARGIN, _MARGIN + _TITLE_SIZE, title, size=_TITLE_SIZE, bold=True)
    if len(series) < 2:
        return
    letters, left, foot = font(False, 100), _MARGIN, _MARGIN + _TITLE_SIZE + 24
    for kind in series:
        yield _Rectangle(left, foot - 10, 11, 11, kind.colour)
        yield _Text(left + 16, foot, kind.name, colour=_FAINT)
        left += 16 + letters.getlength(kind.name) * _SIZE / 100 + 18


def as_svg(chart: Chart) -> str:
    """The chart as an SVG element, which is a file of its own too."""
    drawn = "".join(_svg(shape) for shape in chart.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH:g}" height="{chart.height:g}" '
        f'viewBox="0 0 {WIDTH:g} {chart.height:g}" font-family="{FAMILY}"><title>{escape(chart.title)}</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>'
    )


def _svg(shape: _Rectangle | _Text) -> str:
    match shape:
        case _Rectangle():
            return (
                f'<rect x="{shape.left:.1f}" y="{shape.top:.1f}" width="{shape.width:.1f}" '
                f'height="{shape.height:.1f}" fill="{shape.colour}"/>'
            )
        case _Text():
            weight = ' font-weight="600"' if shape.bold else ""
            return (
                f'<text x="{shape.left:.1f}" y="{shape.foot:.1f}" font-size="{shape.size:g}" fill="{shape.colour}" '
                f'text-anchor="{shape.anchor}"{weight}>{escape(shape.text)}</text>'
            )


def as_png(chart: Chart) -> bytes:
    """The chart as PNG, twice as large."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (round(WIDTH * SCALE), round(chart.height * SCALE)), "#fff")
    draw = ImageDraw.Draw(image)
    anchors = {"start": "ls", "middle": "ms", "end": "rs"}
    for shape in chart.shapes:
        match shape:
            case _Rectangle():
                left, top = round(shape.left * SCALE), round(shape.top * SCALE)
                right = round((shape.left + shape.width) * SCALE)
                foot = round((shape.top + shape.height) * SCALE)
                if right > left and foot > top:
                    draw.rectangle((left, top, right - 1, foot - 1), fill=shape.colour)
            case _Text():
                at = (shape.left * SCALE, shape.foot * SCALE)
                letters = font(shape.bold, shape.size * SCALE)
                draw.text(at, shape.text, font=letters, fill=shape.colour, anchor=anchors[shape.anchor])
    file = io.BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()
