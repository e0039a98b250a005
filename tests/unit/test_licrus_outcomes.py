"""The table of the chapter Submission: what an answer of Licrus means."""

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.licrus.outcomes import (
    Created,
    Held,
    Outcome,
    RateLimited,
    RefusedByLicrus,
    Unknown,
    call_numbers,
    outcome_of_answer,
)

NOW = datetime(2026, 3, 4, 10, 0, 0, tzinfo=UTC)
SUCCESS = "Verdiğiniz bilgilere göre çağrı oluşturulmuştur. Çağrı numarası: 43090"


def answer(has_error: Any, *messages: str | None) -> bytes:
    return json.dumps(
        {
            "Results": [],
            "Entity": None,
            "HasResult": False,
            "Id": 0,
            "MessageList": [{"Type": 2, "Message": message} for message in messages],
            "HasError": has_error,
        },
        ensure_ascii=False,
    ).encode()


def read(has_error: Any, *messages: str | None, status: int = 200) -> Outcome:
    return outcome_of_answer(status, {}, answer(has_error, *messages))


@pytest.mark.parametrize("status", [200, 201])
def test_the_documented_answer_is_a_call(status: int) -> None:
    assert read(False, SUCCESS, status=status) == Created("43090")


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Çağrı numarası: 43090", "43090"),
        ("Çağrı numarası : 43090.", "43090"),
        ("Çağrı numarası:43090'dır", "43090"),
        ("ÇAĞRI NUMARASI: 43090", "43090"),
        ("çagri numarasi 43090", "43090"),
        ("Cagri numarasi: 43090, iyi günler", "43090"),
        ("C\u0327ag\u0306r\u0131 numaras\u0131: 43090", "43090"),
        ("Çağrı\u00a0numarası:\n 43090", "43090"),
        ("Çağrı numaranız: 43090", "43090"),
        ("Çağrı No: 43090", "43090"),
        ("Çağrı numarası - 43090", "43090"),
        ("Çağrı numarası: <b>43090</b>", "43090"),
        ("Çağrı numarası: SDA-2026-000431", "SDA-2026-000431"),
        ("Çağrı numarası: \u200e43090\u202c", "43090"),
        ("Çağrı numarası: " + "1" * 20, "1" * 20),
    ],
)
def test_the_number_is_read_in_any_spelling_of_its_sentence(sentence: str, number: str) -> None:
    assert read(False, sentence) == Created(number)


def test_the_number_is_found_in_whichever_message_has_it() -> None:
    assert read(False, "Uyarı: garanti süresi dolmuş.", None, SUCCESS) == Created("43090")
    assert read(False, SUCCESS, "Çağrı numarası: 43090") == Created("43090")


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Çağrı oluşturulmuştur.",
        "Çağrı numarası: yok",
        "Çağrı numarası: 0",
        "Çağrı numarası: " + "1" * 21,
        "Çağrı numarası:-1",
        "Çağrı numarası: -1",
        "Çağrı numarası: 43.090",
        "Çağrı numarası: 43090dır",
        "Çağrı numarası: 43090, 43091",
        "Çağrı numaraları: 43090, 43091",
        "Seri numarası: 99958",
    ],
)
def test_success_without_one_certain_number_is_unknown(sentence: str) -> None:
    assert isinstance(read(False, sentence), Unknown)


def test_two_different_numbers_are_unknown() -> None:
    assert read(False, SUCCESS, "Çağrı numarası: 43091") == Unknown("two_numbers")


@pytest.mark.parametrize(
    "reason",
    [
        "99958 seri numaralı ürün bulunamadı.",
        "Seri numarası sistemde kayıtlı değil.",
        "Ürün veritabanında bulunamadı.",
        "Bu bölgede yetkili servis bulunamadı.",
        "Firma yetkilisi boş olamaz.",
        "Müşteri kimlik bilgileri eksik.",
        "Telefon numarası geçersiz: 5301231212",
        "Çağrı oluşturulamadı: ilçe bulunamadı.",
        "Bu seri numarası için daha önce çağrı açılmıştır.",
    ],
)
def test_a_reason_in_plain_words_is_a_refusal(reason: str) -> None:
    assert read(True, reason) == RefusedByLicrus(reason)


@pytest.mark.parametrize(
    "reason",
    [
        "AuthTicket geçersiz.",
        "Geçersiz ticket",
        "Bu işlem için YETKİNİZ yok",
        "Yetkisiz erişim",
        "Bu işlem için yetkili değilsiniz.",
        "Oturumunuz sona ermiş.",
        "Oturum zaman aşımına uğradı.",
        "Session timed out",
        "Authorization has been denied for this request.",
        "Kimlik doğrulama başarısız",
        "Kullanıcı adı veya şifre hatalı",
    ],
)
def test_a_reason_about_the_ticket_is_held(reason: str) -> None:
    assert read(True, reason) == Held("ticket")


@pytest.mark.parametrize(
    "reason",
    [
        "System.NullReferenceException: Object reference not set to an instance of an object.",
        "Nesne başvurusu bir nesnenin örneğine ayarlanmadı.",
        "Transaction (Process ID 54) was deadlocked on lock resources",
        "Execution Timeout Expired.",
        "İşlem ZAMAN AŞIMI nedeniyle kesildi",
        "Violation of PRIMARY KEY constraint",
        "SqlException",
        "   at Licrus.Api.ExternalCall.Create(Request r)",
        "Beklenmeyen bir hata oluştu.",
        "Bir hata oluştu!",
        "Hata",
        "<html><body>Bad</body></html>",
        "AuthTicket okunurken NullReferenceException",
        "-1",
        "",
        "   ",
    ],
)
def test_a_technical_or_missing_reason_is_unknown(reason: str) -> None:
    assert isinstance(read(True, reason), Unknown)
    assert isinstance(read(True, None), Unknown)
    assert isinstance(read(True), Unknown)


