"""How updates come to the bot: by so many connections to its webhook, or by long polling. As Telegram does it."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Coroutine, Sequence
from typing import Any, Protocol

from benchmarks.conversation import update_writer
from benchmarks.http import ClientProtocol
from benchmarks.people import Person, Town
from benchmarks.telegram import BATCH, BOT_ID, Telegram

CONNECTIONS = 40
"""What Telegram opens unless it is told otherwise."""
AGAIN_AFTER_S = 0.5
FIRST_UPDATE = 500_000_000


class Delivery(Protocol):
    """A way to the bot."""

    refused: int

    async def open(self, until: float) -> None:
        """Wait until the bot can be reached. Raises TimeoutError once `until` (time.monotonic) is past."""

    @property
    def has_room(self) -> bool:
        """Whether one more update would be on its way at once."""

    def send(self, person: Person, update_id: int, update: bytes) -> None:
        """Bring an update; the town is told of its 2xx."""

    def close(self) -> None:
        """Hang up."""


class ByWebhook:
    """Keeps its connections open, to each replica in turn, and brings an update again until it is taken."""

    def __init__(
        self, telegram: Telegram, town: Town, ports: Sequence[int], secret: str, connections: int = CONNECTIONS
    ) -> None:
        self.refused = 0
        self._telegram = telegram
        self._town = town
        self._ports = itertools.cycle(ports)
        self._connections = connections
        self._free: list[ClientProtocol] = []
        self._waiting: deque[tuple[Person, bytes]] = deque()
        self._closed = False
        self._open_ones: set[ClientProtocol] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._head = (
            f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nConnection: keep-alive\r\nContent-Length: "
        ).encode()

    async def open(self, until: float) -> None:
        opened = 0
        while opened < self._connections:
            port = next(self._ports)
            while True:
                try:
                    await self._connect(port)
                    break
                except OSError:
                    if time.monotonic() > until:
                        raise TimeoutError from None
                    await asyncio.sleep(0.002)
            opened += 1

    async def _connect(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: ClientProtocol(self._lost), "127.0.0.1", port)
        self._open_ones.add(connection)
        self._freed(connection)

    def _lost(self, connection: ClientProtocol) -> None:
        self._open_ones.discard(connection)
        if connection in self._free:
            self._free.remove(connection)
        if not self._closed:
            self._do(self._reconnect())

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reconnect(self) -> None:
        while not self._closed:
            try:
                await self._connect(next(self._ports))
            except OSError:
                await asyncio.sleep(AGAIN_AFTER_S)
            else:
                return

    @property
    def has_room(self) -> bool:
        return bool(self._free)

    def send(self, person: Person, update_id: int, update: bytes) -> None:
        request = b"%b%d\r\n\r\n%b" % (self._head, len(update), update)
        if self._free:
            self._bring(self._free.pop(), person, request)
        else:
            self._waiting.append((person, request))

    def _bring(self, connection: ClientProtocol, person: Person, request: bytes) -> None:
        def done(status: int, body: bytes) -> None:
            if connection.is_open:
                self._freed(connection)
            if 200 <= status < 300:
                if body:
                    self._telegram.answered_in_response(body)
                self._town.acknowledged(person)
            elif not self._closed:
                self.refused += 1
                asyncio.get_running_loop().call_later(AGAIN_AFTER_S, self._again, person, request)

        connection.send(request, done)

    def _again(self, person: Person, request: bytes) -> None:
        if self._free:
            self._bring(self._free.pop(), person, request)
        else:
            self._waiting.append((person, request))

    def _freed(self, connection: ClientProtocol) -> None:
        if self._waiting:
            self._bring(connection, *self._waiting.popleft())
        else:
            self._free.append(connection)

    def close(self) -> None:
        self._closed = True
        for connection in tuple(self._open_ones):
            connection.close()
        for task in self._tasks:
            task.cancel()


PATH = "/telegram"
"""Of the webhook, on whatever port the contestant is given."""


class ByPolling:
    """The bot fetches what waits; as much is let wait as one fetch takes."""

    def __init__(self, telegram: Telegram) -> None:
        self.refused = 0
        self._telegram = telegram

    async def open(self, until: float) -> None:
        while not self._telegram.calls["getUpdates"]:
            if time.monotonic() > until:
                raise TimeoutError
            await asyncio.sleep(0.002)

    @property
    def has_room(self) -> bool:
        return len(self._telegram.pending) < BATCH

    def send(self, person: Person, update_id: int, update: bytes) -> None:
        self._telegram.put(update_id, update, person)

    def close(self) -> None:
        """Nothing is open."""


class Post:
    """Writes the updates of people and hands them to the delivery."""

    def __init__(self, town: Town, delivery: Delivery, first_update: int = FIRST_UPDATE) -> None:
        self._town = town
        self._delivery = delivery
        self._ids = itertools.count(first_update)
        self._text, self._tap = update_writer(BOT_ID)
        self.sent = 0

    def send(self, person: Person, due: float | None = None) -> None:
        """The person's next update, which was due then, or is now."""
        step, update_id = person.step, next(self._ids)
        if self._town.is_tap(person):
            update = self._tap(update_id, person.chat_id, person.summary_id, step, person.confirm)
        else:
            assert person.script is not None
            update = self._text(update_id, person.chat_id, 2 * step + 1, step, person.script.texts[step])
        person.due = time.perf_counter() if due is None else due
        self.sent += 1
        self._delivery.send(person, update_id, update)
