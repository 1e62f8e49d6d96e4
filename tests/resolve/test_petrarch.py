"""PETRARCH's dictionaries are read as they are written."""

import pytest

from casus.errors import InputError
from casus.resolve.petrarch import Code, Entry, read_code, read_entries

ACTORS = """\
# a comment
VALDORIA_  [VLD]  ; with its code
+VALDORIAN_
<!-- a comment
over two lines -->
JANE_ROE_
+J._ROE
\t[VLDGOV 010203-20050607]
\t[VLDELI >050607]
\t[---]
JOHN_DOE_\t[VLDOPP <19991231][VLDGOV]
"""
AGENTS = """\
!PERSON! = MAN, WOMEN
RIOT_POLICE {} [~COP] # no plural
DEPUTY [~LEG]
THIEF {THIEVES} [~CRM]
CONGRESS!PERSON! [~LEG}
AID_GROUP [NGO~]
"""


def test_actors() -> None:
    """Phrases, synonyms, codes with and without dates; comments are passed over."""
    assert list(read_entries(ACTORS.splitlines(), "x.txt")) == [
        Entry(2, "VALDORIA", ("VALDORIAN",), (Code("VLD"),)),
        Entry(6, "JANE ROE", ("J. ROE",), (Code("VLDGOV", "2001-02-03", "2005-06-07"), Code("VLDELI", "2005-06-07"))),
        Entry(11, "JOHN DOE", (), (Code("VLDOPP", "", "1999-12-31"), Code("VLDGOV"))),
    ]


def test_agents() -> None:
    """Plurals are formed unless given; a set gives an entry for each of its words."""
    told = [(entry.phrase, entry.others, entry.codes[0].code) for entry in _entries(AGENTS)]
    assert told == [
        ("RIOT POLICE", (), "COP"),
        ("DEPUTY", ("DEPUTIES",), "LEG"),
        ("THIEF", ("THIEVES",), "CRM"),
        ("CONGRESSMAN", (), "LEG"),
        ("CONGRESSWOMEN", (), "LEG"),
        ("AID GROUP", ("AID GROUPS",), "NGO"),
    ]


def _entries(text: str) -> list[Entry]:
    return [entry for entry in read_entries(text.splitlines(), "x.txt") if isinstance(entry, Entry)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+ROE\n", "x.txt:1: field phrase: found '+ROE'"),
        ("ROE_\n[VLDGOV 20011301-20020101]\n", "x.txt:2: field code: found 'VLDGOV 20011301-20020101'"),
        ("CHAIR!PERSON! [~LEG]\n", "x.txt:1: field agent: found '!PERSON!', allowed a set defined before: none"),
        ("CHAIR [~LEG]\nSTOOL {}\n", "x.txt:2: field agent: found 'STOOL {}'"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, expected: str) -> None:
    """With file, line and what may stand there."""
    (error,) = (entry for entry in read_entries(text.splitlines(), "x.txt") if isinstance(entry, InputError))
    assert str(error).startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VLDGOV <301231", (Code("VLDGOV", "", "2030-12-31"),)),
        ("VLDGOV >310101", (Code("VLDGOV", "1931-01-01"),)),
        (" ~COP", (Code("COP"),)),
        ("---", ()),
    ],
)
def test_codes(text: str, expected: tuple[Code, ...]) -> None:
    """Two-digit years up to 30 are of this century."""
    assert read_code(text) == expected
