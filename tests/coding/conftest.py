"""What tests of the coder share: everything loaded once."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from casus.cli.lexicon import see_texts
from casus.config import Settings
from casus.pipeline import Coder
from casus.records import Event, Facts, Report

See = Callable[[Iterable[str]], Iterator[tuple[Doc, Facts]]]
Code = Callable[[str], tuple[Event, ...]]


@pytest.fixture(scope="session")
def coder() -> Coder:
    """Return the whole system."""
    loaded = Coder(Settings())
    loaded.load()
    return loaded


@pytest.fixture(scope="session")
def reader(coder: Coder) -> Language:
    """Return our own reader."""
    return coder.reader


@pytest.fixture(scope="session")
def see(coder: Coder) -> See:
    """Return what reads and resolves sentences, each as if it stood alone."""
    return lambda texts: see_texts(coder, texts)


@pytest.fixture(scope="session")
def code(coder: Coder) -> Code:
    """Return what gives the events of a text."""
    return lambda text: coder.code_report(Report(id="r", text=text, published="2031-05-07")).events
