"""Headings without auxiliaries: what was done to somebody is no deed of theirs."""

import pytest

from casus.pipeline import Coder

BODY = "\n\nThe report came on Monday, the ministry said."


@pytest.fixture(scope="module")
def coder() -> Coder:
    """The real one."""
    return Coder()


@pytest.mark.parametrize(
    ("heading", "verb"),
    [
        ("Congolese activist gunned down in Goma", "gunned"),
        ("Dozens Hurt in Bus Bombing Near Goma", "Hurt"),
        ("Ugandan Soldier Killed in Somalia", "Killed"),
        ("Aid worker kidnapped in Darfur", "kidnapped"),
        ("Opposition leader jailed for five years", "jailed"),
        ("Former minister charged in Kigali", "charged"),
    ],
)
def test_a_bare_past_form_is_a_passive(coder: Coder, heading: str, verb: str) -> None:
    """Its subject is whom it is done to."""
    doc = coder.reader(heading + BODY)
    token = next(t for t in doc if t.text == verb)
    assert {"nsubj", "nsubj:pass"} & {c.dep_ for c in token.children} == {"nsubj:pass"}


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Rebels Killed 12 Soldiers in Goma" + BODY, "Killed"),
        ("The soldiers killed for money.", "killed"),
        ("Protesters rallied in Lyon" + BODY, "rallied"),
    ],
)
def test_what_is_active_stays_so(coder: Coder, text: str, verb: str) -> None:
    """With an object, in a sentence with a stop, and of verbs for what people do themselves."""
    doc = coder.reader(text)
    token = next(t for t in doc if t.text == verb)
    assert "nsubj" in {c.dep_ for c in token.children}
