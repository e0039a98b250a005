"""How many updates a minute takes, and that one of those past the limit is warned about."""

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import WINDOW_S, Verdict, Window, count


def verdicts(moments: list[float], limit: int) -> list[Verdict]:
    window, found = Window(), list[Verdict]()
    for now in moments:
        window, verdict = count(window, now, limit)
        found.append(verdict)
    return found


def test_the_limit_is_taken_then_one_is_warned_about_and_the_rest_is_silent() -> None:
    assert verdicts([1000.0] * 6, 3) == ["take", "take", "take", "warn", "ignore", "ignore"]


def test_a_minute_after_its_first_update_a_new_one_begins() -> None:
    assert verdicts([1000.0, 1030.0, 1059.9, 1059.9, 1060.0, 1060.0, 1060.0], 2) == [
        "take",
        "take",
        "warn",
        "ignore",
        "take",
        "take",
        "warn",
    ]


def test_what_is_ignored_makes_the_minute_no_longer() -> None:
    assert verdicts([0.0, 1.0, 30.0, 59.0, WINDOW_S], 1) == ["take", "warn", "ignore", "ignore", "take"]


def test_another_machines_clock_that_is_behind_opens_no_second_minute() -> None:
    assert verdicts([1000.0, 998.0, 1000.0, 998.0], 2) == ["take", "take", "warn", "ignore"]


def test_a_clock_set_back_locks_nobody_out() -> None:
    assert verdicts([1000.0, 1000.0, 1000.0, 0.0], 1) == ["take", "warn", "ignore", "take"]


@given(st.lists(st.floats(0, 600)), st.integers(1, 5))
def test_no_more_than_twice_the_limit_is_ever_taken_within_a_minute(moments: list[float], limit: int) -> None:
    found = list(zip(sorted(moments), verdicts(sorted(moments), limit), strict=True))
    for began, _ in found:
        within = [verdict for now, verdict in found if began <= now < began + WINDOW_S]
        assert within.count("take") <= 2 * limit
        assert within.count("warn") <= 2
