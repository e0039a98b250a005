"""What `devreye check` looks at. It changes nothing that a start would not, and never makes a call."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError

from bot.journal import JournalDamaged, JournalError, JournalInUse, SendJournal
from bot.settings import Settings
from bot.storage.database import known_revisions, newest_revision
from bot.submission import DISK_FLOOR_BYTES
from bot.telegram.client import Client

CONNECT_S = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table: what was looked at, what was found, and how to mend it."""

    what: str
    good: bool
    found: str
    mend: str = ""


async def check_everything(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which they should be mended."""
    folder = settings.database_path.absolute().parent
    return [
        _folder(folder),
        _disk(folder),
        _database(settings.database_path),
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


def _database(path: Path) -> Finding:
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
    revision = rows[0][0] if rows else None
    if sound != "ok":
        return Finding(what, False, "dosya bozuk", "Botu durdurun ve son yedeği geri yükleyin.")
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
