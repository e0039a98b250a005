"""What the office's commands have in common: the settings, the database, files, and a bar for work that takes long."""

import getpass
import os
import pwd
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import sqlalchemy as sa

from bot.commands import USAGE
from bot.logs import set_up
from bot.office.sheets import MOST_BYTES
from bot.settings import Settings, SettingsError, load_settings
from bot.storage.copying import snapshot
from bot.storage.database import make_engine, migrate
from bot.storage.errors import SchemaTooNew, StorageBusy, StorageError, storage_error

NOT_DONE = 1
DRAWN_EVERY_S = 0.1
BAR_WIDTH = 30


class CannotDo(Exception):
    """The command ends here; the sentence says why and what to do, `code` is its exit code."""

    def __init__(self, sentence: str, code: int = NOT_DONE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def run(action: Callable[[], int]) -> int:
    """The action's exit code; what it can't do is said on standard error."""
    try:
        return action()
    except CannotDo as error:
        print(error.sentence, file=sys.stderr)
        return error.code


def settings() -> Settings:
    """The settings, and logs that keep their secrets. Raises CannotDo."""
    try:
        loaded = load_settings()
    except SettingsError as error:
        raise CannotDo("\n".join(error.sentences), USAGE) from None
    set_up(loaded.secrets)
    return loaded


@contextmanager
def database(loaded: Settings) -> Iterator[sa.Connection]:
    """A transaction on the migrated database: kept if nothing is raised. Raises CannotDo where there is none."""
    # The file with people's data is nobody else's on this machine, whoever makes it.
    os.umask(0o077)
    engine = make_engine(loaded.database_url.get_secret_value())
    try:
        with _told():
            migrate(engine)
            with engine.begin() as connection:
                yield connection
    finally:
        engine.dispose()


@contextmanager
def reading(loaded: Settings) -> Iterator[sa.Connection]:
    """The migrated database as it is now, to be read at leisure: it holds nobody up. Raises CannotDo."""
    engine = make_engine(loaded.database_url.get_secret_value())
    try:
        with _told(), snapshot(engine) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with the database, as CannotDo."""
    try:
        yield
    except CannotDo:
        raise
    except Exception as error:
        found = storage_error(error)
        if found is None:
            raise
        raise CannotDo(storage_sentence(found)) from None


def storage_sentence(error: StorageError) -> str:
    """What a database that can't be used says to whoever runs a command."""
    if isinstance(error, StorageBusy):
        return "Veritabanı şu anda meşgul ya da ulaşılamıyor. Biraz sonra yeniden deneyin."
    return start_sentence("schema_too_new" if isinstance(error, SchemaTooNew) else "storage_unusable")


def start_sentence(reason: str) -> str:
    """What the bot itself says when it can't start for this reason."""
    # It brings the whole bot along, which nothing else here needs.
    from bot.commands.running import SENTENCES

    return SENTENCES[reason]


def whoever() -> str:
    """Who runs this command, for the record of imports."""
    try:
        return f"command:{getpass.getuser()}"[:80]
    except (KeyError, OSError):
        return "command:"


def as_the_bots_user(folder: Path) -> None:
    """What root makes in somebody else's folder, the bot could not open. Raises CannotDo."""
    owner = folder.stat().st_uid if folder.exists() else 0
    if os.geteuid() == 0 and owner != 0:
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = f"#{owner}"
        raise CannotDo(
            f"Bu komutu botun kullanıcısı olarak çalıştırın, yoksa bot dosyalarını açamaz: sudo -u {name} ..."
        )


def content_of(path: Path) -> bytes:
    """The file's bytes, at most one more than a table may have. Raises CannotDo."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CannotDo(f"Dosya okunamadı: {path} ({error.strerror}). Yolunu ve izinlerini denetleyin.") from None


def write(path: Path, content: bytes, *, over: bool = False) -> None:
    """Write a file; one that is there stays, unless it is to be written `over`. Raises CannotDo."""
    try:
        with path.open("wb" if over else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise CannotDo(f"Bu adla bir dosya zaten var: {path}. Başka bir ad verin ya da onu taşıyın.") from None
    except OSError as error:
        raise CannotDo(
            f"Dosya yazılamadı: {path} ({error.strerror}). Klasörün var ve yazılabilir olduğuna bakın."
        ) from None


class Bar:
    """Draws how far a long work is, on a terminal only, and wipes it at the end."""

    def __init__(self, what: str, stream: TextIO | None = None, every_s: float = DRAWN_EVERY_S) -> None:
        self._what, self._stream, self._every_s = what, stream or sys.stderr, every_s
        self._shown = self._stream.isatty()
        self._drawn_at = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        if not self._shown or (time.monotonic() - self._drawn_at < self._every_s and done < of):
            return
        self._drawn_at = time.monotonic()
        full = BAR_WIDTH * done // max(of, 1)
        line = f"\r{self._what} [{'#' * full}{'.' * (BAR_WIDTH - full)}] {done}/{of}"
        self._stream.write(f"\r{' ' * len(line)}\r" if done >= of else line)
        self._stream.flush()
