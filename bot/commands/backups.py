"""`devreye backup`, `restore` and `move`: the whole database into a file, from a file, and to PostgreSQL."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.commands.office import (
    CannotDo,
    as_the_bots_user,
    run,
    settings,
    start_sentence,
    storage_sentence,
    whoever,
)
from bot.journal import JournalDamaged, JournalError, JournalInUse, SendJournal
from bot.lookups import TURKEY
from bot.privacy.remembering import remembered
from bot.restoring import CannotRestore, move, restore
from bot.settings import Settings
from bot.storage.audit_queries import note
from bot.storage.copying import (
    BACKUP_AT,
    CopyDiffers,
    CopyError,
    NoBackup,
    NothingToCopy,
    RowRefused,
    opened_backup,
    write_backup,
)
from bot.storage.database import make_engine, migrate
from bot.storage.errors import StorageError, storage_error
from bot.storage.schema import audit
from bot.terms import terms_of

WRONG = 2

_HINDRANCES = {
    "running": "Bot bu veritabanıyla çalışıyor ya da az önce çalışıyordu. Bütün süreçlerini durdurun, bir buçuk dakika "
    "bekleyin ve yeniden deneyin.",
    "not_empty": "Veritabanında (DATABASE_URL) kayıt var; hiçbir şey değiştirilmedi.",
    "other_journal": "Gönderim kaydı (JOURNAL_FILE) bu veritabanının kaydı değil; hiçbir şey taşınmadı. "
    "JOURNAL_FILE ayarına şimdiye kadar kullanılan dosyanın yolunu yazın; SQLite'ta veritabanının yanında, "
    ".journal uzantısıyla durur.",
}
_UNREADABLE = "Bu dosya bir Devreye yedeği değil ya da bozuk: {path}. Başka bir yedek deneyin."
_SHOWN = {"drafts": "Talep taslağı", "requests": "Gönderilen talep", "profiles": "Bayi profili", "dealers": "Bayi"}


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the three commands to the command line."""
    backup = subparsers.add_parser("backup", help="veritabanının yedeğini alır; bot çalışırken de alınabilir")
    backup.add_argument("file", metavar="DOSYA", type=Path, help="yazılacak dosya; bu adla bir dosya olmamalı")
    backup.set_defaults(handler=lambda args: run(lambda: back_up(args.file)))
    restoring = subparsers.add_parser("restore", help="yedeği geri yükler; bot durmuş olmalı")
    restoring.add_argument("file", metavar="DOSYA", type=Path, help="devreye backup ile alınmış yedek")
    restoring.add_argument(
        "--replace", action="store_true", help="veritabanındaki kayıtların yerine yedektekiler geçer"
    )
    restoring.set_defaults(handler=lambda args: run(lambda: put_back(args.file, replace=args.replace)))
    moving = subparsers.add_parser("move", help="SQLite'taki her şeyi DATABASE_URL ayarındaki PostgreSQL'e taşır")
    moving.add_argument("file", metavar="DOSYA", type=Path, help="şimdiye kadar kullanılan SQLite dosyası")
    moving.set_defaults(handler=lambda args: run(lambda: move_over(args.file)))


def back_up(path: Path) -> int:
    """Write the backup and check it."""
    loaded = settings()
    os.umask(0o077)
    if loaded.database_path is not None and not loaded.database_path.exists():
        raise CannotDo(f"Veritabanı yok: {loaded.database_path}. DATABASE_URL ayarına bakın.")
    with _engine(loaded) as engine, _said(path):
        if path.exists():
            raise FileExistsError(path)
        _note(engine, path)
        rows = write_backup(engine, path, {BACKUP_AT: repr(time.time())})
    print(f"Yedek alındı ve denetlendi: {path}")
    _count(rows)
    print(
        "Gönderim kaydı (JOURNAL_FILE) yedeğe girmez; o, yerinde durmalı. "
        "Yedekte kişisel veri var: yalnızca yetkililerin okuyabildiği bir yerde saklayın."
    )
    return 0


def _note(engine: sa.Engine, path: Path) -> None:
    """Put down who takes a copy of everybody's data, if it can be: a full disk is no reason to have no backup."""
    try:
        with engine.begin() as connection:
            if sa.inspect(connection).has_table(audit.name):
                note(connection, whoever(), "backup", path.name, time.time())
    except sa.exc.DBAPIError as error:
        if storage_error(error) is None:
            raise
        print("Bu yedeğin alındığı işlem kaydına yazılamadı; yedek yine de alınıyor.", file=sys.stderr)


def put_back(path: Path, *, replace: bool) -> int:
    """Restore a backup; whatever waited in it is left to a person."""
    loaded = settings()
    os.umask(0o077)
    now = time.time()
    with _opened(path, loaded) as backup, _journal(loaded) as journal, _target(loaded) as target:
        try:
            terms, erased = terms_of(loaded), remembered(loaded.erasures_path)
            done = restore(target, backup, journal, terms, now, whoever(), replace=replace, erased=erased)
        except CannotRestore as error:
            again = f" Yerine yedeği koymak için: devreye restore {path} --replace" * (error.reason == "not_empty")
            raise CannotDo(_HINDRANCES[error.reason] + again) from None
    print(f"Yedek geri yüklendi: {path}")
    if done.backup_at is not None:
        print(f"Alındığı zaman: {datetime.fromtimestamp(done.backup_at, TURKEY):%d.%m.%Y %H:%M}")
    _count(done.rows)
    if done.created:
        print(f"Çağrı numarası gönderim kaydından bulunan talep: {done.created}")
    if done.unknown:
        print(
            f"Sonucu belirsiz sayılan talep: {done.unknown}. Kendiliğinden gönderilmez: her birine Licrus'ta bakıp "
            "karar verin. Bot çalışınca ofis grubuna da yazılır."
        )
    if done.doubted:
        print(
            "Gönderim kaydı (JOURNAL_FILE) bu veritabanının kaydı değil ya da kayıp. Bu yüzden yedekteki yarım "
            "talepler onaylanınca kendiliğinden gönderilmez; ofise sorulur. Eski kayıt duruyorsa yerine koyup yeniden "
            "yükleyin."
        )
    print("Şimdi botu başlatabilirsiniz: devreye run")
    return 0


