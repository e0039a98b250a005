"""What `devreye check` looks at. It changes nothing that a start would not, and never makes a call."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import ssl
import stat
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

from bot.commands.checking_telegram import telegram_findings
from bot.commands.finding import Finding
from bot.journal import JournalDamaged, JournalError, JournalInUse, SendJournal
from bot.licrus.lookups import LookupFailed, Site, cities
from bot.settings import Settings
from bot.settings.sources import ENV_FILE
from bot.storage.database import current_revision, known_revisions, make_engine, newest_revision
from bot.submission import DISK_FLOOR_BYTES

CONNECT_S = 10.0
TICKET = "Bilet"
OLDEST_POSTGRESQL = 150_000
"""As `server_version_num` says it; older ones are no longer mended by their makers."""


async def check_everything(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which they should be mended."""
    folder = settings.data_folder
    return [
        _settings_file(Path(ENV_FILE)),
        _folder(folder),
        _disk(folder),
        await asyncio.to_thread(_database, settings),
        _journal(settings.journal_path),
        *await telegram_findings(settings),
        await reach(settings.licrus_url),
        *await _ticket(settings),
        _notice(settings.notice_url),
    ]


def _folder(folder: Path) -> Finding:
    good = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return Finding("Veri klasörü", good, str(folder), "Klasörü oluşturun ve botun kullanıcısına yazma izni verin.")


