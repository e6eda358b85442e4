"""The house rules that a machine can read."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ["people", "projects", "notes", "hackit"]
FILES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py")) if "migrations" not in path.parts]
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "core", "services", "misc"}


def imports_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_only_point_left(path):
    """people <- projects <- notes <- hackit."""
    own = FLOORS.index(path.relative_to(ROOT).parts[0])
    for module in imports_of(ast.parse(path.read_text())):
        package = module.split(".")[0]
        if package in FLOORS:
            assert FLOORS.index(package) <= own, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_in_a_function(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
            assert not hidden, f"{path.name}: {node.name} imports"


def test_modules_are_named_after_what_they_do():
    assert not [path for path in FILES if path.stem in NAMES_THAT_SAY_NOTHING]


def test_no_file_is_empty_talk():
    """Nothing exists before it says something."""
    for path in FILES:
        text = path.read_text().strip()
        assert text or path.name == "__init__.py", f"{path} is empty"
        assert "Create your" not in text, f"{path} is as startproject left it"


def test_raw_sql_stays_where_the_databases_differ():
    for path in FILES:
        text = path.read_text()
        for word in ("RawSQL(", ".raw(", "cursor()", ".extra("):
            assert word not in text or path == ROOT / "notes" / "search" / "backends.py", f"{path.name} has {word}"


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_templates_bring_no_style_or_script_of_their_own(path):
    """The policy forbids them, for every page."""
    text = path.read_text().lower()
    for word in ("<style", "style=", "<script>", "onclick", "onload", "javascript:"):
        assert word not in text
