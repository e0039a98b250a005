"""Licrus in miniature over real HTTP: the sample's answer, the refusals, and the faults on request."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.licrus_faults import FAULT_KINDS

Client = httpx.AsyncClient
CREATE = "/licrus/api/ExternalCall/Create"
REQUEST: dict[str, Any] = {
    "AuthTicket": "sandbox-ticket",
    "DealerCompanyName": "Test Bayi",
    "DealerContactPerson": "MUTLU ÖZCAN",
    "DealerMobilePhone": "3546546757",
    "DealerWorkPhone": "",
    "DealerEmail": "dealeremail@dealer.com",
    "CustomerCompanyName": "",
    "CustomerFullName": "Deneme Müşteri",
    "CustomerMobilePhone": "5301231212",
    "CustomerWorkPhone": "",
    "CustomerEmail": "customerEmail@customer.com",
    "CustomerCity": "Istanbul",
    "CustomerDistrict": "Umraniye",
    "CustomerAddress": "Fatih Sultan Mehmet mahallesi",
    "ProductNameList": "ECODENSE WT 65",
    "ProductGroupName": "ECODENSE DUVAR- YER TİPİ KAZAN",
    "ProductSerialNumberList": "99958,99959",
    "DeviceCount": 2,
}
SAMPLE_ANSWER = (
    '{"Results": [], "Entity": null, "HasResult": false, "Count": 0, "TotalCount": 0, "Id": 0, "Meta": null, '
    '"MessageList": [{"Type": 2, "Message": "Verdiğiniz bilgilere göre çağrı oluşturulmuştur. '
    'Çağrı numarası: 43090"}], "HasError": false, "HasMessage": true, "RrpTag": null}'
)


@asynccontextmanager
async def running() -> AsyncIterator[tuple[Sandbox, Client]]:
    sandbox = Sandbox()
    await sandbox.start()
    try:
        async with Client(base_url=sandbox.url, trust_env=False, verify=False) as client:
            yield sandbox, client
    finally:
        await sandbox.stop()


def inside(scenario: Callable[[Client], Awaitable[None]]) -> None:
    async def main() -> None:
        async with running() as (_, client):
            await scenario(client)

    asyncio.run(main())


async def last_call(client: Client) -> dict[str, Any]:
    record: dict[str, Any] = (await client.get("/api/licrus/calls")).json()["calls"][-1]
    return record


def test_the_sample_gets_the_samples_answer_and_numbers_count_up() -> None:
    async def main() -> None:
        async with running() as (sandbox, client):
            first = await client.post(f"{sandbox.licrus_url}/ExternalCall/Create", json=REQUEST)
            assert (first.status_code, first.text) == (200, SAMPLE_ANSWER)
            second = await client.post(CREATE, json=REQUEST)
            assert "Çağrı numarası: 43091" in second.text
            record = await last_call(client)
            assert record["parsed"] == REQUEST
            assert json.loads(record["raw"]) == REQUEST
            assert (record["outcome"], record["carried_out"], record["call_number"]) == ("created", True, 43091)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"AuthTicket": "başka"}, "AuthTicket geçersiz"),
        ({"CustomerCity": None}, "CustomerCity alanı metin olmalıdır."),
        ({"DeviceCount": "2"}, "DeviceCount alanı pozitif bir tam sayı olmalıdır."),
        ({"DeviceCount": True}, "DeviceCount alanı pozitif bir tam sayı olmalıdır."),
    ],
)
def test_a_wrong_request_is_refused_in_the_envelope(change: dict[str, Any], reason: str) -> None:
    async def scenario(client: Client) -> None:
        answer = (await client.post(CREATE, json={**REQUEST, **change})).json()
        assert answer["HasError"] is True
        assert reason in answer["MessageList"][0]["Message"]
        assert (await last_call(client))["carried_out"] is False

    inside(scenario)


def test_a_missing_key_and_a_body_that_is_not_json_are_refused() -> None:
    async def scenario(client: Client) -> None:
        without = {name: value for name, value in REQUEST.items() if name != "CustomerAddress"}
        answer = (await client.post(CREATE, json=without)).json()
        assert answer["MessageList"][0]["Message"] == "CustomerAddress alanı zorunludur."
        assert (await client.post(CREATE, content=b"{")).status_code == 400

    inside(scenario)


@pytest.mark.parametrize(
    ("kind", "status", "part", "carried_out"),
    [
        ("refuse", 200, "gerekçe", False),
        ("refuse-with-number", 200, "Çağrı numarası: 43090", True),
        ("technical", 200, '"HasError": true', False),
        ("ticket", 200, '"HasError": true', False),
        ("500", 500, "error", False),
        ("500-after", 500, "error", True),
        ("html", 200, "<html>", False),
        ("broken-json", 200, '{"Results"', True),
        ("empty", 200, "", False),
        ("redirect", 302, "", False),
        ("429", 429, "", False),
        ("status", 418, "", False),
        ("success-without-number", 200, '"HasError": false', True),
        ("warning", 200, "Çağrı numarası: 43090", True),
    ],
)
def test_a_fault_with_an_answer(kind: str, status: int, part: str, carried_out: bool) -> None:
    async def scenario(client: Client) -> None:
        fault = {"kind": kind, "reason": "gerekçe", "status": 418, "retry_after": 7}
        assert (await client.post("/api/licrus/fault", json=fault)).status_code == 200
        answer = await client.post(CREATE, json=REQUEST)
        assert answer.status_code == status
        assert part in answer.text
        assert answer.headers.get("retry-after") == ("7" if kind == "429" else None)
        record = await last_call(client)
        assert (record["outcome"], record["carried_out"]) == (kind, carried_out)
        assert (await client.post(CREATE, json=REQUEST)).json()["HasError"] is False

    inside(scenario)


@pytest.mark.parametrize(
    ("kind", "error", "carried_out"),
    [
        ("timeout", httpx.ReadTimeout, False),
        ("timeout-after", httpx.ReadTimeout, True),
        ("reset", httpx.ReadError, False),
        ("reset-after", httpx.ReadError, True),
    ],
)
def test_a_fault_without_an_answer(kind: str, error: type[Exception], carried_out: bool) -> None:
    async def scenario(client: Client) -> None:
        await client.post("/api/licrus/fault", json={"kind": kind})
        with pytest.raises(error):
            await client.post(CREATE, json=REQUEST, timeout=0.1)
        record = await last_call(client)
        assert (record["outcome"], record["carried_out"]) == (kind, carried_out)

    inside(scenario)


def test_a_slow_answer_comes_drop_by_drop() -> None:
    async def scenario(client: Client) -> None:
        await client.post("/api/licrus/fault", json={"kind": "drip", "drip_seconds": 0.0001})
        async with client.stream("POST", CREATE, json=REQUEST) as answer:
            pieces = [piece async for piece in answer.aiter_raw()]
        assert b"".join(pieces).decode() == SAMPLE_ANSWER
        assert len(pieces) > 10

    inside(scenario)


def test_faults_queue_up_and_can_be_dropped() -> None:
    async def scenario(client: Client) -> None:
        await client.post("/api/licrus/fault", json={"kind": "500", "times": 2})
        await client.post("/api/licrus/fault", json={"kind": "html", "carried_out": True})
        statuses = [(await client.post(CREATE, json=REQUEST)).status_code for _ in range(2)]
        assert statuses == [500, 500]
        listed = (await client.get("/api/licrus/faults")).json()
        assert [fault["kind"] for fault in listed["waiting"]] == ["html"]
        assert {kind["kind"] for kind in listed["faults"]} == {kind.name for kind in FAULT_KINDS}
        assert (await client.delete("/api/licrus/fault")).json() == {"dropped": 1}
        assert (await client.post(CREATE, json=REQUEST)).text == SAMPLE_ANSWER

    inside(scenario)


def test_a_fault_that_nobody_knows_is_refused() -> None:
    async def scenario(client: Client) -> None:
        answer = await client.post("/api/licrus/fault", json={"kind": "deprem"})
        assert answer.status_code == 400
        assert "deprem" in answer.json()["error"]

    inside(scenario)


def test_the_page_hears_of_a_call_without_its_ticket() -> None:
    async def scenario(client: Client) -> None:
        await client.post(CREATE, json=REQUEST)
        changes = await client.get("/api/changes", params={"after": 0, "timeout": 0})
        (event,) = changes.json()["events"]
        assert (event["type"], event["call"]["call_number"]) == ("licrus", 43090)
        assert "sandbox-ticket" not in changes.text

    inside(scenario)


def test_the_site_lists_places_and_groups_to_whoever_has_the_ticket() -> None:
    async def listed(client: Client, method: str, **asked: Any) -> Any:
        body = {"AuthTicket": "sandbox-ticket", **asked}
        return (await client.post(f"/licrus/external/WebSite/{method}", json=body)).json()

    async def asking(client: Client) -> None:
        cities = (await listed(client, "GetCities"))["Results"]
        assert cities[0] == {"Id": 1, "Name": "ADANA"}
        assert (len(cities), cities[-1]["Name"]) == (82, "BILINMEYEN")
        number = next(city["Id"] for city in cities if city["Name"] == "ISTANBUL")
        districts = (await listed(client, "GetDistricts", CityId=number))["Results"]
        assert "UMRANIYE" in [district["Name"] for district in districts]
        assert (await listed(client, "GetDistricts", CityId="x"))["Results"] == []
        groups = (await listed(client, "GetProductGroups"))["Results"]
        assert "AKRİLİK KÜVETLER" in [group["Name"] for group in groups]
        refused = await listed(client, "GetCities", AuthTicket="wrong")
        assert (refused["HasError"], refused["Results"]) == (True, [])
        assert (await client.post("/licrus/external/WebSite/GetCities", content=b"{")).status_code == 400

    inside(asking)
