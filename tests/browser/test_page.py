"""The chat page in a real browser: a conversation to its end, by hand, by keyboard, and on a narrow screen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from bot.sandbox.pictures import draw_label
from bot.sandbox.transcript_parts import Press, Received, Transcript, Type
from bot.sandbox.transcripts import PACKAGED, read_transcript

PHONE_SCREEN = {"width": 320, "height": 640}
DESK_SCREEN = {"width": 1280, "height": 900}


@contextmanager
def opened(browser: Browser, url: str, screen: dict[str, int], windows: int = 2) -> Iterator[Page]:
    """The page; at the end nothing may have gone wrong in it and nothing may have been loaded from elsewhere."""
    context = browser.new_context(viewport={"width": screen["width"], "height": screen["height"]}, locale="tr-TR")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            troubles.append(request.url)
            if urlsplit(request.url).scheme != "data" and not request.url.startswith(url + "/")
            else None
        ),
    )
    page.goto(url + "/")
    expect(page.locator("section[data-person]")).to_have_count(windows)
    yield page
    context.close()
    assert troubles == []


def sample() -> Transcript:
    """The first packaged conversation that reaches Licrus by nothing but typing and tapping."""
    for path in sorted(PACKAGED.glob("*.txt")):
        transcript = read_transcript(path)
        reaches = any(isinstance(told, Received) for exchange in transcript.exchanges for told in exchange.licrus)
        plain = all(
            isinstance(exchange.action, Type) or (isinstance(exchange.action, Press) and not exchange.action.old)
            for exchange in transcript.exchanges
        )
        if reaches and plain:
            return transcript
    raise AssertionError("no packaged transcript reaches Licrus by typing and tapping alone")


def type_text(phone: Locator, text: str) -> None:
    phone.locator("textarea[data-input]").fill(text)
    phone.locator("button[data-send]").click()


def press(phone: Locator, label: str) -> None:
    whole = re.compile(rf"^\s*{re.escape(label)}\s*$")
    phone.locator("button[data-inline], button[data-reply]").filter(has_text=whole, visible=True).last.click()


def hold(phone: Locator, transcript: Transcript) -> None:
    """Types and taps the whole conversation; waits for the last line of each answer."""
    for exchange in transcript.exchanges:
        match exchange.action:
            case Type(text):
                type_text(phone, text)
            case Press(label):
                press(phone, label)
            case _:
                raise AssertionError(exchange)
        for said in exchange.said:
            if said.manner == "new":
                line = said.text.replace("**", "").splitlines()[0].partition("{")[0]
                expect(phone.locator(".message").filter(has_text=line).last).to_be_visible()


def test_a_whole_conversation_by_hand_ends_with_the_call_number(browser: Browser, url: str, tmp_path: Path) -> None:
    with opened(browser, url, DESK_SCREEN) as page:
        phone = page.locator("section[data-person]").first
        hold(phone, sample())
        expect(phone.locator(".message").filter(has_text="Çağrı numarası: 43090")).to_be_visible()
        expect(page.locator("[data-licrus-call='43090']")).to_be_visible()
        picture = tmp_path / "page.png"
        page.screenshot(path=picture)
        assert picture.stat().st_size > 10_000


def test_two_people_talk_side_by_side_without_seeing_each_other(browser: Browser, url: str) -> None:
    with opened(browser, url, DESK_SCREEN) as page:
        first, second = page.locator("section[data-person]").first, page.locator("section[data-person]").last
        type_text(first, "/start")
        expect(first.locator(".message")).not_to_have_count(1)
        expect(second.locator(".message")).to_have_count(0)


def test_markup_in_a_message_is_shown_and_never_runs(browser: Browser, url: str) -> None:
    hostile = '<img src=x onerror="window.ran = 1"><script>window.ran = 1</script> javascript:window.ran=1'
    with opened(browser, url, DESK_SCREEN) as page:
        phone = page.locator("section[data-person]").first
        type_text(phone, hostile)
        expect(phone.locator(".message").filter(has_text=hostile).first).to_be_visible()
        assert page.evaluate("window.ran") is None
        assert phone.locator(".message img, .message script, .message a[href^='javascript']").count() == 0


def test_the_keyboard_alone_is_enough_to_be_answered(browser: Browser, url: str) -> None:
    with opened(browser, url, DESK_SCREEN) as page:
        phone = page.locator("section[data-person]").first
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('textarea[data-input]')"):
                break
        page.keyboard.type("/start")
        page.keyboard.press("Enter")
        button = phone.locator("button[data-reply], button[data-inline]").first
        expect(button).to_be_visible()
        messages = phone.locator(".message")
        before = messages.count()
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('button[data-reply], button[data-inline]')"):
                break
        page.keyboard.press("Enter")
        expect(messages.nth(before + 1)).to_be_visible()


def test_a_narrow_screen_is_never_wider_than_itself(browser: Browser, url: str) -> None:
    with opened(browser, url, PHONE_SCREEN) as page:
        phone = page.locator("section[data-person]").first
        conversation = sample()
        hold(phone, Transcript(conversation.name, conversation.exchanges[:4]))
        expect(phone.locator(".message").last).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def attach(page: Page, phone: Locator, label: str) -> None:
    phone.locator("button[data-attach]").click()
    page.get_by_role("menuitem", name=label).click()


def answered(phone: Locator, line: str) -> None:
    expect(phone.locator(".message").filter(has_text=line).last).to_be_visible(timeout=15_000)


def test_photos_files_contacts_and_locations_are_sent_and_answered(browser: Browser, url: str, tmp_path: Path) -> None:
    labels = [tmp_path / f"{serial}.png" for serial in ("99958", "99959")]
    for label in labels:
        label.write_bytes(draw_label([label.stem]))
    card = tmp_path / "ayse.vcf"
    card.write_text("BEGIN:VCARD\nFN:Ayşegül Demir\nEMAIL:aysegul@ornek.com\nEND:VCARD\n", "utf-8")
    with opened(browser, url, DESK_SCREEN) as page:
        phone = page.locator("section[data-person]").first
        type_text(phone, "/start")
        press(phone, "Müşteriyim")
        answered(phone, "Cihazı hangi bayiden aldınız?")
        phone.locator("input[data-photo]").set_input_files(labels)
        answered(phone, "Fotoğraftan okunan seri no: 99958, 99959")
        expect(phone.locator(".message img")).to_have_count(2)
        attach(page, phone, "Numaramı paylaş")
        answered(phone, "Cep telefonu: 0530 123 12 12")
        type_text(phone, "Test Bayi")
        press(phone, "Bilmiyorum, devam et")
        answered(phone, "Adınız ve soyadınız?")
        phone.locator("input[data-document]").set_input_files(card)
        press_when_there(phone, "Evet, yazılsın")
        answered(phone, "E-posta: aysegul@ornek.com")
        press_when_there(phone, "Konum gönder")
        page.locator("#location-dialog button[type=submit]").click()
        press_when_there(phone, "İstanbul / Ümraniye")
        answered(phone, "İl / ilçe: İstanbul / Ümraniye")


def press_when_there(phone: Locator, label: str) -> None:
    whole = re.compile(rf"^\s*{re.escape(label)}\s*$")
    button = phone.locator("button[data-inline], button[data-reply]").filter(has_text=whole, visible=True).last
    expect(button).to_be_visible(timeout=15_000)
    button.click()


def test_a_label_is_drawn_for_who_has_none(browser: Browser, url: str) -> None:
    with opened(browser, url, PHONE_SCREEN) as page:
        phone = page.locator("section[data-person]").first
        type_text(phone, "/start")
        attach(page, phone, "Örnek etiket fotoğrafı")
        page.locator("#label-dialog textarea").fill("99958\nQR: S/N: 77777")
        page.locator("#label-dialog button[type=submit]").click()
        answered(phone, "Fotoğraftan okunan seri no: 77777")


def test_an_operator_answers_who_asked_for_help_by_replying(browser: Browser, url_with_operators: str) -> None:
    with opened(browser, url_with_operators, DESK_SCREEN, windows=3) as page:
        office = page.get_by_label("Telefon: Servis Ofisi")
        phone = page.get_by_label("Telefon: Ayşe Yılmaz")
        type_text(phone, "/start")
        type_text(phone, "yardım iste")
        expect(phone.locator(".message").filter(has_text="tek mesajda")).to_be_visible()
        type_text(phone, "Etiketi bulamıyorum")
        asked = office.locator(".message").filter(has_text="Etiketi bulamıyorum").last
        expect(asked).to_be_visible()
        asked.locator(".message-menu").click()
        office.get_by_role("menuitem", name="Yanıtla").click()
        type_text(office, "Kapağın içinde")
        expect(phone.locator(".message").filter(has_text="Kapağın içinde")).to_be_visible()


def test_either_operator_acts_and_sees_who_wrote_what(browser: Browser, url_with_operators: str) -> None:
    with opened(browser, url_with_operators, DESK_SCREEN, windows=3) as page:
        office = page.get_by_label("Telefon: Servis Ofisi")
        type_text(office, "Günaydın")
        mine = office.locator(".message").filter(has_text="Günaydın")
        expect(mine.locator(".author")).to_have_count(0)
        office.locator("select[data-member]").select_option("Emre Kaya")
        expect(mine.locator(".author")).to_contain_text("Zeynep Demir")
        type_text(office, "Hoş geldin")
        expect(office.locator(".message.person").filter(has_text="Hoş geldin")).to_be_visible()
        expect(office.locator(".message").filter(has_text="Bot çalışıyor").locator(".author")).to_contain_text(
            "Devreye"
        )


def test_a_dealers_sticker_is_scanned_or_photographed(browser: Browser, url_with_operators: str) -> None:
    with opened(browser, url_with_operators, DESK_SCREEN, windows=3) as page:
        scanning, photographing = page.get_by_label("Telefon: Ayşe Yılmaz"), page.get_by_label("Telefon: Mutlu Özcan")
        dialog = page.locator("#sticker-dialog")
        scanning.locator("button[data-sticker]").click()
        dialog.locator("select").select_option("Çelik Tesisat ve Doğalgaz")
        expect(dialog.locator("img")).to_have_js_property("complete", True)
        dialog.locator("button[value=scan]").click()
        answered(scanning, "Bayiniz: Çelik Tesisat ve Doğalgaz")
        photographing.locator("button[data-sticker]").click()
        dialog.locator("select").select_option("Karadeniz Isı A.Ş.")
        dialog.locator("button[value=photo]").click()
        answered(photographing, "Bayiniz: Karadeniz Isı A.Ş.")


def test_licrus_stays_as_it_was_switched(browser: Browser, url: str) -> None:
    with opened(browser, url, DESK_SCREEN) as page:
        switch = page.locator("[data-switch=timeout-after]")
        switch.click()
        expect(switch).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#switch-hint")).not_to_be_empty()
        page.reload()
        expect(switch).to_have_attribute("aria-pressed", "true")
        page.locator("[data-switch='']").click()
        expect(page.locator("[data-switch='']")).to_have_attribute("aria-pressed", "true")
        assert page.request.get(f"{url}/api/licrus/faults").json()["waiting"] == []


REQUEST = """Ad: Ayşe Yılmaz
Tel: 0530 123 12 12
E-posta: ayse.yilmaz@ornek.com
Adres: Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2
İlçe: Ümraniye
Ürün: ECODENSE WT 65
Seri no: 99958"""


def test_a_call_that_timed_out_is_unknown_until_an_operator_settles_it(
    browser: Browser, url_with_operators: str
) -> None:
    """What a visitor of the demo can watch within a minute."""
    with opened(browser, url_with_operators, DESK_SCREEN, windows=3) as page:
        office, phone = page.get_by_label("Telefon: Servis Ofisi"), page.get_by_label("Telefon: Ayşe Yılmaz")
        page.locator("[data-switch=timeout-after]").click()
        phone.locator("button[data-sticker]").click()
        page.locator("#sticker-dialog button[value=scan]").click()
        answered(phone, "Bayiniz: Test Bayi")
        type_text(phone, REQUEST)
        press_when_there(phone, "Yok, özete geç")
        press_when_there(phone, "Onayla ve gönder")
        answered(phone, "çağrı numarası kontrol ediliyor")
        call = page.locator("[data-licrus-call]").first
        expect(call).to_have_attribute("data-licrus-call", "43090")

        answered(office, "Sonucu belirsiz talep")
        office.locator("select[data-member]").select_option("Emre Kaya")
        press_when_there(office, "Açıldı: numarayı yazın")
        answered(office, "Çağrı numarası beklenen talep")
        expect(office.locator(".editing")).to_contain_text("Mesaj yanıtlanıyor")
        type_text(office, "43091")
        answered(phone, "Çağrı numarası: 43091")

        office.locator("select[data-member]").select_option("Zeynep Demir")
        press_when_there(office, "Numarayı düzelt")
        answered(office, "Çağrı numarası düzeltilecek talep")
        type_text(office, "43090")
        answered(phone, "Çağrı numaranız düzeltildi.")
        settled = office.locator(".message").filter(has_text="Sonuçlanan talep")
        expect(settled).to_contain_text("43091. Karar: Emre Kaya")
        expect(settled).to_contain_text("43090. Karar: Zeynep Demir")


def test_an_invitation_in_the_group_is_opened_by_whoever_is_picked(browser: Browser, url_with_operators: str) -> None:
    with opened(browser, url_with_operators, DESK_SCREEN, windows=3) as page:
        office, phone = page.get_by_label("Telefon: Servis Ofisi"), page.get_by_label("Telefon: Mutlu Özcan")
        type_text(office, "/davet Test Bayi")
        press_when_there(office, "Bağlantıyı kopyala")
        page.get_by_role("menuitem", name="Mutlu Özcan").click()
        answered(phone, "Davetiniz kabul edildi")


def test_a_file_that_the_bot_sends_can_be_fetched(browser: Browser, url: str) -> None:
    with opened(browser, url, DESK_SCREEN) as page:
        phone = page.locator("section[data-person]").first
        chat_id = phone.get_attribute("data-person")
        sheet: FilePayload = {"name": "sablon.csv", "mimeType": "text/csv", "buffer": b"Bayi;Telefon"}
        sent = page.request.post(
            f"{url}/bot110201543:SANDBOX-TOKEN/sendDocument", multipart={"chat_id": str(chat_id), "document": sheet}
        )
        assert sent.ok
        with page.expect_download() as download:
            phone.locator(".message a[download]").click()
        assert download.value.suggested_filename == "sablon.csv"
        assert Path(download.value.path()).read_bytes() == b"Bayi;Telefon"
