"""What Telegram says of the bot: does it know it, where does it deliver, what does it show, is it in its group."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import WebhookInfo
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.commands.finding import Finding
from bot.settings import Settings
from bot.telegram.client import Client
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.profile import what_differs
from conversations.letters import one_line

FAILED_WITHIN = timedelta(hours=1)
"""An older failure of the webhook is history."""
MOST_WAITING = 100
"""More updates than that wait for a bot that is stopped, or too slow."""
LONGEST_TITLE = 60
LONGEST_ERROR = 200
SET_UP = "devreye init --only-telegram"
WHAT = "Telegram"
GROUP = "Ofisin grubu"


async def telegram_findings(settings: Settings) -> list[Finding]:
    """Everything there is to know from Telegram; one line if it can't be asked."""

    async def look(client: Client) -> list[Finding]:
        chat_id = settings.operators_chat_id
        return [
            Finding(WHAT, True, f"@{client.username}"),
            _webhook(await client.get_webhook_info(), settings.webhook_url, datetime.now(UTC)),
            _profile(await what_differs(client, chat_id if await _is_there(client, chat_id) else None)),
            await _group(client, chat_id),
        ]

    return await _asking(settings.bot_token.get_secret_value(), settings.bot_api_url, look)


async def bot_known_as(token: str, api_url: str) -> Finding:
    """Whether Telegram takes this token, and whose it is."""

    async def look(client: Client) -> list[Finding]:
        return [Finding(WHAT, True, f"@{client.username}")]

    return (await _asking(token, api_url, look))[0]


async def may_speak_in(chat_id: int, token: str, api_url: str) -> Finding:
    """Whether the bot is in this group."""

    async def look(client: Client) -> list[Finding]:
        return [await _group(client, chat_id)]

    return (await _asking(token, api_url, look))[0]


async def groups_seen(token: str, api_url: str) -> list[str]:
    """The groups that wrote to the bot or took it in lately, one line each, or why there is none.

    Nothing of what waits at Telegram is acknowledged.
    """

    async def look(client: Client) -> list[Finding]:
        groups = dict(group for update in await client.raw_updates(None, 0) for group in _groups_of(update))
        return [Finding(GROUP, True, f"{chat_id}  {title}") for chat_id, title in groups.items()] or [
            Finding(
                GROUP, False, "Bota son bir günde yazan bir grup görünmüyor. Botu gruba ekleyin, grupta /start yazın."
            )
        ]

    try:
        return [finding.found for finding in await _asking(token, api_url, look, conflict=True)]
    except Conflict:
        return ["Bot çalışırken ya da webhook kuruluyken gruplar görülemez. Grubun numarasını yazın."]


def _groups_of(update: Any) -> list[tuple[int, str]]:
    found = []
    for part in update.values() if isinstance(update, Mapping) else ():
        chat = part.get("chat") if isinstance(part, Mapping) else None
        if isinstance(chat, Mapping) and chat.get("type") in (ChatType.GROUP, ChatType.SUPERGROUP):
            number, title = chat.get("id"), chat.get("title")
            if type(number) is int:
                found.append((number, one_line(str(title))[:LONGEST_TITLE]))
    return found


async def _asking(
    token: str, api_url: str, look: Callable[[Client], Awaitable[list[Finding]]], *, conflict: bool = False
) -> list[Finding]:
    """What `look` finds, or the one finding that Telegram can't be asked. Raises Conflict where that is wanted."""
    client = Client(token, api_url)
    try:
        await client.initialize()
        return await look(client)
    except InvalidToken:
        return [Finding(WHAT, False, "BOT_TOKEN kabul edilmedi", "BotFather'dan anahtarı yeniden alıp yazın.")]
    except Conflict:
        if conflict:
            raise
        return [_unreachable("Conflict")]
    except TelegramError as error:
        return [_unreachable(type(error).__name__)]
    finally:
        await client.shutdown()


def _unreachable(kind: str) -> Finding:
    mend = "İnternet bağlantısına ve BOT_API_URL ayarına bakın."
    return Finding(WHAT, False, f"ulaşılamadı ({kind})", mend, certain=False)


def _webhook(info: WebhookInfo, wanted: str, now: datetime) -> Finding:
    what, found = "Webhook", info.url
    if not wanted:
        mend = "devreye webhook delete ile kaldırın; o dururken bot mesaj alamaz. Ya da WEBHOOK_URL ayarını yazın."
        return Finding(what, not found, "var" if found else "yok", mend)
    if found != wanted:
        return Finding(what, False, "başka bir adreste" if found else "yok", "Kurmak için: devreye webhook set")
    if set(info.allowed_updates or ()) != set(ALLOWED_UPDATES):
        return Finding(what, False, "bütün mesajlar gelmiyor", "Yeniden kurmak için: devreye webhook set")
    if info.last_error_date is not None and now - info.last_error_date < FAILED_WITHIN and info.pending_update_count:
        error = one_line(info.last_error_message or "")[:LONGEST_ERROR]
        mend = "Bot çalışıyor mu, öndeki vekil sunucu ve TLS sertifikası yerinde mi, bakın."
        return Finding(what, False, f"Telegram bota ulaşamıyor: {error}", mend)
    if info.pending_update_count > MOST_WAITING:
        found = f"WEBHOOK_URL adresinde, {info.pending_update_count} mesaj bekliyor"
        return Finding(what, True, found, "Bot çalışıyor mu, bakın.", advised=True)
    return Finding(what, True, "WEBHOOK_URL adresinde")


def _profile(differs: list[str]) -> Finding:
    what = "Menü ve tanıtım"
    if not differs:
        return Finding(what, True, "kurulu")
    names = {"commands": "komutlar", "description": "açıklama"}
    found = " ve ".join(names[name] for name in differs) + " kurulu değil ya da eski"
    return Finding(what, True, found, f"Kurmak için: {SET_UP}", advised=True)


async def _is_there(client: Client, chat_id: int | None) -> bool:
    return chat_id is not None and (await _group(client, chat_id)).good


async def _group(client: Client, chat_id: int | None) -> Finding:
    if chat_id is None:
        mend = "OPERATORS_CHAT_ID yazılmazsa yardım isteklerini ve kontrol bekleyen talepleri kimse görmez."
        return Finding(GROUP, True, "yok", mend, advised=True)
    mend = "Botu gruba ekleyin; numara değiştiyse OPERATORS_CHAT_ID ayarını düzeltin (devreye init)."
    try:
        chat = await client.get_chat(chat_id)
        if chat.type == ChatType.PRIVATE:
            return Finding(GROUP, True, "yok; ofis tek kişi, özel sohbetinde yanıtlar")
        member = await client.get_chat_member(chat_id, client.id)
    except ChatMigrated as error:
        return Finding(GROUP, True, "numarası değişti", f"OPERATORS_CHAT_ID={error.new_chat_id} yazın.", advised=True)
    except (BadRequest, Forbidden):
        return Finding(GROUP, False, "bot bu grubu görmüyor", mend, certain=False)
    if chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return Finding(GROUP, False, "bu numara bir kanalın", mend)
    if member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        return Finding(GROUP, False, "bot bu grupta değil", mend, certain=False)
    return Finding(GROUP, True, one_line(chat.title or "")[:LONGEST_TITLE])
