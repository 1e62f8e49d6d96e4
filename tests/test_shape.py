"""Size is bounded: functions, modules, and what may be depended on."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for folder in ("src", "train", "bench") for path in (ROOT / folder).rglob("*.py"))
LONGEST_FUNCTION, LONGEST_MODULE, MEDIAN_FUNCTION = 50, 400, 10


def bodies(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's name and the lines of its body, without the docstring."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield f"{path.name}:{node.name}", (told[-1].end_lineno or 0) - told[0].lineno + 1 if told else 0


def test_no_function_is_long() -> None:
    """No body has more than fifty lines."""
    assert [(name, lines) for path in MODULES for name, lines in bodies(path) if lines > LONGEST_FUNCTION] == []


def test_functions_are_short_as_a_rule() -> None:
    """Half of all bodies have at most ten lines."""
    assert median([lines for path in MODULES for _, lines in bodies(path)]) <= MEDIAN_FUNCTION


def test_no_module_is_long() -> None:
    """No module has more than four hundred lines."""
    lines = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def requirements() -> list[str]:
    """Return the names of all packages that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [project["dependencies"], *project["optional-dependencies"].values()]
    return sorted({re.split(r"[\[<>=!~ ;]", item)[0] for group in asked for item in group})


def licences(name: str) -> list[str]:
    """Return the licences a package may be used under, as its metadata names them."""
    told = metadata(name)
    classifiers = [item for item in told.get_all("Classifier") or [] if item.startswith("License ::")]
    named = [*(told.get_all("License-Expression") or []), *(told.get_all("License") or []), *classifiers]
    return [choice for words in named for choice in words.splitlines()[0].split(" OR ")]


def is_gpl(licence: str) -> bool:
    """Tell whether a licence is one of the GPL family."""
    return bool(re.search(r"GPL|General Public License", licence))


@pytest.mark.parametrize(
    ("licence", "expected"),
    [("GPL-3.0-only", True), ("License :: OSI Approved :: GNU Lesser General Public License", True), ("MIT", False)],
)
def test_the_gpl_is_known_when_seen(licence: str, expected: bool) -> None:
    """The check would find one."""
    assert is_gpl(licence) == expected


@pytest.mark.parametrize("name", requirements())
def test_nothing_depends_on_the_gpl(name: str) -> None:
    """Every package asked for may be used under another licence than the GPL."""
    try:
        found = licences(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed")
    assert not found or not all(is_gpl(licence) for licence in found)


def test_every_dependency_is_bounded() -> None:
    """A new major version of anything cannot break an installation."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [project["dependencies"], *project["optional-dependencies"].values()]
    assert [item for group in asked for item in group if "<" not in item and "==" not in item] == []
