"""The tables in the shape of other systems: their columns to the letter, our coding in them."""

import csv
from pathlib import Path
from typing import Any

import pytest

from casus import Store, export
from casus.export import FORMATS
from casus.export.countries import codes_of
from casus.export.ucdp import COLUMNS as UCDP
from casus.ontology import TYPES
from casus.records import Incident, Party, Place, Report, Toll, When


def words(text: str) -> list[str]:
    """Return the words of a text: names of columns, which quotes and commas would hide."""
    return text.split()


# As the codebooks and the published files have them.
ICEWS = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
]
POLECAT = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]
ACTOR = words(
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
)
GEO = words("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID")
GDELT = [
    *words("GLOBALEVENTID SQLDATE MonthYear Year FractionDate"),
    *(f"Actor{nth}{name}" for nth in (1, 2) for name in ACTOR),
    *words(
        "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles"
    ),
    "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in GEO),
    *words("DATEADDED SOURCEURL"),
]
ACLED = words(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
    "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
GED = words(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best "
    "high low gwnoa gwnob"
)
TABS = ("polecat", "icews", "gdelt")


def read(store: Store, name: str, folder: Path, **told: Any) -> list[dict[str, str]]:
    """Return the rows of a table by the names of their columns."""
    export.write(store, name, folder / name, **told)
    with (folder / name).open(encoding="utf-8", newline="") as file:
        tabs = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if name in TABS else {}
        return list(csv.DictReader(file, **tabs))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("name", "expected", "count"),
    [
        ("icews", ICEWS, 20), ("polecat", POLECAT, 40), ("gdelt", GDELT, 61), ("acled", ACLED, 31), ("ucdp", GED, 49),
    ],
)  # fmt: skip
def test_columns_are_theirs(store: Store, tmp_path: Path, name: str, expected: list[str], count: int) -> None:
    """By name and in order, in the file as in the format."""
    export.write(store, name, tmp_path / "out")
    header = (tmp_path / "out").read_text("utf-8").partition("\n")[0]
    assert header.split("\t" if name in TABS else ",") == expected == [column.name for column in FORMATS[name].columns]
    assert len(expected) == count


def test_icews_pairs_every_actor_with_every_recipient(store: Store, tmp_path: Path) -> None:
    """And says by how many rows there are more than events."""
    rows = [row for row in read(store, "icews", tmp_path) if row["Story ID"] == "kassala"]
    names = ("Source Name", "Target Name", "CAMEO Code", "Intensity")
    told = {row["Event ID"]: tuple(row[name] for name in names) for row in rows}
    assert told == {
        "kassala:e1": ("Northern Front", "civilians", "1952", "-10"),
        "kassala:e1/2": ("Reed Army", "civilians", "1952", "-10"),
        "kassala:e2": ("Sudanese army", "Reed Army", "190", "-10"),
        "kassala:e5": ("Thousands", "", "141", "-6.5"),
    }
    changed = {loss.what: loss.count for loss in export.write(store, "icews", tmp_path / "again").changed}
    assert changed == {
        "events dated by the publication of their report, as the text gives no day": 1,
        "events without a CAMEO code, given that of their type": 2,
        "rows more, as every actor is paired with every recipient": 2,
    }


def test_icews_names_sectors_countries_and_codes(store: Store, tmp_path: Path) -> None:
    """In words, as ICEWS does."""
    (row,) = (row for row in read(store, "icews", tmp_path) if row["Event ID"] == "kassala:e1")
    assert (row["Source Sectors"], row["Source Country"]) == ("rebels", "Sudan")
    assert row["Event Text"] == "Employ remotely piloted aerial munitions"
    assert (row["City"], row["Province"], row["Country"]) == ("Kassala", "Kassala State", "Sudan")


def test_polecat_holds_what_plover_has(store: Store, tmp_path: Path) -> None:
    """Type, mode, score, contexts, sectors and the number of the state."""
    names = ("Event ID", "Event Type", "Event Mode", "Intensity", "Contexts", "Actor COW", "Actor Sectors", "Quad Code")
    told = {row["Event ID"]: [row[name] for name in names[1:]] for row in read(store, "polecat", tmp_path)}
    assert told["kassala:e1/2"] == [
        "ASSAULT", "drone", "-9.5", "military;terrorism", "625", "REB;UAF;PRM", "MATERIAL CONFLICT",
    ]  # fmt: skip


def test_a_tab_of_the_text_breaks_no_row(store: Store, tmp_path: Path) -> None:
    """White space becomes a space; quotes stay, as no cell is quoted."""
    rows = {row["Event ID"]: row for row in read(store, "polecat", tmp_path)}
    assert rows["kassala:e2"]["Raw Placename"] == "“=Reed Hill”"
    assert all(None not in row and None not in row.values() for row in rows.values())


