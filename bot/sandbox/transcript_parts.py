"""What a written conversation consists of: who acts, what they do, what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ThingSent = Literal["sticker", "voice", "video", "document"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever acts. `phone` is in E.164."""

    name: str
    phone: str
    language: str = "tr"
    operator: Literal["", "named", "anonymous", "gone"] = ""
    """In which manner they speak in the operators' group; "" for somebody in a private chat."""


@dataclass(frozen=True, slots=True)
class Type:
    """`at_once`: in the same second as the message before it; `replies`: to the bot's newest message."""

    text: str
    at_once: bool = False
    replies: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Nothing is done: what came meanwhile is read."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A link of this dealer's: that of the sticker, or of an invitation, opened; or the sticker photographed."""

    company: str
    what: Literal["sticker", "photo", "invitation"] = "sticker"


@dataclass(frozen=True, slots=True)
class Press:
    """`with_whom` is the member of the operators' group who taps the same button in the same moment."""

    label: str
    old: bool = False
    twice: bool = False
    with_whom: str = ""


@dataclass(frozen=True, slots=True)
class Amend:
    """An edit of one's own earlier message."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShareContact:
    """`card` is None for one's own number. `vcard` comes with it."""

    card: Person | None = None
    vcard: str = ""


@dataclass(frozen=True, slots=True)
class ShareLocation:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Send:
    thing: ThingSent


@dataclass(frozen=True, slots=True)
class Photograph:
    """Photos of labels, several as an album; each is the codes on it. `file` is the name of one sent as a file."""

    labels: tuple[tuple[str, ...], ...]
    file: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SendFile:
    """A file of text by its name."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is the sandbox's name for how the next call goes wrong."""

    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Restart:
    """`days_later`: at ten in the morning, two days later."""

    days_later: bool = False


@dataclass(frozen=True, slots=True)
class Redeliver:
    new_update_id: bool


Action = (
    Type
    | Look
    | Scan
    | Press
    | Amend
    | ShareContact
    | ShareLocation
    | Send
    | Photograph
    | SendFile
    | Fault
    | Restart
    | Redeliver
)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the bot's, as written or as seen. `rows` are the labels of its keyboard."""

    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    manner: Literal["new", "edited", "toast"] = "new"

    def written(self) -> str:
        """The message as a transcript shows it."""
        sign = {"new": "", "edited": "(düzenlendi) ", "toast": "(bildirim) "}[self.manner]
        rows = [" ".join(f"[{label}]" for label in row) for row in self.rows]
        lines = [*f"🤖 {sign}{self.text}".splitlines(), *rows]
        return "\n".join(line.rstrip() for line in lines)


@dataclass(frozen=True, slots=True)
class Received:
    """What Licrus must have received last: all of `fields` and, unless `partial`, nothing else."""

    fields: Mapping[str, Any]
    partial: bool


@dataclass(frozen=True, slots=True)
class Total:
    calls: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """One action, and all that must come of it before the next. `line` is where the action stands in the file."""

    line: int
    person: Person
    action: Action
    written: str
    said: tuple[Said, ...] = ()
    licrus: tuple[Received | Total, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """What the office imported before: products as name and group, dealers as the five things known of each."""

    products: tuple[tuple[str, ...], ...] = ()
    dealers: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    name: str
    exchanges: tuple[Exchange, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    office: Office = Office()
