"""The products that can be commissioned, spelled as Licrus knows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A product and the group it belongs to, letter by letter as they are sent."""

    name: str
    group: str
