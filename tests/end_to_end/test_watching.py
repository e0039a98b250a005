"""/metrics, /healthz and /readyz of a running bot, on their own port."""

import asyncio
import contextlib
import logging
import re
import socket
from collections.abc import AsyncIterator, Coroutine
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App, StartError
from bot.commands.sandboxing import sandbox_settings
from bot.sandbox import Sandbox
from bot.settings import Settings, load_settings
from bot.storage.database import make_engine, migrate
from bot.storage.errors import StorageFull
from bot.storage.schema import media_jobs, outbox, requests
from bot.watching.metrics import WAITING, Metrics
from bot.watching.sampling import sample
from bot.watching.watch import Watch
from tests.databases import database_url, storage_settings
from tests.ports import free_port as free_port
from tests.talking import CUSTOMER

ROOT = Path(__file__).parents[2]
RULES = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
NOW = 1_800_000_000.0


def numbers(page: str) -> dict[str, float]:
    """Every number by its name and labels, as devreye_requests{state=held}."""
    found = {}
    for family in text_string_to_metric_families(page):
        for number in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(number.labels.items()))
            found[f"{number.name}{{{labels}}}" if labels else number.name] = number.value
    return found


class Bot:
    """A running bot, the sandbox it talks to, and whoever watches it."""

    def __init__(self, sandbox: Sandbox, settings: Settings, app: App, http: httpx.AsyncClient) -> None:
        self.sandbox, self.settings, self.app, self.http = sandbox, settings, app, http
        self.at = f"http://127.0.0.1:{settings.monitoring_port}"

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(self.at + path)

    async def numbers(self) -> dict[str, float]:
        return numbers((await self.get("/metrics")).text)

    async def hold(self, *texts: str) -> None:
        """One person types these texts, each once the one before was answered."""
        http = httpx.AsyncClient(base_url=self.sandbox.url, trust_env=False, timeout=30)
        async with http, asyncio.timeout(30):
            chat = (await http.post("/api/people", json={"name": "Zühtüye Karakurt"})).json()["id"]
            for count, text in enumerate(texts, 1):
                await http.post(f"/api/chats/{chat}/text", json={"text": text})
                while await self.said(http, chat) < count:  # noqa: ASYNC110 - the condition is the server's
                    await asyncio.sleep(0.01)

    async def said(self, http: httpx.AsyncClient, chat: int) -> int:
        messages = (await http.get(f"/api/chats/{chat}")).json()["messages"]
        return sum(message["from"] == "bot" for message in messages)

    async def until(self, name: str, value: float) -> dict[str, float]:
        async with asyncio.timeout(20):
            while (found := await self.numbers()).get(name) != value:  # noqa: ASYNC110 - the condition is the bot's
                await asyncio.sleep(0.05)
        return found


@contextlib.asynccontextmanager
async def running(folder: Path, **more: str) -> AsyncIterator[Bot]:
    sandbox = Sandbox()
    await sandbox.start()
    watched = {"MONITORING_PORT": str(free_port()), **more}
    given = {**sandbox_settings(sandbox, folder), **storage_settings(folder), **watched}
    settings = load_settings(None, **{name: value for name, value in given.items() if value})
    app = App(settings)
    try:
        await app.start()
        async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
            yield Bot(sandbox, settings, app, http)
    finally:
        await app.stop()
        await sandbox.stop()


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_a_conversation_is_counted_and_nothing_of_it_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def work() -> None:
        async with running(tmp_path) as bot:
            await bot.hold(*CUSTOMER, "onayla")
            found = await bot.until("devreye_log_lines_total{event=submission_ended,level=info}", 1)
            assert found["devreye_licrus_calls_total{outcome=Created}"] == 1
            assert found["devreye_updates_total{outcome=taken}"] == len(CUSTOMER) + 1
            assert found["devreye_update_seconds_count"] == len(CUSTOMER) + 1
            assert found["devreye_telegram_calls_total{method=sendMessage,outcome=ok}"] > len(CUSTOMER)
            assert found[f"devreye_info{{role=all,version={version('devreye')}}}"] == 1
            up = ("devreye_ready", "devreye_on_duty", "devreye_storage_up")
            assert [found[name] for name in up] == [1, 1, 1]
            assert found["devreye_free_disk_bytes"] > 0
            assert found["process_resident_memory_bytes"] > 0
            page = (await bot.get("/metrics")).text
            for text in ("Karakurt", "Ayşe", "5301231212", "99958", "Test Bayi", bot.sandbox.token, "D-"):
                assert text not in page

    run(work())


