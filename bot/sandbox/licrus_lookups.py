"""Licrus's public look-ups: provinces, districts and product groups, in upper case and ASCII as on its sites."""

import hmac
import json
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.licrus_answers import WRONG_TICKET, envelope, json_answer, refusal
from bot.sandbox.parameters import BodyTooLargeError, bounded, strict_json

LARGEST_BODY = 64 * 1024
UNKNOWN_PLACE = "BILINMEYEN"
PRODUCT_GROUPS = ("ECODENSE DUVAR- YER TİPİ KAZAN", "ECODENSE YER TİPİ KAZAN", "DUVAR TİPİ KOMBİ", "AKRİLİK KÜVETLER")

Row = dict[str, Any]


class Lookups:
    """What one tenant's site tells whoever has its ticket."""

    def __init__(self, ticket: str) -> None:
        self._ticket = ticket
        places: dict[str, list[str]] = json.loads(Path(__file__).with_name("licrus_places.json").read_text("utf-8"))
        self.cities = [*places, UNKNOWN_PLACE]
        self.districts = {number: places.get(name, []) for number, name in enumerate(self.cities, 1)}
        self.product_groups = list(PRODUCT_GROUPS)

    def routes(self, prefix: str) -> list[Route]:
        """The look-ups under the tenant's site."""
        methods = {"GetCities": self._cities, "GetDistricts": self._districts, "GetProductGroups": self._product_groups}

        def route(name: str) -> Route:
            async def answered(request: Request) -> Response:
                return await self._answer(request, methods[name])

            return Route(f"{prefix}/external/WebSite/{name}", answered, methods=["POST"])

        return [route(name) for name in methods]

    async def _answer(self, request: Request, method: Any) -> Response:
        try:
            asked = strict_json(await bounded(request, LARGEST_BODY).body())
        except BodyTooLargeError:
            return Response(status_code=413)
        except ValueError:
            return json_answer({"Message": "The request is invalid."}, 400)
        ticket = asked.get("AuthTicket") if isinstance(asked, dict) else None
        if not isinstance(ticket, str) or not hmac.compare_digest(ticket.encode(), self._ticket.encode()):
            return json_answer(refusal(WRONG_TICKET))
        found: list[Row] = method(asked)
        return json_answer({**envelope([], has_error=False), "Results": found, "HasResult": bool(found)})

    def _cities(self, asked: Row) -> list[Row]:
        return _rows(self.cities)

    def _districts(self, asked: Row) -> list[Row]:
        number = asked.get("CityId")
        return _rows(self.districts.get(number, []) if isinstance(number, int) else [])

    def _product_groups(self, asked: Row) -> list[Row]:
        return _rows(self.product_groups)


def _rows(names: list[str]) -> list[Row]:
    return [{"Id": number, "Name": name} for number, name in enumerate(names, 1)]
