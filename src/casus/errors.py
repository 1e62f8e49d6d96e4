"""Every error Casus raises on purpose, as one tree; it catches nothing and prints nothing.

    CasusError
    ├── FieldError              a value that is not one of those allowed
    │   ├── RecordError         a record that does not follow record.md
    │   ├── OntologyError       a type, mode, context, sector or code that does not exist
    │   └── InputError          a line of a file that cannot be read
    │       └── FetchError      an address that cannot be fetched
    ├── ConfigError             a setting that is unknown or impossible
    ├── ModelError              a model file that is missing, broken or of another version
    ├── LexiconError            a lexicon entry that breaks the lexicon's rules
    ├── KnowledgeBaseError      a row of the knowledge base that breaks its rules
    ├── DeliveryError           a message that could not be delivered
    └── StoreError              a store that cannot be opened, or something that is not in it

Arguments are kept in `args`, so every error survives the way back from a worker process.
"""

from __future__ import annotations


class CasusError(Exception):
    """Base of every error raised by Casus: catch this one to catch them all."""


class FieldError(CasusError):
    """A field holds a value that is not allowed there.

    Args:
        field: Name or path of the field (`events[3].trigger.start`).
        found: What stood there.
        allowed: What may stand there, in words.
    """

    def __init__(self, field: str, found: object, allowed: str) -> None:
        super().__init__(field, found, allowed)
        self.field, self.found, self.allowed = field, found, allowed

    def __str__(self) -> str:
        return f"field {self.field}: found {self.found!r}, allowed {self.allowed}"


class RecordError(FieldError):
    """A JSON object does not follow record.md."""


class OntologyError(FieldError):
    """A name or code is not in the ontology; `allowed` lists those that are."""


class InputError(FieldError):
    """A file given to Casus cannot be read at one line.

    Args:
        file: Path or address as the user gave it.
        line: Line number, counted from one.
        field: Name of the field or column.
        found: What stood there.
        allowed: What may stand there, in words.
    """

    def __init__(self, file: str, line: int, field: str, found: object, allowed: str) -> None:
        super().__init__(field, found, allowed)
        self.args = (file, line, field, found, allowed)
        self.file, self.line = file, line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {FieldError.__str__(self)}"


class FetchError(InputError):
    """An address cannot be fetched, or may not be.

    Args:
        address: As the user or the feed gave it.
        field: What went wrong: `status`, `robots.txt`, `address`, `size`, `time`, `connection`, …
        found: What was found.
        allowed: What would have been taken, in words.
    """

    def __init__(self, address: str, field: str, found: object, allowed: str) -> None:
        super().__init__(address, 1, field, found, allowed)
        self.args = (address, field, found, allowed)

    def __str__(self) -> str:
        return f"{self.file}: {FieldError.__str__(self)}"


class ConfigError(CasusError):
    """A setting is unknown or impossible."""


class ModelError(CasusError):
    """A model file is missing, broken or of another version."""


class LexiconError(CasusError):
    """A lexicon entry breaks the lexicon's rules."""


class KnowledgeBaseError(CasusError):
    """A row of the knowledge base breaks its rules."""


class DeliveryError(CasusError):
    """A message could not be delivered; it is tried again."""


class StoreError(CasusError):
    """A store cannot be opened or is of a newer version, or something is asked for that is not in it."""
