"""No address of a private network is ever connected to, however it is dressed up."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from casus.errors import FetchError
from casus.ingest.fetch import Fetcher, Manners
from casus.ingest.guard import GuardedTransport, is_public
from casus.ingest.pacing import Pacer
from tests.ingest.sites import Reply, Site

PUBLIC = ("93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1")
PRIVATE = (
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "2002:c0a8:101::1", "2001:0:7f00:1::",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    """Those of the internet are taken, wrapped in IPv6 or not."""
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    """Loopback, private, link-local, reserved, documentation, multicast: none is taken, wrapped or not."""
    assert not is_public(address)


def refusal(address: str) -> FetchError:
    """Return the error that a fetcher of the default manners gives."""
    with Fetcher(Manners(), pacer=Pacer(sleep=lambda _seconds: None)) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(address)
    return caught.value


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_loopback_is_refused_however_it_is_spelled(site: Site, host: str) -> None:
    """Names and odd numbers are resolved before they are judged; nothing reaches the server."""
    error = refusal(f"http://{host}:{site.port}/")
    assert (error.field, error.allowed.split(" (")[0], site.asked) == ("address", "a public address", [])


class Names:
    """A name server that gives other answers each time, and counts how often it is asked."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self._answers: Iterator[tuple[str, ...]] = iter(answers)
        self.asked = 0

    def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """Return the next answer."""
        self.asked += 1
        return next(self._answers)


def anything(_address: str) -> bool:
    """Take any address."""
    return True


def ask(transport: httpx.BaseTransport, address: str) -> httpx.Response:
    """Return what a request through a transport gives."""
    with httpx.Client(transport=transport, timeout=2.0) as client:
        return client.get(address)


def test_a_name_with_one_private_address_is_refused(site: Site) -> None:
    """Even if the others are public."""
    with pytest.raises(FetchError, match=r"found '10\.0\.0\.7'"):
        ask(GuardedTransport(resolve=Names(("93.184.215.14", "10.0.0.7"))), "http://example.org/")


def test_the_name_is_asked_once_and_its_answer_used(site: Site) -> None:
    """The checked address is connected to, so an answer that changes in between changes nothing; the host is kept."""
    site.put("/", Reply(b"here"))
    names = Names(("127.0.0.1",), ("10.0.0.7",))
    found = ask(GuardedTransport(judge=anything, resolve=names), f"http://news.example:{site.port}/")
    assert (found.content, names.asked) == (b"here", 1)
    assert site.visits("/")[0]["host"] == f"news.example:{site.port}"


def test_each_redirect_is_checked(site: Site) -> None:
    """A public page may not lead to a private address; here 127.0.0.1 plays the public one."""
    address = site.put("/", Reply(status=302, headers={"Location": f"http://127.0.0.2:{site.port}/inside"}))
    transport = GuardedTransport(judge=lambda address: address == "127.0.0.1")
    with Fetcher(Manners(pause=0.0), transport=transport) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(address)
    assert (caught.value.field, caught.value.found, len(site.visits("/"))) == ("address", "127.0.0.2", 1)


def test_the_next_address_is_tried(site: Site) -> None:
    """A name with an address that refuses connections is reached at its other one."""
    site.put("/", Reply(b"here"))
    transport = GuardedTransport(judge=anything, resolve=Names(("127.0.0.3", "127.0.0.1")))
    assert ask(transport, f"http://news.example:{site.port}/").content == b"here"


def test_the_certificate_must_be_the_names() -> None:
    """TLS asks for the name, not for the address that is connected to."""
    asked: list[str | None] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen_for_tls, args=(listener, asked), daemon=True).start()
        transport = GuardedTransport(judge=anything, resolve=Names(("127.0.0.1",)))
        with pytest.raises(httpx.ConnectError):
            ask(transport, f"https://news.example:{listener.getsockname()[1]}/")
    assert asked == ["news.example"]


def listen_for_tls(listener: socket.socket, asked: list[str | None]) -> None:
    """Take one connection, note the name it asks for, and end it: there is no certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    connection, _ = listener.accept()
    with connection, suppress(OSError):
        context.wrap_socket(connection, server_side=True)
