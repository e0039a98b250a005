"""`devreye init`: asks for what is needed, checks it, writes `.env` and sets up the bot at Telegram.

Everything is checked before anything is written, `.env` is written whole, and whatever is interrupted is mended by
running it again: what was answered before is then offered.
"""

import argparse
import asyncio
import getpass
import os
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from bot.commands import USAGE, office
from bot.commands.checking import TICKET, reach, ticket_taken
from bot.commands.checking_telegram import bot_known_as, groups_seen, may_speak_in
from bot.commands.finding import Finding
from bot.commands.office import CannotDo
from bot.commands.webhook import delete_webhook, set_webhook, with_client
from bot.licrus.lookups import Site
from bot.settings import Settings, SettingsError, env_file
from bot.settings.checks import is_trial
from bot.settings.declarations import declared, why_wrong
from bot.settings.sources import ENV_FILE, Files
from bot.telegram.client import Client
from bot.telegram.profile import set_profile

LONGEST_ANSWER = 1000
NONE, FIND = "-", "bul"
WEBHOOK_IN_THE_WAY = 3
YES, NO = ("e", "evet", "y", "yes"), ("h", "hayır", "hayir", "n", "no")


@dataclass(frozen=True, slots=True)
class Question:
    """One setting that is asked for. What it is and an example stand in its declaration; `why` tells what more helps.

    `check` gets the answer and everything known so far, by the settings' names.
    """

    name: str
    why: str = ""
    secret: bool = False
    check: Callable[[str, Mapping[str, str]], Finding] | None = None

    @property
    def needed(self) -> bool:
        return Settings.model_fields[self.name.lower()].is_required()


def _token(value: str, known: Mapping[str, str]) -> Finding:
    return asyncio.run(bot_known_as(value, known["BOT_API_URL"]))


def _licrus(value: str, known: Mapping[str, str]) -> Finding:
    return asyncio.run(reach(value))


def _ticket(value: str, known: Mapping[str, str]) -> Finding:
    site = known.get("LICRUS_SITE_URL", "")
    if not site:
        return Finding(TICKET, True, "denenmedi, ilk talepte anlaşılır; kabul edilmezse ofise yazılır")
    return asyncio.run(ticket_taken(Site(site, value)))


def _operators(value: str, known: Mapping[str, str]) -> Finding:
    return asyncio.run(may_speak_in(int(value), known["BOT_TOKEN"], known["BOT_API_URL"]))


