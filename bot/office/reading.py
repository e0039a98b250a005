"""Reads an operator's file in a process of its own, bounded in memory and time: the bot goes on whatever the file is.

Run as a program it reads the file from standard input and writes what it found as JSON.
"""

import asyncio
import contextlib
import os
import sys
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot.office.sheets import UnreadableFile
from bot.office.tables import BadRow, Table, read_catalogue, read_dealers
from conversations.catalogue import CatalogueEntry
from conversations.directory import Dealer
from conversations.words import Words

WITHIN_S = 240.0
MOST_CPU_S = 120
"""50,000 rows with every cell filled need 25."""
MOST_MEMORY = 1024**3
MOST_ANSWER_BYTES = 64_000_000
NICE = 10


@dataclass(frozen=True)
class ReadTable:
    """What a file holds: one of the two kinds of entries, and the rows that can't be taken."""

    kind: Literal["dealers", "catalogue"]
    dealers: tuple[Dealer, ...]
    products: tuple[CatalogueEntry, ...]
    bad_rows: tuple[BadRow, ...]
    unread: tuple[str, ...]
    silent: tuple[str, ...] = ()


TABLE = TypeAdapter(ReadTable)
_ANSWER: TypeAdapter[ReadTable | Words] = TypeAdapter(ReadTable | Words)
_NOT_READ = Words("file-not-read")


async def read_table(content: bytes, name: str) -> ReadTable | Words:
    """The table of a file, or why there is none. Never raises for a file."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        # Of the name only that matters, and others on this machine can read what a process was given.
        ".toml" if name.lower().endswith(".toml") else "",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # Where the code is, and no secret of the bot's.
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(WITHIN_S):
            said, _ = await process.communicate(content)
    except TimeoutError:
        return _NOT_READ
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.wait())
    if process.returncode or len(said) > MOST_ANSWER_BYTES:
        return _NOT_READ
    try:
        return _ANSWER.validate_json(said)
    except ValidationError:
        return _NOT_READ


def read(content: bytes, name: str) -> ReadTable | Words:
    """The table of a file, dealers or products as its headings say, or why there is none."""
    try:
        products: Table[CatalogueEntry] = read_catalogue(content, name)
    except UnreadableFile as no_products:
        try:
            dealers: Table[Dealer] = read_dealers(content, name)
        except UnreadableFile as no_dealers:
            return _likelier(no_products.reason, no_dealers.reason)
        return ReadTable("dealers", dealers.entries, (), dealers.bad_rows, dealers.unread, dealers.silent)
    return ReadTable("catalogue", (), products.entries, products.bad_rows, products.unread)


def _likelier(no_products: Words, no_dealers: Words) -> Words:
    """What to say of a file that is neither: what is wrong with the kind that it comes nearest to."""
    if no_products.id == "file-no-headings-catalogue" and no_dealers.id == "file-no-headings-dealers":
        return Words("file-no-headings")
    return no_dealers if no_products.id == "file-no-headings-catalogue" else no_products


def _bounded() -> None:
    """No more memory and time than a table needs, and nothing written to a disk, where the system can say so."""
    os.nice(NICE)
    import resource

    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_S),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    if sys.platform != "win32":
        _bounded()
    sys.stdout.buffer.write(_ANSWER.dump_json(read(sys.stdin.buffer.read(), sys.argv[1])))
