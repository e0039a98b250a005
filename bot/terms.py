"""What the settings say about the conversation."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.forms import Forms
from bot.lookups import Take
from bot.settings import Settings
from conversations.form import Form
from conversations.turn import take_turn


@dataclass(frozen=True, slots=True)
class Terms:
    """What the settings say about the conversation. `turn` is the engine; tests of the intake bring a small one.

    `updates_per_minute`: how many one person may bring; None for any number.
    """

    form: Form | Forms
    required: frozenset[str] = frozenset()
    contact: str = ""
    notice_url: str = ""
    notice_version: str = "1"
    next_steps: str = ""
    operators_chat_id: int | None = None
    bot_username: str = ""
    bot_id: int = 0
    updates_per_minute: int | None = None
    dealers_by_invitation: bool = False
    invites_valid_days: int = 7
    turn: Take = take_turn

    def form_now(self, connection: sa.Connection) -> Form:
        """The form as of this transaction; the same always, where it was given as it is."""
        return self.form.now(connection) if isinstance(self.form, Forms) else self.form


def terms_of(settings: Settings, bot_username: str = "") -> Terms:
    """The terms by these settings. Only what leads people to the bot needs its username."""
    return Terms(
        form=Forms(turkish_place_names=settings.turkish_place_names, licrus_place_names=settings.licrus_place_names),
        required=settings.required_fields,
        contact=settings.support_contact,
        notice_url=settings.notice_url,
        notice_version=settings.notice_version,
        next_steps=settings.next_steps,
        operators_chat_id=settings.operators_chat_id,
        bot_username=bot_username,
        bot_id=int(settings.bot_token.get_secret_value().partition(":")[0]),
        updates_per_minute=settings.updates_per_minute,
        dealers_by_invitation=not settings.self_declared_dealers,
        invites_valid_days=settings.invites_valid_days,
    )
