"""Find direct and indirect speech with its speaker: "...", said X; X told reporters that ...; according to X, ....

What is thought, known or believed is no speech. The speaker is a token, the head of the phrase that names it; who a
pronoun stands for is found by `casus.read.coreference`. Sets `doc._.quotes` as the spaCy component `casus_quotes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from casus.read.columns import Columns, read_columns
from casus.read.quote_marks import Marked, find_marked
from casus.read.speakers import NEAR, Cue, cue_of, find_according, find_label, is_saying
from casus.read.word_lists import load_lists

SHORT = (
    3  # words; what is quoted without a cue and is no longer than this is a title or held at arm's length, not speech
)
CLAUSES = ("ccomp", "parataxis")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words.

    `start` and `end` are token indices, end exclusive, quotation marks included. `speaker` is the head token of the
    phrase that says who speaks, None where the text leaves it open. `cue` holds the tokens of the verb or phrase that
    says so (end exclusive). `direct` tells speech between quotation marks from speech that is told.
    """

    start: int
    end: int
    speaker: int | None
    cue: tuple[int, int] | None
    direct: bool


def find_quotes(doc: Doc) -> tuple[Quote, ...]:
    """Direct and indirect speech in text order.

    Args:
        doc: with tags, tree and sentences.
    """
    columns = read_columns(doc)
    direct = list(_find_direct(columns, find_marked(columns)))
    told = [q for q in _find_indirect(columns, direct) if not _is_repeated(q, direct)]
    return tuple(sorted((*direct, *told), key=lambda q: (q.start, -q.end, not q.direct)))


@Language.component("casus_quotes", assigns=["doc._.quotes"], requires=["token.dep", "token.lemma", "doc.sents"])
def set_quotes(doc: Doc) -> Doc:
    """Component of a spaCy pipeline: sets `doc._.quotes`."""
    doc._.quotes = find_quotes(doc)
    return doc


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", default=())


def _find_direct(columns: Columns, marked: list[Marked]) -> Iterator[Quote]:
    """Give each run between marks its speaker; a run that follows another without a word between keeps that one's."""
    within = bytearray(len(columns.words))
    for m in marked:
        within[m.start : m.end] = b"\1" * (m.end - m.start)
    last: Quote | None = None
    for n, m in enumerate(marked):
        cue = _find_cue(columns, m, within)
        if cue is None and last is not None and _continues(columns, marked[n - 1], m):
            quote = replace(last, start=m.start, end=m.end)
        else:
            quote = _quote(m, cue or _cue_before(columns, m, within))
        if quote.cue is not None or m.end - m.start - 2 > SHORT:
            last = quote
            yield quote


def _quote(m: Marked, cue: Cue | None) -> Quote:
    if cue is None:
        return Quote(m.start, m.end, None, None, True)
    return Quote(m.start, m.end, cue.speaker, (cue.start, cue.end) if cue.start < cue.end else None, True)


def _continues(columns: Columns, before: Marked, m: Marked) -> bool:
    """Whether only the end of the cue's sentence lies between two runs of one paragraph, or the first runs on."""
    if before.runs_on:
        return True
    between = columns.sentences[m.start] - columns.sentences[before.end - 1]
    return between <= 1 and columns.paragraphs[before.start] == columns.paragraphs[m.start]


def _find_cue(columns: Columns, m: Marked, within: bytearray) -> Cue | None:
    """The cue of a run: just after it, in the sentence it begins in, `according to`, a name and a colon."""
    after = _cue_after(columns, m, within)
    if after is not None:
        return after
    start, end = columns.bounds[columns.sentences[m.start]]
    verbs = [i for i in range(start, end) if not within[i] and is_saying(columns, i)]
    above = {h for i in range(m.start, min(m.end, end)) for h in columns.climb(i) if not within[h]}
    over = [i for i in verbs if i in above]
    if m.end - m.start - 2 <= SHORT:
        verbs = over
    before = [i for i in over or verbs if i < m.start]
    if before:
        return _best(columns, before[::-1])
    if cue := find_according(columns, start, columns.bounds[columns.sentences[m.end - 1]][1]):
        return cue
    colon = _word_before(columns, m.start)
    if colon >= 0 and columns.words[colon] == ":" and columns.paragraphs[colon] == columns.paragraphs[m.start]:
        return _cue_at_colon(columns, colon, within)
    return _best(columns, verbs) if verbs else None


def _cue_after(columns: Columns, m: Marked, within: bytearray) -> Cue | None:
    """`," said X` and `," X said`: a verb of saying near the closing mark that has no clause of its own after it."""
    inner = _word_before(columns, m.end - 1)
    comma = columns.words[inner] in (",", "?", "!", "…", "...", "-", "–", "—") or columns.words[m.end : m.end + 1] == [
        ","
    ]
    sentence = columns.sentences[min(m.end, len(columns.words) - 1)]
    if not comma or columns.paragraphs[min(m.end, len(columns.words) - 1)] != columns.paragraphs[m.end - 1]:
        return None
    end = columns.bounds[sentence][1]
    fresh = sentence != columns.sentences[m.end - 1]
    verbs = [i for i in range(m.end, min(end, m.end + 2 * NEAR)) if not within[i] and is_saying(columns, i)]
    verbs = [i for i in verbs if not fresh or (not columns.kids(i, "ccomp") and i < m.end + NEAR)]
    return _best(columns, verbs) if verbs else None


def _cue_at_colon(columns: Columns, colon: int, within: bytearray) -> Cue | None:
    start = columns.bounds[columns.sentences[colon]][0]
    verbs = [i for i in range(start, colon) if not within[i] and is_saying(columns, i)]
    return _best(columns, verbs[::-1]) if verbs else find_label(columns, colon)