@pytest.mark.parametrize(
    "reason",
    [
        "Seri numarası için açık çağrı var. Çağrı numarası: 43090",
        "43090 numaralı çağrı zaten açık.",
        "43090 no'lu açık çağrı var.",
        "Açık çağrı: 43090",
    ],
)
def test_an_error_with_a_call_number_is_unknown_and_shows_the_number_to_the_operator(reason: str) -> None:
    assert read(True, reason) == Unknown("error_with_number", "43090")


def test_an_error_that_says_a_call_was_opened_is_unknown() -> None:
    assert read(True, "Çağrı oluşturulmuştur, ancak SMS gönderilemedi.") == Unknown("error_after_creating")


def test_a_reason_is_bounded_and_without_control_and_direction_characters() -> None:
    outcome = read(True, "Seri\u202e no\x07 \r\n bulunamadı", "x" * 600)
    assert isinstance(outcome, RefusedByLicrus)
    assert outcome.reason.startswith("Seri no bulunamadı xxx")
    assert len(outcome.reason) == 500
    assert outcome.reason.endswith("…")


def test_a_reason_stays_out_of_repr() -> None:
    assert "99958" not in repr(read(True, "99958 bulunamadı"))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 411, 413, 414, 415, 422])
def test_a_status_that_a_person_mends_is_held_whatever_the_body_says(status: int) -> None:
    assert read(False, SUCCESS, status=status) == Held(f"status_{status}")


@pytest.mark.parametrize(
    "status", [100, 101, 202, 203, 204, 206, 301, 302, 307, 308, 402, 406, 408, 409, 418, 500, 502, 504]
)
def test_every_other_status_is_unknown_whatever_the_body_says(status: int) -> None:
    assert read(False, SUCCESS, status=status) == Unknown(f"status_{status}")
    assert read(True, "Seri numarası bulunamadı", status=status) == Unknown(f"status_{status}")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", 1),
        ("99999", 3600),
        ("9" * 5000, 3600),
        ("Wed, 04 Mar 2026 10:02:00 GMT", 120),
        ("Wed, 04 Mar 2026 09:00:00 GMT", 1),
        ("Wed, 04 Mar 9999 09:00:00 GMT", 3600),
        ("soon", 60),
        ("-5", 60),
        ("", 60),
        ("٧", 60),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_bounded(value: str, seconds: int) -> None:
    assert outcome_of_answer(429, {"retry-After": value}, b"", now=NOW) == RateLimited(seconds)


def test_without_retry_after_the_pause_is_a_minute() -> None:
    assert outcome_of_answer(429, {}, b"") == RateLimited(60)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  ",
        b"null",
        b"[]",
        b"{}",
        b"{",
        b"<html>" + SUCCESS.encode() + b"</html>",
        answer("false", SUCCESS),
        answer(0, SUCCESS),
        answer(None, SUCCESS),
        answer(False, SUCCESS)[:-1],
        answer(False, SUCCESS).decode().encode("cp1254"),
        b'{"HasError": false, "MessageList": "' + SUCCESS.encode() + b'"}',
        b'{"HasError": false, "MessageList": [null]}',
        b"[" * 100_000,
        answer(True, "Seri numarası bulunamadı " * 2000),
    ],
)
def test_a_body_that_is_not_the_documented_answer_is_unknown(body: bytes) -> None:
    assert isinstance(outcome_of_answer(200, {}, body), Unknown)


def test_a_byte_order_mark_does_not_hide_the_answer() -> None:
    assert outcome_of_answer(200, {}, b"\xef\xbb\xbf" + answer(False, SUCCESS)) == Created("43090")


@given(st.integers(-1, 1000), st.dictionaries(st.sampled_from(["Retry-After", "x"]), st.text()), st.binary())
def test_no_bytes_and_no_status_raise(status: int, headers: dict[str, str], body: bytes) -> None:
    assert isinstance(outcome_of_answer(status, headers, body), get_args(Outcome))


@given(st.booleans(), st.lists(st.text() | st.text().map("Çağrı numarası: {}".format)))
def test_no_sentence_raises_and_no_error_is_ever_a_call(has_error: bool, messages: list[str]) -> None:
    outcome = outcome_of_answer(200, {}, json.dumps(json.loads(answer(has_error))).encode())
    assert isinstance(outcome, Unknown)
    body = json.dumps({"HasError": has_error, "MessageList": [{"Message": message} for message in messages]}).encode()
    outcome = outcome_of_answer(200, {}, body)
    assert isinstance(outcome, (RefusedByLicrus, Held, Unknown) if has_error else (Created, Unknown))


@given(
    st.from_regex(r"([A-Z]{1,3}-?)?[1-9][0-9]{0,12}", fullmatch=True), st.sampled_from(["", ".", " ", "\n", "'dır."])
)
def test_a_number_is_read_letter_by_letter(number: str, end: str) -> None:
    assert call_numbers(f"Çağrı numarası: {number}{end}") == (number,)
