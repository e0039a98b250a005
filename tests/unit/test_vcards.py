"""Contact cards as telephones write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers.vcards import LONGEST, MOST_CARDS, MOST_OF_A_KIND, Card, decoded, read_cards

ANDROID = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Y=C4=B1lmaz;Ay=C5=9Fe;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ay=C5=9Fe Y=C4=B1l=
maz
TEL;CELL;PREF:+905301231212
TEL;WORK:0216 555 12 34
EMAIL;HOME:ayse.yilmaz@ornek.com
ORG:Yılmaz Isı
END:VCARD
"""
IPHONE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.1//EN\r\nN:Demir;Ali;Can;;\r\n"
    "FN:Ali Can Demir\r\n"
    "ORG:Demir Gıda Ltd. Şti\\, İstanbul;Satış\r\nitem1.TEL;type=pref:0532 111 22 33\r\n"
    "item1.X-ABLabel:_$!<Mobile>!$_\r\n"
    "item2.EMAIL;type=INTERNET:ali@dem\r\n ir.com\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r\n AAAQABAAD/\r\n"
    "END:VCARD\r\n"
)
NEWEST = 'BEGIN:VCARD\nVERSION:4.0\nFN:Ali Veli\nTEL;VALUE=uri;TYPE="voice,cell":tel:+90-532-111-22-33\nEND:VCARD'


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (ANDROID, Card("Ayşe Yılmaz", ("+905301231212", "0216 555 12 34"), ("ayse.yilmaz@ornek.com",), "Yılmaz Isı")),
        (IPHONE, Card("Ali Can Demir", ("0532 111 22 33",), ("ali@demir.com",), "Demir Gıda Ltd. Şti, İstanbul")),
        (NEWEST, Card("Ali Veli", ("+90-532-111-22-33",))),
        ("BEGIN:VCARD\nN:Veli;Ali\nEND:VCARD", Card("Ali Veli")),
        ("begin:vcard\nfn:Ali Veli\nend:vcard", Card("Ali Veli")),
        ("BEGIN:VCARD\nFN:Demir Gıda\nORG:Demir Gıda\nEND:VCARD", Card(company="Demir Gıda")),
        ("BEGIN:VCARD\nFN:Ali\\nVeli\\; Can\nEND:VCARD", Card("Ali Veli; Can")),
    ],
)
def test_what_of_a_card_is_an_answer_is_read(text: str, card: Card) -> None:
    assert read_cards(text) == (card,)


@pytest.mark.parametrize(
    "text", ["", "Ali Veli", "BEGIN:VCARD", "BEGIN:VCARD\nEND:VCARD", "FN:Ali\nEND:VCARD", "BEGIN:VCARD\nFN\nEND:VCARD"]
)
def test_what_is_no_card_is_none(text: str) -> None:
    assert read_cards(text) == ()


def test_several_cards_are_several() -> None:
    assert [card.company or card.name for card in read_cards(ANDROID + IPHONE)] == [
        "Yılmaz Isı",
        "Demir Gıda Ltd. Şti, İstanbul",
    ]


def test_nothing_of_a_card_is_without_end() -> None:
    many = "BEGIN:VCARD\nFN:" + "x" * 10_000 + "\n" + "".join(f"TEL:{n}\n" for n in range(100)) + "END:VCARD\n"
    (card,) = read_cards(many)
    assert len(card.name) == 200
    assert len(card.phones) == MOST_OF_A_KIND
    assert len(read_cards("BEGIN:VCARD\nFN:Ali Veli\nEND:VCARD\n" * 1000)) == MOST_CARDS
    assert read_cards(" " * LONGEST + ANDROID) == ()


def test_a_card_can_be_typed() -> None:
    card = Card("Ayşe Yılmaz", ("0530 123 12 12",), ("a@b.com",), "Demir Gıda")
    assert card.text() == "Ad soyad: Ayşe Yılmaz\nTel: 0530 123 12 12\nE-posta: a@b.com\nFirma: Demir Gıda"
    assert "\n" not in read_cards("BEGIN:VCARD\nFN:Ali\\nAdres: x\nEND:VCARD")[0].text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1254"])
def test_a_file_is_read_in_the_encodings_that_telephones_and_windows_write(encoding: str) -> None:
    assert decoded("Ayşe İğdır".encode(encoding)) == "Ayşe İğdır"


@given(st.text(max_size=400), st.binary(max_size=200))
def test_reading_a_card_never_raises(text: str, content: bytes) -> None:
    read_cards(f"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET={text[:20]}:{text}\n{text}\nEND:VCARD")
    decoded(content)
