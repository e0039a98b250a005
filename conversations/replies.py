"""What the bot can say: messages of words and buttons, named by ids. A channel renders and sends them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from conversations.draft import Draft, Profile
from conversations.words import Words


@dataclass(frozen=True, slots=True)
class Button:
    """A button. On a reply keyboard its text is what the person types; inline, `action` and `argument` come back.

    `draft_id` is the draft it belongs to, where that is not its message's. `request` asks the messenger for the
    person's own contact, or where the person is. `copies` is put into the clipboard.
    """

    label: Words | str
    action: str = ""
    argument: str = ""
    style: Literal["success", "danger"] | None = None
    request: Literal["contact", "location"] | None = None
    copies: str | None = None
    draft_id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: paragraphs, each on a line of its own, and one keyboard.

    `surface`: "reply" is the one-time keyboard under the input, "inline" hangs under the message, "none" takes a reply
    keyboard away, "kept" leaves it where it is, "ask" opens a reply to this message for whoever it names. `edits` is
    the earlier message of ours that this text replaces where that is still possible. `must_arrive`: sent until the
    messenger confirms it. `draft_id` and `revision` go into inline buttons.
    `kind` lets an outbox replace an unsent question by a newer one, and drop a reminder that came too late.
    `document` is an empty sheet that is handed out with the text below it, or what is kept of whoever reads it.
    `kept`: what was sent is looked up for a while; a message that is not kept leaves nothing behind.
    `card` is the code of a request: what is sent is how it stands by then, in the message that already shows it where
    there is one.
    """

    paragraphs: tuple[Words, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    surface: Literal["reply", "inline", "none", "kept", "ask"] = "none"
    placeholder: Words | None = None
    edits: int | None = None
    must_arrive: bool = False
    draft_id: str = ""
    revision: int = 0
    kind: Literal["question", "summary", "result", "notice", "reminder"] = "notice"
    document: Literal["dealers", "catalogue", "my-data"] | None = None
    kept: bool = True
    card: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """The frozen request: exactly these 17 fields go to Licrus. `key` is unique for draft and revision."""

    draft_id: str
    revision: int
    code: str
    body: Mapping[str, str | int] = field(repr=False)

    @property
    def key(self) -> str:
        return f"{self.draft_id}:{self.revision}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a turn has to know first and only the database can tell: the turn is held again with it in `Context.found`.

    "serials": which of these serial numbers were submitted before. "link": what the code of a /start link stands for.
    "drafts": the person's open drafts. "calls": their last requests. "draft": one draft of theirs, open or not.
    "stored": all that is kept of them.
    """

    kind: Literal["serials", "link", "drafts", "calls", "draft", "stored"]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForOffice:
    """A message for the operators' chat, about the help under this code.

    `said_at` is the second since 1970 at which the person wrote it. `closes`: with it the help is over.
    """

    code: str
    message: Message
    said_at: int = 0
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn came to: the draft to keep (None: nothing is open), what is said, and what to send to Licrus.

    `language` is set where the person chose one. `toast` is shown over a tap's button, best effort.
    `office` is what the operators are told; `asking_help`: the next text is for them.
    `parks`: the open draft that it began without is put aside, not given up.
    `reminders`: whether the person wants to be reminded of drafts from now on; None leaves it as it was.
    `profile` is the one to keep from now on, if it changed; `forgets_profile` erases it. `redeems` is the invitation
    that is used up. `erases`: all that is kept of the person goes.
    """

    draft: Draft | None
    messages: tuple[Message, ...]
    submit: Submit | None = None
    language: str | None = None
    toast: Words | None = None
    parks: bool = False
    reminders: bool | None = None
    profile: Profile | None = None
    forgets_profile: bool = False
    redeems: str = ""
    erases: bool = False
    office: ForOffice | None = None
    asking_help: bool = False
