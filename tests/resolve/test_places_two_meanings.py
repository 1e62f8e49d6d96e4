"""A name of two places means the one that the report speaks of, either way."""

import pytest

from casus.resolve.gazetteer import Gazetteer
from casus.resolve.places import find_places
from tests.resolve.place_factories import plain


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Militias fought in Tripoli near Misrata .", "Tripoli", "LBY"),
        ("Gunmen fled from Tripoli to Beirut .", "Tripoli", "LBN"),
        ("Police searched a flat in Cambridge and in London .", "Cambridge", "GBR"),
        ("Police searched a flat in Cambridge near Boston .", "Cambridge", "USA"),
        ("Riots spread from Birmingham to London .", "Birmingham", "GBR"),
        ("Marchers were beaten in Birmingham and in Montgomery .", "Birmingham", "USA"),
        ("Protesters marched in Valencia and Madrid .", "Valencia", "ESP"),
        ("Soldiers fired on a crowd in Valencia , west of Caracas .", "Valencia", "VEN"),
        ("Two bombs exploded in Hyderabad , India .", "Hyderabad", "IND"),
        ("Two gunmen were shot in Hyderabad , near Karachi .", "Hyderabad", "PAK"),
        ("Ministers met in San José , south of Managua .", "San José", "CRI"),
        ("Workers struck in San Jose and Oakland .", "San Jose", "USA"),
        ("Students marched in Santiago , Chile .", "Santiago", "CHL"),
        ("Students marched in Santiago , 150 km from Haiti , in the Dominican Republic .", "Santiago", "DOM"),
        ("Workers blocked roads in Córdoba , Argentina .", "Córdoba", "ARG"),
        ("A van was stopped in Córdoba , near Seville .", "Córdoba", "ESP"),
        ("Ministers met in Victoria , Seychelles .", "Victoria", "SYC"),
        ("Loggers blocked a ferry in Victoria , Canada .", "Victoria", "CAN"),
        ("Fires burned in Victoria , near Melbourne .", "Victoria", "AUS"),
        ("Crowds gathered in Alexandria and Cairo .", "Alexandria", "EGY"),
        ("A spy was held in Alexandria , south of Washington .", "Alexandria", "USA"),
        ("Officers searched houses in Granada and Seville .", "Granada", "ESP"),
        ("Police fired on students in Granada and Managua .", "Granada", "NIC"),
        ("Gunmen blocked roads in Guadalajara , Mexico .", "Guadalajara", "MEX"),
        ("The strike reached Guadalajara , near Madrid .", "Guadalajara", "ESP"),
        ("Police found a bomb in Hamilton , near Toronto .", "Hamilton", "CAN"),
        ("Police found a bomb in Hamilton , south of Auckland .", "Hamilton", "NZL"),
        ("Troops marched on Tbilisi in Georgia .", "Georgia", "GEO"),
        ("Votes were counted in Georgia , most of them in Atlanta .", "Georgia", "USA"),
        ("Police fired tear gas in Brazzaville , Congo .", "Congo", "COG"),
        ("Police fired tear gas in Kinshasa , Congo .", "Congo", "COD"),
    ],
)
def test_the_report_tells_which_place_is_meant(gazetteer: Gazetteer, text: str, name: str, country: str) -> None:
    """Other places, what holds it and what lies near decide."""
    words = text.replace(name, "it").split()
    doc = plain(text, {name: "GPE"} | {word: "GPE" for word in words[1:] if word[0].isupper()})
    assert {m.place.country for m in find_places(doc, gazetteer) if m.span.text == name} == {country}
