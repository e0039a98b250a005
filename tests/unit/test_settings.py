"""A wrong setting is named, explained and never repeated."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import Settings, SettingsError, load_settings
from bot.settings.checks import OPTIONAL_FIELDS, passwords_in
from bot.settings.declarations import MASK, declared, why_wrong
from bot.settings.page import env_example, settings_page
from bot.settings.sources import FROM_FILES

TOKEN = "123456789:AAsecretsecretsecretsecretsecretsec"
GOOD: dict[str, Any] = {
    "bot_token": TOKEN,
    "licrus_url": "https://api.licrus.com/api",
    "licrus_auth_ticket": "ticket-ticket",
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)


def sentences(**values: Any) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, **{**GOOD, **values})
    return caught.value.sentences


def test_what_is_needed_is_enough() -> None:
    settings = load_settings(None, **GOOD)
    assert settings.database_path == Path("devreye.db")
    assert settings.journal_path == Path("devreye.journal")


def test_a_postgresql_address_is_taken_and_its_password_stands_in_no_log_line() -> None:
    settings = load_settings(None, **GOOD, database_url="postgresql://devreye:pass%2Fword@db.example.com:5433/devreye")
    assert settings.database_path is None
    assert settings.journal_path == Path("devreye.journal")
    assert settings.data_folder == Path.cwd()
    assert "pass/word" in settings.secrets
    by_socket = load_settings(None, **GOOD, database_url="postgresql://devreye@/devreye?host=/run/postgresql")
    assert by_socket.database_path is None
    assert "" not in by_socket.secrets


def test_each_missing_setting_has_a_sentence_with_an_example() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(None)
    assert [sentence.split()[0] for sentence in caught.value.sentences] == [
        "BOT_TOKEN",
        "LICRUS_URL",
        "LICRUS_AUTH_TICKET",
    ]
    assert all("Örnek: " in sentence for sentence in caught.value.sentences)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bot_token", "verysecretbutwrong"),
        ("bot_token", "x:verysecretbutwrong"),
        ("licrus_auth_ticket", "  "),
        ("licrus_url", "verysecretbutwrong"),
        ("licrus_url", "https://api.licrus.com/api/ExternalCall/Create"),
        ("licrus_url", "ftp://api.licrus.com"),
        ("licrus_url", "https://api.licrus.com/api verysecretbutwrong"),
        ("licrus_url", "https://api.licrus.com/api\r\nX-Verysecretbutwrong: 1"),
        ("licrus_url", "https://user:verysecretbutwrong@api.licrus.com/api"),
        ("bot_api_url", "https://[verysecretbutwrong"),
        ("database_url", "postgresql://user:verysecretbutwrong@host"),
        ("database_url", "postgresql://user:verysecretbutwrong@/"),
        ("database_url", "mysql://user:verysecretbutwrong@host/db"),
        ("database_url", "sqlite://"),
        ("environment", "verysecretbutwrong"),
        ("operators_chat_id", "verysecretbutwrong"),
        ("required_fields", "CustomerEmail,verysecretbutwrong"),
        ("required_fields", "CustomerFullName"),
        ("licrus_parallel_calls", "0"),
        ("turkish_place_names", "verysecretbutwrong"),
        ("webhook_url", "verysecretbutwrong"),
        ("webhook_secret", "tooshort"),
        ("webhook_secret", "verysecretbutwrong verysecretbutwrong"),
        ("webhook_secret_old", "verysecretbutwrongı"),
        ("webhook_port", "0"),
        ("rate_per_s", "0"),
        ("rate_chat_burst", "0"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_never_shown(name: str, value: str) -> None:
    (sentence,) = sentences(**{name: value})
    assert sentence.startswith(name.upper())
    assert "verysecretbutwrong" not in sentence


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("licrus_url", "https://test-ecostar-api.licrus.com/api"),
        ("licrus_url", "https://localhost/api"),
        ("licrus_url", "https://127.3.2.1:8080/api"),
        ("licrus_url", "https://[::1]/api"),
        ("licrus_url", "http://api.licrus.com/api"),
        ("bot_api_url", "http://127.0.0.1:8081"),
    ],
)
def test_trial_hosts_are_refused_in_production_only(name: str, url: str) -> None:
    (sentence,) = sentences(**{name: url})
    assert name.upper() in sentence
    assert getattr(load_settings(None, **{**GOOD, name: url, "environment": "test"}), name) == url


def test_names_are_taken_in_either_case() -> None:
    assert load_settings(None, **{name.upper(): value for name, value in GOOD.items()}).licrus_url == GOOD["licrus_url"]


def test_a_secret_can_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    monkeypatch.setenv("BOT_TOKEN_FILE", str(tmp_path / "token"))
    settings = load_settings(None, **{name: value for name, value in GOOD.items() if name != "bot_token"})
    assert settings.bot_token.get_secret_value() == TOKEN


def test_a_secret_file_can_be_named_in_the_env_file(tmp_path: Path) -> None:
    (tmp_path / "ticket").write_text("from-file\n")
    env = tmp_path / ".env"
    env.write_text(f"BOT_TOKEN={TOKEN}\nLICRUS_URL=https://a.b/api\nLICRUS_AUTH_TICKET_FILE={tmp_path / 'ticket'}\n")
    assert load_settings(env).licrus_auth_ticket.get_secret_value() == "from-file"


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN_FILE", "/nowhere/at/all")
    (sentence,) = sentences()
    assert sentence.startswith("BOT_TOKEN_FILE")


def test_optional_fields_can_be_required() -> None:
    settings = load_settings(None, **GOOD, required_fields=" CustomerEmail , DealerEmail")
    assert settings.required_fields == {"CustomerEmail", "DealerEmail"}
    assert {"DealerWorkPhone", "CustomerCompanyName", "CustomerWorkPhone", "CustomerEmail"} <= set(OPTIONAL_FIELDS)


SECRET_SETTINGS = {
    "bot_token": TOKEN,
    "licrus_auth_ticket": 'ticket "of" tests',
    "webhook_secret": "new-webhook-secret",
    "webhook_secret_old": "old-webhook-secret",
    "database_url": "sqlite:///devreye.db",
}


def test_every_secret_setting_is_known_to_these_tests_and_can_stand_in_a_file() -> None:
    declared = {name for name, info in Settings.model_fields.items() if info.annotation is SecretStr}
    assert declared == set(SECRET_SETTINGS)
    assert {name.upper() for name in declared} == set(FROM_FILES)


@pytest.mark.parametrize("name", [name for name in SECRET_SETTINGS if name != "database_url"])
def test_the_settings_never_print_their_secrets(name: str) -> None:
    settings = load_settings(None, **{**GOOD, **SECRET_SETTINGS})
    secret = SECRET_SETTINGS[name]
    assert f"{name.upper()}={MASK}" in settings.shown()
    assert secret in settings.secrets
    for printed in (repr(settings), str(settings), "\n".join(settings.shown()), settings.model_dump_json()):
        assert secret not in printed


@pytest.mark.parametrize(
    ("url", "masked", "passwords"),
    [
        ("sqlite:////data/a:b@c.db", "sqlite:////data/a:b@c.db", set()),
        ("postgresql://devreye@db/devreye", "postgresql://devreye@db/devreye", set()),
        ("postgresql://devreye:s3cret@db:5432/devreye", "postgresql://devreye:***@db:5432/devreye", {"s3cret"}),
        ("postgresql://devreye:p%40ss@db/devreye", "postgresql://devreye:***@db/devreye", {"p%40ss", "p@ss"}),
        ("postgresql://devreye:p#s/s?@t@db/x", "postgresql://devreye:***@db/x", {"p#s/s?@t"}),
        ("postgresql://db/x?user=a&password=s%C3%BC", "postgresql://db/x?user=a&password=***", {"s%C3%BC", "sü"}),
        (
            "postgresql://db/x?sslpassword=abc&connect_timeout=5",
            "postgresql://db/x?sslpassword=***&connect_timeout=5",
            {"abc"},
        ),
    ],
)
def test_the_password_in_the_address_of_a_database_is_masked(url: str, masked: str, passwords: set[str]) -> None:
    assert set(passwords_in(url)) == passwords
    # Past the validation: it says which databases are taken, not how they are shown.
    settings = load_settings(None, **GOOD).model_copy(update={"database_url": SecretStr(url)})
    assert f"DATABASE_URL={masked}" in settings.shown()
    assert passwords <= set(settings.secrets)
    assert url not in repr(settings)


def test_an_environment_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LICRUS_AUTH_TICKET=verysecret\xff")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / ".env")
    assert str(tmp_path / ".env") in str(caught.value)
    assert "verysecret" not in str(caught.value)


def test_the_page_lists_every_setting() -> None:
    page = settings_page()
    for name, info in Settings.model_fields.items():
        assert f"| `{name.upper()}` | {info.description} |" in page


def test_the_page_of_settings_is_the_one_in_the_docs() -> None:
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    assert page.read_text(encoding="utf-8") == settings_page(), "write it anew with: make docs"


HOOK: dict[str, Any] = {"webhook_url": "https://bot.example.com/telegram", "webhook_secret": "s" * 16}


def test_a_webhook_needs_its_secret_and_the_old_one_is_good_beside_it() -> None:
    (sentence,) = sentences(webhook_url=HOOK["webhook_url"])
    assert "WEBHOOK_SECRET" in sentence
    assert load_settings(None, **GOOD, **HOOK).webhook_secrets == ("s" * 16,)
    assert load_settings(None, **GOOD, **HOOK, webhook_secret_old="o" * 16).webhook_secrets == ("s" * 16, "o" * 16)


def test_an_old_secret_alone_guards_no_webhook() -> None:
    (sentence,) = sentences(webhook_url=HOOK["webhook_url"], webhook_secret_old="o" * 16)
    assert "WEBHOOK_SECRET" in sentence


def test_a_certificate_and_its_key_come_together() -> None:
    (sentence,) = sentences(**HOOK, webhook_cert_file="cert.pem")
    assert "WEBHOOK_KEY_FILE" in sentence


def test_in_production_the_webhook_is_https() -> None:
    plain = {**HOOK, "webhook_url": "http://bot.example.com/telegram"}
    (sentence,) = sentences(**plain)
    assert "WEBHOOK_URL" in sentence
    assert load_settings(None, **{**GOOD, **plain, "environment": "test"}).webhook_url == plain["webhook_url"]


def test_the_webhooks_secrets_are_blotted_out_like_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, letter in (("WEBHOOK_SECRET", "s"), ("WEBHOOK_SECRET_OLD", "o")):
        (tmp_path / name).write_text(letter * 20 + "\n")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    settings = load_settings(None, **GOOD, webhook_url=HOOK["webhook_url"])
    assert {"s" * 20, "o" * 20} <= set(settings.secrets)
    assert "ssss" not in repr(settings)


def test_the_example_of_a_settings_file_is_the_declarations_and_lacks_only_what_is_needed(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / ".env.example"
    assert page.read_text(encoding="utf-8") == env_example(), "write it anew with: make docs"
    with pytest.raises(SettingsError) as caught:
        load_settings(page)
    needed = [sentence.split()[0] for sentence in caught.value.sentences]
    assert needed == ["BOT_TOKEN", "LICRUS_URL", "LICRUS_AUTH_TICKET"]
    # Every line, without its mark, is as if it were not written.
    written = tmp_path / ".env"
    filled = env_example()
    for name, value in GOOD.items():
        filled = filled.replace(f"\n{name.upper()}=\n", f"\n{name.upper()}={value}\n")
    written.write_text(re.sub(r"^# ([A-Z_]+=)", r"\1", filled, flags=re.MULTILINE))
    assert load_settings(written).model_dump() == load_settings(None, **GOOD).model_dump()


def test_every_example_is_a_good_value() -> None:
    given = {name.upper(): value for name, value in GOOD.items()} | {"WEBHOOK_SECRET": "x" * 32}
    for name, info in Settings.model_fields.items():
        if not name.endswith(("_cert_file", "_key_file")):  # these two go together
            assert why_wrong(name.upper(), declared(info, "example"), given) is None, name
