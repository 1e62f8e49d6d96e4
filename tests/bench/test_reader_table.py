"""Lemmas, features, costs, the peer and the table of the reader's bench."""

from pathlib import Path

import pytest
import spacy

from bench.reader import __main__ as table
from bench.reader.costs import measure_speed, tell_stages
from bench.reader.lemmas import score_features, score_lemmas
from bench.reader.peer import build_peer, make_batches, make_lesson, read_with, train_peer
from bench.reader.words import Said, score_trees, shout
from train.entities import allow_tags
from train.examples import Example, Tree

TREE = Tree((2, 0, 2), ("nsubj", "root", "obj"), ("PROPN", "VERB", "NOUN"), ("NNP", "VBD", "NNS"))
WORDS = ("Ann", "sold", "guns")
SENTENCE = Example(WORDS, "ewt", TREE, allow_tags(WORDS, [(0, 1, "PER")], "uner without other"))
ROW = "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t_"
ROWS = [
    ROW.format(1, "Ann", "Ann", "PROPN", "NNP", "Number=Sing", 2, "nsubj").split("\t"),
    ROW.format(2, "sold", "sell", "VERB", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin", 0, "root").split("\t"),
    ROW.format(3, "guns", "gun", "NOUN", "NNS", "Number=Plur", 2, "obj").split("\t"),
]
SAID = Said([1, 1, 1], [*TREE.relations], [*TREE.tags], ["NNP", "VBD", "NN"], ["B-PERSON", "O", "O"])


def test_trees_on_gold_words() -> None:
    """Per cent of words."""
    assert score_trees([SENTENCE], [SAID]) == {"uas": 100, "las": 100, "las full": 100, "upos": 100, "penn": 66.67}


def test_in_capitals() -> None:
    """The rest stays."""
    (loud,) = shout([SENTENCE])
    assert loud.words == ("ANN", "SOLD", "GUNS")
    assert loud.tree == TREE


def test_lemmas_and_features() -> None:
    """With gold tags and with others."""
    assert score_lemmas([ROWS]) == 100
    assert score_lemmas([ROWS], [SAID]) == 100
    assert score_features([ROWS], [SAID])["Tense"] == 100
    assert score_features([ROWS], [SAID])["Number"] == 50


def test_the_peer_learns_trees_and_names() -> None:
    """A sentence seen often enough is known; sentences are ours."""
    nlp = train_peer([SENTENCE] * 60, minutes=0.05)  # what is rarer than 30 is left out
    (said,) = read_with(nlp, [SENTENCE])
    assert said.tags == list(TREE.tags)
    assert [sentence.text for sentence in nlp("Ann sold guns. Bo left.").sents] == ["Ann sold guns.", "Bo left."]


def test_what_is_not_known_of_names_is_masked() -> None:
    """A sentence of another corpus teaches no names."""
    nlp = build_peer()
    lessons = [make_lesson(nlp, SENTENCE), make_lesson(nlp, Example(WORDS, "gum", TREE))]
    assert [lesson.get_aligned_ner() for lesson in lessons] == [["U-PERSON", "O", "O"], [None, None, None]]
    assert [len(batch) for batch in make_batches(lessons * 400)] == [334, 334, 132]
    with pytest.raises(ValueError, match="no tree"):
        make_lesson(nlp, Example(WORDS, "gmb"))


def test_words_a_second() -> None:
    """Of any pipeline."""
    assert measure_speed(spacy.blank("en"), ["Ann sold guns."] * 3, rounds=1) > 0


def test_stages_of_a_process() -> None:
    """What is held grows."""
    stages = tell_stages("casus")
    assert stages["load s"] >= 0
    assert stages["loaded MB"] <= stages["at most MB"]


def test_a_part_is_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line a row; unknown parts are refused."""
    monkeypatch.setattr(table, "PARTS", {"words": lambda own, data: [("EWT", {"las": 90.5, "words": 25094})]})
    table.main(["--data", str(tmp_path)])
    assert capsys.readouterr().out.split() == ["casus", "EWT", "las", "90.5", "words", "25,094"]
