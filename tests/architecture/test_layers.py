"""The contracts between modules, as `pyproject.toml` words them."""

import ast
import subprocess
import sys
from pathlib import Path

LINT = "from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True))"

# What a library of values can do without importing anything: the clock, chance, the
# terminal, files. The imports of the others are forbidden by a contract.
IMPURE_NAMES = {"open", "print", "input", "exec", "eval", "globals", "breakpoint"}
IMPURE_ATTRIBUTES = {
    "now",
    "utcnow",
    "today",
    "default_rng",
    "random",
    "save",
    "tofile",
}


def test_imports_keep_the_contracts(checkout: Path) -> None:
    # A process of its own: the linter sets up logging, and silences all other loggers.
    # No cache: one once kept a contract broken after the code had been put right.
    done = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_matcher_reads_no_clock_and_makes_no_output(checkout: Path) -> None:
    impure = [
        f"{path.relative_to(checkout)}:{node.lineno} {name}"
        for path in sorted((checkout / "matcher").rglob("*.py"))
        for node, name in calls(ast.parse(path.read_text()))
        if name in IMPURE_NAMES
        or ("." in name and name.rsplit(".", 1)[1] in IMPURE_ATTRIBUTES)
    ]
    assert impure == []


def calls(tree: ast.AST) -> list[tuple[ast.Call, str]]:
    """Return every call with the dotted name that is called, as far as it has one."""
    return [
        (node, ast.unparse(node.func))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
    ]