def test_gdelt_counts_what_tells_of_an_incident(store: Store, tmp_path: Path) -> None:
    """Mentions, publishers and reports; one row a pair of parties, with numbers that stay."""
    rows = read(store, "gdelt", tmp_path)
    strike = [row for row in rows if row["EventCode"] == "1952"]
    assert [(row["NumMentions"], row["NumSources"], row["NumArticles"]) for row in strike] == [("2", "2", "2")] * 2
    assert [row["Actor1Code"] for row in strike] == ["SDNREB", "SDNREBUAF"]
    assert (strike[0]["SQLDATE"], strike[0]["FractionDate"]) == ("20310503", "2031.4192")
    assert (strike[0]["ActionGeo_CountryCode"], strike[0]["ActionGeo_Type"]) == ("SU", "4")
    assert strike[0]["SOURCEURL"] == "https://wire.example/kassala?a=1&b=2"
    assert len({row["GLOBALEVENTID"] for row in rows}) == len(rows)


def test_gdelt_leaves_out_what_has_no_day(store: Store, tmp_path: Path) -> None:
    """The shelling of the first report; that of its copy has been given one by a person."""
    told = export.write(store, "gdelt", tmp_path / "out")
    assert {loss.what: loss.count for loss in told.left_out}["incidents without a day, which SQLDATE must have"] == 1


def test_gdelt_puts_non_states_among_groups(store: Store, tmp_path: Path) -> None:
    """They are no countries there."""
    rows = read(store, "gdelt", tmp_path, include=["future"])
    row = next(row for row in rows if row["Actor1Name"] == "African Union")
    assert (row["Actor1CountryCode"], row["Actor1KnownGroupCode"], row["Actor1Code"]) == ("", "IGO", "IGO")
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"]) == ("030", "03", "1")


def test_acled_takes_violence_and_protest(store: Store, tmp_path: Path) -> None:
    """With its own names for types and actors."""
    rows = {row["event_id_cnty"]: row for row in read(store, "acled", tmp_path)}
    assert set(rows) == {"kassala:i1", "copy:i2", "kassala:i5"}
    strike, shelling, march = rows["kassala:i1"], rows["copy:i2"], rows["kassala:i5"]
    assert (strike["event_type"], strike["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (strike["inter1"], strike["inter2"], strike["interaction"]) == (
        "Rebel group", "Civilians", "Rebel group-Civilians",
    )  # fmt: skip
    assert (strike["assoc_actor_1"], strike["civilian_targeting"], strike["iso"]) == (
        "Reed Army", "Civilian targeting", "729",
    )  # fmt: skip
    assert (strike["fatalities"], strike["region"]) == ("4", "Northern Africa")
    assert strike["source"] == "Second Wire;Wire, the first"
    assert (shelling["inter1"], shelling["civilian_targeting"]) == ("State forces", "")
    assert (march["event_type"], march["inter1"], march["time_precision"]) == ("Protests", "Protesters", "2")


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (Party(0, 1, "x", country="SDN", sectors=("MIL",)), "State forces"),
        (Party(0, 1, "x", country="TCD", sectors=("MIL",)), "External/Other forces"),
        (Party(0, 1, "x", country="UNO", sectors=("MIL",)), "External/Other forces"),
        (Party(0, 1, "x", country="TCD", sectors=("REB",)), "Rebel group"),
        (Party(0, 1, "x", country="IMG"), "External/Other forces"),
        (Party(0, 1, "x", sectors=("JRN",)), "Civilians"),
        (Party(0, 1, "x"), None),
    ],
)
def test_acled_knows_forces_at_home_and_abroad(party: Party, expected: str | None) -> None:
    """By the country of the place; what is not told stays open."""
    where = Place(0, 1, "x", country="SDN", precision="country")
    told = _happening(Incident(id="i", events=(), type="ASSAULT", actors=(party,), where=where))
    assert next(column for column in FORMATS["acled"].columns if column.name == "inter1").give(told) == expected


def test_ucdp_takes_deadly_assaults(store: Store, tmp_path: Path) -> None:
    """With tolls as a range, places as points, and states by their numbers."""
    (row,) = read(store, "ucdp", tmp_path)
    assert (row["relid"], row["type_of_violence"]) == ("kassala:i1", "3")
    assert row["dyad_name"] == "Northern Front - Civilians"
    assert (row["best"], row["low"], row["high"], row["deaths_civilians"]) == ("4", "4", "6", "4")
    assert (row["number_of_sources"], row["country_id"], row["region"]) == ("1", "625", "Africa")
    assert row["geom_wkt"] == "POINT (36.39998 15.45099)"
    assert row["source_original"] == "the ministry"


