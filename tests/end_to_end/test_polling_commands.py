"""`devreye run` and `devreye check` as an operator meets them."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import StartError
from bot.commands import COMMANDS, main
from bot.commands.checking import check_everything
from bot.commands.finding import Finding
from bot.commands.running import SENTENCES
from bot.sandbox import Sandbox
from bot.settings import load_settings
from tests.databases import database_url

DEVREYE = Path(sys.executable).with_name("devreye")
TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"


def devreye(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DEVREYE, *arguments], cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=30
    )


def test_missing_settings_stop_the_start_with_a_sentence_each(tmp_path: Path) -> None:
    done = devreye(tmp_path, "run", BOT_TOKEN=TOKEN)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [line.split()[0] for line in lines] == ["LICRUS_URL", "LICRUS_AUTH_TICKET"]
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_token_is_never_printed(tmp_path: Path) -> None:
    done = devreye(tmp_path, "run", BOT_TOKEN=TOKEN + "\u0131", LICRUS_URL="x", LICRUS_AUTH_TICKET="bilet-bilet")
    assert done.returncode == 2
    assert "secretsecret" not in done.stderr + done.stdout
    assert "bilet-bilet" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("role", "database", "says"),
    [
        ("web", "sqlite:///devreye.db", "PostgreSQL"),
        ("worker", "sqlite:///devreye.db", "PostgreSQL"),
        ("web", "postgresql://devreye@localhost/devreye", "WEBHOOK_URL"),
    ],
)
def test_a_role_that_this_process_cannot_have_is_told(
    role: str,
    database: str,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"BOT_TOKEN": TOKEN, "LICRUS_URL": "https://api.licrus.com/api", "LICRUS_AUTH_TICKET": "bilet-bilet"}
    for name, value in {**given, "DATABASE_URL": database}.items():
        monkeypatch.setenv(name, value)
    assert main(["run", "--role", role]) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_command_shows_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nope"]) == 2
    shown = capsys.readouterr().err
    assert all(name in shown for name in COMMANDS)


def test_running_never_imports_the_sandbox_nor_what_only_some_need() -> None:
    # Each is slow to import and large in memory; whoever needs it imports it then.
    not_yet = ("bot.sandbox", "psycopg", "alembic", "PIL", "zxingcpp", "openpyxl", "prometheus_client", "starlette")
    code = "import sys, bot.commands.running; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "bot.intake" in loaded
    assert [name for name in loaded if any(f"{name}.".startswith(f"{rare}.") for rare in not_yet)] == []


def findings(folder: Path, *, ticket: str = "sandbox-ticket", **more: str) -> dict[str, Finding]:
    async def work() -> dict[str, Finding]:
        sandbox = Sandbox()
        await sandbox.start()
        given = {
            "bot_token": sandbox.token,
            "bot_api_url": sandbox.bot_api_url,
            "licrus_url": sandbox.licrus_url,
            "licrus_auth_ticket": ticket,
            "database_url": database_url(folder),
            "environment": "test",
        }
        try:
            found = await check_everything(load_settings(None, **given | more))
        finally:
            await sandbox.stop()
        return {finding.what: finding for finding in found}

    return asyncio.run(work())


@pytest.mark.only_on_sqlite(reason="the tests' PostgreSQL runs without fsync, and that is found")
def test_a_good_place_is_found_good_and_nothing_is_left_behind(tmp_path: Path) -> None:
    found = findings(tmp_path)
    assert [finding.what for finding in found.values() if not finding.good] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("what", "settings"),
    [
        ("Telegram", {"bot_token": "1:WRONG"}),
        ("Telegram", {"bot_api_url": "http://127.0.0.1:9"}),
        ("Licrus", {"licrus_url": "http://127.0.0.1:9/api"}),
        ("Veri klasörü", {"database_url": "sqlite:////nowhere/at/all/devreye.db"}),
    ],
)
def test_what_is_wrong_is_found_with_a_way_to_mend_it(tmp_path: Path, what: str, settings: dict[str, str]) -> None:
    finding = findings(tmp_path, **settings)[what]
    assert not finding.good
    assert finding.mend


def test_a_file_that_is_no_database_is_found(tmp_path: Path) -> None:
    (tmp_path / "devreye.db").write_text("no database " * 500)
    assert not findings(tmp_path)["Veritabanı"].good


@pytest.mark.only_on_postgresql(reason="about a server")
def test_what_is_wrong_with_a_server_is_found(tmp_path: Path) -> None:
    found = findings(tmp_path)["Veritabanı"]
    assert not found.good
    assert "fsync kapalı" in found.found
    away = findings(tmp_path, database_url="postgresql://postgres@127.0.0.1:9/devreye")["Veritabanı"]
    assert (away.good, away.found) == (False, "PostgreSQL'e bağlanılamadı")


def test_every_reason_not_to_start_has_a_sentence() -> None:
    source = Path(sys.modules[StartError.__module__].__file__ or "").read_text(encoding="utf-8")
    reasons = {part.split('"')[1] for part in source.split("StartError(")[1:] if part.startswith('"')}
    assert reasons == set(SENTENCES)
