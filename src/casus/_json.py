"""Frozen dataclasses to JSON objects and back, from their annotations alone; knows no record by name.

Reading is strict: an unknown or missing key, a wrong kind of value or a name outside a `Literal` raises `RecordError`
with the path of the field. Lists in JSON are tuples in Python. A field whose JSON key is no Python name carries it in
`field(metadata={"json": "from"})`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from casus.errors import RecordError

T = TypeVar("T")
Reader = Callable[[Any, str], Any]


class Record:
    """Gives a frozen dataclass its way to JSON and back."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Return the record as a JSON object: a new dict of plain values, keys as in record.md."""
        return {key: dump(getattr(self, name)) for key, name in _keys(type(self)).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the record that a JSON object describes.

        Args:
            data: The object, as `json.loads` gives it.

        Raises:
            RecordError: A key is unknown or missing, or a value is not allowed.
        """
        return load(cls, data, cls.__name__)


def dump(value: Any) -> Any:
    """Return `value` with records as dicts and tuples as lists, all the way down."""
    if isinstance(value, Record):
        return value.to_json()
    if isinstance(value, Mapping):
        return {str(key): dump(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [dump(item) for item in value]
    return value


def load(cls: type[T], data: object, path: str) -> T:
    """Return the `cls` that the JSON object `data` describes; `path` is where it stands, for the error.

    Raises:
        RecordError: A key is unknown or missing, or a value is not allowed.
    """
    if not isinstance(data, Mapping):
        raise RecordError(path, data, f"an object with the fields of {cls.__name__}")
    readers, required = _readers(cls)
    for key in data:
        if key not in readers:
            raise RecordError(path, key, "the fields " + " ".join(readers))
    for key in required:
        if key not in data:
            raise RecordError(f"{path}.{key}", None, "a value: the field is missing")
    return cls(**{name: read(data[key], f"{path}.{key}") for key, (name, read) in readers.items() if key in data})


def _key(item: Field[Any]) -> str:
    return str(item.metadata.get("json", item.name))


def _find_keys(cls: Any) -> dict[str, str]:
    return {_key(item): item.name for item in fields(cls)}


def _find_readers(cls: Any) -> tuple[dict[str, tuple[str, Reader]], tuple[str, ...]]:
    """Return what reads each JSON key of `cls`, and the keys that may not be missing."""
    hints = get_type_hints(cls)
    readers = {_key(item): (item.name, _reader(hints[item.name])) for item in fields(cls)}
    required = (_key(i) for i in fields(cls) if i.default is MISSING and i.default_factory is MISSING)
    return readers, tuple(required)


# Annotations are read once a class. Typed as plain callables: mypy 2 takes a class for unhashable.
_keys: Callable[[Any], dict[str, str]] = cache(_find_keys)
_readers: Callable[[Any], tuple[dict[str, tuple[str, Reader]], tuple[str, ...]]] = cache(_find_readers)


def _reader(hint: Any) -> Reader:
    """Return the function that reads one value annotated with `hint`."""
    arguments = get_args(hint)
    origins: dict[Any, Callable[..., Reader]] = {
        Literal: _choice_reader,
        UnionType: _optional_reader,
        Union: _optional_reader,
        tuple: _tuple_reader,
        Mapping: _mapping_reader,
    }
    if (origin := get_origin(hint)) in origins:
        return origins[origin](*arguments)
    if is_dataclass(hint):
        return lambda value, path: load(hint, value, path)  # type: ignore[arg-type]  # a class, not an instance
    return _freeze if hint is Any else _scalar_reader(hint)


def _scalar_reader(kind: type[Any]) -> Reader:
    accepted = (int, float) if kind is float else kind

    def read(value: Any, path: str) -> Any:
        if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
            raise RecordError(path, value, f"a value of kind {kind.__name__}")
        return kind(value)

    return read


def _choice_reader(*allowed: str) -> Reader:
    def read(value: Any, path: str) -> Any:
        if value not in allowed:
            raise RecordError(path, value, " ".join(allowed))
        return value

    return read


def _optional_reader(*options: Any) -> Reader:
    (inner,) = (_reader(option) for option in options if option is not type(None))
    return lambda value, path: None if value is None else inner(value, path)


def _tuple_reader(item: Any, _ellipsis: object) -> Reader:
    inner = _reader(item)

    def read(value: Any, path: str) -> Any:
        if not isinstance(value, (list, tuple)):
            raise RecordError(path, value, "a list")
        return tuple(inner(element, f"{path}[{index}]") for index, element in enumerate(value))

    return read


def _mapping_reader(_key_kind: type[str], item: Any) -> Reader:
    inner = _reader(item)

    def read(value: Any, path: str) -> Any:
        if not isinstance(value, Mapping):
            raise RecordError(path, value, "an object")
        return {str(key): inner(element, f"{path}.{key}") for key, element in value.items()}

    return read


def _freeze(value: Any, path: str) -> Any:
    if isinstance(value, (list, tuple)):
        return tuple(_freeze(element, path) for element in value)
    if isinstance(value, Mapping):
        return {str(key): _freeze(element, path) for key, element in value.items()}
    return value
