"""Imports run one way, and what people read stands in the locales."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WORDLESS = [
    *(f"bot/{name}.py" for name in ("intake", "conversing", "telling", "outbox", "submission", "app")),
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("bot/telegram/*.py")),
    *(f"conversations/{name}.py" for name in ("turn", "answering", "steering", "reviewing")),
]
"""Modules that decide what is said and never hold the words of it."""

TURKISH_LETTERS = frozenset("çğıöşüÇĞİÖŞÜ")


def test_imports_run_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def turkish_strings(source: str) -> list[str]:
    """The string literals with Turkish letters in them, docstrings apart."""
    tree = ast.parse(source)
    told_apart = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told_apart
        and TURKISH_LETTERS & set(node.value)
    ]


@pytest.mark.parametrize("module", WORDLESS)
def test_no_word_for_people_stands_in_the_code(module: str) -> None:
    assert turkish_strings((ROOT / module).read_text(encoding="utf-8")) == []


def test_a_turkish_sentence_in_the_code_would_be_found() -> None:
    assert turkish_strings('"""Açıklama."""\nwords = f"Talebiniz gönderildi: {code}"\n') == ["Talebiniz gönderildi: "]
