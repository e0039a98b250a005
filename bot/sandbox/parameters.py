"""The parameters of one Bot API call, whichever of Telegram's four ways they were sent."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from bot.sandbox.errors import ApiError, SandboxError, bad_request
from bot.sandbox.files import LARGEST_UPLOAD

MOST_FIELDS = 200


class BodyTooLargeError(SandboxError):
    """The body of a request is larger than it may be."""


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Parameters:
    """Values as they came (JSON types, or strings from a form), and files by field name."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def boolean(self, name: str) -> bool:
        return self.values.get(name) in (True, "true", "True", "1", "yes", "t", "y")

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            return default

    def parsed(self, name: str) -> Any:
        """A value that may be sent as JSON text; None if it is missing. Raises ApiError."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file of a field: the field itself, or the one that attach://NAME speaks of."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)


def bounded(request: Request, limit: int = LARGEST_UPLOAD) -> Request:
    """The same request, which raises BodyTooLargeError when more than `limit` bytes of body are read."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise BodyTooLargeError("The body is too large.")
        return message

    return Request(request.scope, receive)


def strict_json(body: bytes) -> Any:
    """A body's JSON, without what can't be written again: NaN and halves of surrogate pairs. Raises ValueError."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        parsed = json.loads(body, parse_constant=refuse)
        json.dumps(parsed, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return parsed


@asynccontextmanager
async def uploads_and_fields(request: Request) -> AsyncIterator[tuple[dict[str, str], dict[str, UploadFile]]]:
    """The text fields and the files of a form, while it is open."""
    async with request.form(max_files=10, max_fields=MOST_FIELDS) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        files = {name: value for name, value in form.items() if isinstance(value, UploadFile)}
        yield fields, files


async def read_parameters(request: Request) -> Parameters:
    """Query string and body together; the body wins. Raises ApiError."""
    values: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    request = bounded(request)
    try:
        if kind == "application/json":
            body = await request.body()
            parsed = strict_json(body) if body.strip() else {}
            if not isinstance(parsed, dict):
                raise bad_request("can't parse JSON object")
            values.update(parsed)
        elif kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
            async with uploads_and_fields(request) as (fields, files):
                values.update(fields)
                for name, file in files.items():
                    mime_type = file.content_type or "application/octet-stream"
                    uploads[name] = Upload(file.filename or name, mime_type, await file.read())
    except BodyTooLargeError:
        raise ApiError(413, "Request Entity Too Large") from None
    except HTTPException:
        raise bad_request("can't parse the form") from None
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    return Parameters(values, uploads)