def test_whoever_asks_is_told_that_it_lives_and_whether_it_is_ready(tmp_path: Path) -> None:
    async def work() -> None:
        async with running(tmp_path) as bot:
            assert (await bot.get("/healthz")).text == "ok\n"
            ready = await bot.get("/readyz")
            assert (ready.status_code, ready.json()["ready"], ready.json()["on_duty"]) == (200, True, True)
            assert (await bot.get("/")).status_code == (await bot.get("/metrics/x")).status_code == 404
            assert (await bot.http.post(bot.at + "/metrics")).status_code == 405
            await bot.app.stop()
            with pytest.raises(httpx.TransportError):
                await bot.get("/healthz")

    run(work())


def test_a_bot_that_waits_for_telegram_lives_and_is_not_ready(tmp_path: Path) -> None:
    async def work() -> None:
        port = free_port()
        nowhere = {"BOT_API_URL": f"http://127.0.0.1:{free_port()}", "MONITORING_PORT": str(port)}
        sandbox = Sandbox()
        await sandbox.start()
        given = {**sandbox_settings(sandbox, tmp_path), **storage_settings(tmp_path), **nowhere}
        app = App(load_settings(None, **given))
        starting = asyncio.create_task(app.start())
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
                async with asyncio.timeout(20):
                    while True:
                        with contextlib.suppress(httpx.TransportError):
                            ready = await http.get("/readyz")
                            if ready.json()["storage"]:
                                break
                        await asyncio.sleep(0.05)
                assert (ready.status_code, ready.json()["started"]) == (503, False)
                assert (await http.get("/healthz")).status_code == 200
                assert numbers((await http.get("/metrics")).text)["devreye_ready"] == 0
        finally:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
            await app.stop()
            await sandbox.stop()

    run(work())


def test_a_port_that_is_taken_is_told_and_nothing_is_left_open(tmp_path: Path) -> None:
    async def work() -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(StartError) as told:
            async with running(tmp_path, MONITORING_PORT=str(taken.getsockname()[1])):
                pass
        assert told.value.reason == "monitoring_port_unusable"

    run(work())


def test_without_the_setting_there_is_no_port_and_nothing_counts(tmp_path: Path) -> None:
    async def work() -> None:
        handlers = list(logging.getLogger().handlers)
        async with running(tmp_path, MONITORING_PORT="") as bot:
            assert bot.app._watch is None
            assert logging.getLogger().handlers == handlers

    run(work())


class Writing:
    """A writer that does as it is told."""

    def __init__(self, connection: sa.Connection | None) -> None:
        self.connection, self.asked = connection, 0

    async def run(self, work: Any) -> Any:
        self.asked += 1
        if self.connection is None:
            raise StorageFull
        return work(self.connection)


async def asked(watch: Watch, path: str, method: str = "GET") -> tuple[int, str]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await watch({"type": "http", "method": method, "path": path}, None, send)  # type: ignore[arg-type]
    return sent[0]["status"], sent[1]["body"].decode()


def watch_of(writing: Writing, engine: sa.Engine, folder: Path) -> Watch:
    watch = Watch(Metrics("0", "all"), folder, lambda: NOW)
    watch.storage(engine, writing)  # type: ignore[arg-type]
    watch.begun(lambda: True)
    return watch


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    return engine


def test_what_waits_is_counted_with_its_age(engine: sa.Engine, tmp_path: Path) -> None:
    request = {"draft_id": "d", "chat_id": 1, "user_id": 1, "body": "{}", "due_at": NOW, "updated_at": NOW}
    with engine.begin() as connection:
        for number, (state, age) in enumerate(
            (("queued", 700), ("queued", 5), ("unknown", 60), ("held", 1), ("created", 9))
        ):
            row = {**request, "key": str(number), "code": str(number), "created_at": NOW - age, "call_number": "1"}
            connection.execute(sa.insert(requests).values(state=state, **row))
        message = {"chat_id": 1, "language": "tr", "message": "", "due_at": NOW}
        connection.execute(sa.insert(outbox).values(created_at=NOW - 30, **message))
        connection.execute(sa.insert(outbox).values(created_at=NOW - 90, state="sent", **message))
        file = {"chat_id": 1, "user_id": 1, "message_id": 1, "kind": "picture", "file_id": "x"}
        connection.execute(sa.insert(media_jobs).values(due_at=NOW, created_at=NOW, **file))

    async def work() -> None:
        with engine.connect() as connection:
            found = numbers((await asked(watch_of(Writing(connection), engine, tmp_path), "/metrics"))[1])
        assert [found[f"devreye_requests{{state={state}}}"] for state in WAITING] == [2, 0, 1, 1]
        assert [found[f"devreye_oldest_request_seconds{{state={state}}}"] for state in WAITING] == [700, 0, 60, 1]
        assert (found["devreye_messages_waiting"], found["devreye_oldest_message_seconds"]) == (1, 30)
        assert found["devreye_files_waiting"] == 1

    run(work())


