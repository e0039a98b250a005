"""Makes conversations/answers/district_points.json from three packages: docs/places.md says how."""

import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from conversations.answers.place_names import key_of
from conversations.letters import fold_words

PLACES = Path(__file__).parents[1] / "conversations/answers/places.json"
TARGET = Path(__file__).parents[1] / "conversations/answers/district_points.json"
SETTLEMENT = re.compile(r" (mah|koyu?|mahallesi|mevkii)$")
NEIGHBOURS = frozenset(("GR", "BG", "SY", "IQ", "IR", "AZ", "AM", "GE", "CY"))
FARTHEST_FROM_CENTRE = 45.0  # km: a village of the same name elsewhere in the province is no point of the district
FARTHEST_ABROAD = 60.0  # km from a Turkish point: what is farther abroad never is the nearest

Point = tuple[float, float]
District = tuple[str, str]
"""Plate code and name."""


def main(geonames: Path, neighbourhoods: Path, centres: Path) -> None:
    """Writes every populated place whose district is certain, a centre for districts without any, and places abroad."""
    provinces = json.loads(PLACES.read_text("utf-8"))["provinces"]
    cities = list(json.loads(geonames.read_text("utf-8")).values())
    centre = dict(_centres(centres, provinces))
    points: defaultdict[District, list[Point]] = defaultdict(list)
    for district, point in _certain(cities, json.loads(neighbourhoods.read_text("utf-8")), provinces):
        if kilometres(point, centre[district]) <= FARTHEST_FROM_CENTRE:
            points[district].append(point)
    without = sorted(district for district in centre if not points[district])
    for district in without:
        points[district].append(centre[district])
    ours = [point for near in points.values() for point in near]
    abroad = [_point(city) for city in cities if city["countrycode"] in NEIGHBOURS and _is_near(_point(city), ours)]
    TARGET.write_text(_laid_out(provinces, points, without, abroad), "utf-8")


def kilometres(a: Point, b: Point) -> float:
    """The way between two points that are not far from each other."""
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(a[0] - b[0], east)


def _is_near(point: Point, ours: list[Point]) -> bool:
    return any(abs(point[0] - own[0]) < 1 and kilometres(point, own) <= FARTHEST_ABROAD for own in ours)


def _point(row: dict[str, Any]) -> Point:
    return round(float(row["latitude"]), 3), round(float(row["longitude"]), 3)


def _centres(folder: Path, provinces: dict[str, Any]) -> Iterator[tuple[District, Point]]:
    """The one centre of each district; the package spells one district in letters, and has Merkez twice at times."""
    spelt = {"19mayis": "ondokuzmayis"}
    for plate, province in provinces.items():
        rows = json.loads((folder / f"{plate}/cities.json").read_text("utf-8"))
        by_key = {key_of(row["name"]): row for row in rows}
        for district in province["districts"]:
            keys = (key_of(province["name"]), "merkez") if district == "Merkez" else (key_of(district),)
            row = next(by_key[k] for key in keys if (k := spelt.get(key, key)) in by_key)
            yield (plate, district), _point(row)


def _certain(
    cities: list[dict[str, Any]], neighbourhoods: list[list[str]], provinces: dict[str, Any]
) -> Iterator[tuple[District, Point]]:
    """The Turkish places that bear the name of a district of their province, or of neighbourhoods in one of them.

    Of two of the same name in a province the larger one: Arnavutköy is a district, and a quarter of Beşiktaş.
    """
    turkish = sorted((city for city in cities if city["countrycode"] == "TR"), key=lambda city: -city["population"])
    districts_of: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for plate, _, district, name, *_ in neighbourhoods:
        districts_of[plate, SETTLEMENT.sub("", fold_words(name)).replace(" ", "")].add(district)
    for plate, province in provinces.items():
        for district in province["districts"]:
            name = province["name"] if district == "Merkez" else district
            districts_of[plate, key_of(name)] = {district}
    plate_of = _plates(turkish, provinces)
    seen = set()
    for city in turkish:
        name_here = plate_of[city["admin1code"]], key_of(city["name"])
        districts = districts_of.get(name_here, set())
        if len(districts) == 1 and name_here not in seen:
            seen.add(name_here)
            yield (name_here[0], *districts), _point(city)


def _plates(turkish: list[dict[str, Any]], provinces: dict[str, Any]) -> dict[str, str]:
    """GeoNames numbers the provinces otherwise: the district names that only one province has tell which is which."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for plate, province in provinces.items():
        for name in (province["name"], *province["districts"]):
            owners[key_of(name)].add(plate)
    votes: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in turkish:
        if len(owner := owners.get(key_of(city["name"]), set())) == 1:
            votes[city["admin1code"]][next(iter(owner))] += 1
    return {code: max(plates, key=lambda plate: plates[plate]) for code, plates in votes.items()}


def _laid_out(
    provinces: dict[str, Any], points: dict[District, list[Point]], without: list[District], abroad: list[Point]
) -> str:
    """One district a line, so that a change of the data reads well as a difference."""

    def row(near: list[Point]) -> str:
        return json.dumps(sorted(set(near)), separators=(",", ":"))

    blocks = []
    for plate, province in provinces.items():
        lines = (f"      {json.dumps(d, ensure_ascii=False)}: {row(points[plate, d])}" for d in province["districts"])
        blocks.append(f'    "{plate}": {{\n' + ",\n".join(lines) + "\n    }")
    by_centre = json.dumps([f"{plate} {district}" for plate, district in without], ensure_ascii=False)
    return (
        '{\n  "source": "GeoNames (geonames.org), CC BY 4.0",\n'
        f'  "from_countries_states_cities_odbl": {by_centre},\n'
        '  "districts": {\n' + ",\n".join(blocks) + f'\n  }},\n  "abroad": {row(abroad)}\n}}\n'
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
