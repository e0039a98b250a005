"""The send journal knows what was ever sent, whatever happened to the process or the database."""

import errno
import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import journal
from bot.journal import AttemptKnown, JournalDamaged, JournalInUse, JournalNotWritten, Known, SendJournal

BODY = b'{"DeviceCount":2}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sends.journal"


@pytest.fixture
def sends(path: Path) -> Iterator[SendJournal]:
    with SendJournal(path) as opened:
        yield opened


def reopened(path: Path, request: str) -> Known:
    with SendJournal(path) as again:
        return again.state_of(request, BODY)


def test_a_request_that_was_never_begun_is_never(sends: SendJournal) -> None:
    assert sends.state_of("r1", BODY) == Known("never")


def test_a_begun_attempt_is_open_also_after_a_restart(sends: SendJournal, path: Path) -> None:
    sends.started("r1", 1, BODY)
    assert sends.state_of("r1", BODY) == Known("open")
    sends.close()
    assert reopened(path, "r1") == Known("open")


def test_an_attempt_that_was_not_carried_out_leaves_the_request_as_if_never_sent(
    sends: SendJournal, path: Path
) -> None:
    sends.started("r1", 1, BODY)
    sends.not_carried_out("r1", 1)
    assert sends.state_of("r1", BODY) == Known("never")
    sends.close()
    assert reopened(path, "r1") == Known("never")


def test_one_unknown_attempt_keeps_a_request_open_whatever_became_of_the_next(sends: SendJournal) -> None:
    sends.started("r1", 1, BODY)
    sends.started("r1", 2, BODY)
    sends.not_carried_out("r1", 2)
    assert sends.state_of("r1", BODY) == Known("open")


def test_a_created_call_keeps_its_first_number(sends: SendJournal, path: Path) -> None:
    sends.started("r1", 1, BODY)
    sends.created("r1", 1, "43090")
    sends.created("r1", 1, "43091")
    assert sends.state_of("r1", BODY) == Known("created", "43090")
    sends.close()
    assert reopened(path, "r1") == Known("created", "43090")


def test_a_database_that_was_rolled_back_cannot_begin_the_same_attempt_again(sends: SendJournal) -> None:
    sends.started("r1", 1, BODY)
    with pytest.raises(AttemptKnown, match=r"Look in Licrus"):
        sends.started("r1", 1, BODY)


def test_other_answers_to_the_same_draft_are_told_from_the_same_ones(sends: SendJournal, path: Path) -> None:
    sends.started("d1:4", 1, BODY)
    assert sends.state_of("d1:4", b'{"DeviceCount":3}') == Known("open", other_body=True)
    assert sends.state_of("d1:9", BODY) == Known("open")
    assert sends.state_of("d2:4", BODY) == Known("never")
    sends.created("d1:4", 1, "43090")
    sends.close()
    with SendJournal(path) as again:
        assert again.state_of("d1:4", BODY) == Known("created", "43090")
        assert again.state_of("d1:9", b'{"DeviceCount":"2"}') == Known("created", "43090", other_body=True)


def test_a_number_belongs_to_the_answers_of_its_own_attempt(sends: SendJournal) -> None:
    sends.started("d1:4", 1, BODY)
    sends.not_carried_out("d1:4", 1)
    sends.started("d1:4", 2, b"other")
    sends.created("d1:4", 2, "43090")
    assert sends.state_of("d1:4", BODY) == Known("created", "43090", other_body=True)
    assert sends.state_of("d1:4", b"other") == Known("created", "43090")


def test_the_file_shows_nothing_of_a_body_and_not_that_two_are_equal(sends: SendJournal, path: Path) -> None:
    for number in range(2):
        sends.started(f"d{number}:1", 1, BODY)
    first, second = (json.loads(line)["digest"] for line in path.read_text().splitlines())
    assert first.partition(":")[2] != second.partition(":")[2]
    assert hashlib.sha256(BODY).hexdigest() not in path.read_text()
    assert "DeviceCount" not in path.read_text()


def test_lines_of_the_first_release_are_read_and_prove_no_body(sends: SendJournal, path: Path) -> None:
    sends.close()
    path.write_bytes(journal._line({"event": "started", "request": "d1:4", "attempt": 1}))
    with SendJournal(path) as again:
        assert again.state_of("d1:4", BODY) == Known("open", other_body=True)
        again.created("d1:4", 1, "43090")
        assert again.state_of("d1:4", BODY) == Known("created", "43090", other_body=True)


def test_a_request_with_a_call_cannot_be_begun_again(sends: SendJournal) -> None:
    sends.started("r1", 1, BODY)
    sends.created("r1", 1, "43090")
    with pytest.raises(AttemptKnown, match=r"already has a call"):
        sends.started("r1", 2, BODY)


def test_the_line_is_synced_before_started_returns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    with SendJournal(path) as sends:
        real = os.fsync

        def recording(descriptor: int) -> None:
            synced.append(path.read_bytes())
            real(descriptor)

        monkeypatch.setattr(os, "fsync", recording)
        sends.started("r1", 1, BODY)
    assert len(synced) == 1
    assert synced[0].endswith(b"\n")
    assert b'"r1"' in synced[0]


