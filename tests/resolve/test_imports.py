"""Other people's lists become rows of ours."""

from casus.resolve.imports import Imported, import_csv, import_petrarch
from casus.resolve.tables import Known

KNOWN = Known(frozenset({"VLD", "UNO", "IGO", "NGO", "ROU"}), names=frozenset({("Valdoria", "VLD")}))


def actors(text: str) -> Imported:
    """Return what a dictionary gives."""
    return import_petrarch(text.splitlines(), "own.txt", KNOWN)


def test_an_actor_becomes_a_row_for_each_code() -> None:
    """With its synonyms as aliases, dates as activity, and the line as source."""
    rows = actors("JANE_ROE_\n+J._ROE\n\t[VLDGOVMIL 010203-050607]\n\t[VLDELI >050607]\n").rows["organisations.tsv"]
    assert list(rows) == ["imp-jane-roe", "imp-jane-roe-2"]
    assert list(rows["imp-jane-roe"].values()) == [
        "imp-jane-roe", "Jane Roe", "J. ROE", "actor", "VLD", "GOV|MIL", "2001-02-03", "2005-06-07",
        "a statement by Jane Roe", "own.txt, line 1",
    ]  # fmt: skip


def test_roles_have_their_plover_names() -> None:
    """What has none is counted."""
    done = actors("WIRE_ [VLDMED]\nLEECHES_ [ROMHLH]\nUN_FUND_ [IGOUNOKID]\n")
    rows = done.rows["organisations.tsv"]
    assert [(row["country"], row["sectors"]) for row in rows.values()] == [("VLD", "JRN"), ("ROU", "MED"), ("UNO", "")]
    assert done.left_out == {"KID": 1}


def test_names_of_countries_are_known_already() -> None:
    """Only what the base has not becomes a row."""
    rows = actors("VALDORIA_ [VLD]\n+OLD_VALDORIA_\n").rows["organisations.tsv"]
    assert [(row["name"], row["aliases"]) for row in rows.values()] == [("Old Valdoria", "")]
    assert actors("VALDORIA_ [VLD]\n").issues == []


def test_what_cannot_be_taken_over_is_told() -> None:
    """Unknown codes, no code, two agents of one name."""
    told = [str(issue) for issue in actors("A_CLUB_ [XXXKID]\nB_CLUB_\n").issues]
    assert told[0].startswith("own.txt:1: field code: found 'XXXKID', allowed a code with a country")
    assert told[1].startswith("own.txt:2: field code: found '', allowed a code in brackets")
    (twice,) = actors("GUARD [~COP]\nGUARD [~MIL]\n").issues
    assert str(twice) == "own.txt:2: field noun: found 'guard', allowed each once; the first is kept"


def test_agents_are_nouns_in_lower_case() -> None:
    """In a table of their own."""
    rows = actors("AID_WORKER [NGO~]\n").rows["agents.tsv"]
    assert list(rows["aid worker"].values()) == [
        "aid worker", "aid workers", "", "NGO", "the aid worker was there", "own.txt, line 1",
    ]  # fmt: skip


def test_csv_is_filled_up() -> None:
    """Id, kind, example and source may be missing; lists may be separated by semicolons."""
    done = import_csv(
        [{"name": "Élan Club", "aliases": "Elan; EC", "country": "VLD"}], "own.csv", KNOWN, table="groups"
    )
    (row,) = done.rows["groups.tsv"].values()
    assert (row["id"], row["aliases"], row["kind"]) == ("imp-elan-club", "Elan|EC", "actor")
    assert (row["example"], row["source"]) == ("a statement by Élan Club", "own.csv, line 2")


def test_csv_is_strict() -> None:
    """Unknown columns and codes are told with their line."""
    rows = [{"name": "A", "colour": "red"}, {"name": "B", "country": "Valdoria"}, {"noun": "guard", "sectors": "COP"}]
    done = import_csv(rows, "own.csv", KNOWN, table="groups")
    assert [str(issue).split(", allowed")[0] for issue in done.issues] == [
        "own.csv:2: field column: found 'colour'",
        "own.csv:3: field country: found 'Valdoria'",
    ]
    assert list(done.rows["agents.tsv"]) == ["guard"]
