"""The floor of bots that answer by a request of their own: one sendMessage for each update, and then the 200."""

import json
import os
from typing import Any

import httpx
import uvicorn

SEND = f"{os.environ['BOT_API_URL']}/bot{os.environ['BOT_TOKEN']}/sendMessage"
client = httpx.AsyncClient(limits=httpx.Limits(max_connections=100, max_keepalive_connections=100), timeout=30)


async def app(scope: Any, receive: Any, send: Any) -> None:
    """One request."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    chat_id = json.loads(body)["message"]["chat"]["id"]
    (await client.post(SEND, json={"chat_id": chat_id, "text": "Alındı."})).raise_for_status()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(os.environ["WEBHOOK_PORT"]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_level="warning",
        access_log=False,
    )
