"""What stays of a request once nobody's data may stand in it: its code, its call number, and what reports count."""

import json
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from bot.storage.queries import erase_drafts
from bot.storage.schema import dealers, drafts, products, request_serials, requests
from conversations.letters import name_key

NOBODY = 0
"""Stands where a masked request's chat and user stood."""

COUNTED = ("CustomerCity", "DeviceCount")
"""Fields that say nothing of a person: one of 81 provinces, and a number."""
LISTED = ("DealerCompanyName", "ProductNameList", "ProductGroupName")
"""Fields that stay where the office's own list has them: what was typed by hand may say anything of anybody."""

_MASK = (
    sa.update(requests)
    .where(requests.c.id == sa.bindparam("of_request"))
    .values(body=sa.bindparam("kept"), reason="", chat_id=NOBODY, user_id=NOBODY, masked_at=sa.bindparam("masked"))
)


def mask_requests(connection: sa.Connection, ids: Collection[int], now: float) -> None:
    """Take everything of any person out of these requests, and whose they were; their drafts go.

    A draft that is open again, since Licrus refused, is its person's to correct, and stays.
    """
    rows = connection.execute(
        sa.select(requests.c.id, requests.c.draft_id, requests.c.body).where(requests.c.id.in_(list(ids)))
    ).all()
    if not rows:
        return
    bodies = {row.id: json.loads(row.body) for row in rows}
    listed = _listed(connection, bodies.values())
    changes = [
        {"of_request": number, "kept": json.dumps(_kept(body, listed), ensure_ascii=False), "masked": now}
        for number, body in bodies.items()
    ]
    connection.execute(_MASK, changes)
    connection.execute(sa.delete(request_serials).where(request_serials.c.request_id.in_(list(bodies))))
    still_needed = sa.exists().where(requests.c.draft_id == drafts.c.id, requests.c.masked_at.is_(None))
    erase_drafts(connection, drafts.c.id.in_([row.draft_id for row in rows]), drafts.c.status != "open", ~still_needed)


def _kept(body: Mapping[str, str | int], listed: Mapping[str, Collection[str]]) -> dict[str, str | int]:
    kept = {name: body[name] for name in COUNTED if name in body}
    return kept | {name: body[name] for name in LISTED if body.get(name) in listed[name]}


def _listed(connection: sa.Connection, bodies: Iterable[Mapping[str, str | int]]) -> Mapping[str, Collection[str]]:
    """For each of the fields those values of these requests that the office's lists have."""
    said: dict[str, set[str]] = {name: set() for name in LISTED}
    for body in bodies:
        for name in LISTED:
            said[name].add(str(body.get(name, "")))
    groups = sa.select(products.c.group_name).where(products.c.group_name.in_(list(said["ProductGroupName"])))
    return {
        "DealerCompanyName": _named(connection, dealers.c.key, said["DealerCompanyName"]),
        "ProductNameList": _named(connection, products.c.key, said["ProductNameList"]),
        "ProductGroupName": set(connection.scalars(groups)),
    }


def _named(connection: sa.Connection, key: sa.ColumnElement[str], names: Collection[str]) -> set[str]:
    """Those of these names, however they are spelled, whose key the list has."""
    by_name = {name: name_key(name) for name in names}
    known = set(connection.scalars(sa.select(key).where(key.in_(list(by_name.values())))))
    return {name for name, its_key in by_name.items() if its_key in known}
