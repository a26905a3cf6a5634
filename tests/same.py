"""Keep every table, figure and accuracy figure, and say later what has changed: ``make same``.

    python tests/same.py --kept DIR          # the first time: keeps; afterwards: compares, and ends with 1 if anything differs
    python tests/same.py --kept DIR --renew  # keeps what is there now

Kept are the tables of the sample and of 1,200 captures of `benchmarks/scale.py`, the data and hashes of the figures in
``figures``, and, where ``--gold`` is given, the accuracy figures. Nothing is written into the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "benchmarks"))

import pandas as pd
import scale

from clipbook.tables import update_tables

ROOT = Path(__file__).resolve().parents[1]
CAPTURES = 1200
SHOWN = 5  # rows that differ, named for each table


def freeze(folder: Path, gold: Path | None) -> None:
    """Make everything anew in a folder."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary) / "captures"
        scale.make_corpus(corpus, CAPTURES)
        for name, captures in (("sample", ROOT / "data" / "captures"), ("scale", corpus)):
            update_tables([captures], folder / name, workers=2)
            shutil.rmtree(folder / name / ".clipbook")
    figures = folder / "figures"
    hashes = {}
    for path in sorted((ROOT / "figures").glob("0*/*")):
        name = path.relative_to(ROOT / "figures")
        hashes[name.as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.suffix == ".csv":
            (figures / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, figures / name)
    (folder / "figures.json").write_text(json.dumps(hashes, indent=1), encoding="utf-8")
    if gold is not None:
        room = ROOT / "tests" / "validity"
        options = ["--gold", str(gold), "--floors", str(room / "floors.json")]
        said = subprocess.run(
            [sys.executable, str(room / "measure.py"), *options], capture_output=True, text=True, check=False
        )
        (folder / "accuracy.json").write_text(
            json.dumps(said.stdout.splitlines(), indent=1), encoding="utf-8"
        )


def differences(before: Path, after: Path) -> Iterator[str]:
    """Say file by file what differs: columns and rows of tables, numbers by name."""
    names = {
        path.relative_to(folder) for folder in (before, after) for path in folder.rglob("*") if path.is_file()
    }
    for name in sorted(names):
        old, new = before / name, after / name
        if not (old.exists() and new.exists()):
            yield f"{name} is {'new' if new.exists() else 'gone'}"
        elif old.read_bytes() == new.read_bytes():
            continue
        elif name.suffix == ".csv":
            yield from (f"{name}: {line}" for line in _of_tables(old, new))
        else:
            one, two = (_numbers(json.loads(path.read_text(encoding="utf-8"))) for path in (old, new))
            yield from (
                f"{name}: {key} {one.get(key)} -> {two.get(key)}"
                for key in sorted({*one, *two})
                if one.get(key) != two.get(key)
            )


def _of_tables(old: Path, new: Path) -> Iterator[str]:
    one, two = (pd.read_csv(path, dtype=str, keep_default_na=False) for path in (old, new))
    if list(one.columns) != list(two.columns):
        yield f"columns gone {[c for c in one if c not in two]}, new {[c for c in two if c not in one]}"
    if len(one) != len(two):
        yield f"{len(one):,} -> {len(two):,} rows"
    size = min(len(one), len(two))
    for column in [column for column in one if column in two]:
        a, b = one[column][:size], two[column][:size]
        if (differs := a != b).any():
            rows = differs[differs].index
            shown = ", ".join(f"row {row + 2}: {a[row][:60]!r} -> {b[row][:60]!r}" for row in rows[:SHOWN])
            yield f"{column} differs in {len(rows):,} of {size:,} rows: {shown}"


def _numbers(data: object, name: str = "") -> dict[str, object]:
    """Give every value of nested JSON by where it stands."""
    if isinstance(data, dict):
        return {key: value for each in data for key, value in _numbers(data[each], f"{name}/{each}").items()}
    if isinstance(data, list):
        return _numbers(dict(enumerate(data)), name)
    return {name: data}


def main() -> int:
    """Read the command line; keep or compare."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(tempfile.gettempdir()) / "clipbook-same"
    cli.add_argument("--kept", type=Path, default=default, metavar="DIR", help=f"default: {default}")
    cli.add_argument(
        "--gold", type=Path, metavar="DIR", help="measure and compare accuracy too, which takes minutes"
    )
    cli.add_argument("--renew", action="store_true", help="keep what is there now")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        now = Path(temporary)
        freeze(now, args.gold)
        if args.renew or not args.kept.exists():
            shutil.rmtree(args.kept, ignore_errors=True)
            shutil.copytree(now, args.kept)
            print(f"Kept in {args.kept}")
            return 0
        found = list(differences(args.kept, now))
    print("\n".join(found) or f"All is as it was kept in {args.kept}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