def _best(columns: Columns, verbs: list[int]) -> Cue:
    """The first verb whose speaker is told, else the first."""
    cues = [cue_of(columns, v) for v in verbs]
    return next((c for c in cues if c.speaker is not None), cues[0])


def _cue_before(columns: Columns, m: Marked, within: bytearray) -> Cue | None:
    """The cue of the sentence before in the same paragraph, for a run that is whole sentences by itself."""
    number = columns.sentences[m.start]
    alone = all(within[i] or columns.tags[i] in ("PUNCT", "SPACE") for i in range(*columns.bounds[number]))
    if not alone or number == 0:
        return None
    start, end = columns.bounds[number - 1]
    last = _word_before(columns, end)
    if last < start or (columns.paragraphs[last] != columns.paragraphs[m.start] and columns.words[last] != ":"):
        return None
    verbs = [i for i in range(start, end) if not within[i] and is_saying(columns, i)]
    cue = _best(columns, verbs) if verbs else find_according(columns, start, end)
    return cue or _subject_as_speaker(columns, start, end)


def _subject_as_speaker(columns: Columns, start: int, end: int) -> Cue | None:
    """The person that the sentence before is about: Smith was defiant. "We ..."."""
    root = next((i for i in range(start, end) if columns.heads[i] == i and columns.tags[i] != "SPACE"), None)
    subjects = columns.kids(root, "nsubj") if root is not None else []
    for i in subjects[:1]:
        if columns.lower[i] in ("he", "she") or columns.entities.get(i, (0, 0, ""))[2] == "PERSON":
            return Cue(i, i, i, i)
    return None


def _word_before(columns: Columns, i: int) -> int:
    """The token before i that is no white space, -1 for none."""
    i -= 1
    while i >= 0 and columns.tags[i] == "SPACE":
        i -= 1
    return i


def _find_indirect(columns: Columns, direct: list[Quote]) -> Iterator[Quote]:
    """What is told to have been said, by verbs and nouns with a clause, and after `according to`."""
    inside = bytearray(len(columns.words))
    for q in direct:
        inside[q.start : q.end] = b"\1" * (q.end - q.start)
    nouns = load_lists("quotes")["nouns"]
    for i, tag in enumerate(columns.tags):
        if inside[i]:
            continue
        if is_saying(columns, i, clausal=True):
            yield from _told_by(columns, cue_of(columns, i))
        elif tag == "NOUN" and columns.lemmas[i] in nouns:
            yield from _told_in(columns, i)
        elif columns.lower[i] == "according":
            yield from _told_according(columns, i)


def _told_by(columns: Columns, cue: Cue) -> Iterator[Quote]:
    """The clause under a verb of saying, or the clause that `X said` is thrown into."""
    clauses = columns.kids(cue.head, "ccomp")
    if columns.relations[cue.head] == "parataxis" and not clauses:
        clauses = [columns.heads[cue.head]]
    elif not clauses:
        clauses = [
            k for k in columns.kids(cue.head, "parataxis") if cue.speaker is not None and not is_saying(columns, k)
        ]
    for clause in clauses[:1]:
        start, end = _trim(columns, clause, cue.head)
        if start < end:
            yield Quote(start, end, cue.speaker, (cue.start, cue.end), False)


def _told_in(columns: Columns, noun: int) -> Iterator[Quote]:
    """`the claim by X that ...`: a clause under a noun, the speaker its possessor."""
    for clause in (k for k in columns.kids(noun, "acl", "ccomp") if columns.relations[k] != "acl:relcl"):
        if any(columns.lower[k] == "that" and columns.relations[k] == "mark" for k in columns.children[clause]):
            owners = columns.kids(noun, "nmod:poss") or [
                k for k in columns.kids(noun, "nmod") if _case(columns, k) in ("by", "from", "of")
            ]
            start, end = _trim(columns, clause, noun)
            yield Quote(start, end, owners[0] if owners else None, (noun, noun + 1), False)


def _case(columns: Columns, i: int) -> str:
    return next((columns.lower[k] for k in columns.children[i] if columns.relations[k] == "case"), "")


def _told_according(columns: Columns, i: int) -> Iterator[Quote]:
    cue = find_according(columns, i, min(i + 2, len(columns.words)))
    if cue is None or cue.speaker is None:
        return
    phrase = cue.speaker if columns.relations[i] in ("case", "mark", "fixed") else i
    clause = columns.heads[phrase]
    if clause != phrase:
        start, end = _trim(columns, clause, phrase)
        yield Quote(start, end, cue.speaker, (cue.start, cue.end), False)


def _trim(columns: Columns, clause: int, cue: int) -> tuple[int, int]:
    """The clause's words without the cue's phrase at either edge, `that`, and marks."""
    start, end = columns.lefts[clause], columns.rights[clause] + 1
    if columns.heads[cue] == clause:
        left, right = columns.lefts[cue], columns.rights[cue] + 1
        start, end = (right if left <= start else start), (left if right >= _word_before(columns, end) else end)
    loose = ("PUNCT", "SPACE")
    while start < end and (
        columns.tags[start] in loose or (columns.lower[start] == "that" and columns.relations[start] == "mark")
    ):
        start += 1
    while end > start and columns.tags[end - 1] in loose:
        end -= 1
    return start, end


def _is_repeated(told: Quote, direct: list[Quote]) -> bool:
    """Whether what is told is, but for marks, what stands between quotation marks."""
    covered = sum(max(0, min(told.end, q.end) - max(told.start, q.start)) for q in direct)
    return covered * 2 > told.end - told.start
