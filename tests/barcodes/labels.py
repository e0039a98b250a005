"""Draws codes as a printer would: black on white with a quiet zone, a whole number of pixels for each module."""

import io
from typing import Any

import zxingcpp
from PIL import Image

FORMATS = {
    "Code128": zxingcpp.BarcodeFormat.Code128,
    "Code39": zxingcpp.BarcodeFormat.Code39,
    "QR": zxingcpp.BarcodeFormat.QRCode,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
    "EAN13": zxingcpp.BarcodeFormat.EAN13,
    "Aztec": zxingcpp.BarcodeFormat.Aztec,
}


def drawn(text: str, form: str, scale: int = 3, **options: Any) -> Image.Image:
    """The code in shades of grey, `scale` pixels for each module; `options` are those of zxingcpp.create_barcode."""
    code = zxingcpp.create_barcode(text, FORMATS[form], **options)
    rows = memoryview(zxingcpp.write_barcode_to_image(code, scale=scale, add_quiet_zones=True))  # type: ignore[arg-type]
    height, width = rows.shape or (0, 0)
    return Image.frombytes("L", (width, height), rows.tobytes())


def page(*codes: Image.Image, size: tuple[int, int] = (1280, 960)) -> Image.Image:
    """The codes one below the other on light grey."""
    paper = Image.new("L", size, 220)
    top = 40
    for code in codes:
        paper.paste(code, (60, top))
        top += code.height + 40
    return paper


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """The picture's file."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()
