"""The form of the newest import: never an older one, and read anew only when there was an import."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.forms import Forms
from bot.storage.database import make_engine, migrate
from bot.storage.directory_queries import Source, import_dealers, import_products
from conversations.answers.free_text import Product
from conversations.catalogue import CatalogueEntry
from conversations.directory import Dealer
from conversations.form import Form
from tests.databases import database_url
from tests.statements import watch

SOURCE = Source("command:office", 1_800_000_000.0, "0" * 64)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    yield engine
    engine.dispose()


def products_of(form: Form) -> list[str]:
    kind = form.field("ProductNameList").kind
    assert isinstance(kind, Product)
    return [entry.name for entry in kind.catalogue.entries]


@contextlib.contextmanager
def statements(engine: sa.Engine) -> Iterator[list[str]]:
    seen: list[str] = []
    stop = watch(engine, lambda _driver, statement: seen.append(statement))
    try:
        yield seen
    finally:
        stop()


def test_an_import_is_known_to_the_next_update_and_read_once(engine: sa.Engine) -> None:
    forms = Forms()
    with engine.begin() as connection:
        assert products_of(forms.now(connection)) == []
    with engine.begin() as connection:
        import_products(connection, [CatalogueEntry("A 1", "K")], SOURCE)
        import_dealers(connection, [Dealer("ada", "Ada")], SOURCE)
    with engine.begin() as connection:
        form = forms.now(connection)
        assert products_of(form) == ["A 1"]
    with engine.begin() as connection, statements(engine) as seen:
        assert forms.now(connection) is form
        assert len(seen) == 1
        assert "products" not in seen[0]


def test_an_import_that_was_undone_is_forgotten_though_its_number_comes_again(engine: sa.Engine) -> None:
    forms = Forms()
    with engine.connect() as connection:
        with connection.begin() as transaction:
            import_products(connection, [CatalogueEntry("A 1", "K")], SOURCE)
            assert products_of(forms.now(connection)) == ["A 1"]
            transaction.rollback()
        with connection.begin():
            assert products_of(forms.now(connection)) == []
            import_products(connection, [CatalogueEntry("B 1", "K")], Source("command:office", 1.0, "1" * 64))
            assert products_of(forms.now(connection)) == ["B 1"]
