"""The program that reads one picture: bytes in, JSON out, `[[text, format], ...]` or the reason why there is none.

It is started by its path and imports nothing of the bot, so that it starts quickly and holds nothing worth stealing.
"""

import contextlib
import json
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

FORMATS = {
    zxingcpp.BarcodeFormat.Code128: "Code128",
    # The plain one alone: the extended one would read the serial "AB+C12" as "ABc12".
    zxingcpp.BarcodeFormat.Code39Std: "Code39",
    zxingcpp.BarcodeFormat.QRCode: "QR",
    zxingcpp.BarcodeFormat.DataMatrix: "DataMatrix",
    zxingcpp.BarcodeFormat.EAN13: "EAN13",
}
READ = zxingcpp.BarcodeFormats(list(FORMATS))
NAMES = {**FORMATS, zxingcpp.BarcodeFormat.Code39: "Code39"}
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


def read(image: bytes) -> list[tuple[str, str]] | str:
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


def _codes(grey: Image.Image) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for angle in (0, 12, -12):
        for text, form, place in _scan(grey, angle):
            found.setdefault((text, form), place)
    if not found:
        for text, form, place in _scan(grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC), 0):
            found.setdefault((text, form), place)
    return sorted(found, key=lambda code: found[code])


def _scan(grey: Image.Image, angle: float) -> Iterator[tuple[str, str, tuple[float, float]]]:
    turned = grey.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=128) if angle else grey
    for code in zxingcpp.read_barcodes(
        turned,
        formats=READ,
        try_rotate=True,
        try_invert=False,
        try_downscale=False,
        binarizer=zxingcpp.Binarizer.LocalAverage,
    ):
        if code.text:
            corner = code.position.top_left
            yield code.text, NAMES[code.format], (corner.y, corner.x)


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
