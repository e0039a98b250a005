"""The directory, the catalogue and the links in the database: imported, imported again, used, revoked."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage import directory_queries, link_queries
from bot.storage.database import make_engine, migrate
from bot.storage.directory_queries import Source, import_dealers, import_products, load_dealers, load_products, versions
from bot.storage.link_queries import add_invite, find_link, good_links, redeem_invite, revoke, sticker_code
from bot.storage.schema import imports, links
from conversations.catalogue import CatalogueEntry
from conversations.directory import Dealer
from conversations.letters import name_key
from tests.databases import database_url

NOW = 1_800_000_000.0
SOURCE = Source("command:office", NOW, "0" * 64)


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    return engine


def dealer(company: str, contact: str = "") -> Dealer:
    return Dealer(name_key(company), company, contact, "5301231212", "", "")


def test_what_is_imported_is_there_in_its_order_letter_by_letter(engine: sa.Engine) -> None:
    products = [
        CatalogueEntry("ECODENSE  WT 65", "DUVAR- YER TİPİ"),
        CatalogueEntry("B 1", "K"),
        CatalogueEntry("A 1", "K"),
    ]
    with engine.begin() as connection:
        import_products(connection, products, SOURCE)
        import_dealers(connection, [dealer("Işık"), dealer("Ada")], SOURCE)
    with engine.begin() as connection:
        assert list(load_products(connection)) == products
        assert [found.company for found in load_dealers(connection)] == ["Ada", "Işık"]


def test_importing_again_updates_and_keeps_what_the_file_lacks(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        import_dealers(connection, [dealer("Işık Isı"), dealer("Ada"), dealer("Eski")], SOURCE)
    with engine.begin() as connection:
        new = [dealer("IŞIK ISI"), dealer("Ada"), dealer("Yeni")]
        changes = import_dealers(connection, new, SOURCE)
        assert ([d.company for d in changes.added], changes.unchanged) == (["Yeni"], 1)
        assert [(old.company, now.company) for old, now in changes.changed] == [("Işık Isı", "IŞIK ISI")]
        assert [d.company for d in changes.missing] == ["Eski"]
        assert {d.company for d in load_dealers(connection)} == {"IŞIK ISI", "Ada", "Yeni", "Eski"}


def test_what_no_column_tells_stays_and_an_empty_cell_erases(engine: sa.Engine) -> None:
    full = Dealer(name_key("Ada"), "Ada", "Ali Kaya", "5301231212", "2165551234", "a@ornek.com")
    with engine.begin() as connection:
        import_dealers(connection, [full], SOURCE)
        said = Dealer(full.key, "ADA", "", "5321231212", "", "")
        import_dealers(connection, [said, dealer("Yeni")], SOURCE, silent=("contact_person", "email"))
        found = {d.company: d for d in load_dealers(connection)}
    assert found["ADA"] == Dealer(full.key, "ADA", "Ali Kaya", "5321231212", "", "a@ornek.com")
    assert found["Yeni"].contact_person == ""


def test_what_the_file_lacks_goes_where_that_was_asked_for(engine: sa.Engine) -> None:
    first = [CatalogueEntry("A 1", "K"), CatalogueEntry("B 1", "K")]
    with engine.begin() as connection:
        import_products(connection, first, SOURCE)
        changes = import_products(connection, first[1:], SOURCE, remove_missing=True)
        assert list(changes.missing) == first[:1]
        assert list(load_products(connection)) == first[1:]


def test_the_order_of_the_newest_file_counts_and_what_it_lacks_comes_last(engine: sa.Engine) -> None:
    a, b, c, d = (CatalogueEntry(f"{letter} 1", "K") for letter in "ABCD")
    with engine.begin() as connection:
        import_products(connection, [a, b, c], SOURCE)
        changes = import_products(connection, [c, d, a], SOURCE)
        assert list(load_products(connection)) == [c, d, a, b]
        assert (changes.changed, changes.unchanged) == ((), 2)


def test_each_import_is_a_new_version_and_says_whose_it_was(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        seen = [versions(connection)]
        import_dealers(connection, [dealer("Ada")], SOURCE)
        seen.append(versions(connection))
        import_products(connection, [CatalogueEntry("A 1", "K")], SOURCE)
        seen.append(versions(connection))
        import_dealers(connection, [dealer("Ada")], SOURCE)
        seen.append(versions(connection))
        row = connection.execute(sa.select(imports).order_by(imports.c.id)).first()
    assert len(set(seen)) == 4
    assert row is not None
    assert (row.imported_by, row.imported_at, row.added) == ("command:office", NOW, 1)


def test_a_large_import_is_soon_done(engine: sa.Engine) -> None:
    many = [dealer(f"Bayi {number}") for number in range(3_000)]
    with engine.begin() as connection:
        import_dealers(connection, many, SOURCE)
        changes = import_dealers(connection, many[:10], SOURCE, remove_missing=True)
        assert len(changes.missing) == 2_990
        assert len(load_dealers(connection)) == 10


def test_a_sticker_opens_its_dealer_and_every_sticker_of_a_dealer_is_the_same(engine: sa.Engine) -> None:
    ada = dealer("Ada")
    with engine.begin() as connection:
        import_dealers(connection, [ada], SOURCE)
        code = sticker_code(connection, ada.key, NOW)
        assert sticker_code(connection, ada.key, NOW + 1) == code
        assert len(code) == 16
        link = find_link(connection, code, NOW)
    assert link is not None
    assert (link.purpose, link.dealer) == ("sticker", ada)


def test_an_invitation_is_used_once_and_expires(engine: sa.Engine) -> None:
    ada = dealer("Ada")
    with engine.begin() as connection:
        import_dealers(connection, [ada], SOURCE)
        code, late = (add_invite(connection, ada.key, NOW, NOW + 60) for _ in range(2))
        assert len(code) == 32
        assert find_link(connection, code, NOW) is not None
        assert redeem_invite(connection, code, 7, NOW + 59)
        assert not redeem_invite(connection, code, 8, NOW + 59)
        assert find_link(connection, code, NOW + 59) is None
        assert not redeem_invite(connection, late, 7, NOW + 60)
        assert find_link(connection, late, NOW + 60) is None


def test_a_copy_of_the_database_holds_no_invitation(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        code = add_invite(connection, "key", NOW, NOW + 60)
        row = connection.execute(sa.select(links)).one()
    assert code not in map(str, row)


def test_a_sticker_is_no_invitation(engine: sa.Engine) -> None:
    ada = dealer("Ada")
    with engine.begin() as connection:
        import_dealers(connection, [ada], SOURCE)
        code = sticker_code(connection, ada.key, NOW)
        assert not redeem_invite(connection, code, 7, NOW)
        assert find_link(connection, code, NOW) is not None


def test_a_revoked_code_is_good_for_nothing_and_the_next_sticker_has_another(engine: sa.Engine) -> None:
    ada = dealer("Ada")
    with engine.begin() as connection:
        import_dealers(connection, [ada], SOURCE)
        code, invite = sticker_code(connection, ada.key, NOW), add_invite(connection, ada.key, NOW, NOW + 60)
        assert revoke(connection, NOW, code=code) == 1
        assert revoke(connection, NOW, code=code) == 0
        assert find_link(connection, code, NOW) is None
        assert [link.purpose for link in good_links(connection, ada.key, NOW)] == ["invite"]
        assert revoke(connection, NOW, dealer_key=ada.key) == 1
        assert not redeem_invite(connection, invite, 7, NOW)
        assert sticker_code(connection, ada.key, NOW) != code


def test_a_dealer_who_comes_back_finds_the_stickers_good_again(engine: sa.Engine) -> None:
    ada = dealer("Ada")
    with engine.begin() as connection:
        import_dealers(connection, [ada], SOURCE)
        code = sticker_code(connection, ada.key, NOW)
        import_dealers(connection, [], SOURCE, remove_missing=True)
        assert find_link(connection, code, NOW) is None
        import_dealers(connection, [dealer("ADA")], SOURCE)
        assert find_link(connection, code, NOW) is not None


@pytest.mark.parametrize("code", ["", "x" * 65, "a b", "ş", "'; DROP TABLE links", "-" * 64])
def test_what_is_no_code_opens_nothing(engine: sa.Engine, code: str) -> None:
    with engine.begin() as connection:
        assert find_link(connection, code, NOW) is None
        assert not redeem_invite(connection, code, 7, NOW)


def test_of_two_who_use_an_invitation_at_once_one_gets_it(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        code = add_invite(connection, "key", NOW, NOW + 60)
    got: list[bool] = []

    def use(user_id: int) -> None:
        with engine.begin() as connection:
            got.append(redeem_invite(connection, code, user_id, NOW))

    threads = [threading.Thread(target=use, args=(user_id,)) for user_id in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]


def test_codes_have_the_bits_that_they_need() -> None:
    assert link_queries.CODE_BYTES["sticker"] * 8 >= 64
    assert link_queries.CODE_BYTES["invite"] * 8 >= 128


def test_comparing_tells_what_an_import_would_do() -> None:
    changes = directory_queries.compare([dealer("Ada"), dealer("Işık")], [dealer("Ada"), dealer("IŞIK", "Ali Kaya")])
    assert (len(changes.added), len(changes.changed), changes.unchanged, changes.missing) == (0, 1, 1, ())
