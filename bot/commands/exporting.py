"""`devreye requests export FILE`: the requests of some days as a table, for whoever works on with them."""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from bot.commands.office import CannotDo, database, reading, run, settings, whoever
from bot.commands.periods import add_period, period
from bot.days import Period
from bot.forms import Forms
from bot.office.exports import MOST_ROWS, headings, row, write_csv, write_workbook
from bot.storage import desk_queries
from bot.storage.audit_queries import note
from bot.storage.request_queries import Request

DAYS = 30
_WRITERS = {".csv": write_csv, ".xlsx": write_workbook}


def add_export(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `export FILE` to the command."""
    parser = actions.add_parser("export", help="talepleri XLSX ya da CSV dosyasına yazar")
    parser.add_argument("file", metavar="DOSYA", type=Path, help="yazılacak dosya: talepler.xlsx ya da talepler.csv")
    add_period(parser)
    parser.set_defaults(handler=lambda args: run(lambda: export(args.file, period(args, time.time(), days=DAYS))))


def export(path: Path, days: Period) -> int:
    """Write the requests of these days. Who took them out is on record before the first of them is read."""
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise CannotDo(f"Dosyanın adı .xlsx ya da .csv ile bitmeli: {path}", 2)
    loaded = settings()
    form = Forms(turkish_place_names=loaded.turkish_place_names)
    with database(loaded) as connection:
        form_now = form.now(connection)
        total = desk_queries.total(connection, days.since, days.until)
        if total > MOST_ROWS and writer is write_workbook:
            raise CannotDo(f"{total} talep bir XLSX sayfasına sığmaz. .csv dosyasına yazın ya da daha az gün seçin.")
        note(connection, whoever(), "export", f"{days.first} {days.last} {total} {path.name}", time.time())
    with reading(loaded) as connection:
        rows = (row(request, form_now) for request in _all(connection, days))
        written = _write(path, lambda file: writer(file, headings(form_now), rows))
    print(f"{written} talep yazıldı: {path}. Dosyada kişisel veri var; işiniz bitince silin.")
    return 0


def _write(path: Path, content: Callable[[BinaryIO], int]) -> int:
    """Write a new file, all of it or none: half a table looks like a whole one. Raises CannotDo."""
    try:
        with path.open("xb") as file:
            try:
                return content(file)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise CannotDo(f"Bu adla bir dosya zaten var: {path}. Başka bir ad verin ya da onu taşıyın.") from None
    except OSError as error:
        raise CannotDo(
            f"Dosya yazılamadı: {path} ({error.strerror}). Klasörün var ve yazılabilir olduğuna bakın."
        ) from None


def _all(connection: sa.Connection, days: Period) -> Iterator[Request]:
    """The requests of these days, page by page."""
    after = 0
    while page := desk_queries.confirmed(connection, days.since, days.until, after):
        yield from page
        after = page[-1].id
