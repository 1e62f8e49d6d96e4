"""A real PostgreSQL for the tests: installed where it can be, started on a free port in a temporary folder.

`python -m tests.store.servers` installs the Debian package where there is none and this process may; it never fails, as
the tests that need a server say themselves why they are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

APT = ("apt-get", "-y", "--no-install-recommends", "install", "postgresql")
# Nothing of a test needs to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40", "shared_buffers=32MB")


class NoServerError(Exception):
    """There is no PostgreSQL on this machine, or it does not start; the message says which."""


def find_programs() -> Path:
    """Return the folder of PostgreSQL's programs, the newest version's where there are several.

    Raises:
        NoServerError: There is none.
    """
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    for folder in (*folders, *([Path(found).resolve().parent] if found else [])):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServerError("no PostgreSQL here: apt-get install postgresql")


def install() -> None:
    """Install the Debian package where there is no server and this process may."""
    try:
        find_programs()
    except NoServerError:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            for command in (("apt-get", "-qq", "update"), APT):
                subprocess.run(command, env=quiet, check=False)


@contextmanager
def running_server() -> Iterator[str]:
    """Give the address of a fresh server's own database, and stop the server at the end.

    Raises:
        NoServerError: There is no PostgreSQL here, or it does not start.
    """
    programs, user = find_programs(), _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="casus-postgres-"))
    if user:
        shutil.chown(home, user)
    data, port = home / "data", _free_port()
    options = f"-h 127.0.0.1 -p {port} -k {home} " + " ".join(f"-c {option}" for option in FAST)
    starting = (str(programs / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w", "-o", options, "start")
    try:
        _run((str(programs / "initdb"), "-D", str(data), "-U", "casus", "-A", "trust", "-E", "UTF8", "-N"), user)
        _run(starting, user)
        yield f"postgresql://casus@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _run((str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"), user)
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged() -> str | None:
    """Return whom to start the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(command: Sequence[str], user: str | None) -> None:
    log = subprocess.DEVNULL  # a server would keep a pipe open
    try:
        subprocess.run(command, user=user, check=True, stdout=log, stderr=log, cwd="/", timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoServerError(f"PostgreSQL does not start: {error}") from error


if __name__ == "__main__":
    install()
    sys.exit(0)
