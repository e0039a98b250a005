"""`make installed`: the wheel in an empty environment, away from the repository, plays every conversation it brings.

`python -m tests.installed dist` takes the one wheel of that folder; it ends with 1 and says why if anything is missing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "conversations", "locales")
TRANSCRIPTS = "bot/sandbox/transcripts/"
WITHIN_S = 120
SERVES = (
    "import asyncio, httpx; from bot.sandbox import Sandbox\n"
    "async def work():\n"
    "    sandbox = Sandbox(); await sandbox.start()\n"
    "    async with httpx.AsyncClient(base_url=sandbox.url) as http:\n"
    "        for path in ('/', '/page/page.js', '/page/page.css'):\n"
    "            (await http.get(path)).raise_for_status()\n"
    "    await sandbox.stop()\n"
    "asyncio.run(work())"
)
"""The page of the demo is served: its files are no modules, and a wheel may forget them."""


class Missing(Exception):
    """The wheel does not do what the repository does; the sentence says what."""


def packaged(wheel: Path) -> list[str]:
    """The names of the wheel's conversations. Raises Missing for a file of the packages that it lacks."""
    brought = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    if wanted - brought:
        raise Missing(f"the wheel lacks {sorted(wanted - brought)}")
    found = [name for name in brought if name.startswith(TRANSCRIPTS) and name.endswith(".txt")]
    return sorted(Path(name).stem for name in found)


def install(wheel: Path, folder: Path) -> Path:
    """An environment with the wheel and its pinned dependencies, nothing else; its folder of programs."""
    venv.create(folder, with_pip=False)
    programs = folder / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check", "--quiet"]
    pins = ROOT / "requirements" / "run.txt"
    run([*pip, "install", "--no-compile", "--require-hashes", "-r", str(pins)], ROOT, dict(os.environ))
    run([*pip, "install", "--no-compile", "--no-deps", str(wheel)], ROOT, dict(os.environ))
    return programs


def run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> str:
    """What it says on standard output. Raises Missing if it does not end well."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=WITHIN_S
    )
    if done.returncode:
        raise Missing(f"{command[0]} {' '.join(command[1:])[:80]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def try_wheel(wheel: Path) -> None:
    """Install it and play everything. Raises Missing."""
    names = packaged(wheel)
    with tempfile.TemporaryDirectory(prefix="devreye-installed-") as temporary:
        programs, elsewhere = install(wheel, Path(temporary) / "environment"), Path(temporary) / "elsewhere"
        elsewhere.mkdir()
        # Nothing of this process's environment, above all no PYTHONPATH.
        bare = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(elsewhere)}
        print(run([str(programs / "devreye"), "--version"], elsewhere, bare).strip())
        where = run([str(programs / "python"), "-c", "import bot; print(bot.__file__)"], elsewhere, bare)
        if not where.startswith(str(temporary)):
            raise Missing(f"it runs from {where}")
        run([str(programs / "python"), "-c", SERVES], elsewhere, bare)
        for name in names:
            said = run([str(programs / "devreye"), "demo", "--play", name], elsewhere, bare).splitlines()
            print(f"{name}: {said[-1]}")
        if left := list(elsewhere.iterdir()):
            raise Missing(f"it left {left}")


def main() -> int:
    """1 if something is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder that holds the wheel")
    wheels = list(parser.parse_args().folder.glob("devreye-*.whl"))
    try:
        if len(wheels) != 1:
            raise Missing(f"there should be one wheel, and there are {len(wheels)}")
        try_wheel(wheels[0])
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
