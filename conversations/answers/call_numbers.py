"""A call number as people of the office type it, and nothing that only looks like one."""

import re

from conversations.letters import one_line

LONGEST_CALL_NUMBER = 20
"""Characters; bot/licrus reads none that is longer."""
SHORTEST_CALL_NUMBER = 3

_TOKEN = re.compile(r"(?<![\w.,/+-])[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?![\w/-])(?![.,]\d)")


def call_number_in(text: str) -> str | None:
    """The one call number in this text: "43090", "no: 43090", "43090 numaralı çağrı"; None where it is not one.

    Letters count only together with digits. Two numbers are none: which is meant is for whoever wrote them to say.
    """
    line = one_line(text)
    if len(line) > 200 or re.search(r"\d[.,/ ]\d", line):
        return None
    found = {token for token in _TOKEN.findall(line) if any(character.isdigit() for character in token)}
    number = found.pop() if len(found) == 1 else ""
    return number if SHORTEST_CALL_NUMBER <= len(number) <= LONGEST_CALL_NUMBER else None
