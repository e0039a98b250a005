"""`devreye webhook set|info|delete`: what Telegram is told about where to deliver. Nothing here drops an update."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.commands.checking_telegram import LONGEST_ERROR
from bot.commands.running import WRONG_SETTINGS
from bot.logs import Redaction, set_up
from bot.settings import Settings, SettingsError, load_settings
from bot.telegram.client import Client
from bot.telegram.inbound import ALLOWED_UPDATES
from conversations.letters import one_line

MAX_CONNECTIONS = 40
NOT_DONE = 1


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and what can be done with it to the command line."""
    webhook = subparsers.add_parser("webhook", help="Telegram'daki webhook'u kurar, gösterir, kaldırır")
    actions = webhook.add_subparsers(required=True, metavar="set|info|delete")
    setting = actions.add_parser("set", help="WEBHOOK_URL adresini Telegram'a bildirir; bekleyen mesajlar kalır")
    setting.add_argument(
        "--max-connections",
        type=int,
        choices=range(1, 101),
        default=MAX_CONNECTIONS,
        metavar="N",
        help=f"Telegram aynı anda en çok kaç mesaj göndersin, 1-100 ({MAX_CONNECTIONS})",
    )
    setting.set_defaults(handler=lambda args: _run(lambda c, s: set_webhook(c, s, args.max_connections)))
    showing = actions.add_parser("info", help="Telegram'ın bildiği webhook'u ve son hatayı gösterir")
    showing.set_defaults(handler=lambda args: _run(show_webhook))
    deleting = actions.add_parser("delete", help="webhook'u kaldırır; bekleyen mesajlar kalır")
    deleting.set_defaults(handler=lambda args: _run(delete_webhook))


def _run(action: Callable[[Client, Settings], Awaitable[int]]) -> int:
    """0 when it is done, 1 when Telegram would not or can't be reached, 2 for wrong settings."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for sentence in error.sentences:
            print(sentence, file=sys.stderr)
        return WRONG_SETTINGS
    set_up(settings.secrets)
    return asyncio.run(with_client(settings, action))


async def with_client(settings: Settings, action: Callable[[Client, Settings], Awaitable[int]]) -> int:
    """What the action returns; 1, after saying why, when Telegram would not or can't be reached."""
    client = Client(settings.bot_token.get_secret_value(), settings.bot_api_url)
    try:
        await client.initialize()
        return await action(client, settings)
    except InvalidToken:
        print(
            "Telegram BOT_TOKEN ayarını kabul etmedi. BotFather'dan aldığınız anahtarı yeniden yazın.", file=sys.stderr
        )
    except BadRequest as error:
        # What Telegram says of an address that it will not deliver to: a port, a certificate, a host without an entry.
        said = Redaction(settings.secrets)(one_line(error.message))[:LONGEST_ERROR]
        print(f"Telegram kabul etmedi: “{said}”. WEBHOOK_URL ayarına bakın.", file=sys.stderr)
    except TelegramError as error:
        print(
            f"Telegram yapamadı ya da ulaşılamadı ({type(error).__name__}). "
            "WEBHOOK_URL ve BOT_API_URL ayarlarına bakın.",
            file=sys.stderr,
        )
    finally:
        await client.shutdown()
    return NOT_DONE


async def set_webhook(client: Client, settings: Settings, max_connections: int = MAX_CONNECTIONS) -> int:
    """Tell Telegram the address, the secret and the kinds of update; what waits there stays."""
    if not settings.webhook_url:
        print("WEBHOOK_URL ayarı boş. Örnek: WEBHOOK_URL=https://bot.ornek.com/telegram", file=sys.stderr)
        return WRONG_SETTINGS
    await client.set_webhook(
        settings.webhook_url,
        secret_token=settings.webhook_secrets[0],
        allowed_updates=list(ALLOWED_UPDATES),
        max_connections=max_connections,
        drop_pending_updates=False,
    )
    print(f"Webhook kuruldu: {settings.webhook_url}")
    return 0


async def show_webhook(client: Client, settings: Settings) -> int:
    """Print what Telegram knows."""
    info = await client.get_webhook_info()
    print(f"Adres: {info.url or 'yok'}")
    if info.url != settings.webhook_url:
        print(f"WEBHOOK_URL ayarı başka: {settings.webhook_url or 'boş'}")
    print(f"Bekleyen mesaj: {info.pending_update_count}")
    if info.url:
        print(f"En çok bağlantı: {info.max_connections}")
    print(f"Türler: {', '.join(info.allowed_updates or ()) or 'hepsi'}")
    if info.last_error_date is not None:
        print(f"Son hata: {_local(info.last_error_date)} {info.last_error_message}")
    return 0


async def delete_webhook(client: Client, settings: Settings) -> int:
    """Remove it; what waits is fetched by long polling."""
    await client.delete_webhook(drop_pending_updates=False)
    print("Webhook kaldırıldı.")
    return 0


def _local(moment: datetime) -> str:
    return moment.astimezone().isoformat(sep=" ", timespec="seconds")
