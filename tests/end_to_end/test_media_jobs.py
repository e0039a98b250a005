"""Files that people send: kept with the update, read once, answered once, whatever happens on the way."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from telegram.error import NetworkError, RetryAfter

import locales
from bot.intake import ALBUM_WAITS_S, MOST_FILES_WAITING, Taken, take
from bot.media.decoding import Unreadable
from bot.media.jobs import MOST_TRIES, Reading
from bot.storage import queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.schema import media_jobs, outbox
from bot.telegram.attachments import LARGEST_FILE_BYTES, Attachment
from bot.telegram.downloads import Unfetchable
from bot.telegram.inbound import Inbound
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.answers.codes import Code
from conversations.events import Arrived, Command
from conversations.words import Words
from tests.databases import database_url

LOOKING = "Fotoğrafınıza bakıyorum."


class World:
    """A database, a clock, people who send photos, and a Telegram that gives or refuses them as told."""

    def __init__(self, folder: Path) -> None:
        self.now = 1_800_000_000.0
        self.terms = Terms(ACTIVATION, contact="0216 555 00 00")
        self.engine = make_engine(database_url(folder))
        migrate(self.engine)
        self.updates = 0
        self.fetched: list[str] = []
        self.failures: list[Exception] = []
        self.pictures: dict[str, tuple[Code, ...] | Unreadable] = {}
        self.take(1, Command("start"))

    def take(self, chat_id: int, event: object, attachment: Attachment | None = None, again: int = 0) -> Taken | None:
        self.updates += 1
        number = again or self.updates
        inbound = Inbound(
            number,
            str(number),
            chat_id,
            "private",
            chat_id,
            "Ayşe",
            "Yılmaz",
            event=event,  # type: ignore[arg-type]
            attachment=attachment,
            message_id=number,
        )
        with self.engine.begin() as connection:
            return take(connection, inbound, self.now, self.terms)

    def photo(
        self, file_id: str, *, chat_id: int = 1, album: str = "", size: int = 1000, again: int = 0
    ) -> Taken | None:
        self.pictures.setdefault(file_id, (Code(file_id, "Code128"),))
        return self.take(chat_id, Arrived("picture"), Attachment(file_id, "picture", size, album), again)

    async def fetch(self, file_id: str) -> bytes:
        self.fetched.append(file_id)
        if self.failures:
            raise self.failures.pop(0)
        return file_id.encode()

    async def read(self, content: bytes) -> tuple[Code, ...] | Unreadable:
        return self.pictures[content.decode()]

    def work(self, until: Callable[[], bool], readers: int = 1, **options: object) -> None:
        """Run readers until this is true."""

        async def run() -> None:
            writer = make_writer(self.engine)
            writer.start()
            reading = [
                Reading(
                    writer,
                    self.terms,
                    self.fetch,
                    options.get("read", self.read),  # type: ignore[arg-type]
                    clock=lambda: self.now,
                )
                for _ in range(readers)
            ]
            tasks = [asyncio.create_task(reader.run()) for reader in reading]
            try:
                async with asyncio.timeout(10):
                    while not until():
                        for reader in reading:
                            reader.wake()
                        await asyncio.sleep(0.01)
            finally:
                for reader in reading:
                    reader.stop()
                await asyncio.gather(*tasks)
                await writer.close()

        asyncio.run(run())

    def waiting(self) -> int:
        with self.engine.begin() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(media_jobs)) or 0)

    def done(self) -> bool:
        return self.waiting() == 0

    def said(self, chat_id: int = 1) -> list[str]:
        """The first line of each message."""
        with self.engine.begin() as connection:
            rows = connection.execute(sa.select(outbox).where(outbox.c.chat_id == chat_id).order_by(outbox.c.id)).all()
        return [locales.say(queries.read_message(row.message).paragraphs[0], "tr") for row in rows][1:]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_photo_is_acknowledged_read_and_answered_once(world: World) -> None:
    taken = world.photo("99958")
    assert taken is not None
    assert taken.fetches
    assert world.said() == [LOOKING]
    world.work(world.done)
    world.work(world.done)
    assert world.said() == [LOOKING, "Fotoğraftan okunan seri no: 99958"]


def test_a_photo_delivered_twice_is_read_once(world: World) -> None:
    world.photo("99958")
    world.photo("99958", again=world.updates)
    world.work(world.done)
    assert world.said() == [LOOKING, "Fotoğraftan okunan seri no: 99958"]


def test_two_readers_at_once_answer_once(world: World) -> None:
    world.photo("99958")
    world.work(world.done, readers=3)
    assert world.said() == [LOOKING, "Fotoğraftan okunan seri no: 99958"]


def test_what_was_cut_off_while_it_was_read_is_read_after_the_next_start(world: World) -> None:
    async def never(content: bytes) -> tuple[Code, ...]:
        await asyncio.Event().wait()
        return ()

    world.photo("99958")
    world.work(lambda: bool(world.fetched), read=never)
    assert world.waiting() == 1
    world.work(world.done)
    assert world.said() == [LOOKING, "Fotoğraftan okunan seri no: 99958"]


def test_the_photos_of_an_album_are_one_answer(world: World) -> None:
    for number in ("99958", "99959", "99960"):
        world.photo(number, album="7")
        world.now += ALBUM_WAITS_S / 2
    assert world.said() == [LOOKING]
    world.now += ALBUM_WAITS_S
    world.work(world.done)
    assert world.said() == [LOOKING, "Fotoğraftan okunan seri no: 99958, 99959, 99960"]


def test_an_album_is_not_read_before_its_last_photo_had_time_to_come(world: World) -> None:
    world.photo("99958", album="7")
    world.photo("99959", chat_id=2)
    world.work(lambda: len(world.said(2)) == 1)
    assert world.fetched == ["99959"]
    assert world.waiting() == 1


def test_a_photo_that_comes_while_its_album_is_read_still_belongs_to_it(world: World) -> None:
    async def read(content: bytes) -> tuple[Code, ...] | Unreadable:
        if len(world.fetched) == 1:
            await asyncio.to_thread(world.photo, "99959", album="7")
        return await world.read(content)

    world.photo("99958", album="7")
    world.now += ALBUM_WAITS_S

    def later() -> bool:
        world.now += 0.05
        return world.done()

    world.work(later, read=read)
    assert world.said() == [LOOKING, "Fotoğraftan okunan seri no: 99958, 99959"]
    assert world.fetched == ["99958", "99959"]


def test_one_unreadable_photo_of_an_album_does_not_spoil_the_others(world: World) -> None:
    world.pictures["dark"] = Unreadable("no-code")
    for file_id in ("dark", "99959"):
        world.photo(file_id, album="7")
    world.now += ALBUM_WAITS_S
    world.work(world.done)
    assert world.said()[1:] == ["Fotoğraftan okunan seri no: 99959"]


@pytest.mark.parametrize("failure", [NetworkError("x"), RetryAfter(3)])
def test_a_photo_that_cannot_be_fetched_now_is_fetched_later(world: World, failure: Exception) -> None:
    world.failures = [failure]
    world.photo("99958")
    world.work(lambda: not world.failures)
    assert world.said() == [LOOKING]
    world.now += 2.0 if isinstance(failure, NetworkError) else 3.0
    world.work(world.done)
    assert world.said() == [LOOKING, "Fotoğraftan okunan seri no: 99958"]


def test_a_photo_that_can_never_be_fetched_ends_in_a_kind_word(world: World) -> None:
    world.failures = [NetworkError("x")] * MOST_TRIES
    world.photo("99958")

    def later() -> bool:
        world.now += 1.0
        return world.done()

    world.work(later)
    assert len(world.fetched) == MOST_TRIES
    assert world.said() == [LOOKING, locales.say(Words("unfetched-unreachable"), "tr")]


@pytest.mark.parametrize(("too_big", "words"), [(True, "unfetched-too-big"), (False, "unfetched-unreachable")])
def test_what_telegram_refuses_to_give_is_told_at_once(world: World, too_big: bool, words: str) -> None:
    world.failures = [Unfetchable(too_big=too_big)]
    world.photo("99958")
    world.work(world.done)
    assert len(world.fetched) == 1
    assert world.said() == [LOOKING, locales.say(Words(words), "tr")]


def test_what_is_too_large_by_its_own_account_is_never_fetched(world: World) -> None:
    world.photo("99958", size=LARGEST_FILE_BYTES + 1)
    assert world.waiting() == 0
    assert world.said() == [locales.say(Words("unfetched-too-big"), "tr")]


def test_a_picture_that_breaks_the_reader_is_given_up_with_an_apology(world: World) -> None:
    async def broken(content: bytes) -> tuple[Code, ...]:
        raise RuntimeError("a mistake of ours")

    world.photo("99958")

    def later() -> bool:
        world.now += 1.0
        return world.done()

    world.work(later, read=broken)
    assert len(world.fetched) == 3
    assert len(world.said()) == 2
    assert "işleyemedim" in world.said()[1]


def test_so_many_files_of_one_person_wait_and_no_more(world: World) -> None:
    for number in range(MOST_FILES_WAITING + 2):
        world.photo(str(10_000 + number))
    world.photo("99958", chat_id=2)
    assert world.waiting() == MOST_FILES_WAITING + 1
    assert world.said()[-1] == locales.say(Words("unfetched-too-many"), "tr")


def test_one_persons_files_do_not_hold_up_anothers(world: World) -> None:
    held = asyncio.Event()

    async def read(content: bytes) -> tuple[Code, ...] | Unreadable:
        if content == b"slow":
            await held.wait()
        return await world.read(content)

    world.photo("slow")
    world.photo("11111")
    world.take(2, Command("start"))
    world.photo("99958", chat_id=2)
    world.work(lambda: len(world.said(2)) == 2, read=read)
    assert world.said() == [LOOKING, LOOKING]
