"""The lowest floor: each update is answered in the response to it, always with the same words."""

import json
import os
from typing import Any

import uvicorn


async def app(scope: Any, receive: Any, send: Any) -> None:
    """One request."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    chat_id = json.loads(body)["message"]["chat"]["id"]
    answer = json.dumps({"method": "sendMessage", "chat_id": chat_id, "text": "Alındı."}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


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
