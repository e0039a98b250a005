"""Dealers' profiles, by the person they belong to."""

import logging

import sqlalchemy as sa
from pydantic import ValidationError

from bot.storage.dialect import insert
from bot.storage.schema import profiles
from conversations.draft import Profile

log = logging.getLogger(__name__)


def load_profile(connection: sa.Connection, user_id: int) -> Profile | None:
    """The profile as it was kept; None for who has none, or one that only a newer release can read."""
    data = connection.scalar(_LOAD, {"user_id": user_id})
    try:
        return None if data is None else Profile.model_validate_json(data)
    except ValidationError:
        log.error("profile_unreadable")
        return None


_LOAD = sa.select(profiles.c.data).where(profiles.c.user_id == sa.bindparam("user_id"))


def save_profile(connection: sa.Connection, user_id: int, profile: Profile, now: float) -> None:
    """Keep the profile."""
    values = {"data": profile.model_dump_json(), "changed_at": now}
    new = insert(connection, profiles).values(user_id=user_id, **values)
    connection.execute(new.on_conflict_do_update(index_elements=[profiles.c.user_id], set_=values))


def erase_profile(connection: sa.Connection, user_id: int) -> None:
    """Nothing of it stays."""
    connection.execute(sa.delete(profiles).where(profiles.c.user_id == user_id))