@pytest.mark.parametrize(("lat", "lon", "expected"), [(-90.0, -180.0, 1), (0.1, 0.1, 129961), (90.0, 180.0, 259200)])
def test_cells_are_those_of_prio_grid(lat: float, lon: float, expected: int) -> None:
    """Counted from the south-west, the last in the north-east: 360 rows of 720."""
    where = Place(0, 1, "x", lat=lat, lon=lon, precision="city")
    told = _happening(Incident(id="i", events=(), type="ASSAULT", where=where))
    assert _column("priogrid_gid").give(told) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("2031-05-03", "2031-05-03", 1), ("2031-05-03", "2031-05-05", 2), ("2031-05-03", "2031-05-09", 3),
     ("2031-05-01", "2031-05-31", 4), ("2031-01-01", "2031-12-31", 5)],
)  # fmt: skip
def test_precision_of_dates_is_ucdp_s(first: str, last: str, expected: int) -> None:
    """By the number of days."""
    told = _happening(Incident(id="i", events=(), type="ASSAULT", when=When(first, last, "range")))
    assert _column("date_prec").give(told) == expected


@pytest.mark.parametrize(
    ("actor", "recipient", "expected"),
    [
        (Party(0, 1, "x", country="SDN", sectors=("MIL",)), Party(0, 1, "y", sectors=("REB",)), 1),
        (Party(0, 1, "x", sectors=("REB",)), Party(0, 1, "y", sectors=("PRM",)), 2),
        (Party(0, 1, "x", sectors=("REB",)), Party(0, 1, "y", sectors=("JRN",)), 3),
        (Party(0, 1, "x", sectors=("REB",)), None, None),
    ],
)
def test_kinds_of_violence_come_from_both_sides(actor: Party, recipient: Party | None, expected: int | None) -> None:
    """And stay open where one is."""
    recipients = (recipient,) if recipient else ()
    told = _happening(Incident(id="i", events=(), type="ASSAULT", actors=(actor,), recipients=recipients))
    assert _column("type_of_violence").give(told) == expected


@pytest.mark.parametrize(
    ("toll", "expected"),
    [(Toll(4, 4, 6), (4, 6, 4)), (Toll(12, 12, None), (12, 12, 12)), (Toll(None, 30, 30), (30, 30, 30))],
)
def test_deaths_are_a_range_with_the_best_in_it(toll: Toll, expected: tuple[int, int, int]) -> None:
    """Where it is open, the best number closes it."""
    told = _happening(Incident(id="i", events=(), type="ASSAULT", toll={"killed": toll}))
    assert tuple(_column(name).give(told) for name in ("best", "high", "low")) == expected


def test_every_type_has_a_cameo_code() -> None:
    """Whatever has no code of its own gets that of its type."""
    from casus.export.sides import CAMEO_ROOTS
    from casus.ontology import CAMEO

    assert set(CAMEO_ROOTS) == set(TYPES)
    assert set(CAMEO_ROOTS.values()) <= set(CAMEO)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("DEU", (276, "GM", 255, 260, "Europe")), ("YEM", (887, "YM", 679, 678, "Middle East")),
        ("KOS", (None, "KV", 347, 347, "Europe")), ("MEX", (484, "MX", 70, 70, "Central America")),
        ("PSE", (275, "WE", None, None, "Middle East")),
    ],
)  # fmt: skip
def test_countries_have_the_codes_of_others(code: str, expected: tuple[Any, ...]) -> None:
    """Kosovo under PLOVER's code; who is in no list of states has no number."""
    found = codes_of(code)
    assert found is not None
    assert (found.number, found.fips, found.cow, found.gw, found.acled) == expected


def _column(name: str) -> Any:
    return next(column for column in UCDP if column.name == name)


def _happening(incident: Incident) -> Any:
    from casus.export.sources import Happening
    from casus.stored import IncidentVersion

    version = IncidentVersion(incident=incident, version=1, valid_from="2031-05-06T00:00:00Z", reason="created")
    return Happening(version, (), {})


def test_a_report_without_parties_is_a_row_all_the_same(empty_store: Store, tmp_path: Path) -> None:
    """Both sides stay open."""
    from tests.export.builders import MARCH, report

    bare = Report(id="bare", text=report().text, events=(type(MARCH).from_json(MARCH.to_json() | {"actors": []}),))
    empty_store.add(bare)
    (row,) = read(empty_store, "polecat", tmp_path)
    assert (row["Event ID"], row["Actor Name"], row["Recipient Name"]) == ("bare:e5", "", "")
