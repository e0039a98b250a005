"""How transcripts are read and compared."""

import pytest

from bot.sandbox.transcript_matching import match_received, match_said, typed
from bot.sandbox.transcript_parts import (
    Amend,
    Fault,
    Person,
    Photograph,
    Press,
    Received,
    Redeliver,
    Restart,
    Said,
    Scan,
    Send,
    SendFile,
    ShareContact,
    ShareLocation,
    Total,
    Type,
)
from bot.sandbox.transcripts import (
    PACKAGED,
    TranscriptError,
    find_transcript,
    parse_transcript,
    read_transcript,
)

AYSE = "Kişi: Ayşe Yılmaz, +905301231212\n"


def only_action(line: str) -> object:
    (exchange,) = parse_transcript(AYSE + line).exchanges
    return exchange.action


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("👤 /start", Type("/start")),
        ("👤 Balkan Cad.\nNo: 12", Type("Balkan Cad.\nNo: 12")),
        ("👤 (0530) 123 12 12", Type("(0530) 123 12 12")),
        ("👤 [Geri]", Press("Geri")),
        ("👤 [Onayla ve gönder] (eski)", Press("Onayla ve gönder", old=True)),
        ("👤 [Onayla ve gönder] (iki kez)", Press("Onayla ve gönder", twice=True)),
        ("👤 [Beklet] (aynı anda Ece Kurt)", Press("Beklet", with_whom="Ece Kurt")),
        ("👤 (karekod) Test Bayi", Scan("Test Bayi")),
        ("👤 (karekod fotoğrafı) Test Bayi", Scan("Test Bayi", "photo")),
        ("👤 (davet) Test Bayi", Scan("Test Bayi", "invitation")),
        ("👤 (düzenle) Aysee => Ayşe", Amend("Aysee", "Ayşe")),
        ("👤 (kişi kartı) Ali Veli, 0532 111 22 33", ShareContact(Person("Ali Veli", "0532 111 22 33"))),
        ("👤 (numaram)", ShareContact()),
        ("👤 (konum) 41.0, 29.1", ShareLocation(41.0, 29.1)),
        ("👤 (çıkartma)", Send("sticker")),
        ("👤 (ses)", Send("voice")),
        ("👤 (fotoğraf)", Photograph(((),))),
        ("👤 (fotoğraf) 99958 | QR: SN: 99959", Photograph((("99958", "QR: SN: 99959"),))),
        ("👤 (fotoğraf) 99958\nAd: Ali Veli", Photograph((("99958",),), caption="Ad: Ali Veli")),
        ("👤 (albüm)\n99958\n\n99959", Photograph((("99958",), (), ("99959",)))),
        ("👤 (belge) a.vcf\nBEGIN:VCARD\nFN:x", SendFile("a.vcf", "BEGIN:VCARD\nFN:x")),
        ("👤 (kişi kartı) Ali Veli, 0532\nBEGIN:VCARD", ShareContact(Person("Ali Veli", "0532"), "BEGIN:VCARD")),
        ("👤 (belge) etiket.png: 99958", Photograph((("99958",),), "etiket.png")),
        ("👤 (video)", Send("video")),
        ("👤 (belge)", Send("document")),
        ('🛠 Licrus: ret "Seri numarası sistemde bulunamadı"', Fault("refuse", "Seri numarası sistemde bulunamadı")),
        ("🛠 Licrus: zaman aşımı", Fault("timeout")),
        ("🛠 Licrus: zaman aşımı, çağrı açık", Fault("timeout-after")),
        ("🛠 Licrus: HTML", Fault("html")),
        ("🛠 yeniden başlat", Restart()),
        ("🛠 son güncelleme yeniden", Redeliver(new_update_id=False)),
        ("🛠 son güncelleme yeniden (yeni numarayla)", Redeliver(new_update_id=True)),
    ],
)
def test_every_action_can_be_written(line: str, action: object) -> None:
    assert only_action(line) == action


def test_what_the_bot_says_holds_its_lines_and_the_rows_of_its_keyboard() -> None:
    (exchange,) = parse_transcript(
        AYSE + "# baş\n👤 /start\n🤖 Merhaba!\n\nAdınız?\n# ara\n[Ayşe] [Ali]\n[Geri]\n\n🤖 (düzenlendi) Bitti.\n"
    ).exchanges
    assert exchange.said == (
        Said("Merhaba!\n\nAdınız?", (("Ayşe", "Ali"), ("Geri",))),
        Said("Bitti.", (), "edited"),
    )
    assert exchange.line == 3


