"""What of a message has to be fetched before it can be read: photos, pictures sent as files, contact cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from conversations.letters import one_line

LARGEST_FILE_BYTES = 20_000_000
"""What the Bot API lets a bot download."""
LONGEST_FILE_ID = 512
LONGEST_CAPTION = 1024
LONGEST_FILE_NAME = 100

_PICTURES = ("image/jpeg", "image/png", "image/webp")
_TABLE_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".toml")
"""Those that can't be read are told how to be saved."""
_CARDS = ("text/vcard", "text/x-vcard", "text/directory")
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file at Telegram. `album` is the media group it belongs to, "" where it came alone.

    `size` is in bytes as far as Telegram says it, else 0.
    """

    file_id: str = field(repr=False)
    kind: Literal["picture", "card"]
    size: int = 0
    album: str = ""
    caption: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file at Telegram that may hold a table of dealers or products."""

    file_id: str = field(repr=False)
    name: str = field(repr=False)


def attachment_of(message: Mapping[str, Any], caption: str) -> Attachment | None:
    """The file of this message that the bot reads; None where there is none."""
    found = _photo(message.get("photo")) or _document(message.get("document"))
    if found is None:
        return None
    file_id, kind, size = found
    album = message.get("media_group_id")
    named = album if isinstance(album, str) and len(album) <= 64 else ""
    return Attachment(file_id, kind, size, named, caption[:LONGEST_CAPTION])


def table_of(message: Mapping[str, Any]) -> TableFile | None:
    """The table of this message, by the name of its file; whether there is one in it is seen when it is read."""
    document = message.get("document")
    file_id = _file_id(document)
    name = document.get("file_name") if isinstance(document, dict) else None
    if not file_id or not isinstance(name, str) or not name.lower().endswith(_TABLE_ENDINGS):
        return None
    return TableFile(file_id, one_line(name)[:LONGEST_FILE_NAME])


_Found = tuple[str, Literal["picture", "card"], int]


def _photo(sizes: object) -> _Found | None:
    """The largest of the sizes that Telegram made of the photo."""
    best: _Found | None = None
    most = -1
    for size in sizes if isinstance(sizes, list) else ():
        file_id = _file_id(size)
        pixels = _whole(size.get("width")) * _whole(size.get("height")) if file_id else -1
        if file_id and pixels > most:
            most, best = pixels, (file_id, "picture", _whole(size.get("file_size")))
    return best


def _document(document: object) -> _Found | None:
    file_id = _file_id(document)
    if not file_id or not isinstance(document, dict):
        return None
    kind, name = document.get("mime_type"), document.get("file_name")
    kind = kind.lower() if isinstance(kind, str) else ""
    name = name.lower() if isinstance(name, str) else ""
    size = _whole(document.get("file_size"))
    if kind in _PICTURES or name.endswith(_PICTURE_ENDINGS):
        return file_id, "picture", size
    if kind in _CARDS or name.endswith(".vcf"):
        return file_id, "card", size
    return None


def _file_id(file: object) -> str:
    found = file.get("file_id") if isinstance(file, dict) else None
    return found if isinstance(found, str) and found.isascii() and 0 < len(found) <= LONGEST_FILE_ID else ""


def _whole(value: object) -> int:
    return value if type(value) is int and 0 <= value < 2**53 else 0
