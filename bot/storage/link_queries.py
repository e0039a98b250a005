"""The codes of t.me/BOT?start=CODE: a dealer's sticker, which everybody may use, and an invitation, used once.

The database keeps what a code hashes to, so that a copy of it opens nothing.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import sqlalchemy as sa

from bot.storage.directory_queries import load_dealer
from bot.storage.schema import links
from conversations.directory import Link

Purpose = Literal["sticker", "invite"]

CODE_BYTES = {"sticker": 10, "invite": 20}
"""Random bytes of a code: 80 bits where a guess fills in a dealer's name, 160 where it makes somebody a dealer."""

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram passes on behind ?start= (core.telegram.org/bots/features, "Deep linking")."""


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as the office sees it. `code` is "" for an invitation: it was shown once."""

    purpose: Purpose
    dealer_key: str
    code: str
    created_at: float
    expires_at: float | None
    used_at: float | None


def find_link(connection: sa.Connection, code: str, now: float) -> Link | None:
    """What stands behind a code that is good now: not revoked, expired or used up, and its dealer still listed."""
    if not _CODE.fullmatch(code):
        return None
    row = connection.execute(sa.select(links).where(_is(code), _is_good(now))).one_or_none()
    dealer = None if row is None else load_dealer(connection, row.dealer_key)
    return None if row is None or dealer is None else Link(cast(Purpose, row.purpose), dealer)


def redeem_invite(connection: sa.Connection, code: str, user_id: int, now: float) -> bool:
    """Use up an invitation; whether it was good until now. Of two who try at once the database lets one."""
    good = sa.and_(_is(code), links.c.purpose == "invite", _is_good(now))
    done = connection.execute(sa.update(links).where(good).values(used_at=now, used_by=user_id))
    return done.rowcount == 1


def sticker_code(connection: sa.Connection, dealer_key: str, now: float) -> str:
    """The code of the dealer's sticker, made when there is none: every sticker of a dealer carries the same."""
    good = sa.and_(links.c.dealer_key == dealer_key, links.c.purpose == "sticker", _is_good(now))
    found = connection.scalar(sa.select(links.c.code).where(good).order_by(links.c.created_at, links.c.code).limit(1))
    return str(found) if found is not None else _add(connection, dealer_key, "sticker", now, None)


def add_invite(connection: sa.Connection, dealer_key: str, now: float, expires_at: float) -> str:
    """The code of a new invitation; it can't be shown again."""
    return _add(connection, dealer_key, "invite", now, expires_at)


def good_links(connection: sa.Connection, dealer_key: str, now: float) -> Sequence[StoredLink]:
    """The dealer's links that can be used now, the oldest first."""
    rows = connection.execute(
        sa.select(links).where(links.c.dealer_key == dealer_key, _is_good(now)).order_by(links.c.created_at)
    )
    return [_stored(row) for row in rows]


def revoke(connection: sa.Connection, now: float, *, code: str = "", dealer_key: str = "") -> int:
    """Make one code, or all of a dealer, good for nothing; how many were good until now."""
    whose = _is(code) if code else links.c.dealer_key == dealer_key
    done = connection.execute(sa.update(links).where(whose, _is_good(now)).values(revoked_at=now))
    return int(done.rowcount)


def _add(connection: sa.Connection, dealer_key: str, purpose: Purpose, now: float, expires_at: float | None) -> str:
    # Only small letters and digits: a code may be read out, and the command line takes no dash for an option.
    code = base64.b32encode(secrets.token_bytes(CODE_BYTES[purpose])).decode().rstrip("=").lower()
    connection.execute(
        sa.insert(links).values(
            code_hash=_hash(code),
            code=code if purpose == "sticker" else "",
            purpose=purpose,
            dealer_key=dealer_key,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return code


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _is(code: str) -> sa.ColumnElement[bool]:
    return links.c.code_hash == _hash(code)


def _is_good(now: float) -> sa.ColumnElement[bool]:
    alive = sa.or_(links.c.expires_at.is_(None), links.c.expires_at > now)
    return sa.and_(links.c.revoked_at.is_(None), links.c.used_at.is_(None), alive)


def _stored(row: sa.Row[Any]) -> StoredLink:
    return StoredLink(row.purpose, row.dealer_key, row.code, row.created_at, row.expires_at, row.used_at)
