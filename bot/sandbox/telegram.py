"""The Bot API over HTTP: token, method, parameters in; Telegram's envelope out."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import ApiError
from bot.sandbox.files import FileStore
from bot.sandbox.messages import MessageMethods
from bot.sandbox.parameters import Parameters, read_parameters
from bot.sandbox.profile import ProfileMethods
from bot.sandbox.receiving import ReceivingMethods
from bot.sandbox.state import World
from bot.sandbox.taps import Taps
from bot.sandbox.updates import UpdateQueue

Method = Callable[[Parameters], Awaitable[Any]]

# Methods that the flood limit of the control API holds back.
_LIMITED = {
    "sendmessage",
    "editmessagetext",
    "editmessagereplymarkup",
    "deletemessage",
    "sendphoto",
    "senddocument",
    "answercallbackquery",
    "sendchataction",
}


@dataclass
class FloodLimit:
    """The next `times` messages are refused with 429."""

    retry_after_seconds: int = 0
    times: int = 0

    def check(self) -> None:
        if self.times > 0:
            self.times -= 1
            seconds = self.retry_after_seconds
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)


@dataclass
class BotApi:
    """One bot at Telegram."""

    token: str
    world: World
    queue: UpdateQueue
    files: FileStore
    taps: Taps
    flood: FloodLimit = field(default_factory=FloodLimit)
    profile: ProfileMethods = field(init=False)
    delivery: Delivery = field(init=False)
    _methods: dict[str, Method] = field(init=False)

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.queue, self.execute_answer)
        self.profile = ProfileMethods(self.world)
        messages = MessageMethods(self.world, self.files, self.taps)
        receiving = ReceivingMethods(self.world, self.queue, self.delivery, self.files)
        # Telegram takes the names of methods in any case.
        self._methods = {
            name.lower(): method
            for part in (messages, self.profile, receiving)
            for name, method in part.methods().items()
        }

    async def call(self, method_name: str, parameters: Parameters) -> Any:
        """The method's result; raises ApiError."""
        name = method_name.lower()
        method = self._methods.get(name)
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        if name in _LIMITED:
            self.flood.check()
        return await method(parameters)

    async def execute_answer(self, answer: dict[str, Any]) -> None:
        """A method in the webhook's answer: its result is thrown away, a refusal is only seen in /api/state."""
        values = {name: value for name, value in answer.items() if name != "method"}
        try:
            await self.call(answer["method"], Parameters(values))
        except ApiError as error:
            self.world.discarded_errors.append({"method": answer["method"], **error.body()})

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise ApiError(404, "Not Found")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            raise ApiError(401, "Unauthorized")

    async def handle(self, request: Request) -> Response:
        """POST or GET /bot<token>/<method>."""
        try:
            self._check_token(request.path_params["token"])
            parameters = await read_parameters(request)
            result = await self.call(request.path_params["method"], parameters)
        except ApiError as error:
            headers = {} if error.retry_after_seconds is None else {"Retry-After": str(error.retry_after_seconds)}
            return JSONResponse(error.body(), status_code=error.code, headers=headers)
        return JSONResponse({"ok": True, "result": result})

    async def download(self, request: Request) -> Response:
        """GET /file/bot<token>/<path>."""
        try:
            self._check_token(request.path_params["token"])
            stored = self.files.by_path(request.path_params["path"])
            if stored is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return JSONResponse(error.body(), status_code=error.code)
        return Response(stored.content, media_type="application/octet-stream")
