"""What people type to steer: whole messages, folded (any case, with or without Turkish letters), as data.

A word steers only when it is the whole message: "Geri Dönüşüm A.Ş." is an answer.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from conversations.letters import fold_words, one_line

COURTESY = frozenset(
    (
        *("evladim", "oglum", "kizim", "yavrum", "canim", "kardesim", "kardes", "abi", "abla", "hocam", "efendim"),
        *("lutfen", "please", "maalesef", "valla", "vallahi", "ki", "benim", "bende", "ya", "yahu"),
    )
)
"""What people put around a word that steers, agrees or declines, and that changes nothing in it."""

STEERING: dict[str, tuple[str, ...]] = {
    "back": ("geri", "geri don", "geri git", "onceki", "onceki soru", "bir onceki", "back", "previous"),
    "skip": ("atla", "gec", "pas", "bos birak", "bos gec", "skip"),
    "cancel": (
        *("iptal", "iptal et", "iptal ediyorum", "vazgec", "vazgectim", "talepten vazgec", "talebi iptal et"),
        *("cancel", "stop", "dur"),
    ),
    "help": (
        "yardim",
        "yardim et",
        "yardim lazim",
        "imdat",
        "help",
        "nasil",
        "anlamadim",
        "ne yapacagim",
    ),
    "ask-help": (
        *("yardim iste", "yardim istiyorum", "canli destek", "musteri temsilcisi", "temsilciye baglan"),
        *("yetkiliye baglan", "yetkiliyle gorusmek istiyorum", "biriyle gorusmek istiyorum", "ask for help", "agent"),
    ),
    "restart": ("bastan", "bastan basla", "yeniden basla", "sifirla", "restart", "start over"),
    "status": ("durum", "durum nedir", "ne oldu", "talebim ne oldu", "status"),
    "new": ("yeni", "yeni talep", "new", "new request"),
    "continue": ("devam", "devam et", "devam edelim", "hayir devam et", "continue"),
    "keep": ("degistirme", "ayni kalsin", "ayni", "kalsin", "keep", "keep it", "same"),
    "confirm": (
        *("onayla", "onayliyorum", "onay", "onayla ve gonder", "gonder", "evet onayliyorum", "evet gonder"),
        *("confirm", "send", "confirm and send"),
    ),
    "edit": ("duzelt", "degistir", "duzeltmek istiyorum", "duzeltme", "edit", "correct"),
    "summary": ("ozet", "ozeti goster", "ozete don", "ozete gec", "summary"),
    "no-reminders": (
        *("hatirlatma", "hatirlatma istemiyorum", "bir daha hatirlatma", "hatirlatma yapma", "hatirlatmayi kapat"),
        *("don t remind me", "no reminders"),
    ),
    "reminders": ("hatirlat", "yine hatirlat", "hatirlatmayi ac", "hatirlatma istiyorum", "remind me"),
    "park": ("beklet", "beklemeye al", "beklesin", "park"),
    "last": ("son musteri", "ayni musteri", "son musteri yeni cihaz", "ayni musteri baska cihaz", "same customer"),
    "as-customer": ("bu kez musteriyim", "bu sefer musteriyim", "bayi degilim", "this time i am the customer"),
    "thanks": (
        *("tesekkurler", "tesekkur ederim", "tesekkur ederiz", "cok tesekkurler", "cok tesekkur ederim", "tesekkur"),
        *("sagol", "sag ol", "sagolun", "sag olun", "cok sagol", "cok sagolun", "cok sag olun", "eyvallah"),
        *("tamam tesekkurler", "tamam sagol", "tamam sagolun", "elinize saglik", "eline saglik", "allah razi olsun"),
        *("thanks", "thank you", "thanks a lot", "many thanks", "thank you very much"),
    ),
    "my-data": ("verilerim", "verilerimi goster", "kisisel verilerim", "bilgilerimi goster", "my data", "show my data"),
    "erase": (
        *("verilerimi sil", "bilgilerimi sil", "kisisel verilerimi sil", "kayitlarimi sil", "verilerim silinsin"),
        *("erase my data", "delete my data"),
    ),
    "language-tr": ("turkce", "turkce yaz", "turkish", "in turkish"),
    "language-en": ("ingilizce", "ingilizce yaz", "english", "in english"),
}

MEANS: dict[str, str] = {word: action for action, words in STEERING.items() for word in words}
"""The action for each steering word."""

BUTTONS: dict[str, str] = {
    "choice-back": "back",
    "choice-cancel": "cancel",
    "choice-cancel-request": "cancel",
    "choice-help": "help",
    "choice-ask-help": "ask-help",
    "choice-restart": "restart",
    "choice-keep": "keep",
    "choice-continue": "continue",
    "choice-new": "new",
    "choice-yes-cancel": "yes",
    "choice-yes-restart": "yes",
    "choice-confirm": "confirm",
    "choice-edit": "edit",
    "choice-to-summary": "summary",
    "choice-no-reminders": "no-reminders",
    "choice-park": "park",
    "choice-last-customer": "last",
    "choice-last-details": "last",
    "choice-as-customer": "as-customer",
    "choice-not-my-dealer": "not-my-dealer",
    "choice-erase": "erase",
    "choice-erase-yes": "erase",
    "choice-erase-no": "keep-data",
    "choice-language-tr": "language-tr",
    "choice-language-en": "language-en",
}
"""The action for each button whose text steers."""

YES = frozenset(
    (
        *("evet", "e", "olur", "tamam", "dogru", "aynen", "yes", "ok", "peki", "tabii", "elbette", "evet dogru"),
        *("evet evet", "evet tamam", "tamam dogru", "evet olur", "yes please", "that s right"),
    )
)
NO = frozenset(
    (
        *("hayir", "h", "yanlis", "degil", "olmaz", "no", "hayir degil", "hicbiri", "hayir yanlis", "bu degil"),
        *("hayir bu degil", "dogru degil", "hayir dogru degil"),
    )
)
NONE = frozenset(("yok", "yok hic", "hic yok", "none"))
"""Words that say no as well, where a yes or a no is asked for."""
NOTHING = frozenset(
    (
        *(
            "yok",
            "bilmiyorum",
            "bos",
            "hicbiri",
            "yok bilmiyorum",
            "bilgim yok",
            "e postam yok",
            "eposta yok",
            "mail yok",
        ),
        *("e posta yok", "mailim yok", "e mailim yok", "firmam yok", "is telefonum yok", "yok gec", "hayir yok"),
        *("hayir tesekkurler", "istemiyorum", "gerek yok", "none", "i don t know", "nothing", "n a", "no thanks"),
        *("bilmem", "bilmiyom", "hic bilmiyorum", "yok hic", "bilmiyorum yok", "hayir bilmiyorum", "i have none"),
        *("bulamiyorum", "bulamadim", "bulamiyoruz", "bulamadik", "goremiyorum", "goremedim", "okuyamiyorum"),
        *(
            "okunmuyor",
            "gorunmuyor",
            "gozukmuyor",
            "silinmis",
            "etikette yok",
            "etikette yazmiyor",
            "uzerinde yazmiyor",
        ),
        *("etiket yok", "etiketi yok", "etiketi bulamiyorum", "seri no bulamiyorum", "seri numarasini bulamiyorum"),
        *("seri no okunmuyor", "seri numarasi okunmuyor", "can t find it", "i can t find it", "can t read it"),
        *("yok tesekkurler", "belirtmek istemiyorum", "vermek istemiyorum", "kullanmiyorum", "hatirlamiyorum"),
    )
)
"""Whole messages that say that there is nothing to give."""

DASHES = frozenset(("-", "--", "–", "—", ".", "x", "X"))
"""What is put into a field that has to hold something."""

LABELS: dict[str, tuple[str, ...]] = {
    "CustomerFullName": ("ad soyad", "adi soyadi", "ad", "isim", "musteri", "musteri adi", "adim", "name", "customer"),
    "CustomerMobilePhone": ("cep", "cep telefonu", "telefon", "tel", "gsm", "numara", "mobile", "phone"),
    "CustomerWorkPhone": ("is telefonu", "is tel", "ofis telefonu", "sabit telefon", "office phone", "work phone"),
    "CustomerEmail": ("e posta", "eposta", "mail", "e mail", "email"),
    "CustomerCompanyName": ("firma", "firma adi", "sirket", "sirket adi", "company"),
    "CustomerCity": ("il", "il ilce", "sehir", "city", "province"),
    "CustomerDistrict": ("ilce", "district"),
    "CustomerAddress": ("adres", "acik adres", "adresim", "address"),
    "ProductNameList": ("urun", "urun adi", "model", "cihaz", "product"),
    "ProductGroupName": ("urun grubu", "grup", "product group"),
    "ProductSerialNumberList": (
        "seri no",
        "seri",
        "seri numarasi",
        "seri numaralari",
        "s n",
        "sn",
        "serial",
        "serials",
    ),
    "DeviceCount": ("cihaz sayisi", "adet", "sayi", "device count", "devices"),
    "DealerCompanyName": ("bayi", "bayi adi", "bayi firmasi", "dealer"),
    "DealerContactPerson": ("bayi yetkilisi", "yetkili", "yetkili kisi", "contact person"),
    "DealerMobilePhone": ("bayi cep", "bayi cep telefonu", "yetkili cep", "dealer mobile"),
    "DealerWorkPhone": ("bayi is telefonu", "bayi telefonu", "dealer office phone"),
    "DealerEmail": ("bayi e posta", "bayi e postasi", "bayi mail", "dealer email"),
}
"""What people write before a colon to name a field, the most usual first."""
_MEANT_BY = {
    label: frozenset(name for name, labels in LABELS.items() if label in labels)
    for labels in LABELS.values()
    for label in labels
}

LONGEST_LABEL = 3
LONGEST_DECLINED = 40
OF_ANYTHING = frozenset(("ad", "il", "numara", "sayi", "adet", "cihaz", "grup"))
"""Labels that say nothing before "yok": "numara yok" may be said of a telephone and of a device."""


@lru_cache(maxsize=256)
def said(text: str) -> str:
    """The folded words of the message without courtesies: "Bilmem ki evladım" says "bilmem"."""
    words = fold_words(text).split()
    return " ".join([word for word in words if word not in COURTESY] or words)


def has_none(text: str) -> bool:
    """Whether the message ends in "yok" or "bilmiyorum" and holds nothing else that could be a number or an e-mail."""
    ends = said(text).split(" ")[-1] in ("yok", "bilmiyorum", "bilmiyoruz", "hatirlamiyorum", "istemiyorum")
    return ends and not any(c.isdigit() or c in "@:=" for c in text)


_OF_THE_SERVICE = re.compile(
    r"(?<![a-z])(?:when will|when do|how much|how long|is it free"
    r"|ne zaman|kac gun(?:de|e)?|hangi gun|saat kacta|ne kadar sur(?:er|ecek)|kac para|ne kadar tutar"
    r"|ucret\w*|parali m|bedava m|(?:gel|ar|baslay)(?:ir|ar|iyor|eyor|iyo|ecek|acak|ayacak)\w{0,4} m[iu])"
)
_LONGEST_QUESTION = 120


def asks_of_service(text: str) -> bool:
    """Whether the whole message asks when the service comes or what it costs ("servis ne zaman gelir?")."""
    asks = text.rstrip().endswith("?") or bool(
        re.search(r"(?:gelir(?:siniz)?|gelecek(?:siniz)?|sinir|tutar|surer|m[iu]\w{0,4})$", said(text))
    )
    plain = not any(c.isdigit() or c in "@:=\n" for c in text.strip())
    return asks and plain and len(text) <= _LONGEST_QUESTION and _OF_THE_SERVICE.search(said(text)) is not None


def declines(text: str) -> bool:
    """Whether the message begins with a no: enough where the question is only whether to give up."""
    return said(text).split(" ")[0] in ("hayir", "yok", "no")


def steering(text: str, choice: str | None) -> str | None:
    """The action that this whole message asks for, as a word or as the text of a button; None when it is an answer."""
    if choice is not None and choice in BUTTONS:
        return BUTTONS[choice]
    return MEANS.get(said(text)) if len(text) <= 40 else None


def labelled(text: str, names: Iterable[str]) -> tuple[str, str] | None:
    """The field and the value of "label: value" (or "=", or the bare label, with ""), among these fields."""
    head, separator, tail = one_line(text).partition(":")
    if not separator:
        head, separator, tail = one_line(text).partition("=")
    meant = _MEANT_BY.get(fold_words(head), ())
    return next(((name, tail.strip()) for name in names if name in meant), None)


def loosely_labelled(text: str, names: Iterable[str]) -> tuple[str, str] | None:
    """The field and the value of "label value", with nothing between the two, among these fields: the longest label.

    Whether it is one, the value must say: "cihaz bozuk" begins with a label too.
    """
    words = one_line(text).split()
    fields = tuple(names)
    for length in range(min(LONGEST_LABEL, len(words) - 1), 0, -1):
        meant = _MEANT_BY.get(fold_words(" ".join(words[:length])), ())
        for name in fields:
            if name in meant:
                return name, " ".join(words[length:])
    return None


def names_a_field(text: str) -> bool:
    """Whether a label of any field begins the text, or is what it says there is nothing for."""
    return any(find(text, LABELS) is not None for find in (labelled, loosely_labelled, without))


def without(text: str, names: Iterable[str]) -> str | None:
    """The field, among these, that the whole message says there is nothing for ("mail yok", "e-postam yok")."""
    head, _, end = said(text).rpartition(" ")
    if end not in ("yok", "yoktur") or len(head) > LONGEST_DECLINED:
        return None
    bare = re.sub(r"(?<=[a-z])(?:[iu]?m|s?[iu])$", "", head)
    for name in names:
        if not {head, bare}.isdisjoint(set(LABELS.get(name, ())) - OF_ANYTHING):
            return name
    return None
