"""Whoever comes by a link."""

from tests.talking import CUSTOMER, Talk


def test_a_code_that_is_good_for_nothing_is_told_and_the_conversation_begins_all_the_same() -> None:
    heard = Talk().say("/start abcdefgh")
    assert heard.startswith("Bu bağlantı artık kullanılamıyor;")
    assert "Talebi kim dolduruyor?" in heard


def test_a_code_that_is_good_for_nothing_changes_nothing_in_an_open_draft() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:5])
    heard = talk.say("/start abcdefgh")
    assert heard.startswith("Bu bağlantı artık kullanılamıyor;")
    assert "Cep telefonunuz?" in heard
    assert talk.value("DealerCompanyName") == "Test Bayi"


def test_what_is_far_too_long_for_a_code_is_looked_up_cut() -> None:
    assert "Talebi kim dolduruyor?" in Talk().say(f"/start {'x' * 4000}")


def test_a_link_that_is_pasted_does_what_opening_it_does() -> None:
    for link in ("https://t.me/DevreyeBot?start=abcdefgh", "t.me/DevreyeBot?start=abcdefgh"):
        assert Talk().say(link).startswith("Bu bağlantı artık kullanılamıyor;")
    assert "kullanılamıyor" not in Talk().say("https://t.me/DevreyeBot")
    assert "kullanılamıyor" not in Talk().say("Şu bağlantıyla geldim: https://t.me/DevreyeBot?start=abcdefgh")
