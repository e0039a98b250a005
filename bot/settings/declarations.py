"""Every setting: its name, meaning, unit, example, default and bounds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.licrus import Limits
from bot.settings.checks import (
    api_token,
    database_address,
    is_trial,
    optional_fields,
    passwords_in,
    web_address,
    webhook_secret_text,
    wrong,
)
from bot.settings.sources import ENV_FILE, AnyCase, Files, SettingsError

MASK = "***"


def _setting(text: str, example: str, *, unit: str = "", default: Any = ..., **bounds: Any) -> Any:
    return Field(default, description=text, json_schema_extra={"unit": unit, "example": example}, **bounds)


def declared(info: FieldInfo, key: str) -> str:
    """The `unit` or the `example` of a setting; "" where it has none."""
    extra = info.json_schema_extra
    return str(extra[key]) if isinstance(extra, dict) else ""


class Settings(BaseSettings):
    """What the operator decides. Field names are the settings' names in lower case."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True, frozen=True
    )

    bot_token: Annotated[SecretStr, AfterValidator(api_token)] = _setting(
        "Botun Telegram anahtarı; BotFather verir", "123456789:AAExampleExampleExampleExampleExample"
    )
    licrus_url: Annotated[str, AfterValidator(web_address)] = _setting(
        "Licrus'un adresi, /ExternalCall/Create bölümü olmadan", "https://ornek-api.licrus.com/api"
    )
    licrus_auth_ticket: SecretStr = _setting("Licrus'un verdiği AuthTicket", "aa1c99300ccd452aa518a52aa565xxxx")
    environment: Literal["production", "test"] = _setting(
        "Gerçek kullanım mı (production), deneme mi (test); gerçek kullanımda deneme adresleri kabul edilmez",
        "production",
        default="production",
    )
    bot_api_url: Annotated[str, AfterValidator(web_address)] = _setting(
        "Telegram Bot API sunucusunun adresi", "https://api.telegram.org", default="https://api.telegram.org"
    )
    database_url: Annotated[SecretStr, AfterValidator(database_address)] = _setting(
        "Veritabanı: tek makinede bir SQLite dosyası; birden çok süreç ya da makine için PostgreSQL "
        "(postgresql://KULLANICI:PAROLA@SUNUCU/VERITABANI)",
        "sqlite:////var/lib/devreye/devreye.db",
        default=SecretStr("sqlite:///devreye.db"),
    )
    journal_file: Path | None = _setting(
        "Licrus'a nelerin gönderildiğinin kaydı; veritabanının yedeğiyle birlikte geri yüklenmez. "
        "Boşsa SQLite dosyasının yanında, .journal uzantısıyla durur; PostgreSQL'de çalışma klasöründe devreye.journal",
        "/var/lib/devreye/devreye.journal",
        default=None,
    )
    webhook_url: Annotated[str, AfterValidator(lambda value: web_address(value) if value else value)] = _setting(
        "Telegram'ın mesajları göndereceği adres; boşsa bot mesajları kendisi sorar (long polling)",
        "https://bot.ornek.com/telegram",
        default="",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(webhook_secret_text)] = _setting(
        "Webhook'un gizli anahtarı; Telegram her çağrıda gönderir",
        "kendi-urettiginiz-uzun-anahtar",
        default=SecretStr(""),
    )
    webhook_secret_old: Annotated[SecretStr, AfterValidator(webhook_secret_text)] = _setting(
        "Anahtar değiştirilirken bir süre daha geçerli kalan eski anahtar",
        "bir-onceki-uzun-anahtar",
        default=SecretStr(""),
    )
    webhook_host: str = _setting(
        "Webhook'un bu makinede dinlediği adres; vekil sunucu başka makinedeyse ya da yoksa bu makinenin ağdaki adresi",
        "10.0.0.5",
        default="127.0.0.1",
    )
    webhook_port: int = _setting("Webhook'un bu makinede dinlediği kapı", "8443", default=8443, ge=1, le=65535)
    webhook_cert_file: Path | None = _setting(
        "TLS sertifikası (PEM); TLS'i öndeki vekil sunucu karşılıyorsa boş", "/etc/devreye/cert.pem", default=None
    )
    webhook_key_file: Path | None = _setting(
        "TLS sertifikasının özel anahtarı (PEM)", "/etc/devreye/key.pem", default=None
    )
    monitoring_port: int | None = _setting(
        "/metrics, /healthz ve /readyz adreslerinin dinlendiği kapı; boşsa açılmaz",
        "9464",
        default=None,
        ge=1,
        le=65535,
    )
    monitoring_host: str = _setting(
        "Bu kapının bu makinede dinlediği adres; sayılarda kişisel veri yoktur, yine de dışarıya açılmaz",
        "10.0.0.5",
        default="127.0.0.1",
    )
    rate_per_chat_per_s: float = _setting(
        "Bir sohbete saniyede en çok kaç mesaj gitsin", "1", unit="mesaj/saniye", default=1.0, gt=0, le=1000
    )
    rate_chat_burst: int = _setting(
        "Bir sohbete beklemeden art arda kaç mesaj gidebilsin", "3", unit="mesaj", default=3, ge=1, le=1000
    )
    rate_per_s: float = _setting(
        "Bütün sohbetlere birlikte saniyede en çok kaç mesaj gitsin",
        "25",
        unit="mesaj/saniye",
        default=25.0,
        ge=1,
        le=10_000,
    )
    updates_per_minute: int = _setting(
        "Bir kişinin dakikada en çok kaç mesajı işlensin; fazlası bir kez söylenir ve işlenmez",
        "30",
        unit="mesaj/dakika",
        default=30,
        ge=1,
        le=1_000_000,
    )
    operators_chat_id: int | None = _setting(
        "Servis ofisinin Telegram grubunun numarası; boşsa ofise mesaj gitmez", "-1001234567890", default=None
    )
    required_fields: Annotated[frozenset[str], NoDecode] = _setting(
        "Atlanabilen alanlardan hangileri zorunlu olsun; virgülle ayrılır",
        "CustomerEmail,DealerEmail",
        default=frozenset(),
    )
    turkish_place_names: bool = _setting(
        "İl ve ilçe Licrus'a Türkçe harflerle mi gitsin (İstanbul), düz harflerle mi (Istanbul)", "false", default=False
    )
    licrus_site_url: Annotated[str, AfterValidator(lambda value: web_address(value) if value else value)] = _setting(
        "Licrus'un illeri, ilçeleri ve ürün gruplarını söyleyen sitesi, /external bölümü olmadan; "
        "devreye places check ve devreye catalogue sync oraya sorar. Boşsa sorulmaz",
        "https://ornek.licrus.com",
        default="",
    )
    licrus_place_names: bool = _setting(
        "İl ve ilçe, devreye places check --save ile alınan, Licrus'un kendi yazımıyla mı gitsin; "
        "orada bulunamayan adlar eskisi gibi gider",
        "true",
        default=False,
    )
    support_contact: str = _setting("Kişilere verilen iletişim bilgisi", "0850 123 45 67", default="", max_length=200)
    notice_url: Annotated[str, AfterValidator(lambda value: web_address(value) if value else value)] = _setting(
        "Aydınlatma Metni'nin adresi", "https://www.ornek.com/aydinlatma", default=""
    )
    notice_version: str = _setting(
        "Aydınlatma Metni'nin sürümü; değişince metin herkese yeniden gösterilir", "2026-12", default="1", max_length=40
    )
    next_steps: str = _setting(
        "Çağrı açıldıktan sonra ne olacağını anlatan cümle",
        "Servisimiz randevu için sizi arayacak.",
        default="",
        max_length=500,
    )
    licrus_parallel_calls: int = _setting(
        "Licrus'a aynı anda en çok kaç talep gitsin", "2", unit="adet", default=2, ge=1, le=20
    )
    licrus_connect_timeout_s: float = _setting(
        "Licrus'a bağlanmak için en uzun süre", "10", unit="saniye", default=10.0, gt=0, le=60
    )
    licrus_read_timeout_s: float = _setting(
        "Licrus'un yanıtında iki parça arasındaki en uzun süre", "45", unit="saniye", default=45.0, gt=0, le=300
    )
    licrus_total_timeout_s: float = _setting(
        "Licrus'la bir alışverişin en uzun süresi", "75", unit="saniye", default=75.0, gt=0, le=600
    )
    self_declared_dealers: bool = _setting(
        "Bayi olduğunu söyleyen herkes bayi sayılsın mı; hayırsa yalnızca davet bağlantısıyla gelenler",
        "false",
        default=True,
    )
    invites_valid_days: int = _setting(
        "Bir kişiyi bayi yapan davet bağlantısının geçerli olduğu süre", "7", unit="gün", default=7, ge=1, le=365
    )
    remind_after_hours: int = _setting(
        "Yarım kalan bir talep bu kadar sonra bir kez hatırlatılsın, 09.00-21.00 arasında (0: hatırlatılmasın)",
        "24",
        unit="saat",
        default=24,
        ge=0,
        le=720,
    )
    drafts_kept_days: int = _setting(
        "Dokunulmayan yarım taleplerin saklandığı süre", "30", unit="gün", default=30, ge=1, le=3650
    )
    requests_kept_days: int = _setting(
        "Sonuçlanan taleplerdeki kişisel bilgilerin saklandığı süre; sonra silinir, çağrı numarası ve sayımlar kalır",
        "730",
        unit="gün",
        default=730,
        ge=1,
        le=3650,
    )
    people_kept_days: int = _setting(
        "Talebi kalmayan bir kişinin profilinin ve tercihlerinin saklandığı süre",
        "730",
        unit="gün",
        default=730,
        ge=30,
        le=3650,
    )
    proofs_kept_days: int = _setting(
        "Aydınlatma Metni'nin gösterildiğine ve verilerin silindiğine ilişkin kayıtların saklandığı süre; "
        "silme kayıtları mevzuata göre en az üç yıl saklanır",
        "3650",
        unit="gün",
        default=3650,
        ge=1096,
        le=7300,
    )

    def __init__(self, **values: Any) -> None:
        """From the sources; `values`, named like the settings or the fields, stand above them."""
        super().__init__(**values)

    @field_validator("required_fields", mode="before")
    @classmethod
    def _known_fields(cls, value: Any) -> Any:
        return optional_fields(value)

    @field_validator("licrus_auth_ticket")
    @classmethod
    def _ticket(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().strip():
            raise wrong("boş olamaz")
        return value

    @field_validator("licrus_url", "bot_api_url")
    @classmethod
    def _ends_before_the_method(cls, value: str, info: ValidationInfo) -> str:
        if value.lower().endswith("/externalcall/create"):
            raise wrong("/ExternalCall/Create bölümü olmadan yazılmalı")
        return value

    @model_validator(mode="after")
    def _no_tests_in_production(self) -> "Settings":
        if self.environment == "production":
            for name, url in (
                ("LICRUS_URL", self.licrus_url),
                ("LICRUS_SITE_URL", self.licrus_site_url),
                ("BOT_API_URL", self.bot_api_url),
            ):
                if is_trial(name, url):
                    raise wrong(
                        f"{name} bir deneme adresi gösteriyor, ENVIRONMENT ise production. "
                        f"Gerçek adresi yazın ya da denemek için ENVIRONMENT=test deyin"
                    )
                if name.startswith("LICRUS") and url and not url.startswith("https://"):
                    raise wrong(f"{name} gerçek kullanımda https:// ile başlamalı; yoksa AuthTicket açıkta gider")
        return self

    @model_validator(mode="after")
    def _webhook_is_guarded(self) -> "Settings":
        if not self.webhook_url:
            return self
        if not self.webhook_secret.get_secret_value():
            raise wrong(
                "WEBHOOK_URL yazılıysa WEBHOOK_SECRET de gerekir; yoksa herkes bota mesaj gönderebilir. "
                "Örnek: WEBHOOK_SECRET=kendi-urettiginiz-uzun-anahtar"
            )
        if (self.webhook_cert_file is None) != (self.webhook_key_file is None):
            raise wrong("WEBHOOK_CERT_FILE ve WEBHOOK_KEY_FILE birlikte yazılmalı ya da ikisi de boş kalmalı")
        if self.environment == "production" and not self.webhook_url.startswith("https://"):
            raise wrong("WEBHOOK_URL gerçek kullanımda https:// ile başlamalı; Telegram başkasını kabul etmez")
        return self

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets that are good now, the newest first."""
        both = (self.webhook_secret, self.webhook_secret_old)
        return tuple(secret.get_secret_value() for secret in both if secret.get_secret_value())

    @property
    def database_path(self) -> Path | None:
        """The SQLite file; None where the database is a server's."""
        url = self.database_url.get_secret_value()
        return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None

    @property
    def journal_path(self) -> Path:
        """The send journal."""
        beside = self.database_path or Path("devreye.db")
        return self.journal_file or beside.with_suffix(".journal")

    @property
    def erasures_path(self) -> Path:
        """What was erased of people, beside the send journal, and like it no part of a restore."""
        return self.journal_path.with_suffix(".erasures")

    @property
    def data_folder(self) -> Path:
        """The folder that has to have room: that of the SQLite file, or else the send journal's."""
        return (self.database_path or self.journal_path).absolute().parent

    @property
    def licrus_limits(self) -> Limits:
        """The bounds of one exchange with Licrus."""
        return Limits(
            connect_seconds=self.licrus_connect_timeout_s,
            read_seconds=self.licrus_read_timeout_s,
            total_seconds=self.licrus_total_timeout_s,
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may stand in no log line."""
        found: list[str] = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                secret = value.get_secret_value()
                # The address of the database is none, but for the password that may stand in it.
                found += passwords_in(secret) if name == "database_url" else [secret]
        return tuple(secret for secret in found if secret)

    def shown(self) -> list[str]:
        """The settings that somebody wrote, as NAME=value, with every secret masked."""
        return [f"{name.upper()}={_masked(name, getattr(self, name))}" for name in sorted(self.model_fields_set)]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given by hand, then the environment, then files named there or in `.env`, then `.env`."""
        env_file = getattr(dotenv_settings, "env_file", None)
        return (
            AnyCase(settings_cls, init_settings),
            env_settings,
            Files(settings_cls, env_file),
            dotenv_settings,
        )


def load_settings(env_file: str | Path | None = ENV_FILE, **values: Any) -> Settings:
    """The settings; `values` stand above everything else. Raises SettingsError."""
    try:
        return Settings(_env_file=env_file, **values)
    except ValidationError as error:
        raise SettingsError([_sentence(detail) for detail in _details(error)]) from None
    except (OSError, UnicodeDecodeError):
        sentence = f"{env_file} dosyası okunamadı; okunabilir ve UTF-8 olmalı. Örnek: LICRUS_URL=https://ornek/api"
        raise SettingsError([sentence]) from None


def why_wrong(name: str, value: str, given: Mapping[str, str]) -> str | None:
    """What is wrong with this value of a setting beside those `given`; None if nothing is. Names as the settings'.

    What the environment says counts too; what else is still missing does not.
    """
    try:
        Settings(_env_file=None, **(_examples() | dict(given) | {name: value}))
    except ValidationError as error:
        for detail in _details(error):
            if not detail["loc"] or str(detail["loc"][0]).upper() == name:
                return _sentence(detail)
    return None


def _examples() -> dict[str, str]:
    return {
        name.upper(): declared(info, "example") for name, info in Settings.model_fields.items() if info.is_required()
    }


def _details(error: ValidationError) -> list[Any]:
    return list(error.errors(include_input=False, include_url=False))


def _sentence(detail: Any) -> str:
    if not detail["loc"]:
        return f"{detail['msg']}."
    name = str(detail["loc"][0])
    info = Settings.model_fields[name]
    shown = f"{name.upper()}={declared(info, 'example')}"
    if detail["type"] == "missing":
        return f"{name.upper()} ayarı eksik: {info.description}. Örnek: {shown}"
    why = detail["msg"] if detail["type"] == "setting" else "değeri okunamadı ya da sınırların dışında"
    return f"{name.upper()} ayarı doğru değil: {why}. Örnek: {shown}"


def _masked(name: str, value: Any) -> str:
    if not isinstance(value, SecretStr):
        return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)
    text = value.get_secret_value()
    if name != "database_url":
        return MASK if text else ""
    for password in sorted(passwords_in(text), key=len, reverse=True):
        text = text.replace(password, MASK)
    return text
