"""/verilerim and /sil, turn by turn: everything is shown, and only what was shown is erased, after a second yes."""

from dataclasses import replace

import pytest

from conversations.events import Sent, Settled, Stored
from tests.talking import CUSTOMER, Talk


def talk_with(stored: Stored) -> Talk:
    talk = Talk(stored=stored)
    talk.say(*CUSTOMER[:8])
    talk.stored = replace(stored, drafts=(talk.draft,) if talk.draft else (), drafts_count=1)
    return talk


SENT = Sent(Settled("created", "D-7K3F", "43090"), "12.11.2026", (("CustomerFullName", "Veli"), ("CustomerEmail", "")))
STORED = Stored(7, "seal-one", notices=(("2", "12.11.2026 14:05"),), requests=(SENT,), requests_count=4, help=1)


def test_what_is_kept_is_shown_label_by_label_with_a_file() -> None:
    talk = talk_with(STORED)
    heard = talk.say("/verilerim")
    for line in (
        "Telegram kullanıcı numaranız: 7",
        "Aydınlatma Metni size gösterildi: 12.11.2026 14:05 (sürüm: 2)",
        "Cep telefonu: 0530 123 12 12",
        "12.11.2026. Çağrı numarası: 43090",
        "Ad soyad: Veli",
        "ve 3 talep daha; hepsi dosyada.",
        "Servis ofisiyle yazışma: 1",
    ):
        assert line in heard.splitlines()
    assert "E-posta:" not in heard
    assert [message.document for message in talk.messages] == [None, "my-data"]
    assert all(message.must_arrive for message in talk.messages)


def test_whoever_is_asked_and_says_no_goes_on_where_they_were() -> None:
    talk = talk_with(STORED)
    talk.say("/sil")
    assert not talk.turn or not talk.turn.erases
    heard = talk.press("Hayır, silme")
    assert heard.startswith("Hiçbir şey silinmedi.\n")
    assert "Cihazın açık adresi?" in heard
    assert talk.draft is not None


def test_a_yes_erases() -> None:
    talk = talk_with(STORED)
    talk.say("/sil")
    heard = talk.press("Evet, verilerimi sil")
    assert talk.turn is not None
    assert talk.turn.erases
    assert heard.startswith("Verileriniz silindi.")
    assert talk.draft is None


def test_a_yes_to_what_was_shown_before_erases_nothing_and_shows_what_is_there_now() -> None:
    talk = talk_with(STORED)
    talk.say("/sil")
    (old,) = talk.messages
    talk.stored = replace(talk.stored, seal="seal-two")
    heard = talk.press("Evet, verilerimi sil", old)
    assert talk.turn is not None
    assert not talk.turn.erases
    assert heard.startswith("Bu arada bir şey değişti; güncel liste aşağıda.\nVerileriniz silinsin mi?")
    talk.press("Evet, verilerimi sil")
    assert talk.turn.erases


@pytest.mark.parametrize(
    "typed", ["verilerimi sil", "Verilerimi sil", "VERİLERİMİ SİL", "evet, verilerimi sil", "erase my data"]
)
def test_what_is_typed_asks_and_erases_nothing(typed: str) -> None:
    talk = talk_with(STORED)
    assert talk.say(typed).startswith("Verileriniz silinsin mi?")
    assert talk.say("Evet, verilerimi sil").startswith("Verileriniz silinsin mi?")
    assert talk.turn is not None
    assert not talk.turn.erases
    assert talk.say("hayır, silme").startswith("Hiçbir şey silinmedi.")
    assert talk.say("verilerim").startswith("Hakkınızda sakladıklarımız")


def test_what_waits_for_its_result_is_told_before_and_after() -> None:
    talk = talk_with(replace(STORED, waiting=("D-7K3F", "D-AAAA")))
    line = "Sonucu beklenen talep: D-7K3F, D-AAAA. Sonucu buraya yazılacak, sonra o da silinecek."
    assert line in talk.say("/sil")
    assert line in talk.press("Evet, verilerimi sil")


def test_whoever_has_nothing_here_is_told_so() -> None:
    talk = Talk()
    assert talk.say("/sil").startswith("Hakkınızda saklanan talep, profil ya da yazışma yok.")
    assert "Talep, profil ya da yazışma yok." in talk.say("/mydata")
    assert talk.buttons == []