QUESTIONS = (
    Question("BOT_TOKEN", "BotFather'da /newbot (yeni bot) ya da /token (var olan bot) yazınca verilir.", True, _token),
    Question("LICRUS_URL", check=_licrus),
    Question("LICRUS_SITE_URL", "Yazılırsa bilet orada denenir; çağrı açılmaz."),
    Question("LICRUS_AUTH_TICKET", secret=True, check=_ticket),
    Question(
        "OPERATORS_CHAT_ID",
        f"Numarayı bilmiyorsanız botu gruba ekleyin, grupta /start yazın ve burada “{FIND}” deyin.",
        check=_operators,
    ),
    Question("NOTICE_URL", "KVKK gereği ilk mesajda gösterilir."),
    Question("SUPPORT_CONTACT"),
    Question("NEXT_STEPS"),
    Question("WEBHOOK_URL", "Bu makinenin internetten açık bir adresi yoksa boş bırakın."),
)


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to the command line."""
    init = subparsers.add_parser("init", help="kurulumu yapar: sorar, denetler, .env dosyasını yazar, Telegram'ı kurar")
    init.add_argument(
        "--only-telegram",
        action="store_true",
        help="hiçbir şey sormaz ve yazmaz; komutları, açıklamaları ve webhook'u ayarlara göre Telegram'da kurar",
    )
    init.set_defaults(handler=lambda args: office.run(_only_telegram if args.only_telegram else _init))


def _only_telegram() -> int:
    return _at_telegram(office.settings(), may_remove_webhook=lambda: False)


def _at_telegram(settings: Settings, may_remove_webhook: Callable[[], bool]) -> int:
    """Menus, descriptions and where updates are delivered: 0, or 1 where something is not as it has to be."""
    code = asyncio.run(with_client(settings, _set_up))
    if code != WEBHOOK_IN_THE_WAY:
        return code
    if may_remove_webhook():
        return asyncio.run(with_client(settings, delete_webhook))
    print(office.start_sentence("webhook_set"), file=sys.stderr)
    return office.NOT_DONE


async def _set_up(client: Client, settings: Settings) -> int:
    refused = await set_profile(client, settings.operators_chat_id)
    if refused:
        print(
            "Ofisin grubuna komutlar kurulamadı. Botu gruba ekleyin, sonra: devreye init --only-telegram",
            file=sys.stderr,
        )
    else:
        print("Telegram'da kuruldu: komutlar ve açıklamalar.")
    if settings.webhook_url:
        return await set_webhook(client, settings) or (office.NOT_DONE if refused else 0)
    if (await client.get_webhook_info()).url:
        return WEBHOOK_IN_THE_WAY
    return office.NOT_DONE if refused else 0


def _init() -> int:
    """0 when everything is set up; 1 when it was given up or Telegram would not, 2 for settings that stay wrong."""
    path = Path(ENV_FILE)
    text = _text_of(path)
    try:
        return _ask_and_write(path, text)
    except (EOFError, KeyboardInterrupt):
        raise CannotDo("\nYarıda kesildi; hiçbir şey yazılmadı. Yeniden başlamak için: devreye init") from None


def _ask_and_write(path: Path, text: str) -> int:
    outside = _outside(path)
    known = {"BOT_API_URL": str(Settings.model_fields["bot_api_url"].default), **_in_file(path), **outside}
    answers: dict[str, str] = {}
    print("Kurulum. Enter: köşeli parantezdeki kalır. Boş bırakmak için: -")
    for number, question in enumerate(QUESTIONS, 1):
        print(f"\n{number}/{len(QUESTIONS)} {question.name}: {_meaning(question)}")
        if question.name in outside:
            _look_at(question, known)
            continue
        known[question.name] = answers[question.name] = _ask(question, known)
    answers["ENVIRONMENT"] = _environment(known)
    if known["WEBHOOK_URL"] and not known.get("WEBHOOK_SECRET"):
        answers["WEBHOOK_SECRET"] = secrets.token_urlsafe(32)
    _write(path, text, {name: value for name, value in answers.items() if name not in outside})
    settings = office.settings()
    print(f"\nAyarlar yazıldı: {path.absolute()} (yalnızca sizin kullanıcınız okuyabilir)")
    if settings.environment == "test":
        print("Bu bir deneme kurulumu: ENVIRONMENT=test.")
    code = _at_telegram(settings, _may_remove_webhook)
    print(
        "Licrus'un boş bırakılan bir alanı kabul edip etmediği ilk taleplerde görülür. Etmezse o alanı zorunlu yapın, "
        f"örneğin: REQUIRED_FIELDS={declared(Settings.model_fields['required_fields'], 'example')}",
        "Sırada: devreye check, sonra devreye run",
        sep="\n",
    )
    return code


def _ask(question: Question, known: Mapping[str, str]) -> str:
    """A value that is well formed and, where one can look, works; "" for a setting that is left out."""
    before = known.get(question.name, "")
    shown = ("***" if question.secret else before) if before else ("" if question.needed else "boş")
    while True:
        typed = _read(f"[{shown}] > " if shown else "> ", secret=question.secret)
        if typed == FIND and question.name == "OPERATORS_CHAT_ID":
            print(*asyncio.run(groups_seen(known["BOT_TOKEN"], known["BOT_API_URL"])), sep="\n")
            continue
        value = "" if typed == NONE else typed or before
        if not value and not question.needed:
            return ""
        if told := _wrong(question, value, known):
            print(told)
            continue
        finding = question.check(value, known) if question.check is not None else None
        if finding is not None:
            print(_told(finding))
            if not finding.good and (finding.certain or not _agreed("Yine de yazılsın mı?")):
                continue
        return value


def _wrong(question: Question, value: str, known: Mapping[str, str]) -> str | None:
    if not value:
        return f"Bu ayar gerekli. Örnek: {_example(question)}"
    if len(value) > LONGEST_ANSWER or not value.isprintable():
        return f"Çok uzun ya da görünmeyen bir karakter içeriyor. Örnek: {_example(question)}"
    given = {name: text for name, text in known.items() if text and name in ("BOT_API_URL", "BOT_TOKEN", "LICRUS_URL")}
    if question.name == "WEBHOOK_URL":
        given["WEBHOOK_SECRET"] = "0" * 32
    given["ENVIRONMENT"] = _environment({**known, question.name: value})
    return why_wrong(question.name, value, given)


def _look_at(question: Question, known: Mapping[str, str]) -> None:
    """A setting that comes from the environment stays as it is, if it is good. Raises CannotDo."""
    print("Bu ayar ortam değişkeninden ya da bir gizli anahtar dosyasından geliyor; .env dosyasına yazılmaz.")
    if told := _wrong(question, known[question.name], known):
        raise CannotDo(told, USAGE)
    if question.check is not None:
        finding = question.check(known[question.name], known)
        if not finding.good and finding.certain:
            raise CannotDo(_told(finding))
        print(_told(finding))


def _told(finding: Finding) -> str:
    return f"{finding.what}: {finding.found}." + ("" if finding.good and not finding.advised else f" {finding.mend}")


def _environment(known: Mapping[str, str]) -> str:
    """What stands above `.env` decides, or else the addresses: one of a trial makes a trial of it."""
    trial = any(is_trial(name, known.get(name, "")) for name in ("LICRUS_URL", "BOT_API_URL"))
    return known.get("ENVIRONMENT") or ("test" if trial else "production")


def _read(prompt: str, *, secret: bool) -> str:
    if secret and sys.stdin.isatty():
        return getpass.getpass(prompt).strip()
    return input(prompt).strip()


def _agreed(question: str) -> bool:
    while True:
        typed = _read(f"{question} (e/h) > ", secret=False).casefold()
        if typed in YES or typed in NO:
            return typed in YES


def _may_remove_webhook() -> bool:
    return _agreed("Bu botun Telegram'da bir webhook'u var; o dururken bot mesaj alamaz. Kaldırılsın mı?")


def _meaning(question: Question) -> str:
    info = Settings.model_fields[question.name.lower()]
    why = f" {question.why}" if question.why else ""
    return f"{info.description}.{why}\nÖrnek: {_example(question)}"


def _example(question: Question) -> str:
    return declared(Settings.model_fields[question.name.lower()], "example")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise CannotDo(f"{path} dosyası okunamadı; okunabilir ve UTF-8 olmalı.", USAGE) from None


def _in_file(path: Path) -> dict[str, str]:
    """What was written before. Whether it is a trial is seen from the addresses anew."""
    read = {name.upper(): value for name, value in dotenv_values(path).items() if value}
    return {name: value for name, value in read.items() if name != "ENVIRONMENT"}


def _outside(path: Path) -> dict[str, str]:
    """What stands above `.env`: the environment, and files of secrets. Raises CannotDo."""
    try:
        files = {name.upper(): str(value) for name, value in Files(Settings, path)().items()}
    except SettingsError as error:
        raise CannotDo("\n".join(error.sentences), USAGE) from None
    known = {name.upper() for name in Settings.model_fields}
    return files | {name.upper(): value for name, value in os.environ.items() if name.upper() in known and value}


def _write(path: Path, text: str, answers: Mapping[str, str]) -> None:
    try:
        env_file.write(path, env_file.updated(text, answers))
    except env_file.NotWritable as error:
        raise CannotDo(
            f"{error.name} değeri .env dosyasına olduğu gibi yazılamıyor. Bir dosyaya koyup {error.name}_FILE ile "
            "gösterin ya da ortam değişkeni olarak verin."
        ) from None
    except OSError as error:
        raise CannotDo(f"{path.absolute()} yazılamadı ({error.strerror}). Klasöre yazma izni verin.") from None
