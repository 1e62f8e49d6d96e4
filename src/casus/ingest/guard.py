"""Which addresses may be connected to: public ones, so that no feed can make us ask what stands behind the firewall.

A name is resolved once, every address it has is checked, and the connection goes to a checked address, never to the
name again: a name server that answers differently the second time changes nothing. Proxies are not used.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator

import httpx

from casus.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], tuple[str, ...]]

PUBLIC = "a public address (--allow-private takes those of your own network)"
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291: IPv4-compatible, given up, but some systems still route it
# Not of the public internet, but Python's tables say so only in its latest versions, or not at all.
NEVER = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10")))
TRIED = 3  # addresses of one name


def is_public(address: str) -> bool:
    """Tell whether an IP address, and every IPv4 address wrapped in it, belongs to the public internet.

    >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("fe80::1%eth0")
    (True, False, False, False)
    """
    outer = ipaddress.ip_address(address)
    return all(map(_is_global, _unwrapped(outer)))


def _is_global(address: Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not special and not any(address in network for network in NEVER)


def _unwrapped(address: Address) -> Iterator[Address]:
    """Yield an address, or the IPv4 addresses that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64 or address in COMPATIBLE:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    wrapped = [one for one in inner if one is not None]
    yield from wrapped or [address]


def resolve_name(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of a host, in the order in which the system would try them.

    Raises:
        OSError: The name is unknown, or the name server does not answer.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedTransport(httpx.BaseTransport):
    """Sends each request to a checked address of its host; the certificate must still be the name's.

    Args:
        judge: Tells of an IP address whether it may be connected to.
        resolve: From a name and a port to IP addresses.
    """

    def __init__(self, *, judge: Callable[[str], bool] = is_public, resolve: Resolve = resolve_name) -> None:
        self._judge, self._resolve = judge, resolve
        # No connection is used twice: two names at one address must not share one that was opened for the other.
        self._inner = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            FetchError: The host has no address, or one that is not public.
            httpx.HTTPError: The connection failed.
        """
        refused: httpx.HTTPError | None = None
        for address in self._check_host(request.url):
            try:
                return self._inner.handle_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                refused = refused or error
        raise refused or httpx.ConnectError("no address")

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()

    def _check_host(self, url: httpx.URL) -> tuple[str, ...]:
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            addresses = self._resolve(url.raw_host.decode("ascii"), port)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"the name {url.host} cannot be resolved: {error}") from error
        refused = next((address for address in addresses if not self._judge(address)), None)
        if refused is not None:
            raise FetchError(str(url), "address", refused, PUBLIC)
        return addresses[:TRIED]


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    """Return the request with its host's address in place of the name; header and certificate keep the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )
