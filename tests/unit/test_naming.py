"""Who and which company a text in sentences is about; what only looks like a name is left alone."""

from collections.abc import Mapping
from typing import Any

import pytest

from conversations.activation import ACTIVATION
from conversations.extraction import extract

DEVICE = "Gül Mah. Lale Sok. No 4. Ecomix 24, seri no 24-99958."


def taken(text: str) -> Mapping[str, Any]:
    return extract(ACTIVATION, text, {}).fields


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Müşterimiz Ayşe Demir, 0530 123 12 12.", "Ayşe Demir"),
        ("müşterim Ayşe Demir'e (0530 123 12 12) kombi sattım.", "Ayşe Demir"),
        ("Kombiyi Ayşe Demir isimli müşterimize taktık.", "Ayşe Demir"),
        ("Ayşe Demir adına kayıt açalım. Cep 0530 123 12 12.", "Ayşe Demir"),
        ("Ayşe Demir'in kombisi takıldı, numarası 0530 123 12 12.", "Ayşe Demir"),
        ("Anneannem Ayşe Demir'in kombisi takıldı, ben torunu Ece Taş 0530 123 12 12.", "Ayşe Demir"),
        ("Kayınvalidem Ayşe Demir'in evine kombi taktık.", "Ayşe Demir"),
        ("Hatayı okuyamadım. Ayşe Demir. 0530 123 12 12.", "Ayşe Demir"),
        ("devreye alma istiyorum ayşe demir 0530 123 12 12.", "ayşe demir"),
        ("Otelin müdürü Ayşe Demir, 0530 123 12 12.", "Ayşe Demir"),
        ("Konya'dan arıyorum, ben Ayşe Nur Demir. 0530 123 12 12.", "Ayşe Nur Demir"),
        ("Merhaba. Ayşe Bodrum, tel 0530 123 12 12.", "Ayşe Bodrum"),
        ("Müşteri Xaver Huber 0530 123 12 12.", "Xaver Huber"),
        ("Yeni iş: Ayşe Demir, 0530 123 12 12.", "Ayşe Demir"),
        ("Muhatap Dr. Ayşe Demir 0530 123 12 12.", "Dr. Ayşe Demir"),
    ],
)
def test_a_name_within_sentences_is_the_customers(text: str, name: str) -> None:
    assert taken(f"{text} {DEVICE}")["CustomerFullName"] == name


@pytest.mark.parametrize(
    "text",
    [
        "Ali Kaya Caddesi üzerindeyiz, 0530 123 12 12.",
        "Ali Kaya İlkokulu karşısı, 0530 123 12 12.",
        "Kombiyi Ali Kaya'dan aldık, 0530 123 12 12.",
        "Komşum Ali Kaya 0530 123 12 12.",
        "Kombiyi takan usta Ali Kaya 0530 123 12 12.",
        "Merhaba Ali Kaya, kombimiz takıldı. 0530 123 12 12.",
        "Anahtar Ali Kaya'da, 0530 123 12 12.",
        "Ali Kaya aradı, Veli Taş aradı. 0530 123 12 12.",
        "Satış müdürü: Ali Kaya 0530 123 12 12.",
    ],
)
def test_what_only_looks_like_the_customers_name_is_not_taken(text: str) -> None:
    assert "CustomerFullName" not in taken(f"{text} {DEVICE}")


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Merhaba, Demir Gıda San. ve Tic. A.Ş. olarak arıyoruz.", "Demir Gıda San. ve Tic. A.Ş."),
        ("Konya'da fabrika var, Demir Gıda Malz. Tic. Ltd. Şti. için.", "Demir Gıda Malz. Tic. Ltd. Şti."),
        ("Butik otelimiz var (Demir Konak Otel).", "Demir Konak Otel"),
        ("Ayşe Demir (Demir Eczanesi) 0530 123 12 12", "Demir Eczanesi"),
        ("Ayşe Demir\nDemir Emlak\n0530 123 12 12\n", "Demir Emlak"),
        ("Şirket Demir Gıda Ltd. Şti. Kazan hazır.", "Demir Gıda Ltd. Şti."),
        ("Company: Demir Gıda A.Ş., contact person Ms. Ayşe Demir.", "Demir Gıda A.Ş."),
    ],
)
def test_a_company_is_taken_from_its_first_word_to_its_last(text: str, company: str) -> None:
    assert taken(f"{text} {DEVICE}")["CustomerCompanyName"] == company


@pytest.mark.parametrize(
    "text",
    ["Ayşe Demir, Gül Mah. Demir Oteli karşısı No 5", "Ayşe Demir\nDemir Plaza\nKat 3", "Ayşe Demir\nDemir Tesisat\n"],
)
def test_what_only_looks_like_the_customers_company_is_not_taken(text: str) -> None:
    assert "CustomerCompanyName" not in taken(f"{text} {DEVICE}")
