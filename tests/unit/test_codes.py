"""What barcodes and QR codes say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers.codes import Code, CodeFormat, Said, StartLink, said


def says(*texts: str, form: CodeFormat = "QR") -> Said:
    return said([Code(text, form) for text in texts])


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("99958", "99958"),
        (" 99958\n", "99958"),
        ("21190800200100050100005234N9", "21190800200100050100005234N9"),
        ("abi-123", "ABI-123"),
        ("99958-62", "99958-62"),  # typed it would be a range
        ("12.345", "12.345"),
        ("0020 1234 5678", "002012345678"),
        ("5321234567", "5321234567"),
        ("05321234567", "05321234567"),
        ("99958/99959", "99958/99959"),
        ("S/N: 99958", "99958"),
        ("SN:99958", "99958"),
        ("S.N.: ab-99958", "AB-99958"),
        ("Seri No: 99958", "99958"),
        ("seri numarası=99958", "99958"),
        ("Serial Number: 99958", "99958"),
        ("Seriennummer: 99958", "99958"),
        ("MODEL: WT 65\nS/N: 99958\nDATE: 12.11.2026", "99958"),
        ("P/N:0010021234;S/N:99958", "99958"),
        ('{"model": "WT65", "serial": "99958"}', "99958"),
        ("https://example.com/register?model=5&sn=99958", "99958"),
        ("https://example.com/register?Serial_No=99958", "99958"),
        ("HTTP://EXAMPLE.COM/R?SERI-NO=99958", "99958"),
        ("https://id.gs1.org/01/04012345678901/21/99958?11=261112", "99958"),
        ("https://example.com/01/04012345678901/10/LOT7/21/AB%2D99958", "AB-99958"),
        ("https://id.gs1.org/01/04012345678901?21=99958", "99958"),
        ("(01)04012345678901(21)99958", "99958"),
        ("(01)04012345678901(11)261112(21)99958(240)0010021234", "99958"),
        ("(21)99958", "99958"),
        ("01040123456789012199958", "99958"),
        ("0104012345678901112611122199958", "99958"),
    ],
)
def test_a_serial_number_is_found(text: str, serial: str) -> None:
    assert says(text).serials == (serial,)


def test_a_bare_gs1_code_must_have_a_right_check_digit() -> None:
    assert says("01040123456789022199958").serials == ("01040123456789022199958",)


@pytest.mark.parametrize(
    "text",
    [
        "Merhaba",
        "Kombi bakımı için arayın",
        "https://example.com",
        "https://example.com/99958",
        "https://example.com/?sn=yok",
        "http://[::1",
        "mailto:ali@example.com",
        "tel:+905321234567",
        "geo:41.0,29.1",
        "12",
        "12.11.2026",
        "ŞIK-99958",
        "A" * 40 + "1",
        "99958\nkombi",
        "(01)04012345678901",
        "\u202e\u200b",
        "https://t.me/DevreyeBot",
        "https://t.me/DevreyeBot?start=a%20b",
        "https://t.me/joinchat/abc?start=x",
    ],
)
def test_nothing_else_passes_for_a_serial_number(text: str) -> None:
    assert not says(text).serials
    assert not says(text).links


def test_a_list_in_one_code_is_several_serials() -> None:
    assert says("99958\n99959;99960, 99958").serials == ("99958", "99959", "99960")


def test_several_codes_are_several_serials_each_once() -> None:
    assert says("99959", "99958", "99959").serials == ("99959", "99958")


def test_what_calls_itself_a_serial_number_pushes_the_rest_aside() -> None:
    found = says("0010021234", "S/N: 99958", "99958", "Kombi")
    assert found == Said(serials=("99958",), others=("Kombi", "0010021234"))


def test_a_product_number_is_no_serial_number() -> None:
    assert says("4012345678901", form="EAN13") == Said(products=("4012345678901",))
    assert says("(01)04012345678901(21)99958") == Said(serials=("99958",), products=("4012345678901",))
    assert says("(01)04012345678901").products == ("4012345678901",)
    assert says("https://id.gs1.org/01/4012345678901/21/99958").products == ("4012345678901",)


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/DevreyeBot?start=abc_DEF-12",
        "http://telegram.me/DevreyeBot?start=abc_DEF-12",
        "t.me/DevreyeBot?start=abc_DEF-12",
        "HTTPS://T.ME/DevreyeBot?start=abc_DEF-12",
        "tg://resolve?domain=DevreyeBot&start=abc_DEF-12",
    ],
)
def test_a_sticker_opens_the_bot(link: str) -> None:
    assert says(link) == Said(links=(StartLink("DevreyeBot", "abc_DEF-12"),))


def test_a_vcard_is_passed_on_whole() -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ayşe Demir\r\nTEL:+905321234567\r\nEND:VCARD"
    assert says(card).cards == (card.replace("\r\n", "\n"),)


def test_a_mecard_becomes_a_vcard() -> None:
    assert says(r"MECARD:N:Demir,Ayşe;TEL:+905321234567;EMAIL:a@example.com;ORG:Demir\;Oğul;URL:http\://x;;").cards == (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ayşe Demir\nTEL:+905321234567\nEMAIL:a@example.com\nORG:Demir\\;Oğul\nEND:VCARD",
    )
    assert says("mecard:n:Ali\nTEL:666;;").cards == ("BEGIN:VCARD\nVERSION:3.0\nFN:Ali TEL:666\nEND:VCARD",)


def test_a_password_is_not_repeated() -> None:
    assert says("WIFI:S:Ev;T:WPA;P:12345678;;") == Said(others=("WIFI",))
    assert says("otpauth://totp/x?secret=ABC").others == ("otpauth",)


def test_what_says_nothing_is_told_in_short() -> None:
    (other,) = says("x" * 4000 + "\n" + "y").others
    assert other == "x" * 59 + "…"


@given(st.lists(st.builds(Code, st.text(min_size=1, max_size=300), st.sampled_from(["QR", "Code128", "EAN13"]))))
def test_whatever_a_code_says_is_answered(codes: list[Code]) -> None:
    found = said(codes)
    assert all(serial.isascii() and 3 <= len(serial) <= 40 and serial == serial.upper() for serial in found.serials)
    if codes:
        assert found != Said()


@pytest.mark.parametrize(
    "text", ["/01/1/21/" * 470, "(21)" * 1000, "S/N:" * 1000, "sn " * 1400, "MECARD:" + "N:\\" * 1400]
)
def test_a_hostile_code_costs_little(text: str) -> None:
    import time

    began = time.process_time()
    said([Code("https://x" + text, "QR"), Code(text, "QR")] * 5)
    assert time.process_time() - began < 0.5
