"""A dealer's sticker, 50 by 62 mm: a QR code with the dealer's link, and whose it is. As SVG or PNG, to be printed.

Error correction Q mends a quarter of the code: a sticker on a boiler gets scratched and dirty.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

import segno

from bot.office.lettering import FAMILY, cut, font

WIDTH_MM, HEIGHT_MM = 50.0, 62.0
CODE_MM = 46.0
"""The code with the four empty modules around it that ISO/IEC 18004 asks for."""
TEXT_MM = 46.0
PNG_DPI = 600
_MM_PER_INCH = 25.4
_MARGIN_MM = (WIDTH_MM - CODE_MM) / 2
_QUIET = 4


@dataclass(frozen=True, slots=True)
class Sticker:
    """What stands on a sticker: the link that the code holds, and up to four lines below it."""

    url: str
    dealer: str
    line: str
    bot: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of text: where its foot stands, how high its letters are, in mm."""

    text: str
    size_mm: float
    foot_mm: float
    bold: bool = False


def as_svg(sticker: Sticker) -> bytes:
    """The sticker as SVG with its real size."""
    matrix = _modules(sticker.url)
    module = CODE_MM / (len(matrix) + 2 * _QUIET)
    left = _MARGIN_MM + _QUIET * module
    dark = "".join(
        f"M{left + x * module:.3f} {left + y * module:.3f}h{length * module:.3f}v{module:.3f}h-{length * module:.3f}z"
        for y, row in enumerate(matrix)
        for x, length in _dark_runs(row)
    )
    texts = "".join(_svg_text(line) for line in _lines(sticker))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_MM}mm" height="{HEIGHT_MM}mm" '
        f'viewBox="0 0 {WIDTH_MM} {HEIGHT_MM}">'
        f'<rect width="100%" height="100%" fill="#fff"/><path d="{dark}" shape-rendering="crispEdges"/>'
        f'<g text-anchor="middle" font-family="{FAMILY}">{texts}</g></svg>\n'
    ).encode()


def as_png(sticker: Sticker) -> bytes:
    """The sticker as PNG, black and white, 600 dots per inch."""
    from PIL import Image, ImageDraw

    matrix = _modules(sticker.url)
    # Whole pixels for each module, or some would be wider than others.
    module = _pixels(CODE_MM) // (len(matrix) + 2 * _QUIET)
    image = Image.new("L", (_pixels(WIDTH_MM), _pixels(HEIGHT_MM)), 255)
    draw = ImageDraw.Draw(image)
    left = (image.width - module * len(matrix)) // 2
    top = _pixels(_MARGIN_MM) + _QUIET * module
    for y, row in enumerate(matrix):
        for x, length in _dark_runs(row):
            at = (left + x * module, top + y * module)
            draw.rectangle((*at, at[0] + length * module - 1, at[1] + module - 1), fill=0)
    for line in _lines(sticker):
        letters = font(line.bold, _pixels(line.size_mm))
        draw.text((image.width / 2, _pixels(line.foot_mm)), line.text, font=letters, fill=0, anchor="ms")
    file = io.BytesIO()
    image.convert("1", dither=Image.Dither.NONE).save(file, "PNG", dpi=(PNG_DPI, PNG_DPI), optimize=True)
    return file.getvalue()


def _dark_runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is: printers show hairlines between single ones."""
    at = 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield at, length
        at += length


def _modules(url: str) -> Sequence[Sequence[int]]:
    return segno.make(url, error="q", micro=False, boost_error=False).matrix


def _lines(sticker: Sticker) -> list[_Line]:
    """The texts below the code: the dealer in one line or two, what to do, and the bot."""
    first = 49.4
    dealer = _wrapped(sticker.dealer, 3.6, bold=True, most=2)
    lines = [_Line(text, 3.6, first + 3.6 * number, bold=True) for number, text in enumerate(dealer)]
    below = first + 3.6 * (len(dealer) - 1)
    for number, text in enumerate((sticker.line, "@" + sticker.bot)):
        lines += [
            _Line(fitting, 2.8, below + 3.8 + 3.4 * number) for fitting in _wrapped(text, 2.8, bold=False, most=1)
        ]
    return lines


def _wrapped(text: str, size_mm: float, *, bold: bool, most: int) -> list[str]:
    """The text in at most so many lines that fit; what is too long ends with three dots."""
    letters = font(bold, 100)
    room = TEXT_MM / size_mm * 100
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or letters.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    fitting = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(line, letters, room) for line in fitting if line]


def _svg_text(line: _Line) -> str:
    """One line; its width is given, since another font may be wider than the one that was measured."""
    width = font(line.bold, 100).getlength(line.text) * line.size_mm / 100
    weight = ' font-weight="600"' if line.bold else ""
    return (
        f'<text x="{WIDTH_MM / 2}" y="{line.foot_mm:.2f}" font-size="{line.size_mm}"{weight} '
        f'textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs">{escape(line.text)}</text>'
    )


def _pixels(millimetres: float) -> int:
    return round(millimetres / _MM_PER_INCH * PNG_DPI)
