"""`devreye dealers ...`: the directory, and the links and stickers that lead a customer or a dealer to the bot."""

import argparse
import asyncio
import re
import time
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from bot.commands.catalogue import print_table, write_template
from bot.commands.importing import Import, add_import
from bot.commands.office import Bar, CannotDo, database, run, settings, start_sentence, whoever, write
from bot.days import moment
from bot.office.dealers import deep_link, matching
from bot.office.stickers import Sticker, as_png, as_svg
from bot.office.tables import read_dealers
from bot.office.templates import DEALER_SHEET
from bot.settings import Settings
from bot.storage.audit_queries import note
from bot.storage.directory_queries import import_dealers, load_dealers
from bot.storage.link_queries import add_invite, good_links, revoke, sticker_code
from conversations.answers.phones import shown
from conversations.directory import Dealer, Dealers
from conversations.letters import fold_words

DAY_S = 86_400.0
MOST_OFFERED = 20
MOST_NEAR = 5
STICKER_LINE = "Devreye alma talebi için okutun"

DEALERS: Import[Dealer] = Import(
    command="dealers",
    read=read_dealers,
    keep=lambda connection, table, source, remove: import_dealers(
        connection, table.entries, source, silent=table.silent, remove_missing=remove
    ),
    name=lambda dealer: dealer.company,
)

_IN_LINK = re.compile(r"(?:https?://)?t\.me/\w+\?start=([A-Za-z0-9_-]{1,64})")


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and what can be done with it to the command line."""
    command = subparsers.add_parser("dealers", help="bayi listesini alır, bağlantı ve karekod üretir")
    actions = command.add_subparsers(required=True, metavar="import|list|template|link|qr|invite|revoke")
    add_import(actions, DEALERS, "XLSX ya da CSV dosyasındaki bayileri alır; yeniden alınınca günceller")
    listing = actions.add_parser("list", help="bayileri gösterir; çıktısı import ile yeniden alınabilir")
    listing.set_defaults(handler=lambda args: run(list_dealers))
    template = actions.add_parser("template", help="doldurulacak boş tabloyu yazar")
    template.add_argument("file", metavar="DOSYA", type=Path, help="yazılacak dosya: bayiler.xlsx ya da bayiler.csv")
    template.set_defaults(handler=lambda args: run(lambda: write_template(args.file, DEALER_SHEET, "Bayiler")))
    link = actions.add_parser("link", help="bayinin müşterilerine verilecek bağlantı; bayi dolu gelir")
    link.add_argument("name", metavar="AD", help="bayinin adı ya da adının bir bölümü")
    link.set_defaults(handler=lambda args: run(lambda: show_link(args.name)))
    qr = actions.add_parser("qr", help="bayinin basılacak karekodlu etiketi (50 x 62 mm)")
    qr.add_argument("name", metavar="AD", nargs="?", help="bayinin adı ya da adının bir bölümü")
    qr.add_argument("--svg", metavar="DOSYA", type=Path, help="SVG olarak yazılacak dosya")
    qr.add_argument("--png", metavar="DOSYA", type=Path, help="PNG olarak yazılacak dosya")
    qr.add_argument("--all", metavar="KLASÖR", type=Path, help="bütün bayilerin etiketleri, SVG ve PNG")
    qr.set_defaults(handler=lambda args: run(lambda: write_stickers(args)))
    invite = actions.add_parser("invite", help="bir kişiyi bayi yapan, bir kez kullanılan bağlantı")
    invite.add_argument("name", metavar="AD", help="bayinin adı ya da adının bir bölümü")
    invite.set_defaults(handler=lambda args: run(lambda: show_invite(args.name)))
    revoking = actions.add_parser("revoke", help="bir bağlantıyı ya da bayinin bütün bağlantılarını geçersiz kılar")
    revoking.add_argument("name", metavar="AD|KOD", help="bağlantı, kodu ya da bayinin adı")
    revoking.set_defaults(handler=lambda args: run(lambda: revoke_links(args.name)))


def list_dealers() -> int:
    """The dealers as CSV with semicolons."""
    with database(settings()) as connection:
        dealers = load_dealers(connection)
    rows = [(d.company, d.contact_person, _shown(d.mobile_phone), _shown(d.work_phone), d.email) for d in dealers]
    print_table([heading.name for heading in DEALER_SHEET], rows)
    return 0


def show_link(name: str) -> int:
    """The link of the dealer's stickers."""
    loaded = settings()
    with database(loaded) as connection:
        dealer = pick(connection, name)
    # Telegram is asked while nothing is held: the bot writes to the same database.
    bot = bot_name(loaded)
    with database(loaded) as connection:
        code = sticker_code(connection, dealer.key, now := time.time())
        note(connection, whoever(), "link", dealer.company, now)
    print(deep_link(bot, code))
    return 0


def show_invite(name: str) -> int:
    """A new invitation, and until when it is good."""
    loaded = settings()
    now = time.time()
    expires_at = now + loaded.invites_valid_days * DAY_S
    with database(loaded) as connection:
        dealer = pick(connection, name)
    bot = bot_name(loaded)
    with database(loaded) as connection:
        code = add_invite(connection, dealer.key, now, expires_at)
        note(connection, whoever(), "invite", dealer.company, now)
    print(deep_link(bot, code))
    print(f"Bayi: {dealer.company}\nBir kez kullanılır. Son kullanma: {moment(expires_at)}. Yeniden gösterilmez.")
    return 0


