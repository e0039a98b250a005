"""`devreye init` as whoever installs the bot meets it, and what it leaves at Telegram and in `.env`."""

import asyncio
import io
import os
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest

from bot.commands import main, office, setting_up
from bot.sandbox import Sandbox
from bot.settings import Settings, load_settings
from bot.telegram.client import Client
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.profile import OPERATORS, PEOPLE

TICKET = "bilet-gizli-bilet"
WEBHOOK = "http://127.0.0.1:9/telegram"


@dataclass(frozen=True)
class Done:
    """How it ended and what it said."""

    code: int
    said: str


@dataclass(frozen=True)
class Place:
    """An empty folder, a Telegram and a Licrus."""

    folder: Path
    sandbox: Sandbox
    http: httpx.Client
    group: int
    init: Callable[..., Done]

    @property
    def env(self) -> Path:
        return self.folder / ".env"

    def settings(self) -> Settings:
        return load_settings(self.env)

    def get(self, path: str) -> Any:
        return self.http.get(path).json()

    def bot_api(self, method: str, **body: Any) -> Any:
        return self.http.post(f"/bot{self.sandbox.token}/{method}", json=body).json()["result"]

    def answers(self, *more: str) -> list[str]:
        """What is needed, then what is optional; the rest is left as it is."""
        given = [self.sandbox.token, self.sandbox.licrus_url, "", TICKET, *more]
        return given + [""] * (len(setting_up.QUESTIONS) - len(given))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Place]:
    loop = asyncio.new_event_loop()
    sandbox = Sandbox()
    loop.run_until_complete(sandbox.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("BOT_API_URL", sandbox.bot_api_url)
    monkeypatch.chdir(tmp_path)
    # Logs belong to the tests.
    monkeypatch.setattr(office, "set_up", lambda secrets: None)

    def init(*answers: str, more: tuple[str, ...] = ()) -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        code = main(["init", *more])
        said = capsys.readouterr()
        return Done(code, said.out + said.err)

    with httpx.Client(base_url=sandbox.url) as http:
        yield Place(tmp_path, sandbox, http, sandbox.add_group("Servis Ofisi", "Zeynep", "Demir"), init)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(sandbox.stop())
    loop.close()


def names(commands: Any) -> list[str]:
    return [command["command"] for command in commands["commands"]]


def test_what_is_asked_is_checked_written_for_its_owner_alone_and_set_up_at_telegram(place: Place) -> None:
    done = place.init(*place.answers(str(place.group), "https://www.ornek.com/aydinlatma", "0850 123 45 67"))
    assert done.code == 0, done.said
    assert stat.S_IMODE(place.env.stat().st_mode) == 0o600
    settings = place.settings()
    assert settings.bot_token.get_secret_value() == place.sandbox.token
    assert settings.licrus_auth_ticket.get_secret_value() == TICKET
    assert (settings.operators_chat_id, settings.support_contact) == (place.group, "0850 123 45 67")
    assert settings.environment == "test"
    person = place.http.post("/api/people", json={"name": "Ayşe Yılmaz"}).json()["id"]
    assert names(place.get(f"/api/chats/{person}/commands")) == list(PEOPLE)
    assert names(place.get(f"/api/chats/{place.group}/commands")) == list(OPERATORS)
    for language in ("", "tr", "en"):
        assert place.bot_api("getMyDescription", language_code=language)["description"]
        assert place.bot_api("getMyShortDescription", language_code=language)["short_description"]
    english = place.bot_api("getMyCommands", scope={"type": "all_private_chats"}, language_code="en")
    assert {"command": "yeni", "description": "New service request"} in english
    assert place.bot_api("getMyCommands") == []
    for secret in (TICKET, place.sandbox.token):
        assert secret not in done.said


def test_a_wrong_answer_is_asked_again_with_an_example(place: Place) -> None:
    wrong = ["", "anahtar", "1:WRONG", place.sandbox.token, "licrus", place.sandbox.licrus_url, " ", TICKET, "grup"]
    wrong.insert(6, "")  # no site
    done = place.init(*wrong, "", "", "", "", "")
    assert done.code == 0, done.said
    assert "Bu ayar gerekli." in done.said
    assert "BOT_TOKEN ayarı doğru değil" in done.said
    assert "BOT_TOKEN kabul edilmedi" in done.said
    assert "LICRUS_URL ayarı doğru değil" in done.said
    assert "OPERATORS_CHAT_ID ayarı doğru değil" in done.said
    assert place.settings().operators_chat_id is None
    assert "WRONG" not in done.said


def test_the_ticket_is_tried_where_it_can_be_without_a_call(place: Place) -> None:
    site = place.sandbox.licrus_site_url
    first = [place.sandbox.token, place.sandbox.licrus_url]
    done = place.init(*first, site, TICKET, "h", place.sandbox.ticket, *[""] * 5)
    assert done.code == 0, done.said
    assert "Bilet: Licrus kabul etmedi" in done.said
    assert "Bilet: Licrus kabul ediyor; çağrı açılmadı" in done.said
    assert place.settings().licrus_auth_ticket.get_secret_value() == place.sandbox.ticket
    away = place.init("", "", place.sandbox.bot_api_url + "/nowhere", *[""] * 6)
    assert (away.code, "Bilet: denenemedi (status_404)" in away.said) == (0, True)
    assert place.get("/api/licrus/calls") == {"calls": []}


def test_what_else_stands_in_the_file_stays_and_enter_keeps_every_answer(place: Place) -> None:
    assert place.init(*place.answers(str(place.group))).code == 0
    own = f'# bizim sunucu\nSUPPORT_CONTACT="0850 1"\nREMIND_AFTER_HOURS=12\n{place.env.read_text()}'
    place.env.write_text(own)
    place.env.chmod(0o644)
    done = place.init(*[""] * len(setting_up.QUESTIONS))
    assert done.code == 0, done.said
    written = place.env.read_text()
    assert written.splitlines()[:3] == ["# bizim sunucu", "SUPPORT_CONTACT='0850 1'", "REMIND_AFTER_HOURS=12"]
    assert stat.S_IMODE(place.env.stat().st_mode) == 0o600
    assert TICKET not in done.said
    assert sorted(written.splitlines()) == sorted(own.replace('"', "'").splitlines())
    assert place.init(*["", "", "", "", "-", "", "-", "", ""]).code == 0
    assert (place.settings().operators_chat_id, place.settings().support_contact) == (None, "")


def test_half_way_nothing_is_written_and_nothing_is_set_up(place: Place) -> None:
    place.env.write_text("LICRUS_URL=https://ornek-api.licrus.com/api\n")
    for count in range(len(setting_up.QUESTIONS)):
        done = place.init(*place.answers(str(place.group))[:count])
        assert (done.code, "hiçbir şey yazılmadı" in done.said) == (1, True)
    assert place.env.read_text() == "LICRUS_URL=https://ornek-api.licrus.com/api\n"
    assert [path.name for path in place.folder.iterdir()] == [".env"]
    assert names(place.get("/api/commands")) == []


def test_a_webhook_gets_a_secret_of_its_own_and_goes_when_it_is_no_longer_wanted(place: Place) -> None:
    assert place.init(*place.answers("", "", "", "", WEBHOOK)).code == 0
    secret = place.settings().webhook_secrets[0]
    assert len(secret) >= 32
    info = place.bot_api("getWebhookInfo")
    assert (info["url"], set(info["allowed_updates"])) == (WEBHOOK, set(ALLOWED_UPDATES))
    assert place.init(*[""] * 9).code == 0
    assert place.settings().webhook_secrets == (secret,)
    kept = place.init(*[""] * 8, "-", "h")
    assert (kept.code, "devreye webhook delete" in kept.said) == (1, True)
    assert place.bot_api("getWebhookInfo")["url"] == WEBHOOK
    assert place.init(*[""] * 9, "e").code == 0
    assert place.bot_api("getWebhookInfo")["url"] == ""


def test_what_telegram_says_of_an_address_is_told_without_a_secret(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_: object, **__: object) -> None:
        raise BadRequest(f"bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443\n{place.sandbox.token}")

    monkeypatch.setattr(Client, "set_webhook", refuses)
    done = place.init(*place.answers("", "", "", "", WEBHOOK))
    assert done.code == 1
    assert "only on ports 80, 88, 443 or 8443 ***”. WEBHOOK_URL ayarına bakın." in done.said
    assert place.sandbox.token not in done.said
    assert place.settings().webhook_url == WEBHOOK


def test_what_the_environment_says_is_looked_at_and_written_nowhere(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", place.sandbox.token)
    (place.folder / "ticket").write_text(TICKET)
    monkeypatch.setenv("LICRUS_AUTH_TICKET_FILE", str(place.folder / "ticket"))
    done = place.init(place.sandbox.licrus_url, "", "", "", "", "", "")
    assert done.code == 0, done.said
    assert TICKET not in place.env.read_text()
    assert place.sandbox.token not in place.env.read_text()
    monkeypatch.setenv("BOT_TOKEN", "1:WRONG")
    assert place.init("").code == 1


def test_the_groups_that_the_bot_is_in_are_shown_and_nothing_is_acknowledged(place: Place) -> None:
    nobody = place.init(*place.answers("bul"), "")
    assert "Bota son bir günde yazan bir grup görünmüyor" in nobody.said
    place.http.post(f"/api/chats/{place.group}/text", json={"text": "/start"})
    done = place.init(*["", "", "", "", "bul", str(place.group), "", "", "", ""])
    assert f"{place.group}  Servis Ofisi" in done.said
    assert place.settings().operators_chat_id == place.group
    assert place.get("/api/state")["pending_updates"] == 1


def test_what_can_not_be_reached_is_written_only_after_a_question(place: Place) -> None:
    away = "http://127.0.0.1:9/api"
    done = place.init(place.sandbox.token, away, "h", place.sandbox.licrus_url, "", TICKET, "-100999", "e", *[""] * 4)
    assert done.code == 1
    assert "Botu gruba ekleyin" in done.said
    assert (place.settings().licrus_url, place.settings().operators_chat_id) == (place.sandbox.licrus_url, -100999)
    # The rest is set up all the same.
    assert names(place.get("/api/commands")) == list(PEOPLE)


def test_without_a_question_telegram_alone_is_set_up(place: Place) -> None:
    assert place.init(*place.answers()).code == 0
    place.bot_api("setMyDescription", description="eski")
    place.bot_api("setMyCommands", commands=[{"command": "eski", "description": "eski"}])
    before = place.env.read_bytes()
    assert place.init(more=("--only-telegram",)).code == 0
    assert place.bot_api("getMyDescription")["description"] != "eski"
    assert place.bot_api("getMyCommands") == []
    assert place.env.read_bytes() == before


def test_a_disk_that_gives_up_leaves_the_old_file(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert place.init(*place.answers()).code == 0
    before = place.env.read_bytes()

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails)
        done = place.init("", "", "", "yeni-bilet", *[""] * 5)
    assert (done.code, "yazılamadı (No space left on device)" in done.said) == (1, True)
    assert place.env.read_bytes() == before
    assert [path.name for path in place.folder.iterdir()] == [".env"]


def test_what_is_left_of_a_killed_one_is_in_nobodys_way(place: Place) -> None:
    (place.folder / ".env.new").write_text("BOT_TOKEN=yar")
    (place.folder / ".env.new").chmod(0o644)
    assert place.init(*place.answers()).code == 0
    assert [path.name for path in place.folder.iterdir()] == [".env"]
    assert stat.S_IMODE(place.env.stat().st_mode) == 0o600
