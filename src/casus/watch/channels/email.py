"""Tells people by mail through an SMTP server; plain text, one thread an alert."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from casus.errors import DeliveryError
from casus.watch.alerts import Message, body_lines, subject_line
from casus.watch.channels.base import FORBID, TIMEOUT, Around, cut_error, read_secret

Security = Literal["starttls", "tls", "none"]
PORTS = {"starttls": 587, "tls": 465, "none": 25}
LONGEST_SUBJECT = 180  # characters


def _check_address(told: object) -> str:
    try:
        address = Address(addr_spec=str(told)) if isinstance(told, str) else None
    except (ValueError, IndexError):
        address = None
    if address is None or not address.domain:
        raise ValueError("a mail address (desk@example.org)")
    return str(told)


def _check_addresses(told: object) -> tuple[str, ...]:
    several = [told] if isinstance(told, str) else told
    if not isinstance(several, list | tuple) or not several:
        raise ValueError("a mail address or a list of them")
    return tuple(_check_address(one) for one in several)


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """Mail.

    Attributes:
        host: The SMTP server.
        sender: Whom it comes from.
        to: Whom it goes to.
        port: By default that of the kind of security.
        security: `starttls`: the server must encrypt; `tls`: from the first byte; `none`: only where you trust the way.
        user: Name at the server, where it wants one; its password is in the variable `password_env`.
        password_env: Environment variable with the password.
        cafile: Certificates to trust in the place of the system's, PEM.
        timeout: Seconds the server may take for each step.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID
    KIND: ClassVar[str] = "email"

    name: str
    host: Annotated[str, Field(min_length=1)]
    sender: Annotated[str, BeforeValidator(_check_address)]
    to: Annotated[tuple[str, ...], BeforeValidator(_check_addresses)]
    port: Annotated[int, Field(ge=1, le=65535, strict=True)] | None = None
    security: Security = "starttls"
    user: str | None = None
    password_env: str = "CASUS_SMTP_PASSWORD"  # the name of the variable
    cafile: Path | None = None
    timeout: Annotated[float, Field(gt=0, le=300)] = TIMEOUT

    def send(self, message: Message, around: Around) -> str | None:
        """Hand a mail over to the server, and return whom it refused: the others have it and are not sent it again.

        Raises:
            DeliveryError: The server cannot be reached, does not encrypt, or refuses the mail or all receivers.
        """
        try:
            with self._connected(around) as server:
                refused = server.send_message(self.compose(message))
        except (OSError, smtplib.SMTPException) as error:  # a failed handshake of TLS is an OSError as well
            raise DeliveryError(f"{self.host}: {cut_error(error) or type(error).__name__}") from error
        told = ", ".join(f"{who} ({code} {said.decode('utf-8', 'replace')})" for who, (code, said) in refused.items())
        return cut_error(f"{self.host}: refused {told}") if refused else None

    @contextmanager
    def _connected(self, around: Around) -> Iterator[smtplib.SMTP]:
        port = self.port or PORTS[self.security]
        if self.security == "tls":
            opened: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, port, timeout=self.timeout, context=self._trust(around.folder)
            )
        else:
            opened = smtplib.SMTP(self.host, port, timeout=self.timeout)
        with opened as server:
            if self.security == "starttls":
                server.starttls(context=self._trust(around.folder))
            if self.user is not None:
                server.login(self.user, read_secret(self.password_env, around))
            yield server

    def _trust(self, folder: Path) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(folder / self.cafile) if self.cafile else None)

    def compose(self, message: Message) -> EmailMessage:
        """Return a message as a mail; what is sent again is the same mail, by its Message-ID."""
        mail = EmailMessage()
        mail["From"], mail["To"] = self.sender, ", ".join(self.to)
        mail["Subject"] = subject_line(message)[:LONGEST_SUBJECT]
        mail["Date"] = format_datetime(datetime.fromisoformat(message.at))
        mail["Message-ID"] = self._mail_id(message.key)
        if message.earlier:
            before = [self._mail_id(one.key) for one in message.earlier]
            mail["In-Reply-To"], mail["References"] = before[-1], " ".join(before)
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Casus-Message"], mail["X-Casus-Level"] = message.key, message.level
        mail.set_content("\n".join([subject_line(message), "", *body_lines(message), ""]))
        return mail

    def _mail_id(self, key: str) -> str:
        return f"<casus.{key}@{self.sender.rpartition('@')[2]}>"
