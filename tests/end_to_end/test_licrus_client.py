"""The client against real connections: servers that cut, stall, drip, flood and lie at every step of one exchange."""

import asyncio
import gzip
import json
import logging
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable

import httpx
import pytest

from bot.licrus import CallRequest, Created, Held, Limits, Outcome, RateLimited, RefusedByLicrus, Unknown, Unreachable
from bot.licrus.client import create_call

TICKET = "aa1c99300ccd452aa518a52aa565beef"
REQUEST = CallRequest(
    DealerCompanyName="Test Bayi",
    DealerContactPerson="MUTLU ÖZCAN",
    DealerMobilePhone="3546546757",
    DealerWorkPhone="",
    DealerEmail="dealeremail@dealer.com",
    CustomerCompanyName="",
    CustomerFullName="Deneme Müşteri",
    CustomerMobilePhone="5301231212",
    CustomerWorkPhone="",
    CustomerEmail="customerEmail@customer.com",
    CustomerCity="Istanbul",
    CustomerDistrict="Umraniye",
    CustomerAddress="Fatih Sultan Mehmet mahallesi",
    ProductNameList="ECODENSE WT 65",
    ProductGroupName="ECODENSE DUVAR- YER TİPİ KAZAN",
    ProductSerialNumberList="99958,99959",
    DeviceCount=2,
)
SUCCESS = {
    "Results": [],
    "Id": 0,
    "MessageList": [{"Type": 2, "Message": "Verdiğiniz bilgilere göre çağrı oluşturulmuştur. Çağrı numarası: 43090"}],
    "HasError": False,
}
BODY = json.dumps(SUCCESS, ensure_ascii=False).encode()
PATIENT = Limits(total_seconds=20)
QUICK = Limits(connect_seconds=0.3, read_seconds=0.3, total_seconds=0.6)  # for those who wait for its end