def _disk(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Finding("Disk", False, "okunamadı", "DATABASE_URL ayarındaki klasöre bakın.")
    return Finding(
        "Disk",
        free >= DISK_FLOOR_BYTES,
        f"{free // 1_000_000} MB boş",
        f"En az {DISK_FLOOR_BYTES // 1_000_000} MB yer açın; altında Licrus'a talep gönderilmez.",
    )


def _database(settings: Settings) -> Finding:
    if settings.database_path is None:
        return _postgresql(settings.database_url.get_secret_value())
    return _sqlite(settings.database_path)


def _sqlite(path: Path) -> Finding:
    what = "Veritabanı"
    if not path.exists():
        return Finding(what, True, "henüz yok; bot ilk çalıştığında oluşturur")
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall() if tables else []
    except sqlite3.Error:
        return Finding(what, False, "okunamadı", "Dosyanın bir Devreye veritabanı olduğuna ve izinlerine bakın.")
    if sound != "ok":
        return Finding(what, False, "dosya bozuk", "Botu durdurun ve son yedeği geri yükleyin.")
    return _revision(rows[0][0] if rows else None)


def _postgresql(url: str) -> Finding:
    what = "Veritabanı"
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            version = connection.scalar(sa.text("SHOW server_version"))
            number = connection.scalar(sa.text("SELECT current_setting('server_version_num')::int"))
            durable = connection.scalar(sa.text("SHOW fsync")) == "on"
            writable = connection.scalar(sa.text("SHOW transaction_read_only")) == "off"
            may_create = connection.scalar(sa.text("SELECT has_schema_privilege(current_schema(), 'CREATE')"))
            revision = current_revision(connection)
    except sa.exc.DBAPIError:
        mend = "DATABASE_URL ayarına, sunucunun çalıştığına ve kullanıcının bu veritabanına girebildiğine bakın."
        return Finding(what, False, "PostgreSQL'e bağlanılamadı", mend)
    found = f"PostgreSQL {version}"
    if number < OLDEST_POSTGRESQL:
        return Finding(what, False, found, f"PostgreSQL {OLDEST_POSTGRESQL // 10_000} ya da daha yenisi gerekir.")
    if not durable:
        return Finding(what, False, f"{found}, fsync kapalı", "Sunucuda fsync'i açın; yoksa kayıtlar kaybolabilir.")
    if not writable:
        return Finding(what, False, f"{found}, yalnızca okunabiliyor", "DATABASE_URL asıl sunucuyu göstermeli.")
    if not may_create:
        return Finding(what, False, f"{found}, tablo açılamıyor", "Kullanıcıya şemada CREATE yetkisi verin.")
    told = _revision(revision)
    return Finding(what, told.good, f"{found}, {told.found}", told.mend)


def _revision(revision: str | None) -> Finding:
    what = "Veritabanı"
    if revision is not None and revision not in known_revisions():
        return Finding(what, False, f"sürüm {revision} tanınmıyor", "Botun yeni sürümünü kurun.")
    if revision != newest_revision():
        return Finding(what, True, f"sürüm {revision or 'yok'}; bot çalıştığında {newest_revision()} olur")
    return Finding(what, True, f"sürüm {revision}")


def _journal(path: Path) -> Finding:
    what = "Gönderim kaydı"
    if not path.exists():
        return Finding(what, True, "henüz yok; bot ilk çalıştığında oluşturur")
    try:
        with SendJournal(path):
            return Finding(what, True, "okunuyor")
    except JournalInUse:
        return Finding(what, True, "bot çalışıyor, kayıt onda açık")
    except JournalDamaged:
        return Finding(what, False, "bozuk", "Dosyayı silmeyin; sağlam bir kopyasını geri koyun.")
    except (JournalError, OSError):
        return Finding(what, False, "açılamadı", "JOURNAL_FILE ayarındaki klasöre ve izinlere bakın.")


def _settings_file(path: Path) -> Finding:
    """Whether `.env`, if there is one, is its owner's alone: token and ticket stand in it."""
    what = "Ayar dosyası"
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Finding(what, True, f"{path} yok; ayarlar ortamdan geliyor")
    except OSError:
        return Finding(what, False, f"{path} okunamadı", "Dosyanın sahibine ve izinlerine bakın.")
    others = stat.S_IRWXG | stat.S_IRWXO
    return Finding(what, not mode & others, f"{path}, izinleri {stat.S_IMODE(mode):o}", f"chmod 600 {path}")


async def _ticket(settings: Settings) -> list[Finding]:
    """Whether the ticket is good, where it is known where that can be asked without a call."""
    if not settings.licrus_site_url:
        return []
    ticket = settings.licrus_auth_ticket.get_secret_value()
    return [await ticket_taken(Site(settings.licrus_site_url, ticket, settings.licrus_limits))]


async def ticket_taken(site: Site) -> Finding:
    """Whether Licrus takes the ticket for a look-up: its provinces are read, and nothing is changed there."""
    try:
        await cities(site)
    except LookupFailed as error:
        if error.why == "refused":
            mend = "Licrus'tan geçerli bir bilet alıp LICRUS_AUTH_TICKET ayarına yazın (devreye init)."
            return Finding(TICKET, False, f"Licrus kabul etmedi: “{error.said}”", mend, certain=False)
        mend = "LICRUS_SITE_URL ayarına bakın; boşsa bilet denenmez."
        return Finding(TICKET, True, f"denenemedi ({error.why})", mend, advised=True, certain=False)
    return Finding(TICKET, True, "Licrus kabul ediyor; çağrı açılmadı")


def _notice(url: str) -> Finding:
    mend = "KVKK aydınlatma metninizin adresini NOTICE_URL ayarına yazın; ilk mesajda gösterilir."
    return Finding("Aydınlatma metni", True, url or "yok", mend, advised=not url)


async def reach(url: str) -> Finding:
    """Whether Licrus listens there, with a good certificate: a connection is opened and closed, nothing is sent."""
    what = "Licrus"
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    try:
        async with asyncio.timeout(CONNECT_S):
            _, connection = await asyncio.open_connection(host, port, ssl=secure or None)
            connection.close()
            with contextlib.suppress(OSError):
                await connection.wait_closed()
    except ssl.SSLError:
        mend = "LICRUS_URL ayarına, bu makinenin saatine ve araya giren bir vekil sunucuya bakın."
        return Finding(what, False, f"{host} adresinin TLS sertifikası doğrulanamadı", mend, certain=False)
    except (OSError, TimeoutError):
        mend = "LICRUS_URL ayarına ve ağ iznine bakın."
        return Finding(what, False, f"{host} adresine ulaşılamadı", mend, certain=False)
    return Finding(what, True, f"{host} yanıt veriyor; çağrı açılmadı")
