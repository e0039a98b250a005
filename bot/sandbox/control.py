"""The control API: what the chat page, the tests and the transcript player ask of the sandbox."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.control_requests import (
    ContactRequest,
    DealerRequest,
    EditRequest,
    FaultRequest,
    GroupRequest,
    LabelRequest,
    LimitRequest,
    LocationRequest,
    PauseRequest,
    PersonRequest,
    PressReplyRequest,
    PressRequest,
    ResendRequest,
    TextRequest,
)
from bot.sandbox.dealer_links import DealerLinks, of_dealer
from bot.sandbox.errors import ControlError
from bot.sandbox.files import StoredFile
from bot.sandbox.licrus import Licrus
from bot.sandbox.licrus_faults import FAULT_KINDS, Fault, fault_kind
from bot.sandbox.parameters import BodyTooLargeError, bounded, uploads_and_fields
from bot.sandbox.people import People
from bot.sandbox.pictures import draw_label
from bot.sandbox.state import Person, page_message
from bot.sandbox.telegram import BotApi

PAGE = Path(__file__).parent / "page"
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""What people write stands on the page: nothing of it may ever run, and no other page may hold this one."""
LONGEST_WAIT_SECONDS = 55.0

Handler = Callable[[Request], Awaitable[Any]]
Asked = TypeVar("Asked", bound=BaseModel)


