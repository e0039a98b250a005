"""What stays of a request once nobody's data may stand in it: its code, its call number, and what reports count."""

import json
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from bot.storage.queries import erase_drafts
from bot.storage.schema import dealers, drafts, products, request_serials, requests
from conversations.letters import name_key

NOBODY = 0
"""Stands where a masked request's chat and user stood."""

COUNTED = ("CustomerCity", "DeviceCount")
"""Fields that say nothing of a person: one of 81 provinces, and a number."""
LISTED = {"DealerCompanyName": dealers, "ProductNameList": products, "ProductGroupName": products}
"""Fields that stay where the office's own list has them: what was typed by hand may say anything of anybody."""


def mask_requests(connection: sa.Connection, ids: Collection[int], now: float) -> None:
    """Take everything of any person out of these requests, and whose they were; their drafts go.

    A draft that is open again, since Licrus refused, is its person's to correct, and stays.
    """
    rows = connection.execute(
        sa.select(requests.c.id, requests.c.draft_id, requests.c.body).where(requests.c.id.in_(list(ids)))
    ).all()
    for row in rows:
        connection.execute(
            sa.update(requests)
            .where(requests.c.id == row.id)
            .values(
                body=json.dumps(_kept(connection, json.loads(row.body)), ensure_ascii=False),
                reason="",
                chat_id=NOBODY,
                user_id=NOBODY,
                masked_at=now,
            )
        )
    connection.execute(sa.delete(request_serials).where(request_serials.c.request_id.in_([row.id for row in rows])))
    still_needed = sa.exists().where(requests.c.draft_id == drafts.c.id, requests.c.masked_at.is_(None))
    erase_drafts(connection, drafts.c.id.in_([row.draft_id for row in rows]), drafts.c.status != "open", ~still_needed)


def _kept(connection: sa.Connection, body: Mapping[str, str | int]) -> dict[str, str | int]:
    kept = {name: body[name] for name in COUNTED if name in body}
    for name, table in LISTED.items():
        value = str(body.get(name, ""))
        key = table.c.group_name == value if name == "ProductGroupName" else table.c.key == name_key(value)
        if value and connection.scalar(sa.select(sa.exists().where(key))):
            kept[name] = value
    return kept
