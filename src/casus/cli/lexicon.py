"""`casus lexicon show WORD`: what the lexicon knows of a word; `casus lexicon test`: whether its entries hold."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from casus.cli.code import Folders, read_given

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from casus.coding.examples import Miss
    from casus.coding.lexicon import Entry, Lexicon, Slots, Tests
    from casus.config import Settings
    from casus.pipeline import Coder
    from casus.records import Facts

FAILED, CANNOT_START = 1, 2
lexicon = typer.Typer(help="Look words up in the lexicon, and test its entries.", no_args_is_help=True)


@lexicon.command()
def show(
    words: Annotated[list[str], typer.Argument(metavar="WORD", help="A word, or several of one key.")],
    folders: Folders = None,
) -> None:
    """Show the entries whose key has a word: type, mode, CAMEO code, frame and example.

    Exit status: 0 found, 1 not found, 2 wrong usage.
    """
    known = _load_lexicon(read_given(lexicons=folders))
    wanted = {word.lower() for word in words}
    found = [entry for entry in known.entries if wanted <= set(entry.words)]
    for entry in sorted(found, key=lambda entry: (len(entry.words), entry.id)):
        typer.echo("\n".join(_describe(entry)))
    if not found:
        typer.echo(f"casus: no entry for {' '.join(words)!r}; keys are lemmas: attack, not attacked", err=True)
        raise typer.Exit(FAILED)


def _describe(entry: Entry) -> Iterator[str]:
    mode = f": {entry.mode}" if entry.mode else ""
    yield f"{' '.join(entry.words)} ({entry.part})  {entry.type}{mode}  CAMEO {entry.cameo}"
    yield f"    actor {_slots(entry.actor)}, to {_slots(entry.to)}"
    for name, tests in (("needs", entry.needs), ("unless", entry.unless)):
        if tests:
            yield f"    {name} {_tests(tests)}"
    yield f"    {entry.example}"
    if entry.counter:
        yield f"    not: {entry.counter}"
    yield f"    {entry.source}"


def _slots(slots: Slots) -> str:
    return "|".join("+".join(group) for group in slots) or "none"


def _tests(tests: Tests) -> str:
    return "|".join(f"{slot}:{value}" for slot, value in tests)


@lexicon.command("test")
def check(
    folders: Folders = None,
    only: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Test the entries of one type alone.")
    ] = None,
) -> None:
    """Run every entry on its own example and counter-example, and print those that go wrong.

    Of the shipped entries a few always miss: the reader errs on their sentences. Exit status: 0 all of your own entries
    hold, 1 one of them does not, 2 wrong usage.
    """
    from casus.ontology import TYPES

    if only is not None and only not in TYPES:
        raise typer.BadParameter(f"found {only!r}, allowed {', '.join(TYPES)}", param_hint="--type")
    settings = read_given(lexicons=folders)
    known = _load_lexicon(settings)
    own = _own_entries(known)
    tested = [entry for entry in known.entries if only in (None, entry.type)]
    misses = list(_find_misses(tested, known, settings))
    for miss in misses:
        typer.echo(_tell_miss(miss, own=miss.entry in own))
    typer.echo(f"{len(tested)} entries, {len(own)} of them your own; {len(misses)} misses")
    if any(miss.entry in own for miss in misses):
        raise typer.Exit(FAILED)


def _tell_miss(miss: Miss, *, own: bool) -> str:
    wrong = "matches its counter-example" if miss.counter else "does not match its example"
    whose = "own" if own else "shipped"
    return f"{whose}: {miss.entry.source}: {miss.entry.id} {wrong}: {miss.sentence}"


def _own_entries(known: Lexicon) -> frozenset[Entry]:
    """Entries that are not the shipped ones."""
    from casus.coding.lexicon import load_lexicon

    return frozenset(known.entries) - frozenset(load_lexicon().entries)


def _find_misses(entries: list[Entry], known: Lexicon, settings: Settings) -> Iterator[Miss]:
    from casus.cli.issues import Issues
    from casus.cli.progress import Progress
    from casus.coding.examples import find_misses
    from casus.pipeline import Coder

    coder = Coder(settings)
    with Progress(Issues(), quiet=sys.stdout.isatty()) as progress:

        def see(texts: Iterable[str]) -> Iterator[tuple[Doc, Facts]]:
            for seen in see_texts(coder, texts):
                yield seen
                progress.step()

        yield from find_misses(entries, known, see)


def see_texts(coder: Coder, texts: Iterable[str]) -> Iterator[tuple[Doc, Facts]]:
    """Yield what is read and resolved of each text; dates stay open."""
    from casus.pipeline import TOGETHER
    from casus.records import Report

    coder.load()
    for doc in coder.reader.pipe(texts, batch_size=TOGETHER):
        yield doc, coder.find_facts(doc, Report(id="text", text=doc.text))


def _load_lexicon(settings: Settings) -> Lexicon:
    from casus.coding.lexicon import load_lexicon
    from casus.errors import LexiconError

    try:
        return load_lexicon(settings.lexicons)
    except LexiconError as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(CANNOT_START) from error
