"""When Licrus is down the operators read one summary, and not a message for each request."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.licrus import Held, Outcome, Unknown
from bot.office.floods import AGAIN_S, FLOOD, MOST_ALONE, QUIET_S, Flood, Kind, left_to_summary, step, tell_end
from bot.settlement import settle
from bot.storage import queries, request_queries
from bot.storage.schema import requests
from tests.end_to_end.test_desk import Desk
from tests.operators import AYSE, OFFICE, TERMS


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def hear(desk: Desk, kind: Kind, after_s: float = 1.0) -> bool:
    desk.now += after_s
    with desk.engine.begin() as connection:
        return left_to_summary(connection, kind, desk.now, TERMS)


def ends(desk: Desk, after_s: float) -> bool:
    desk.now += after_s
    with desk.engine.begin() as connection:
        return tell_end(connection, desk.now, TERMS)


def test_of_a_flood_the_first_are_told_alone_and_the_rest_in_one_summary(desk: Desk) -> None:
    for _ in range(12):
        desk.request("unknown")
    assert [hear(desk, "unknown") for _ in range(12)] == [False] * 5 + [True] * 7
    (summary,) = desk.said(OFFICE)
    assert summary.splitlines() == [
        "<b>Licrus yanıt vermiyor ya da çok geç yanıt veriyor.</b>",
        "Sonucu belirsiz: 12. Bekletilen: 0. Sırada: 0.",
        "Bundan sonrakileri tek tek yazmıyorum; sürerse yarım saatte bir burada özetlerim. Liste: /kuyruk",
    ]
    hear(desk, "held", AGAIN_S)
    assert len(desk.said(OFFICE)) == 2
    assert desk.said(OFFICE)[1].startswith("<b>Licrus talepleri almıyor.</b>")


def test_a_flood_is_over_when_it_is_quiet_and_nothing_waits_to_be_sent_again(desk: Desk) -> None:
    for _ in range(6):
        desk.request("unknown")
        hear(desk, "unknown")
    stuck = put_off(desk)
    assert not ends(desk, QUIET_S - 1)
    assert not ends(desk, 60)
    with desk.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE requests SET state = 'created', call_number = '1' WHERE code = :code"), {"code": stuck}
        )
    assert ends(desk, 60)
    assert not ends(desk, 60)
    assert desk.said(OFFICE)[-1].splitlines()[1] == "Sonucu belirsiz: 6. Bekletilen: 0. Sırada: 0."
    assert not hear(desk, "unknown")


def test_one_now_and_then_is_told_by_itself(desk: Desk) -> None:
    assert not any(hear(desk, "unknown", QUIET_S + 1) for _ in range(20))
    assert desk.said(OFFICE) == []
    assert not ends(desk, QUIET_S + 1)


def test_a_long_outage_is_told_once_and_summed_up_however_little_there_is_to_send(desk: Desk) -> None:
    heard = []
    for _ in range(9):
        put_off(desk)
        heard.append(hear(desk, "unreachable", 900))
    assert heard == [False] + [True] * 8
    assert len(desk.said(OFFICE)) == 4


def put_off(desk: Desk) -> str:
    """A request that could not be sent so far; its code."""
    code = desk.request("queued")
    with desk.engine.begin() as connection:
        connection.execute(sa.update(requests).where(requests.c.code == code).values(attempts=3))
    return code


def test_what_is_stored_of_a_flood_by_another_release_is_no_flood(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        queries.set_meta(connection, "flood", "not json")
    assert not hear(desk, "unknown")


def test_whatever_the_clock_does_summaries_are_few_and_never_stop() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    drawn = random.Random(seed)
    flood, now, summaries, alone = Flood(), 1_800_000_000.0, [], 0
    kinds: tuple[Kind, ...] = ("unknown", "held", "unreachable")
    for _ in range(20_000):
        now += drawn.choice((0.0, 1.0, 30.0, 300.0))
        flood, how = step(flood, drawn.choice(kinds), now)
        alone += how == "alone"
        if how == "summary":
            summaries.append(now)
    assert alone <= max(MOST_ALONE.values())
    gaps = [after - before for before, after in pairwise(summaries)]
    assert min(gaps) >= AGAIN_S
    assert max(gaps) <= AGAIN_S + 300
    flood, how = step(flood, "unknown", now - 86_400 / 2)
    assert how == "summary"


def sent_and_unanswered(desk: Desk, outcome: Outcome) -> str:
    """A request that was sent and of which this became known; its code."""
    code = desk.request("sending")
    with desk.engine.begin() as connection:
        (taken,) = [request for request in request_queries.being_sent(connection) if request.code == code]
        desk.now += 1
        assert settle(connection, taken, outcome, desk.now, TERMS)
    return code


def test_when_licrus_is_down_each_person_is_told_and_the_operators_read_one_summary(desk: Desk) -> None:
    codes = [sent_and_unanswered(desk, Unknown("timeout")) for _ in range(20)]
    said = desk.said(OFFICE)
    assert len(said) == MOST_ALONE["unknown"] + 1
    assert [code for code in codes if any(code in text for text in said)] == codes[:5]
    assert said[-1].startswith("<b>Licrus yanıt vermiyor")
    assert len(desk.said(AYSE)) == 20
    desk.asks("/kuyruk")
    assert desk.answers()[0].startswith("<b>Bekleyen talepler: 20</b>")


def test_a_ticket_that_expired_is_told_by_the_first_requests_and_then_summed_up(desk: Desk) -> None:
    for _ in range(8):
        sent_and_unanswered(desk, Held("ticket"))
    said = desk.said(OFFICE)
    assert len(said) == MOST_ALONE["held"] + 1
    assert said[-1].startswith("<b>Licrus talepleri almıyor.</b>")
    with desk.engine.begin() as connection:
        told = connection.scalars(sa.select(requests.c.operators_told)).all()
    assert set(told) == {"held"}


def test_killed_before_the_commit_neither_request_nor_flood_has_changed(desk: Desk) -> None:
    code = desk.request("sending")
    with desk.engine.connect() as connection, connection.begin() as transaction:
        (taken,) = request_queries.being_sent(connection)
        assert settle(connection, taken, Unknown("timeout"), desk.now, TERMS)
        transaction.rollback()
    with desk.engine.begin() as connection:
        assert queries.get_meta(connection, FLOOD) is None
        assert connection.scalar(sa.select(requests.c.state).where(requests.c.code == code)) == "sending"
