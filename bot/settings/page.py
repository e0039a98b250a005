"""The page docs/settings.md, from the settings' own declarations."""

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings.declarations import Settings, declared
from bot.settings.sources import FROM_FILES


def _shown_default(info: FieldInfo) -> str:
    if info.is_required():
        return "zorunlu"
    value = info.default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value is None or value == "" or value == frozenset():
        return "boş"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def settings_page() -> str:
    """The page docs/settings.md, in Markdown, from the declarations above."""
    lines = [
        "# Ayarlar",
        "",
        "Ortam değişkenlerinden ya da çalışma klasöründeki `.env` dosyasından okunur; ortam değişkeni önce gelir. "
        + ", ".join(f"`{name}`" for name in FROM_FILES)
        + " bir dosyadan da okunabilir: `BOT_TOKEN_FILE=/run/secrets/bot_token` gibi.",
        "",
        "| Ayar | Ne işe yarar | Birim | Varsayılan | Örnek |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, info in Settings.model_fields.items():
        unit, example = declared(info, "unit") or "-", declared(info, "example")
        lines.append(f"| `{name.upper()}` | {info.description} | {unit} | {_shown_default(info)} | `{example}` |")
    return "\n".join(lines) + "\n"
