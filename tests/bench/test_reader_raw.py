"""Treebanks as running text, and Docs as what the scorer compares."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from bench.reader.alignment import compare, figures
from bench.reader.raw import analyse, make_document, read_documents, score_documents

PAGE = """\
# newdoc id = one
# newpar
# sent_id = 1
1\tRebels\trebel\tNOUN\tNNS\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\ttalk\ttalk\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = 2
1\tWhy\twhy\tADV\tWRB\t_\t0\troot\t_\tSpaceAfter=No
1.1\tdo\tdo\tAUX\tVB\t_\t_\t_\t_\t_
2\t?\t?\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newpar
# sent_id = 3
1\tFear\tfear\tNOUN\tNN\t_\t0\troot\t_\t_

# newdoc id = two
# sent_id = 4
1\tEnd\tend\tNOUN\tNN\t_\t0\troot\t_\t_
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Write a treebank of two documents."""
    path = tmp_path / "x.conllu"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_text_is_put_together(page: Path) -> None:
    """Paragraphs a blank line apart, multi-word tokens as written, empty nodes left out."""
    one, two = read_documents([page])
    assert (one.name, one.text) == ("one", "Rebels don't talk. Why?\n\nFear")
    assert (two.name, two.text) == ("two", "End")
    assert [w.form for w in one.gold.words] == ["Rebels", "do", "n't", "talk", ".", "Why", "?", "Fear"]
    assert [one.gold.characters[a:b] for a, b in one.gold.tokens] == [
        "Rebels",
        "don't",
        "talk",
        ".",
        "Why",
        "?",
        "Fear",
    ]
    assert [one.gold.characters[a:b] for a, b in one.gold.sentences] == ["Rebelsdon'ttalk.", "Why?", "Fear"]
    assert [w.head for w in one.gold.words] == [3, 3, 3, -1, 3, -1, 5, -1]


def test_the_end_of_a_block_ends_a_paragraph() -> None:
    """GUM says how many sentences a caption has; what follows stands on a line of its own."""
    row = "1\t{}\tx\tX\tX\t_\t0\troot\t_\t_"
    first = ["# newpar", "# newpar_block = figure (1 s)", row.format("Caption")]
    blocks = [first, [row.format("Text")], [row.format("On")]]
    assert make_document(blocks).text == "Caption Text On"
    assert make_document(blocks, laid_out=True).text == "Caption\n\nText On"


def test_a_doc_against_its_treebank(page: Path) -> None:
    """Clitics make one token with their word; white space is no word."""
    gold = make_document([PAGE.split("\n\n")[0].splitlines()])
    words = ["Rebels", " ", "do", "n't", "talk", "."]
    doc = Doc(
        spacy.blank("en").vocab, words, spaces=[True, False, False, True, False, False],
        heads=[4, 0, 4, 4, 4, 4], deps=["nsubj", "dep", "aux", "advmod", "ROOT", "punct"],
        pos=["NOUN", "SPACE", "AUX", "PART", "VERB", "PUNCT"],
    )  # fmt: skip
    assert set(figures(compare(gold.gold, analyse(doc))).values()) == {100.0}


def test_a_pipeline_is_scored(page: Path) -> None:
    """Without a tree it has words and no more."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    scores = figures(score_documents(list(read_documents([page])), nlp))
    assert (scores["words"], scores["tokens"], scores["las"]) == (100.0, 100.0, 0.0)
