"""What is called otherwise at Licrus: its provinces, districts and product groups held against those known here.

A name is the same if it is but for case, Turkish letters, spaces and marks; a province also by what people call it
("AFYON" is Afyonkarahisar).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conversations.answers.place_names import Place, key_of, names
from conversations.answers.places import Spelling
from conversations.catalogue import CatalogueEntry
from conversations.names import Names


@dataclass(frozen=True, slots=True)
class Places:
    """Licrus's places held against those known here.

    `missing`: labels of places that Licrus does not name. `strange`: what Licrus names and nobody knows here.
    """

    spelling: Spelling
    missing: tuple[str, ...]
    strange: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The catalogue with Licrus's spelling of its groups.

    `changed`: product, group before and after. `missing`: groups that Licrus does not name, each with what comes near.
    """

    entries: tuple[CatalogueEntry, ...]
    changed: tuple[tuple[str, str, str], ...]
    missing: tuple[tuple[str, str], ...]


def compare_places(licrus: Mapping[str, Sequence[str]]) -> Places:
    """Licrus's districts by its names of their provinces, held against those known here."""
    provinces: dict[str, str] = {}
    districts: dict[str, dict[str, str]] = {}
    strange: list[str] = []
    for city, its_districts in licrus.items():
        province = _province(city)
        if province is None or province in provinces:
            strange.append(city)
            continue
        provinces[province] = city
        spelled = districts[province] = {}
        for name in its_districts:
            district = _district(name, province)
            if district is None or district in spelled:
                strange.append(f"{city} / {name}")
            else:
                spelled[district] = name
    missing = (
        place.label
        for place in _known()
        if place.province not in provinces or (place.district and place.district not in districts[place.province])
    )
    return Places(Spelling(provinces, districts), tuple(missing), tuple(strange))


def _known() -> Iterable[Place]:
    index = names()
    for place in index.province_of_plate.values():
        yield place
        for district in index.districts_of[place.province]:
            yield Place(place.province, district)


def _province(name: str) -> str | None:
    found = [place.province for place in names().places.get(key_of(name), ()) if place.district is None]
    return found[0] if len(found) == 1 else None


def _district(name: str, province: str) -> str | None:
    index = names()
    here = [place for place in index.places.get(key_of(name), ()) if place.province == province and place.district]
    if not here and name.endswith(")"):
        # Beside a name it may say which of several it means: "AYDINCIK (YOZGAT)".
        return _district(name.rpartition("(")[0], province)
    return here[0].district if len(here) == 1 else None


def respelled(products: Sequence[CatalogueEntry], groups: Sequence[str]) -> Groups:
    """The catalogue's groups held against Licrus's. One that is none of them keeps its spelling."""
    index = Names(groups)
    entries, changed = [], []
    missing: dict[str, str] = {}
    for product in products:
        place = index.exact(product.group)
        if place is None:
            near = index.search(product.group, 1)
            missing[product.group] = groups[near[0].place] if near else ""
            entries.append(product)
            continue
        if groups[place] != product.group:
            changed.append((product.name, product.group, groups[place]))
        entries.append(CatalogueEntry(product.name, groups[place]))
    return Groups(tuple(entries), tuple(changed), tuple(missing.items()))
