"""Real receivers on this machine: a web server and a mail server that keep what they get, and certificates for them."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class WebReceiver:
    """A web server.

    Attributes:
        answers: Statuses of the next answers; 204 when there are none left.
        got: Headers, in small letters, and body of each request.
        on_request: Called before each answer.
    """

    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    on_request: Callable[[], object] = lambda: None

    @property
    def keys(self) -> list[str]:
        """The keys of the messages in the order they came."""
        return [headers["webhook-id"] for headers, _ in self.got]


@contextmanager
def web_receiver() -> Iterator[WebReceiver]:
    """Start a web server on a free port of the loopback."""
    receiver = WebReceiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            receiver.on_request()
            status = receiver.answers.pop(0) if receiver.answers else 204
            self.send_response(status)
            if status // 100 == 3:
                self.send_header("location", receiver.url)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

        def handle_one_request(self) -> None:
            with suppress(ConnectionError):  # whoever asked was killed
                super().handle_one_request()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/casus"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class MailReceiver:
    """A mail server: what came, by whom it was logged in, and whether it was encrypted; `refuse` is an address."""

    host: str = "127.0.0.1"
    port: int = 0
    refuse: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address == self.refuse:
            return "550 no such desk"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, _server: Any, session: Any, envelope: Any
    ) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.encrypted.append(session.ssl is not None)
        return "250 kept"

    def check(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, told: Any) -> AuthResult:
        """Let in whoever knows the word."""
        right = isinstance(told, LoginPassword) and told.password == b"open sesame"
        if right:
            self.users.append(told.login.decode())
        return AuthResult(success=right, handled=right)


@contextmanager
def mail_receiver(folder: Path, *, starttls: bool = False, login: bool = False) -> Iterator[MailReceiver]:
    """Start a mail server on a free port; its certificate's authority is `ca.pem` in the folder."""
    receiver = MailReceiver()
    options: dict[str, Any] = {}
    if starttls:
        options["tls_context"] = make_context(folder)
    if login:
        options |= {"authenticator": receiver.check, "auth_required": True, "auth_require_tls": starttls}
    controller = Controller(receiver, hostname=receiver.host, port=_free_port(), **options)
    controller.start()
    receiver.port = controller.port
    try:
        yield receiver
    finally:
        controller.stop()


def make_context(folder: Path) -> ssl.SSLContext:
    """Return what a server on the loopback encrypts with, signed by an authority of our own."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
