"""Tables of dealers and products as offices have them: what is read of them, and how each bad row is named."""

import codecs
from datetime import datetime

import pytest

from bot.office.sheets import UnreadableFile
from bot.office.tables import BadRow, read_catalogue, read_dealers
from conversations.words import Words
from locales import say
from tests.tables import DEALER_HEADINGS, lines, workbook

OZCAN = ("Test Bayi", "MUTLU ÖZCAN", "0530 123 12 12", "0216 555 12 34", "bayi@ornek.com")


def reasons(bad_rows: tuple[BadRow, ...]) -> list[tuple[int, list[str]]]:
    """Each bad row's line with the ids of its reasons."""
    return [(row.line, [_inner(words).id for words in row.reasons]) for row in bad_rows]


def _inner(words: Words) -> Words:
    reason = words.args.get("reason")
    return reason if isinstance(reason, Words) else words


def refused(content: bytes, name: str = "") -> str:
    with pytest.raises(UnreadableFile) as raised:
        read_dealers(content, name)
    assert say(raised.value.reason, "tr") != say(raised.value.reason, "en")
    return raised.value.reason.id


def test_a_workbook_of_dealers_is_read() -> None:
    (dealer,) = read_dealers(workbook(DEALER_HEADINGS, OZCAN)).entries
    assert (dealer.company, dealer.contact_person) == ("Test Bayi", "MUTLU ÖZCAN")
    assert (dealer.mobile_phone, dealer.work_phone, dealer.email) == ("5301231212", "2165551234", "bayi@ornek.com")


@pytest.mark.parametrize(
    "headings",
    [
        ("E-POSTA", "GSM NO", "FİRMA ÜNVANI", "Yetkili Kişi", "OFİS TEL."),
        ("E-mail", "Mobile Phone", "Company Name", "Contact Person", "Office phone"),
        ("mail adresi", "Cep Tel (zorunlu)", "Bayi Adı *", "Adı Soyadı", "Sabit Telefon"),
        ("DealerEmail", "DealerMobilePhone", "DealerCompanyName", "DealerContactPerson", "DealerWorkPhone"),
        ("Bayi e-postası", "Yetkili Cep Telefonu", "Ticari Ünvan", "İrtibat kişisi", "Firma İş Telefonu"),
    ],
)
def test_headings_are_told_by_name_in_any_order(headings: tuple[str, ...]) -> None:
    company, person, mobile, work, email = OZCAN
    table = read_dealers(workbook(headings, (email, mobile, company, person, work)))
    (dealer,) = table.entries
    assert (dealer.company, dealer.contact_person, dealer.email) == (company, person, email)
    assert (dealer.mobile_phone, dealer.work_phone) == ("5301231212", "2165551234")
    assert table.unread == ()


def test_titles_above_the_headings_and_empty_rows_are_passed() -> None:
    title = ("2026 BAYİ LİSTESİ",)
    content = workbook(title, (), ("Firma listesi", None, datetime(2026, 11, 24)), (), DEALER_HEADINGS, (), OZCAN, ())
    table = read_dealers(content)
    assert len(table.entries) == 1
    assert table.bad_rows == ()


def test_headings_that_are_printed_again_are_no_dealers() -> None:
    other = ("Başka Bayi", *OZCAN[1:])
    assert len(read_dealers(workbook(DEALER_HEADINGS, OZCAN, DEALER_HEADINGS, other)).entries) == 2


def test_columns_and_sheets_that_nobody_reads_are_named() -> None:
    table = read_dealers(workbook(("Firma", "Vergi No", "Cep"), ("Test Bayi", 123, "05301231212"), Notlar=[("x",)]))
    assert table.unread == ("Vergi No", "Notlar")


def test_the_sheet_that_has_the_headings_is_read() -> None:
    assert len(read_dealers(workbook(("Kapak",), Bayiler=[DEALER_HEADINGS, OZCAN])).entries) == 1


