"""The bodies that the control API takes. Anything else is refused with 400."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# MESSAGE_ID etc. stay far below what a JSON number can hold safely.
MessageId = Annotated[int, Field(ge=1, le=2**31)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=128)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)]
ShortText = Annotated[str, StringConstraints(max_length=500)]


class ControlRequest(BaseModel):
    """What all of them share: unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid")


class PersonRequest(ControlRequest):
    name: Name
    phone: Phone = "+905301231212"
    language_code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)?$")] = "tr"


class GroupRequest(ControlRequest):
    title: Name
    name: Name
    status: Literal["creator", "administrator", "member", "left", "kicked"] = "member"
    anonymous: bool = False


class TextRequest(ControlRequest):
    text: Annotated[str, StringConstraints(max_length=100_000)]
    reply_to: MessageId | None = None


class PauseRequest(ControlRequest):
    seconds: Annotated[int, Field(ge=0, le=10 * 24 * 3600)]


class EditRequest(ControlRequest):
    message_id: MessageId
    text: Annotated[str, StringConstraints(max_length=100_000)]


class PlaceRequest(ControlRequest):
    """A button by its place on the keyboard, both counted from 0."""

    row: Annotated[int, Field(ge=0, le=1000)] | None = None
    column: Annotated[int, Field(ge=0, le=1000)] | None = None

    def place(self) -> tuple[int, int] | None:
        return None if self.row is None else (self.row, self.column or 0)


class PressRequest(PlaceRequest):
    message_id: MessageId
    callback_data: str | None = None
    member_id: int | None = None


class PressReplyRequest(PlaceRequest):
    text: str | None = None


class ContactRequest(ControlRequest):
    phone: Phone = ""
    first_name: Annotated[str, StringConstraints(max_length=128)] = ""
    last_name: Annotated[str, StringConstraints(max_length=128)] = ""
    vcard: Annotated[str, StringConstraints(max_length=2048)] = ""
    own: bool = False


class LabelRequest(ControlRequest):
    """The codes on a drawn label, as a transcript writes them."""

    codes: Annotated[list[Annotated[str, StringConstraints(max_length=2000)]], Field(max_length=10)] = []


class DealerRequest(ControlRequest):
    """A dealer by the company's name."""

    dealer: Name


class LocationRequest(ControlRequest):
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class ResendRequest(ControlRequest):
    new_update_id: bool = False


class FaultRequest(ControlRequest):
    kind: str
    times: Annotated[int, Field(ge=1, le=1000)] = 1
    reason: ShortText = ""
    carried_out: bool | None = None  # None: as the kind says
    status: Annotated[int, Field(ge=200, le=599)] = 503
    retry_after: Annotated[int, Field(ge=0, le=3600)] = 1
    drip_seconds: Annotated[float, Field(ge=0, le=60)] = 0.2


class LimitRequest(ControlRequest):
    retry_after: Annotated[int, Field(ge=0, le=3600)]
    times: Annotated[int, Field(ge=0, le=1000)] = 1
