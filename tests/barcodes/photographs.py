"""Draws photographs of labels as people take them: turned, tilted, blurred, badly lit, noisy, pressed by Telegram.

A label is printed at eight pixels a module and seen by a camera that tilts; each of its pixels collects the light of
four points, then comes all that a lens, a sensor and a messenger do. Everything is drawn from one seed.
"""

import io
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.barcodes.labels import drawn

FORMS = ("Code128", "Code39", "QR", "DataMatrix")
MODULE_SIZES = (2.5, 3.0, 3.5, 4.5, 6.0)
"""Pixels for each module in the finished photograph, at the middle of the sheet; a tilt makes its far side smaller."""
SIZES = ((1280, 960), (960, 1280), (1280, 720))
JPEG_QUALITY = 60
_PRINTED = 8
"""Pixels for each module in print."""
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a photograph was taken: degrees, pixels, levels of 255, and the darkest light as a part of the brightest."""

    module: float
    turn: float
    tilt: float
    blur: float
    noise: float
    darkest: float


@dataclass(frozen=True, slots=True)
class Photograph:
    """A JPEG file and the codes that are on it, as (text, format)."""

    number: int
    codes: frozenset[tuple[str, str]]
    conditions: Conditions
    file: bytes

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(form for _, form in self.codes)


def photographs(count: int, seed: int) -> Iterator[Photograph]:
    """The first `count` of this seed: every fourth has three labels, the others go through all formats."""
    for number in range(count):
        yield photograph(number, seed)


def photograph(number: int, seed: int) -> Photograph:
    """One of them: the same number and seed are the same file."""
    dice = random.Random(f"{seed}/{number}")
    module = MODULE_SIZES[number // 4 % len(MODULE_SIZES)]
    forms = [FORMS[number % 4]] if number % 16 < 12 else [dice.choice(FORMS) for _ in range(3)]
    if len(forms) > 1:
        module = min(module, 3.5)
    size, sheet, corners = (0, 0), Image.new("L", (1, 1)), None
    while corners is None:
        labels = [_label(dice, form, short=len(forms) > 1) for form in forms]
        sheet = _sheet(dice, [picture for _, picture in labels])
        for _ in range(50):
            size = dice.choice(SIZES)
            turn, tilt = dice.uniform(0, 360), dice.triangular(0, 35, 0)
            corners = _seen(dice, sheet.size, size, turn, tilt, module / _PRINTED)
            if corners:
                break
    conditions = Conditions(
        module, turn, tilt, dice.uniform(0, min(0.4 * module, 1.4)), dice.uniform(0, 10), dice.uniform(0.3, 1)
    )
    picture = _taken(dice, sheet, corners, size, conditions)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=JPEG_QUALITY)
    codes = frozenset((text, form) for form, (text, _) in zip(forms, labels, strict=True))
    return Photograph(number, codes, conditions, file.getvalue())


def _text(dice: random.Random, form: str, *, short: bool) -> str:
    digits = "".join(dice.choice("0123456789") for _ in range(dice.randint(5, 8 if short or form == "Code39" else 20)))
    kind = dice.random()
    if kind < 0.5:
        return digits
    if kind < 0.8 or form in ("Code39", "Code128"):
        return "".join(dice.choice(_LETTERS) for _ in range(2)) + dice.choice(("", "-")) + digits[:8]
    if form == "QR" and kind < 0.9:
        return f"https://example.com/r?sn={digits}"
    return f"(01)04012345678901(21){digits}"


def _label(dice: random.Random, form: str, *, short: bool) -> tuple[str, Image.Image]:
    """What the code says, and the printed label: the code with words above and below."""
    text = _text(dice, form, short=short)
    options: dict[str, Any] = {"gs1": True} if text.startswith("(") else {}
    code = drawn(text, form, _PRINTED, **options)
    linear = form in ("Code128", "Code39")
    if linear:
        code = code.resize((code.width, int(code.height * dice.uniform(0.5, 1.1))), Image.Resampling.NEAREST)
    margin = _PRINTED * 4
    label = Image.new("L", (code.width + 2 * margin, code.height + 14 * _PRINTED + 2 * margin), 255)
    label.paste(code, (margin, margin + 7 * _PRINTED))
    pen = ImageDraw.Draw(label)
    font = ImageFont.load_default(size=5 * _PRINTED)
    pen.text((2 * margin, margin), dice.choice(("Seri No / Serial No", "S/N", "WT 65 24 kW", "CE 0085")), 0, font)
    pen.text((2 * margin, label.height - margin - 6 * _PRINTED), text[:24], 0, font)
    pen.rectangle((0, 0, label.width - 1, label.height - 1), outline=0, width=3)
    return text, label


def _sheet(dice: random.Random, labels: Sequence[Image.Image]) -> Image.Image:
    """The labels one below the other, a little shifted, on the casing of a device."""
    gap = _PRINTED * 10
    width = max(label.width for label in labels) + 2 * gap
    sheet = Image.new("L", (width, sum(label.height + gap for label in labels) + gap), dice.randint(120, 230))
    top = gap
    for label in labels:
        sheet.paste(label, (gap + dice.randint(0, width - 2 * gap - label.width), top))
        top += label.height + gap
    return sheet


def _seen(
    dice: random.Random, sheet: tuple[int, int], size: tuple[int, int], turn: float, tilt: float, scale: float
) -> list[tuple[float, float]] | None:
    """Where the camera sees the sheet's corners, in pixels of the photograph; None if they don't fit."""
    axis = dice.uniform(0, 2 * math.pi)
    distance = 1.6 * max(size)
    centre = (size[0] / 2 + dice.uniform(-60, 60), size[1] / 2 + dice.uniform(-60, 60))
    corners = []
    for right, down in ((0, 0), (sheet[0], 0), sheet, (0, sheet[1])):
        x, y = _rotated((right - sheet[0] / 2) * scale, (down - sheet[1] / 2) * scale, math.radians(turn))
        along, across = _rotated(x, y, -axis)
        depth = distance + across * math.sin(math.radians(tilt))
        x, y = _rotated(along * distance / depth, across * math.cos(math.radians(tilt)) * distance / depth, axis)
        corners.append((x + centre[0], y + centre[1]))
    inside = all(4 <= x <= size[0] - 4 and 4 <= y <= size[1] - 4 for x, y in corners)
    return corners if inside else None


def _rotated(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def _taken(
    dice: random.Random,
    sheet: Image.Image,
    corners: Sequence[tuple[float, float]],
    size: tuple[int, int],
    conditions: Conditions,
) -> Image.Image:
    double = (size[0] * 2, size[1] * 2)
    matrix = _homography([(2 * x, 2 * y) for x, y in corners], sheet.size)
    seen = sheet.transform(double, Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).transform(double, Image.Transform.PERSPECTIVE, matrix)
    picture = Image.composite(seen, _surroundings(dice, double), mask).reduce(2)
    picture = ImageChops.multiply(_inked(dice, picture), _light(dice, size, conditions.darkest))
    picture = picture.filter(ImageFilter.GaussianBlur(conditions.blur))
    return _noisy(dice, picture, conditions.noise)


def _inked(dice: random.Random, picture: Image.Image) -> Image.Image:
    """Black is never black and white never white."""
    black, white = dice.randint(15, 60), dice.randint(200, 255)
    return picture.point([black + (white - black) * level // 255 for level in range(256)])


def _surroundings(dice: random.Random, size: tuple[int, int]) -> Image.Image:
    """Pipes, edges and boxes."""
    picture = Image.new("L", size, dice.randint(40, 200))
    pen = ImageDraw.Draw(picture)
    for _ in range(dice.randint(3, 15)):
        x, y = dice.randint(0, size[0]), dice.randint(0, size[1])
        if dice.random() < 0.5:
            pen.line(
                (x, y, dice.randint(0, size[0]), dice.randint(0, size[1])), dice.randint(0, 255), dice.randint(2, 60)
            )
        else:
            pen.rectangle((x, y, x + dice.randint(10, 600), y + dice.randint(10, 400)), dice.randint(0, 255))
    return picture


def _light(dice: random.Random, size: tuple[int, int], darkest: float) -> Image.Image:
    """Brighter at one side than at the other, with the soft shadow of a hand every other time."""
    side = math.isqrt(size[0] ** 2 + size[1] ** 2) + 1
    slope = [round(255 * (darkest + (1 - darkest) * level / 255)) for level in range(256)]
    light = Image.linear_gradient("L").resize((side, side), Image.Resampling.BILINEAR)
    light = light.rotate(dice.uniform(0, 360), Image.Resampling.BILINEAR).point(slope)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    light = light.crop((left, top, left + size[0], top + size[1]))
    if dice.random() < 0.5:
        small = Image.new("L", (size[0] // 8, size[1] // 8), 255)
        x, y = dice.randint(0, small.width), dice.randint(0, small.height)
        shadow = (x, y, x + dice.randint(20, 120), y + dice.randint(20, 120))
        ImageDraw.Draw(small).ellipse(shadow, dice.randint(140, 220))
        shade = small.filter(ImageFilter.GaussianBlur(dice.uniform(1, 8))).resize(size, Image.Resampling.BILINEAR)
        light = ImageChops.multiply(light, shade)
    return light


def _noisy(dice: random.Random, picture: Image.Image, noise: float) -> Image.Image:
    """With noise of this deviation: the mean of two even ones, whose own is 52."""
    length = picture.width * picture.height
    one, other = (Image.frombytes("L", picture.size, dice.randbytes(length)) for _ in range(2))
    grain = Image.blend(one, other, 0.5).point([round(128 + (level - 128) * noise / 52) for level in range(256)])
    return ImageChops.add(picture, grain, 1, -128)


def _homography(corners: Sequence[tuple[float, float]], size: tuple[int, int]) -> tuple[float, ...]:
    """The eight numbers by which Pillow finds the sheet's point for each of the photograph's."""
    targets = ((0, 0), (size[0], 0), size, (0, size[1]))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, targets, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(8):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(rows[row][8] / rows[row][row] for row in range(8))
