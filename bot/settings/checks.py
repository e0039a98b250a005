"""What a setting's value has to be. A wrong one raises with the rest of a sentence, which never repeats the value."""

import ipaddress
import re
import string
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from pydantic import SecretStr
from pydantic_core import PydanticCustomError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from conversations.activation import ACTIVATION

_PASSWORDS = (
    # Up to the last @: a password that was not encoded as it should be may hold any other sign.
    re.compile(r"^[^:/?#]+://[^:/?#@]*:(.*)@"),
    re.compile(r"[?&][^=&]*password[^=&]*=([^&]*)", re.IGNORECASE),
)
SECRET_CHARACTERS = frozenset(string.ascii_letters + string.digits + "_-")
"""What Telegram takes in a webhook's secret."""
SECRET_LENGTH = range(16, 257)
OPTIONAL_FIELDS = tuple(
    dict.fromkeys(
        field.name
        for section in ACTIVATION.sections
        for step in section.steps
        for field in step.fields
        if field.optional
    )
)


def wrong(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("setting", "{sentence}", {"sentence": sentence})


def web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and not parts.query
        good = good and value.isprintable() and " " not in value
    except ValueError:
        good = False
    if not good:
        raise wrong("http:// ya da https:// ile başlayan bir adres olmalı")
    return value.rstrip("/")


def api_token(value: SecretStr) -> SecretStr:
    number, colon, secret = value.get_secret_value().partition(":")
    if not (number.isascii() and number.isdigit() and colon and secret and secret.isascii() and secret.isprintable()):
        raise wrong("BotFather'ın verdiği, iki nokta içeren anahtar olmalı")
    return value


def webhook_secret_text(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text and (len(text) not in SECRET_LENGTH or not set(text) <= SECRET_CHARACTERS):
        raise wrong("16-256 karakter olmalı; yalnızca İngiliz harfleri, rakamlar, _ ve - geçerli")
    return value


def database_address(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text.startswith("postgresql://"):
        if not _names_a_database(text):
            raise wrong("PostgreSQL adresi postgresql://KULLANICI:PAROLA@SUNUCU/VERITABANI biçiminde olmalı")
        return value
    path = text.removeprefix("sqlite:///")
    if not text.startswith("sqlite:///") or not path or ":memory:" in path or "?" in path:
        raise wrong("bir SQLite dosyası (sqlite:///...) ya da bir PostgreSQL veritabanı (postgresql://...) olmalı")
    return value


def _names_a_database(url: str) -> bool:
    """Whether a PostgreSQL address can be read and says which database of which server it means."""
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        return False
    return bool(read.database) and bool(read.host or read.query.get("host"))


def optional_fields(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    names = frozenset(name.strip() for name in value.split(",") if name.strip())
    if names - set(OPTIONAL_FIELDS):
        raise wrong("yalnızca şu alanlar yazılabilir: " + ", ".join(OPTIONAL_FIELDS))
    return names


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def is_trial(name: str, url: str) -> bool:
    """Whether the address in this setting is a trial's: of this machine, or of a test tenant of Licrus."""
    host = (urlsplit(url).hostname or "").lower()
    return is_loopback(host) or (name.startswith("LICRUS") and host.startswith("test-"))


def passwords_in(url: str) -> list[str]:
    """The passwords within the address of a database, as they are written and as they are meant."""
    written = [found for pattern in _PASSWORDS for found in pattern.findall(url) if found]
    return [form for password in written for form in (password, unquote_plus(password))]
