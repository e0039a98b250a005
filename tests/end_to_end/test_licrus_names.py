"""What Licrus itself says: `devreye places check`, `devreye catalogue sync`, `devreye licrus try`, over the sandbox."""

import asyncio
import io
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from bot.commands import main, office
from bot.forms import Forms
from bot.licrus.lookups import LookupFailed, Site, cities, product_groups
from bot.office.licrus_names import compare_places, respelled
from bot.sandbox import Sandbox
from bot.storage.database import make_engine, migrate
from bot.storage.directory_queries import Source, import_products, load_products
from bot.storage.schema import audit
from conversations.catalogue import CatalogueEntry
from conversations.summary import body_of
from tests.databases import database_url, storage_settings
from tests.talking import CUSTOMER, Talk

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    loop = asyncio.new_event_loop()
    found = Sandbox()
    loop.run_until_complete(found.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield found
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(found.stop())
    loop.close()


@pytest.fixture
def devreye(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command whose Licrus is the sandbox: its exit code, what it said, and what it said of trouble."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    given = {
        "BOT_TOKEN": sandbox.token,
        "LICRUS_URL": sandbox.licrus_url,
        "LICRUS_SITE_URL": sandbox.licrus_site_url,
        "LICRUS_AUTH_TICKET": sandbox.ticket,
        "ENVIRONMENT": "test",
        **storage_settings(tmp_path),
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def calls(sandbox: Sandbox) -> int:
    return len(httpx.get(f"{sandbox.url}/api/licrus/calls", trust_env=False).json()["calls"])


def sent_place(folder: Path, place: str, *, licrus_place_names: bool) -> tuple[object, object]:
    """The province and district that a customer's request sends who typed this place."""
    forms = Forms(licrus_place_names=licrus_place_names)
    with make_engine(database_url(folder)).begin() as connection:
        form = forms.now(connection)
    talk = Talk(form=form)
    talk.say(*(place if text == "Ümraniye, İstanbul" else text for text in CUSTOMER))
    assert talk.draft is not None
    body = body_of(form, talk.draft)
    return body["CustomerCity"], body["CustomerDistrict"]


def test_places_are_sent_as_licrus_spells_them_once_that_is_kept_and_set(tmp_path: Path, devreye: Run) -> None:
    migrate(make_engine(database_url(tmp_path)))
    code, said, trouble = devreye("places", "check")
    assert (code, trouble) == (0, "")
    assert said.startswith("Licrus'ta bulunan: 81 il, 973 ilçe.\n")
    assert "--save" in said
    assert sent_place(tmp_path, "Afyon Merkez", licrus_place_names=True) == ("Afyonkarahisar", "Merkez")
    code, said, _ = devreye("places", "check", "--save")
    assert code == 0
    assert "LICRUS_PLACE_NAMES=true" in said
    assert sent_place(tmp_path, "Afyon Merkez", licrus_place_names=True) == ("AFYON", "MERKEZ")
    assert sent_place(tmp_path, "Zonguldak Ereğli", licrus_place_names=True) == ("ZONGULDAK", "KDZ.EREGLI")
    assert sent_place(tmp_path, "Konya Ereğli", licrus_place_names=True) == ("KONYA", "EREGLI")
    assert sent_place(tmp_path, "Samsun 19 Mayıs", licrus_place_names=True) == ("SAMSUN", "ONDOKUZMAYIS")
    assert sent_place(tmp_path, "Afyon Merkez", licrus_place_names=False) == ("Afyonkarahisar", "Merkez")
    with make_engine(database_url(tmp_path)).begin() as connection:
        assert connection.scalars(sa.select(audit.c.what)).all() == ["sync"]


def test_a_form_in_use_takes_up_a_new_spelling_at_once(tmp_path: Path, devreye: Run) -> None:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    forms = Forms(licrus_place_names=True)
    with engine.begin() as connection:
        before = forms.now(connection)
    assert devreye("places", "check", "--save")[0] == 0
    with engine.begin() as connection:
        after = forms.now(connection)
        assert forms.now(connection) is after
    assert [form.field("CustomerCity").kind.sent("İstanbul") for form in (before, after)] == ["Istanbul", "ISTANBUL"]


def test_what_licrus_lacks_and_what_nobody_knows_is_listed(tmp_path: Path, devreye: Run, sandbox: Sandbox) -> None:
    places = {"ISTANBUL": ["UMRANIYE", "KADIKOY", "ADALAR (ISTANBUL)", "Adalar", "YENI ILCE"], "ATLANTIS": ["X"]}
    found = compare_places(places)
    assert found.spelling.provinces == {"İstanbul": "ISTANBUL"}
    assert found.spelling.districts == {
        "İstanbul": {"Ümraniye": "UMRANIYE", "Kadıköy": "KADIKOY", "Adalar": "ADALAR (ISTANBUL)"}
    }
    assert found.strange == ("ISTANBUL / Adalar", "ISTANBUL / YENI ILCE", "ATLANTIS")
    assert "Ankara" in found.missing
    assert "İstanbul / Beykoz" in found.missing
    assert "İstanbul / Adalar" not in found.missing
    sandbox.lookups.cities[0] = "ATLANTIS"
    code, said, _ = devreye("places", "check", "--save")
    assert code == 1
    assert "Licrus'ta bulunamayan: 16\n  ? Adana\n" in said
    assert "Licrus'ta olup tanınmayan: 1\n  ? ATLANTIS\n" in said


def test_groups_of_the_catalogue_are_spelled_as_licrus_spells_them(tmp_path: Path, devreye: Run) -> None:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    entries = (
        CatalogueEntry("ECODENSE WT 65", "Ecodense duvar-yer tipi kazan"),
        CatalogueEntry("ECODENSE WT 80", "ECODENSE DUVAR- YER TİPİ KAZAN"),
        CatalogueEntry("X 1", "Duvar kombisi"),
    )
    with engine.begin() as connection:
        import_products(connection, entries, Source("test", 1.0, "hash"))
    code, said, _ = devreye("catalogue", "sync")
    assert code == 1
    assert "Grubunun yazımı değişen ürün: 1." in said
    assert "~ ECODENSE WT 65: Ecodense duvar-yer tipi kazan -> ECODENSE DUVAR- YER TİPİ KAZAN" in said
    assert "? Duvar kombisi (en yakını: DUVAR TİPİ KOMBİ)" in said
    with engine.begin() as connection:
        groups = [product.group for product in load_products(connection)]
    assert groups == ["ECODENSE DUVAR- YER TİPİ KAZAN"] * 2 + ["Duvar kombisi"]
    assert "Grubunun yazımı değişen ürün: 0." in devreye("catalogue", "sync")[1]


def test_of_two_groups_that_differ_in_marks_only_each_product_keeps_its_own() -> None:
    groups = ("KAZAN-A", "KAZAN A")
    kept = (CatalogueEntry("1", "KAZAN-A"), CatalogueEntry("2", "KAZAN A"), CatalogueEntry("3", "kazan a"))
    assert respelled(kept, groups).entries == kept


@pytest.mark.parametrize("command", [("places", "check", "--save"), ("catalogue", "sync")])
def test_a_look_up_that_fails_changes_nothing_and_shows_no_ticket(
    devreye: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LICRUS_AUTH_TICKET", "wrong-ticket-of-ours")
    code, _, trouble = devreye(*command)
    assert code == 1
    assert "AuthTicket geçersiz" in trouble
    assert "wrong-ticket-of-ours" not in trouble
    monkeypatch.setenv("LICRUS_SITE_URL", "http://127.0.0.1:9")
    code, _, trouble = devreye(*command)
    assert (code, "(connect)" in trouble) == (1, True)
    monkeypatch.setenv("LICRUS_SITE_URL", "")
    code, _, trouble = devreye(*command)
    assert (code, "LICRUS_SITE_URL" in trouble) == (2, True)


def answering(body: str, status: int) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: httpx.Response(status, stream=httpx.ByteStream(body.encode())))


def listed(*names: object) -> str:
    return json.dumps({"HasError": False, "Results": [{"Id": 1, "Name": name} for name in names]})


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ("<html>", 200, "unreadable_body"),
        ("", 200, "unreadable_body"),
        ("[" * 100_000, 200, "unreadable_body"),
        ("{}", 200, "unreadable_body"),
        (listed(), 200, "no_list"),
        ('{"HasError": false, "Results": null}', 200, "no_list"),
        (listed(*["X"] * 5001), 200, "no_list"),
        (listed(5), 200, "unreadable_body"),
        (listed("A\nB"), 200, "unreadable_name"),
        (listed("A\u202eB"), 200, "unreadable_name"),
        (listed("A" * 201), 200, "unreadable_name"),
        (listed(" "), 200, "unreadable_name"),
        ("x" * 2_000_000, 200, "large_answer"),
        (listed("ADANA"), 500, "status_500"),
        (listed("ADANA"), 302, "status_302"),
    ],
)
def test_whatever_is_no_list_is_a_failure_with_a_word_for_it(body: str, status: int, why: str) -> None:
    for method in (cities, product_groups):
        question: Callable[[Site], Awaitable[object]] = method
        with pytest.raises(LookupFailed) as failed:
            asyncio.run(_asked(question, Site("http://x", "ticket", transport=answering(body, status))))
        assert failed.value.why == why


