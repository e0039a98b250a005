"""The whole bot behind its webhook, over real HTTP: the sandbox delivers as Telegram does."""

import asyncio
import contextlib
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

import bot.intake
from bot.app import App, StartError
from bot.commands.sandboxing import sandbox_and_bot, sandbox_settings
from bot.commands.webhook import delete_webhook, set_webhook, show_webhook
from bot.listening import Listener
from bot.sandbox import Sandbox
from bot.sandbox.player import Differs, play
from bot.sandbox.transcripts import read_transcript
from bot.settings import Settings, load_settings
from bot.storage import queries
from bot.storage.database import make_engine
from bot.storage.errors import StorageFull
from bot.storage.schema import chats, drafts, outbox, requests, seen_updates
from bot.telegram.client import Client
from bot.telegram.inbound import ALLOWED_UPDATES, Inbound
from bot.telegram.webhook import Webhook
from tests.databases import database_url, storage_settings
from tests.ports import free_port as free_port

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = ROOT / "tests" / "transcripts"
SECRET = "a-secret-of-these-tests"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
DEVREYE = [sys.executable, "-c", "import sys; from bot.commands import main; sys.exit(main())"]


def webhook_settings(port: int) -> dict[str, str]:
    url = f"http://127.0.0.1:{port}/telegram"
    return {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET, "WEBHOOK_PORT": str(port)}


class Line:
    """One person in front of the bot, the bot's webhook, and its tables."""

    def __init__(self, sandbox: Sandbox, settings: Settings, http: httpx.AsyncClient) -> None:
        self.sandbox, self.settings, self.http = sandbox, settings, http
        self.engine = make_engine(settings.database_url.get_secret_value())
        self.chat_id = 0

    async def call(self, method: str, **body: Any) -> Any:
        answer = await self.http.post(f"/bot{self.sandbox.token}/{method}", json=body)
        return answer.json()["result"]

    async def connect(self) -> None:
        """What `devreye webhook set` does."""
        async with Client(self.sandbox.token, self.sandbox.bot_api_url) as client:
            assert await set_webhook(client, self.settings) == 0

    async def say(self, text: str) -> None:
        (await self.http.post(f"/api/chats/{self.chat_id}/text", json={"text": text})).raise_for_status()

    async def heard(self, count: int, within_s: float = 10) -> list[str]:
        """What the bot said, once that many messages of it are there."""
        async with asyncio.timeout(within_s):
            while len(found := await self.said()) < count:  # noqa: ASYNC110 - the condition is the server's
                await asyncio.sleep(0.01)
        return found

    async def said(self) -> list[str]:
        messages = (await self.http.get(f"/api/chats/{self.chat_id}")).json()["messages"]
        return [message["text"] for message in messages if message["from"] == "bot"]

    async def post(self, body: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        """An update by hand, to see the response."""
        given = HEADERS if headers is None else headers
        if isinstance(body, bytes):
            return await self.http.post(self.settings.webhook_url, content=body, headers=given)
        return await self.http.post(self.settings.webhook_url, json=body, headers=given)

    def text(self, update_id: int, text: str) -> dict[str, Any]:
        user = {"id": self.chat_id, "is_bot": False, "first_name": "Ayşe"}
        chat = {"id": self.chat_id, "type": "private", "first_name": "Ayşe"}
        message = {"message_id": update_id, "date": 1_800_000_000, "chat": chat, "from": user, "text": text}
        return {"update_id": update_id, "message": message}

    def rows(self, *tables: sa.Table) -> list[list[Any]]:
        with self.engine.begin() as connection:
            return [[tuple(row) for row in connection.execute(sa.select(table))] for table in tables]

    def everything(self) -> list[list[Any]]:
        return self.rows(chats, drafts, outbox, requests, seen_updates)

    @property
    def messages(self) -> list[Any]:
        with self.engine.begin() as connection:
            return list(connection.execute(sa.select(outbox).order_by(outbox.c.id)))


@contextlib.asynccontextmanager
async def running(folder: Path, **more: str) -> AsyncIterator[tuple[Line, App]]:
    sandbox = Sandbox()
    await sandbox.start()
    given = {
        **sandbox_settings(sandbox, folder),
        **storage_settings(folder),
        **webhook_settings(free_port()),
        **more,
    }
    settings = load_settings(None, **given)
    app = App(settings)
    try:
        await app.start()
        # httpx gives up after 5 s of its own; on a busy machine one commit of a group may take that.
        async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False, timeout=30) as http:
            line = Line(sandbox, settings, http)
            line.chat_id = (await http.post("/api/people", json={"name": "Ayşe Yılmaz"})).json()["id"]
            # A bot may only write to who wrote to it first; updates by hand come past the sandbox.
            await line.say("/start")
            await line.connect()
            await line.heard(1)
            yield line, app
    finally:
        await app.stop()
        await sandbox.stop()


