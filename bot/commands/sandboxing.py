"""`devreye demo` and `devreye sandbox`: Telegram and Licrus in miniature, with the bot or alone."""

import argparse
import asyncio
import contextlib
import functools
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Container, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.sandboxed_office import BadTableError, Tables, import_tables, sample_tables, tables_of

if TYPE_CHECKING:
    from bot.app import App
    from bot.sandbox import Sandbox
    from bot.sandbox.transcript_parts import Transcript

DEMO_PORT = 8080
FIRST_CALL_NUMBER = 43090
"""The number in Licrus's sample answer, so that a played sample ends as the sample does."""

OPERATORS_OF_THE_DEMO = ("Zeynep Demir", "Emre Kaya")

LICRUS_READ_SECONDS = 3
LICRUS_TOTAL_SECONDS = 6
"""Here Licrus answers at once or not at all: nobody should wait a minute to see what a time-out does."""


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the two commands to the command line."""
    alone = subparsers.add_parser("sandbox", help="deneme ortamını tek başına başlatır")
    alone.add_argument("--port", type=int, metavar="N", help=f"sayfanın kapısı ({DEMO_PORT})")
    alone.set_defaults(handler=run_sandbox)
    demo = subparsers.add_parser("demo", help="deneme ortamını ve botu birlikte başlatır")
    demo.add_argument("--port", type=int, metavar="N", help=f"sayfanın kapısı ({DEMO_PORT})")
    demo.add_argument("--data", type=Path, metavar="DIR", help="verilerin kalacağı klasör; yoksa geçici bir klasör")
    demo.add_argument("--play", metavar="FILE", help="bir yazışmayı oynatır: dosya ya da paketteki adı")
    demo.set_defaults(handler=run_demo)


def run_sandbox(args: argparse.Namespace) -> int:
    """The sandbox alone, until Ctrl-C; 1 if the port is taken."""
    return _run_on_port(args.port, data=None, with_bot=False)


def run_demo(args: argparse.Namespace) -> int:
    """Sandbox and bot, until Ctrl-C, or one transcript; 1 if the port is taken or the bot says otherwise."""
    if args.play is not None:
        return _play(args.play)
    return _run_on_port(args.port, data=args.data, with_bot=True)


class _PortTakenError(Exception):
    """Nothing can listen on this port."""


class _NotStartedError(Exception):
    """The bot could not start; the text says so to whoever typed the command."""


class SandboxedBot:
    """The bot at a sandbox, with its data in a folder; it can be stopped and started again as often as wished."""

    def __init__(
        self,
        sandbox: "Sandbox",
        folder: Path,
        more: Mapping[str, str] | None = None,
        office: Tables | None = None,
    ) -> None:
        self._sandbox = sandbox
        self._folder = folder
        self._more = more or {}
        self._office = office
        self._app: App | None = None
        self._ahead_s = 0.0

    async def start(self) -> None:
        from bot.app import App, StartError
        from bot.settings import Settings, load_settings

        # Every setting is given, so that nothing of this machine's environment gets into the demo.
        defaults = {name: info.default for name, info in Settings.model_fields.items() if not info.is_required()}
        wanted = {**sandbox_settings(self._sandbox, self._folder), **self._more}
        given = {name.lower(): value for name, value in wanted.items()}
        settings = load_settings(None, **(defaults | given))
        if self._office is not None:
            try:
                self._sandbox.know_dealers(import_tables(settings, self._office, self._sandbox.bot_name))
            except BadTableError as error:
                raise _NotStartedError(str(error)) from error
            self._office = None
        self._app = App(settings, clock=lambda: time.time() + self._ahead_s)
        try:
            await self._app.start()
        except StartError as error:
            raise _NotStartedError(
                f"Bot başlatılamadı ({error.reason}). Veri klasörünü başka bir bot kullanıyor olabilir; "
                "--data ile başka bir klasör verin."
            ) from error

    async def stop(self) -> None:
        if self._app is not None:
            await self._app.stop()
        self._app = None

    def sleep(self) -> int:
        """Moves the bot's clock to ten in the morning in Turkey, two days later; by how many seconds.

        One day later it would be less than a day away in the evening.
        """
        from bot.days import TURKEY

        now = datetime.fromtimestamp(time.time() + self._ahead_s, TURKEY)
        then = (now + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)
        away_s = int((then - now).total_seconds())
        self._ahead_s += away_s
        return away_s


def sandbox_settings(sandbox: "Sandbox", folder: Path) -> dict[str, str]:
    """The settings of a bot that talks to this sandbox and keeps its data in this folder, by name."""
    return {
        "BOT_TOKEN": sandbox.token,
        "BOT_API_URL": sandbox.bot_api_url,
        "LICRUS_URL": sandbox.licrus_url,
        "LICRUS_SITE_URL": sandbox.licrus_site_url,
        "LICRUS_AUTH_TICKET": sandbox.ticket,
        "DATABASE_URL": f"sqlite:///{folder / 'devreye.db'}",
        "ENVIRONMENT": "test",
        "LICRUS_READ_TIMEOUT_S": str(LICRUS_READ_SECONDS),
        "LICRUS_TOTAL_TIMEOUT_S": str(LICRUS_TOTAL_SECONDS),
        # A transcript is typed faster than any person types, and the people of the trials are as fast.
        "RATE_PER_CHAT_PER_S": "1000",
        "RATE_CHAT_BURST": "1000",
        "RATE_PER_S": "10000",
        "UPDATES_PER_MINUTE": "1000000",
    }


@contextlib.asynccontextmanager
async def sandbox_and_bot(
    folder: Path,
    port: int = 0,
    more: Mapping[str, str] | None = None,
    office: Tables | None = None,
    operators: Sequence[str] = (),
) -> AsyncIterator[tuple["Sandbox", SandboxedBot]]:
    """Both of them running, on a port of their own unless one is given; stopped at the end.

    `more`: settings. `office`: what the office imported before. `operators`: the members of the operators' group, who
    acts there first; nobody where there is none.
    """
    from bot.sandbox.state import OPERATORS

    sandbox = await _started_sandbox(port)
    for operator in (*operators, *operators[:1]):
        first_name, _, last_name = operator.partition(" ")
        more = {**(more or {}), "OPERATORS_CHAT_ID": str(sandbox.add_group(OPERATORS, first_name, last_name))}
    bot = SandboxedBot(sandbox, folder, more, office)
    try:
        await bot.start()
        yield sandbox, bot
    finally:
        await bot.stop()
        await sandbox.stop()


def _run_on_port(port: int | None, *, data: Path | None, with_bot: bool) -> int:
    run = functools.partial(_demo, data=data) if with_bot else _sandbox
    for candidate in (DEMO_PORT, 0) if port is None else (port,):
        try:
            asyncio.run(run(candidate))
        except _PortTakenError:
            continue
        except _NotStartedError as error:
            print(error, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            pass
        return 0
    print(f"{port} numaralı kapı kullanılamıyor. Başka bir kapı verin, örneğin: --port 8090", file=sys.stderr)
    return 1


async def _started_sandbox(port: int) -> "Sandbox":
    from bot.sandbox import Sandbox

    sandbox = Sandbox(port=port, first_call_number=FIRST_CALL_NUMBER)
    try:
        await sandbox.start()
    except (OSError, OverflowError) as error:
        raise _PortTakenError from error
    return sandbox


async def _demo(port: int, data: Path | None) -> None:
    with tempfile.TemporaryDirectory(prefix="devreye-") as temporary:
        folder = Path(temporary) if data is None else data
        folder.mkdir(parents=True, exist_ok=True)
        async with sandbox_and_bot(folder, port, office=sample_tables(), operators=OPERATORS_OF_THE_DEMO) as (
            sandbox,
            _,
        ):
            _say(
                f"Deneme ortamı hazır: {sandbox.url}",
                "Bu adresi tarayıcıda açın ve bir kişinin penceresinde Başlat düğmesine dokunun.",
                "Telegram ve Licrus bu bilgisayarda canlandırılır; hiçbir şey dışarı gönderilmez.",
                "Veriler bu pencere kapanınca silinir." if data is None else f"Veriler bu klasörde kalır: {folder}",
                "Durdurmak için Ctrl-C.",
            )
            await _until_stopped()
    _say("Durduruldu.")


async def _sandbox(port: int) -> None:
    sandbox = await _started_sandbox(port)
    try:
        _say(
            f"Deneme ortamı hazır: {sandbox.url}",
            "Bir botu buna bağlamak için ayarları:",
            f"BOT_TOKEN={sandbox.token}",
            f"BOT_API_URL={sandbox.bot_api_url}",
            f"LICRUS_URL={sandbox.licrus_url}",
            f"LICRUS_AUTH_TICKET={sandbox.ticket}",
            "Durdurmak için Ctrl-C.",
        )
        await _until_stopped()
    finally:
        await sandbox.stop()
    _say("Durduruldu.")


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


def _play(name: str) -> int:
    from bot.sandbox.player import Differs
    from bot.sandbox.transcripts import TranscriptError, find_transcript, read_transcript

    try:
        transcript = read_transcript(find_transcript(name))
    except (TranscriptError, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 1
    try:
        call_number = asyncio.run(play_transcript(transcript))
    except _NotStartedError as error:
        print(error, file=sys.stderr)
        return 1
    except Differs as difference:
        print(f"\nBot burada yazılandan başka davrandı.\n{difference}", file=sys.stderr)
        return 1
    if call_number is not None:
        _say(call_number)
    return 0


async def play_transcript(
    transcript: "Transcript", *, restarts: Container[int] = (), more: Mapping[str, str] | None = None
) -> str | None:
    """Plays it at a sandbox and a bot of its own and prints the conversation; the call number, or raises Differs.

    `restarts`: before which of the person's actions the bot is stopped and started after. `more`: settings of the bot.
    """
    from bot.sandbox.player import play

    with tempfile.TemporaryDirectory(prefix="devreye-") as temporary:
        settings = {**transcript.settings, **(more or {})}
        operators = [exchange.person.name for exchange in transcript.exchanges if exchange.person.operator][:1]
        async with sandbox_and_bot(
            Path(temporary), more=settings, office=tables_of(transcript.office), operators=operators
        ) as (sandbox, bot):
            return await play(transcript, sandbox.url, say=_say, bot=bot, restarts=restarts)


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)
