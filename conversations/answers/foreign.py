"""What in a text says that it answers another question: where any text would do, it is then asked about, not taken."""

from conversations.answers.outcome import Ambiguous, Candidate
from conversations.answers.plain import plain, quoted
from conversations.device_shapes import is_device
from conversations.street_shapes import is_address
from conversations.stretches import EMAIL, PHONE
from conversations.words import Words

DOUBTS = frozenset(("holds-contact", "is-an-address", "is-a-device"))
"""The questions of a text that seems to answer something else."""


def holds_contact(text: str) -> bool:
    """Whether a telephone number or an e-mail address stands in the text."""
    return any(pattern.search(plain(text)) is not None for pattern in (PHONE, EMAIL))


def doubted(text: str, value: str, *, device: bool = False, address: bool = False) -> Ambiguous | None:
    """The question whether this text is to be written all the same; None where nothing speaks against it.

    `device`, `address`: what it may not simply be.
    """
    if holds_contact(value):
        why = "holds-contact"
    elif address and is_address(value):
        why = "is-an-address"
    elif device and is_device(value):
        why = "is-a-device"
    else:
        return None
    return Ambiguous(Words(why, {"text": quoted(text)}), (Candidate(value, value, reply="yes"),), said=value)
