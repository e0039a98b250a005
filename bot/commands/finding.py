"""What a look at one thing found: a line of `devreye check`'s table, and what `devreye init` says of an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and how to mend it.

    `advised`: it works, and could be better. `certain`: it was looked at; what could not be reached is not.
    """

    what: str
    good: bool
    found: str
    mend: str = ""
    advised: bool = False
    certain: bool = True
