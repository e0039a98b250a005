"""Which serial numbers were submitted before, and by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.prepared import Prepared
from bot.storage.schema import request_serials, requests

FIELD = "ProductSerialNumberList"
"""Where a request's body holds its serial numbers, with commas between them."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The request that a serial number was submitted with. `created_at` is in seconds since 1970."""

    user_id: int
    call_number: str
    created_at: float


def note_serials(connection: sa.Connection, request_id: int, body: Mapping[str, str | int]) -> None:
    """Keep which serial numbers this request holds."""
    serials = {serial for serial in str(body.get(FIELD, "")).split(",") if serial}
    if serials:
        for serial in sorted(serials):
            _NOTE.changed(connection, serial=serial, request_id=request_id)


_NOTE = Prepared(sa.insert(request_serials))


def submitted_before(connection: sa.Connection, serials: Iterable[str], user_id: int) -> dict[str, Submitted]:
    """For each of these serial numbers its newest request, this user's own first; without those Licrus refused."""
    found = ((serial, _NEWEST.row(connection, serial=serial, user_id=user_id)) for serial in serials)
    return {serial: Submitted(*row) for serial, row in found if row is not None}


_NEWEST = Prepared(
    sa.select(requests.c.user_id, requests.c.call_number, requests.c.created_at)
    .join(request_serials, requests.c.id == request_serials.c.request_id)
    .where(request_serials.c.serial == sa.bindparam("serial"), requests.c.state != "refused")
    .order_by((requests.c.user_id == sa.bindparam("user_id")).desc(), requests.c.id.desc())
    .limit(1)
)
