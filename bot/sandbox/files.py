"""The files that were sent in either direction, under the ids that Telegram gives them."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

LARGEST_UPLOAD = 20 * 1024 * 1024  # bytes; what a bot may download, too
MOST_BYTES = 200 * 1024 * 1024
_EXTENSION_OF_TYPE = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}


@dataclass(frozen=True)
class StoredFile:
    """One file. `path` is what getFile answers as file_path."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    mime_type: str
    name: str

    def described(self) -> dict[str, Any]:
        """The fields every Telegram file has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class FileStore:
    """Files by their id; the oldest go when there are too many bytes."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._count = 0

    def add(
        self, folder: str, content: bytes, mime_type: str = "application/octet-stream", name: str = ""
    ) -> StoredFile:
        """Keeps a file in a folder as Telegram names them: photos, documents, voice and so on."""
        self._count += 1
        unique_id = "AQAD" + hashlib.sha256(content).hexdigest()[:12]
        extension = _EXTENSION_OF_TYPE.get(mime_type) or (name.rpartition(".")[2] if "." in name else "bin")
        path = f"{folder}/file_{self._count}.{extension if extension.isalnum() else 'bin'}"
        stored = StoredFile(f"AgACAgQAAx-{self._count}-{unique_id}", unique_id, path, content, mime_type, name)
        self._files[stored.file_id] = stored
        while sum(len(file.content) for file in self._files.values()) > MOST_BYTES and len(self._files) > 1:
            self._files.popitem(last=False)
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return next((file for file in self._files.values() if file.path == path), None)


def photo_sizes(stored: StoredFile) -> list[dict[str, Any]]:
    """Telegram's array of PhotoSize. The small one is the same file here: nothing is scaled."""
    return [
        {**stored.described(), "width": 90, "height": 67},
        {**stored.described(), "width": 1280, "height": 960},
    ]
