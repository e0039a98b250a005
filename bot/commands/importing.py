"""`devreye dealers import` and `devreye catalogue import`: a file into the database, all of it or nothing."""

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from bot.commands.office import NOT_DONE, Bar, CannotDo, content_of, database, run, settings, whoever
from bot.office.sheets import UnreadableFile
from bot.office.tables import BadRow, Progress, Table
from bot.storage.directory_queries import Changes, Source
from conversations.catalogue import CatalogueEntry
from conversations.directory import Dealer
from locales import say

MOST_LISTED = 20

T = TypeVar("T", Dealer, CatalogueEntry)


@dataclass(frozen=True, slots=True)
class Import(Generic[T]):
    """What is imported: how a file is read, how it is kept, and what an entry is called."""

    command: str
    read: Callable[[bytes, str, Progress], Table[T]]
    keep: Callable[[sa.Connection, Table[T], Source, bool], Changes[T]]
    name: Callable[[T], str]


def add_import(actions: "argparse._SubParsersAction[argparse.ArgumentParser]", what: Import[Any], text: str) -> None:
    """Adds `import FILE` to a command."""
    parser = actions.add_parser("import", help=text)
    parser.add_argument("file", metavar="DOSYA", type=Path, help="XLSX ya da CSV dosyası; örneği için: template")
    parser.add_argument("--skip-bad", action="store_true", help="okunamayan satırları bırakır, iyileri kaydeder")
    parser.add_argument("--replace", action="store_true", help="dosyada olmayan eski kayıtları siler")
    parser.set_defaults(handler=lambda args: run(lambda: _import(what, args)))


def _import(what: Import[T], args: argparse.Namespace) -> int:
    if args.skip_bad and args.replace:
        # A dealer whose row has a slip would be deleted for it.
        raise CannotDo("--skip-bad ve --replace birlikte kullanılmaz: bırakılan satırların kayıtları silinirdi.", 2)
    loaded = settings()
    content = content_of(args.file)
    try:
        table = what.read(content, args.file.name, Bar("Okunuyor"))
    except UnreadableFile as error:
        raise CannotDo(f"{args.file.name}: {say(error.reason, 'tr')}") from None
    print(f"{args.file.name}: {len(table.entries) + len(table.bad_rows)} satır okundu.")
    if table.unread:
        print(f"Kullanılmayan sütun ya da sayfalar: {', '.join(table.unread)}")
    for row in table.bad_rows:
        print(bad_row(row), file=sys.stderr)
    if table.bad_rows and not args.skip_bad:
        again = f"devreye {what.command} import {args.file} --skip-bad"
        raise CannotDo(
            f"Okunamayan satır: {len(table.bad_rows)}. Hiçbir şey kaydedilmedi. "
            f"Satırları düzeltip yeniden deneyin; yalnızca iyileri almak için: {again}"
        )
    source = Source(whoever(), time.time(), hashlib.sha256(content).hexdigest(), file_name=args.file.name)
    with database(loaded) as connection:
        changes = what.keep(connection, table, source, args.replace)
    _tell(what, changes, removed=args.replace)
    return 0 if table.entries else NOT_DONE


def bad_row(row: BadRow) -> str:
    """A bad row as one line for people."""
    return f"{row.line}. satır ({row.name}): {' '.join(say(reason, 'tr') for reason in row.reasons)}"


def _tell(what: Import[T], changes: Changes[T], *, removed: bool) -> None:
    print(f"Eklendi: {len(changes.added)}. Değişti: {len(changes.changed)}. Aynı kaldı: {changes.unchanged}.")
    print_some("+", [what.name(entry) for entry in changes.added])
    print_some("~", [what.name(after) for _, after in changes.changed])
    if changes.missing and removed:
        print(f"Dosyada olmadığı için silindi: {len(changes.missing)}.")
        print_some("-", [what.name(entry) for entry in changes.missing])
    elif changes.missing:
        print(f"Dosyada olmayan, olduğu gibi kalan: {len(changes.missing)}. Bunları silmek için: --replace")
        print_some("=", [what.name(entry) for entry in changes.missing])


def print_some(sign: str, names: Sequence[str]) -> None:
    """The first of these names, each on a line with this sign, and how many more there are."""
    for name in names[:MOST_LISTED]:
        print(f"  {sign} {name}")
    if len(names) > MOST_LISTED:
        print(f"  {sign} ve {len(names) - MOST_LISTED} kayıt daha")
