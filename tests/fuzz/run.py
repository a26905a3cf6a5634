"""Fuzz one target: ``python tests/fuzz/run.py quotes --seconds 60``.

Prints how many inputs were tried and each find with a file that reproduces it. With ``--guided``, atheris
(``pip install atheris``) steers towards inputs that reach new code; without it, changes are drawn at random.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
import traceback
import warnings
import zlib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

NAMES = ("article", "quotes", "codebook", "sheet", "metadata")
FINDS = Path(tempfile.gettempdir()) / "clipbook-finds"


def find(target: str, data: bytes) -> str:
    """Run one input; gives "" or the last lines of what went wrong."""
    from fuzz.targets import TARGETS, Hang, within

    try:
        with within():
            TARGETS[target](data)
    except (Exception, Hang) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"[:300]
    return ""


def keep(target: str, data: bytes, said: str, seen: dict[str, int]) -> None:
    """Count a find, and store the first input of each kind."""
    place = said.partition(": ")[0] if not said.startswith("Fault") else said[:80]
    seen[place] = seen.get(place, 0) + 1
    if seen[place] == 1:
        FINDS.mkdir(exist_ok=True)
        path = FINDS / f"{target}-{zlib.crc32(said.encode()):08x}"
        path.write_bytes(data)
        print(f"FOUND {said}\n      {path}", flush=True)


def mutations(
    target: str, *, seed: int = 0, inputs: int = 0, seconds: float = 0.0
) -> tuple[int, dict[str, int]]:
    """Try changed seeds until ``inputs`` or ``seconds`` are used up; gives the number tried and the finds."""
    from fuzz.mutate import mutated
    from fuzz.seeds import seeds

    chance = random.Random(f"{target}{seed}")
    pool = seeds(target)
    tried, found, until = 0, {}, time.monotonic() + seconds
    while (inputs and tried < inputs) or (seconds and time.monotonic() < until):
        data = (
            mutated(chance.choice(pool), chance.choice(pool), chance) if tried >= len(pool) else pool[tried]
        )
        tried += 1
        if said := find(target, data):
            keep(target, data, said, found)
        elif chance.random() < 0.02 and len(pool) < 500:
            pool.append(data)
    return tried, found


def guided(target: str, seconds: int, seed: int) -> None:
    """Let atheris choose the inputs; it ends the process, and the count is printed on the way out."""
    import atheris

    seen: dict[str, int] = {}
    counted = 0
    with atheris.instrument_imports(include=["clipbook"]):
        from fuzz.seeds import seeds
        from fuzz.targets import TARGETS  # noqa: F401

    corpus = Path(tempfile.mkdtemp(prefix=f"clipbook-{target}-"))
    for number, data in enumerate(seeds(target)):
        (corpus / f"seed{number}").write_bytes(data)

    def one(data: bytes) -> None:
        nonlocal counted
        counted += 1
        if said := find(target, data):
            keep(target, data, said, seen)
        if counted % 1000 == 0:
            print(f"{target}: {counted} inputs, {sum(seen.values())} finds", flush=True)

    options: list[Any] = [f"-max_total_time={seconds}", "-max_len=20000", f"-seed={seed + 1}", "-timeout=120"]
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", "-verbosity=0", str(corpus)], one)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", choices=[[], *NAMES], help="default: all")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--guided", action="store_true", help="with atheris, one target at a time")
    args = parser.parse_args()
    finds = 0
    for target in args.targets or NAMES:
        if args.guided:
            guided(target, args.seconds, args.seed)
        tried, found = mutations(target, seed=args.seed, seconds=args.seconds)
        print(f"{target}: {tried} inputs, {sum(found.values())} finds of {len(found)} kinds", flush=True)
        finds += len(found)
    return bool(finds)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    sys.exit(main())
