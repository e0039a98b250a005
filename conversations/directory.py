"""The dealers that the service office knows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dealer:
    """A dealer of the directory; what is not known is "". `key` tells dealers apart, whatever their spelling."""

    key: str
    company: str
    contact_person: str = ""
    mobile_phone: str = ""
    work_phone: str = ""
    email: str = ""
