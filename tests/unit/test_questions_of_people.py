"""Questions about the service, typed where an answer is asked for, are none of the answers."""

import pytest

from conversations.typed import asks_of_service


@pytest.mark.parametrize(
    "text",
    [
        "servis ne zaman gelir?",
        "Ne zaman gelirsiniz",
        "ücretli mi?",
        "kaç para tutar",
        "usta bugün gelir mi",
        "beni arayacak mısınız?",
        "devreye alma ücretsiz mi",
        "kaç günde gelir?",
        "ne kadar sürer",
        "Bedava mı",
        "When will they come?",
    ],
)
def test_a_question_about_the_service_is_told(text: str) -> None:
    assert asks_of_service(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "Ücret Sokak",
        "Ne Zaman Kafe",
        "Gelir Vergisi Dairesi",
        "Arar Isı",
        "seri no nerede?",
        "ECODENSE WT 65",
        "Kadıköy mü?",
        "99958?",
        "Gelir Mah. Arar Sok",
        "Servis ne zaman gelir? Adres: Gül Sok. 4",
    ],
)
def test_an_answer_is_no_question(text: str) -> None:
    assert not asks_of_service(text.strip())