TURKISH = lines(
    "Firma;Yetkili;Cep;E-posta", "IĞDIR ISI ŞTİ;Gülçin Şığ;0530 123 12 12;a@ornek.com", "Üç Göl;;;b@ornek.com"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_csv_is_read_in_every_way_that_a_spreadsheet_writes_it(encoding: str, separator: str, end: str) -> None:
    text = TURKISH.replace(";", separator).replace("\r\n", end)
    table = read_dealers(text.encode(encoding))
    assert [dealer.company for dealer in table.entries] == ["IĞDIR ISI ŞTİ", "Üç Göl"]
    assert table.entries[0].contact_person == "Gülçin Şığ"
    assert table.entries[1].mobile_phone == ""
    assert table.bad_rows == ()


def test_quoted_cells_may_hold_separators_line_breaks_and_quotes() -> None:
    text = 'Firma;Yetkili\r\n"Isı; Su ""ve"" Gaz\nLtd";Ali Kaya\r\nBaşka;Veli Taş\r\nÜçüncü;Tek\r\n'
    table = read_dealers(text.encode("cp1254"))
    assert [dealer.company for dealer in table.entries] == ['Isı; Su "ve" Gaz Ltd', "Başka"]
    assert reasons(table.bad_rows) == [(5, ["name-needs-surname"])]


def test_a_quotation_mark_that_is_never_closed_loses_no_row_in_silence() -> None:
    assert refused('Firma;Not\r\nA Isı;"acele\r\nB Isı;x\r\nC Isı;y\r\n'.encode()) == "file-open-quote"


def test_other_turkish_code_pages_are_told_and_not_guessed() -> None:
    for encoding in ("cp857", "mac-turkish"):
        assert refused(TURKISH.encode(encoding)) == "file-unknown-letters"


@pytest.mark.parametrize(
    ("cell", "sent"),
    [
        (5301231212, "5301231212"),
        (5301231212.0, "5301231212"),
        (905301231212, "5301231212"),
        ("5301231212.0", "5301231212"),
        ("5301231212,00", "5301231212"),
        ("5,301231212E+09", "5301231212"),
        ("9.05301231212E+11", "5301231212"),
        ("'05301231212", "5301231212"),
        ("+90 (530) 123 12 12", "5301231212"),
        ("0", ""),
        (0, ""),
        ("-", ""),
        ("yok", ""),
        (None, ""),
    ],
)
def test_a_phone_that_a_spreadsheet_made_a_number_is_read(cell: object, sent: str) -> None:
    table = read_dealers(workbook(("Firma", "Cep"), ("Test Bayi", cell)))
    assert table.bad_rows == ()
    assert table.entries[0].mobile_phone == sent


def test_a_phone_that_csv_keeps_as_text_is_read() -> None:
    (dealer,) = read_dealers('Firma;Cep\r\nA Isı;="05301231212"\r\n'.encode()).entries
    assert dealer.mobile_phone == "5301231212"


def test_a_formula_is_never_run() -> None:
    table = read_dealers(workbook(("Firma", "Cep"), ("A Isı", "=1+1"), ('=HYPERLINK("https://ornek.com")', None)))
    assert [dealer.company for dealer in table.entries] == ["A Isı"]


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("Cep", "5,30123E+09", "cell-phone-rounded"),
        ("Cep", "5.30123E+09", "cell-phone-rounded"),
        ("Cep", "5.3e9", "cell-phone-rounded"),
        ("Cep", "0216 555 12 34", "phone-landline"),
        ("Cep", "0530 123 12", "phone-too-short"),
        ("Cep", "0530 123 12 12 / 0532 123 12 12", "cell-unclear"),
        ("İş telefonu", "0216 555 12 34 dahili 12", "cell-unclear"),
        ("Cep", "#YOK", "cell-spreadsheet-says"),
        ("E-posta", "#N/A", "cell-spreadsheet-says"),
        ("Cep", "########", "cell-spreadsheet-says"),
        ("E-posta", "bayi@", "email-not-an-email"),
        ("E-posta", "bayi@gmial.com", "email-typo"),
        ("Yetkili", "Mutlu", "name-needs-surname"),
        ("Yetkili", "Mutlu Özcan 0530", "cell-name-digits"),
        ("Cep", datetime(2026, 11, 24), "phone-date"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_its_column_and_its_reason(heading: str, cell: object, reason: str) -> None:
    content = workbook((), ("Firma", heading), ("İyi Bayi", None), ("Test Bayi", cell))
    table = read_dealers(content)
    assert [dealer.company for dealer in table.entries] == ["İyi Bayi"]
    assert reasons(table.bad_rows) == [(4, [reason])]
    (row,) = table.bad_rows
    assert row.name == "Test Bayi"
    for language in ("tr", "en"):
        assert say(row.reasons[0], language).startswith(f"{heading}: ")


def test_a_row_tells_all_its_reasons() -> None:
    table = read_dealers(workbook(DEALER_HEADINGS, (None, "Mutlu", "123", "456", "x")))
    assert reasons(table.bad_rows) == [
        (2, ["cell-empty", "name-needs-surname", "phone-too-short", "phone-too-short", "email-no-at"])
    ]


def test_the_same_company_twice_is_told_with_the_line_of_the_first() -> None:
    table = read_dealers(workbook(("Firma",), ("Işık Isı",), ("Başka",), ("IŞIK  ISI",)))
    assert len(table.entries) == 2
    assert reasons(table.bad_rows) == [(4, ["row-twice"])]
    assert "2. satır" in say(table.bad_rows[0].reasons[0], "tr")


@pytest.mark.parametrize(
    ("cells", "mobile", "work"),
    [
        (("0530 123 12 12", ""), "5301231212", ""),
        (("0216 555 12 34", ""), "", "2165551234"),
        (("0216 555 12 34", "0530 123 12 12"), "5301231212", "2165551234"),
        (("0530 123 12 12", "0532 123 12 12"), "5301231212", "5321231212"),
        (("0530 123 12 12", "530 123 12 12"), "5301231212", ""),
    ],
)
def test_a_column_that_only_says_telephone_takes_both_kinds(cells: tuple[str, str], mobile: str, work: str) -> None:
    (dealer,) = read_dealers(workbook(("Bayi", "Telefon 1", "Telefon 2"), ("A Isı", *cells))).entries
    assert (dealer.mobile_phone, dealer.work_phone) == (mobile, work)


def test_fields_that_no_column_tells_are_known() -> None:
    assert read_dealers(workbook(("Firma", "Cep"), ("A Isı", ""))).silent == ("contact_person", "work_phone", "email")
    assert read_dealers(workbook(("Firma", "Telefon"), ("A Isı", ""))).silent == ("contact_person", "email")
    assert read_dealers(workbook(DEALER_HEADINGS, OZCAN)).silent == ()
    assert read_catalogue(workbook(("Ürün", "Grup"), ("WT 65", "KAZAN"))).silent == ()


def test_a_third_telephone_is_told() -> None:
    row = ("A Isı", "05301231212", "02165551234", "05321231212")
    table = read_dealers(workbook(("Bayi", "Cep", "Ofis", "Telefon"), row))
    assert reasons(table.bad_rows) == [(2, ["cell-third-phone"])]


def test_name_and_surname_may_stand_in_two_columns() -> None:
    (dealer,) = read_dealers(workbook(("Firma", "Ad", "Soyad"), ("A Isı", "Mutlu", "Özcan"))).entries
    assert dealer.contact_person == "Mutlu Özcan"


def test_a_product_keeps_every_letter_and_space_of_the_file() -> None:
    group = "ECODENSE DUVAR- YER TİPİ  KAZAN"
    (product,) = read_catalogue(workbook(("Ürün Grubu", "Ürün Adı"), (group, " ECODENSE  WT 65 "))).entries
    assert (product.name, product.group) == ("ECODENSE  WT 65", group)


def test_a_catalogue_may_be_toml() -> None:
    text = '[[products]]\nname = "ECODENSE WT 65"\ngroup = "KAZAN"\n\n[[products]]\nname = "x"\ngroup = "KAZAN"\n'
    table = read_catalogue(text.encode(), "urunler.toml")
    assert [(product.name, product.group) for product in table.entries] == [("ECODENSE WT 65", "KAZAN")]
    assert reasons(table.bad_rows) == [(5, ["product-too-short"])]


def test_a_catalogue_without_groups_says_which_column_it_needs() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_catalogue(workbook(("Ürün",), ("ECODENSE WT 65",)))
    assert raised.value.reason.id == "file-column-missing-group"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file-empty"),
        (b" \r\n \r\n", "file-empty"),
        (b"%PDF-1.7 ...", "file-no-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file-old-excel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "file-no-table"),
        (b"PK\x03\x04 not a workbook", "file-damaged"),
        (b"Firma;Cep\r\n", "file-no-rows"),
        (b"A;B\r\n1;2\r\n", "file-no-headings-dealers"),
        (b"Cep;E-posta\r\n1;2\r\n", "file-column-missing-company"),
        (b"Firma;Bayi\r\nA;B\r\n", "file-heading-twice"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "file-no-table"),
        (b"x" * 20_000_001, "file-too-big"),
    ],
)
def test_a_file_without_a_table_says_why(content: bytes, reason: str) -> None:
    assert refused(content) == reason


def test_more_rows_than_allowed_are_refused() -> None:
    assert refused(lines("Firma", *["Bayi"] * 50_001).encode()) == "file-too-many-rows"
    assert refused(lines("Firma", "A Isı", *[";"] * 56_000, "B Isı").encode()) == "file-too-many-rows"


def test_progress_is_told_row_by_row() -> None:
    told: list[tuple[int, int]] = []
    read_dealers(workbook(DEALER_HEADINGS, OZCAN, ("B Isı",)), progress=lambda done, rows: told.append((done, rows)))
    assert told == [(1, 2), (2, 2)]
