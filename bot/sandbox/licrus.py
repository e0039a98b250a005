"""Licrus in miniature: ExternalCall/Create with the answers of its sample, and the memory of every call it received."""

import hmac
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from bot.sandbox.changes import Changes
from bot.sandbox.licrus_answers import CREATED, WRONG_TICKET, answer_to_fault, created, dripping, json_answer, refusal
from bot.sandbox.licrus_faults import Fault
from bot.sandbox.parameters import BodyTooLargeError, bounded, strict_json

MOST_CALLS = 10_000
LARGEST_BODY = 1024 * 1024
STRINGS = (
    "AuthTicket", "DealerCompanyName", "DealerContactPerson", "DealerMobilePhone", "DealerWorkPhone", "DealerEmail",
    "CustomerCompanyName", "CustomerFullName", "CustomerMobilePhone", "CustomerWorkPhone", "CustomerEmail",
    "CustomerCity", "CustomerDistrict", "CustomerAddress", "ProductNameList", "ProductGroupName",
    "ProductSerialNumberList",
)  # fmt: skip

Record = dict[str, Any]


class Licrus:
    """One tenant: its ticket, its next call number, the faults that wait and the calls that came."""

    def __init__(self, ticket: str, first_call_number: int, changes: Changes, reset: Callable[[Scope], None]) -> None:
        self.ticket = ticket
        self.next_call_number = first_call_number
        self.calls: deque[Record] = deque(maxlen=MOST_CALLS)
        self.faults: deque[Fault] = deque(maxlen=1_000)
        self._changes = changes
        self._reset = reset
        self._received = 0

    async def create(self, request: Request) -> Response:
        """POST ExternalCall/Create."""
        try:
            raw = await bounded(request, LARGEST_BODY).body()
        except BodyTooLargeError:
            return Response(status_code=413)
        record = self._recorded(request, raw)
        fault = self._next_fault()
        if fault is None:
            status, body = self._judged(record)
            self._changed(record)
            return json_answer(body, status)
        return await self._failing(request, record, fault)

    def _recorded(self, request: Request, raw: bytes) -> Record:
        self._received += 1
        record: Record = {
            "id": self._received,
            "time": time.time(),
            "headers": dict(request.headers),
            "raw": raw.decode("utf-8", "replace"),
            "parsed": None,
            "outcome": "received",
            "carried_out": False,
            "call_number": None,
            "reason": None,
        }
        try:
            record["parsed"] = strict_json(raw)
        except ValueError:
            record["reason"] = "The body is not JSON."
        self.calls.append(record)
        return record

    def _next_fault(self) -> Fault | None:
        if not self.faults:
            return None
        fault = self.faults[0]
        fault.times -= 1
        if fault.times <= 0:
            self.faults.popleft()
        return fault

    def _judged(self, record: Record) -> tuple[int, dict[str, Any]]:
        """Status and body of an answer without a fault, as it is carried out."""
        parsed = record["parsed"]
        if record["reason"] is not None:
            record["outcome"] = "bad_request"
            return 400, {"Message": "The request is invalid."}
        reason = _wrong_with(parsed)
        if reason is None and not hmac.compare_digest(parsed["AuthTicket"].encode(), self.ticket.encode()):
            record["outcome"], record["reason"] = "ticket", WRONG_TICKET
            return 200, refusal(WRONG_TICKET)
        if reason is not None:
            record["outcome"], record["reason"] = "refused", reason
            return 200, refusal(reason)
        self._carry_out(record)
        return 200, created(record["call_number"])

    def _carry_out(self, record: Record) -> None:
        record["outcome"], record["carried_out"] = CREATED, True
        record["call_number"] = self.next_call_number
        self.next_call_number += 1

    async def _failing(self, request: Request, record: Record, fault: Fault) -> Response:
        """A call that goes wrong as it was told to. It is carried out only if there is nothing else wrong with it."""
        parsed = record["parsed"]
        if fault.carries_out and _wrong_with(parsed) is None and parsed["AuthTicket"] == self.ticket:
            self._carry_out(record)
        record["outcome"] = fault.kind.name
        record["reason"] = fault.reason or None
        self._changed(record)
        name = fault.kind.name
        if name.startswith("reset"):
            self._reset(request.scope)
        if name.startswith(("reset", "timeout")):
            await _disconnected(request)
            return Response()
        if name == "drip":
            number = record["call_number"]
            body = refusal("Çağrı oluşturulamadı.") if number is None else created(number)
            return dripping(body, fault.drip_seconds)
        return answer_to_fault(fault, record["call_number"])

    def _changed(self, record: Record) -> None:
        shown = {key: record[key] for key in ("id", "outcome", "carried_out", "call_number", "reason")}
        self._changes.add("licrus", call={**shown, "parsed": without_ticket(record["parsed"])})


def without_ticket(parsed: Any) -> Any:
    """A received body as the chat page may show it."""
    return {**parsed, "AuthTicket": "…"} if isinstance(parsed, dict) and "AuthTicket" in parsed else parsed


def _wrong_with(parsed: Any) -> str | None:
    """Why Licrus would refuse a body, None if it is complete and of the right types."""
    if not isinstance(parsed, dict):
        return "İstek bir nesne olmalıdır."
    for name in STRINGS:
        if name not in parsed:
            return f"{name} alanı zorunludur."
        if not isinstance(parsed[name], str):
            return f"{name} alanı metin olmalıdır."
    if "DeviceCount" not in parsed:
        return "DeviceCount alanı zorunludur."
    count = parsed["DeviceCount"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return "DeviceCount alanı pozitif bir tam sayı olmalıdır."
    return None


async def _disconnected(request: Request) -> None:
    """Returns when the caller has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
