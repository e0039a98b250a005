"""Pictures of labels, drawn for transcripts: barcodes and QR codes of given texts under each other."""

import io
from collections.abc import Sequence
from typing import Any, cast

import zxingcpp
from PIL import Image

SCALE = 4  # pixels a module
MARGIN = 40

SYMBOLS = {
    "Code128": zxingcpp.BarcodeFormat.Code128,
    "Code39": zxingcpp.BarcodeFormat.Code39,
    "QR": zxingcpp.BarcodeFormat.QRCode,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
    "EAN13": zxingcpp.BarcodeFormat.EAN13,
}
"""The symbologies by the names that a transcript writes; the first is taken where it names none."""


def draw_label(codes: Sequence[str]) -> bytes:
    """A PNG of these codes ("99958", "QR: https://..."), an empty label for none. Raises ValueError."""
    drawn = [_drawn(code) for code in codes]
    width = max((image.width for image in drawn), default=400) + 2 * MARGIN
    height = sum(image.height + MARGIN for image in drawn) + (200 if not drawn else 0) + MARGIN
    label = Image.new("L", (width, height), 255)
    top = MARGIN
    for image in drawn:
        label.paste(image, (MARGIN, top))
        top += image.height + MARGIN
    file = io.BytesIO()
    label.save(file, "PNG")
    return file.getvalue()


def _drawn(code: str) -> Image.Image:
    name, colon, text = code.partition(":")
    if not colon or name not in SYMBOLS:
        name, text = next(iter(SYMBOLS)), code
    pixels = memoryview(cast(Any, zxingcpp.create_barcode(text.strip(), SYMBOLS[name]).to_image(scale=SCALE)))
    height, width = pixels.shape or (0, 0)
    return Image.frombytes("L", (width, height), bytes(pixels))
