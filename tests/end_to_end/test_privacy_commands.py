"""`devreye privacy export` and `erase`: a person is found by telephone, code or Telegram number, and nobody else is."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.commands import main, office
from bot.licrus import Created, Unknown
from bot.privacy.remembering import remembered
from bot.privacy.whose import about
from bot.storage import queries, request_queries
from bot.storage.audit_queries import noted
from bot.storage.database import make_engine, migrate
from bot.storage.profile_queries import save_profile
from bot.storage.schema import dealers, drafts, outbox, requests
from conversations.draft import Answer, Draft, Profile
from conversations.letters import name_key
from conversations.replies import Submit
from tests.databases import ON_POSTGRESQL, storage_settings
from tests.end_to_end.test_erasing import (
    ANSWERS,
    ME,
    NOW,
    OTHER,
    Person,
    again,
    all_sent,
    everywhere,
    found,
    settled,
    whole_life,
)
from tests.end_to_end.test_office_commands import SETTINGS
from tests.talking import CUSTOMER

PHONE = "0530 987 65 43"
CONTACT = "0532 546 67 57"


@pytest.fixture
def connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Connection]:
    """The database that the commands work on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "set_up", lambda secrets: None)
    stored = storage_settings(tmp_path)
    for name, value in {**SETTINGS, **stored}.items():
        monkeypatch.setenv(name, value)
    engine = make_engine(stored["DATABASE_URL"])
    migrate(engine)
    with engine.connect() as opened:
        yield opened


def sent_by_dealer(connection: sa.Connection, number: int = 1, **fields: str) -> request_queries.Request:
    """A request that a dealer made for the person, who never wrote to the bot."""
    body = {
        "CustomerFullName": "Şükufe Tanrıöver",
        "CustomerMobilePhone": "5309876543",
        "CustomerCity": "Istanbul",
        "ProductSerialNumberList": "KZN-77-4411",
        "DealerContactPerson": "Mutlu Özcan",
        "DealerMobilePhone": "5325466757",
        **fields,
    }
    with connection.begin():
        request_queries.enqueue(connection, Submit(f"draft-{number}", 3, f"D-K{number:03}", body), OTHER, OTHER, NOW)
        (taken,) = request_queries.take_due(connection, NOW, 60.0, 1)
    return taken


def listed(connection: sa.Connection) -> None:
    values = {"contact_person": "Mutlu Özcan", "mobile_phone": "5325466757", "work_phone": "", "email": ""}
    with connection.begin():
        connection.execute(sa.insert(dealers).values(key=name_key("Test Bayi"), company="Test Bayi", **values))


