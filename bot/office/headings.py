"""The names that offices give to the columns of their tables, in Turkish and English.

A heading is compared folded and without spaces, what stands in brackets and a star apart: "Cep Tel. (*)" is "ceptel".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conversations.answers.plain import terms
from conversations.letters import fold_words

_NOTE = re.compile(r"[(\[][^)\]]{0,80}[)\]]")
_OWNERS = re.compile(r"^(?:bayi|bayii|firma|sirket|yetkili|ilgili|irtibat|dealer|company|contact)s?(?=.)")
"""Whose a telephone or an e-mail is; a list of dealers has nobody else's."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a table may tell. `key` is its field's name; `names` call it.

    `weak` names are looked at only where no column has one of the others. `several`: more than one column may tell it.
    `is_field`: an entry has a field of this name.
    """

    key: str
    names: frozenset[str]
    weak: frozenset[str] = frozenset()
    required: bool = False
    several: bool = False
    is_field: bool = True


DEALER_COLUMNS = (
    Column(
        "company",
        terms(
            """firma firmaadi firmaismi firmaunvani firmaunvan firmatamunvani bayi bayii bayiadi bayiiadi bayiismi
            bayiunvani bayiunvan bayiiunvani bayifirma bayifirmaadi bayifirmaunvani sirket sirketadi sirketunvani
            ticariunvan ticariunvani unvan unvani kurum kurumadi isletme isletmeadi
            company companyname dealer dealername dealercompany dealercompanyname firm firmname businessname"""
        ),
        weak=terms("cari cariadi cariunvan cariunvani musteri musteriadi musteriunvani magaza magazaadi"),
        required=True,
    ),
    Column(
        "contact_person",
        terms(
            """yetkili yetkilikisi yetkilisi yetkiliadi yetkiliadisoyadi yetkiliadsoyad yetkiliisim yetkilininadi
            yetkiliadisoyad yetkiliadsoyadi yetkilikisiadi yetkilikisiadisoyadi ilgili ilgilikisi ilgilikisiadi
            bayiyetkilisi firmayetkilisi irtibatkisisi irtibatkisi irtibat iletisimkisisi sorumlu sorumlukisi temsilci
            adsoyad adisoyadi adisoyad adsoyadi advesoyad isimsoyisim isimsoyad
            contact contactperson contactname person fullname namesurname dealercontactperson dealercontact"""
        ),
        weak=terms("ad adi isim ismi name firstname sahibi"),
    ),
    Column(
        "surname",
        terms("soyad soyadi soyisim yetkilisoyadi yetkilisoyad surname lastname contactsurname contactlastname"),
        is_field=False,
    ),
    Column(
        "mobile_phone",
        terms(
            """cep ceptel cepteli ceptelefonu ceptelefon cepno cepnumarasi cepnumara ceptelno gsm gsmno gsmnumarasi
            gsmtelefon gsmtelefonu mobil mobiltel mobiltelefon mobilno mobile mobilephone mobileno mobilenumber
            mobilephonenumber cell cellphone cellphonenumber cellnumber"""
        ),
    ),
    Column(
        "work_phone",
        terms(
            """istelefonu istel isyeritelefonu isyeritel ofis ofistelefonu ofistel ofistelefon sabit sabittelefon
            sabittel sabithat sabitno sabitnumara santral merkeztelefon merkeztelefonu officephone office workphone
            work landline businessphone officenumber officetelephone worknumber officephonenumber workphonenumber"""
        ),
    ),
    Column(
        "phone",
        terms(
            """telefon telefonu telefonlar tel teli telno telefonno telefonnumarasi telefonnumara telnumarasi tel1 tel2
            telefon1 telefon2 numara iletisim iletisimno iletisimnumarasi iletisimtelefonu
            phone phonenumber phoneno telephone telephonenumber phone1 phone2"""
        ),
        several=True,
        is_field=False,
    ),
    Column(
        "email",
        terms(
            """eposta epostasi epostaadresi email emaili emailadresi mail maili mailadresi elektronikposta emailaddress
            mailaddress"""
        ),
    ),
)
CATALOGUE_COLUMNS = (
    Column(
        "name",
        terms(
            """urun urunadi urunismi urunmodeli urunmodel urunler urunadilistesi malzemeadi stokadi stokismi cihaz
            cihazadi cihazmodeli product productname productmodel productnamelist products"""
        ),
        weak=terms("ad adi isim name model modeladi modelname malzeme stok item itemname urunaciklamasi aciklama"),
        required=True,
    ),
    Column(
        "group",
        terms(
            """urungrubu urungrup urungrupadi urungrubuadi grup grubu grupadi grubuadi malzemegrubu stokgrubu
            cihazgrubu productgroup productgroupname group groupname"""
        ),
        weak=terms("kategori kategorisi urunkategorisi category productcategory family"),
        required=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where the columns stand: by key the places of its cells, and the headings that nobody reads."""

    places: Mapping[str, tuple[int, ...]]
    unread: tuple[str, ...]
    missing: tuple[str, ...] = ()
    twice: tuple[str, str] | None = None

    @property
    def is_usable(self) -> bool:
        """Whether a table can be read by it."""
        return not self.missing and self.twice is None


def find_columns(cells: Sequence[str], columns: Sequence[Column]) -> Found:
    """What this row says if it is the row of the headings; nothing missing and nothing twice in a usable one."""
    keys = [_key(cell) for cell in cells]
    places: dict[str, tuple[int, ...]] = {}
    twice = None
    for column in columns:
        at = [place for place, key in enumerate(keys) if key and _calls(key, column)]
        at = at or [place for place, key in enumerate(keys) if key in column.weak]
        if len(at) > 1 and not column.several:
            twice = twice or (cells[at[0]], cells[at[1]])
        if at:
            places[column.key] = tuple(at)
    read = {place for found in places.values() for place in found}
    unread = tuple(cell for place, cell in enumerate(cells) if cell and place not in read)
    missing = tuple(column.key for column in columns if column.required and column.key not in places)
    return Found(places, unread, missing, twice)


def _key(cell: str) -> str:
    return fold_words(_NOTE.sub(" ", cell[:200])).replace(" ", "") if cell else ""


def _calls(key: str, column: Column) -> bool:
    if key in column.names:
        return True
    return column.key in ("mobile_phone", "work_phone", "phone", "email") and _OWNERS.sub("", key) in column.names
