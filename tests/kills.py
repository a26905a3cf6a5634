"""Kill each command at many moments and count what is lost: ``python tests/kills.py --tries 100``.

The moments are those at which a command opens a file to write, renames, removes or makes a folder: all of them, or as
many as there are tries; what tries are left over kill at random times. ``tables`` and ``run`` have tests of their own
(``faults.py``, ``test_runner.py``). After each kill every file of the study
must be as it was or as the whole run makes it; none that was there may be gone; the next run must end as the whole run
does, or refuse to write over sheets that may hold answers. Hidden temporary files of a killed process may stay.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import nbclient
from faults import SAMPLES, Loss, files, said, whole
from test_runner import Prepared, study

from clipbook import cli
from clipbook.files import write_json
from clipbook.provenance import enter_origin, read_provenance
from clipbook.study_tables import open_tables

COMMANDS = {
    "report": ["report", "--out", "report.html"],
    "report as .docx": ["report", "--out", "report.docx"],
    "check": ["check"],
    "check of numbers": ["check", "--quotes", "5", "--articles", "2"],
    "fix": ["fix"],
    "freeze": ["freeze"],
    "clip": ["clip", "--out", "clip.html"],
    "explore": ["explore", "--out", "explore.html"],
    "code draw": ["code", "draw", "--texts", "5"],
    "new": ["new", "."],
    "new --update": ["new", ".", "--update"],
}
QUESTION = """title = "Piers"
question = "Who speaks?"
[[families]]
name = "Who speaks"
notebook = "01_trial"
tests = "shares of quoted words"
"""
EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "shutil.copyfile"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def writes(event: str, given: tuple[object, ...]) -> bool:
    """Whether an event of the interpreter is one at which a file of the study may change."""
    if event != "open":
        return event in EVENTS
    path, mode, flags = given
    here = not str(path).startswith("/") or str(path).startswith(os.getcwd())
    return here and (
        bool(set(str(mode or "")) & set("wax+")) or bool(isinstance(flags, int) and flags & WRITING)
    )


def in_child(command: list[str], root: Path, at: int = -1, after: float = 0.0) -> tuple[int, int]:
    """Run a command in a process of its own, killed at an event or after a time; gives its status and the events seen."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.chdir(root)
        Prepared.figures = root / "saved"
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        seen = 0  # from here on

        def heed(event: str, given: tuple[object, ...]) -> None:
            nonlocal seen
            if writes(event, given):
                if seen == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                seen += 1

        sys.addaudithook(heed)
        signal.setitimer(signal.ITIMER_REAL, after)  # whose signal nobody heeds, so that it kills
        status = 70
        try:
            status = cli.main(command)
            os.write(writer, f"{status} {seen}".encode())
        finally:  # else an error would run on in the copy of this program, and clear its folder away
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    status, seen = map(int, told.split()) if told else (-1, 0)
    return status, seen


def laid_out(folder: Path) -> Path:
    """A study of one notebook and a few captures, with figures and a question."""
    root = study(folder / "study", "Ana Ruiz")
    for path in sorted(SAMPLES.rglob("*.txt"))[::12]:
        shutil.copy(path, root / "data" / "captures" / path.name)
    os.chdir(root)
    Prepared.figures = root / "saved"
    tables = open_tables(root / "data" / "captures")
    if said(["run"])[0] or tables is None:
        raise SystemExit("the study cannot be laid out")
    provenance = read_provenance(root / "figures")
    enter_origin(provenance, tables.origin())
    write_json(root / "figures" / "provenance.json", provenance)
    (root / "study.toml").write_text(QUESTION, encoding="utf-8")
    for name in ("report.html", "clip.html", "explore.html"):
        (root / name).write_text("an older file", encoding="utf-8")
    return root


def killed(command: list[str], old: Path, tries: int) -> str:
    """Kill one command at up to so many moments; says what came of it."""
    again, done = old.parent / "again", old.parent / "done"
    for folder in (again, done):
        shutil.rmtree(folder, ignore_errors=True)
    # the paths of a study stand in its pages, so that each try takes the same place
    shutil.copytree(old, again)
    start = time.monotonic()
    status, events = in_child(command, again)
    length = time.monotonic() - start
    again.rename(done)
    if status or not events:
        raise Loss(f"the whole run ends with {status} after {events} events")
    before, after = files(old), files(done)
    refused = 0
    chance = random.Random(tries)
    for number in range(tries):
        shutil.copytree(old, again)
        at = number * max(events, tries) // tries
        in_child(command, again, at) if at < events else in_child(
            command, again, -1, chance.uniform(0.001, length)
        )
        whole(again, before, after)
        status, _ = in_child(command, again)
        now = files(again)
        if status == 2:  # it will not write over what a sheet may hold
            refused += 1
            whole(again, before, after)
        elif now != after:
            differ = sorted(name for name in now.keys() | after.keys() if now.get(name) != after.get(name))
            raise Loss(f"killed at {at} of {events}, the next run ends otherwise: {differ[:5]}")
        shutil.rmtree(again)
    said = f"; {refused} next runs refused what was there" if refused else ""
    return f"{tries} kills at {events} moments and at random, 0 lost{said}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commands", nargs="*", choices=[[], *COMMANDS], help="default: all")
    parser.add_argument("--tries", type=int, default=100)
    args = parser.parse_args()
    nbclient.NotebookClient = Prepared  # type: ignore[assignment, misc]
    lost = 0
    with tempfile.TemporaryDirectory(prefix="clipbook-kills-") as made:
        root = laid_out(Path(made).resolve())
        for name in args.commands or COMMANDS:
            try:
                print(f"{name}: {killed(COMMANDS[name], root, args.tries)}", flush=True)
            except Loss as loss:
                lost += 1
                print(f"{name}: LOST: {loss}", flush=True)
        os.chdir("/")
    return bool(lost)


if __name__ == "__main__":
    sys.exit(main())
