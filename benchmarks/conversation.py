"""The conversation that every contestant holds: a dealer's first request, all 17 fields, in 19 updates.

Every value names its person, so that an answer in a wrong field, or in another person's request, is seen.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

CONFIRM = "Onayla ve gönder"
SENDING = "gönderiliyor"
NUMBER = "Çağrı numarası: {}\n"
APART_S = 30
"""Between two messages of one person, by Telegram's dates: nobody's address was sent in two pieces."""

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu")
_PLACES = (
    ("Ümraniye, İstanbul", "Istanbul", "Umraniye", "İstanbul / Ümraniye"),
    ("Karşıyaka, İzmir", "Izmir", "Karsiyaka", "İzmir / Karşıyaka"),
    ("Çankaya, Ankara", "Ankara", "Cankaya", "Ankara / Çankaya"),
    ("Nilüfer, Bursa", "Bursa", "Nilufer", "Bursa / Nilüfer"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot must say: words that stand in it, and buttons that are among its own."""

    words: str
    buttons: tuple[str, ...] = ()


QUESTIONS = (
    Question("Talebi kim dolduruyor?", ("Müşteriyim", "Bayiyim")),
    Question("Firmanızın adı?", ("Geri",)),
    Question("Adınız ve soyadınız?", ("Geri",)),
    Question("Cep telefonunuz?", ("Numaramı paylaş", "Geri")),
    Question("İş telefonunuz?", ("İş telefonum yok", "Geri")),
    Question("E-posta adresiniz?", ("E-postam yok", "Geri")),
    Question("Müşterinin adı ve soyadı?", ("Geri",)),
    Question("Müşterinin cep telefonu?", ("Geri",)),
    Question("Müşterinin e-posta adresi?", ("E-postası yok", "Geri")),
    Question("Cihaz hangi il ve ilçede?", ("Konum gönder", "Geri")),
    Question("Cihazın açık adresi?", ("Geri",)),
    Question("Hangi ürün?", ("Geri",)),
    Question("Ürün grubu?", ("Geri",)),
    Question("Seri numarası?", ("Geri",)),
    Question("Kaç cihaz devreye alınacak?", ("2 cihaz", "Geri")),
    Question("Eklemek istediğiniz bir bilgi var mı?", ("Firma adı", "İş telefonu", "Yok, özete geç")),
    Question("Eklemek istediğiniz bir bilgi var mı?", ("İş telefonu", "Yok, özete geç")),
    Question("Son kontrol. Talep henüz gönderilmedi.", (CONFIRM, "Düzelt", "Vazgeç")),
)
"""What follows each update but the last; that one is the tap on CONFIRM."""
SUMMARY = len(QUESTIONS) - 1
UPDATES = len(QUESTIONS) + 1
"""Updates of a whole conversation."""


def word(number: int) -> str:
    """A word that stands for this number (below a million) alone, of letters only."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:06d}").capitalize()


@dataclass(frozen=True, slots=True)
class Script:
    """What one person says, in order; what the summary must hold; and what Licrus must receive beside its ticket."""

    texts: tuple[str, ...]
    summary: tuple[str, ...]
    body: dict[str, str | int]

    @property
    def serials(self) -> str:
        """By what a call of Licrus's is known to be this person's."""
        return str(self.body["ProductSerialNumberList"])

    @property
    def customer(self) -> str:
        return str(self.body["CustomerFullName"])


def script(number: int) -> Script:
    """The conversation of the person of this number, below a million."""
    name = word(number)
    place, city, district, shown = _PLACES[number % len(_PLACES)]
    company, contact, customer = f"{name} Tesisat", f"Mutlu {name}", f"Ayşe {name}"
    mobile, office = f"532 2{number // 10_000:02d} {number // 100 % 100:02d} {number % 100:02d}", f"216 5{number:06d}"
    phone, customer_office = f"535 3{number:06d}", f"212 5{number:06d}"
    email, customer_email = f"bayi{number:06d}@ornek.com", f"{name.lower()}@ornek.com"
    address = f"{name} Mah. Balkan Cad. No: {number % 900 + 1} D: 2"
    product, group = f"ECODENSE WT {number:06d}", f"{name.upper()} DUVAR TIPI KAZAN"
    serials = f"B88{number:06d}X, C99{number:06d}Y"
    customer_company = f"{name} Gıda Ltd. Şti."
    texts = (
        "/start",
        "Bayiyim",
        company,
        contact,
        f"0{mobile}",
        f"0{office}",
        email,
        customer,
        f"0{phone}",
        customer_email,
        place,
        address,
        product,
        group,
        serials,
        "2",
        f"firma: {customer_company}",
        f"0{customer_office}",
    )
    body: dict[str, str | int] = {
        "DealerCompanyName": company,
        "DealerContactPerson": contact,
        "DealerMobilePhone": mobile.replace(" ", ""),
        "DealerWorkPhone": office.replace(" ", ""),
        "DealerEmail": email,
        "CustomerCompanyName": customer_company,
        "CustomerFullName": customer,
        "CustomerMobilePhone": phone.replace(" ", ""),
        "CustomerWorkPhone": customer_office.replace(" ", ""),
        "CustomerEmail": customer_email,
        "CustomerCity": city,
        "CustomerDistrict": district,
        "CustomerAddress": address,
        "ProductNameList": product,
        "ProductGroupName": group,
        "ProductSerialNumberList": serials.replace(" ", ""),
        "DeviceCount": 2,
    }
    return Script(texts, (company, customer, customer_email, shown, address, product, serials), body)


def update_writer(bot_id: int) -> tuple[Callable[..., bytes], Callable[..., bytes]]:
    """Two functions that write updates as Telegram does: a text, and a tap on a button of a bot's message.

    The id of the tap is that of its chat: everybody taps once. Both are templates: to build each from objects would
    cost the load more than all the rest of it.
    """
    began = int(time.time()) - UPDATES * APART_S
    who = '{"id":%d,"is_bot":false,"first_name":"Mutlu","last_name":"Kişi","language_code":"tr"}'
    chat = '{"id":%d,"first_name":"Mutlu","last_name":"Kişi","type":"private"}'
    command = ',"entities":[{"offset":0,"length":6,"type":"bot_command"}]'
    message = f'{{"update_id":%d,"message":{{"message_id":%d,"from":{who},"chat":{chat},"date":%d,"text":"%s"%s}}}}'
    tap = (
        f'{{"update_id":%d,"callback_query":{{"id":"%d","from":{who},"message":{{"message_id":%d,'
        f'"from":{{"id":{bot_id},"is_bot":true,"first_name":"Devreye","username":"devreye_bench_bot"}},"chat":{chat},'
        f'"date":%d,"text":"Son kontrol."}},"chat_instance":"1","data":"%s"}}}}'
    )

    def text_update(update_id: int, chat_id: int, message_id: int, step: int, text: str) -> bytes:
        date = began + step * APART_S
        entities = command if text == "/start" else ""
        return (message % (update_id, message_id, chat_id, chat_id, date, text, entities)).encode()

    def tap_update(update_id: int, chat_id: int, message_id: int, step: int, data: str) -> bytes:
        date = began + step * APART_S
        return (tap % (update_id, chat_id, chat_id, message_id, chat_id, date, data)).encode()

    return text_update, tap_update
