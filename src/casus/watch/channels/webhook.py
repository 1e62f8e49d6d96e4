"""Tells a web address: JSON by POST, signed as Standard Webhooks 1.0 says (HMAC-SHA256 over id, time and body).

The receiver holds the same secret, compares the signature in constant time, refuses times that are more than five
minutes away (so that what is caught on the way cannot be played again later) and ids that it has had before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Annotated, ClassVar

import httpx
from pydantic import BeforeValidator, ConfigDict, Field

from casus.errors import DeliveryError
from casus.watch.alerts import Message
from casus.watch.channels.base import FORBID, TIMEOUT, Around, cut_error, read_secret

PREFIX = "whsec_"
SHORTEST_KEY = 16  # bytes


def _check_url(told: object) -> str:
    if not isinstance(told, str) or not told.startswith(("https://", "http://")):
        raise ValueError("an address that begins with https:// or http://")
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A web address.

    Attributes:
        url: Where to.
        secret_env: Environment variable with the secret, `whsec_` and base64 of 16 bytes or more.
        timeout: Seconds it may take.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID
    KIND: ClassVar[str] = "webhook"

    name: str
    url: Annotated[str, BeforeValidator(_check_url)]
    secret_env: Annotated[str, Field(min_length=1)]
    timeout: Annotated[float, Field(gt=0, le=300)] = TIMEOUT

    def send(self, message: Message, around: Around) -> None:
        """Post a message; any status of 2xx means delivered, redirects are not followed.

        Raises:
            DeliveryError: There is no secret, no connection, or another status.
        """
        body = json.dumps(message.to_json(), ensure_ascii=False, separators=(",", ":")).encode()
        key = read_key(read_secret(self.secret_env, around), self.secret_env)
        headers = sign(message.key, int(time.time()), body, key) | {"content-type": "application/json"}
        try:
            answer = httpx.post(self.url, content=body, headers=headers, timeout=self.timeout, trust_env=False)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise DeliveryError(f"{self.url}: {cut_error(error) or type(error).__name__}") from error
        if not answer.is_success:
            raise DeliveryError(f"{self.url}: found status {answer.status_code}, allowed 2xx")


def read_key(secret: str, told: str) -> bytes:
    """Return the bytes of a secret; `told` names it in the error.

    >>> read_key("whsec_MDEyMzQ1Njc4OWFiY2RlZg==", "SECRET")
    b'0123456789abcdef'

    Raises:
        DeliveryError: It is none.
    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or len(key) < SHORTEST_KEY:
        raise DeliveryError(f"environment variable {told}: found no secret, allowed {PREFIX} and base64 of 16 bytes")
    return key


def sign(key: str, at: int, body: bytes, secret: bytes) -> dict[str, str]:
    """Return the headers of a signed message.

    Args:
        key: The message's own; the same when it is sent again.
        at: The time of sending, seconds since 1970.
        body: What is sent.
        secret: What both sides know.
    """
    signature = hmac.new(secret, f"{key}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
        "idempotency-key": key,
    }
