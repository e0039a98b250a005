"""Delivery to the webhook as Telegram's Bot API server does it (WebhookActor.cpp): at least once, a lane at a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.sandbox.updates import Lane, Update, UpdateQueue

ANSWER_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_RETRY_AFTER = 3600
LARGEST_ANSWER = 1024 * 1024

ExecuteMethod = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Webhook:
    """What setWebhook was told, and what went wrong lately."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None
    free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.free = asyncio.Semaphore(self.max_connections)

    def failed(self, reason: str) -> None:
        self.last_error_date = int(time.time())
        self.last_error_message = reason


@dataclass
class Attempts:
    """The pauses between deliveries of one update: none, then 2, 4, 8 ... seconds."""

    failures: int = 0
    pause: float = 1.0

    def next_pause(self, retry_after: int) -> float:
        self.failures += 1
        if retry_after:
            return float(retry_after)
        if self.failures == 1:
            return 0.0
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        return self.pause


class Delivery:
    """Posts pending updates to the webhook while one is set."""

    def __init__(self, queue: UpdateQueue, execute: ExecuteMethod) -> None:
        self.webhook: Webhook | None = None
        self.in_flight = 0
        self._queue = queue
        self._execute = execute
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._client: httpx.AsyncClient | None = None
        self._dispatcher: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._dispatcher = asyncio.create_task(self._dispatch())

    async def stop(self) -> None:
        tasks = [task for task in (self._dispatcher, *self._lanes.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    async def set(self, webhook: Webhook | None) -> None:
        """Replaces or removes the webhook; what is under way to the old one is given up and delivered again."""
        lanes = list(self._lanes.values())
        self._lanes.clear()
        for task in lanes:
            task.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        self.webhook = webhook
        self._queue.webhook_is_set = webhook is not None
        self._queue.signal.give()

    async def _dispatch(self) -> None:
        """Gives every lane that has something to deliver a task of its own."""
        while not self._queue.signal.closed:
            if self.webhook is not None:
                for lane in {update.lane for update in self._queue.pending()} - self._lanes.keys():
                    self._lanes[lane] = asyncio.create_task(self._deliver_lane(lane, self.webhook))
            await self._queue.signal.wait(60)

    async def _deliver_lane(self, lane: Lane, webhook: Webhook) -> None:
        try:
            while (update := self._queue.first_of(lane)) is not None:
                await self._deliver(update, webhook)
        finally:
            if self._lanes.get(lane) is asyncio.current_task():
                del self._lanes[lane]

    async def _deliver(self, update: Update, webhook: Webhook) -> None:
        """Posts one update until it is acknowledged or too old."""
        attempts = Attempts()
        while True:
            async with webhook.free:
                retry_after = await self._post(update, webhook)
            if retry_after is None:
                self._queue.confirm(update)
                return
            pause = attempts.next_pause(retry_after)
            if time.monotonic() + pause >= update.expires:
                self._queue.confirm(update)
                return
            await asyncio.sleep(pause)

    async def _post(self, update: Update, webhook: Webhook) -> int | None:
        """One attempt: None if it was acknowledged, else the seconds of Retry-After, or 0."""
        if self._client is None:
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
            self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, limits=limits, trust_env=False)
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token} if webhook.secret_token else {}
        self.in_flight += 1
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                response = await self._client.post(webhook.url, json=update.body(), headers=headers)
        except TimeoutError:
            webhook.failed("Read timeout expired")
            return 0
        except httpx.HTTPError as error:
            webhook.failed("Read timeout expired" if isinstance(error, httpx.TimeoutException) else "Connection failed")
            return 0
        finally:
            self.in_flight -= 1
        if not response.is_success:
            webhook.failed(f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}")
            return _retry_after(response)
        await self._execute_answer(response)
        return None

    async def _execute_answer(self, response: httpx.Response) -> None:
        """Carries out a method given in the answer; nobody is told how it went."""
        if not 0 < len(response.content) <= LARGEST_ANSWER:
            return
        try:
            answer = response.json()
        except ValueError:
            return
        if isinstance(answer, dict) and isinstance(answer.get("method"), str):
            await self._execute(answer)


def _retry_after(response: httpx.Response) -> int:
    value = response.headers.get("retry-after", "")
    return min(int(value), LONGEST_RETRY_AFTER) if value.isdecimal() else 0
