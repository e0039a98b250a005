"""Telegram's Bot API as the bot sees it, and Licrus: as little as the conversation needs, told to the town at once."""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from benchmarks.http import Answer, response
from benchmarks.people import Person, Town

BOT_ID = 123456789
TOKEN = f"{BOT_ID}:AAbenchbenchbenchbenchbenchbenchbench0"
USERNAME = "devreye_bench_bot"
OK = response(b'{"ok":true,"result":true}')
_NOT_FOUND = response(b'{"ok":false,"error_code":404,"description":"Not Found"}', "404 Not Found")
_ME = {
    "id": BOT_ID,
    "is_bot": True,
    "first_name": "Devreye",
    "username": USERNAME,
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
BATCH = 100


class Telegram:
    """One bot's Bot API. `webhook_url` is what getWebhookInfo tells until somebody sets another."""

    def __init__(self, town: Town, webhook_url: str) -> None:
        self.calls: Counter[str] = Counter()
        self.pending: deque[tuple[int, bytes, Person]] = deque()
        self._town = town
        self._webhook_url = webhook_url
        self._prefix = f"/bot{TOKEN}/"
        self._messages = 1000
        self._given: list[tuple[int, bytes, Person]] = []
        self._poller: Answer | None = None
        self._methods: dict[str, Callable[[dict[str, Any]], Any]] = {
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message,
            "answerCallbackQuery": self._answer_tap,
            "getMe": lambda _: _ME,
            "getWebhookInfo": lambda _: self._webhook_info(),
            "setWebhook": self._set_webhook,
            "deleteWebhook": lambda _: self._set_webhook({"url": ""}),
        }

    def handle(self, url: str, body: bytes, answer: Answer) -> None:
        """One request to api.telegram.org."""
        path, _, query = url.partition("?")
        if not path.startswith(self._prefix):
            answer(_NOT_FOUND)
            return
        method = path[len(self._prefix) :]
        self.calls[method] += 1
        parameters = read(body) if body else dict(parse_qsl(query))
        if method == "getUpdates":
            self._poll(parameters, answer)
        else:
            answer(self._done(method, parameters))

    def _done(self, method: str, parameters: dict[str, Any]) -> bytes:
        found = self._methods.get(method)
        result = True if found is None else found(parameters)
        return OK if result is True else response(json.dumps({"ok": True, "result": result}).encode())

    def answered_in_response(self, body: bytes) -> None:
        """The bot answered an update with a call of a method. Nobody learns what became of that."""
        try:
            parameters = read(body)
        except ValueError:
            return
        if "method" in parameters:
            self.calls["in the response"] += 1
            found = self._methods.get(parameters["method"])
            if found is not None:
                found(parameters)

    def _send_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        self._messages += 1
        chat_id, text = int(parameters["chat_id"]), parameters["text"]
        self._town.said(chat_id, text, _markup(parameters), self._messages)
        return _message(self._messages, chat_id, text)

    def _edit_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat_id, message_id, text = int(parameters["chat_id"]), int(parameters["message_id"]), parameters["text"]
        self._town.said(chat_id, text, _markup(parameters), message_id, edited=True)
        return _message(message_id, chat_id, text)

    def _answer_tap(self, parameters: dict[str, Any]) -> bool:
        self._town.toasted(str(parameters["callback_query_id"]))
        return True

    def _webhook_info(self) -> dict[str, Any]:
        return {"url": self._webhook_url, "has_custom_certificate": False, "pending_update_count": 0}

    def _set_webhook(self, parameters: dict[str, Any]) -> bool:
        self._webhook_url = parameters.get("url", "")
        return True

    def put(self, update_id: int, update: bytes, person: Person) -> None:
        """An update that waits to be fetched."""
        self.pending.append((update_id, update, person))
        if self._poller is not None:
            poller, self._poller = self._poller, None
            self._give(poller)

    def _poll(self, parameters: dict[str, Any], answer: Answer) -> None:
        offset = int(parameters.get("offset") or 0)
        kept = [given for given in self._given if given[0] >= offset]
        gone = [given for given in self._given if given[0] < offset]
        self.pending.extendleft(reversed(kept))
        self._given = []
        self._poller = None
        if self.pending or not int(parameters.get("timeout") or 0):
            self._give(answer)
        else:
            self._poller = answer
        for _, _, person in gone:
            self._town.acknowledged(person)

    def _give(self, answer: Answer) -> None:
        self._given = [self.pending.popleft() for _ in range(min(BATCH, len(self.pending)))]
        answer(response(b'{"ok":true,"result":[%b]}' % b",".join(update for _, update, _ in self._given)))


class Licrus:
    """ExternalCall/Create: a call that somebody confirmed is carried out, and answered after `takes_s` seconds."""

    def __init__(self, town: Town, takes_s: float = 0.0) -> None:
        self._town = town
        self._takes_s = takes_s

    def handle(self, url: str, body: bytes, answer: Answer) -> None:
        """One request to Licrus."""
        try:
            parsed = json.loads(body)
        except ValueError:
            self._town.fail("wrong", "a call that is no JSON")
            answer(response(b"{}", "400 Bad Request"))
            return
        number = self._town.called(parsed)
        whole = _REFUSED if number is None else response(_CREATED % number)
        if self._takes_s:
            asyncio.get_running_loop().call_later(self._takes_s, answer, whole)
        else:
            answer(whole)


_CREATED = (
    '{"Results":[],"Entity":null,"HasResult":false,"Count":0,"TotalCount":0,"Id":0,"Meta":null,"MessageList":[{"Type":2,'
    '"Message":"Verdiğiniz bilgilere göre çağrı oluşturulmuştur. Çağrı numarası: %d"}],"HasError":false,'
    '"HasMessage":true,"RrpTag":null}'
).encode()
_REFUSED = response(
    b'{"Results":[],"MessageList":[{"Type":1,"Message":"Bilgiler eksik."}],"HasError":true,"HasMessage":true}'
)


def read(body: bytes) -> dict[str, Any]:
    """The parameters of a request as JSON, as a form, or as multipart."""
    if body.startswith(b"{"):
        parsed: dict[str, Any] = json.loads(body)
        return parsed
    if body.startswith(b"--"):
        return _multipart(body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _multipart(body: bytes) -> dict[str, Any]:
    boundary = body.split(b"\r\n", 1)[0]
    found: dict[str, Any] = {}
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        found[name] = value.removesuffix(b"\r\n").decode()
    return found


def _markup(parameters: dict[str, Any]) -> Any:
    markup = parameters.get("reply_markup")
    return json.loads(markup) if isinstance(markup, str) else markup


def _message(message_id: int, chat_id: int, text: str) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "from": _ME,
        "chat": {"id": chat_id, "first_name": "Mutlu", "last_name": "Kişi", "type": "private"},
        "date": int(time.time()),
        "text": text,
    }
