"""A database of the first landed release, and the people in the middle of something there, go on with this one.

first.sql and first.journal were made by that release (commit 8dbb755) with its own sandbox: twelve people, five of them
in the middle of a draft, one who gave up, and a request in every state; the copy was taken while the sixth was being
sent, as a backup or a power failure would. Of what had been said only the last two messages of each chat were kept.
"""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.app import App
from bot.commands import main, office
from bot.sandbox import Sandbox
from bot.storage.database import current_revision, make_engine, make_tables, migrate, newest_revision
from bot.storage.schema import drafts, requests
from tests.databases import ON_POSTGRESQL, database_url, empty_database_url, storage_settings
from tests.end_to_end.test_polling import Chat, settings_for

HERE = Path(__file__).parent
MADE_AT = 1_795_532_000.0
AGO_S = 3600.0
"""How old the copy is made to be: a draft that nobody touched for a month would be gone."""
FIRST_CHAT = 700_000_001
PEOPLE = {
    "created": "Created Kişi",
    "refused": "Refused Kişi",
    "unknown": "Unknown Kişi",
    "held": "Held Kişi",
    "queued": "Queued Kişi",
    "first question": "İlk Soru",
    "middle": "Orta Soru",
    "summary": "Özet Kişi",
    "dealer": "Bayi Kişi",
    "editing": "Düzelten Kişi",
    "gave up": "Vazgeçen Kişi",
    "sending": "Sending Kişi",
}
"""In the order in which the sandbox of that time met them."""


def first_database(folder: Path) -> sa.Engine:
    """The database as the first release left it; on PostgreSQL that release's tables with the same rows."""
    (folder / "devreye.journal").write_bytes((HERE / "first.journal").read_bytes())
    engine = make_engine(empty_database_url(folder))
    fill(engine, on_postgresql=ON_POSTGRESQL)
    return engine


def fill(engine: sa.Engine, *, on_postgresql: bool) -> None:
    """Everything of first.sql, as if it had been made a while ago."""
    dump = (HERE / "first.sql").read_text(encoding="utf-8")
    statements = [statement.strip() for statement in dump.split("BEGIN TRANSACTION;\n")[1].split(";\n")]
    with engine.begin() as connection:
        if on_postgresql:
            make_tables(connection, "0001")
            statements = [line for line in statements if line.startswith("INSERT") and '"alembic_version"' not in line]
        for statement in statements:
            if statement not in ("", "COMMIT"):
                connection.exec_driver_sql(statement.replace("%", "%%") if on_postgresql else statement)
        for table in ("requests", "outbox") if on_postgresql else ():
            highest = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            connection.exec_driver_sql(highest)
        later = time.time() - AGO_S - MADE_AT
        for table, column in _times(connection):
            connection.execute(sa.text(f"UPDATE {table} SET {column} = {column} + :later"), {"later": later})


def _times(connection: sa.Connection) -> list[tuple[str, str]]:
    inspector = sa.inspect(connection)
    columns = [(table, column) for table in inspector.get_table_names() for column in inspector.get_columns(table)]
    return [(table, column["name"]) for table, column in columns if isinstance(column["type"], sa.Double)]


