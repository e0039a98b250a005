"""How Licrus spells provinces and districts, as it was last asked: a fact about the whole database."""

import json

import sqlalchemy as sa

from bot.storage import queries
from conversations.answers.places import Spelling

SPELLING = "licrus_places"
SPELLING_VERSION = "licrus_places_version"


def keep_spelling(connection: sa.Connection, spelling: Spelling, now: float) -> None:
    """Requests that are confirmed from now on are spelled like this; those that were confirmed stay as they are."""
    both = {"provinces": spelling.provinces, "districts": spelling.districts}
    queries.set_meta(connection, SPELLING, json.dumps(both, ensure_ascii=False))
    queries.set_meta(connection, SPELLING_VERSION, repr(now))


def load_spelling(connection: sa.Connection) -> Spelling:
    """The spelling that was kept; an empty one before the first."""
    kept = queries.get_meta(connection, SPELLING)
    return Spelling() if kept is None else Spelling(**json.loads(kept))
