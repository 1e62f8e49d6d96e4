"""The loader: what a row becomes, what is refused and how that is told, and how a user's folder overrides."""

import re
from pathlib import Path

import pytest

from casus.coding.lexicon import Entry, load_lexicon, read_entry
from casus.errors import LexiconError

GOOD = {"verb": "ambush", "cameo": "190", "example": "<Rebels> *ambushed* [a convoy]."}


def entry(**fields: str | None) -> Entry:
    """Return the entry of a good row with some fields changed, None to leave one out."""
    row = {name: value for name, value in {**GOOD, **fields}.items() if value is not None}
    return read_entry(row, "ASSAULT", "own.toml: entry 3")


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    """Write a lexicon file and return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


WRONG_FIELDS = [
    ({"verb": "Ambush"}, "(Ambush): field verb: found 'Ambush', allowed lower-case lemmas"),
    ({"verb": "open *fire *on"}, "field verb: found 'open *fire *on', allowed"),
    ({"verb": "open  fire"}, "field verb: found 'open  fire', allowed"),
    ({"verb": ""}, "field verb: found '', allowed text"),
    ({"verb": None}, "own.toml: entry 3: field key: found None, allowed exactly one of verb, noun, adj"),
    ({"noun": "ambush"}, "field key: found 'verb and noun', allowed exactly one of verb, noun, adj"),
    ({"mode": "nuclear"}, "field mode: found 'nuclear', allowed abduct, aerial, "),
    ({"mode": 3}, "field mode: found 3, allowed text"),
    ({"cameo": "999"}, "field cameo: found '999', allowed a CAMEO code"),
    ({"cameo": 190}, "field cameo: found 190, allowed text"),
    ({"cameo": None}, "field cameo: found '', allowed a CAMEO code"),
    ({"actor": "sbuj"}, "field actor: found 'sbuj', allowed none, or slots joined by | or +: subj, obj"),
    ({"to": "obj||on"}, "field to: found 'obj||on', allowed"),
    ({"to": "none|obj"}, "field to: found 'none|obj', allowed"),
    ({"needs": "obj"}, "field needs: found 'obj', allowed slot:class"),
    ({"needs": "obj:"}, "field needs: found 'obj:', allowed slot:class"),
    ({"unless": "where:city"}, "field unless: found 'where:city', allowed slot:class"),
    ({"example": None}, "field example: found '', allowed a sentence with exactly one *trigger*"),
    ({"example": "*Rebels* *ambushed* us."}, "field example: found"),
    ({"example": "<Rebels *ambushed* us."}, "field example: found '<Rebels *ambushed* us.', allowed"),
    ({"colour": "red"}, "field colour: found 'red', allowed one of the fields verb, noun"),
]


@pytest.mark.parametrize(("fields", "words"), WRONG_FIELDS, ids=lambda value: str(value)[:40])
def test_a_wrong_field_is_told(fields: dict[str, str | None], words: str) -> None:
    """With file, row, field, what stood there and what may."""
    with pytest.raises(LexiconError, match=re.escape(words)) as caught:
        entry(**fields)
    assert str(caught.value).startswith("own.toml: entry 3")


ROW = '{ verb = "ambush", cameo = "190", example = "*Ambushed*." }'
WRONG_FILES = [
    ("own.toml", "type = ", "own.toml: not TOML"),
    ("own.toml", 'type = "WAR"', "own.toml: field type: found 'WAR', allowed ACCUSE, AGREE"),
    ("own.toml", "entries = []", "own.toml: field type: found None, allowed"),
    ("own.toml", 'type = "AID"\nentry = []', "own.toml: field entry: found [], allowed type and entries"),
    ("own.toml", 'type = "AID"\nentries = ["help"]', "field entries: found ['help'], allowed a list of tables"),
    ("own.toml", f'type = "ASSAULT"\nentries = [{ROW}, {ROW}]', "own.toml: entry 2: field verb: found 'ambush' again"),
    ("classes.toml", 'gun = "rifle"', "classes.toml: field gun: found 'rifle', allowed a list of lemmas"),
    ("classes.toml", 'gun = ["Rifle"]', "classes.toml: field gun: found 'Rifle', allowed lower-case lemmas"),
    ("classes.toml", "gun = [1]", "classes.toml: field gun: found 1, allowed lower-case lemmas"),
]


@pytest.mark.parametrize(("name", "text", "words"), WRONG_FILES)
def test_a_wrong_file_is_told(tmp_path: Path, name: str, text: str, words: str) -> None:
    """With its name and the field."""
    with pytest.raises(LexiconError, match=re.escape(words)):
        load_lexicon([write(tmp_path / "own", text, name)])


def test_what_is_left_out_has_a_default() -> None:
    """Verbs take subject and object, nouns what stands around them."""
    verb, noun = entry(), entry(verb=None, noun="ambush")
    assert (verb.actor, verb.to, verb.mode, verb.needs, verb.light) == ((("subj",),), (("obj",),), None, (), ())
    assert (noun.actor[0], noun.to[-1], noun.id) == (("poss",), ("lobj",), "ASSAULT:noun:ambush")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", ()),
        ("subj", (("subj",),)),
        ("on|at", (("on",), ("at",))),
        ("subj+with", (("subj", "with"),)),
        ("subj+with|by", (("subj", "with"), ("by",))),
    ],
)
def test_slots(text: str, expected: tuple[tuple[str, ...], ...]) -> None:
    """| separates alternatives, + joins."""
    assert entry(actor=text).actor == expected


def test_constraints() -> None:
    """Pairs of slot and class."""
    made = entry(needs="obj:troops|any:gun", unless="with:question")
    assert (made.needs, made.unless) == ((("obj", "troops"), ("any", "gun")), (("with", "question"),))


@pytest.mark.parametrize(
    ("part", "key", "head", "trigger"),
    [
        ("verb", "ambush", 0, 0),
        ("verb", "lash out", 0, 0),
        ("verb", "open *fire", 0, 1),
        ("verb", "barrel - bomb", 2, 0),
        ("noun", "air strike", 1, 1),
        ("noun", "*act of war", 0, 0),
        ("adj", "*ablaze", 0, 0),
    ],
)
def test_head_and_trigger_of_a_key(part: str, key: str, head: int, trigger: int) -> None:
    """The star moves the trigger, the head is where the tree hangs."""
    made = entry(**{"verb": None, part: key})
    assert (made.head, made.trigger, made.words) == (head, trigger, tuple(key.replace("*", "").split()))


def test_an_own_folder_adds_and_overrides(tmp_path: Path) -> None:
    """The same type, part of speech and key replaces the shipped entry, all else stays."""
    rows = f"{ROW.replace('190', '193')}, {ROW.replace('ambush', 'zap')}"
    shipped = load_lexicon()
    own = load_lexicon([write(tmp_path, f'type = "ASSAULT"\nentries = [{rows}]')])
    assert len(own.entries) == len(shipped.entries) + 1
    assert {(e.id, e.cameo) for e in own.entries} - {(e.id, e.cameo) for e in shipped.entries} == {
        ("ASSAULT:verb:ambush", "193"),
        ("ASSAULT:verb:zap", "190"),
    }
    assert [e.cameo for e in own.by_head["zap"]] == ["190"]


def test_the_last_folder_wins(tmp_path: Path) -> None:
    """Folders are read in the order given."""
    text = 'type = "ASSAULT"\nentries = [{{ verb = "zap", cameo = "{}", example = "*Zapped*." }}]'
    folders = [write(tmp_path / code, text.format(code)) for code in ("193", "194")]
    assert [e.cameo for e in load_lexicon(folders).by_head["zap"]] == ["194"]


def test_own_classes_replace_those_of_the_same_name(tmp_path: Path) -> None:
    """Others stay."""
    own = load_lexicon([write(tmp_path, 'troops = ["dragoon"]', "classes-own.toml")]).classes
    assert own["troops"] == {"dragoon"}
    assert own["police"] == load_lexicon().classes["police"]