def inside(folder: Path, scenario: Callable[[Line, App], Any], **more: str) -> None:
    async def work() -> None:
        async with running(folder, **more) as (line, app):
            await scenario(line, app)

    asyncio.run(work())


@pytest.mark.parametrize("name", ["sample", "correction", "double-tap", "customer", "any-message", "edited-message"])
def test_a_conversation_goes_over_the_webhook_as_written(name: str, tmp_path: Path) -> None:
    async def work() -> None:
        more = webhook_settings(free_port()) | storage_settings(tmp_path)
        async with sandbox_and_bot(tmp_path, more=more) as (sandbox, bot):
            async with Client(sandbox.token, sandbox.bot_api_url) as client:
                await client.set_webhook(more["WEBHOOK_URL"], secret_token=SECRET, allowed_updates=[*ALLOWED_UPDATES])
            await play(read_transcript(TRANSCRIPTS / f"{name}.txt"), sandbox.url, bot=bot)
        engine = make_engine(database_url(tmp_path))
        with engine.begin() as connection:
            rows = list(connection.execute(sa.select(outbox)))
        given = [row for row in rows if row.given_to_update is not None]
        assert given
        assert all(row.message_id is None and row.state == "sent" for row in given)
        assert not any(queries.read_message(row.message).must_arrive for row in given)
        assert all(row.message_id for row in rows if queries.read_message(row.message).must_arrive)

    try:
        asyncio.run(work())
    except Differs as difference:
        pytest.fail(str(difference), pytrace=False)


