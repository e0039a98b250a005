"""Whether the bot said, and Licrus received, what is written; what the named gaps stand for."""

import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.transcript_parts import Received, Said

CODE_NAME = "kod"
CODE_PATTERN = r"D-[A-Z0-9]{4}"

_NAMED = re.compile(r"\{([a-zçğıöşü_0-9]+)\}")


def match_said(expected: Said, seen: Said, names: Mapping[str, str]) -> dict[str, str] | None:
    """What the named gaps stand for after this message, `names` included; None if it reads otherwise."""
    pattern, new = "", set[str]()
    for position, part in enumerate(_NAMED.split(_plain(expected.written()))):
        if position % 2 == 0:
            pattern += re.escape(part)
        elif part in names:
            pattern += re.escape(names[part])
        elif part in new:
            pattern += f"(?P=n_{part})"
        else:
            new.add(part)
            pattern += f"(?P<n_{part}>{CODE_PATTERN if part == CODE_NAME else '.+?'})"
    found = re.fullmatch(pattern, _plain(seen.written()), re.DOTALL)
    if found is None:
        return None
    return {**names, **{name: found[f"n_{name}"] for name in new}}


def fill_names(text: str, names: Mapping[str, str]) -> str:
    """The text with the gaps filled that are known so far."""
    return _NAMED.sub(lambda gap: names.get(gap[1], gap[0]), _plain(text))


def typed(text: str, names: Mapping[str, str]) -> str:
    """What a person types who has read what the gaps stand for by now; a gap unknown so far stays as it is."""
    return _NAMED.sub(lambda gap: names.get(gap[1], gap[0]), text)


def match_received(expected: Received, body: Mapping[str, Any]) -> bool:
    """Whether a call's body, its ticket apart, is what was expected: the same keys, values and JSON types."""
    seen = {key: value for key, value in body.items() if key != "AuthTicket"}
    if expected.partial:
        seen = {key: value for key, value in seen.items() if key in expected.fields}
    return seen == dict(expected.fields) and all(type(seen[key]) is type(expected.fields[key]) for key in seen)


def _plain(text: str) -> str:
    return text.replace("**", "")
