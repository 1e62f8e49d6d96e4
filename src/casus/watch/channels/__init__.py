"""The ways to tell somebody, by the name they have in the rules; each sends one message and knows no store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casus.watch.channels.atom import AtomFeed
from casus.watch.channels.base import Around, Channel
from casus.watch.channels.cap import CapFolder
from casus.watch.channels.command import Command
from casus.watch.channels.email import Email
from casus.watch.channels.terminal import Terminal
from casus.watch.channels.webhook import Webhook

__all__ = ("CHANNELS", "Around", "AtomFeed", "CapFolder", "Channel", "Command", "Email", "Terminal", "Webhook")

CHANNELS: Mapping[str, Any] = {kind.KIND: kind for kind in (AtomFeed, CapFolder, Command, Email, Terminal, Webhook)}