def test_a_forged_call_changes_nothing(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        before = line.everything()
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed-guessed-guessed"}):
            answer = await line.post(line.text(900, "Bayiyim"), headers)
            assert (answer.status_code, answer.content) == (401, b"")
        assert line.everything() == before
        assert len(await line.said()) == 1

    inside(tmp_path, scenario)


def test_a_body_too_large_is_refused_and_the_next_is_taken(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        before = line.everything()
        answer = await line.post(b" " * (1024 * 1024 + 1))
        assert answer.status_code == 413
        assert line.everything() == before
        assert (await line.post(line.text(900, "Bayiyim"))).json()["method"] == "sendMessage"

    inside(tmp_path, scenario)


def test_the_old_secret_is_good_until_it_is_taken_out(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        old = {"X-Telegram-Bot-Api-Secret-Token": "the-secret-of-before"}
        assert (await line.post(line.text(900, "Bayiyim"), old)).status_code == 200

    inside(tmp_path, scenario, WEBHOOK_SECRET_OLD="the-secret-of-before")


def test_an_update_that_comes_again_gets_the_same_reply_and_changes_nothing(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        first = await line.post(line.text(900, "Müşteriyim"))
        assert first.json()["chat_id"] == line.chat_id
        after = line.everything()
        for _ in range(3):
            again = await line.post(line.text(900, "Müşteriyim"))
            assert (again.status_code, again.content) == (200, first.content)
        assert line.everything() == after

    inside(tmp_path, scenario)


def test_a_reply_is_not_given_again_once_something_newer_was_said(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        await line.post(line.text(900, "Müşteriyim"))
        newer = await line.post(line.text(901, "Test Bayi"))
        after = line.everything()
        old = await line.post(line.text(900, "Müşteriyim"))
        assert (old.status_code, old.content) == (200, b"")
        assert (await line.post(line.text(901, "Test Bayi"))).content == newer.content
        assert line.everything() == after

    inside(tmp_path, scenario)


def test_telegram_delivering_again_shows_the_reply_once_more(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        await line.say("Müşteriyim")
        said = await line.heard(2)
        await line.http.post(f"/api/chats/{line.chat_id}/resend_last_update", json={"new_update_id": False})
        assert await line.heard(3) == [*said, said[-1]]

    inside(tmp_path, scenario)


def test_without_room_the_response_is_empty_and_the_outbox_sends_in_order(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        first, second = [await line.post(line.text(n, text)) for n, text in ((900, "Müşteriyim"), (901, "Test Bayi"))]
        assert (first.content, second.content) == (b"", b"")
        began = time.monotonic()
        await line.heard(2)
        # Two questions waited for room: the newer one was asked.
        assert [row.failure for row in line.messages][-2:] == ["replaced", ""]
        assert time.monotonic() - began < 5

    inside(tmp_path, scenario, RATE_PER_CHAT_PER_S="1", RATE_CHAT_BURST="1")


def test_a_given_reply_that_comes_again_without_room_is_sent_by_the_outbox(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        assert (await line.post(line.text(900, "Müşteriyim"))).content
        assert (await line.post(line.text(900, "Müşteriyim"))).content == b""
        assert len(await line.heard(2)) == 2
        assert line.messages[-1].given_to_update is None

    inside(tmp_path, scenario, RATE_PER_CHAT_PER_S="2", RATE_CHAT_BURST="2")


def test_an_update_that_needs_no_reply_takes_no_room(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        for update_id in range(900, 903):
            pinned = line.text(update_id, "")
            pinned["message"] |= {"text": None, "new_chat_title": "x"}
            assert (await line.post(pinned)).content == b""
        assert (await line.post(line.text(910, "Müşteriyim"))).content

    inside(tmp_path, scenario, RATE_PER_CHAT_PER_S="0.01", RATE_CHAT_BURST="2")


def test_nothing_overtakes_what_waits_in_the_outbox(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        row = dict(line.messages[-1]._mapping)
        waiting = {**row, "id": row["id"] + 1, "state": "pending", "due_at": time.time() + 1, "given_to_update": None}
        with line.engine.begin() as connection:
            connection.execute(sa.insert(outbox).values(**waiting))
        assert (await line.post(line.text(900, "Müşteriyim"))).content == b""
        said = await line.heard(3)
        assert said[1] == said[0]
        assert said[2] != said[0]

    inside(tmp_path, scenario)


def test_what_could_not_be_stored_is_taken_when_telegram_delivers_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, tried = bot.intake.take, list[int]()

    def take(connection: sa.Connection, inbound: Inbound, *rest: Any, **more: Any) -> Any:
        tried.append(inbound.update_id)
        if len(tried) == 1:
            raise StorageFull
        return original(connection, inbound, *rest, **more)

    async def scenario(line: Line, app: App) -> None:
        monkeypatch.setattr(bot.intake, "take", take)
        before = line.everything()
        await line.say("Müşteriyim")
        async with asyncio.timeout(5):
            while not tried:  # noqa: ASYNC110 - the condition is set in the writer's thread
                await asyncio.sleep(0.01)
        assert line.everything() == before
        assert len(await line.heard(2)) == 2
        assert tried == [tried[0]] * 2
        info = await line.call("getWebhookInfo")
        assert info["last_error_message"].startswith("Wrong response from the webhook: 503")

    inside(tmp_path, scenario)


def test_past_the_limit_of_a_minute_one_warning_arrives_and_everything_is_acknowledged(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        # The first of the three was /start.
        await line.post(line.text(900, "Müşteriyim"))
        await line.post(line.text(901, "Test Bayi"))
        before = line.rows(drafts)
        posts = [line.post(line.text(902 + n, f"deneme {n}")) for n in range(20)]
        assert {(answer.status_code, answer.content) for answer in await asyncio.gather(*posts)} == {(200, b"")}
        _, warning = await line.heard(2)
        assert "hiçbir şey değişmedi" in warning
        assert line.rows(drafts) == before
        assert len(line.messages) == 4

    inside(tmp_path, scenario, UPDATES_PER_MINUTE="3")


def test_updates_side_by_side_are_each_taken_once(tmp_path: Path) -> None:
    async def scenario(line: Line, app: App) -> None:
        posts = [line.post(line.text(900 + n, f"deneme {n}")) for n in range(20)]
        answers = await asyncio.gather(*posts)
        assert [answer.status_code for answer in answers] == [200] * 20
        seen = [row[0] for row in line.rows(seen_updates)[0]]
        assert set(range(900, 920)) < set(seen)
        assert len(seen) == 21

    inside(tmp_path, scenario)


def listen(work: Callable[[str, Listener, "asyncio.Task[None]"], Any], take: Any, **tls: Path) -> None:
    async def run() -> None:
        port = free_port()
        listener = Listener(Webhook(take, (SECRET,), "/telegram"), "127.0.0.1", port, **tls)
        listener.open()
        serving = asyncio.create_task(listener.run())
        await listener.started()
        try:
            await work(f"{'https' if tls else 'http'}://127.0.0.1:{port}/telegram", listener, serving)
        finally:
            listener.stop()
            await serving

    asyncio.run(run())


BODY = {"update_id": 1, "message": {"message_id": 1, "date": 1, "text": "x", "chat": {"id": 7, "type": "private"}}}
BODY["message"]["from"] = {"id": 7, "is_bot": False, "first_name": "Ayşe"}  # type: ignore[index]


def test_a_stop_lets_what_is_in_flight_end_and_takes_no_more() -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def take(inbound: Inbound) -> None:
        begun.set()
        await gate.wait()

    async def work(url: str, listener: Listener, serving: "asyncio.Task[None]") -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            posting = asyncio.create_task(client.post(url, json=BODY, headers=HEADERS))
            await begun.wait()
            listener.stop()
            async with asyncio.timeout(5):
                while True:
                    try:
                        async with httpx.AsyncClient(trust_env=False) as other:
                            await other.get(url)
                    except httpx.ConnectError:
                        break
                    except httpx.TransportError:
                        continue  # it waited to be accepted when the socket was closed: taken by nobody either
            ended, _ = await asyncio.wait({serving}, timeout=0.5)
            assert not ended
            gate.set()
            assert (await posting).status_code == 200
            await asyncio.wait_for(serving, 5)

    listen(work, take)


def test_a_stop_waits_for_nothing_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.listening.FINISH_S", 1)
    begun = asyncio.Event()

    async def take(inbound: Inbound) -> None:
        begun.set()
        await asyncio.sleep(3600)

    async def work(url: str, listener: Listener, serving: "asyncio.Task[None]") -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            posting = asyncio.create_task(client.post(url, json=BODY, headers=HEADERS))
            await begun.wait()
            listener.stop()
            await asyncio.wait_for(serving, 5)
            (lost,) = await asyncio.gather(posting, return_exceptions=True)
            # Whatever comes back, it may not acknowledge.
            assert isinstance(lost, httpx.HTTPError) or (isinstance(lost, httpx.Response) and not lost.is_success)

    listen(work, take)


def test_with_a_certificate_it_speaks_tls(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made: list[str | Path] = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        cert,
        "-days",
        "1",
    ]
    subprocess.run([*made, "-subj", "/CN=x", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)

    async def take(inbound: Inbound) -> dict[str, Any]:
        return {"method": "sendMessage"}

    async def work(url: str, listener: Listener, serving: "asyncio.Task[None]") -> None:
        trusted = ssl.create_default_context(cafile=str(cert))
        async with httpx.AsyncClient(trust_env=False, verify=trusted) as client:
            answer = await client.post(url, json=BODY, headers=HEADERS)
        assert answer.json() == {"method": "sendMessage"}

    listen(work, take, cert=cert, key=key)


@pytest.mark.parametrize("reason", ["webhook_port_unusable", "webhook_tls_unusable"])
def test_a_port_or_a_certificate_that_cannot_be_used_stops_the_start(reason: str, tmp_path: Path) -> None:
    async def work() -> None:
        sandbox = Sandbox()
        await sandbox.start()
        given = {**sandbox_settings(sandbox, tmp_path), **webhook_settings(sandbox.port)}
        if reason == "webhook_tls_unusable":
            for name in ("CERT", "KEY"):
                (tmp_path / name).write_text("no certificate")
                given[f"WEBHOOK_{name}_FILE"] = str(tmp_path / name)
        try:
            with pytest.raises(StartError, match=reason):
                await App(load_settings(None, **given)).start()
        finally:
            await sandbox.stop()

    asyncio.run(work())


def test_the_process_answers_over_the_webhook_and_ends_within_ten_seconds_when_told_to(tmp_path: Path) -> None:
    async def work() -> None:
        sandbox = Sandbox()
        await sandbox.start()
        given = {**sandbox_settings(sandbox, tmp_path), **webhook_settings(free_port())}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        env = {**kept, **given, "PYTHONPATH": str(ROOT)}
        with (tmp_path / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *DEVREYE, "run", cwd=tmp_path, env=env, stdout=log, stderr=log
            )
        try:
            async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http:
                line = Line(sandbox, load_settings(None, **given), http)
                line.chat_id = (await http.post("/api/people", json={"name": "Ayşe Yılmaz"})).json()["id"]
                await line.connect()
                async with asyncio.timeout(20):
                    while True:
                        with contextlib.suppress(httpx.ConnectError):
                            await line.post(b"", {})
                            break
                        await asyncio.sleep(0.05)
                await line.say("/start")
                await line.heard(1)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 10) == 0
            assert SECRET not in (tmp_path / "log").read_text(encoding="utf-8")
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            await sandbox.stop()

    asyncio.run(work())


def with_client(folder: Path, work: Callable[[Client, Settings, Sandbox, httpx.AsyncClient], Any], **more: str) -> None:
    async def run() -> None:
        sandbox = Sandbox()
        await sandbox.start()
        settings = load_settings(
            None,
            **{
                **sandbox_settings(sandbox, folder),
                **storage_settings(folder),
                **webhook_settings(9),
                **more,
            },
        )
        try:
            async with (
                Client(sandbox.token, sandbox.bot_api_url) as client,
                httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http,
            ):
                chat_id = (await http.post("/api/people", json={"name": "Ayşe Yılmaz"})).json()["id"]
                await http.post(f"/api/chats/{chat_id}/text", json={"text": "/start"})
                await work(client, settings, sandbox, http)
        finally:
            await sandbox.stop()

    asyncio.run(run())


def test_setting_and_deleting_the_webhook_drops_nothing_that_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def work(client: Client, settings: Settings, sandbox: Sandbox, http: httpx.AsyncClient) -> None:
        assert await set_webhook(client, settings, 17) == 0
        info = await client.get_webhook_info()
        assert (info.url, info.max_connections) == (settings.webhook_url, 17)
        assert tuple(info.allowed_updates or ()) == ALLOWED_UPDATES
        assert info.pending_update_count == 1
        assert await show_webhook(client, settings) == 0
        assert await delete_webhook(client, settings) == 0
        assert (await client.get_webhook_info()).url == ""
        assert len(await client.raw_updates(None, 0)) == 1

    with_client(tmp_path, work)
    shown = capsys.readouterr()
    assert "Bekleyen mesaj: 1" in shown.out
    assert SECRET not in shown.out + shown.err


def test_the_command_line_sets_shows_and_deletes_the_webhook(tmp_path: Path) -> None:
    async def work(client: Client, settings: Settings, sandbox: Sandbox, http: httpx.AsyncClient) -> None:
        env = {**sandbox_settings(sandbox, tmp_path), **webhook_settings(9), "PYTHONPATH": str(ROOT)}

        async def devreye(*arguments: str, **more: str) -> tuple[int | None, str]:
            process = await asyncio.create_subprocess_exec(
                *DEVREYE, "webhook", *arguments, cwd=tmp_path, env={**env, **more}, stdout=-1, stderr=-2
            )
            said, _ = await process.communicate()
            return process.returncode, said.decode()

        assert await devreye("set") == (0, f"Webhook kuruldu: {settings.webhook_url}\n")
        code, said = await devreye("info")
        assert code == 0
        assert f"Adres: {settings.webhook_url}\n" in said
        assert await devreye("delete") == (0, "Webhook kaldırıldı.\n")
        code, said = await devreye("set", WEBHOOK_URL="")
        assert code == 2
        assert "WEBHOOK_URL" in said
        code, said = await devreye("set", BOT_TOKEN="1:WRONG")
        assert code == 1
        assert "BOT_TOKEN" in said

    with_client(tmp_path, work)