class Control:
    """Handlers of /api. Each returns what is answered as JSON; a ControlError becomes {"error": ...}."""

    def __init__(self, api: BotApi, people: People, licrus: Licrus, dealers: dict[str, DealerLinks]) -> None:
        self._api = api
        self._dealers = dealers
        self._people = people
        self._licrus = licrus

    def routes(self) -> list[Route]:
        chat = "/api/chats/{chat_id}"
        table: list[tuple[str, str, Handler]] = [
            ("POST", "/api/people", self._add_person),
            ("GET", "/api/people", self._list_people),
            ("POST", "/api/groups", self._add_group),
            ("GET", chat, self._chat),
            ("POST", chat + "/text", self._text),
            ("POST", chat + "/edit", self._edit),
            ("POST", chat + "/press", self._press),
            ("POST", chat + "/press_reply", self._press_reply),
            ("POST", chat + "/contact", self._contact),
            ("POST", chat + "/location", self._location),
            ("POST", chat + "/photo", self._photo),
            ("POST", chat + "/label", self._label),
            ("POST", chat + "/sticker_photo", self._sticker_photo),
            ("POST", chat + "/document", self._document),
            ("POST", chat + "/sticker", self._sticker),
            ("POST", chat + "/voice", self._voice),
            ("POST", chat + "/video", self._video),
            ("POST", chat + "/block", self._block),
            ("POST", chat + "/unblock", self._unblock),
            ("POST", chat + "/resend_last_update", self._resend),
            ("GET", "/api/changes", self._changes),
            ("GET", "/api/commands", self._commands),
            ("GET", chat + "/commands", self._commands_here),
            ("GET", "/api/dealers", self._list_dealers),
            ("GET", "/api/state", self._state),
            ("GET", "/api/licrus/calls", self._calls),
            ("GET", "/api/licrus/faults", self._list_faults),
            ("POST", "/api/licrus/fault", self._add_fault),
            ("DELETE", "/api/licrus/fault", self._drop_faults),
            ("POST", "/api/telegram/limit", self._limit),
            ("POST", "/api/telegram/pause", self._pause),
        ]
        routes = [Route(path, _answered(handler), methods=[method]) for method, path, handler in table]
        routes.append(Route("/api/stickers/{dealer:path}", self._sticker_picture, methods=["GET"]))
        routes.append(Route("/api/files/{path:path}", self._file, methods=["GET"]))
        routes.append(Route("/page/{path:path}", _page_file, methods=["GET"]))
        routes.append(Route("/", _page_file, methods=["GET"]))
        return routes

    def _person(self, request: Request) -> Person:
        try:
            return self._people.person(int(request.path_params["chat_id"]))
        except ValueError:
            raise ControlError("There is no such chat.", status=404) from None

    async def _add_person(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, PersonRequest)
        first_name, _, last_name = asked.name.partition(" ")
        return self._api.world.add_person(first_name, last_name.strip(), asked.phone, asked.language_code).page()

    async def _add_group(self, request: Request) -> dict[str, Any]:
        """A group of operators, say, and who acts in it; asked again with the same title it only changes who does."""
        asked = await _read(request, GroupRequest)
        first_name, _, last_name = asked.name.partition(" ")
        return self._api.world.group_of(
            asked.title, first_name, last_name.strip(), asked.status, anonymous=asked.anonymous
        ).page()

    async def _list_people(self, request: Request) -> list[dict[str, Any]]:
        return [person.page() for person in self._api.world.people.values()]

    async def _chat(self, request: Request) -> dict[str, Any]:
        person = self._person(request)
        return {
            "person": person.page(),
            "messages": [page_message(message) for message in person.messages.values()],
            "reply_keyboard": person.reply_keyboard,
            "hidden_reply_keyboard": person.hidden_keyboard,
            "typing": person.typing_until > time.monotonic(),
            "seq": self._api.world.changes.seq,
        }

    async def _text(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, TextRequest)
        return self._people.say(self._person(request), asked.text, asked.reply_to)

    async def _edit(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, EditRequest)
        return self._people.edit(self._person(request), asked.message_id, asked.text)

    async def _press(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, PressRequest)
        return self._people.press(
            self._person(request), asked.message_id, asked.place(), asked.callback_data, asked.member_id
        )

    async def _press_reply(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, PressReplyRequest)
        return self._people.press_reply(self._person(request), asked.text, asked.place())

    async def _contact(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, ContactRequest)
        person = self._person(request)
        if asked.own:
            phone, first_name = asked.phone or person.phone, asked.first_name or person.first_name
            last_name = asked.last_name or person.last_name
        else:
            phone, first_name, last_name = asked.phone, asked.first_name, asked.last_name
        if not phone or not first_name:
            raise ControlError("A contact needs a phone and a first_name.")
        return self._people.share_contact(person, phone, first_name, last_name, own=asked.own, vcard=asked.vcard)

    async def _location(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, LocationRequest)
        return self._people.share_location(self._person(request), asked.latitude, asked.longitude)

    async def _photo(self, request: Request) -> dict[str, Any]:
        person = self._person(request)
        stored, fields = await self._uploaded(request, "photos")
        return self._people.send_photo(person, stored, fields.get("caption", ""), fields.get("album", "")[:64])

    async def _label(self, request: Request) -> dict[str, Any]:
        """A photo of a label that is drawn here, for who has none at hand."""
        asked = await _read(request, LabelRequest)
        person = self._person(request)
        try:
            picture = await asyncio.to_thread(draw_label, asked.codes)
        except (ValueError, RuntimeError):
            raise ControlError("These codes can't be drawn.") from None
        return self._people.send_photo(person, self._api.files.add("photos", picture, "image/png"), "")

    async def _list_dealers(self, request: Request) -> dict[str, Any]:
        return {"dealers": [known.page() for known in self._dealers.values()]}

    async def _sticker_photo(self, request: Request) -> dict[str, Any]:
        """A photo of a dealer's sticker."""
        asked = await _read(request, DealerRequest)
        person = self._person(request)
        return self._people.send_sticker_photo(person, await of_dealer(self._dealers, asked.dealer).picture())

    async def _sticker_picture(self, request: Request) -> Response:
        known = self._dealers.get(request.path_params["dealer"])
        if known is None:
            return JSONResponse({"error": "There is no such dealer."}, status_code=404)
        headers = {"X-Content-Type-Options": "nosniff"}
        return Response(await known.picture(), media_type="image/png", headers=headers)

    async def _document(self, request: Request) -> dict[str, Any]:
        person = self._person(request)
        stored, fields = await self._uploaded(request, "documents")
        return self._people.send_document(person, stored, fields.get("caption", ""))

    async def _uploaded(self, request: Request, folder: str) -> tuple[StoredFile, dict[str, str]]:
        async with uploads_and_fields(bounded(request)) as (fields, files):
            if not files:
                raise ControlError("Send the file as multipart/form-data, in the field 'file'.")
            file = next(iter(files.values()))
            content = await file.read()
            mime_type = file.content_type or "application/octet-stream"
            return self._api.files.add(folder, content, mime_type, file.filename or ""), fields

    async def _sticker(self, request: Request) -> dict[str, Any]:
        return self._people.send_sample(self._person(request), "sticker")

    async def _voice(self, request: Request) -> dict[str, Any]:
        return self._people.send_sample(self._person(request), "voice")

    async def _video(self, request: Request) -> dict[str, Any]:
        return self._people.send_sample(self._person(request), "video")

    async def _block(self, request: Request) -> dict[str, Any]:
        return self._people.block(self._person(request), blocked=True)

    async def _unblock(self, request: Request) -> dict[str, Any]:
        return self._people.block(self._person(request), blocked=False)

    async def _resend(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, ResendRequest)
        return self._people.resend_last_update(self._person(request), new_update_id=asked.new_update_id)

    async def _changes(self, request: Request) -> dict[str, Any]:
        try:
            after = int(request.query_params.get("after", "0"))
            seconds = min(max(float(request.query_params.get("timeout", "25")), 0.0), LONGEST_WAIT_SECONDS)
        except ValueError:
            raise ControlError("after and timeout must be numbers.") from None
        changes = self._api.world.changes
        events = await changes.wait_after(after, seconds)
        return {"seq": changes.seq, "events": events}

    async def _commands(self, request: Request) -> dict[str, Any]:
        return {"commands": self._api.profile.menu()}

    async def _commands_here(self, request: Request) -> dict[str, Any]:
        return {"commands": self._api.profile.menu(self._person(request))}

    async def _state(self, request: Request) -> dict[str, Any]:
        webhook = self._api.delivery.webhook
        return {
            "pending_updates": len(self._api.queue.pending()),
            "in_flight": self._api.delivery.in_flight,
            "webhook": None if webhook is None else {"url": webhook.url, "last_error": webhook.last_error_message},
            "polling": self._api.queue.polling,
            "polls": self._api.queue.polls,
            "discarded_errors": list(self._api.world.discarded_errors),
            "licrus_calls": len(self._licrus.calls),
            "seq": self._api.world.changes.seq,
        }

    async def _calls(self, request: Request) -> dict[str, Any]:
        return {"calls": list(self._licrus.calls)}

    async def _list_faults(self, request: Request) -> dict[str, Any]:
        kinds = [{"kind": kind.name, "title": kind.title, "carried_out": kind.carries_out} for kind in FAULT_KINDS]
        return {"faults": kinds, "waiting": [fault.described() for fault in self._licrus.faults]}

    async def _add_fault(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, FaultRequest)
        kind = fault_kind(asked.kind)
        carries_out = kind.carries_out if asked.carried_out is None else asked.carried_out
        fault = Fault(kind, asked.times, asked.reason, carries_out, asked.status, asked.retry_after, asked.drip_seconds)
        self._licrus.faults.append(fault)
        return fault.described()

    async def _drop_faults(self, request: Request) -> dict[str, Any]:
        dropped = len(self._licrus.faults)
        self._licrus.faults.clear()
        return {"dropped": dropped}

    async def _limit(self, request: Request) -> dict[str, Any]:
        asked = await _read(request, LimitRequest)
        self._api.flood.retry_after_seconds, self._api.flood.times = asked.retry_after, asked.times
        return {"retry_after": asked.retry_after, "times": asked.times}

    async def _pause(self, request: Request) -> dict[str, Any]:
        """Dates what follows so many seconds later, as if nobody had said anything for so long."""
        self._api.world.ahead_s += (await _read(request, PauseRequest)).seconds
        return {"now": self._api.world.now()}

    async def _file(self, request: Request) -> Response:
        stored = self._api.files.by_path(request.path_params["path"])
        if stored is None:
            return JSONResponse({"error": "There is no such file."}, status_code=404)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(stored.content, media_type=stored.mime_type, headers=headers)


async def _read(request: Request, model: type[Asked]) -> Asked:
    """The request's body as that model; raises ControlError."""
    body = await bounded(request).body()
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['msg']}" for item in error.errors())
        raise ControlError("; ".join(problems)) from None


def _answered(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request))
        except ControlError as error:
            return JSONResponse({"error": str(error)}, status_code=error.status)
        except BodyTooLargeError as error:
            return JSONResponse({"error": str(error)}, status_code=413)

    return answered


async def _page_file(request: Request) -> Response:
    """A file of the chat page, and nothing outside its folder."""
    asked = request.path_params.get("path", "index.html")
    path = (PAGE / asked.replace("\0", "")).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        return JSONResponse({"error": "There is no such page."}, status_code=404)
    return FileResponse(path, headers=PAGE_HEADERS)
