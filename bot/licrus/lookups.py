"""The public look-ups beside ExternalCall/Create: provinces, districts and product groups as Licrus spells them.

They are known from the vendor's public pages only, so nothing rests on them: they are asked by hand, change nothing
at Licrus, and one that fails is simply told.
"""

import json
from dataclasses import dataclass, field

import httpx
from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr, ValidationError

from bot.licrus.client import ExchangeFailed, Limits, ask
from bot.licrus.models import CallMessage
from bot.licrus.outcomes import READ_STATUSES, REASON_CHARACTERS
from conversations.letters import one_line

MOST_ENTRIES = 5000
LONGEST_NAME = 200
UNKNOWN_PLACE = "BILINMEYEN"
"""What stands among the provinces for a place that is not known."""


class LookupFailed(Exception):
    """Licrus gave no list. `why` is a word for it, `said` the sentence of a refusal, without the ticket."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.said = said


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: Licrus's own number for it, and its name letter by letter."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where Licrus answers look-ups: the tenant's site, without `/external/WebSite`."""

    url: str
    ticket: str = field(repr=False)
    limits: Limits = field(default_factory=Limits)
    transport: httpx.AsyncBaseTransport | None = None


class _Named(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    Id: StrictInt
    Name: StrictStr


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    HasError: StrictBool
    Results: tuple[_Named, ...] | None = None
    MessageList: tuple[CallMessage, ...] | None = None


async def cities(site: Site) -> tuple[Entry, ...]:
    """The provinces, without the one that stands for an unknown place. Raises LookupFailed."""
    return tuple(entry for entry in await _list(site, "GetCities") if entry.name != UNKNOWN_PLACE)


async def districts(site: Site, city: Entry) -> tuple[Entry, ...]:
    """The districts of a province. Raises LookupFailed."""
    return tuple(entry for entry in await _list(site, "GetDistricts", CityId=city.id) if entry.name != UNKNOWN_PLACE)


async def product_groups(site: Site) -> tuple[Entry, ...]:
    """The product groups. Raises LookupFailed."""
    return await _list(site, "GetProductGroups")


async def _list(site: Site, method: str, **more: int) -> tuple[Entry, ...]:
    content = json.dumps({"AuthTicket": site.ticket, **more}, ensure_ascii=False).encode()
    url = f"{site.url.rstrip('/')}/external/WebSite/{method}"
    try:
        status, body = await ask(url, content, site.limits, site.transport)
    except ExchangeFailed as error:
        raise LookupFailed(error.why) from None
    if status not in READ_STATUSES:
        raise LookupFailed(f"status_{status}")
    try:
        answer = _Answer.model_validate_json(body.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError:
        raise LookupFailed("unreadable_body") from None
    if answer.HasError:
        said = " ".join(message.Message for message in answer.MessageList or () if message.Message)
        raise LookupFailed("refused", one_line(said).replace(site.ticket, "***")[:REASON_CHARACTERS])
    found = answer.Results or ()
    if not found or len(found) > MOST_ENTRIES:
        raise LookupFailed("no_list")
    if any(not _is_a_name(entry.Name) for entry in found):
        raise LookupFailed("unreadable_name")
    return tuple(Entry(entry.Id, entry.Name) for entry in found)


def _is_a_name(text: str) -> bool:
    """Whether it may be sent as it is: one line, with nothing that can't be seen, and not too long."""
    return 0 < len(text) <= LONGEST_NAME and text.isprintable() and text.strip() != ""
