"""The plan of the house: a room imports the shared shelf and itself; only the pipeline knows the stages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "casus"
SHELF = {
    "_html", "_json", "chains", "config", "errors", "flowcharts", "logistic", "ontology", "records", "stored", "words",
}  # fmt: skip
ROOMS = {"charts", "coding", "evaluate", "export", "ingest", "link", "read", "resolve", "store", "watch", "web"}
LEAVES = {"evaluate", "export", "watch", "web"}
KEEPS = {"watch": "casus.store.alerting."}  # where a leaf keeps what it found
SHOWS = {"charts", "export", "store", "watch"}  # what the page and its API, the outermost room, may know as well
KNOW_ALL = {"__init__", "__main__", "cli", "intake", "pipeline"}
MODULES = sorted(SOURCE.rglob("*.py"))


def imported(tree: ast.AST, package: list[str]) -> Iterator[str]:
    """Yield the full names that a module of `package` imports from casus, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "casus")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            if origin.split(".")[0] == "casus":
                yield from (f"{origin}.{alias.name}" for alias in node.names)


def strangers(code: str, path: Path) -> list[str]:
    """Return what a module at `path`, relative to src/casus, imports and may not."""
    room = path.parts[0].removesuffix(".py")
    package = ["casus", *path.parts[:-1]]
    known = SHELF | ({room} if room in ROOMS else set()) | (SHOWS if room == "web" else set()) | {"__version__"}
    known |= {"charts"} if room == "export" else set()
    return [
        name
        for name in imported(ast.parse(code), package)
        if room not in KNOW_ALL
        and f"{name}.".split(".")[1] not in known
        and not (
            room in LEAVES and f"{name}.".startswith(("casus.store.query.", KEEPS.get(room, "casus.store.query.")))
        )
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_rooms_know_only_the_shelf_and_themselves(path: Path) -> None:
    """No module imports from another room."""
    assert strangers(path.read_text("utf-8"), path.relative_to(SOURCE)) == []


def test_every_module_has_its_room() -> None:
    """What lies in the package is on the plan."""
    found = {path.relative_to(SOURCE).parts[0].removesuffix(".py") for path in MODULES}
    assert found - SHELF - ROOMS - KNOW_ALL == set()


@pytest.mark.parametrize(
    ("code", "path", "expected"),
    [
        ("from casus.records import Event", "link/tolls.py", []),
        ("from casus.link.features import pair", "link/tolls.py", []),
        ("from . import features", "link/tolls.py", []),
        ("from casus.pipeline import code", "cli/code.py", []),
        ("from casus.store.query import reports", "web/api.py", []),
        ("from casus.store import query", "export/table.py", []),
        ("from casus.store.write import add", "watch/rules.py", ["casus.store.write.add"]),
        ("from casus.store.alerting import Alerting", "watch/ledger.py", []),
        ("from casus.store.alerting import Alerting", "export/table.py", ["casus.store.alerting.Alerting"]),
        ("from casus.store.house import Store", "web/app.py", []),
        ("from casus.charts import lanes", "export/brief.py", []),
        ("from casus.charts import lanes", "watch/dyads.py", ["casus.charts.lanes"]),
        ("from casus.pipeline import Coder", "web/app.py", ["casus.pipeline.Coder"]),
        ("from casus.store.query import reports", "link/tolls.py", ["casus.store.query.reports"]),
        ("def f():\n    import casus.read", "link/tolls.py", ["casus.read"]),
        ("from ..read import texts", "link/tolls.py", ["casus.read.texts"]),
        ("from casus import code", "web/api.py", ["casus.code"]),
        ("import casus", "web/api.py", ["casus"]),
        ("from casus.read import texts", "records.py", ["casus.read.texts"]),
    ],
)
def test_the_plan_is_held(code: str, path: str, expected: list[str]) -> None:
    """The check finds strangers however they are imported."""
    assert strangers(code, Path(path)) == expected
