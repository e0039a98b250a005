"""What one simulated person answers in one conversation, and what Licrus must have received of it.

Every value names its conversation, so that an answer in a wrong field, or in another person's request, is seen.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

CONFIRM = "Onayla ve gönder"
WHO = "Talebi kim dolduruyor?"
KNOWN = "Tekrar hoş geldiniz"
"""How a dealer is greeted whose own fields are known."""
CUSTOMERS_NAME = "Müşterinin adı ve soyadı?"
PLACES = (
    ("Ümraniye, İstanbul", "Istanbul", "Umraniye"),
    ("Karşıyaka, İzmir", "Izmir", "Karsiyaka"),
    ("Çankaya, Ankara", "Ankara", "Cankaya"),
    ("Nilüfer, Bursa", "Bursa", "Nilufer"),
)
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu")


@dataclass(frozen=True, slots=True)
class Step:
    """An answer, and the words by which the question is known that it answers."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation: its answers in order, the body that Licrus must receive, and the customer's name in it."""

    number: int
    steps: tuple[Step, ...]
    body: dict[str, str | int] = field(repr=False)

    @property
    def customer(self) -> str:
        return str(self.body["CustomerFullName"])


def word(number: int) -> str:
    """A word that stands for this number alone, of letters only."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:04d}").capitalize()


def script(number: int, chance: random.Random) -> Script:
    """The conversation of this number (below 10,000); `chance` decides who it is that asks."""
    return _dealer(number, chance) if chance.random() < 0.4 else customer_script(number, chance)


def _device(number: int, chance: random.Random, serials: str) -> tuple[tuple[Step, ...], dict[str, str | int]]:
    place, city, district = chance.choice(PLACES)
    address = f"{word(number)} Mah. Balkan Cad. No: {number} D: 2"
    product, group = f"ECODENSE WT {number:04d}", f"{word(number).upper()} DUVAR TIPI KAZAN"
    steps = (
        Step("Cihaz hangi il ve ilçede?", place),
        Step("Cihazın açık adresi?", address),
        Step("Hangi ürün?", product),
        Step("Ürün grubu?", group),
        Step("Seri numarası?", serials),
    )
    body: dict[str, str | int] = {
        "CustomerCity": city,
        "CustomerDistrict": district,
        "CustomerAddress": address,
        "ProductNameList": product,
        "ProductGroupName": group,
        "ProductSerialNumberList": serials.replace(" ", ""),
    }
    return steps, body


def customer_script(number: int, chance: random.Random) -> Script:
    """A customer's conversation, the shortest there is."""
    name, company, phone = f"Ayşe {word(number)}", f"Bayi {word(number)} Isı", f"0533 1{number:06d}"
    device_steps, device = _device(number, chance, f"A77{number:04d}X")
    email = f"{word(number).lower()}@ornek.com" if chance.random() < 0.5 else ""
    steps = (
        Step(WHO, "Müşteriyim"),
        Step("Cihazı hangi bayiden aldınız?", company),
        Step("Bayinizle ilgili bunlardan bildiğiniz var mı?", "Bilmiyorum, devam et"),
        Step("Adınız ve soyadınız?", name),
        Step("Cep telefonunuz?", phone),
        Step("E-posta adresiniz?", email or "E-postam yok"),
        *device_steps,
        Step("Eklemek istediğiniz bir bilgi var mı?", "Yok, özete geç"),
    )
    body = {
        "DealerCompanyName": company,
        "DealerContactPerson": "",
        "DealerMobilePhone": "",
        "DealerWorkPhone": "",
        "DealerEmail": "",
        "CustomerCompanyName": "",
        "CustomerFullName": name,
        "CustomerMobilePhone": _sent(phone),
        "CustomerWorkPhone": "",
        "CustomerEmail": email,
        **device,
        "DeviceCount": 1,
    }
    return Script(number, steps, body)


def _dealer(number: int, chance: random.Random) -> Script:
    company, contact, name = f"{word(number)} Tesisat", f"Mutlu {word(number)}", f"Ayşe {word(number)}"
    mobile, office, phone = f"0532 2{number:06d}", f"0216 53{number:05d}", f"0535 3{number:06d}"
    email, customer_email = f"bayi{number:04d}@ornek.com", f"{word(number).lower()}@ornek.com"
    customer_company, customer_office = f"{word(number)} Gıda Ltd. Şti.", f"0212 54{number:05d}"
    device_steps, device = _device(number, chance, f"B88{number:04d}X, C99{number:04d}Y")
    steps = (
        Step(WHO, "Bayiyim"),
        Step("Firmanızın adı?", company),
        Step("Adınız ve soyadınız?", contact),
        Step("Cep telefonunuz?", mobile),
        Step("İş telefonunuz?", office),
        Step("E-posta adresiniz?", email),
        Step(CUSTOMERS_NAME, name),
        Step("Müşterinin cep telefonu?", phone),
        Step("Müşterinin e-posta adresi?", customer_email),
        *device_steps,
        Step("Kaç cihaz devreye alınacak?", "2"),
        Step("Eklemek istediğiniz bir bilgi var mı?", f"firma: {customer_company}"),
        Step("Eklemek istediğiniz bir bilgi var mı?", customer_office),
    )
    body = {
        "DealerCompanyName": company,
        "DealerContactPerson": contact,
        "DealerMobilePhone": _sent(mobile),
        "DealerWorkPhone": _sent(office),
        "DealerEmail": email,
        "CustomerCompanyName": customer_company,
        "CustomerFullName": name,
        "CustomerMobilePhone": _sent(phone),
        "CustomerWorkPhone": _sent(customer_office),
        "CustomerEmail": customer_email,
        **device,
        "DeviceCount": 2,
    }
    return Script(number, steps, body)


def as_greeted(script: Script, greeting: str, earlier: Iterable[Script]) -> Script:
    """The script of somebody whom the bot greets as the dealer of an earlier one: nothing of the dealer is asked.

    Whoever is a customer this time says so instead of choosing.
    """
    if KNOWN not in greeting:
        return script
    if script.steps[0].answer == "Müşteriyim":
        return replace(script, steps=(Step(CUSTOMERS_NAME, "Bu kez müşteriyim"), *script.steps[1:]))
    known = next(other for other in earlier if f"Bayi: {other.body['DealerCompanyName']} (" in greeting)
    dealer = {name: value for name, value in known.body.items() if name.startswith("Dealer")}
    first = next(place for place, step in enumerate(script.steps) if step.question == CUSTOMERS_NAME)
    return replace(script, steps=script.steps[first:], body={**script.body, **dealer})


def _sent(phone: str) -> str:
    return phone.replace(" ", "").removeprefix("0")