def test_all_about_a_telephone_is_written_to_a_file_for_its_owner_alone_and_that_is_on_record(
    connection: sa.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settled(connection, sent_by_dealer(connection), Created("43090"))
    Person(connection, ME).fills(ANSWERS[:8])
    assert main(["privacy", "export", PHONE, "kisi.json"]) == 0
    assert "Müşterisi olduğu talep: 1" in capsys.readouterr().out
    path = tmp_path / "kisi.json"
    assert path.stat().st_mode & 0o077 == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    (request,) = told["as_customer"]
    assert request["call_number"] == "43090"
    assert request["fields"]["CustomerFullName"] == "Şükufe Tanrıöver"
    assert request["fields"]["DealerMobilePhone"] != "5325466757"
    assert told["drafts_about"][0]["answers"]["CustomerMobilePhone"]["value"] == "5309876543"
    with connection.begin():
        (row,) = noted(connection, 0, 9e9, 9)
    assert (row.what, row.subject) == ("privacy-export", "D-K001")
    assert main(["privacy", "export", PHONE, "kisi.json"]) == 1
    with connection.begin():
        assert len(noted(connection, 0, 9e9, 9)) == 1


def test_whoever_never_met_the_bot_is_erased_by_their_telephone_and_their_dealer_stays(
    connection: sa.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settled(connection, sent_by_dealer(connection), Created("43090"))
    other = Person(connection, OTHER, "Ali")
    other.fills(CUSTOMER)
    all_sent(connection)
    assert main(["privacy", "erase", PHONE, "--yes"]) == 0
    assert "Silindi." in capsys.readouterr().out
    everything = everywhere(connection)
    assert found(everything) == []
    assert "Ayşe Yılmaz" in everything
    with connection.begin():
        (noted_row,) = noted(connection, 0, 9e9, 9)
        assert (noted_row.what, noted_row.subject) == ("privacy-erase", "D-K001")
        assert connection.scalar(sa.select(requests.c.call_number)) == "43090"
    assert main(["requests", "show", "D-K001"]) == 0
    assert "Kişisel bilgiler, istek ya da saklama süresi üzerine silindi." in capsys.readouterr().out
    if not ON_POSTGRESQL:
        (erasure,) = remembered(tmp_path / "devreye.erasures")
        assert erasure.requests == ("draft-1:3",)
        assert found(b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())) == []


@pytest.mark.parametrize("person", ["telegram:11", PHONE])
def test_a_user_is_erased_by_number_or_telephone(connection: sa.Connection, person: str) -> None:
    whole_life(connection)
    with connection.begin():
        save_profile(connection, ME, Profile(values={"DealerMobilePhone": "5309876543"}), NOW)
    assert main(["privacy", "erase", person, "--yes"]) == 0
    assert found(everywhere(connection)) == []


def test_a_code_means_the_customer_of_its_request_and_all_with_their_telephone(connection: sa.Connection) -> None:
    for number in (1, 2):
        settled(connection, sent_by_dealer(connection, number), Created("43090"))
    stranger = {"CustomerMobilePhone": "5301231212", "CustomerFullName": "Veli"}
    settled(connection, sent_by_dealer(connection, 3, **stranger), Created("43092"))
    assert main(["privacy", "erase", "d-k001", "--yes"]) == 0
    with connection.begin():
        rows = connection.execute(sa.select(requests.c.code, requests.c.masked_at.is_not(None).label("masked"))).all()
    assert {row.code: bool(row.masked) for row in rows} == {"D-K001": True, "D-K002": True, "D-K003": False}


def test_a_code_does_not_mean_everybody_behind_the_same_telephone_of_a_company(
    connection: sa.Connection, tmp_path: Path
) -> None:
    office = {"CustomerWorkPhone": "2161234567"}
    sent_by_dealer(connection, 1, **office)
    sent_by_dealer(connection, 2, **office, CustomerMobilePhone="5301231212", CustomerFullName="Veli")
    assert main(["privacy", "export", "D-K001", "kisi.json"]) == 0
    assert "Veli" not in (tmp_path / "kisi.json").read_text(encoding="utf-8")


def test_a_dealers_contact_is_told_in_part_in_drafts_too(connection: sa.Connection, tmp_path: Path) -> None:
    contact = {"DealerContactPerson": "Mutlu Özcan", "DealerMobilePhone": "5325466757"}
    values = {"CustomerMobilePhone": "5309876543", **contact}
    answers = {name: Answer(value=value, text=f"{CONTACT} / {value}") for name, value in values.items()}
    draft = Draft(id="draft-1", form="activation", status="submitted", revision=4, answers=answers)
    with connection.begin():
        queries.save_draft(connection, draft, OTHER, OTHER, NOW)
    assert main(["privacy", "export", PHONE, "kisi.json"]) == 0
    written = (tmp_path / "kisi.json").read_text(encoding="utf-8")
    assert "5309876543" in written
    assert not [told for told in ("5325466757", CONTACT, "Mutlu Özcan") if told in written]


def test_one_that_waits_for_its_result_goes_when_it_has_it(
    connection: sa.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = sent_by_dealer(connection)
    settled(connection, taken, Unknown("timeout"))
    all_sent(connection)
    assert main(["privacy", "erase", PHONE, "--yes"]) == 0
    assert "Sonucu beklenen talepler" in capsys.readouterr().out
    assert found(everywhere(connection)) != []
    settled(connection, taken, Created("43090"), NOW + 5)
    all_sent(connection)
    assert again(connection, NOW + 6) == [True]
    assert found(everywhere(connection)) == []


def test_a_dealers_contact_goes_out_of_requests_that_stay_their_customers(
    connection: sa.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    settled(connection, sent_by_dealer(connection), Created("43090"))
    listed(connection)
    assert main(["privacy", "erase", CONTACT, "--yes"]) == 0
    assert "Bayi listesinde duruyor: Test Bayi." in capsys.readouterr().out
    with connection.begin():
        body = json.loads(connection.scalar(sa.select(requests.c.body)) or "")
        assert {name for name in body if name.startswith("Dealer")} == set()
        assert body["CustomerFullName"] == "Şükufe Tanrıöver"
        assert about(connection, CONTACT) is not None


def test_without_a_typed_word_nothing_is_erased(
    connection: sa.Connection, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(connection, sent_by_dealer(connection), Created("43090"))
    before = everywhere(connection)
    assert main(["privacy", "erase", PHONE]) == 2
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "evet")
    assert main(["privacy", "erase", PHONE]) == 1
    assert everywhere(connection) == before
    monkeypatch.setattr("builtins.input", lambda _: "SİL")
    assert main(["privacy", "erase", PHONE]) == 0
    assert found(everywhere(connection)) == []


@pytest.mark.skipif(ON_POSTGRESQL, reason="there a running bot writes the file of erasures")
def test_nobody_is_erased_by_root_in_the_bots_own_folder(
    connection: sa.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(connection, sent_by_dealer(connection), Created("43090"))
    before = everywhere(connection)
    if os.geteuid() == 0:
        os.chown(tmp_path, 1234, -1)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert main(["privacy", "erase", PHONE, "--yes"]) == 1
    assert "sudo -u" in capsys.readouterr().err
    assert everywhere(connection) == before
    assert not (tmp_path / "devreye.erasures").exists()


@pytest.mark.parametrize(
    ("person", "code"),
    [("0530 111 22 33", 1), ("telegram:99", 1), ("D-ZZZZ", 1), ("Ayşe", 2), ("%", 2), ("telegram:1' OR 1=1", 2)],
)
def test_whoever_is_not_known_or_not_named_so_is_told(
    connection: sa.Connection, capsys: pytest.CaptureFixture[str], person: str, code: int
) -> None:
    settled(connection, sent_by_dealer(connection), Created("43090"))
    assert main(["privacy", "erase", person, "--yes"]) == code
    assert main(["privacy", "export", person, "kisi.json"]) == code
    assert "Traceback" not in capsys.readouterr().err
    assert found(everywhere(connection)) != []
    assert not Path("kisi.json").exists()
    with connection.begin():
        assert connection.scalar(sa.select(sa.func.count()).select_from(drafts)) == 0
        assert connection.scalar(sa.select(sa.func.count()).select_from(outbox)) is not None
