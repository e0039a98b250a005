"""`devreye privacy ...`: what is kept of one person, handed out or erased, for whoever asks the office for it."""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.commands.office import NOT_DONE, CannotDo, as_the_bots_user, database, run, settings, whoever, write
from bot.privacy.erasing import erase_listed, erase_person
from bot.privacy.pages import fits, note_rewritten
from bot.privacy.remembering import remember
from bot.privacy.stored import OF_DEALER, as_json, drafts_as_told, export, iso
from bot.privacy.whose import About, about
from bot.settings import Settings
from bot.storage import erasure_queries
from bot.storage.audit_queries import note
from bot.storage.database import make_engine
from bot.storage.dialect import lock_chat
from bot.storage.errors import storage_error
from bot.storage.request_queries import Request
from bot.storage.writer import tidy
from conversations.masking import masked

WORD = "SİL"
TYPED = ("SİL", "SIL", "sil")
_PERSON = "telefon (0530 123 12 12), takip kodu (D-7K3F) ya da Telegram numarası (telegram:700000001)"


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and what can be done with it to the command line."""
    command = subparsers.add_parser("privacy", help="bir kişinin verilerini verir, siler")
    actions = command.add_subparsers(required=True, metavar="export|erase")
    exporting = actions.add_parser("export", help="kişiyle ilgili saklanan her şeyi JSON olarak yazar")
    exporting.add_argument("person", metavar="KİŞİ", help=_PERSON)
    exporting.add_argument("file", metavar="DOSYA", type=Path, help="yazılacak dosya; yalnızca sahibi okuyabilir")
    exporting.set_defaults(handler=lambda args: run(lambda: export_person(args.person, args.file)))
    erasing = actions.add_parser("erase", help="kişiyle ilgili saklananları siler; neyin niçin kaldığını söyler")
    erasing.add_argument("person", metavar="KİŞİ", help=_PERSON)
    erasing.add_argument("--yes", action="store_true", help=f"sormadan siler; yoksa {WORD} yazmanız istenir")
    erasing.set_defaults(handler=lambda args: run(lambda: erase(args.person, sure=args.yes)))


def export_person(person: str, path: Path) -> int:
    """Write all that is kept about a person."""
    os.umask(0o077)
    loaded, now = settings(), time.time()
    with database(loaded) as connection:
        found = _found(connection, person)
        content = as_json(_told(connection, found, now))
        note(connection, whoever(), "privacy-export", _subject(found), now)
        # Written before the commit: what left the database is on record, what could not be written did not leave it.
        write(path, content)
    print(f"Yazıldı: {path}")
    _count(found)
    print("Dosyada kişisel veri var: kişiye güvenli bir yoldan verin, sonra silin.")
    return 0


def erase(person: str, *, sure: bool) -> int:
    """Erase what is kept about a person, after a typed word."""
    loaded, now = settings(), time.time()
    if loaded.database_path is not None:
        # The file of erasures is made here: where the bot could not open it, it would not even start.
        as_the_bots_user(loaded.erasures_path.absolute().parent)
    with database(loaded) as connection:
        found = _found(connection, person)
    _count(found)
    if found.listed:
        print(
            f"Bayi listesinde duruyor: {', '.join(found.listed)}. Bu komut listeyi değiştirmez: satırı düzeltip ya da "
            "çıkarıp yeniden alın (devreye dealers import DOSYA --replace)."
        )
    if not (found.user_ids or found.requests or found.drafts or found.contacts):
        return NOT_DONE
    if not sure:
        _ask()
    asked: set[str] = set()
    for user_id in found.user_ids:
        with database(loaded) as connection:
            lock_chat(connection, user_id)
            asked.add(erase_person(connection, user_id, whoever(), now).id)
    for chat_id, listed in _by_chat(found).items():
        with database(loaded) as connection:
            lock_chat(connection, chat_id)
            asked.add(erase_listed(connection, whoever(), now, **listed).id)
    with database(loaded) as connection:
        note(connection, whoever(), "privacy-erase", _subject(found), now)
        left = asked & {erasure.id for erasure in erasure_queries.unfinished(connection)}
    _finish(loaded, now)
    print("Silindi. Çağrı numarası, tarih, il ve listedeki ürün, kime ait olduğu yazılmadan kalır.")
    if left:
        print("Sonucu beklenen talepler, sonucu kişiye yazılınca kendiliğinden silinecek.")
    print("Licrus'taki çağrı, Telegram'daki mesajlar ve eski yedekler bu komutla silinmez: docs/privacy.md")
    return 0


def _found(connection: sa.Connection, person: str) -> About:
    found = about(connection, person)
    if found is None:
        raise CannotDo(f"Kişi anlaşılmadı. Yazılabilecekler: {_PERSON}", 2)
    if not found:
        raise CannotDo("Bu kişiyle ilgili saklanan bir şey yok.")
    return found


def _told(connection: sa.Connection, found: About, now: float) -> dict[str, Any]:
    return {
        "exported_at": iso(now),
        "as_user": [export(connection, user_id, now) for user_id in found.user_ids],
        "as_customer": [_request(each) for each in found.requests],
        "drafts_about": drafts_as_told(connection, [draft_id for draft_id, _ in found.drafts]),
        "as_dealers_contact": [
            {
                "code": each.code,
                "created_at": iso(each.created_at),
                "fields": {name: each.body.get(name, "") for name in ("DealerCompanyName", *OF_DEALER)},
            }
            for each in found.contacts
        ],
        "in_the_list_of_dealers": list(found.listed),
    }


def _request(request: Request) -> dict[str, Any]:
    """A request as its customer may read it: the dealer's contact is somebody else."""
    fields = {name: masked(str(value)) if name in OF_DEALER else value for name, value in request.body.items()}
    return {
        "code": request.code,
        "created_at": iso(request.created_at),
        "state": request.state,
        "call_number": request.call_number,
        "reason": request.reason,
        "fields": fields,
    }


