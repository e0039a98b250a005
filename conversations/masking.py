"""What may be seen of somebody else's contact data: enough to recognise it, too little to use it."""

import re

HIDDEN = "***"
_FIRST_SHOWN = 4
_LAST_SHOWN = 2
_FEWEST_DIGITS = 7
"""A telephone number has no fewer."""


def masked(text: str) -> str:
    """The text as a stranger may read it: "0532 *** ** 33", "i***@o***.com", "M*** Ö***"."""
    if "@" in text:
        name, _, domain = text.partition("@")
        first, _, ending = domain.rpartition(".")
        return f"{name[:1]}{HIDDEN}@{first[:1]}{HIDDEN}.{ending}"
    digits = [place for place, character in enumerate(text) if character.isdigit()]
    if len(digits) >= _FEWEST_DIGITS:
        first_shown = min(_FIRST_SHOWN, len(digits) - 5)
        hidden = set(digits[first_shown:-_LAST_SHOWN])
        return "".join("*" if place in hidden else character for place, character in enumerate(text))
    return " ".join(word[:1] + HIDDEN for word in re.split(r"\s+", text.strip()) if word)
