"""`devreye places check` and `devreye licrus try`: what Licrus itself says, and one call in its test tenant."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlsplit

from bot.commands.importing import print_some
from bot.commands.office import NOT_DONE, Bar, CannotDo, database, run, settings, whoever
from bot.licrus import (
    CallRequest,
    Created,
    Held,
    Outcome,
    RateLimited,
    RefusedByLicrus,
    Unknown,
    Unreachable,
    create_call,
)
from bot.licrus.lookups import LookupFailed, Site, cities, districts
from bot.office.licrus_names import Places, compare_places
from bot.settings import Settings
from bot.settings.checks import is_trial
from bot.storage.audit_queries import note
from bot.storage.place_queries import keep_spelling

SAMPLE = CallRequest(
    DealerCompanyName="Test Bayi",
    DealerContactPerson="MUTLU ÖZCAN",
    DealerMobilePhone="3546546757",
    DealerWorkPhone="",
    DealerEmail="dealeremail@dealer.com",
    CustomerCompanyName="",
    CustomerFullName="Deneme Müşteri",
    CustomerMobilePhone="5301231212",
    CustomerWorkPhone="",
    CustomerEmail="customerEmail@customer.com",
    CustomerCity="Istanbul",
    CustomerDistrict="Umraniye",
    CustomerAddress="Fatih Sultan Mehmet mahallesi",
    ProductNameList="ECODENSE WT 65",
    ProductGroupName="ECODENSE DUVAR- YER TİPİ KAZAN",
    ProductSerialNumberList="99958,99959",
    DeviceCount=2,
)
"""Licrus's own sample: nobody's data."""

T = TypeVar("T")


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both commands to the command line."""
    places = subparsers.add_parser("places", help="il ve ilçe adlarını Licrus'takilerle karşılaştırır")
    actions = places.add_subparsers(required=True, metavar="check")
    check = actions.add_parser("check", help="adları Licrus'tan alıp karşılaştırır; talep göndermez")
    check.add_argument("--save", action="store_true", help="Licrus'un yazımını saklar (ayarı: LICRUS_PLACE_NAMES=true)")
    check.set_defaults(handler=lambda args: run(lambda: check_places(save=args.save)))
    licrus = subparsers.add_parser("licrus", help="Licrus'un deneme ortamında gerçek bir çağrı açar")
    tries = licrus.add_subparsers(required=True, metavar="try")
    trying = tries.add_parser("try", help="örnek taleple tek bir çağrı açar; yalnızca deneme ortamında, onayla")
    trying.set_defaults(handler=lambda args: run(try_call))


def site_of(loaded: Settings) -> Site:
    """Where look-ups are answered. Raises CannotDo."""
    if not loaded.licrus_site_url:
        raise CannotDo("LICRUS_SITE_URL ayarı boş. Licrus sitenizin adresini yazın: https://ornek.licrus.com gibi.", 2)
    return Site(loaded.licrus_site_url, loaded.licrus_auth_ticket.get_secret_value(), loaded.licrus_limits)


def ask(question: Awaitable[T]) -> T:
    """The answer to a look-up. Raises CannotDo."""

    async def answered() -> T:
        return await question

    try:
        return asyncio.run(answered())
    except LookupFailed as error:
        said = f" Licrus'un yanıtı: “{error.said}”" if error.said else ""
        raise CannotDo(
            f"Licrus'tan liste alınamadı ({error.why}).{said} LICRUS_SITE_URL ve LICRUS_AUTH_TICKET ayarlarına bakın; "
            "hiçbir şey değiştirilmedi."
        ) from None


def check_places(*, save: bool) -> int:
    """How Licrus's places fit those known here; 1 where some do not."""
    loaded = settings()
    site = site_of(loaded)
    found = compare_places(ask(_all_places(site, Bar("Soruluyor"))))
    spelling = found.spelling
    print(f"Licrus'ta bulunan: {len(spelling.provinces)} il, {sum(map(len, spelling.districts.values()))} ilçe.")
    _list("Licrus'ta bulunamayan", found.missing)
    _list("Licrus'ta olup tanınmayan", found.strange)
    if save:
        _save(loaded, found)
    else:
        print("Saklamak için: devreye places check --save")
    return NOT_DONE if found.missing or found.strange else 0


async def _all_places(site: Site, progress: Callable[[int, int], None]) -> dict[str, list[str]]:
    """Licrus's districts by its names of their provinces, asked one after the other."""
    found: dict[str, list[str]] = {}
    all_cities = await cities(site)
    for number, city in enumerate(all_cities, 1):
        found[city.name] = [district.name for district in await districts(site, city)]
        progress(number, len(all_cities))
    return found


def _save(loaded: Settings, found: Places) -> None:
    now = time.time()
    with database(loaded) as connection:
        keep_spelling(connection, found.spelling, now)
        note(connection, whoever(), "sync", f"{len(found.spelling.provinces)} il", now)
    print("Licrus'un yazımı saklandı. Onaylanmış talepler olduğu gibi kalır.")
    if not loaded.licrus_place_names:
        print("Kullanılması için LICRUS_PLACE_NAMES=true yazıp botu yeniden başlatın.")


def _list(what: str, names: tuple[str, ...]) -> None:
    if names:
        print(f"{what}: {len(names)}")
    print_some("?", names)


def try_call() -> int:
    """One real call with Licrus's sample, in a trial's tenant only, once somebody has typed the tenant's name."""
    loaded = settings()
    host = urlsplit(loaded.licrus_url).hostname or ""
    if loaded.environment != "test" or not is_trial("LICRUS_URL", loaded.licrus_url):
        raise CannotDo(
            "Bu komut yalnızca deneme ortamında çalışır: ENVIRONMENT=test ve LICRUS_URL=https://test-... olmalı. "
            "Çağrı açılmadı.",
            2,
        )
    tenant = host.split(".")[0]
    print(f"{host} adresinde gerçek bir çağrı açılacak; geri alınamaz. Gidecek örnek talep:")
    for name, value in SAMPLE.model_dump().items():
        print(f"  {name}: {value}")
    print(f"Açmak için şunu yazın: {tenant}")
    if sys.stdin.readline().strip() != tenant:
        raise CannotDo("Yazılan bu değil. Çağrı açılmadı.")
    outcome = asyncio.run(
        create_call(
            SAMPLE,
            url=loaded.licrus_url,
            ticket=loaded.licrus_auth_ticket.get_secret_value(),
            limits=loaded.licrus_limits,
        )
    )
    print(_told(outcome))
    return 0 if isinstance(outcome, Created) else NOT_DONE


def _told(outcome: Outcome) -> str:
    match outcome:
        case Created(call_number):
            return f"Çağrı açıldı. Çağrı numarası: {call_number}"
        case RefusedByLicrus(reason):
            return f"Licrus kabul etmedi. Bildirilen neden: “{reason}”"
        case Held(why):
            return f"Çağrı açılmadı ({why}). LICRUS_URL ve LICRUS_AUTH_TICKET ayarlarına bakın."
        case RateLimited(seconds):
            return f"Çağrı açılmadı: Licrus {seconds} saniye beklenmesini istiyor."
        case Unreachable(why):
            return f"Licrus'a ulaşılamadı ({why}). Çağrı açılmadı."
        case Unknown(why):
            return f"Çağrının açılıp açılmadığı belli değil ({why}). Yeniden denemeden önce Licrus'ta bakın."
