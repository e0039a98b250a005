"""`devreye run` in which a typed word makes something go wrong, with all of the typed text in what is raised or said.

    python -m tests.security.faulty_bot

Nothing of the bot's own handling of errors is touched: the faults happen in place of, or beside, an update's work.
"""

import asyncio
import gc
import json
import logging
import sqlite3
import sys
import threading
import time
import warnings
from collections.abc import Callable

import sqlalchemy as sa

import bot.intake
from bot.app import App
from bot.commands import main
from bot.intake import Taken
from bot.journal import JournalNotWritten, SendJournal
from bot.licrus.models import CallRequest
from bot.storage import queries, request_queries
from bot.storage.schema import drafts, meta, outbox
from bot.telegram.inbound import Inbound
from bot.terms import Terms
from conversations.draft import Draft
from conversations.events import Command, Text
from conversations.replies import Message, Submit
from conversations.words import Words

original_take = bot.intake.take
loops: list[asyncio.AbstractEventLoop] = []
apps: list[App] = []


class Clumsy:
    """Fails whatever is done with it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        raise RuntimeError(self.text)

    def __del__(self) -> None:
        raise RuntimeError(self.text)


def raise_chained(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError as error:
        raise KeyError(text) from error


def raise_group(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    raise ExceptionGroup(text, [RuntimeError(text)])


def misread(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    Draft.model_validate_json(json.dumps({"id": text, "form": 1, "answers": {"CustomerFullName": text}}))


def misencode(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    text.encode("ascii")


def violate(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    connection.execute(sa.insert(meta).values([{"name": text, "value": text}] * 2))


def bind_wrongly(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    connection.execute(sa.select(meta).where(meta.c.name == sa.bindparam("name")), {"name": {text: text}})


def sqlite(code: int, name: str) -> Callable[[sa.Connection, Inbound, str], None]:
    def fault(connection: sa.Connection, inbound: Inbound, text: str) -> None:
        error = sqlite3.OperationalError(text)
        error.sqlite_errorcode, error.sqlite_errorname = code, name
        raise error

    return fault


def in_loop(work: Callable[[str], None]) -> Callable[[sa.Connection, Inbound, str], None]:
    def fault(connection: sa.Connection, inbound: Inbound, text: str) -> None:
        loops[0].call_soon_threadsafe(work, text)

    return fault


def forgotten_task(text: str) -> None:
    async def fail() -> None:
        raise RuntimeError(text)

    task = asyncio.ensure_future(fail())
    task.set_name(text)
    del task
    loops[0].call_later(0.05, gc.collect)


def forgotten_future(text: str) -> None:
    asyncio.get_running_loop().create_future().set_exception(RuntimeError(text))
    gc.collect()


def failing_callback(text: str) -> None:
    raise RuntimeError(text)


def slow_callback(text: str) -> None:
    time.sleep(0.2)


def never_awaited(text: str) -> None:
    async def work(text: str) -> None:
        return None

    coroutine: object = work(text)
    del coroutine
    gc.collect()


def crash(text: str) -> None:
    """The main task itself fails, while it stops."""

    async def stop(self: App) -> None:
        raise RuntimeError(text)

    App.stop = stop  # type: ignore[method-assign]
    apps[0].failed.set()


def thread(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    def work() -> None:
        raise RuntimeError(text)

    failing = threading.Thread(target=work, name=text)
    failing.start()
    failing.join()


def clean_up_badly(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    Clumsy(text)
    gc.collect()


def warn(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    warnings.warn(text, stacklevel=1)


def talk(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    """A library that says too much, in every way that logging knows."""
    for name in ("somelibrary", "aiohttp.client", "httpx", "telegram.Bot", "sqlalchemy.engine", "uvicorn.error"):
        library = logging.getLogger(name)
        library.error("said %s", text, extra={"more": text})
        library.critical(f"said {text}", stack_info=True)
        library.error("%d and %d", text)
        try:
            raise RuntimeError(text)
        except RuntimeError:
            library.exception(text)
    logging.getLogger("bot").error("name", extra={"value": Clumsy(text)})


def unreadable_message(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    row = {"language": "tr", "due_at": 0.0, "created_at": time.time()}
    connection.execute(sa.insert(outbox).values(chat_id=inbound.chat_id, message=text, **row))
    connection.execute(
        sa.insert(outbox).values(chat_id=inbound.chat_id, message=json.dumps({"paragraphs": text}), **row)
    )


def message_to_nobody(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    message = Message((Words("nothing-open"),))
    queries.say_later(connection, 987654321, message, "tr", time.time())


def unreadable_draft(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    values = {"id": "unreadable", "form": "activation", "revision": 1, "status": "open", "touched_at": time.time()}
    owner = {"chat_id": inbound.chat_id, "user_id": inbound.user_id}
    connection.execute(sa.insert(drafts).values(data=json.dumps({"id": text}), touch_order=10**6, **owner, **values))
    queries.active_draft(connection, inbound.chat_id, inbound.user_id)
    connection.execute(sa.delete(drafts).where(drafts.c.id == "unreadable"))


def submit(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    """A confirmed request whose every text holds what was typed, past the conversation."""
    body: dict[str, str | int] = dict.fromkeys(CallRequest.model_fields, text)
    body |= {name: "5309876543" for name in body if name.endswith("Phone")}
    body |= {"ProductSerialNumberList": "SN77665544", "DeviceCount": 1}
    enqueue(connection, inbound, body)


def submit_nonsense(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    enqueue(connection, inbound, {text: text})


def enqueue(connection: sa.Connection, inbound: Inbound, body: dict[str, str | int]) -> None:
    frozen = Submit(f"draft-{inbound.update_id}", 1, f"D-{inbound.update_id}", body)
    request_queries.enqueue(connection, frozen, inbound.chat_id, inbound.user_id, time.time())


def break_journal(connection: sa.Connection, inbound: Inbound, text: str) -> None:
    def started(self: SendJournal, request_id: str, attempt: int, body: bytes) -> None:
        raise JournalNotWritten(text)

    SendJournal.started = started  # type: ignore[method-assign]
    submit(connection, inbound, text)


FAULTS: dict[str, Callable[[sa.Connection, Inbound, str], None]] = {
    "chained": raise_chained,
    "group": raise_group,
    "validation": misread,
    "unicode": misencode,
    "integrity": violate,
    "binding": bind_wrongly,
    "full": sqlite(sqlite3.SQLITE_FULL, "SQLITE_FULL"),
    "busy": sqlite(sqlite3.SQLITE_BUSY, "SQLITE_BUSY"),
    "task": in_loop(forgotten_task),
    "future": in_loop(forgotten_future),
    "callback": in_loop(failing_callback),
    "slow": in_loop(slow_callback),
    "coroutine": in_loop(never_awaited),
    "thread": thread,
    "cleaning": clean_up_badly,
    "warning": warn,
    "library": talk,
    "message": unreadable_message,
    "nobody": message_to_nobody,
    "draft": unreadable_draft,
    "submit": submit,
    "nonsense": submit_nonsense,
    "journal": break_journal,
    "broken": sqlite(sqlite3.SQLITE_IOERR_FSYNC, "SQLITE_IOERR_FSYNC"),
    "crash": in_loop(crash),
}
happened: set[int] = set()


def take(
    connection: sa.Connection, inbound: Inbound, now: float, terms: Terms, *, may_give: bool = False
) -> Taken | None:
    """What the bot does, and what a known first word says. The storage fails once for an update, poison always."""
    event = inbound.event
    text = event.text if isinstance(event, Text) else ""
    if isinstance(event, Command) and event.name in FAULTS:
        text = f"{event.name} {event.argument}"
    fault = FAULTS.get(text.partition(" ")[0])
    if fault is None:
        return original_take(connection, inbound, now, terms, may_give=may_give)
    if text.startswith(("full", "busy")) and inbound.update_id in happened:
        return original_take(connection, inbound, now, terms, may_give=may_give)
    happened.add(inbound.update_id)
    fault(connection, inbound, text)
    taken = original_take(connection, inbound, now, terms, may_give=may_give)
    return Taken(spoke=True, submitted=True, reply=None if taken is None else taken.reply)


original_start = App.start


async def start(self: App) -> None:
    """As ever, but known to the faults."""
    apps.append(self)
    loops.append(asyncio.get_running_loop())
    await original_start(self)


if __name__ == "__main__":
    bot.intake.take = take
    App.start = start  # type: ignore[method-assign]
    sys.exit(main(["run"]))
