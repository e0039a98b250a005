"""The dealers that the service office knows."""

from dataclasses import dataclass
from typing import Literal


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
