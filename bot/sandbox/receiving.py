"""The methods with which a bot receives: getUpdates, the webhook, and the files of messages."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.delivery import Delivery, Webhook
from bot.sandbox.errors import bad_request
from bot.sandbox.files import LARGEST_UPLOAD, FileStore
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import World
from bot.sandbox.updates import LONGEST_POLL_SECONDS, UpdateQueue

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class ReceivingMethods:
    """Long polling or a webhook, never both."""

    def __init__(self, world: World, queue: UpdateQueue, delivery: Delivery, files: FileStore) -> None:
        self._world = world
        self._queue = queue
        self._delivery = delivery
        self._files = files

    def methods(self) -> dict[str, Callable[[Parameters], Awaitable[Any]]]:
        return {
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "getFile": self._get_file,
        }

    def _remember_allowed(self, parameters: Parameters) -> None:
        allowed = parameters.parsed("allowed_updates")
        if allowed is None:
            return
        if not isinstance(allowed, list) or not all(isinstance(kind, str) for kind in allowed):
            raise bad_request("can't parse allowed updates")
        self._queue.allowed = allowed

    async def _get_updates(self, parameters: Parameters) -> list[dict[str, Any]]:
        self._remember_allowed(parameters)
        limit = parameters.integer("limit", 100)
        seconds = min(max(parameters.integer("timeout"), 0), LONGEST_POLL_SECONDS)
        limit = limit if 1 <= limit <= 100 else 100
        updates = await self._queue.poll(parameters.integer("offset"), limit, seconds)
        return [update.body() for update in updates]

    async def _set_webhook(self, parameters: Parameters) -> bool:
        url = parameters.text("url").strip()
        if not url:
            return await self._delete_webhook(parameters)
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            host = None
        # Telegram insists on https and certain ports; a webhook on this machine has neither.
        if host is None or parts.scheme not in ("http", "https"):
            raise bad_request("bad webhook: URL host is empty")
        secret = parameters.text("secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        connections = parameters.integer("max_connections", 40)
        self._remember_allowed(parameters)
        if parameters.boolean("drop_pending_updates"):
            self._queue.drop_all()
        await self._delivery.set(Webhook(url, secret, min(max(connections, 1), 100)))
        return True

    async def _delete_webhook(self, parameters: Parameters) -> bool:
        if parameters.boolean("drop_pending_updates"):
            self._queue.drop_all()
        await self._delivery.set(None)
        return True

    async def _webhook_info(self, parameters: Parameters) -> dict[str, Any]:
        return self.webhook_info()

    def webhook_info(self) -> dict[str, Any]:
        """Telegram's WebhookInfo."""
        webhook = self._delivery.webhook
        info: dict[str, Any] = {
            "url": "" if webhook is None else webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.pending()),
        }
        if webhook is not None:
            info["max_connections"] = webhook.max_connections
            info["ip_address"] = "127.0.0.1"
            if webhook.last_error_message is not None:
                info["last_error_date"] = webhook.last_error_date
                info["last_error_message"] = webhook.last_error_message
        if self._queue.allowed:
            info["allowed_updates"] = self._queue.allowed
        return info

    async def _get_file(self, parameters: Parameters) -> dict[str, Any]:
        file_id = parameters.text("file_id")
        if not file_id:
            raise bad_request("file_id not specified")
        stored = self._files.by_id(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.content) > LARGEST_UPLOAD:
            raise bad_request("file is too big")
        return {**stored.described(), "file_path": stored.path}
