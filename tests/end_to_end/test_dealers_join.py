"""Becoming a dealer by an invitation, on the real engine and database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.intake import take
from bot.profiles import InvitationGone, keep_profile, profile_of
from bot.storage import queries
from bot.storage.database import make_engine, migrate
from bot.storage.directory_queries import Source, import_dealers
from bot.storage.link_queries import add_invite, find_link
from bot.storage.profile_queries import load_profile, save_profile
from bot.storage.schema import outbox, profiles
from bot.telegram.inbound import Inbound
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.directory import Dealer
from conversations.draft import Profile
from conversations.events import Command, Event, Text
from conversations.replies import Turn
from tests.databases import database_url

NOW = 1_800_000_000.0
INVITED_ONLY = Terms(ACTIVATION, dealers_by_invitation=True)
LISTED = Dealer("k1", "Test Bayi A.Ş.", "Mutlu Özcan", "5325466757", "", "info@testbayi.com")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.connect() as connection:
        yield connection


def list_dealers(connection: sa.Connection, *dealers: Dealer) -> None:
    with connection.begin():
        import_dealers(connection, dealers, Source("test", NOW, "hash"), remove_missing=True)


def invite(connection: sa.Connection) -> str:
    with connection.begin():
        key = connection.scalar(sa.text("SELECT key FROM dealers"))
        return add_invite(connection, str(key), NOW, NOW + 100)


def do(connection: sa.Connection, number: int, event: Event, user_id: int = 7, terms: Terms = INVITED_ONLY) -> str:
    """What the bot says to this event, as the ids of its words."""
    with connection.begin():
        take(connection, Inbound(number, "f", user_id, "private", user_id, event=event), NOW, terms)
        newest = connection.scalar(sa.select(outbox.c.message).order_by(outbox.c.id.desc()).limit(1))
        return " ".join(words.id for words in queries.read_message(str(newest)).paragraphs)


def profile(connection: sa.Connection, user_id: int = 7) -> Profile | None:
    with connection.begin():
        return profile_of(connection, ACTIVATION, user_id, by_invitation=True)


def test_an_invitation_is_used_up_in_the_commit_that_makes_the_person_a_dealer(connection: sa.Connection) -> None:
    list_dealers(connection, LISTED)
    code = invite(connection)
    assert "joined" in do(connection, 1, Command("start", code))
    kept = profile(connection)
    assert kept is not None
    assert kept.values["DealerContactPerson"] == "Mutlu Özcan"
    with connection.begin():
        assert find_link(connection, code, NOW) is None
    assert "link-unknown" in do(connection, 2, Command("start", code), user_id=8)
    assert profile(connection, 8) is None


def test_an_invitation_that_somebody_else_used_in_between_keeps_nothing(connection: sa.Connection) -> None:
    list_dealers(connection, LISTED)
    code = invite(connection)
    turn = Turn(None, (), profile=Profile(values={}, dealer="k"), redeems=code)
    with connection.begin():
        keep_profile(connection, 8, turn, NOW)
    with pytest.raises(InvitationGone), connection.begin():
        keep_profile(connection, 7, turn, NOW)
    with connection.begin():
        assert load_profile(connection, 7) is None


def test_an_invited_dealer_follows_the_directory_and_is_none_when_taken_off_it(connection: sa.Connection) -> None:
    list_dealers(connection, LISTED)
    do(connection, 1, Command("start", invite(connection)))
    list_dealers(connection, replace(LISTED, email="yeni@testbayi.com"))
    now = profile(connection)
    assert now is not None
    assert now.values["DealerEmail"] == "yeni@testbayi.com"
    list_dealers(connection, Dealer("k2", "Başka Bayi"))
    assert profile(connection) is None
    with connection.begin():
        stays = profile_of(connection, ACTIVATION, 7, by_invitation=False)
    assert stays is not None
    assert stays.dealer == ""


def test_a_forgotten_profile_leaves_nothing(connection: sa.Connection) -> None:
    with connection.begin():
        save_profile(connection, 7, Profile(values={"DealerCompanyName": "Test Bayi"}), NOW)
        keep_profile(connection, 7, Turn(None, (), forgets_profile=True), NOW)
        assert connection.execute(sa.select(profiles)).all() == []


def test_a_profile_that_only_a_newer_release_can_read_is_none(connection: sa.Connection) -> None:
    with connection.begin():
        connection.execute(sa.insert(profiles).values(user_id=7, data='{"values": {}, "new": 1}', changed_at=NOW))
        assert load_profile(connection, 7) is None


def test_whoever_only_says_so_is_no_dealer_where_the_setting_wants_invitations(connection: sa.Connection) -> None:
    do(connection, 1, Command("start"))
    assert "dealer-by-invitation" in do(connection, 2, Text("Bayiyim", 1, "choice-dealer"))
    allowed = Terms(ACTIVATION)
    do(connection, 3, Command("start"), user_id=8, terms=allowed)
    assert "dealer-by-invitation" not in do(connection, 4, Text("Bayiyim", 1, "choice-dealer"), 8, allowed)
