"""Everything goes wrong in a real bot process, with secrets and personal data in hand: none of it may be written."""

import asyncio
import base64
import contextlib
import json
import os
import random
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest

from bot.commands.sandboxing import sandbox_settings
from bot.sandbox import Sandbox
from bot.sandbox.licrus_faults import FAULT_KINDS
from tests.security.faulty_bot import FAULTS

ROOT = Path(__file__).parents[2]
BOT = [sys.executable, "-m", "tests.security.faulty_bot"]

SECRETS = {
    "token": "5544332211:AAGizliAnahtarGizliAnahtarGizli-XY",
    "ticket": 'bilet"Gizli\\Ğ 7788',
    "webhook secret": "webhook-gizlisi-1234567",
    "old webhook secret": "eski-webhook-gizlisi-7654321",
}
PEOPLE = {
    "phone": "0530 987 65 43",
    "bare phone": "5309876543",
    "name": "Zühtüye Karakurtoğlu",
    "serial": "SN77665544",
    "e-mail": "zuhtuye.karakurt@ornekposta.com",
    "address": "Fesleğen Sokağı No: 13/7",
    "free text": 'Kapı "mavi" boyalı\\eski',
    "half of a surrogate pair": "kesik\ud83dkesik",
    "profile name": "Profiladızühtüye",
    "guessed secret": "tahmin-edilen-gizli-9999",
}
TYPED = " | ".join(text for name, text in PEOPLE.items() if name not in ("half of a surrogate pair", "profile name"))
MARKERS = {**SECRETS, **PEOPLE}


def forms(text: str) -> Iterator[str]:
    """The text in every disguise in which it might be written."""
    yield text
    yield text.casefold()
    whole = text.encode("utf-8", "replace")
    yield from (quote(whole, safe=""), quote(whole), quote_plus(whole))
    yield from (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])
    yield from (repr(text)[1:-1], ascii(text)[1:-1], repr(whole)[2:-1], repr(repr(text))[2:-2])
    yield whole.hex()
    for shift in range(3):
        # What of a base64 text does not depend on what stood before and behind.
        for alphabet in (base64.b64encode, base64.urlsafe_b64encode):
            yield alphabet(b"x" * shift + whole).decode()[4 if shift else 0 : -4]


def found_in(written: str) -> list[str]:
    """The markers that stand in this text, in any form."""
    folded = written.casefold()
    return [name for name, text in MARKERS.items() if any(form.casefold() in folded for form in forms(text))]


@pytest.mark.parametrize("name", MARKERS)
def test_a_marker_is_found_in_every_form(name: str) -> None:
    for form in forms(MARKERS[name]):
        assert name in found_in(f"before {form} behind")
    assert found_in("nothing of it") == []


