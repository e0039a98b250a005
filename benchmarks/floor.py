"""The floors: no state, the same words to each update. `benchmarks.floor response` answers in the response to it.

`benchmarks.floor request` answers by a sendMessage of its own, as bots do that do not use it, and then with its 200.
"""

import json
import os
import sys
from typing import Any

import uvicorn

WORDS = "Alındı."


async def chat_of(receive: Any) -> int:
    """The chat of the update that comes in this request."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return int(json.loads(body)["message"]["chat"]["id"])


async def answered(send: Any, body: bytes = b"") -> None:
    """The 200 with this body."""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def in_response(scope: Any, receive: Any, send: Any) -> None:
    """One update, answered in the response to it."""
    chat_id = await chat_of(receive)
    await answered(send, json.dumps({"method": "sendMessage", "chat_id": chat_id, "text": WORDS}).encode())


def by_request() -> Any:
    """The application that answers each update by a sendMessage over httpx."""
    import httpx

    url = f"{os.environ['BOT_API_URL']}/bot{os.environ['BOT_TOKEN']}/sendMessage"
    client = httpx.AsyncClient(limits=httpx.Limits(max_connections=100, max_keepalive_connections=100), timeout=30)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        chat_id = await chat_of(receive)
        (await client.post(url, json={"chat_id": chat_id, "text": WORDS})).raise_for_status()
        await answered(send)

    return app


if __name__ == "__main__":
    uvicorn.run(
        by_request() if sys.argv[1:] == ["request"] else in_response,
        host="127.0.0.1",
        port=int(os.environ["WEBHOOK_PORT"]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_level="warning",
        access_log=False,
    )
