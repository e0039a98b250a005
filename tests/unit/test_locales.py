"""The locales hold every sentence that the code can say, in every language, with the arguments that the code gives."""

import ast
import html
import re
from pathlib import Path

import pytest

import locales
from bot.office.cards import reason_said
from conversations.activation import ACTIVATION
from conversations.words import Words

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "conversations").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])


def said_in_code() -> dict[str, set[str]]:
    """Message ids with the arguments given to each, read from the sources: Words("id", {...})."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        if "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words"):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                given = found.setdefault(first.value, set())
                if len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
                    keys = node.args[1].keys
                    given |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
                    given |= {"*"} if None in keys else set()
                elif len(node.args) > 1:
                    given.add("*")
    return found


def fields_and_menus() -> set[str]:
    return {f.name for s in ACTIVATION.sections for step in s.steps for f in step.fields} | {
        step.name for s in ACTIVATION.sections for step in s.steps
    }


def test_every_sentence_of_the_code_is_in_every_language() -> None:
    said = set(said_in_code())
    for language in locales.LANGUAGES:
        assert said - locales.ids(language) == set(), language


def test_every_argument_that_a_sentence_uses_is_given_by_the_code() -> None:
    given = said_in_code()
    for message_id, names in given.items():
        if "*" not in names:
            assert locales.arguments("tr", message_id) <= names, message_id


def test_all_languages_hold_the_same_ids_with_the_same_arguments() -> None:
    for language in locales.LANGUAGES:
        assert locales.ids(language) == locales.ids("tr")
        for message_id in locales.ids("tr"):
            assert locales.arguments(language, message_id) == locales.arguments("tr", message_id), message_id


def test_every_question_has_its_reason_its_example_and_its_label() -> None:
    for name in fields_and_menus():
        for attribute in ("", ".why", ".example", ".label"):
            assert name + attribute in locales.ids("tr"), name + attribute


def test_no_sentence_is_left_that_nothing_says() -> None:
    spelled = " ".join(path.read_text(encoding="utf-8") for path in SOURCES if "sandbox" not in path.parts)
    prefixes = tuple(re.findall(r'Words\(f"([a-z-]+)\{', spelled)) + tuple(re.findall(r'f"([a-z]+-)\{', spelled))
    for message_id in locales.ids("tr"):
        name = message_id.partition(".")[0]
        assert name in fields_and_menus() or f'"{name}"' in spelled or name.startswith(prefixes), message_id


def test_turkish_holds_no_word_that_people_should_not_read() -> None:
    source = (ROOT / "locales" / "tr.ftl").read_text(encoding="utf-8")
    sentences = "\n".join(line for line in source.splitlines() if not line.startswith("#")).lower()
    for word in ("lütfen", "geçersiz", "hata", "invalid", "error"):
        assert not re.search(rf"\b{word}\b", sentences), word


def test_no_suffix_is_glued_to_a_variable() -> None:
    source = (ROOT / "locales" / "tr.ftl").read_text(encoding="utf-8")
    assert re.findall(r"\}['’]?[a-zçğıöşü]+", re.sub(r"\}\s", "} ", source)) == []


def test_examples_fit_into_the_input_fields_placeholder() -> None:
    for language in locales.LANGUAGES:
        for message_id in locales.ids(language):
            if message_id.endswith(".example"):
                assert 1 <= len(locales.say(Words(message_id, {"role": "customer"}), language)) <= 64


def test_markup_in_an_argument_is_escaped_and_stays_readable_in_plain_text() -> None:
    words = Words("line", {"label": Words("CustomerAddress.label", {"role": "customer"}), "value": "<b>A&B</b> { $x }"})
    assert locales.say(words, "tr", markup=True) == "Adres: &lt;b&gt;A&amp;B&lt;/b&gt; { $x }"
    assert locales.say(words, "tr") == "Adres: <b>A&B</b> { $x }"


def test_a_button_is_known_by_its_text_in_any_language_and_case() -> None:
    assert locales.choice_of("YOK, ÖZETE GEÇ") == "ExtraDetails.none"
    assert locales.choice_of("e-postam yok") == "CustomerEmail.skip"
    assert locales.choice_of("I am a dealer") == "choice-dealer"
    assert locales.choice_of("Ayşe Yılmaz") is None
    assert locales.choice_of("x" * 5000) is None


def test_numbers_of_calls_are_not_grouped() -> None:
    assert locales.say(Words("call-number", {"call": "43090"}), "tr") == "Çağrı numarası: 43090"


@pytest.mark.parametrize("why", ["url", "deadline", "journal", "unexpected"])
def test_operators_read_no_word_of_ours_for_why_a_request_waits(why: str) -> None:
    for language in locales.LANGUAGES:
        assert f"({why})" not in locales.say(Words("card-why", {"why": why}), language)


@pytest.mark.parametrize("state", ["held", "unknown"])
@pytest.mark.parametrize("why", ["ticket", "timeout", "rate_limited", "status_502"])
def test_operators_read_why_in_a_sentence_where_no_card_can_be_made(state: str, why: str) -> None:
    args: dict[str, str | int | Words] = {"code": "D-7K3F", "reason": reason_said(state, why), "call": "", "why": why}
    for language in locales.LANGUAGES:
        told = locales.say(Words(f"operators-{state}", args), language)
        assert f": {why}" not in told
        assert told.count(":") == 2
        assert told.endswith((".", ")."))


def test_licrus_is_not_blamed_for_a_journal_that_can_not_be_written() -> None:
    args: dict[str, str | int | Words] = {"code": "D-7K3F", "why": "journal"}
    told = locales.say(Words("operators-unreachable", args), "tr")
    assert "Licrus" not in told
    assert told.endswith("diskte boş yer olup olmadığına bakın. Bekleyen talep: D-7K3F")
    told = locales.say(Words("operators-unreachable", {**args, "why": "connect"}), "tr")
    assert told == "Licrus 10 dakikadır yanıt vermiyor. Bekleyen talep: D-7K3F"


def test_no_id_is_written_twice() -> None:
    for language in locales.LANGUAGES:
        source = (ROOT / "locales" / f"{language}.ftl").read_text(encoding="utf-8")
        names = re.findall(r"(?m)^([A-Za-z][\w-]*) =", source)
        assert sorted(names) == sorted(set(names)), language


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_what_is_put_together_without_fluent_reads_as_fluent_has_it(language: str) -> None:
    for message_id in sorted(locales.ids(language)):
        args = {name: f"<{name}> & co" for name in locales.arguments(language, message_id)}
        said = locales.say(Words(message_id, args), language, markup=True)
        name, _, attribute = message_id.partition(".")
        message = locales._bundle(language).get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        assert pattern is not None
        escaped = {name: html.escape(text) for name, text in args.items()}
        assert said == locales._bundle(language).format_pattern(pattern, escaped)[0]
