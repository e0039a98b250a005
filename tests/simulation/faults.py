"""What goes wrong in a history. Each history has its own mixture: a few kinds, some of them often."""

import random
from collections import Counter
from collections.abc import Callable

KINDS = (
    # the process
    "killed while waiting",
    "killed in a transaction",
    "killed after a commit",
    "killed around the journal",
    "killed around Licrus",
    "killed around a send",
    "killed around a response",
    "stopped",
    "task cancelled",
    "task hangs",
    # the storage
    "disk full",
    "database busy",
    "commit failed",
    "commit done but lost",
    "slow disk",
    "our own mistake",
    "database restored",
    # the journal
    "journal full",
    "journal not synced",
    # Telegram
    "delivered again",
    "acknowledgement lost",
    "response hangs",
    "tap under a new id",
    "response thrown away",
    "polling fails",
    "send refused",
    "send fails before",
    "send fails after",
    "send hangs",
    "blocked for a while",
    "edit refused",
    # Licrus
    "Licrus can't be reached",
    "Licrus refuses",
    "Licrus doubts the ticket",
    "Licrus asks to wait",
    "Licrus fails before",
    "Licrus fails after",
    "Licrus resets before",
    "Licrus resets after",
    "Licrus hangs before",
    "Licrus hangs after",
    "Licrus answers garbage",
)
RARELY = {"database restored": 0.5}
"""What was answered since the copy is gone then, so less can be seen of all the rest."""
LICRUS_LEAST = 0.25
"""Licrus is called once or twice in a history: a fault of its has to be likely to be seen at all."""
MOST_OF_A_KIND = 3
MOST = {"our own mistake": 2}
"""At its third failure an update is set aside, as it has to be, and its answer is lost."""


class Faults:
    """Decides at each point where something can go wrong, until `stop`."""

    def __init__(self, chance: random.Random, tell: Callable[[str], None] = lambda kind: None) -> None:
        self._chance = chance
        self._tell = tell
        self._on = True
        self.counts: Counter[str] = Counter()
        wild = chance.random()
        self._rates = {kind: self._rate(kind) * chance.random() for kind in KINDS if chance.random() < 0.1 + 0.5 * wild}

    def _rate(self, kind: str) -> float:
        if kind.startswith("Licrus"):
            return LICRUS_LEAST
        return {
            "killed while waiting": 0.01,
            "task cancelled": 0.01,
            "task hangs": 0.01,
            "killed in a transaction": 0.004,
            "disk full": 0.003,
            "database busy": 0.003,
            "commit failed": 0.002,
            "our own mistake": 0.004,
            "commit done but lost": 0.03,
            "killed after a commit": 0.03,
            "stopped": 0.15,
            "database restored": 1.0,
            "slow disk": 0.03,
            "killed around the journal": 0.3,
            "killed around Licrus": 0.3,
            "tap under a new id": 0.5,
            "edit refused": 0.3,
            "journal full": 0.3,
            "journal not synced": 0.3,
            "blocked for a while": 0.1,
        }.get(kind, 0.12)

    def stop(self) -> None:
        """Nothing goes wrong any more."""
        self._on = False

    def happens(self, kind: str) -> bool:
        """Whether it goes wrong here."""
        rate = self._rates.get(kind)
        if (
            rate is None
            or not self._on
            or self._chance.random() >= rate
            or self.counts[kind] >= MOST.get(kind, MOST_OF_A_KIND)
        ):
            return False
        self.counts[kind] += 1
        self._tell(kind)
        return True

    def planned(self, kind: str) -> bool:
        """Whether this history has it at all."""
        return self._on and kind in self._rates
