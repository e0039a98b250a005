"""A browser that is installed on this machine, and sandbox and bot in a thread of their own."""

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.commands.sandboxed_office import Tables, sample_tables
from bot.commands.sandboxing import sandbox_and_bot

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def installed_browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = installed_browser()
    if path is None:
        sentence = (
            "No Chromium is installed, so the chat page was not tried in a browser (Debian: apt install chromium)."
        )
        if os.environ.get("DEVREYE_BROWSER_REQUIRED") == "1":
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def url(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """The address of the page, with the bot behind it."""
    yield from _served(tmp_path)


@pytest.fixture
def url_with_operators(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """The same as `devreye demo` serves it: with two operators, a catalogue and a directory."""
    yield from _served(tmp_path, ("Zeynep Demir", "Emre Kaya"), sample_tables())


def _served(tmp_path: Path, operators: tuple[str, ...] = (), office: Tables | None = None) -> Iterator[str]:
    loop = asyncio.new_event_loop()
    ready, address, stop = threading.Event(), list[str](), asyncio.Event()

    async def serve() -> None:
        try:
            async with sandbox_and_bot(tmp_path, office=office, operators=operators) as (sandbox, _):
                address.append(sandbox.url)
                ready.set()
                await stop.wait()
        finally:
            ready.set()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        assert ready.wait(30)
        yield address[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()