@dataclass
class Process:
    """The bot, and what it wrote."""

    sandbox: Sandbox
    http: httpx.AsyncClient
    folder: Path
    process: asyncio.subprocess.Process
    chat_id: int
    webhook: str = ""

    @property
    def written(self) -> str:
        return "".join((self.folder / name).read_bytes().decode("utf-8", "replace") for name in ("out", "err"))

    def events(self) -> list[str]:
        found = []
        for line in self.written.splitlines():
            with contextlib.suppress(ValueError):
                parsed = json.loads(line)
                found.append(parsed["event"] if isinstance(parsed, dict) else "")
        return found

    async def until(self, what: Callable[[], bool], within_s: float = 20.0) -> None:
        deadline = time.monotonic() + within_s
        while not what():
            assert time.monotonic() < deadline, self.written[-3000:]
            await asyncio.sleep(0.02)

    async def logged(self, event: str, times: int = 1) -> None:
        await self.until(lambda: self.events().count(event) >= times)

    async def post(self, path: str, body: dict[str, Any]) -> None:
        (await self.http.post(path, json=body)).raise_for_status()

    async def say(self, text: str) -> None:
        await self.post(f"/api/chats/{self.chat_id}/text", {"text": text})

    @property
    def port(self) -> int:
        return int(self.webhook.rpartition(":")[2].partition("/")[0])

    async def listening(self) -> None:
        """Wait until the webhook, if there is one, can be called."""
        while self.webhook:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return
            await asyncio.sleep(0.05)

    async def deliver(self, body: Any, secret: str = SECRETS["webhook secret"]) -> int:
        """An update by hand, straight to the webhook."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        return (await self.http.post(self.webhook, content=content, headers=headers)).status_code

    def titles(self) -> str:
        """What other users of the machine see of the process."""
        proc = Path(f"/proc/{self.process.pid}")
        if not proc.exists():
            return ""
        names = [proc / "cmdline", proc / "comm", *(proc / "task").glob("*/comm")]
        return "\n".join(name.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace") for name in names)

    async def ended(self) -> int:
        try:
            return await asyncio.wait_for(self.process.wait(), 20)
        except TimeoutError:
            raise AssertionError(f"it does not end: {self.written[-3000:]}") from None


QUICK = {"LICRUS_READ_TIMEOUT_S": "1", "LICRUS_TOTAL_TIMEOUT_S": "2"}


@contextlib.asynccontextmanager
async def faulty(
    folder: Path, options: tuple[str, ...] = (), more: dict[str, str] | None = None
) -> AsyncIterator[Process]:
    sandbox = Sandbox(token=SECRETS["token"], ticket=SECRETS["ticket"])
    await sandbox.start()
    given = {
        **sandbox_settings(sandbox, folder),
        "LICRUS_READ_TIMEOUT_S": "1",
        "LICRUS_TOTAL_TIMEOUT_S": "2",
        **(more or {}),
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = await asyncio.create_subprocess_exec(
            *[BOT[0], *options, *BOT[1:]],
            cwd=folder,
            env={**kept, **given, "PYTHONPATH": str(ROOT)},
            stdout=out,
            stderr=err,
        )
    try:
        async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False, timeout=30) as http:
            person = await http.post("/api/people", json={"name": f"{PEOPLE['profile name']} {PEOPLE['name']}"})
            running = Process(sandbox, http, folder, process, person.json()["id"], given.get("WEBHOOK_URL", ""))
            await running.logged("started")
            await running.listening()
            await running.say("/start")
            yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await sandbox.stop()


def free_port() -> int:
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def webhook_settings() -> dict[str, str]:
    port = free_port()
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_PORT": str(port),
        "WEBHOOK_SECRET": SECRETS["webhook secret"],
        "WEBHOOK_SECRET_OLD": SECRETS["old webhook secret"],
    }


EXPECTED = {
    "chained": "update_failed",
    "group": "update_failed",
    "validation": "update_failed",
    "unicode": "update_failed",
    "integrity": "update_failed",
    "binding": "update_failed",
    "full": "storage_group_lost",
    "busy": "storage_group_lost",
    "task": "library_message",
    "future": "library_message",
    "callback": "library_message",
    "slow": "library_message",
    "coroutine": "python_warning",
    "thread": "uncaught_in_thread",
    "cleaning": "uncaught_while_cleaning_up",
    "warning": "python_warning",
    "library": "log_line_lost",
    "message": "message_unreadable",
    "nobody": "message_refused",
    "draft": "draft_unreadable",
    "submit": "submission_ended",
    "nonsense": "submission_ended",
    "journal": "journal_not_written",
    "broken": "storage_group_lost",
    "crash": "uncaught",
}
"""What each fault leaves in the log, so that it is known to have happened."""
LAST = ("broken", "crash")


def test_every_fault_is_expected_to_be_told() -> None:
    assert set(EXPECTED) == set(FAULTS)


async def everything_wrong(bot: Process, *, developing: bool) -> None:
    for name in FAULTS:
        if name in LAST or (name == "slow" and not developing):
            continue
        before = bot.events().count(EXPECTED[name])
        await bot.say(f"{name} {TYPED}")
        await bot.logged(EXPECTED[name], before + 1)


@pytest.mark.parametrize("last", LAST)
@pytest.mark.parametrize("options", [(), ("-X", "dev", "-W", "default")], ids=["plain", "developing"])
def test_whatever_goes_wrong_no_secret_and_nothing_personal_is_written(
    last: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    async def work() -> None:
        async with faulty(tmp_path, options) as bot:
            await everything_wrong(bot, developing=bool(options))
            assert found_in(bot.titles()) == []
            await bot.say(f"{last} {TYPED}")
            code = await bot.ended()
            assert code == (3 if last == "broken" else 1)
            await bot.logged(EXPECTED[last])
            assert found_in(bot.written) == []
            assert "Traceback" not in bot.written

    asyncio.run(work())


async def malformed_updates(bot: Process) -> None:
    """What never becomes an event, and what is not from Telegram at all."""
    person = {"id": bot.chat_id, "is_bot": False, "first_name": PEOPLE["profile name"]}
    message = {"message_id": 1, "date": 1, "chat": {"id": bot.chat_id, "type": "private"}, "from": person}
    assert await bot.deliver(TYPED.encode() + b"{") == 200
    assert await bot.deliver({"update_id": TYPED}) == 200
    assert await bot.deliver({"update_id": 1, "message": {"text": TYPED, TYPED: TYPED}}) == 200
    assert await bot.deliver({"update_id": 2, "message": {**message, "text": {"a": TYPED}}}) == 200
    assert await bot.deliver({"update_id": 3, "message": {**message, "entities": TYPED, "text": TYPED}}) == 200
    assert await bot.deliver({"update_id": 4, "callback_query": {"data": TYPED}}) == 200
    half = PEOPLE["half of a surrogate pair"]
    assert await bot.deliver({"update_id": 5, "message": {**message, "text": half}}) == 200
    assert await bot.deliver({"update_id": 6, "message": message}, PEOPLE["guessed secret"]) == 401
    # Refused while it is still being sent: whether the answer is read before the connection ends is luck.
    with contextlib.suppress(httpx.TransportError):
        assert await bot.deliver(TYPED.encode() * 10_000) == 413
    for garbage in (
        TYPED.encode() + b"\r\n\r\n",
        b"GET /" + TYPED.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", bot.port)
        writer.write(garbage)
        with contextlib.suppress(OSError, TimeoutError):
            await asyncio.wait_for(reader.read(1000), 1)
        writer.close()


async def every_row_of_licrus(bot: Process) -> None:
    for kind in FAULT_KINDS:
        await bot.post("/api/licrus/fault", {"kind": kind.name, "reason": TYPED[:400]})
    for _ in FAULT_KINDS:
        await bot.say(f"submit {TYPED}")
    await bot.logged("submission_ended", len(FAULT_KINDS))


def test_over_the_webhook_with_licrus_and_telegram_failing_in_every_way_nothing_is_written(tmp_path: Path) -> None:
    async def work() -> None:
        more = {**webhook_settings(), "LICRUS_PARALLEL_CALLS": "20", "OPERATORS_CHAT_ID": "-1001"}
        async with faulty(tmp_path, more=more) as bot:
            await malformed_updates(bot)
            hook = {"url": bot.webhook, "secret_token": SECRETS["webhook secret"]}
            (await bot.http.post(f"/bot{SECRETS['token']}/setWebhook", json=hook)).raise_for_status()
            await every_row_of_licrus(bot)
            await bot.post("/api/telegram/limit", {"retry_after": 1, "times": 3})
            await bot.say(TYPED)
            await bot.say(f"chained {TYPED}")
            await bot.logged("telegram_asks_to_wait")
            await bot.sandbox.stop()
            bot.process.send_signal(signal.SIGTERM)
            assert await bot.ended() == 0
            told = {"webhook_body_unreadable", "webhook_body_too_large", "webhook_forged", "update_malformed"}
            assert told <= set(bot.events())
            assert found_in(bot.written) == []

    asyncio.run(work())


def test_with_nobody_at_the_other_end_nothing_is_written(tmp_path: Path) -> None:
    """Licrus that speaks no TLS, and a Telegram that goes away while it is polled."""

    async def work() -> None:
        async with faulty(tmp_path, more={"LICRUS_URL": f"https://127.0.0.1:{free_port()}/api"}) as bot:
            await bot.say(f"submit {TYPED}")
            await bot.logged("submission_ended")
            await bot.sandbox.stop()
            await bot.logged("polling_failed", 2)
            bot.process.send_signal(signal.SIGTERM)
            assert await bot.ended() == 0
            assert found_in(bot.written) == []

    asyncio.run(work())


def test_what_the_bot_keeps_is_nobody_elses_on_this_machine(tmp_path: Path) -> None:
    async def work() -> None:
        async with faulty(tmp_path):
            modes = {name: stat.S_IMODE(os.stat(tmp_path / name).st_mode) for name in os.listdir(tmp_path)}
            kept = {name: mode for name, mode in modes.items() if name.startswith("devreye.")}
            assert {"devreye.db", "devreye.db-wal", "devreye.journal"} <= set(kept)
            assert set(kept.values()) == {0o600}, kept

    asyncio.run(work())


def devreye(folder: Path, command: str, settings: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    program = f"from bot.commands import main; raise SystemExit(main([{command!r}]))"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-X", "dev", "-c", program],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        timeout=60,
        check=False,
    )


NOWHERE = {
    "BOT_TOKEN": SECRETS["token"],
    "BOT_API_URL": "http://127.0.0.1:9",
    "LICRUS_URL": "http://127.0.0.1:9/api",
    "LICRUS_AUTH_TICKET": SECRETS["ticket"],
    "ENVIRONMENT": "test",
    "WEBHOOK_URL": "http://127.0.0.1:9/telegram",
    "WEBHOOK_SECRET": SECRETS["webhook secret"],
    "WEBHOOK_SECRET_OLD": SECRETS["old webhook secret"],
}
PASSWORD = "veritabani-gizlisi-5566"
URL = f"http://devreye:{PASSWORD}@127.0.0.1:9/api"
WRONG: dict[str, tuple[str, dict[str, str]]] = {
    "no token": ("run", {"BOT_TOKEN": PASSWORD}),
    "addresses with a password": ("run", {"BOT_API_URL": URL, "LICRUS_URL": URL, "WEBHOOK_URL": URL}),
    "a database elsewhere": ("run", {"DATABASE_URL": f"postgresql://devreye:{PASSWORD}@127.0.0.1:9/devreye"}),
    "no address of a database": ("run", {"DATABASE_URL": f"devreye:{PASSWORD}@127.0.0.1/devreye"}),
    "a database that cannot be": ("run", {"DATABASE_URL": "sqlite:////dev/null/devreye.db", "JOURNAL_FILE": "j"}),
    "a journal that cannot be": ("run", {"JOURNAL_FILE": "/dev/null/devreye.journal"}),
    "a secret that is no text": ("run", {"LICRUS_AUTH_TICKET_FILE": "secret"}),
    "an environment file that is no text": ("run", {}),
    "nobody answers": ("check", {}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_settings_are_told_without_a_secret(wrong: str, tmp_path: Path) -> None:
    command, settings = WRONG[wrong]
    (tmp_path / "secret").write_bytes(PASSWORD.encode() + b"\xff")
    if wrong == "an environment file that is no text":
        (tmp_path / ".env").write_bytes(b"SUPPORT_CONTACT=\xff" + PASSWORD.encode())
    done = devreye(tmp_path, command, NOWHERE | settings)
    written = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode in (1, 2)
    assert written
    assert found_in(written) == []
    assert PASSWORD not in written
    assert "Traceback" not in written


def test_the_check_shows_the_settings_with_every_secret_masked(tmp_path: Path) -> None:
    done = devreye(tmp_path, "check", NOWHERE)
    shown = done.stdout.decode()
    assert "LICRUS_URL=http://127.0.0.1:9/api" in shown
    for name in ("BOT_TOKEN", "LICRUS_AUTH_TICKET", "WEBHOOK_SECRET", "WEBHOOK_SECRET_OLD"):
        assert f"{name}=***\n" in shown
    assert found_in(shown) == []
