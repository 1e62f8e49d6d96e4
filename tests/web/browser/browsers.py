"""A real browser for the tests: Debian's Chromium, installed where it can be, driven by Playwright.

`python -m tests.web.browser.browsers` installs the Debian package where there is none and this process may; it never
fails, as the tests that need a browser say themselves why they are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

APT = ("apt-get", "-y", "--no-install-recommends", "install", "chromium")
NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root Chromium has no sandbox; the rest keeps it from asking anybody outside.
OPTIONS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")


class NoBrowserError(Exception):
    """There is no Chromium on this machine, or it does not start; the message says which."""


def find_chromium() -> str:
    """Return the path of the system's Chromium.

    Raises:
        NoBrowserError: There is none.
    """
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise NoBrowserError("no Chromium here: apt-get install chromium")


def install() -> None:
    """Install the Debian package where there is no browser and this process may."""
    try:
        find_chromium()
    except NoBrowserError:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            for command in (("apt-get", "-qq", "update"), APT):
                subprocess.run(command, env=quiet, check=False)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Give a browser, and close it at the end.

    Raises:
        NoBrowserError: There is no Chromium here, or it does not start.
    """
    path = find_chromium()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        except Error as error:
            raise NoBrowserError(f"Chromium does not start: {error}") from error
        yield browser
        browser.close()


if __name__ == "__main__":
    install()
    sys.exit(0)
