"""Dealers' profiles, by the person they belong to."""

import logging

import sqlalchemy as sa
from pydantic import ValidationError

from bot.storage.dialect import on_both
from bot.storage.prepared import Prepared
from bot.storage.schema import profiles
from conversations.draft import Profile

log = logging.getLogger(__name__)


def load_profile(connection: sa.Connection, user_id: int) -> Profile | None:
    """The profile as it was kept; None for who has none, or one that only a newer release can read."""
    data = _LOAD.value(connection, user_id=user_id)
    try:
        return None if data is None else Profile.model_validate_json(data)
    except ValidationError:
        log.error("profile_unreadable")
        return None


_LOAD = Prepared(sa.select(profiles.c.data).where(profiles.c.user_id == sa.bindparam("user_id")))


def save_profile(connection: sa.Connection, user_id: int, profile: Profile, now: float) -> None:
    """Keep the profile."""
    _SAVE.changed(connection, user_id=user_id, data=profile.model_dump_json(), changed_at=now)


_SAVE = on_both(
    profiles,
    lambda new: new.on_conflict_do_update(
        index_elements=[profiles.c.user_id],
        set_={"data": new.excluded.data, "changed_at": new.excluded.changed_at},
    ),
)


def erase_profile(connection: sa.Connection, user_id: int) -> None:
    """Nothing of it stays."""
    connection.execute(sa.delete(profiles).where(profiles.c.user_id == user_id))
