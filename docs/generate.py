"""Writes what can be generated: `docs/cli.md` from the commands, and the outputs of the examples in `README.md`.

`python -m docs.generate` (or `make docs`) rewrites both, and no other line of README.md, and copies docs/accuracy.md
into the package, where the method page reads it; tests/test_docs.py says when they are out of date.
"""

from __future__ import annotations

import ast
import doctest
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from typer.main import get_command

from casus.cli import app
from casus.config import read_settings
from casus.resolve.gazetteer import open_gazetteer

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = """# The command line

Written by `make docs` from the commands themselves: change it there.
"""
STATUS = """
## Exit status

| status | meaning |
|---|---|
| 0 | all well |
| 1 | something was skipped; each thing skipped is one line on standard error, and in the file of `--issues` |
| 2 | wrong usage, or Casus cannot start: unknown option, unreadable setting, no such reader |
| 130 | interrupted with Ctrl-C; what was done is written |
| 141 | whoever read the output closed it (`casus code … \\| head`) |
"""


def reference() -> str:
    """Return the reference of all commands as Markdown."""
    commands = sorted(_find_commands("", get_command(app)))
    return "\n".join([HEAD, *(_describe(name, command) for name, command in commands)]) + STATUS


def _find_commands(prefix: str, group: Any) -> Iterator[tuple[str, Any]]:
    """Yield all commands of a group with their whole names, those of groups within it too."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _find_commands(f"{prefix}{name} ", command)
        else:
            yield f"{prefix}{name}", command


def _describe(name: str, command: Any) -> str:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    usage = " ".join(_usage(param) for param in arguments)
    text = "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    rows = [f"| `{_spelling(param)}` | {_help(param)} |" for param in (*arguments, *options)]
    head = (f"## casus {name}\n", f"    casus {name} [OPTIONS] {usage}\n", f"{text}\n")
    return "\n".join([*head, "| option | what it does |", "|---|---|", *rows, ""])


def _usage(param: Any) -> str:
    name = param.metavar + "…" * (param.nargs == -1)
    return name if param.required else f"[{name}]"


def _spelling(param: Any) -> str:
    value = "" if getattr(param, "is_flag", False) else f" {param.metavar}"
    return f"{', '.join(param.opts)}{value}" if param.param_type_name == "option" else str(param.metavar)


def _help(param: Any) -> str:
    default = param.default
    shown = f" Default: `{default}`." if default not in (None, False) and param.param_type_name == "option" else ""
    return f"{param.help}{shown}".replace("|", "\\|")


def with_outputs(markdown: str) -> str:
    """Return Markdown with the outputs of its console and python examples as they are now.

    In a `console` block a line with `$ ` is a command, what follows its output, and what its last part says on standard
    error; a `python` block is a doctest.
    """
    names: dict[str, Any] = {}
    open_gazetteer(read_settings().cache)  # so that no command has to tell that it compiles it

    def rewrite(block: re.Match[str]) -> str:
        lines = _run_console(block[2]) if block[1] == "console" else _run_python(block[2], names)
        return f"```{block[1]}\n{''.join(lines)}```"

    return BLOCK.sub(rewrite, markdown)


def _run_console(block: str) -> Iterator[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            shell = ["sh", "-c", f"{line[2:].strip()} 2>&1"]
            done = subprocess.run(shell, cwd=ROOT, env=os.environ | {"PATH": path}, stdout=-1, text=True, check=False)
            yield line
            yield done.stdout.rstrip("\n") + "\n" if done.stdout.strip() else ""


def _run_python(block: str, names: dict[str, Any]) -> Iterator[str]:
    for example in doctest.DocTestParser().get_examples(block):
        first, *more = example.source.splitlines(keepends=True)
        yield f">>> {first}" + "".join(f"... {line}" for line in more)
        yield _evaluate(example.source, names)


def _evaluate(source: str, names: dict[str, Any]) -> str:
    """Run a statement as at the prompt and return what it prints."""
    shown = io.StringIO()
    with redirect_stdout(shown):
        exec(compile(ast.Interactive(ast.parse(source).body), "README.md", "single"), names)
    return shown.getvalue()


def main() -> None:
    """Rewrite both files, and put the error rates where the page that shows them has them."""
    (ROOT / "docs" / "cli.md").write_text(reference(), "utf-8")
    shown = ROOT / "src" / "casus" / "web" / "data" / "accuracy.md"
    shown.write_text((ROOT / "docs" / "accuracy.md").read_text("utf-8"), "utf-8")
    readme = ROOT / "README.md"
    readme.write_text(with_outputs(readme.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
