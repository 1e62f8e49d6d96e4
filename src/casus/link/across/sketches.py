"""Near-copies: a wire copy, a reprint and a light rewrite have one origin, and count once. Compares texts, not events.

A text becomes the set of its runs of three words, a MinHash sketch of 128 numbers (rensa, MIT) and 32 bands of four
numbers. Two texts that share a band are compared by their sketches; a report joins the origin of the likest text that
is like enough. Bands are plain strings and sketches plain numbers, so any store can keep and index them. Nothing is
drawn at random: the seed is fixed, so a text has the same sketch everywhere.

Broder 1997, "On the resemblance and containment of documents"; Leskovec, Rajaraman and Ullman, "Mining of Massive
Datasets", chapter 3.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from hashlib import blake2b

from rensa import RMinHash

from casus.link.across.archive import Archive
from casus.records import Report

NUMBERS = 128
ROWS = 4  # numbers a band: of texts at 0.5, 87 % share a band; at 0.2, 5 %
SEED = 20061123
SHINGLE = 3  # words
ENOUGH = 0.5  # share of common runs from which two texts have one origin; see bench.current_events
WORD = re.compile(r"\w+")


def split_shingles(text: str) -> list[str]:
    """All runs of three words, lower case, each once, in the order of the alphabet; a shorter text is one run."""
    words = WORD.findall(text.lower())
    count = max(1, len(words) - SHINGLE + 1)
    return sorted({" ".join(words[k : k + SHINGLE]) for k in range(count)})


def sketch_text(text: str) -> tuple[int, ...]:
    """The MinHash sketch of a text: 128 numbers below 2³²."""
    sketch = RMinHash(num_perm=NUMBERS, seed=SEED)
    sketch.update(split_shingles(text))
    return tuple(sketch.digest())


def cut_bands(digest: Sequence[int]) -> tuple[str, ...]:
    """The keys under which a sketch is found again; each begins with the number of its band."""
    parts = (digest[k : k + ROWS] for k in range(0, len(digest), ROWS))
    return tuple(f"{n}:{_hash(part)}" for n, part in enumerate(parts))


def _hash(part: Sequence[int]) -> str:
    return blake2b(b"".join(number.to_bytes(8, "big") for number in part), digest_size=8).hexdigest()


def estimate_likeness(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of common runs of words (Jaccard) that two sketches tell, 0 to 1."""
    return sum(x == y for x, y in zip(a, b, strict=True)) / max(len(a), 1)


def pack(digest: Sequence[int]) -> bytes:
    """A sketch as bytes: four for each number, the highest first."""
    return struct.pack(f">{len(digest)}I", *digest)


def unpack(sketch: bytes) -> tuple[int, ...]:
    """The numbers of a packed sketch."""
    return struct.unpack(f">{len(sketch) // 4}I", sketch)


def find_origin(report: Report, archive: Archive) -> str:
    """The report that told first what this one says: the origin of the likest text known, or itself. Kept there.

    Among equally like texts the origin that comes first in the alphabet is taken, so that the order in which an archive
    gives them does not matter.
    """
    digest = sketch_text(report.text)
    bands = cut_bands(digest)
    known = [found for found in archive.near(bands) if found[0] != report.id]
    scored = ((-estimate_likeness(digest, unpack(sketch)), origin) for _, origin, sketch in known)
    _, origin = min((pair for pair in scored if -pair[0] >= ENOUGH), default=(0.0, report.id))
    archive.put_sketch(report.id, pack(digest), bands)
    archive.set_origin(report.id, origin)
    return origin
