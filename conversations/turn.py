"""One turn of the conversation, pure: a draft and what the person did give the next draft and what the bot says."""

from dataclasses import dataclass

from conversations.draft import Draft
from conversations.events import Event, Settled
from conversations.form import Form
from conversations.replies import Message, Submit
from conversations.words import Words


@dataclass(frozen=True, slots=True)
class Context:
    """What a turn may know of the world: the person, the settings, fresh random names, and the chat's last request.

    `required` are optional fields that a setting requires. `contact`, `notice_url` and `next_steps` are the brand's own
    texts, "" where there is none. `fresh_draft_id` and `fresh_code` are unused ones, for whatever this turn begins.
    """

    first_name: str = ""
    last_name: str = ""
    required: frozenset[str] = frozenset()
    contact: str = ""
    notice_url: str = ""
    next_steps: str = ""
    fresh_draft_id: str = ""
    fresh_code: str = ""
    last_request: Settled | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn came to: the draft to keep (None: nothing is open), what is said, and what to send to Licrus.

    `language` is set where the person chose one. `toast` is shown over a tap's button, best effort.
    """

    draft: Draft | None
    messages: tuple[Message, ...]
    submit: Submit | None = None
    language: str | None = None
    toast: Words | None = None


def take_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
    """The draft after this event and what the bot says to it; never an exception for anything a person can do."""
    raise NotImplementedError