def test_only_the_owner_may_read_the_file(path: Path) -> None:
    path.touch(0o644)
    with SendJournal(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@given(cut=st.integers(min_value=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_a_torn_last_line_is_cut_away_and_writing_goes_on(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "torn.journal"
    path.unlink(missing_ok=True)
    with SendJournal(path) as sends:
        sends.started("r1", 1, BODY)
        whole = path.stat().st_size
        sends.started("r2", 1, BODY)
    length = path.stat().st_size - whole
    os.truncate(path, whole + cut % (length - 1))
    with SendJournal(path) as sends:
        assert sends.state_of("r1", BODY).state == "open"
        assert sends.state_of("r2", BODY).state == "never"
        assert path.stat().st_size == whole
        sends.started("r3", 1, BODY)
    assert reopened(path, "r3").state == "open"


def test_zeros_at_the_end_are_a_torn_line(sends: SendJournal, path: Path) -> None:
    sends.started("r1", 1, BODY)
    sends.close()
    with path.open("ab") as file:
        file.write(b"\0" * 4096)
    assert reopened(path, "r1").state == "open"
    assert b"\0" not in path.read_bytes()


def test_a_last_line_that_lacks_only_its_end_still_counts(sends: SendJournal, path: Path) -> None:
    sends.started("r1", 1, BODY)
    sends.close()
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    with SendJournal(path) as again:
        assert again.state_of("r1", BODY).state == "open"
        again.started("r2", 1, BODY)
    assert reopened(path, "r2").state == "open"


@pytest.mark.parametrize(("old", "new"), [(b"r1", b"r7"), (b"started", b"startet"), (b"{", b""), (b"\n", b"\n\n")])
def test_a_damaged_line_in_the_middle_stops_everything_and_changes_nothing(
    sends: SendJournal, path: Path, old: bytes, new: bytes
) -> None:
    sends.started("r1", 1, BODY)
    sends.started("r2", 1, BODY)
    sends.close()
    damaged = path.read_bytes().replace(old, new, 1)
    path.write_bytes(damaged)
    with pytest.raises(JournalDamaged, match=r"^Line \d of the send journal .* nothing is sent"):
        SendJournal(path).open()
    assert path.read_bytes() == damaged


def test_a_second_process_is_told_that_the_journal_is_in_use(sends: SendJournal, path: Path) -> None:
    script = "import sys, pathlib, bot.journal as j; j.SendJournal(pathlib.Path(sys.argv[1])).open()"
    result = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "JournalInUse: The send journal" in result.stderr
    with pytest.raises(JournalInUse):
        SendJournal(path).open()


def test_a_closed_journal_is_free_for_the_next(sends: SendJournal, path: Path) -> None:
    sends.close()
    sends.close()
    assert reopened(path, "r1").state == "never"
    with pytest.raises(JournalNotWritten, match="not open"):
        sends.started("r1", 1, BODY)


def test_a_full_disk_refuses_the_attempt_and_leaves_no_half_line(
    sends: SendJournal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends.started("r1", 1, BODY)
    before = path.read_bytes()

    def full(descriptor: int, line: bytes) -> None:
        os.write(descriptor, line[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "_write_all", full)
        with pytest.raises(JournalNotWritten, match="No space left"):
            sends.started("r2", 1, BODY)
    assert path.read_bytes() == before
    assert sends.state_of("r2", BODY).state == "never"
    sends.started("r2", 1, BODY)
    assert sends.state_of("r2", BODY).state == "open"


def test_after_a_failed_sync_nothing_is_written_until_the_next_start(
    sends: SendJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(JournalNotWritten, match="Input/output error"):
            sends.started("r1", 1, BODY)
    with pytest.raises(JournalNotWritten, match="Restart"):
        sends.started("r2", 1, BODY)


def test_a_failed_sync_is_told_to_whoever_ends_the_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []

    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with SendJournal(path, lambda: told.append(True)) as sends:
        monkeypatch.setattr(os, "fsync", broken)
        with pytest.raises(JournalNotWritten):
            sends.started("r1", 1, BODY)
        with pytest.raises(JournalNotWritten):
            sends.started("r2", 1, BODY)
    assert told == [True]


def test_a_journal_that_was_moved_away_is_not_written(sends: SendJournal, path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    with pytest.raises(JournalNotWritten, match="moved or deleted"):
        sends.started("r1", 1, BODY)


@pytest.mark.parametrize(
    ("request_id", "attempt"), [("", 1), ("Ayşe Yılmaz", 1), ("r\n1", 1), ("r1", -1), ("r1", True)]
)
def test_a_line_holds_nothing_but_ids(sends: SendJournal, request_id: str, attempt: int) -> None:
    with pytest.raises(ValueError, match="request id"):
        sends.started(request_id, attempt, BODY)
