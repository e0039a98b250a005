"""The bodies that Licrus answers with: the sample's envelope, and the broken ones of the faults."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import Response, StreamingResponse

from bot.sandbox.licrus_faults import Fault

CREATED = "created"
WRONG_TICKET = "AuthTicket geçersiz veya süresi dolmuş."
_SUCCESS = 2  # the only type that is known as a number (LICRUS.md)
_ERROR = 1
_WARNING = 3
_TECHNICAL = "System.NullReferenceException: Object reference not set to an instance of an object."


def envelope(messages: list[tuple[int, str]], *, has_error: bool) -> dict[str, Any]:
    """The envelope of every answer, its keys in the sample's order."""
    return {
        "Results": [],
        "Entity": None,
        "HasResult": False,
        "Count": 0,
        "TotalCount": 0,
        "Id": 0,
        "Meta": None,
        "MessageList": [{"Type": kind, "Message": text} for kind, text in messages],
        "HasError": has_error,
        "HasMessage": bool(messages),
        "RrpTag": None,
    }


def _created_text(call_number: int) -> str:
    return f"Verdiğiniz bilgilere göre çağrı oluşturulmuştur. Çağrı numarası: {call_number}"


def created(call_number: int) -> dict[str, Any]:
    """The sample's answer with this call number."""
    return envelope([(_SUCCESS, _created_text(call_number))], has_error=False)


def refusal(reason: str) -> dict[str, Any]:
    return envelope([(_ERROR, reason)], has_error=True)


def json_answer(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json; charset=utf-8")


def dripping(body: dict[str, Any], seconds: float) -> Response:
    """A good answer, one byte at a time, with so many seconds between two."""

    async def drops() -> AsyncIterator[bytes]:
        for byte in json.dumps(body, ensure_ascii=False).encode():
            yield bytes([byte])
            await asyncio.sleep(seconds)

    return StreamingResponse(drops(), media_type="application/json; charset=utf-8")


def answer_to_fault(fault: Fault, call_number: int | None) -> Response:
    """The answer of a fault that does answer. The call number is None unless the call was carried out."""
    number = 0 if call_number is None else call_number
    match fault.kind.name:
        case "refuse":
            return json_answer(refusal(fault.reason or "Girilen seri numarası sistemde bulunamadı."))
        case "refuse-with-number":
            reason = fault.reason or "Çağrı bayiye atanamadı."
            return json_answer(refusal(f"{reason} Çağrı numarası: {number}"))
        case "technical":
            return json_answer(refusal(fault.reason or _TECHNICAL))
        case "ticket":
            return json_answer(refusal(fault.reason or WRONG_TICKET))
        case "500" | "500-after":
            return json_answer({"Message": "An error has occurred."}, 500)
        case "html":
            return Response("<!DOCTYPE html><html><body><h1>Runtime Error</h1></body></html>", media_type="text/html")
        case "broken-json":
            whole = json.dumps(created(number), ensure_ascii=False)
            return Response(whole[: len(whole) // 2], media_type="application/json")
        case "redirect":
            return Response(status_code=302, headers={"Location": "/licrus/login"})
        case "429":
            return Response(status_code=429, headers={"Retry-After": str(fault.retry_after_seconds)})
        case "status":
            return Response(fault.reason, status_code=fault.status)
        case "success-without-number":
            return json_answer(
                envelope([(_SUCCESS, "Verdiğiniz bilgilere göre çağrı oluşturulmuştur.")], has_error=False)
            )
        case "warning":
            warning = fault.reason or "Seri numarasının garantisi bulunamadı."
            return json_answer(envelope([(_WARNING, warning), (_SUCCESS, _created_text(number))], has_error=False))
        case _:
            return Response(media_type="application/json")
