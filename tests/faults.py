"""Break runs on purpose and count what is lost: ``python tests/faults.py killed --tries 200 --seed 1``.

killed    ``clipbook tables`` ended by SIGKILL at random moments, with one worker and with two in turn
twice     two runs started at once into one folder
versions  this clipbook and another (``--other``: the ``src`` of another checkout) started at once into one folder
full      a disk that fills up while tables or figures are written (needs root: a small disk in memory is mounted)
readonly  a disk that turns read-only (needs root, too)

After each fault every file must be as it was before or as the whole run makes it, what the run says must be one
sentence, and the next run must complete to the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import capture_makers as make

from clipbook import cli

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "data" / "captures"
MOST_SPARE = 800  # KiB left on the disk
Command = Callable[[Path], list[str]]


class Loss(AssertionError):
    """Something finished is gone, or something half done looks whole."""


def files(folder: Path) -> dict[str, bytes]:
    """What a reader of a folder of tables or figures meets; hidden files and locks are ours."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if "/." not in f"/{name}" and path.name not in ("lock", "lock.json")
    }


def whole(folder: Path, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Refuse a folder in which a file is neither old nor new, or an old one is missing."""
    now = files(folder)
    torn = [name for name, data in now.items() if data not in (before.get(name), after.get(name))]
    if torn or not before.keys() <= now.keys():
        raise Loss(f"torn: {torn}, lost: {sorted(before.keys() - now.keys())}")


def said(command: list[str]) -> tuple[int, str]:
    """Run a command here; gives its status and its complaint."""
    complaint = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(complaint):
        status = cli.main(command)
    return status, complaint.getvalue()


def in_child(command: list[str]) -> int:
    """Start a command in a process of its own, with all that is imported here."""
    child = os.fork()
    if not child:
        os.setsid()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        status = 70
        try:
            status = cli.main(command)
        finally:
            os._exit(status)
    return child


def corpus(folder: Path) -> Path:
    """Six captures of the sample, and one more that old tables do not know."""
    captures = folder / "captures"
    for path in sorted(SAMPLES.rglob("*.txt"))[::8]:
        (captures / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, captures / path.parent.name)
    return captures


def tables(folder: Path) -> tuple[Command, dict[str, bytes], dict[str, bytes]]:
    """Give the command under test, the tables of an earlier run, and those of the whole run."""
    captures = corpus(folder)

    def command(out: Path) -> list[str]:
        return ["tables", str(captures), "--out", str(out)]

    said(command(folder / "old"))
    (captures / "new.txt").write_text(make.STORY * 3, encoding="utf-8")
    shutil.copytree(folder / "old", folder / "new")
    said(command(folder / "new"))
    return command, files(folder / "old"), files(folder / "new")


def killed(folder: Path, tries: int, chance: random.Random) -> dict[str, int]:
    command, before, after = tables(folder)
    stages = {"old": 0, "between": 0, "new": 0}
    lengths: dict[int, float] = {}
    for number in range(tries):
        out, workers = folder / "again", 1 + number % 2
        shutil.copytree(folder / "old", out)
        options = [*command(out), "--workers", str(workers)]
        if workers not in lengths:
            start = time.monotonic()
            os.waitpid(in_child(options), 0)
            lengths[workers] = time.monotonic() - start
            shutil.rmtree(out)
            shutil.copytree(folder / "old", out)
        child = in_child(options)
        time.sleep(chance.uniform(0.0, 1.2 * lengths[workers]))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        whole(out, before, after)
        now = files(out)
        stages["old" if now == before else "new" if now == after else "between"] += 1
        os.waitpid(in_child(command(out)), 0)
        if files(out) != after:
            raise Loss("the next run gives other bytes")
        wait_for_the_orphans_of(child)
        if leftovers := [*out.glob(".tables-*"), *out.glob(".clipbook/*/.*")]:
            raise Loss(f"the next run leaves {leftovers}")
        shutil.rmtree(out)
    return stages


def wait_for_the_orphans_of(child: int) -> None:
    """Wait for the workers of a killed run; they go on for a moment beside the next run, then end."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.killpg(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise Loss("the workers of a killed run do not end")


def twice(folder: Path, tries: int, chance: random.Random) -> dict[str, int]:
    command, _, after = tables(folder)
    refused = 0
    for _ in range(tries):
        out = folder / "again"
        shutil.copytree(folder / "old", out)
        first = in_child(command(out))
        time.sleep(chance.uniform(0.0, 0.3))
        second = in_child(command(out))
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in (first, second)]
        if sorted(ends) not in ([0, 0], [0, 2]) or files(out) != after:
            raise Loss(f"exit statuses {ends}, tables as they should be: {files(out) == after}")
        refused += 2 in ends
        shutil.rmtree(out)
    return {"second run refused": refused, "one after the other": tries - refused}


