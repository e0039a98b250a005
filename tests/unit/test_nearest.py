"""The districts around a location."""

import math

import pytest

from conversations.answers.nearest import MOST_OFFERED, _points, nearest_districts
from conversations.answers.place_names import names


@pytest.mark.parametrize(
    ("latitude", "longitude", "district"),
    [
        (41.0254, 29.1203, "İstanbul / Ümraniye"),
        (40.9907, 29.0283, "İstanbul / Kadıköy"),
        (39.9208, 32.8541, "Ankara / Çankaya"),
        (38.4189, 27.1287, "İzmir / Konak"),
        (36.8969, 30.7133, "Antalya / Muratpaşa"),
        (41.6771, 26.5557, "Edirne / Merkez"),
        (41.39, 41.42, "Artvin / Hopa"),
        (37.9144, 40.2306, "Diyarbakır / Sur"),
        (36.7184, 37.1154, "Kilis / Merkez"),
        (40.6010, 43.0975, "Kars / Merkez"),
    ],
)
def test_the_right_district_is_among_those_offered(latitude: float, longitude: float, district: str) -> None:
    near = nearest_districts(latitude, longitude)
    assert district in [found.place.label for found in near]
    assert len(near) <= MOST_OFFERED


def test_the_nearest_comes_first_and_each_once() -> None:
    near = nearest_districts(41.0254, 29.1203, most=9)
    distances = [found.kilometres for found in near]
    assert distances == sorted(distances)
    assert len({found.place for found in near}) == len(near) == 9
    assert near[0].place.label == "İstanbul / Ümraniye"
    assert 0 < near[0].kilometres < 3


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (52.52, 13.40),  # Berlin
        (36.20, 37.16),  # Aleppo
        (41.65, 41.63),  # Batumi, 15 km behind the border
        (39.10, 26.55),  # Lesbos, 20 km from Ayvalık
        (35.18, 33.36),  # Nicosia
        (43.40, 35.00),  # the Black Sea
        (0.0, 0.0),
        (90.0, 0.0),
        (-90.0, 180.0),
        (math.nan, 29.0),
        (41.0, math.inf),
        (1e308, -1e308),
    ],
)
def test_outside_turkey_there_is_none(latitude: float, longitude: float) -> None:
    assert nearest_districts(latitude, longitude) == ()


def test_every_district_can_be_found() -> None:
    located = {(point.place.province, point.place.district) for point in _points() if point.place}
    assert located == {(province, d) for province, districts in names().districts_of.items() for d in districts}
    assert len(located) == 973


def test_each_place_we_know_is_nearest_to_itself() -> None:
    first = [
        nearest_districts(point.latitude, point.longitude, most=1)[0].place == point.place
        for point in _points()[::7]
        if point.place
    ]
    assert sum(first) > 0.99 * len(first)