def old_rows(engine: sa.Engine, columns: Mapping[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """What the first release's columns hold."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with engine.begin() as connection:
        for table, names in columns.items():
            rows: sa.CursorResult[Any] = connection.execute(
                sa.select(*map(sa.column, names)).select_from(sa.table(table))
            )
            found[table] = sorted((tuple(row) for row in rows), key=repr)
    return found


def test_every_row_of_the_first_release_is_kept(tmp_path: Path) -> None:
    engine = first_database(tmp_path)
    inspector = sa.inspect(engine)
    columns = {
        table: [column["name"] for column in inspector.get_columns(table)]
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }
    before = old_rows(engine, columns)
    migrate(engine)
    assert old_rows(engine, columns) == before
    assert len(before["drafts"]) == 12
    with engine.begin() as connection:
        assert current_revision(connection) == newest_revision()


@pytest.mark.only_on_sqlite(reason="the dump is SQLite's")
def test_the_first_migration_still_makes_the_tables_of_the_first_release(tmp_path: Path) -> None:
    (tmp_path / "now").mkdir()
    now = make_engine(f"sqlite:///{tmp_path / 'now' / 'devreye.db'}")
    with now.begin() as connection:
        make_tables(connection, "0001")
    tables = sa.text("SELECT name, sql FROM sqlite_master ORDER BY name")
    with now.begin() as made, first_database(tmp_path).begin() as kept:
        assert made.execute(tables).all() == kept.execute(tables).all()


def states(engine: sa.Engine) -> dict[int, str]:
    with engine.begin() as connection:
        rows = connection.execute(sa.select(requests.c.chat_id, requests.c.state).order_by(requests.c.id))
        return {row.chat_id: row.state for row in rows}


def test_everybody_goes_on_with_this_release(tmp_path: Path) -> None:
    asyncio.run(_go_on(tmp_path, first_database(tmp_path)))


@pytest.mark.only_on_postgresql(reason="it is where everything is moved to")
def test_everybody_goes_on_after_the_move_to_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(make_engine(f"sqlite:///{tmp_path / 'first.db'}"), on_postgresql=False)
    (tmp_path / "devreye.journal").write_bytes((HERE / "first.journal").read_bytes())
    given = {"BOT_TOKEN": "1:" + "a" * 35, "LICRUS_URL": "https://ornek-api.licrus.com/api", "LICRUS_AUTH_TICKET": "x"}
    for name, value in (given | storage_settings(tmp_path)).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    assert main(["move", str(tmp_path / "first.db")]) == 0
    asyncio.run(_go_on(tmp_path, make_engine(database_url(tmp_path))))


async def _go_on(folder: Path, engine: sa.Engine) -> None:
    sandbox = Sandbox()
    await sandbox.start()
    app = App(settings_for(sandbox, folder))
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False, timeout=30) as http:
        chats = {}
        for who, name in PEOPLE.items():
            met = (await http.post("/api/people", json={"name": name})).raise_for_status().json()
            chats[who] = Chat(http, met["chat_id"])
        assert chats["created"].chat_id == FIRST_CHAT
        await app.start()
        try:
            # Of the requests only the one that waited is sent; the one that was being sent is a person's to look at.
            await chats["queued"].hear("Servis çağrısı açıldı")
            await chats["sending"].hear("çağrı numarası kontrol ediliyor")
            for who in ("created", "unknown", "held", "refused"):
                assert states(engine)[chats[who].chat_id] == who
            assert len((await http.get("/api/licrus/calls")).json()["calls"]) == 1
            for who, says, hears in (
                ("first question", "müşteriyim", "Cihazı hangi bayiden aldınız?"),
                ("middle", "a@ornek.com", "Cihaz hangi il ve ilçede?"),
                ("dealer", "0530 123 12 12", "e-posta adresi?"),
                ("editing", "adres: Meclis Mah. Yavuz Cad. No: 8", "Düzeltildi: Adres"),
                # The same serial numbers as everybody's: the first release did not look.
                ("refused", "/start", "Yine de hepsi eklensin mi?"),
                ("refused", "ekle", "Son kontrol. Talep henüz gönderilmedi."),
                ("gave up", "/start", "Talebi kim dolduruyor?"),
                ("created", "/cagrilarim", "43090"),
                ("unknown", "/cagrilarim", "D-Y42U"),
                ("held", "/cagrilarim", "D-7AAK"),
                ("summary", "onayla", "Servis çağrısı açıldı"),
                ("refused", "onayla", "Servis çağrısı açıldı"),
            ):
                await chats[who].type(says)
                await chats[who].hear(hears)
            assert len((await http.get("/api/licrus/calls")).json()["calls"]) == 3
        finally:
            await app.stop()
            await sandbox.stop()
    with engine.begin() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(drafts)) == 13