def write_stickers(args: argparse.Namespace) -> int:
    """The sticker of one dealer, or of all, as files."""
    if (args.name is None) == (args.all is None) or (args.name is not None and not (args.svg or args.png)):
        raise CannotDo(
            "Bir bayi için: devreye dealers qr AD --svg etiket.svg --png etiket.png\n"
            "Hepsi için: devreye dealers qr --all KLASÖR",
            2,
        )
    loaded = settings()
    with database(loaded) as connection:
        dealers = load_dealers(connection) if args.name is None else (pick(connection, args.name),)
    bot = bot_name(loaded)
    now = time.time()
    with database(loaded) as connection:
        codes = {dealer: sticker_code(connection, dealer.key, now) for dealer in dealers}
        note(connection, whoever(), "link", dealers[0].company if len(dealers) == 1 else f"{len(dealers)} bayi", now)
    stickers = {
        dealer: Sticker(deep_link(bot, code), dealer.company, STICKER_LINE, bot) for dealer, code in codes.items()
    }
    if args.all is not None:
        return _write_all(args.all, stickers)
    for path, draw in ((args.svg, as_svg), (args.png, as_png)):
        if path:
            write(path, draw(stickers[dealers[0]]))
            print(f"Etiket yazıldı: {path}")
    return 0


def _write_all(folder: Path, stickers: Mapping[Dealer, Sticker]) -> int:
    """Two files for each dealer; those of an earlier run are written anew."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"Klasör açılamadı: {folder} ({error.strerror}).") from None
    bar = Bar("Etiketler")
    for done, (dealer, sticker) in enumerate(stickers.items(), 1):
        # Two companies may look alike once their letters are made plain; their keys do not.
        stem = f"{fold_words(dealer.company).replace(' ', '-')[:60]}-{dealer.key[:6]}"
        write(folder / f"{stem}.svg", as_svg(sticker), over=True)
        write(folder / f"{stem}.png", as_png(sticker), over=True)
        bar(done, len(stickers))
    print(f"{len(stickers)} bayinin etiketi yazıldı: {folder}")
    return 0


def revoke_links(name: str) -> int:
    """Make a code, or all links of a dealer, good for nothing."""
    match = _IN_LINK.fullmatch(name.strip())
    code = match[1] if match else name.strip()
    now = time.time()
    with database(settings()) as connection:
        if revoke(connection, now, code=code):
            note(connection, whoever(), "revoke", "bir bağlantı", now)
            print("Bağlantı artık kullanılamaz.")
            return 0
        if match:
            raise CannotDo("Böyle kullanılabilir bir bağlantı yok; daha önce kapatılmış ya da kullanılmış olabilir.")
        dealer = pick(connection, name)
        stickers = sum(link.purpose == "sticker" for link in good_links(connection, dealer.key, now))
        count = revoke(connection, now, dealer_key=dealer.key)
        note(connection, whoever(), "revoke", f"{dealer.company} {count}", now)
    print(f"{dealer.company}: {count} bağlantı artık kullanılamaz.")
    if stickers:
        print("Basılmış etiketleri de çalışmaz; yenisi için: devreye dealers qr")
    return 0


def pick(connection: sa.Connection, name: str) -> Dealer:
    """The one dealer that is meant. Raises CannotDo with those that could be, where it is not one."""
    dealers = load_dealers(connection)
    found = matching(dealers, name)
    if len(found) == 1:
        return found[0]
    if not found:
        near = [f"  {found.dealer.company}" for found in Dealers(dealers).search(name, MOST_NEAR)]
        told = f"Böyle bir bayi bulunamadı: {name}. Bütün bayiler: devreye dealers list"
        raise CannotDo("\n".join([told, *(["Bunlara benziyor:", *near] if near else [])]))
    listed = [f"  {dealer.company}" for dealer in found[:MOST_OFFERED]]
    more = [f"  ve {len(found) - MOST_OFFERED} bayi daha"] if len(found) > MOST_OFFERED else []
    raise CannotDo("\n".join([f"Birden çok bayi olabilir: {name}. Adını biraz daha yazın.", *listed, *more]))


def bot_name(loaded: Settings) -> str:
    """The bot's user name, asked of Telegram. Raises CannotDo."""
    # A quarter of a second that only whoever needs the name waits for.
    from telegram.error import InvalidToken, TelegramError

    from bot.telegram.client import Client

    async def ask() -> str:
        client = Client(loaded.bot_token.get_secret_value(), loaded.bot_api_url)
        try:
            await client.initialize()
            return client.username
        finally:
            await client.shutdown()

    try:
        return asyncio.run(ask())
    except InvalidToken:
        raise CannotDo(start_sentence("token_rejected")) from None
    except TelegramError as error:
        raise CannotDo(
            f"Botun adı Telegram'a sorulamadı ({type(error).__name__}). Bağlantıya ve BOT_API_URL ayarına bakın."
        ) from None


def _shown(phone: str) -> str:
    return shown(phone) if phone else ""
