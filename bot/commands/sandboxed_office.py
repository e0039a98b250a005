"""What the office of a sandboxed bot has imported: a catalogue and a directory, and the links of its dealers."""

import csv
import functools
import io
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import bot.sandbox

if TYPE_CHECKING:
    from bot.office.tables import BadRow
    from bot.sandbox.dealer_links import DealerLinks
    from bot.sandbox.transcript_parts import Office
    from bot.settings import Settings

SAMPLE = Path(bot.sandbox.__file__).with_name("sample")
INVITATION_S = 14 * 86_400.0


class Tables(NamedTuple):
    """The two files that an office would import, b"" for one that it has not."""

    catalogue: bytes = b""
    directory: bytes = b""


class BadTableError(Exception):
    """A row of a table can't be imported; the text names it."""


def sample_tables() -> Tables:
    """The packaged catalogue and directory of an office that there is not."""
    return Tables((SAMPLE / "katalog.csv").read_bytes(), (SAMPLE / "bayiler.csv").read_bytes())


def tables_of(office: "Office") -> Tables:
    """What a transcript wants imported, as an office's own files."""
    headings = ("firma", "yetkili", "cep telefonu", "is telefonu", "e-posta")
    return Tables(
        _csv(("urun", "grup"), office.products) if office.products else b"",
        _csv(headings, office.dealers) if office.dealers else b"",
    )


def import_tables(settings: "Settings", tables: Tables, bot_name: str) -> "list[DealerLinks]":
    """Imports both, judged row by row as an office's own files are; the links of the dealers. Raises BadTableError."""
    from bot.office.dealers import deep_link
    from bot.office.tables import read_catalogue, read_dealers
    from bot.sandbox.dealer_links import DealerLinks
    from bot.storage.database import make_engine, migrate
    from bot.storage.directory_queries import Source, import_dealers, import_products
    from bot.storage.link_queries import add_invite, sticker_code

    links: list[DealerLinks] = []
    if not any(tables):
        return links
    engine = make_engine(settings.database_url.get_secret_value())
    migrate(engine)
    source = Source("command:demo", now := time.time(), "0" * 64)
    with engine.begin() as connection:
        if tables.catalogue:
            products = read_catalogue(tables.catalogue)
            _refuse_bad_rows(products.bad_rows)
            import_products(connection, products.entries, source)
        if tables.directory:
            dealers = read_dealers(tables.directory)
            _refuse_bad_rows(dealers.bad_rows)
            import_dealers(connection, dealers.entries, source)
            for dealer in dealers.entries:
                sticker = deep_link(bot_name, sticker_code(connection, dealer.key, now))
                invitation = deep_link(bot_name, add_invite(connection, dealer.key, now, now + INVITATION_S))
                draw = functools.partial(_drawn, sticker, dealer.company, bot_name)
                links.append(DealerLinks(dealer.company, sticker, invitation, draw))
    engine.dispose()
    return links


def _drawn(url: str, company: str, bot_name: str) -> bytes:
    from bot.commands.dealers import STICKER_LINE
    from bot.office.stickers import Sticker, as_png

    return as_png(Sticker(url, company, STICKER_LINE, bot_name))


def _csv(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows((headings, *rows))
    return text.getvalue().encode()


def _refuse_bad_rows(bad_rows: "Sequence[BadRow]") -> None:
    if bad_rows:
        names = ", ".join(row.name for row in bad_rows)
        raise BadTableError(f"Katalog ya da rehber satırı alınamadı: {names}")
