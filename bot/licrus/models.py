"""The body of ExternalCall/Create and its answer, named and ordered as in LICRUS.md.

The request is strict, because what was confirmed is what is sent; the answer is lenient, because it is not ours.
"""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, StringConstraints

# Ten digits (Turkish numbers), seven for 444, E.164 for foreign ones.
_PHONE = re.compile(r"[0-9]{10}|444[0-9]{4}|\+[0-9]{7,15}")
_SERIALS = re.compile(r"[^\s,]+(,[^\s,]+)*")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def _plain(text: str) -> str:
    if any(letter in _BIDI or unicodedata.category(letter) in _FORBIDDEN_CATEGORIES for letter in text):
        raise ValueError("no control, line break or direction characters are allowed")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise ValueError("must be ten digits, seven digits beginning with 444, or + with 7 to 15 digits")
    return text


def _phone_or_empty(text: str) -> str:
    return _phone(text) if text else text


def _serials(text: str) -> str:
    if not _SERIALS.fullmatch(text):
        raise ValueError("must be serial numbers separated by single commas, without spaces")
    return text


_Short = Annotated[StrictStr, StringConstraints(max_length=300), AfterValidator(_plain)]
_Long = Annotated[StrictStr, StringConstraints(max_length=4000), AfterValidator(_plain)]
_Text = Annotated[_Short, AfterValidator(_not_blank)]
_LongText = Annotated[_Long, AfterValidator(_not_blank)]
_Phone = Annotated[_Short, AfterValidator(_phone)]
_OptionalPhone = Annotated[_Short, AfterValidator(_phone_or_empty)]
_Serials = Annotated[_Long, AfterValidator(_serials)]


class CallRequest(BaseModel):
    """The 17 fields of a call, in the order in which Licrus shows them. The client adds the AuthTicket when it sends.

    "" stands for an answer that was passed; which fields may be passed follows the form (a customer may know only
    the dealer's company). Errors never show what was typed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    DealerCompanyName: _Text
    DealerContactPerson: _Short
    DealerMobilePhone: _OptionalPhone
    DealerWorkPhone: _OptionalPhone
    DealerEmail: _Short
    CustomerCompanyName: _Short
    CustomerFullName: _Text
    CustomerMobilePhone: _Phone
    CustomerWorkPhone: _OptionalPhone
    CustomerEmail: _Short
    CustomerCity: _Text
    CustomerDistrict: _Text
    CustomerAddress: _LongText
    ProductNameList: _LongText
    ProductGroupName: _Text
    ProductSerialNumberList: _Serials
    DeviceCount: Annotated[StrictInt, Field(ge=1, le=9999)]


class CallMessage(BaseModel):
    """One sentence of an answer. Only Type 2 is known, so nothing is decided by it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    Type: Any = None
    Message: StrictStr | None = None


class CallAnswer(BaseModel):
    """What is read of an answer: HasError must be a real boolean, everything else may be missing."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    HasError: StrictBool
    MessageList: tuple[CallMessage, ...] | None = None

    @property
    def text(self) -> str:
        """All sentences of the answer, each once, one per line; "" where there are none."""
        return "\n".join(dict.fromkeys(message.Message for message in self.MessageList or () if message.Message))
