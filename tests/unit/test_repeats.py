"""A serial number that was submitted before is told, and asked about once, before the summary."""

import pytest

from conversations.events import Seen, Text
from tests.talking import CUSTOMER, Talk

MINE = Seen("43090", "12.11.2026", own=True)
THEIRS = Seen("43091", "11.11.2026", own=False)
ADD = "Yine de eklensin mi?"


def at_serials(**seen: Seen) -> Talk:
    """A customer's chat at the question for the serial numbers; `s99958=MINE` was submitted before."""
    talk = Talk(seen={name[1:]: found for name, found in seen.items()})
    for text in CUSTOMER[: CUSTOMER.index("99958")]:
        talk.say(text)
    return talk


def test_ones_own_earlier_request_is_named_with_call_number_and_date() -> None:
    talk = at_serials(s99958=MINE)
    line = "Bu seri numarası daha önce gönderildi: 99958 (çağrı numarası: 43090, tarih: 12.11.2026)"
    assert talk.say("99958") == f"Cihaz sayısı: 1\n{line}\n{ADD}"
    assert talk.buttons == ["Ekle", "Çıkar", "Geri", "Yardım", "Baştan", "İptal"]


def test_of_anothers_request_one_hears_only_that_it_exists() -> None:
    talk = at_serials(s99958=THEIRS)
    assert talk.say("99958") == f"Cihaz sayısı: 1\nBu seri numarası için kayıt var: 99958\n{ADD}"
    assert "43091" not in talk.heard


def test_without_a_call_number_only_the_date_is_told() -> None:
    talk = at_serials(s99958=Seen("", "12.11.2026", own=True))
    assert "(tarih: 12.11.2026, çağrı numarası henüz gelmedi)" in talk.say("99958")


@pytest.mark.parametrize("reply", ["Ekle", "evet", "ekle", "aynı kalsın", "Değiştirme"])
def test_it_may_be_sent_again_all_the_same_and_is_not_asked_about_twice(reply: str) -> None:
    talk = at_serials(s99958=MINE)
    talk.say("99958", reply)
    assert talk.value("ProductSerialNumberList") == ("99958",)
    assert talk.value("DeviceCount") == 1
    assert "Eklemek istediğiniz" in talk.heard
    talk.say("Yok, özete geç")
    assert "Son kontrol" in talk.heard
    talk.press("Onayla ve gönder")
    assert talk.submitted[0].body["ProductSerialNumberList"] == "99958"


@pytest.mark.parametrize("reply", ["Çıkar", "hayır", "yok"])
def test_taken_out_the_only_one_is_asked_for_anew_and_asked_about_when_typed_again(reply: str) -> None:
    talk = at_serials(s99958=MINE)
    talk.say("99958", reply)
    assert talk.heard.startswith("Daha önce gönderilenler çıkarıldı.\nAdım 10/11: Seri numarası?")
    assert talk.value("ProductSerialNumberList") is None
    assert talk.value("DeviceCount") is None
    assert ADD in talk.say("99958")


def test_of_several_only_the_repeated_are_taken_out() -> None:
    talk = at_serials(s99958=MINE, s99960=THEIRS)
    talk.say("99958, 99959, 99960")
    assert "99958 (çağrı numarası: 43090" in talk.heard
    assert "kayıt var: 99960" in talk.heard
    assert "Yine de hepsi eklensin mi?" in talk.heard
    assert talk.say("Çıkar").startswith("Daha önce gönderilenler çıkarıldı.\nSeri no: 99959\nCihaz sayısı: 1\n")
    assert talk.value("ProductSerialNumberList") == ("99959",)
    assert talk.value("DeviceCount") == 1


def test_a_new_list_typed_instead_is_the_answer() -> None:
    talk = at_serials(s99958=MINE)
    talk.say("99958", "99970")
    assert talk.value("ProductSerialNumberList") == ("99970",)
    assert "Eklemek istediğiniz" in talk.heard


def test_help_keeps_the_question_open() -> None:
    talk = at_serials(s99958=MINE)
    talk.say("99958", "yardım")
    assert talk.heard.endswith(ADD)
    assert talk.buttons[:2] == ["Ekle", "Çıkar"]


def test_a_serial_corrected_from_the_summary_is_asked_about_too() -> None:
    talk = at_serials(s99970=MINE)
    talk.say("99958", "Yok, özete geç", "seri no: 99970")
    assert ADD in talk.heard
    assert talk.buttons[:2] == ["Ekle", "Çıkar"]
    assert "Son kontrol" in talk.press("Ekle")
    assert talk.value("ProductSerialNumberList") == ("99970",)


def test_a_serial_corrected_by_editing_its_message_is_asked_about_too() -> None:
    talk = at_serials(s99970=MINE)
    talk.say("99958")
    number = talk.number
    assert ADD in talk.edit("99970", number)
    assert "Eklemek istediğiniz" in talk.edit("99971", number)
    assert talk.value("ProductSerialNumberList") == ("99971",)


def test_a_list_sent_in_two_messages_is_asked_about_as_a_whole() -> None:
    talk = at_serials(s99958=MINE, s99959=MINE)
    talk.number += 1
    talk.take(Text("99958", talk.number, date=100))
    talk.number += 1
    talk.take(Text("99959", talk.number, date=101))
    assert "Yine de hepsi eklensin mi?" in talk.heard
    talk.say("Ekle")
    assert talk.value("ProductSerialNumberList") == ("99958", "99959")


def test_one_submitted_by_somebody_meanwhile_is_told_on_the_way_to_the_summary() -> None:
    talk = at_serials()
    talk.say("99958")
    talk.seen["99958"] = THEIRS
    assert "kayıt var: 99958" in talk.say("Yok, özete geç")
    talk.say("Ekle")
    assert "Son kontrol" in talk.heard


def test_very_many_are_counted() -> None:
    numbers = [str(n) for n in range(70000, 70015)]
    talk = at_serials(**{f"s{n}": MINE for n in numbers})
    talk.say(", ".join(numbers))
    assert talk.heard.count("çağrı numarası: 43090") == 10
    assert "Daha önce gönderilmiş 5 seri numarası daha var." in talk.heard