def versions(folder: Path, tries: int, chance: random.Random, *, other: Path) -> dict[str, int]:
    captures = corpus(folder)
    sources = {"this": ROOT / "src", "other": other}

    def start(which: str, out: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-P", "-m", "clipbook", "tables", str(captures), "--out", str(out)]
        surroundings = os.environ | {"PYTHONPATH": str(sources[which])}
        return subprocess.Popen(
            command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    for which in sources:
        start(which, folder / which).communicate()
    own = {which: files(folder / which) for which in sources}
    if own["this"] == own["other"]:
        raise SystemExit("both versions give the same tables, so that nothing can be seen of them")
    counted: Counter[str] = Counter()
    for number in range(tries):
        out = folder / "again"
        order = list(sources)[:: 1 if number % 2 else -1]
        runs = []
        for which in order:
            runs.append(start(which, out))
            time.sleep(chance.uniform(0.0, 0.5))
        said = [run.communicate()[1].strip().splitlines() for run in runs]
        for which, run, lines in zip(order, runs, said, strict=True):
            if run.returncode and (run.returncode != 2 or len(lines) != 1 or "another run" not in lines[0]):
                raise Loss(f"{which} ends with {run.returncode}: {lines}")
            counted[f"{which} refused"] += run.returncode == 2
        ends = [run.returncode for run in runs]
        now = files(out)
        if 0 not in ends or not any(tables.items() <= now.items() for tables in own.values()):
            raise Loss(f"exit statuses {ends}, and the tables are of neither version")
        if ends != [0, 0] and not own[order[ends.index(0)]].items() <= now.items():
            raise Loss("the tables are of the version that was refused")
        start("this", out).communicate()
        if files(out) != own["this"]:
            raise Loss("the next run gives other bytes")
        shutil.rmtree(out)
    return dict(counted)


@contextlib.contextmanager
def disk(folder: Path) -> Iterator[Callable[[str], None]]:
    """Mount a disk in memory; what is given changes its options."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
    try:
        yield (
            lambda options: subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True) and None
        )
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def on_a_bad_disk(folder: Path, tries: int, make_bad: Callable[[Path], str], reason: str) -> dict[str, int]:
    """Write new tables and figures over old ones on a disk that fails."""
    made = {"tables": tables(folder), "figures": figures(folder)}
    done = {"failed": 0, "room enough": 0}
    for _ in range(tries):
        for name, (command, before, after) in made.items():
            with disk(folder / "disk") as remount:
                out = folder / "disk" / "out"
                shutil.copytree(folder / ("old" if name == "tables" else "old-figures"), out)
                remount(make_bad(folder / "disk"))
                status, complaint = said(command(out))
                whole(out, before, after)
                sentence = complaint.strip().splitlines()
                if status and (status != 2 or len(sentence) != 1 or reason not in sentence[0]):
                    raise Loss(f"status {status}: {complaint}")
                done["failed" if status else "room enough"] += 1
                remount("rw,size=64m")
                if said(command(out))[0] or files(out) != after:
                    raise Loss("the next run gives other bytes")
    return done


def figures(folder: Path) -> tuple[Command, dict[str, bytes], dict[str, bytes]]:
    """As `tables`, for ``clipbook run``; what the notebook saves is at hand, so that no kernel is waited for."""
    import nbclient
    from test_runner import Prepared, study

    nbclient.NotebookClient = Prepared  # type: ignore[assignment, misc]
    roots = [study(folder / "studies" / who, who) for who in ("Ana Ruiz", "Tove Berg")]

    def command(root: Path, out: Path) -> list[str]:
        os.chdir(root)
        Prepared.figures = root / "saved"
        return ["run", "01_trial", "--captures", str(root / "data" / "captures"), "--figures", str(out)]

    said(command(roots[0], folder / "old-figures"))
    said(command(roots[1], roots[1] / "figures"))
    return lambda out: command(roots[1], out), files(folder / "old-figures"), files(roots[1] / "figures")


def full(folder: Path, tries: int, chance: random.Random) -> dict[str, int]:
    def little_left(mounted: Path) -> str:
        used = sum(path.stat().st_blocks // 2 + 4 for path in mounted.rglob("*"))
        return f"size={used + chance.randrange(MOST_SPARE)}k"

    return on_a_bad_disk(folder, tries, little_left, "No space left")


def readonly(folder: Path, tries: int, chance: random.Random) -> dict[str, int]:
    return on_a_bad_disk(folder, tries, lambda _: "ro", "Read-only")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    faults = {"killed": killed, "twice": twice, "versions": versions, "full": full, "readonly": readonly}
    parser.add_argument("fault", choices=faults)
    parser.add_argument("--other", type=Path, help="sources of another version")
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    fault = faults[args.fault]
    if fault is versions:
        if not args.other:
            parser.error("versions needs --other")
        fault = partial(versions, other=args.other.resolve())
    with tempfile.TemporaryDirectory(prefix="clipbook-faults-") as made:
        try:
            counted = fault(Path(made), args.tries, random.Random(args.seed))
        except Loss as loss:
            print(f"{args.fault}: LOST: {loss}")
            return 1
    print(f"{args.fault}: {args.tries} tries, 0 lost; {counted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
