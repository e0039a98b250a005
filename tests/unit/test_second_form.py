"""A second form is another declaration: the engine asks, corrects, sums up and hands over whatever one declares."""

from conversations.answers.free_text import Address
from conversations.answers.people import PersonName
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.answers.places import District, Province
from conversations.answers.serials import SerialNumbers
from conversations.form import Field, Form, Menu, Section, Step
from tests.talking import Talk

FAULT = Form(
    name="fault",
    sections=(
        Section("device", (Step((Field("ProductSerialNumberList", SerialNumbers()),)),)),
        Section(
            "customer",
            (
                Step((Field("CustomerFullName", PersonName(), own="customer"),)),
                Step((Field("CustomerMobilePhone", MobilePhone(), own="customer", twin="CustomerWorkPhone"),)),
                Step(
                    (
                        Field("CustomerCity", Province()),
                        Field("CustomerDistrict", District(), follows="CustomerCity", twin="CustomerCity"),
                    ),
                    joined=True,
                ),
                Step((Field("CustomerAddress", Address()),)),
                Menu("ExtraDetails", (Field("CustomerWorkPhone", OfficePhone(), optional=True),)),
            ),
        ),
    ),
    summary=("customer", "device"),
)
"""A fault report: nobody is asked who fills it in, nor for product and dealer. Its fields have their texts already."""

ANSWERS = ("99958", "Ayşe Yılmaz", "0530 123 12 12", "ümraniye", "Balkan Cad. No: 14 D: 2")


def test_another_form_is_asked_in_its_own_order_corrected_and_handed_over() -> None:
    person = Talk(form=FAULT)
    assert "Adım 1/6: Seri numarası" in person.say("/start")
    for number, answer in enumerate(ANSWERS, 2):
        assert f"Adım {number}/6" in person.say(answer)
    summary = person.say("Yok, özete geç")
    assert summary.index("MÜŞTERİ") < summary.index("CİHAZ")
    assert "BAYİ" not in summary
    assert "İl / ilçe: İstanbul / Ümraniye" in summary
    person.press("Düzelt")
    person.press("Ad soyad")
    assert "Ad soyad: Ali Veli" in person.say("Ali Veli")
    person.press("Onayla ve gönder")
    (submit,) = person.submitted
    assert submit.body == {
        "ProductSerialNumberList": "99958",
        "CustomerFullName": "Ali Veli",
        "CustomerMobilePhone": "5301231212",
        "CustomerCity": "Istanbul",
        "CustomerDistrict": "Umraniye",
        "CustomerAddress": "Balkan Cad. No: 14 D: 2",
        "CustomerWorkPhone": "",
    }


def test_several_answers_in_one_message_fill_another_form_too() -> None:
    person = Talk(form=FAULT)
    person.say("/start", "Ad: Ayşe Yılmaz\nTel: 0530 123 12 12\nÜmraniye İstanbul\nS/N 99958, 99959")
    assert person.value("CustomerFullName") == "Ayşe Yılmaz"
    assert person.value("ProductSerialNumberList") == ("99958", "99959")
    assert person.draft is not None
    assert person.draft.asked == "CustomerAddress"
