"""Count the background list of the keyword measure in the docstrings of Python's standard library.

Run ``python src/training/build_background.py`` to write ``src/clipbook/keywords/background_en.tsv`` anew.
"""

from __future__ import annotations

import ast
import platform
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from clipbook.keywords.words import count_documents, encode

WORDS = 60  # a docstring's length from which it counts as a document
DOCUMENTS = 3  # a stem is kept from so many documents on
TARGET = Path(__file__).parents[2] / "src/clipbook/keywords/background_en.tsv"


def docstrings(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        if {"site-packages", "test", "tests"} & set(path.parts):
            continue
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node) or ""
                if len(text.split()) >= WORDS:
                    yield text


def main() -> None:
    texts = list(docstrings(Path(sysconfig.get_paths()["stdlib"])))
    found = count_documents(encode([""] * len(texts), texts).stems())
    rows = sorted((stem, n) for stem, n in found.counts.items() if n >= DOCUMENTS and stem.isalpha())
    head = [
        "# Documents that hold a stem, counted by clipbook in the docstrings of 60 words or more of the",
        f"# standard library of Python {platform.python_version()} (PSF Licence), by build_background.py",
        f"# documents\t{found.documents}",
    ]
    TARGET.write_text("\n".join([*head, *(f"{s}\t{n}" for s, n in rows)]) + "\n", encoding="utf-8")
    print(f"{found.documents} documents, {len(rows)} stems -> {TARGET}")


if __name__ == "__main__":
    main()
