"""What installs the bot on a machine: the container's recipe, the services, the hardened unit."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "devreye.service"
EXPOSURE = 15
"""In tenths, as systemd counts what a service could still reach: it is 1.2 with the network and a folder alone."""

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")


def dockerfile() -> list[str]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_what_the_container_is_built_of_is_there_and_reaches_the_build() -> None:
    copied = {word.rstrip("/") for line in dockerfile() if line.startswith("COPY ") for word in line.split()[1:-1]}
    sources = {name for name in copied if not name.startswith(("--", "/opt"))}
    assert sources == {"requirements", "pyproject.toml", "README.md", "bot", "conversations", "locales"}
    assert all((ROOT / name).exists() for name in sources)
    let_through = {line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"}
    assert let_through == sources


def test_the_container_runs_as_nobody_of_the_machine_and_pins_everything_by_its_hash() -> None:
    lines = dockerfile()
    last_stage = lines[max(i for i, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert "USER 10001" in last_stage
    assert last_stage.index("USER 10001") < last_stage.index('ENTRYPOINT ["devreye"]')
    installs = re.findall(r"pip install [^&]*", " ".join(lines))
    assert installs
    assert all("--require-hashes" in install or "--no-deps /opt/wheel/" in install for install in installs)


def test_no_service_may_write_to_its_root_or_gain_rights() -> None:
    bot = (ROOT / "compose.yaml").read_text(encoding="utf-8").partition("\n  bot:\n")[2].partition("\n  db:\n")[0]
    for line in ("read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]', "- 127.0.0.1:8443"):
        assert line in bot, line


@needs_systemd
def test_systemd_reads_the_unit_and_finds_little_that_it_could_reach(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/devreye/bin/devreye", sys.executable))
    for command in (
        ["systemd-analyze", "verify", str(here)],
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={EXPOSURE}", str(here)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Unknown key" not in done.stderr
