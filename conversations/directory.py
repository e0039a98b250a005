"""The dealers that the service office knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from conversations.names import Names


@dataclass(frozen=True, slots=True)
class Dealer:
    """A dealer of the directory; what is not known is "". `key` tells dealers apart, whatever their spelling."""

    key: str
    company: str
    contact_person: str = ""
    mobile_phone: str = ""
    work_phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What stands behind the code that somebody came with: a dealer's sticker, or an invitation to be that dealer."""

    purpose: Literal["sticker", "invite"]
    dealer: Dealer


@dataclass(frozen=True, slots=True)
class DealerFound:
    """A dealer that was searched for. `score`: 100 for the very name, down to 0; `certain`: it can be no other."""

    dealer: Dealer
    score: float
    certain: bool


class Dealers:
    """The directory, found by company. It never changes; an empty one knows nobody."""

    def __init__(self, entries: Iterable[Dealer] = ()) -> None:
        self.entries = tuple(entries)
        self._names = Names(dealer.company for dealer in self.entries)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def exact(self, text: str) -> Dealer | None:
        """The dealer of this name, whatever its case, Turkish letters, spaces and marks; None if there is none."""
        place = self._names.exact(text)
        return None if place is None else self.entries[place]

    def search(self, text: str, limit: int) -> tuple[DealerFound, ...]:
        """At most `limit` dealers that this text may mean, the likeliest first."""
        found = self._names.search(text, limit)
        return tuple(DealerFound(self.entries[f.place], f.score, f.certain) for f in found)

    def by_key(self, key: str) -> Dealer | None:
        """The dealer with this key, None if there is none."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Dealer]:
        return {dealer.key: dealer for dealer in self.entries}
