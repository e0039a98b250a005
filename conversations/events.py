"""What a person can do, as the engine sees it: nothing of Telegram's is left but message ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from conversations.answers.codes import Code
from conversations.directory import Link
from conversations.draft import Draft, Profile
from conversations.replies import Lookup


@dataclass(frozen=True, slots=True)
class Text:
    """A typed message. `choice` is the id of the button text it equals to the letter, whether that was tapped or typed.

    `option` is the position of the pending option whose button text it equals. `date` is the second since 1970 at which
    it was sent, 0 where nobody says. `to_office`: it is a reply to an answer of the service office.
    """

    text: str
    message_id: int
    choice: str | None = None
    option: int | None = None
    date: int = 0
    to_office: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    """An inline button. `message_id` is the message it hangs under, which an answer may change."""

    draft_id: str
    revision: int
    action: str
    argument: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared contact; `own` only if it is the sender's, as Telegram vouches by the user id.

    `card` is the vCard that came with it, "" where there was none.
    """

    phone: str
    name: str
    own: bool
    message_id: int
    card: str = ""


@dataclass(frozen=True, slots=True)
class CardFile:
    """The text of a file that holds contact cards (vCard)."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Location:
    """A place on the map, in degrees. A live one counts where it began: its moves are no events."""

    latitude: float
    longitude: float
    message_id: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """A picture or a card that is still to be fetched and read: what is in it comes as an event of its own."""

    kind: Literal["picture", "card"]


@dataclass(frozen=True, slots=True)
class Codes:
    """What was read in the pictures of one message, or of one album; no codes where none could be found.

    `caption` is what the person wrote under them.
    """

    codes: tuple[Code, ...]
    message_id: int
    pictures: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A file that came and can't be read: too big, not given by the messenger, one too many, or no picture at all."""

    kind: Literal["picture", "card"]
    reason: Literal["too-big", "unreachable", "too-many", "not-a-picture"]


@dataclass(frozen=True, slots=True)
class Edit:
    """An earlier message of the person's that now reads differently."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command without its slash, lower case. `argument` is what stood behind it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Anything that holds no answer: `kind` is one of video, voice, document, sticker, other."""

    kind: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the request with this code. `reason` is Licrus's own sentence where it refused."""

    state: Literal["queued", "created", "refused", "unknown", "unreachable", "held"]
    code: str
    call_number: str = ""
    reason: str = ""
    draft_id: str = field(default="", compare=False)
    """The draft it was made of, while that is kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An earlier request with the same serial number: by the same person (`own`), and when ("12.11.2026").

    `call_number` is "" as long as there is none.
    """

    call_number: str
    date: str
    own: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """An open draft, and for how many days nobody has touched it."""

    draft: Draft
    days: int


@dataclass(frozen=True, slots=True)
class Call:
    """An earlier request: what became of it, its customer ("" once erased), when ("12.11.2026").

    `settled.draft_id` is "" once the draft is erased.
    """

    settled: Settled
    customer: str
    date: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that was sent: its fields as the person may read them, and when it was made ("12.11.2026")."""

    settled: Settled
    date: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of a person: the newest open drafts and requests whole, and how many there are of everything.

    `notices`: the versions of the privacy notice that were shown, each with when ("12.11.2026 14:05"). `waiting`: the
    codes of requests that are still to be settled. `help`: how often the service office was asked. `seal` changes with
    everything that would be erased.
    """

    user_id: int
    seal: str
    notices: tuple[tuple[str, str], ...] = ()
    profile: Profile | None = None
    drafts: tuple[Draft, ...] = ()
    drafts_count: int = 0
    closed_drafts: int = 0
    requests: tuple[Sent, ...] = ()
    requests_count: int = 0
    waiting: tuple[str, ...] = ()
    help: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the chat itself is kept."""
        counts = (self.drafts_count, self.closed_drafts, self.requests_count, self.help)
        return self.profile is None and not any(counts)


Found = Mapping[str, Seen] | Link | tuple[Listed, ...] | tuple[Call, ...] | Draft | Stored | None
"""What a lookup comes to, by its kind."""

Event = Text | Tap | Contact | CardFile | Location | Arrived | Codes | Unfetched | Edit | Command | Other | Settled


@dataclass(frozen=True, slots=True)
class Help:
    """How the person stands with the service office. `available`: there is an operators' chat.

    `code` is that of the help that is open (`is_open`), or an unused one. `asking`: the next text is for the office.
    `said_at` is the second at which the last one was sent, `left` how many more may follow today.
    """

    available: bool = False
    code: str = ""
    is_open: bool = False
    asking: bool = False
    said_at: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What a turn may know of the world: the person, the settings, fresh random names, and the chat's last request.

    `edited_request` is the one that the message which was edited now had a part in, if that was sent.
    `required` are optional fields that a setting requires. `contact`, `notice_url` and `next_steps` are the brand's own
    texts, "" where there is none; the notice's also once it was shown. `fresh_draft_id` and `fresh_code` are unused
    ones, for whatever this turn begins.
    `found` holds the answers to what the turn had to look up: each serial number that was submitted before, by itself;
    what stands behind a link's code, None where it is good for nothing. `profile` is the dealer's, if this is one.
    `dealers_by_invitation`: nobody becomes a dealer by saying so. `parked` counts the drafts put aside; `at` is the
    open draft that the chat is at, where a tap names another one. `bot` is the bot's own username, "" while unknown.
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
    profile: Profile | None = None
    dealers_by_invitation: bool = False
    help: Help = field(default_factory=Help)
    parked: int = 0
    at: Draft | None = None
    bot: str = ""
    edited_request: Settled | None = None
    found: Mapping[Lookup, Found] = field(default_factory=dict)

    @property
    def last_draft(self) -> str:
        """The draft of the chat's last request, "" where there is none."""
        return self.last_request.draft_id if self.last_request is not None else ""
