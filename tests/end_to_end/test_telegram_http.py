"""The transport below python-telegram-bot against a server that cuts, drips, redirects and stays silent."""

import asyncio
import traceback

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.telegram import http
from bot.telegram.client import Client

TOKEN = "123456789:AAkeepthistokenoutofeveryerrortext00"
SENT = b'{"ok":true,"result":{"message_id":7}}'
SAY = {"method": "sendMessage", "chat_id": 5, "text": "Merhaba", "link_preview_options": {"is_disabled": True}}


def answer(body: bytes = SENT, status: str = "200 OK", *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", "")).encode() + body


class Server:
    """Answers the requests of each connection in turn, then hangs up; without an answer it stays silent."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers = list(answers)
        self.requests: list[bytes] = []
        self.connections = 0
        self.url = ""
        self.over = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while self.answers:
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
                self.requests.append(head + await reader.readexactly(int(length or 0)))
                said = self.answers.pop(0)
                if said is None:
                    await self.over.wait()
                    return
                writer.write(said)
            # What comes now is read and not answered: the connection ends.
            self.requests.append(await reader.readuntil(b"\r\n\r\n"))
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


def calls(server: Server, number: int = 1, api_url: str = "") -> list[object]:
    """What each of so many calls came to, its result or its error."""

    async def run() -> list[object]:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        client = Client(TOKEN, api_url or server.url)
        found = list[object]()
        for _ in range(number):
            try:
                found.append(await client.carry_out(SAY))
            except TelegramError as error:
                found.append(error)
        server.over.set()
        await client.request.shutdown()
        listening.close()
        return found

    return asyncio.run(run())


def test_a_call_is_sent_as_json_and_its_connection_is_kept() -> None:
    server = Server(answer(), answer())
    assert calls(server, 2) == [{"message_id": 7}] * 2
    assert server.connections == 1
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /bot123456789:AAkeepthistokenoutofeveryerrortext00/sendMessage HTTP/1.1")
    assert body == b'{"chat_id": 5, "text": "Merhaba", "link_preview_options": {"is_disabled": true}}'


def test_a_message_is_not_sent_again_where_the_server_hung_up_instead_of_answering() -> None:
    server = Server(answer())
    sent, lost = calls(server, 2)
    assert sent == {"message_id": 7}
    assert type(lost) is NetworkError
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        pytest.param(None, TimedOut, id="silence"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", TimedOut, id="half an answer"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", NetworkError, id="another protocol"),
        pytest.param(answer(b"", "302 Found", "Location: /elsewhere"), NetworkError, id="redirect"),
        pytest.param(answer(b"<html>", "502 Bad Gateway"), NetworkError, id="gateway"),
    ],
)
def test_no_answer_is_an_error_that_can_be_tried_again_and_names_no_token(
    said: bytes | None, kind: type[TelegramError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ_S", 0.1)
    server = Server(said, None)
    (error,) = calls(server)
    assert type(error) is kind
    assert isinstance(error, TelegramError)
    assert "AAkeep" not in "".join(traceback.format_exception(error))
    assert len(server.requests) == 1


@pytest.mark.parametrize("api_url", ["http://127.0.0.1:1", "http://telegram.invalid"])
def test_a_server_that_can_not_be_reached_is_a_network_error(api_url: str) -> None:
    (error,) = calls(Server(), api_url=api_url)
    assert type(error) is NetworkError


def test_the_environment_names_the_proxy_and_whom_to_call_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "api.elsewhere.test")
    assert http._proxy("http://api.telegram.test") == "http://127.0.0.1:3128"
    assert http._proxy("http://api.elsewhere.test") is None
    assert http._proxy("https://api.telegram.test") is None
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:3129")
    assert http._proxy("https://api.telegram.test") == "http://127.0.0.1:3129"


def test_a_call_goes_by_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(answer())
    monkeypatch.setattr(http, "_proxy", lambda _: server.url)
    assert calls(server, api_url="http://telegram.invalid") == [{"message_id": 7}]
    assert server.requests[0].startswith(b"POST http://telegram.invalid/bot123456789:AA")
