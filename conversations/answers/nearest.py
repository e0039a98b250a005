"""The districts around a location. A guess to choose from, never an answer: districts have shapes, these are points.

The data are district_points.json (docs/places.md: sources, licences, how to make it again).
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conversations.answers.place_names import Place, names

MOST_OFFERED = 4
FARTHEST = 60.0
"""Kilometres from the nearest place we know: beyond it somebody is at sea."""
_KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Near:
    """A district and how far the nearest place of it is that we know, in kilometres."""

    place: Place
    kilometres: float


@dataclass(frozen=True, slots=True)
class _Point:
    latitude: float
    longitude: float
    place: Place | None
    """None abroad."""


def nearest_districts(latitude: float, longitude: float, most: int = MOST_OFFERED) -> tuple[Near, ...]:
    """The districts nearest to a location, nearest first: of 100 locations the right one is among four in 97.

    None of them outside Turkey, where it is told by the nearest place too, and none for what is no location.
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return ()
    found: dict[Place | None, float] = {}
    for point in _around(latitude):
        distance = _kilometres(latitude, longitude, point)
        if distance <= FARTHEST and distance < found.get(point.place, FARTHEST + 1):
            found[point.place] = distance
    order = sorted(found, key=lambda place: found[place])
    if not order or order[0] is None:
        return ()
    return tuple(Near(place, found[place]) for place in order if place is not None)[:most]


def _around(latitude: float) -> Sequence[_Point]:
    margin = FARTHEST / _KM_A_DEGREE
    return [point for point in _points() if abs(point.latitude - latitude) <= margin]


def _kilometres(latitude: float, longitude: float, point: _Point) -> float:
    """Flat, which is right to a thousandth over so short a way."""
    north = point.latitude - latitude
    east = (point.longitude - longitude) * math.cos(math.radians((point.latitude + latitude) / 2))
    return _KM_A_DEGREE * math.hypot(north, east)


@cache
def _points() -> tuple[_Point, ...]:
    """Read once, at the first location (some 5 ms)."""
    data = json.loads(Path(__file__).with_name("district_points.json").read_text("utf-8"))
    province_of = names().province_of_plate
    ours = [
        _Point(latitude, longitude, Place(province_of[plate].province, district))
        for plate, districts in data["districts"].items()
        for district, points in districts.items()
        for latitude, longitude in points
    ]
    return (*ours, *(_Point(latitude, longitude, None) for latitude, longitude in data["abroad"]))
