"""Whatever people do, in whatever order: no exception, always an answer, and only what was shown is ever submitted."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.licrus import CallRequest
from conversations.activation import ACTIVATION
from conversations.answers.choices import ROLE
from conversations.answers.outcome import Accepted, Refused
from conversations.draft import Draft
from conversations.events import Context, Settled, Tap
from conversations.form import Form
from conversations.letters import lower, upper
from conversations.typed import LABELS, MEANS
from tests.talking import CUSTOMER, DEALER, Talk

ANSWERS = sorted({*CUSTOMER[1:], *DEALER[1:], "Kale", "Merkez", "Ankara", "99958-99960", "0216 555 12 34", "2", "?"})
WORDS = sorted({*MEANS, "evet", "hayır", "yok", "-", "Firma adı", "İş telefonu", "Yetkili kişi", "E-postam yok"})
LABELLED = [f"{labels[0]}: {value}" for labels in LABELS.values() for value in ("", "Test Bayi", "0530 123 12 12")]

moves = st.one_of(
    st.tuples(st.just("say"), st.sampled_from([*ANSWERS, *CUSTOMER, *DEALER])),
    st.tuples(st.just("say"), st.sampled_from([*WORDS, *LABELLED, "/start", "/iptal", "/dil", "/durum", "/x"])),
    st.tuples(st.just("say"), st.text(min_size=1, max_size=80).filter(lambda text: not text.startswith("/"))),
    st.tuples(st.just("press"), st.integers(0, 30)),
    st.tuples(st.just("press_old"), st.integers(0, 30)),
    st.tuples(st.just("forge"), st.text(max_size=20)),
    st.tuples(st.just("edit"), st.integers(0, 40)),
    st.tuples(st.just("send"), st.sampled_from(["video", "sticker", "anything"])),
    st.tuples(st.just("share"), st.sampled_from(["905301231212", "0216 555 12 34", "", "x" * 99])),
    st.tuples(st.just("settle"), st.sampled_from(["created", "refused", "unknown", "unreachable", "held"])),
)


def make(talk: Talk, move: tuple[str, object], old: list[Tap]) -> None:
    """One move of the person's, or Licrus's answer where a request is out."""
    match move:
        case ("say", str(text)):
            talk.say(text)
        case ("press", int(n)) | ("press_old", int(n)):
            buttons = [b for b in talk.all_buttons if b.action]
            if move[0] == "press" and buttons:
                button = buttons[n % len(buttons)]
                tap = Tap(talk.messages[-1].draft_id, talk.messages[-1].revision, button.action, button.argument, 7)
                old.append(tap)
                talk.take(tap)
            elif old:
                talk.take(old[n % len(old)])
        case ("forge", str(text)):
            draft = talk.draft
            talk.take(Tap(draft.id if draft else "", draft.revision if draft else 0, text, text, 7))
        case ("edit", int(n)):
            talk.edit("Ayşe Demir", n)
        case ("send", str(kind)):
            talk.send(kind)
        case ("share", str(phone)):
            talk.share(phone, own=True)
        case ("settle", str(state)) if talk.draft is not None and talk.draft.status == "submitted":
            talk.settle(Settled(state, talk.draft.code or "", "43090", "neden"))  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(st.booleans(), st.lists(moves, max_size=30))
def test_every_move_is_answered_and_every_submitted_body_is_licruss_form(
    full: bool, made: list[tuple[str, object]]
) -> None:
    talk = Talk()
    if full:
        talk.say(*CUSTOMER)
    old: list[Tap] = []
    for number, move in enumerate(made):
        talk.context = replace(talk.context, fresh_draft_id=f"draft-{number}", fresh_code=f"D-{number:04}")
        before, sent = talk.turn, len(talk.submitted)
        make(talk, move, old)
        if talk.turn is not before:
            toast = talk.turn.toast if talk.turn is not None else None
            assert talk.heard.strip() or toast is not None, move
            assert all(message.paragraphs for message in talk.messages)
        if len(talk.submitted) > sent:
            submit = talk.submitted[-1]
            CallRequest.model_validate(dict(submit.body))
            assert talk.draft is not None
            assert talk.draft.status == "submitted"
    assert len({submit.key for submit in talk.submitted}) == len(talk.submitted)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=4096))
def test_the_choice_of_role_is_read_from_any_text_without_an_exception(text: str) -> None:
    assert isinstance(ROLE.understand(text, {}), Accepted | Refused)


def test_a_role_is_found_in_a_sentence_that_names_only_one() -> None:
    assert ROLE.understand("ben müşteriyim evladım", {}) == Accepted("customer")
    assert ROLE.understand("Ben BAYİYİM", {}) == Accepted("dealer")
    for text in ("müşteriyim ama bayiyim de", "Test Bayi'den aldım"):
        assert isinstance(ROLE.understand(text, {}), Refused)


def test_a_role_reads_back_from_what_is_shown() -> None:
    for value in ROLE.options:
        assert ROLE.understand(ROLE.show(value), {}) == Accepted(value)
        assert ROLE.sent(value) == value
        assert ROLE.infer({}) is None


def test_turkish_letters_change_case_by_the_turkish_alphabet() -> None:
    assert lower("IĞDIR İZMİR") == "ığdır izmir"
    assert upper("ığdır izmir") == "IĞDIR İZMİR"


def test_a_form_does_not_know_a_field_that_it_does_not_have() -> None:
    for form in (ACTIVATION, Form("empty", (), ())):
        try:
            form.field("Nothing")
        except KeyError:
            continue
        raise AssertionError


def test_a_draft_of_an_earlier_release_keeps_its_answers() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:6])
    assert talk.draft is not None
    stored = talk.draft.model_dump_json()
    again = Talk(context=Context(fresh_draft_id="x"), draft=Draft.model_validate_json(stored))
    assert "Adım 5/11" in again.say("/start")
