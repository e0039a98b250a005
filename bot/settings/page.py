"""The page docs/settings.md and the file .env.example, from the settings' own declarations."""

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


def env_example() -> str:
    """The file .env.example: what is needed is empty, everything else stands there as it is without being written."""
    lines = [
        "# Ayarların örneği. Bunu .env adıyla kopyalayıp doldurun ya da sorularak doldurulsun: devreye init",
        "# .env dosyasını yalnızca botun kullanıcısı okuyabilmeli: chmod 600 .env",
        "# Şunlar bir dosyadan da okunabilir, örneğin BOT_TOKEN_FILE=/run/secrets/bot_token: " + ", ".join(FROM_FILES),
    ]
    for name, info in Settings.model_fields.items():
        unit = declared(info, "unit")
        lines += ["", f"# {info.description}{f' ({unit})' if unit else ''}. Örnek: {declared(info, 'example')}"]
        default = "" if info.is_required() else _written_default(info)
        lines.append(f"{name.upper()}=" if info.is_required() else f"# {name.upper()}={default}")
    return "\n".join(lines) + "\n"


def _written_default(info: FieldInfo) -> str:
    shown = _shown_default(info)
    return "" if shown == "boş" else shown.strip("`")
