"""The columns of flat events, as `casus events --format csv`, CSV packages and Parquet files have them."""

from __future__ import annotations

from casus.export.forms import Column, Kind, word_set

_SIDE = (
    ("s", "who they are by name, else as written"),
    ("_ids", "their keys in the knowledge base, null where there is none"),
    ("_countries", "their ISO 3166-1 alpha-3 or PLOVER non-state codes, null where open"),
    ("_sectors", "their PLOVER sectors, most specific first, parted by spaces"),
)
_COUNTS = ("killed", "injured", "arrested", "abducted", "missing", "displaced", "participants")
_PLAIN: tuple[tuple[str, Kind, str], ...] = (
    ("id", "string", "report and event, goma:e1"),
    ("report", "string", "id of the report"),
    ("incident", "string", "id of the incident that the event belongs to"),
    ("origin", "string", "id of the report that this one is a near-copy of, else its own"),
    ("published", "string", "when the report was published: ISO day, or datetime with zone"),
    ("publisher", "string", "who published it"),
    ("judged", "string", "what people said of it: confirmed, corrected or rejected; empty where nobody judged"),
    ("type", "string", "PLOVER type"),
    ("mode", "string", "mode of the type"),
    ("contexts", "list", "PLOVER contexts, most telling first"),
    ("cameo", "string", "CAMEO code (manual 1.1b3), leading zeros kept"),
    ("score", "number", "PLOVER conflict-cooperation score, -10 to +10"),
    ("quad", "string", "verbal or material, cooperation or conflict"),
)
_REST: tuple[tuple[str, Kind, str], ...] = (
    ("modality", "string", "actual, future (planned), hypothetical (possible, asked for) or negated (denied, failed)"),
    ("hedged", "boolean", "true where the text itself holds back: reportedly, allegedly"),
    ("source", "string", "who says so, by name, else as written"),
    ("source_country", "string", "country of who says so"),
    ("stance", "string", "how it is said: states, claims, denies, confirms, accuses or threatens"),
    ("when_start", "date", "first day that the text gives"),
    ("when_end", "date", "last day that the text gives, included"),
    ("when_precision", "string", "day, week, month, year or range"),
    ("day_from", "date", "first day: of the text, else of publication"),
    ("day_to", "date", "last day: of the text, else of publication"),
    ("place", "string", "where, by name, else as written"),
    ("place_country", "string", "country of the place, ISO 3166-1 alpha-3"),
    ("place_admin1", "string", "first-level division of the place"),
    ("place_geonameid", "integer", "GeoNames number of the place"),
    ("place_lat", "number", "latitude in degrees, north positive"),
    ("place_lon", "number", "longitude in degrees, east positive"),
    ("place_precision", "string", "point, city, near, admin1, country or region"),
    *(
        (f"{kind}_{end}", "integer", f"{'lowest' if end == 'min' else 'highest'} number of {kind}, empty where open")
        for kind in _COUNTS
        for end in ("min", "max")
    ),
    ("quantities", "list", "all counts: kind and number, 12+ for at least, -30 for at most"),
    ("responds_to", "list", "ids of events of the report that this one answers"),
    ("confidence", "number", "calibrated, 0 to 1: of events at 0.8, four in five are right"),
    ("trigger", "string", "the words that name the act"),
    ("trigger_start", "integer", "first character of those words in the report's text"),
    ("trigger_end", "integer", "character behind those words"),
)
FLAT = tuple(
    Column(name, kind, told)
    for name, kind, told in (
        *_PLAIN,
        *((f"{role}{end}", "list", f"{role}s: {told}") for role in ("actor", "recipient") for end, told in _SIDE),
        *_REST,
    )
)
"""In the order of `casus.store.query.flat.flatten_event`."""
FLAT_KEEPS = word_set(
    "report incident trigger trigger_offsets type mode contexts cameo score quad party_names party_keys "
    "party_countries party_sectors further_parties modality attribution stance hedged when when_end "
    "when_precision where geonameid coordinates admin1 where_precision counts count_bounds responds_to "
    "confidence judged origin"
)
"""`party_words` and `speaker` are not: a name takes the place of words, sectors of who says so are left out."""
