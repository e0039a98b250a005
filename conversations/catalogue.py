"""The products that can be commissioned, spelled as Licrus knows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from conversations.names import LONGEST_READ, Names, words_of

KINDS = frozenset(
    ("kombi", "kombisi", "kazan", "kazani", "cihaz", "cihazi", "model", "modeli", "marka", "urun", "urunu")
)
"""Folded words that people put beside a product's name."""


SHORTEST_MODEL = 4
"""Letters and digits of a model that tells its product alone: "H 50" stands in addresses too."""


def _model_key(words: Sequence[str]) -> str:
    return "".join(words)


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A product and the group it belongs to, letter by letter as they are sent."""

    name: str
    group: str


@dataclass(frozen=True, slots=True)
class ProductFound:
    """A product that was searched for. `score`: 100 for its very name, down to 0; `certain`: it can be no other."""

    entry: CatalogueEntry
    score: float
    certain: bool


class Catalogue:
    """All products, in the order of the file they came from. It never changes; an empty one knows no product."""

    def __init__(self, entries: Iterable[CatalogueEntry] = ()) -> None:
        self.entries = tuple(entries)
        self._names = Names(entry.name for entry in self.entries)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def exact(self, text: str) -> CatalogueEntry | None:
        """The product of this name, whatever its case, Turkish letters, spaces and marks; None if there is none."""
        place = self._names.exact(text)
        return None if place is None else self.entries[place]

    def of_model(self, text: str) -> CatalogueEntry | None:
        """The one product that is called so without its brand ("WT 45"); None for what several are, or is too short."""
        return self._by_model.get(_model_key(words_of(text[:LONGEST_READ])))

    def search(self, text: str, limit: int) -> tuple[ProductFound, ...]:
        """At most `limit` products that this text may mean, the likeliest first.

        Words of no product's name that say what kind of thing it is ("kombi", the words of its group) change nothing.
        """
        found = self._found(text, limit)
        words = words_of(text[:LONGEST_READ])
        beside = [
            word for word in words if not self._names.holds(word) and (word in KINDS or word in self._group_words)
        ]
        if not beside or len(beside) == len(words) or any(product.certain for product in found):
            return found
        without = self._found(" ".join(word for word in words if word not in beside), limit)
        sure = next((product.entry for product in without if product.certain), None)
        agree = sure is not None and KINDS.union(words_of(sure.group)).issuperset(beside)
        return without if agree else found

    def _found(self, text: str, limit: int) -> tuple[ProductFound, ...]:
        return tuple(ProductFound(self.entries[f.place], f.score, f.certain) for f in self._names.search(text, limit))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups, each once, in the order in which they first occur."""
        return tuple(dict.fromkeys(entry.group for entry in self.entries))

    def of_group(self, group: str) -> tuple[CatalogueEntry, ...]:
        """The products of this very group, in order."""
        return self._by_group.get(group, ())

    def groups_of(self, products: str) -> tuple[str, ...]:
        """The groups of a product, or of several with commas between, by their very names; () if one is not listed."""
        whole = self._by_name.get(products)
        entries = [whole] if whole is not None else [self._by_name.get(name) for name in products.split(", ")]
        return () if None in entries else tuple(dict.fromkeys(entry.group for entry in entries if entry is not None))

    def exact_group(self, text: str) -> str | None:
        """The group of this name, however its letters are typed; None if there is none."""
        place = self._group_names.exact(text)
        return None if place is None else self.groups[place]

    def search_groups(self, text: str, limit: int) -> tuple[tuple[str, bool], ...]:
        """At most `limit` groups that this text may mean, the likeliest first, and whether each is certain."""
        return tuple((self.groups[f.place], f.certain) for f in self._group_names.search(text, limit))

    @cached_property
    def _group_words(self) -> frozenset[str]:
        return frozenset(word for group in self.groups for word in words_of(group))

    @cached_property
    def _by_model(self) -> dict[str, CatalogueEntry]:
        keyed: dict[str, list[CatalogueEntry]] = {}
        for entry in self.entries:
            keyed.setdefault(_model_key(words_of(entry.name)[1:]), []).append(entry)
        told = {key: entries[0] for key, entries in keyed.items() if len(entries) == 1}
        return {key: entry for key, entry in told.items() if len(key) >= SHORTEST_MODEL and not key.isdigit()}

    @cached_property
    def _by_name(self) -> dict[str, CatalogueEntry]:
        return {entry.name: entry for entry in self.entries}

    @cached_property
    def _by_group(self) -> dict[str, tuple[CatalogueEntry, ...]]:
        groups: dict[str, list[CatalogueEntry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.group, []).append(entry)
        return {group: tuple(entries) for group, entries in groups.items()}

    @cached_property
    def _group_names(self) -> Names:
        return Names(self.groups)
