"""Whatever a customer does where the office has lists: an answer comes, and what is masked is never read."""

import random

import pytest

from bot.telegram.outbound import render
from conversations.activation import activation_form
from conversations.catalogue import Catalogue, CatalogueEntry
from conversations.directory import Dealer, Dealers, Link
from conversations.letters import name_key
from conversations.replies import Message
from tests.talking import CUSTOMER, DEALER, Talk

SECRETS = ("NURAY", "IZILIRMAK", "5466757", "546 67", "333 44", "dealeremail", "Sıdıka", "Zorlutuna", "1122299")


def dealer(company: str, *contact: str) -> Dealer:
    return Dealer(name_key(company), company, *contact)


TEST = dealer("Test Bayi", "NURAY KIZILIRMAK", "5325466757", "2163334455", "dealeremail@dealer.com")
OTHER = dealer("Test Isı", "Sıdıka Zorlutuna", "5321122299")
CATALOGUE = Catalogue(
    (
        *(CatalogueEntry(f"ECODENSE WT {size}", "ECODENSE DUVAR- YER TİPİ KAZAN") for size in range(45, 90, 5)),
        *(CatalogueEntry(f"ECOMAX {size} kW", f"KOMBİ {size}") for size in range(20, 40, 2)),
    )
)
FORMS = (
    activation_form(catalogue=CATALOGUE, dealers=Dealers((TEST, OTHER, dealer("Işıklar")))),
    activation_form(catalogue=CATALOGUE, dealers=Dealers((OTHER,))),
    activation_form(),
)
TEXTS = (
    *CUSTOMER,
    *("test", "test bayi", "Test Isı", "bayi: test ısı", "bayi yetkilisi: aynı", "bayi ile aynı", "aynı", "kendim"),
    *(
        "iş telefonu: aynı",
        "bayi iş telefonu: aynı",
        "cep: bayi ile aynı",
        "bayi: Kimsesiz Ltd",
        "ürün: eco",
        "ecodense",
    ),
    *(
        "ürün: wt 65, ecomax",
        "grup: kombi",
        "evet",
        "hayır",
        "geri",
        "atla",
        "baştan",
        "iptal",
        "özet",
        "düzelt",
        "durum",
    ),
    *("bayi benim", "Bayim bu değil", "Bayiyim", "Müşteriyim", "Listede yok", "Diğer ürünler", "Sonrakiler", "yardım"),
    *("/start code", "/start other", "/start none", "/start", "x", "👍", "0532 546 67 57", "bayi e posta: yok"),
    "Ad: Ayşe Demir\nTel: 0530 123 12 13\nBayi: Test Bayi\nÜrün: wt 65\nSeri no: 99958",
)


def seen(message: Message, talk: Talk) -> str:
    """Everything of a message that somebody can read, also with a client of their own."""
    for language in ("tr", "en"):
        render(message, language)
    buttons = [button for row in message.buttons for button in row]
    texts = [talk.read(words) for words in message.paragraphs]
    return "\n".join([*texts, *(f"{talk.read(b.label)} {b.argument} {b.copies}" for b in buttons)])


@pytest.mark.parametrize("seed", range(150))
def test_whatever_a_customer_does_nothing_masked_is_ever_read(seed: int) -> None:
    chance = random.Random(seed)
    talk = Talk(form=chance.choice(FORMS[:2]), links={"code": Link("sticker", TEST), "other": Link("sticker", OTHER)})
    told: list[str] = []
    begun = chance.choice(
        (("/start", "Müşteriyim", "test bayi"), ("/start", "Müşteriyim", "test ısı"), ("/start code",))
    )
    talk.say(*begun, *CUSTOMER[4 : chance.randint(4, len(CUSTOMER))])
    for _ in range(60):
        if chance.random() < 0.02:
            talk.form = chance.choice(FORMS)
        buttons = [b for b in talk.all_buttons if b.copies is None and b.request is None]
        if buttons and chance.random() < 0.5:
            label = talk.read(chance.choice(buttons).label)
            inline = talk.messages[-1].surface == "inline"
            told.append(f"[{label}]")
            if inline and any(talk.read(b.label) == label for row in talk.messages[-1].buttons for b in row):
                talk.press(label)
            else:
                talk.say(label)
        else:
            text = chance.choice(TEXTS if chance.random() < 0.7 else CUSTOMER + DEALER[3:5])
            told.append(text)
            talk.say(text)
        typed = told[-1]
        for message in talk.messages:
            shown = seen(message, talk)
            leaked = [secret for secret in SECRETS if secret in shown and secret not in "\n".join(told)]
            assert not leaked, f"seed {seed}: {leaked} after {told}"
        assert talk.messages or talk.turn is not None, f"seed {seed}: no answer to {typed}"
