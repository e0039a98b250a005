"""Plants each bug of this folder into a copy of the project and runs the test that has to find it.

    python -m tests.planted                   all of them
    python -m tests.planted retry_on_timeout  these, by the name of their file
    python -m tests.planted --only-apply      no test is run: does each patch still apply?

A bug is a patch with three lines above it, the test with "on PostgreSQL" behind it where it needs that:

    Bug: what is wrong, and what it would do to people
    Test: path::name of the test that finds it
    Fails with: what must stand in that test's failure (a regular expression)

The named tests are run without any bug first: a test that fails anyway finds nothing. Exit code 1 if a patch no longer
applies, if its test passes, or if it fails for another reason.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COPIED = ("bot", "conversations", "locales", "tests", "docs", "pyproject.toml", "README.md", "Makefile", ".env.example")
TEST_WITHIN_S = 300
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=short")
ON_POSTGRESQL = " on PostgreSQL"
FOUND, NOT_FOUND, OTHER_REASON, NOT_APPLIED = "found", "NOT FOUND", "FAILS FOR ANOTHER REASON", "NO LONGER APPLIES"


@dataclass(frozen=True, slots=True)
class Bug:
    """One patch and what it says of itself."""

    patch: Path
    what: str
    test: str
    fails_with: str

    @property
    def name(self) -> str:
        return self.patch.stem


def read(patch: Path) -> Bug:
    """The bug in this file. Raises ValueError if one of its three lines is missing."""
    text = patch.read_text(encoding="utf-8")
    head = text.partition("\n--- ")[0]
    found = [re.search(rf"^{name}: (.+)$", head, re.MULTILINE) for name in ("Bug", "Test", "Fails with")]
    if not all(found):
        raise ValueError(f"{patch.name} has to say Bug, Test and Fails with")
    return Bug(patch, *(match.group(1).strip() for match in found if match is not None))


def bugs() -> list[Bug]:
    """All bugs of this folder, by name."""
    return [read(patch) for patch in sorted(HERE.glob("*.patch"))]


@contextmanager
def copy_of_the_project() -> Iterator[Path]:
    """A copy without the repository around it, which goes away."""
    with tempfile.TemporaryDirectory(prefix="devreye-planted-") as temporary:
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                # With the compiled modules: the patched one is younger than its own, and compiled anew.
                shutil.copytree(source, Path(temporary) / name)
            elif source.exists():
                shutil.copy(source, temporary)
        yield Path(temporary)


def plant(bug: Bug, project: Path) -> bool:
    """Whether the patch could be applied to this copy."""
    command = ("git", "apply", "--whitespace=nowarn", str(bug.patch))
    # Outside of any repository, or git would silently skip what lies in ignored folders.
    environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(project.parent)}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False).returncode == 0


def run_tests(tests: Sequence[str], project: Path) -> tuple[bool, str]:
    """Whether these tests, all on the same database, pass there, and what pytest said."""
    paths = [test.removesuffix(ON_POSTGRESQL) for test in tests]
    database = "postgresql" if tests[0].endswith(ON_POSTGRESQL) else "sqlite"
    environment = os.environ | {
        "PYTHONPATH": str(project),
        "DEVREYE_TEST_DATABASE": database,
    }
    try:
        done = subprocess.run(
            (*PYTEST, *paths),
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TEST_WITHIN_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        said = error.stdout or b""
        return False, f"the test hung\n{said if isinstance(said, str) else said.decode(errors='replace')}"
    return done.returncode == 0, done.stdout + done.stderr


def failing_without(tests: Sequence[str]) -> list[str]:
    """Which of these tests, all on the same database, fail although nothing is planted."""
    with copy_of_the_project() as project:
        if run_tests(tests, project)[0]:
            return []
        return [test for test in tests if not run_tests([test], project)[0]]


def by_database(tests: set[str]) -> list[list[str]]:
    """The tests in halves of those on SQLite, and those on PostgreSQL, which share a server's start."""
    on_postgresql = sorted(test for test in tests if test.endswith(ON_POSTGRESQL))
    on_sqlite = sorted(tests - set(on_postgresql))
    return [group for group in (on_sqlite[::2], on_sqlite[1::2], on_postgresql) if group]


def try_bug(bug: Bug, *, only_apply: bool) -> tuple[str, str]:
    """What became of this bug, and what pytest said."""
    with copy_of_the_project() as project:
        if not plant(bug, project):
            return NOT_APPLIED, ""
        if only_apply:
            return "applies", ""
        passed, said = run_tests([bug.test], project)
    if passed:
        return NOT_FOUND, said
    return (FOUND if re.search(bug.fails_with, said) else OTHER_REASON), said


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.planted", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="names of bugs; all if none is given")
    parser.add_argument("--only-apply", action="store_true", help="run no tests")
    parser.add_argument("--parallel", type=int, default=3)
    args = parser.parse_args()
    chosen = [bug for bug in bugs() if not args.names or bug.name in args.names]
    if missing := set(args.names) - {bug.name for bug in chosen}:
        parser.error(f"there is no bug called {', '.join(sorted(missing))}")
    began = time.monotonic()
    bad = 0
    with ThreadPoolExecutor(args.parallel) as pool:
        if not args.only_apply:
            for failing in pool.map(failing_without, by_database({bug.test for bug in chosen})):
                bad += len(failing)
                print("".join(f"{test} fails without any bug\n" for test in failing), end="")
        outcomes = pool.map(lambda bug: try_bug(bug, only_apply=args.only_apply), chosen)
        for bug, (outcome, said) in zip(chosen, outcomes, strict=True):
            print(f"{outcome:<26} {bug.name:<36} {bug.test}", flush=True)
            if outcome not in (FOUND, "applies"):
                bad += 1
                print("    " + "\n    ".join(said.splitlines()[-25:]))
    print(f"{len(chosen)} bugs, {bad} of them trouble, {time.monotonic() - began:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