def test_a_storage_that_cannot_write_makes_it_unready_and_its_last_numbers_stay(
    engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.watching.watch.KEPT_FOR_S", 0.0)

    async def work() -> None:
        with engine.connect() as connection:
            writing = Writing(connection)
            watch = watch_of(writing, engine, tmp_path)
            assert (await asked(watch, "/readyz"))[0] == 200
            writing.connection = None
            status, body = await asked(watch, "/readyz")
            assert (status, '"storage": false' in body) == (503, True)
            assert numbers((await asked(watch, "/metrics"))[1])["devreye_storage_up"] == 0
            assert (await asked(watch, "/healthz"))[0] == 200
            writing.connection = connection
            assert (await asked(watch, "/readyz"))[0] == 200
            watch.stopping()
            assert (await asked(watch, "/readyz"))[0] == 503

    run(work())


def test_asking_again_and_again_does_not_reach_the_database(engine: sa.Engine, tmp_path: Path) -> None:
    async def work() -> None:
        with engine.connect() as connection:
            writing = Writing(connection)
            watch = watch_of(writing, engine, tmp_path)
            await asyncio.gather(*(asked(watch, path) for path in ("/metrics", "/readyz") * 20))
            assert writing.asked == 1

    run(work())


def test_counting_reads_beside_a_transaction_that_writes(engine: sa.Engine) -> None:
    with engine.begin() as writing:
        writing.execute(sa.update(requests).values(reason=""))
        assert sample(engine).messages == 0


def test_updates_that_are_not_kept_and_calls_that_are_cut_off_are_counted() -> None:
    async def fails() -> None:
        raise StorageFull

    async def work() -> None:
        metrics = Metrics("0", "all")
        with pytest.raises(StorageFull):
            await metrics.update(fails())
        await metrics.update(asyncio.sleep(0))
        calling = asyncio.create_task(metrics.licrus_call(asyncio.sleep(60)))
        await asyncio.sleep(0)
        calling.cancel()
        await asyncio.gather(calling, return_exceptions=True)
        with pytest.raises(TimeoutError), metrics.telegram_call("sendMessage"):
            raise TimeoutError
        found = numbers(metrics.page().decode())
        assert found["devreye_updates_total{outcome=failed}"] == found["devreye_updates_total{outcome=repeated}"] == 1
        assert found["devreye_licrus_calls_total{outcome=interrupted}"] == 1
        assert found["devreye_telegram_calls_total{method=sendMessage,outcome=TimeoutError}"] == 1

    run(work())


def test_what_a_library_logs_is_no_label() -> None:
    metrics = Metrics("0", "all")
    counter = metrics.log_counter()
    counter.emit(logging.LogRecord("some.library", logging.ERROR, "", 0, "Ayşe 0530", (), None))
    counter.emit(logging.LogRecord("bot.intake", logging.ERROR, "", 0, "update_failed", (), None))
    page = metrics.page().decode()
    assert "Ayşe" not in page
    assert numbers(page)["devreye_log_lines_total{event=library_message,level=error}"] == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_a_rule_asks_for_numbers_that_there_are_and_names_its_chapter(rule: dict[str, Any], tmp_path: Path) -> None:
    metrics = Metrics("0", "all")
    names = {sample.name for family in metrics.registry.collect() for sample in family.samples}
    names |= {f"devreye_{name}" for name in ("updates_total", "log_lines_total", "requests", "oldest_request_seconds")}
    names |= {"devreye_update_seconds_bucket"}
    used = set(re.findall(r"\b(?:devreye_[a-z_]+)(?=[\[{)\s])", rule["expr"]))
    assert used <= names
    for event in re.findall(r'event=~?"([^"]+)"', rule["expr"]):
        sources = "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
        assert all(f'"{name}"' in sources for name in event.split("|"))
    assert set(re.findall(r'state="(\w+)"', rule["expr"])) <= set(WAITING)
    assert rule["labels"]["severity"] in ("page", "ticket")
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    titles = re.findall(r"^## (.+)$", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    # As GitHub makes them: "İ" becomes an i with a dot above it.
    assert anchor in {title.lower().replace("i̇", "i").replace(" ", "-").replace("'", "") for title in titles}