async def _asked(question: Callable[[Site], Awaitable[object]], site: Site) -> object:
    return await question(site)


def test_a_call_is_tried_only_after_the_tenants_name_was_typed(devreye: Run, sandbox: Sandbox) -> None:
    for typed in ("", "evet\n", "ecostar\n"):
        code, said, trouble = devreye("licrus", "try", typed=typed)
        assert code == 1
        assert "geri alınamaz" in said
        assert trouble == "Yazılan bu değil. Çağrı açılmadı.\n"
    assert calls(sandbox) == 0
    code, said, _ = devreye("licrus", "try", typed="127\n")
    assert code == 0
    assert said.endswith("Çağrı açıldı. Çağrı numarası: 43090\n")
    assert calls(sandbox) == 1
    assert sandbox.ticket not in said


@pytest.mark.parametrize(
    ("environment", "url"),
    [("production", "https://ornek-api.licrus.com/api"), ("test", "https://ornek-api.licrus.com/api")],
)
def test_no_call_is_tried_anywhere_but_in_a_trial(
    devreye: Run, monkeypatch: pytest.MonkeyPatch, environment: str, url: str
) -> None:
    monkeypatch.setenv("ENVIRONMENT", environment)
    monkeypatch.setenv("LICRUS_URL", url)
    monkeypatch.delenv("LICRUS_SITE_URL")

    async def never(*arguments: object, **named: object) -> None:
        raise AssertionError("a call was made")

    monkeypatch.setattr("bot.commands.licrus.create_call", never)
    code, _, trouble = devreye("licrus", "try", typed="ornek-api\n")
    assert code == 2
    assert "yalnızca deneme ortamında" in trouble
