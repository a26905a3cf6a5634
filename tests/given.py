"""Note the code of the notebooks as they are given out, which ``clipbook run`` knows by its digest: run it when one has changed."""

from __future__ import annotations

from pathlib import Path

from clipbook.files import write_json
from clipbook.unchanged import GIVEN, code_cells, code_digest

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


def digests() -> dict[str, str]:
    """Give the digest of each notebook's code."""
    return {path.stem: code_digest(code_cells(path)) for path in sorted(NOTEBOOKS.glob("*.ipynb"))}


if __name__ == "__main__":
    write_json(GIVEN, digests())