def test_what_licrus_received_is_read_whole_or_in_part() -> None:
    (exchange,) = parse_transcript(
        AYSE + '👤 x\n📨 Licrus: {"DeviceCount": 2}\n📨 Licrus: {"A": "b",\n "C": 1,\n ...}\n📨 Licrus: toplam 1 çağrı'
    ).exchanges
    assert exchange.licrus == (
        Received({"DeviceCount": 2}, partial=False),
        Received({"A": "b", "C": 1}, partial=True),
        Total(1),
    )


def test_another_person_line_changes_who_acts() -> None:
    first, second = parse_transcript(AYSE + "👤 a\nKişi: John, +905321112233, en\n👤 b").exchanges
    assert (first.person.language, second.person) == ("tr", Person("John", "+905321112233", "en"))


def test_a_setting_holds_for_the_whole_file() -> None:
    assert parse_transcript(AYSE + "Ayar: UPDATES_PER_MINUTE = 4\n👤 x").settings == {"UPDATES_PER_MINUTE": "4"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# yalnızca açıklama",
        "👤 /start",
        "Merhaba",
        "Kişi: Ayşe\n👤 /start",
        AYSE + "🤖 Merhaba",
        AYSE + "👤 (düzenle) eski",
        AYSE + "👤 (konum) burası",
        AYSE + "🛠 Licrus: uyudu",
        AYSE + "🛠 uyu",
        AYSE + "👤 x\n📨 Licrus: {",
        AYSE + "Ayar: UPDATES_PER_MINUTE\n👤 x",
        AYSE + "Ayar: LICRUS_URL=https://elsewhere.example\n👤 x",
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str) -> None:
    with pytest.raises(TranscriptError, match="transcript"):
        parse_transcript(text)


def test_a_code_matches_only_a_code_and_stays_the_same() -> None:
    sending = Said("Takip kodu: {kod}")
    names = match_said(sending, Said("Takip kodu: D-7K3F"), {})
    assert names == {"kod": "D-7K3F"}
    assert match_said(sending, Said("Takip kodu: D-7K3F"), names) == names
    assert match_said(sending, Said("Takip kodu: D-7K3G"), names) is None
    assert match_said(sending, Said("Takip kodu: 7K3F"), {}) is None


def test_what_a_gap_stands_for_can_be_typed() -> None:
    assert typed("/bul {kod} {ad}", {"kod": "D-7K3F"}) == "/bul D-7K3F {ad}"


def test_a_name_used_twice_in_one_message_must_match_itself() -> None:
    assert match_said(Said("{ad} ve {ad}"), Said("Ali ve Ali"), {}) == {"ad": "Ali"}
    assert match_said(Said("{ad} ve {ad}"), Said("Ali ve Veli"), {}) is None


@pytest.mark.parametrize(
    "seen",
    [
        Said("Adınız.", (("Geri",),)),
        Said("Adınız?"),
        Said("Adınız?", (("Geri", "İptal"),)),
        Said("Adınız?", (("Geri",),), "edited"),
        Said("Adınız?\nÖrnek", (("Geri",),)),
    ],
)
def test_another_letter_row_or_manner_is_a_difference(seen: Said) -> None:
    assert match_said(Said("Adınız?", (("Geri",),)), seen, {}) is None


def test_emphasis_and_spaces_at_line_ends_are_not_compared() -> None:
    assert match_said(Said("**Adınız?**  \nÖrnek"), Said("Adınız?\nÖrnek"), {}) == {}


def test_a_call_is_compared_without_its_ticket_and_with_its_types() -> None:
    body = {"AuthTicket": "t", "DeviceCount": 2, "CustomerEmail": ""}
    assert match_received(Received({"DeviceCount": 2, "CustomerEmail": ""}, partial=False), body)
    assert match_received(Received({"DeviceCount": 2}, partial=True), body)
    assert not match_received(Received({"DeviceCount": 2}, partial=False), body)
    assert not match_received(Received({"DeviceCount": "2"}, partial=True), body)
    assert not match_received(Received({"DeviceCount": 2.0}, partial=True), body)
    assert not match_received(Received({"Missing": ""}, partial=True), body)


def test_packaged_transcripts_are_found_by_name_and_can_be_read() -> None:
    for path in PACKAGED.glob("*.txt"):
        assert find_transcript(path.stem) == path
        assert read_transcript(path).exchanges
    with pytest.raises(TranscriptError, match="yok-boyle"):
        find_transcript("yok-boyle")
