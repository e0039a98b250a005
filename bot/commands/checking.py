"""What `devreye check` looks at. It changes nothing that a start would not, and never makes a call."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from telegram.error import InvalidToken, TelegramError

from bot.journal import JournalDamaged, JournalError, JournalInUse, SendJournal
from bot.settings import Settings
from bot.storage.database import current_revision, known_revisions, make_engine, newest_revision
from bot.submission import DISK_FLOOR_BYTES
from bot.telegram.client import Client

CONNECT_S = 10.0
OLDEST_POSTGRESQL = 150_000
"""As `server_version_num` says it; older ones are no longer mended by their makers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table: what was looked at, what was found, and how to mend it."""

    what: str
    good: bool
    found: str
    mend: str = ""


async def check_everything(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which they should be mended."""
    folder = settings.data_folder
    return [
        _folder(folder),
        _disk(folder),
        await asyncio.to_thread(_database, settings),
        _journal(settings.journal_path),
        *await _telegram(settings),
        await _licrus(settings),
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


async def _telegram(settings: Settings) -> list[Finding]:
    client = Client(settings.bot_token.get_secret_value(), settings.bot_api_url)
    try:
        await client.initialize()
        webhook = (await client.get_webhook_info()).url
    except InvalidToken:
        return [Finding("Telegram", False, "BOT_TOKEN kabul edilmedi", "BotFather'dan anahtarı yeniden alıp yazın.")]
    except TelegramError as error:
        found = f"ulaşılamadı ({type(error).__name__})"
        return [Finding("Telegram", False, found, "İnternet bağlantısına ve BOT_API_URL ayarına bakın.")]
    finally:
        await client.shutdown()
    return [
        Finding("Telegram", True, f"@{client.username}"),
        _webhook(webhook, settings.webhook_url),
    ]


def _webhook(found: str, wanted: str) -> Finding:
    if not wanted:
        mend = "devreye webhook delete ile kaldırın; o dururken bot ileti alamaz. Ya da WEBHOOK_URL ayarını yazın."
        return Finding("Webhook", not found, "var" if found else "yok", mend)
    told = "WEBHOOK_URL adresinde" if found == wanted else "başka bir adreste" if found else "yok"
    return Finding("Webhook", found == wanted, told, "Kurmak için: devreye webhook set")


async def _licrus(settings: Settings) -> Finding:
    """Whether something listens there: a connection is opened and closed, nothing is sent."""
    parts = urlsplit(settings.licrus_url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(CONNECT_S):
            _, connection = await asyncio.open_connection(host, port)
            connection.close()
            with contextlib.suppress(OSError):
                await connection.wait_closed()
    except (OSError, TimeoutError):
        return Finding("Licrus", False, f"{host} adresine ulaşılamadı", "LICRUS_URL ayarına ve ağ iznine bakın.")
    return Finding("Licrus", True, f"{host} yanıt veriyor; çağrı açılmadı")
