"""Where settings come from: what is given by hand, the environment, files named there or in `.env`, `.env`."""

import os
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

ENV_FILE = ".env"
FROM_FILES = ("BOT_TOKEN", "LICRUS_AUTH_TICKET", "DATABASE_URL", "WEBHOOK_SECRET", "WEBHOOK_SECRET_OLD")


class SettingsError(Exception):
    """Settings that are missing or wrong: one sentence for each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class AnyCase(PydanticBaseSettingsSource):
    """What is given by hand may be named like the settings (BOT_TOKEN) or like the fields (bot_token)."""

    def __init__(self, settings_cls: type[BaseSettings], given: PydanticBaseSettingsSource) -> None:
        super().__init__(settings_cls)
        self._given = given

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Not used: all values come at once."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """The values by field name."""
        return {name.lower(): value for name, value in self._given().items()}


class Files(PydanticBaseSettingsSource):
    """The secrets whose `NAME_FILE` names a file, without the line break at its end."""

    def __init__(self, settings_cls: type[BaseSettings], env_file: Any) -> None:
        super().__init__(settings_cls)
        self._named: dict[str, str | None] = {**(dotenv_values(env_file) if env_file else {}), **os.environ}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The file's text; a file that can't be read stops the start."""
        name = field_name.upper()
        path = self._named.get(f"{name}_FILE") if name in FROM_FILES else None
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError):
            sentence = f"{name}_FILE ayarının gösterdiği dosya okunamadı. Örnek: {name}_FILE=/run/secrets/{field_name}"
            raise SettingsError([sentence]) from None

    def __call__(self) -> dict[str, Any]:
        """The values by field name."""
        found = {name: self.get_field_value(info, name)[0] for name, info in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value}