def _by_chat(found: About) -> dict[int, dict[str, list[str]]]:
    """What is erased besides users, by the chat it stands in: a transaction locks one chat at most."""
    of_users = set(found.user_ids)
    chats: dict[int, dict[str, list[str]]] = {}

    def add(chat_id: int, what: str, name: str) -> None:
        if chat_id not in of_users:
            chats.setdefault(chat_id, {}).setdefault(what, []).append(name)

    for each in found.requests:
        add(each.chat_id, "request_keys", each.key)
    for draft_id, chat_id in found.drafts:
        add(chat_id, "draft_ids", draft_id)
    for each in found.contacts:
        add(each.chat_id, "contact_keys", each.key)
    return chats


def _count(found: About) -> None:
    for label, things in (
        ("Telegram kullanıcısı", found.user_ids),
        ("Müşterisi olduğu talep", found.requests),
        ("Yarım kalan ya da saklanan taslak", found.drafts),
        ("Bayi yetkilisi olarak geçtiği talep", found.contacts),
    ):
        if things:
            print(f"{label}: {len(things)}")


def _subject(found: About) -> str:
    """What stands on record: labels alone, as everywhere in it."""
    return _joined([*(f"telegram:{user_id}" for user_id in found.user_ids), *(each.code for each in found.requests)])


def _joined(labels: Iterable[str]) -> str:
    return " ".join(labels) or "-"


def _ask() -> None:
    if not sys.stdin.isatty():
        raise CannotDo("Silmek için onay gerekir. Betikten silerken: --yes", 2)
    if input(f"Silmek için {WORD} yazın: ").strip() not in TYPED:
        raise CannotDo("Hiçbir şey silinmedi.")


def _finish(loaded: Settings, now: float) -> None:
    """Bring the erasures to their file, and write the SQLite file anew; a running bot does both within a minute."""
    path = loaded.database_path
    if path is None:
        return
    engine = make_engine(loaded.database_url.get_secret_value())
    try:
        with engine.begin() as connection:
            unnoted = erasure_queries.unnoted(connection)
            remember(loaded.erasures_path, unnoted)
            erasure_queries.note(connection, [erasure.id for erasure in unnoted], now)
        if fits(path.stat().st_size, shutil.disk_usage(path.absolute().parent).free, now):
            with engine.connect() as connection:
                rewritten = tidy(connection, rewrite=True)
            if rewritten:
                with engine.begin() as connection:
                    note_rewritten(connection, now)
                return
    except Exception as error:
        if storage_error(error) is None and not isinstance(error, OSError):
            raise
    finally:
        engine.dispose()
    print("Dosyanın sayfalarındaki izleri çalışan bot siler: bir dakika içinde, büyük dosyada gece.")
