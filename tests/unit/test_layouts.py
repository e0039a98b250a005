"""How a paste is set out: stars, leading dots, strokes, dashes, initials and sentences become labels and pieces."""

from time import process_time

import pytest

from conversations.activation import ACTIVATION
from conversations.extraction import extract
from conversations.layouts import as_labelled, sentences, without_emphasis

BLOCK = {
    "CustomerFullName": "Ayşe Demir",
    "CustomerMobilePhone": "5301231212",
    "ProductSerialNumberList": ("99958",),
}


@pytest.mark.parametrize(
    "text",
    [
        "*Müşteri*: Ayşe Demir\n*Tel*: 0530 123 12 12\n*Seri no*: 99958",
        "_Müşteri_ Ayşe Demir\n_Cep_ 0530 123 12 12\n_Seri_ 99958",
        "Müşteri.......Ayşe Demir\nCep...........0530 123 12 12\nSeri no.......: 99958",
        "Ad soyad .. Ayşe Demir\ncep .. 05301231212\nseri .. 99958",
        "MÜŞTERİ=Ayşe Demir/TEL=05301231212/SERİ=99958",
        "ad: Ayşe Demir / tel: 0530 123 12 12 / seri no: 99958",
        "Ayşe Demir/ 0530 123 12 12/ acil/ Seri no: 99958",
        "MÜŞTERİ-Ayşe Demir\nTELEFON-0530 123 12 12\nSERİ NO-99958",
        "M: Ayşe Demir\nT: 0530 123 12 12\nS: 99958",
        '"Ad soyad: Ayşe Demir\nTel: ""0530 123 12 12""\nSeri no: 99958"',
        "ADI      SOYADI      CEP           SERİ NO\nAyşe     Demir       0530 123 12 12    99958",
        "Müşteri     Ayşe  Demir\nCep         0530 123 12 12\nSeri no     99958",
    ],
)
def test_a_label_is_a_label_however_it_is_set_off(text: str) -> None:
    assert dict(extract(ACTIVATION, text, {}).fields) == BLOCK


HOSTILE = (
    "a",
    "a ",
    "a-",
    "a/ ",
    ". ",
    "a..",
    "*a",
    "_a_ ",
    '"',
    "ad: ",
    "A=b/",
    "M:a\n",
    "mah. ",
    "seri 1 ",
    "a'da ",
    "... ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_message_full_of_one_thing_is_read_at_once(piece: str) -> None:
    begins = process_time()
    extract(ACTIVATION, (piece * 4096)[:4096], {})
    assert process_time() - begins < 1


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("Adım Ayşe Demir. Telefonum 0530 123 12 12. Kombim bozuk", 3),
        ("Fatih Mah. Balkan Cad. No. 12 D. 4", 1),
        ("4. Cadde 1328. Sokak 2. Kat", 1),
        ("Gül Sk. No 22. Seri no 99958", 2),
        ("Dr. Ayşe Demir. Özel muayenehane", 2),
        ("Demir San. ve Tic. Ltd. Şti. yetkilisi", 1),
        ("Numaram 0530 123 12 12. Beşiktaş İstanbul", 2),
        ("Ali Er. Telefonum var", 2),
        ("No 12 Bayraklı... pardon Buca", 1),
        ("Acil!! Bebek var", 2),
    ],
)
def test_a_dot_ends_a_sentence_only_behind_a_whole_word(line: str, pieces: int) -> None:
    assert len(sentences(line)) == pieces


def test_a_letters_signature_is_not_read_as_initials() -> None:
    signed = ["T: 0216 555 44 33", "M: 0533 222 11 00", "A: Gül Mah. 1. Sok. No: 2"]
    assert as_labelled(signed) == signed


def test_one_dash_in_a_text_is_no_label() -> None:
    assert as_labelled(["Kombi-ECOMIX 24", "Ali Demir"]) == ["Kombi-ECOMIX 24", "Ali Demir"]


@pytest.mark.parametrize("line", ["2 * 3 adet", "ayse_demir_42@ornek.com", "a*b*c"])
def test_a_star_within_a_word_is_no_emphasis(line: str) -> None:
    assert without_emphasis(line) == line


def test_a_form_of_many_lines_is_one_address() -> None:
    lines = ["Mahalle: Fatih", "Cadde/Sokak: Balkan Cad.", "Dış kapı no: 12", "Daire: 4", "İlçe: Ümraniye"]
    assert as_labelled(lines) == ["Adres: Fatih Mah. Balkan Cad. No: 12 Daire: 4", "İlçe: Ümraniye"]
