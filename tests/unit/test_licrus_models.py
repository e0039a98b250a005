"""The request is exactly what Licrus documents; the answer is read leniently."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.licrus.models import CallAnswer, CallRequest

SAMPLE: dict[str, Any] = {
    "DealerCompanyName": "Test Bayi",
    "DealerContactPerson": "MUTLU ÖZCAN",
    "DealerMobilePhone": "3546546757",
    "DealerWorkPhone": "",
    "DealerEmail": "dealeremail@dealer.com",
    "CustomerCompanyName": "",
    "CustomerFullName": "Deneme Müşteri",
    "CustomerMobilePhone": "5301231212",
    "CustomerWorkPhone": "",
    "CustomerEmail": "customerEmail@customer.com",
    "CustomerCity": "Istanbul",
    "CustomerDistrict": "Umraniye",
    "CustomerAddress": "Fatih Sultan Mehmet mahallesi",
    "ProductNameList": "ECODENSE WT 65",
    "ProductGroupName": "ECODENSE DUVAR- YER TİPİ KAZAN",
    "ProductSerialNumberList": "99958,99959",
    "DeviceCount": 2,
}


def changed(**fields: Any) -> CallRequest:
    return CallRequest.model_validate(SAMPLE | fields)


def refused(**fields: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        changed(**fields)
    return str(caught.value)


def test_the_documented_sample_is_a_request_and_keeps_every_letter_and_the_order() -> None:
    dumped = changed().model_dump()
    assert dumped == SAMPLE
    assert list(dumped) == list(SAMPLE)


@pytest.mark.parametrize("phone", ["5301231212", "4441234", "+4930123456", "+905301231212", "+1234567"])
def test_phones_are_ten_digits_or_444_or_e164(phone: str) -> None:
    assert changed(CustomerMobilePhone=phone).CustomerMobilePhone == phone


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "05301231212",
        "530 123 12 12",
        "530123121",
        "5551234",
        "+123456",
        "+1234567890123456",
        "٥٣٠١٢٣١٢١٢",
        "530123121２",
    ],
)
def test_other_spellings_of_a_phone_are_no_request(phone: str) -> None:
    refused(CustomerMobilePhone=phone)


@pytest.mark.parametrize("name", ["DealerMobilePhone", "DealerWorkPhone", "CustomerWorkPhone"])
def test_the_other_phones_may_be_empty_but_not_misspelt(name: str) -> None:
    assert getattr(changed(**{name: ""}), name) == ""
    refused(**{name: "0216 123"})


@pytest.mark.parametrize("serials", ["", "99958, 99959", "99958,,99959", ",99958", "99958,", "99958 99959", "99958\n"])
def test_serial_numbers_are_separated_by_single_commas_without_spaces(serials: str) -> None:
    refused(ProductSerialNumberList=serials)


@pytest.mark.parametrize("count", [0, -1, "2", 2.0, True, None])
def test_the_device_count_is_a_counting_number(count: object) -> None:
    refused(DeviceCount=count)


@pytest.mark.parametrize("letter", ["\n", "\x00", "\x7f", "\u202e", "\u2066", "\u2028", "\ud800"])
def test_control_and_direction_characters_are_no_text(letter: str) -> None:
    refused(CustomerFullName=f"Ayşe{letter}Yılmaz")


@pytest.mark.parametrize("name", ["DealerCompanyName", "CustomerFullName", "CustomerCity", "CustomerAddress"])
def test_what_a_call_needs_is_not_blank(name: str) -> None:
    refused(**{name: "  "})


def test_texts_are_bounded() -> None:
    refused(CustomerFullName="a" * 301)
    refused(CustomerAddress="a" * 4001)


def test_a_field_that_licrus_does_not_know_is_refused() -> None:
    refused(AuthTicket="aa1c")


def test_an_error_never_shows_what_was_typed() -> None:
    assert "0530" not in refused(CustomerMobilePhone="0530 999 88 77")


def test_an_answer_may_lack_its_messages() -> None:
    assert CallAnswer.model_validate_json('{"HasError": false, "MessageList": null, "New": 1}').text == ""
    assert CallAnswer.model_validate_json('{"HasError": true}').text == ""


def test_an_answer_gives_each_sentence_once() -> None:
    answer = (
        '{"HasError": true, "MessageList": [{"Message": "a"}, {"Type": "?", "Message": "b"}, {"Message": "a"}, {}]}'
    )
    assert CallAnswer.model_validate_json(answer).text == "a\nb"


@pytest.mark.parametrize("value", ['"false"', "0", "null", "[]"])
def test_has_error_is_a_real_boolean(value: str) -> None:
    with pytest.raises(ValidationError):
        CallAnswer.model_validate_json(f'{{"HasError": {value}}}')
