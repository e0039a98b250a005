"""The settings: from the environment, from `.env`, secrets also from files. Each declares its meaning and an example.

A wrong setting stops the start with one sentence that names it; no sentence repeats a value.
"""

from bot.settings.declarations import Settings, load_settings
from bot.settings.sources import SettingsError

__all__ = ["Settings", "SettingsError", "load_settings"]