class Server:
    """One tiny server: `behave` gets the whole request and answers as it likes; the connection is closed after it."""

    def __init__(self, behave: Callable[["Server", asyncio.StreamWriter], Awaitable[None]]) -> None:
        self.behave = behave
        self.connections = 0
        self.received: list[bytes] = []
        self.asked = asyncio.Event()
        self.ended = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
            self.received.append(head + await reader.readexactly(length))
            self.asked.set()
            await self.behave(self, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def answer(body: bytes = BODY, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: application/json", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def says(*pieces: bytes) -> Callable[[Server, asyncio.StreamWriter], Awaitable[None]]:
    async def behave(server: Server, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return behave


async def silent(server: Server, writer: asyncio.StreamWriter) -> None:
    await server.ended.wait()


async def reset(server: Server, writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    writer.transport.abort()


def exchange(
    behave: Callable[[Server, asyncio.StreamWriter], Awaitable[None]],
    limits: Limits = PATIENT,
    still_allowed: Callable[[], bool] = lambda: True,
    request: CallRequest = REQUEST,
) -> tuple[Outcome, Server]:
    async def run() -> tuple[Outcome, Server]:
        server = Server(behave)
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            outcome = await create_call(
                request,
                url=f"http://127.0.0.1:{port}/api/",
                ticket=TICKET,
                limits=limits,
                still_allowed=still_allowed,
            )
            server.ended.set()
            if serving := asyncio.all_tasks() - {asyncio.current_task()}:
                await asyncio.wait(serving)
        return outcome, server

    return asyncio.run(run())


def call(url: str, limits: Limits = QUICK) -> Outcome:
    return asyncio.run(create_call(REQUEST, url=url, ticket=TICKET, limits=limits))


def test_the_documented_request_is_sent_once_and_its_number_is_read() -> None:
    outcome, server = exchange(says(answer()))
    assert outcome == Created("43090")
    head, _, body = server.received[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /api/ExternalCall/Create HTTP/1.1\r\n")
    assert b"connection: close" in head.lower()
    sent = json.loads(body)
    assert list(sent) == ["AuthTicket", *CallRequest.model_fields]
    assert sent == {"AuthTicket": TICKET, **REQUEST.model_dump()}
    assert "TİPİ KAZAN".encode() in body


def test_a_chunked_answer_is_read() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    half = len(BODY) // 2
    pieces = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (BODY[:half], BODY[half:])]
    assert exchange(says(head, *pieces, b"0\r\n\r\n"))[0] == Created("43090")


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_a_compressed_answer_is_read_though_none_was_asked_for(name: str) -> None:
    packed = gzip.compress(BODY) if name == "gzip" else zlib.compress(BODY)
    assert exchange(says(answer(packed, "200 OK", f"Content-Encoding: {name}")))[0] == Created("43090")


def test_every_request_has_a_connection_of_its_own() -> None:
    async def run() -> int:
        server = Server(says(answer()))
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        async with listening:
            url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/api"
            for _ in range(3):
                await create_call(REQUEST, url=url, ticket=TICKET, limits=PATIENT)
        return server.connections

    assert asyncio.run(run()) == 3


def test_a_refused_connection_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connecting is refused
        assert call(f"http://127.0.0.1:{taken.getsockname()[1]}") == Unreachable("connect")


def test_a_name_that_does_not_resolve_is_unreachable() -> None:
    assert call("http://licrus.invalid/api", Limits(connect_seconds=3, total_seconds=4)) in (
        Unreachable("connect"),
        Unreachable("connect_timeout"),
    )


def full_backlog(limits: Limits) -> Outcome:
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        return call(f"http://127.0.0.1:{listening.getsockname()[1]}", limits)


def test_a_server_that_does_not_accept_is_unreachable() -> None:
    assert full_backlog(QUICK) == Unreachable("connect_timeout")


def test_the_total_time_running_out_while_connecting_is_unreachable() -> None:
    assert full_backlog(Limits(connect_seconds=5, total_seconds=0.2)) == Unreachable("total_timeout")


def test_a_failed_tls_handshake_is_unreachable() -> None:
    async def run() -> Outcome:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(10)
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with listening:
            port = listening.sockets[0].getsockname()[1]
            return await create_call(REQUEST, url=f"https://127.0.0.1:{port}", ticket=TICKET, limits=PATIENT)

    assert asyncio.run(run()) == Unreachable("connect")


def test_a_silent_tls_handshake_is_unreachable() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        outcome = call(f"https://127.0.0.1:{listening.getsockname()[1]}", Limits(connect_seconds=5, total_seconds=0.2))
    assert outcome == Unreachable("total_timeout")


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1", "127.0.0.1", "", "http://[", "http://127.0.0.1:99999", "http://a\x00b"]
)
def test_an_address_that_is_none_is_unreachable(url: str) -> None:
    assert isinstance(call(url), Unreachable)


def test_when_the_deadline_has_passed_no_byte_of_the_request_leaves() -> None:
    outcome, server = exchange(says(answer()), still_allowed=lambda: False)
    assert outcome == Unreachable("deadline")
    assert server.connections == 1
    assert server.received == []


def test_the_deadline_is_asked_once_and_after_connecting() -> None:
    asked: list[str] = []

    def allow() -> bool:
        asked.append("asked")
        return True

    assert exchange(says(answer()), still_allowed=allow)[0] == Created("43090")
    assert asked == ["asked"]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        asyncio.run(create_call(REQUEST, url=url, ticket=TICKET, limits=QUICK, still_allowed=allow))
    assert asked == ["asked"]


def test_a_deadline_that_cannot_be_told_counts_as_passed() -> None:
    def broken() -> bool:
        raise RuntimeError("no clock")

    assert exchange(says(answer()), still_allowed=broken)[0] == Unreachable("deadline")


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(says(), id="closed without an answer"),
        pytest.param(reset, id="reset without an answer"),
        pytest.param(says(b"HTTP/1.1 200"), id="closed in the status line"),
        pytest.param(says(answer()[: -len(BODY)]), id="closed after the headers"),
        pytest.param(says(answer()[:-20]), id="closed after half the body"),
        pytest.param(says(b"nonsense\r\n\r\n"), id="not HTTP"),
        pytest.param(says(answer(b"<html>Bad</html>", "502 Bad Gateway")), id="502"),
        pytest.param(says(answer(BODY, "500 Internal Server Error")), id="500 with a proper body"),
        pytest.param(says(answer(b"")), id="empty"),
        pytest.param(says(answer(BODY[:-1])), id="broken JSON"),
        pytest.param(says(answer(BODY, "200 OK", "Content-Encoding: gzip")), id="not gzip"),
        pytest.param(says(answer(gzip.compress(BODY)[:-12], "200 OK", "Content-Encoding: gzip")), id="torn gzip"),
        pytest.param(says(answer(BODY, "200 OK", "Content-Encoding: br")), id="an encoding nobody asked for"),
        pytest.param(says(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), id="another protocol"),
    ],
)
def test_whatever_goes_wrong_after_the_first_byte_is_unknown_and_sent_once(
    behave: Callable[[Server, asyncio.StreamWriter], Awaitable[None]],
) -> None:
    outcome, server = exchange(behave)
    assert isinstance(outcome, Unknown)
    assert server.connections == 1


def test_silence_after_the_request_is_unknown() -> None:
    assert exchange(silent, QUICK)[0] == Unknown("timeout")


def test_silence_after_half_the_body_is_unknown() -> None:
    async def behave(server: Server, writer: asyncio.StreamWriter) -> None:
        writer.write(answer()[:-20])
        await server.ended.wait()

    assert exchange(behave, QUICK)[0] == Unknown("timeout")


def test_a_slow_drip_ends_with_the_total_time() -> None:
    async def behave(server: Server, writer: asyncio.StreamWriter) -> None:
        for byte in answer():
            if server.ended.is_set():
                return
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.02)

    assert exchange(behave, QUICK)[0] == Unknown("timeout")