def move_over(path: Path) -> int:
    """Move everything to PostgreSQL, and set the SQLite file aside, so that nobody goes on with it."""
    loaded = settings()
    os.umask(0o077)
    if loaded.database_path is not None:
        raise CannotDo(
            "DATABASE_URL ayarına önce PostgreSQL adresini yazın: postgresql://KULLANICI:PAROLA@SUNUCU/AD", WRONG
        )
    aside = path.with_name(f"{path.name}.moved")
    if aside.exists():
        raise CannotDo(f"Bu adla bir dosya zaten var: {aside}. Onu başka bir yere taşıyın.")
    with _journal(loaded) as journal, _opened(path, loaded) as source, _target(loaded) as target:
        try:
            rows = move(target, source, journal, time.time(), whoever())
        except CannotRestore as error:
            done = " Taşıma daha önce bitmiş olabilir: devreye check ile bakın." * (error.reason == "not_empty")
            raise CannotDo(_HINDRANCES[error.reason] + done) from None
    print(f"Taşındı: {path}")
    _count(rows)
    for end in ("-wal", "-shm", ""):
        left = path.with_name(path.name + end)
        if left.exists():
            left.rename(aside.with_name(aside.name + end))
    print(f"Eski dosya artık kullanılmıyor; yeni adı: {aside}. Kişisel veri içerir: gerek kalmayınca silin.")
    print("Şimdi botu başlatabilirsiniz: devreye run")
    return 0


def _count(rows: Mapping[str, int]) -> None:
    print(". ".join(f"{shown}: {rows.get(table, 0)}" for table, shown in _SHOWN.items()) + ".")


@contextmanager
def _engine(loaded: Settings) -> Iterator[sa.Engine]:
    engine = make_engine(loaded.database_url.get_secret_value())
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _target(loaded: Settings) -> Iterator[sa.Connection]:
    """A transaction on the migrated database of the settings: kept if nothing is raised. Raises CannotDo."""
    with _engine(loaded) as engine:
        try:
            migrate(engine)
            with engine.begin() as connection:
                yield connection
        except Exception as error:
            found = storage_error(error)
            if found is None:
                raise
            moved = " Dosya bozuksa onu başka bir yere taşıyıp yeniden deneyin." * (loaded.database_path is not None)
            raise CannotDo(storage_sentence(found) + moved) from None


@contextmanager
def _opened(path: Path, loaded: Settings) -> Iterator[sa.Connection]:
    with _said(path), opened_backup(path, loaded.data_folder) as connection:
        yield connection


@contextmanager
def _journal(loaded: Settings) -> Iterator[SendJournal]:
    """The send journal, open: so nobody else sends. Raises CannotDo."""
    as_the_bots_user(loaded.journal_path.absolute().parent)
    journal = SendJournal(loaded.journal_path)
    try:
        journal.open()
    except JournalInUse:
        raise CannotDo("Bot çalışıyor. Önce onu durdurun, sonra yeniden deneyin.") from None
    except JournalDamaged:
        raise CannotDo(start_sentence("journal_damaged")) from None
    except (JournalError, OSError):
        raise CannotDo(start_sentence("journal_unusable")) from None
    try:
        yield journal
    except JournalError:
        raise CannotDo(start_sentence("journal_unusable")) from None
    finally:
        journal.close()


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """What goes wrong with the file, or between the databases, as a sentence. Raises CannotDo."""
    try:
        yield
    except FileExistsError:
        raise CannotDo(f"Bu adla bir dosya zaten var: {path}. Başka bir ad verin ya da onu taşıyın.") from None
    except NothingToCopy:
        raise CannotDo("Veritabanı boş: bot henüz çalışmamış. Yedek alınmadı.") from None
    except NoBackup:
        raise CannotDo(_UNREADABLE.format(path=path)) from None
    except RowRefused as error:
        raise CannotDo(f"Veritabanı bir satırı kabul etmedi; hiçbir şey değiştirilmedi. Tablo: {error}") from None
    except CopyDiffers as error:
        raise CannotDo(
            f"Yazılan, okunandan farklı; hiçbir şey değiştirilmedi. Diski denetleyin. Tablo: {error}"
        ) from None
    except CopyError:
        raise CannotDo(f"Yedek yazılamadı: {path}. Diski denetleyip yeniden deneyin.") from None
    except StorageError as error:
        raise CannotDo(storage_sentence(error)) from None
    except sa.exc.DBAPIError as error:
        # SQLite's own check passes over a text that is no text.
        found = storage_error(error)
        raise CannotDo(_UNREADABLE.format(path=path) if found is None else storage_sentence(found)) from None
    except OSError as error:
        raise CannotDo(
            f"Dosya okunamadı ya da yazılamadı: {path} ({error.strerror}). Yoluna, izinlerine ve boş yere bakın."
        ) from None
