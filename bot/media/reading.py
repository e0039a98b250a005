"""The program that reads one picture: bytes in, JSON out, `[[text, format], ...]` or the reason why there is none.

It is started by its path and imports nothing of the bot, so that it starts quickly and holds nothing worth stealing.
"""

import contextlib
import json
import math
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO

import zxingcpp
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

MOST_MEMORY = 256 * 1024 * 1024
MOST_CPU_SECONDS = 5
MOST_PIXELS = 25_000_000
PICTURES = ("JPEG", "PNG", "WEBP")
PLUGINS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
"""Named, or the first picture would look for them on the disk."""
ORIENTATION = 0x0112

_FORMAT = zxingcpp.BarcodeFormat
NAMES = {
    _FORMAT.Code128: "Code128",
    _FORMAT.Code39: "Code39",
    _FORMAT.QRCode: "QR",
    _FORMAT.DataMatrix: "DataMatrix",
    _FORMAT.EAN13: "EAN13",
}
_BARS = [_FORMAT.Code128, _FORMAT.Code39Std, _FORMAT.EAN13]
"""Code 39 without its extension, which would read the serial "AB+C12" as "ABc12"."""
_SQUARES = [_FORMAT.QRCode, _FORMAT.DataMatrix]
BARS = zxingcpp.BarcodeFormats(_BARS)
SQUARES = zxingcpp.BarcodeFormats(_SQUARES)
ALL = zxingcpp.BarcodeFormats(_BARS + _SQUARES)
SHORTEST_BARS = 3
"""Characters: a stray edge reads as a Code 39 of one, which has no check digit."""

WORKING_SIZE = 1920
"""Pixels of the longer side: larger pictures are made smaller, which loses little and saves much."""
TURNS = (13, -13, 26, -26, 39, -39)
"""Degrees: bars are found along rows and columns only, some seven degrees to either side."""
ENLARGED = 1.5
ROWS = 8
"""Codes within an eighth of the picture's height stand beside each other."""

Code = tuple[str, str]
"""Text and format."""
Place = tuple[float, float]
"""Right and down, as parts of the picture's width and height."""
Found = tuple[Code, Place]

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class NoPicture(Exception):
    """The bytes are no picture that is read; its text is the reason."""


def read(image: bytes) -> list[Code] | str:
    """The codes as (text, format), from top to bottom, or the reason why there is none."""
    try:
        codes = _codes(_grey(image))
    except NoPicture as reason:
        return str(reason)
    except MemoryError:
        return "too-large"
    return codes or "no-code"


def _grey(image: bytes) -> Image.Image:
    """The picture upright in shades of grey; raises NoPicture."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = Image.open(BytesIO(image), formats=PICTURES)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture("too-large") from None
    except MemoryError:
        raise
    except Exception:
        raise NoPicture("not-a-picture") from None
    try:
        turn = _turn(picture)
        picture.draft("L", picture.size)
        grey = _on_white(picture)
    except MemoryError:
        raise
    except Exception:
        raise NoPicture("broken") from None
    return grey.transpose(turn) if turn is not None else grey


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """What the camera says about up and down; spoilt EXIF says nothing."""
    with contextlib.suppress(Exception):
        return UPRIGHT.get(picture.getexif().get(ORIENTATION, 1))
    return None


def _on_white(picture: Image.Image) -> Image.Image:
    picture.load()
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("L")
    whole = picture.convert("LA")
    grey, alpha = whole.getchannel("L"), whole.getchannel("A")
    white = Image.new("L", picture.size, 255)
    white.paste(grey, mask=alpha)
    return white


def _codes(grey: Image.Image) -> list[Code]:
    """Every code that any of the looks finds: none tells whether there is another one on the picture."""
    working = _scaled(grey, min(1.0, WORKING_SIZE / max(grey.size)))
    found: dict[Code, Place] = {}
    for code, place in _looks(working):
        found.setdefault(code, place)
    if not found:
        found = dict(_scan(grey if grey is not working else _scaled(grey, 2), ALL))
    return sorted(found, key=lambda code: (round(found[code][1] * ROWS), found[code][0]))


def _looks(grey: Image.Image) -> Iterator[Found]:
    """What is found as it is, with the squares enlarged, and turned."""
    yield from _scan(grey, ALL)
    yield from _scan(_scaled(grey, ENLARGED), SQUARES)
    for angle in TURNS:
        turned = grey.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=128)
        for code, place in _scan(turned, BARS):
            yield code, _turned_back(place, angle, turned.size, grey.size)


def _scan(grey: Image.Image, formats: zxingcpp.BarcodeFormats) -> Iterator[Found]:
    for code in zxingcpp.read_barcodes(
        grey,
        formats=formats,
        try_rotate=True,
        try_invert=False,
        try_downscale=False,
        binarizer=zxingcpp.Binarizer.LocalAverage,
    ):
        if len(code.text) >= (1 if code.format in _SQUARES else SHORTEST_BARS):
            corners = code.position.top_left, code.position.bottom_right
            x, y = (sum(corner.x for corner in corners) / 2, sum(corner.y for corner in corners) / 2)
            yield (code.text, NAMES[code.format]), (x / grey.width, y / grey.height)


def _turned_back(place: Place, angle: float, turned: tuple[int, int], grey: tuple[int, int]) -> Place:
    """Where a place of the turned picture is on the upright one."""
    x, y = ((part - 0.5) * length for part, length in zip(place, turned, strict=True))
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (x * cosine - y * sine) / grey[0] + 0.5, (x * sine + y * cosine) / grey[1] + 0.5


def _scaled(grey: Image.Image, factor: float) -> Image.Image:
    if factor == 1:
        return grey
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX)


def _bounded() -> None:
    """No more memory and time than a picture needs, and nothing written to a disk, where the system can say so."""
    try:
        import resource
    except ImportError:  # Windows: the caller's clock alone
        return
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    _bounded()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