def test_an_answer_larger_than_the_limit_is_unknown() -> None:
    huge = answer(BODY + b" " * 1024 * 1024)
    assert exchange(says(huge))[0] == Unknown("large_answer")


def test_an_endless_answer_is_left_after_the_limit() -> None:
    async def behave(server: Server, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not server.ended.is_set():
            writer.write(b"10000\r\n" + b" " * 65536 + b"\r\n")
            await writer.drain()

    assert exchange(behave)[0] == Unknown("large_answer")


def test_endless_headers_are_left_too() -> None:
    async def behave(server: Server, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not server.ended.is_set():
            writer.write(b"X-More: " + b"x" * 8000 + b"\r\n")
            await writer.drain()

    assert isinstance(exchange(behave)[0], Unknown)


def test_a_small_answer_that_unpacks_to_a_huge_one_is_unknown() -> None:
    bomb = gzip.compress(BODY + b" " * 64 * 1024 * 1024, 1)
    assert len(bomb) < 1024 * 1024
    outcome, _ = exchange(says(answer(bomb, "200 OK", "Content-Encoding: gzip")))
    assert outcome == Unknown("large_answer")


def test_a_redirect_is_not_followed() -> None:
    outcome, server = exchange(says(answer(b"", "307 Temporary Redirect", "Location: /elsewhere")))
    assert outcome == Unknown("status_307")
    assert server.connections == 1


def test_statuses_decide_even_if_their_body_is_cut() -> None:
    assert exchange(says(answer(b"no", "401 Unauthorized")[:-1]))[0] == Held("status_401")
    limited = answer(b"later", "429 Too Many Requests", "Retry-After: 7")
    assert exchange(says(limited))[0] == RateLimited(7)
    assert exchange(says(limited[:-2]))[0] == RateLimited(7)


def test_a_refusal_never_shows_the_ticket() -> None:
    body = json.dumps({"HasError": True, "MessageList": [{"Message": f"Kayıt bulunamadı ({TICKET})"}]}).encode()
    assert exchange(says(answer(body)))[0] == RefusedByLicrus("Kayıt bulunamadı (***)")


def test_a_request_that_cannot_be_written_as_utf_8_is_held() -> None:
    broken = REQUEST.model_copy(update={"CustomerFullName": "\ud800"})
    outcome, server = exchange(says(answer()), request=broken)
    assert outcome == Held("request_not_encodable")
    assert server.connections == 0


def test_a_cancelled_attempt_is_not_swallowed() -> None:
    async def run() -> None:
        server = Server(silent)
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        async with listening:
            url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
            sending = asyncio.create_task(create_call(REQUEST, url=url, ticket=TICKET))
            await server.asked.wait()
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            server.ended.set()
            await asyncio.sleep(0.01)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (httpx.PoolTimeout("full"), Unreachable("pool_timeout")),
        (httpx.ConnectError("no"), Unreachable("connect")),
        (ssl.SSLError("late"), Unknown("unexpected")),
        (httpx.WriteError("cut"), Unknown("connection_lost")),
        (httpx.WriteTimeout("slow"), Unknown("timeout")),
        (httpx.ReadError("cut"), Unknown("connection_lost")),
        (RuntimeError("a bug"), Unknown("unexpected")),
        (TimeoutError(), Unknown("timeout")),
    ],
)
def test_without_a_trace_only_errors_of_connecting_prove_that_nothing_left(error: Exception, outcome: Outcome) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error

    transport = httpx.MockTransport(fail)
    sending = create_call(REQUEST, url="http://licrus.test", ticket=TICKET, limits=QUICK, transport=transport)
    assert asyncio.run(sending) == outcome


@pytest.mark.parametrize(
    ("events", "error"),
    [
        pytest.param(["http11.send_request_headers.started"], httpx.ConnectError("late"), id="begun"),
        pytest.param(["connection.connect_tcp.started", "http11.renamed.started"], TimeoutError(), id="renamed"),
    ],
)
def test_a_trace_that_went_past_connecting_is_unknown_whatever_is_raised(events: list[str], error: Exception) -> None:
    async def fail(request: httpx.Request) -> httpx.Response:
        for event in events:
            await request.extensions["trace"](event, {})
        raise error

    transport = httpx.MockTransport(fail)
    sending = create_call(REQUEST, url="http://licrus.test", ticket=TICKET, limits=QUICK, transport=transport)
    assert isinstance(asyncio.run(sending), Unknown)


def test_proxy_settings_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert exchange(says(answer()))[0] == Created("43090")


def test_neither_ticket_nor_person_gets_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for behave in (says(answer()), reset, says(answer(b"x", "400 Bad"))):
            exchange(behave)
    assert TICKET not in caplog.text
    assert "5301231212" not in caplog.text
    assert "Deneme" not in caplog.text
