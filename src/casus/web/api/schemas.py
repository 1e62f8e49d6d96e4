"""JSON Schemas of our records, from their annotations, as `casus._json` writes them: every key is there, no other."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
SCALARS: Mapping[Any, Schema] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    NoneType: {"type": "null"}, Any: {},
}  # fmt: skip
PREFIX = "#/components/schemas/"


def schema_of(hint: Any) -> Schema:
    """Return the schema of a value annotated so; of a record a reference to it.

    >>> schema_of(tuple[str, ...])
    {'type': 'array', 'items': {'type': 'string'}}
    """
    if is_dataclass(hint):
        return {"$ref": f"{PREFIX}{hint.__name__}"}  # type: ignore[union-attr]  # a class
    if hint in SCALARS:
        return dict(SCALARS[hint])
    made = MAKERS.get(get_origin(hint))
    if made is None:
        raise TypeError(f"no schema is known for {hint!r}")
    return made(get_args(hint))


def _union(arguments: tuple[Any, ...]) -> Schema:
    return {"anyOf": [schema_of(argument) for argument in arguments]}


MAKERS: Mapping[Any, Callable[[tuple[Any, ...]], Schema]] = {
    Literal: lambda arguments: {"enum": list(arguments)},
    UnionType: _union,
    Union: _union,
    tuple: lambda arguments: {"type": "array", "items": schema_of(arguments[0])},
    Mapping: lambda arguments: {"type": "object", "additionalProperties": schema_of(arguments[1])},
    dict: lambda arguments: {"type": "object", "additionalProperties": schema_of(arguments[1])},
}


def object_of(properties: Mapping[str, Schema], description: str = "") -> Schema:
    """Return the schema of an object with these keys and no others."""
    told = {"description": description} if description else {}
    kept = dict(properties)
    return {"type": "object", "required": list(kept), "additionalProperties": False, "properties": kept, **told}


def page_of(cls: type[Any]) -> Schema:
    """Return the schema of one page of a list of records."""
    return object_of({"items": {"type": "array", "items": schema_of(cls)}, "next": {"type": ["string", "null"]}})


def components_of(classes: Iterator[type[Any]] | tuple[type[Any], ...]) -> dict[str, Schema]:
    """Return name → schema of record classes and of all records within them."""
    found: dict[str, Schema] = {}
    waiting = list(classes)
    while waiting:
        cls = waiting.pop()
        if cls.__name__ in found:
            continue
        hints = get_type_hints(cls)
        keys = {item.metadata.get("json", item.name): hints[item.name] for item in fields(cls)}
        summary = (inspect.getdoc(cls) or "").split("\n\n")[0].replace("\n", " ")
        found[cls.__name__] = object_of({key: schema_of(hint) for key, hint in keys.items()}, summary)
        waiting += [inner for hint in keys.values() for inner in _records_in(hint)]
    return dict(sorted(found.items()))


def _records_in(hint: Any) -> Iterator[type[Any]]:
    if is_dataclass(hint):
        yield hint  # type: ignore[misc]  # a class
    for argument in get_args(hint):
        yield from _records_in(argument)
