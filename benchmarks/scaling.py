"""What an update costs when there is much of everything: drafts, products, dealers, requests of years."""

import asyncio
import csv
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benchmarks import filling
from benchmarks.contestants import CONTESTANTS, ROOT
from benchmarks.conversation import QUESTIONS, UPDATES, Script, script, word
from benchmarks.figures import Stretch
from benchmarks.house import DID_NOT_START, TICKET, Plan, living, on_the_loads_core
from benchmarks.people import WHOLE
from benchmarks.telegram import TOKEN
from bot.storage.database import make_engine

SIZES: Mapping[str, Sequence[int]] = {
    "open drafts": (100, 1_000, 10_000, 100_000),
    "kept requests": (1_000, 10_000, 100_000, 1_000_000),
    "products": (100, 1_000, 10_000),
    "dealers": (100, 1_000, 10_000),
}
"""What grows, and how far; all else stays as small as it is."""
BEFORE = 2 * UPDATES - 15
"""Updates of those who talk before, one person after the other: one of them is through then, and one has just begun.

Nobody is at the summary: whoever is would be told of the time that the filling takes.
"""
NEWCOMERS = 500_000
GROUP = next(place for place, question in enumerate(QUESTIONS) if question.words == "Ürün grubu?")


@dataclass(slots=True)
class Size:
    """A run with so many of one thing."""

    what: str
    size: int
    start_s: float = 0.0
    saturated: Stretch | None = None
    half: Stretch | None = None
    failures: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


def scale(what: str, size: int, plan: Plan, log: Path | None = None) -> Size:
    """One line of the sheet: our bot on SQLite, with `size` of `what`."""
    try:
        return on_the_loads_core(_scale(what, size, plan, log))
    except TimeoutError:
        return Size(what, size, failures={"lost": 1}, examples=[DID_NOT_START])


async def _scale(what: str, size: int, plan: Plan, log: Path | None) -> Size:
    ours = CONTESTANTS[0]
    found = Size(what, size)
    kind = WHOLE
    with tempfile.TemporaryDirectory(prefix="devreye-bench-") as name:
        folder = Path(name)
        async with living(ours, WHOLE, replace(plan, people=1), log, folder=folder) as house:
            await house.saturate(60, most=BEFORE - house.post.sent)
        if what in ("open drafts", "kept requests"):
            engine = make_engine(f"sqlite:///{folder / 'bench.db'}")
            await asyncio.to_thread(
                filling.fill,
                engine,
                size if what == "open drafts" else 0,
                size if what == "kept requests" else 0,
            )
            engine.dispose()
        elif what == "products":
            rows = [(f"ECODENSE WT {number:06d}", _group(number)) for number in range(size)]
            await asyncio.to_thread(_import, folder, "catalogue", ("product", "group"), rows)
            kind = replace(
                WHOLE, questions=(*QUESTIONS[:GROUP], *QUESTIONS[GROUP + 1 :]), script=partial(_of_the_catalogue, size)
            )
        else:
            names = [(f"{word(number)} Isı Sistemleri",) for number in range(size)]
            await asyncio.to_thread(_import, folder, "dealers", ("company",), names)
        async with living(ours, kind, replace(plan, first=NEWCOMERS), log, folder=folder) as house:
            found.start_s = house.start_s
            found.saturated, found.half = await house.at_full_and_half(plan)
            found.failures, found.examples = dict(house.town.failures), house.town.examples
    return found


def _group(number: int) -> str:
    return f"{word(number % 50).upper()} DUVAR TIPI KAZAN"


def _of_the_catalogue(size: int, number: int) -> Script:
    """The person's script with a product of the catalogue, which brings its group along: nobody is asked for that."""
    usual = script(number)
    product = f"ECODENSE WT {number % size:06d}"
    told = str(usual.body["ProductNameList"])
    group = _group(number % size)
    texts = tuple(product if text == told else text for text in usual.texts)
    body = {**usual.body, "ProductNameList": product, "ProductGroupName": group}
    summary = tuple(product if value == told else value for value in usual.summary)
    # The group was the answer to the question that is not asked.
    return Script((*texts[: GROUP + 1], *texts[GROUP + 2 :]), summary, body)


def _import(folder: Path, command: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """By the office's own command."""
    file = folder / f"{command}.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows((heading, *rows))
    subprocess.run(
        [CONTESTANTS[0].command[0], command, "import", str(file)],
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "ENVIRONMENT": "test",
            "BOT_TOKEN": TOKEN,
            "LICRUS_URL": "http://127.0.0.1/api",
            "LICRUS_AUTH_TICKET": TICKET,
            "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        },
        cwd=folder,
        check=True,
        capture_output=True,
    )


def as_text(sheet: Sequence[Size]) -> list[str]:
    """The lines that are printed."""
    lines = [
        "",
        f"{'':16}{'size':>10}{'CPU ms':>10}{'updates/s':>12}{'half p50':>13}{'half p99':>13}{'MiB':>8}{'start s':>9}",
    ]
    for each in sheet:
        if each.failures or each.saturated is None:
            lines += [f"{each.what:16}{each.size:>10,}  NO RESULT: {each.failures}", *each.examples]
            continue
        waits = each.half.answers if each.half else None
        lines.append(
            f"{each.what:16}{each.size:>10,}{each.saturated.cpu_ms:>10.3f}{each.saturated.per_s:>12.0f}"
            f"{waits.p50 if waits else 0:>13.1f}{waits.p99 if waits else 0:>13.1f}"
            f"{each.saturated.resident / 2**20:>8.0f}{each.start_s:>9.2f}"
        )
    return lines
