"""Whose profile counts, as the directory has it now; and what a turn changed in it, in the turn's own transaction."""

import sqlalchemy as sa

from bot.storage.directory_queries import load_dealer
from bot.storage.link_queries import redeem_invite
from bot.storage.profile_queries import erase_profile, load_profile, save_profile
from conversations.draft import Profile
from conversations.form import Form
from conversations.profiles import following
from conversations.replies import Turn


class InvitationGone(Exception):
    """Somebody else used the invitation in between: the turn has to be held again."""


def profile_of(connection: sa.Connection, form: Form, user_id: int, *, by_invitation: bool) -> Profile | None:
    """The profile of whoever is a dealer now.

    Whoever was invited follows the directory; when that lists the dealer no longer, the tie is gone, and with
    `by_invitation` the profile counts for nothing until another invitation.
    """
    profile = load_profile(connection, user_id)
    if profile is not None and profile.dealer:
        dealer = load_dealer(connection, profile.dealer)
        profile = profile.changed(dealer="", own=frozenset()) if dealer is None else following(form, profile, dealer)
    return None if profile is not None and by_invitation and not profile.dealer else profile


def keep_profile(connection: sa.Connection, user_id: int, turn: Turn, now: float) -> None:
    """Keep what the turn made of the profile. Raises InvitationGone."""
    if turn.redeems and not redeem_invite(connection, turn.redeems, user_id, now):
        raise InvitationGone
    if turn.forgets_profile:
        erase_profile(connection, user_id)
    elif turn.profile is not None:
        save_profile(connection, user_id, turn.profile, now)
