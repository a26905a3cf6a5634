"""Running the workbook's notebooks headless, one after the other, and publishing what they made."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from clipbook.files import write_json, write_text
from clipbook.places import NoCapturesError, WorkbookError
from clipbook.provenance import enter_origin, read_provenance
from clipbook.publish import evidence_links
from clipbook.study_tables import MADE, StudyTables, open_tables
from clipbook.unchanged import is_unchanged, note_run, read_by

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode


PATIENCE = 10  # seconds in which a kernel that is ended must go
CAUSE_LINES, WIDEST = 10, 300  # of an error, so that it fits on a screen


@dataclass(frozen=True, slots=True)
class Run:
    """How one notebook ended."""

    notebook: str
    seconds: float
    error: str = ""  # "" when every cell ran


def notebooks_of(root: Path, names: Iterable[str] = ()) -> list[Path]:
    """Find the workbook's notebooks.

    Parameters
    ----------
    root : Path
        The workbook's root.
    names : iterable of str
        Names with or without ``.ipynb``, or paths into the workbook; all notebooks when empty.

    Raises
    ------
    WorkbookError
        If a name is not one of the workbook's own notebooks.
    """
    folder = root / "notebooks"
    present = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if not present:
        raise WorkbookError(f"There are no notebooks in {folder}.")
    chosen = []
    for name in names:
        given = Path(name)
        stem = given.name.removesuffix(".ipynb")
        outside = len(given.parts) > 1 and given.resolve().parent != folder.resolve()
        if stem not in present or outside:
            raise WorkbookError(
                f"{name} is not a notebook of this workbook, and clipbook runs no others. Its notebooks are {', '.join(present)}."
            )
        chosen.append(present[stem])
    return chosen or list(present.values())


def tables_of(captures: Path) -> StudyTables | None:
    """Bring the tables up to date that all notebooks of a run read; None where each will say what is missing."""
    started = time.monotonic()
    try:
        tables = open_tables(captures, progress=sys.stderr.isatty())
    except NoCapturesError:
        return None
    print(f"{'tables':16} {time.monotonic() - started:5.1f} s  {tables.folder}")
    return tables


def run_notebooks(
    chosen: Iterable[Path],
    tables: StudyTables | None,
    root: Path,
    captures: Path,
    figures: Path,
    *,
    keep_going: bool = True,
) -> int:
    """Run notebooks one after the other, saying how each ended; gives the number of those that failed.

    One of which nothing has changed since its last run, neither what it reads nor what it made, is not run again.

    Parameters
    ----------
    chosen : iterable of Path
        As from `notebooks_of`.
    tables : StudyTables or None
        As from `tables_of`.
    root, captures, figures : Path
        The workbook's root; the others as for `run_notebook`.
    keep_going : bool
        Whether to run the others when one has failed.
    """
    pages = evidence_links(tables, figures) if tables and not tables.named else None
    failed = 0
    for path in chosen:
        state = read_by(path, root, captures, tables) if tables else ""
        if is_unchanged(path, figures, state):
            print(f"{path.stem:16}         nothing has changed; its figures stay", flush=True)
            continue
        ended = run_notebook(path, captures, figures, pages, tables)
        if not ended.error:
            note_run(path, figures, state)
        failed += bool(ended.error)
        print(f"{ended.notebook:16} {ended.seconds:5.1f} s  {ended.error or 'done'}", flush=True)
        if failed and not keep_going:
            break
    return failed


def run_notebook(
    path: Path,
    captures: Path,
    figures: Path,
    evidence: Mapping[str, Mapping[str, str]] | None = None,
    tables: StudyTables | None = None,
) -> Run:
    """Execute one notebook in a fresh kernel; its figures replace the old ones only if every cell ran.

    Parameters
    ----------
    path : Path
        The notebook; it is not changed. An executed copy and its HTML go to ``figures/notebooks``.
    captures, figures : Path
        Given to the notebook in ``CLIPBOOK_CAPTURES`` and ``CLIPBOOK_FIGURES``.
    evidence : mapping, optional
        The evidence pages that will lie in ``figures/evidence``, as ``pages.evidence_record`` tells; the
        tables of the executed copy link to them.
    tables : StudyTables, optional
        Those that the run has brought up to date; without them the notebook does that itself.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    started = time.monotonic()
    warnings.filterwarnings("ignore", "IPython (?:parent|dir)", UserWarning)  # which need not be writable
    figures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=figures, prefix=".making-") as made:
        notebook = nbformat.read(path, as_version=4)
        if evidence:
            write_json(Path(made) / "evidence" / "links.json", evidence)
        environment = {
            "OMP_NUM_THREADS": "1",  # else sums differ with the number of cores, and threads wait for each other
            **os.environ,
            "CLIPBOOK_CAPTURES": str(captures),
            "CLIPBOOK_FIGURES": made,
            "CLIPBOOK_EVIDENCE": "../evidence",  # seen from the executed copy
            "PYTHONHASHSEED": "0",
            "IPYTHONDIR": f"{made}/.ipython",  # no start-up files of this machine, nor a home that must be writable
            **({MADE: str(tables.folder)} if tables else {}),
        }
        client = NotebookClient(
            notebook,
            timeout=None,
            record_timing=False,  # so that two runs give the same bytes
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            _execute(client, environment)
        except (CellExecutionError, DeadKernelError) as error:
            return Run(path.stem, time.monotonic() - started, _explain(notebook, error))
        _publish(Path(made), figures, path.stem)
    _keep_copy(notebook, figures / "notebooks" / path.name)
    return Run(path.stem, time.monotonic() - started)


def _execute(client: NotebookClient, environment: dict[str, str]) -> None:
    """Execute beside the main thread, which alone hears of Ctrl-C: the kernel is then ended, and nothing else said."""
    failed: list[BaseException] = []
    done = Event()

    def work() -> None:
        try:
            client.execute(env=environment)
        except BaseException as error:  # given on to the main thread
            failed.append(error)
        finally:
            done.set()

    Thread(target=work, daemon=True).start()
    try:
        while not done.wait(0.2):
            pass
    except KeyboardInterrupt:
        end = time.monotonic() + PATIENCE
        while not done.wait(0.1) and time.monotonic() < end:
            provisioner = getattr(getattr(client, "km", None), "provisioner", None)
            if process := getattr(provisioner, "process", None):
                process.kill()
        raise
    if failed:
        raise failed[0]


def _explain(notebook: NotebookNode, error: Exception) -> str:
    """Say in a few lines which cell failed and why."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                first = next((line for line in cell.source.splitlines() if line.strip()), "")
                if output.ename == "NoCapturesError":
                    return str(output.evalue)
                return f"{_short(f'{output.ename}: {output.evalue}')}\n    in the cell: {first.strip()}"
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _short(cause: str) -> str:
    said = [line for line in cause.splitlines() if line.strip()]
    lines = [line if len(line) <= WIDEST else line[: WIDEST - 1] + "…" for line in said]
    left_out = len(lines) - CAUSE_LINES
    return "\n".join(lines[:CAUSE_LINES] + [f"... and {left_out} more lines"] * (left_out > 0))


def _publish(made: Path, figures: Path, notebook: str) -> None:
    new = read_provenance(made)
    target = figures / notebook
    fresh = sorted((made / notebook).iterdir()) if (made / notebook).is_dir() else []
    target.mkdir(exist_ok=True)
    for file in fresh:
        os.replace(file, target / file.name)
    provenance = read_provenance(figures)
    drawn_before = provenance["notebooks"].get(notebook, {}).get("figures", {})
    for old in sorted(set(target.iterdir()) - {target / file.name for file in fresh}):
        if old.name.split(".")[0] in drawn_before:  # anything else is the researcher's
            old.unlink()
    sections = provenance["notebooks"]
    if notebook in new["notebooks"]:
        enter_origin(provenance, new)
        provenance["versions"] = new["versions"]
        sections[notebook] = new["notebooks"][notebook]
    else:  # it saved no figure, and says nothing of those of others
        sections.pop(notebook, None)
    provenance["notebooks"] = {name: sections[name] for name in sorted(sections)}
    write_json(figures / "provenance.json", provenance)


def _keep_copy(notebook: NotebookNode, target: Path) -> None:
    import nbformat
    from nbconvert import HTMLExporter

    write_text(target, nbformat.writes(notebook))
    exporter = HTMLExporter(mathjax_url="", require_js_url="", mermaid_js_url="", embed_images=True)
    page, _ = exporter.from_notebook_node(notebook)
    write_text(target.with_suffix(".html"), page)


@contextmanager
def alone(figures: Path) -> Iterator[None]:
    """Hold a figures folder for one run, cleared of what an interrupted run left half made.

    Raises
    ------
    BusyError
        If another run holds it; the message says which.
    """
    from clipbook.tables.lock import locked

    own = figures / "notebooks"
    own.mkdir(parents=True, exist_ok=True)
    with locked(own, "figures", "--figures"):
        for folder in figures.glob(".making-*"):
            shutil.rmtree(folder, ignore_errors=True)
        for file in figures.rglob(".*.tmp"):
            file.unlink(missing_ok=True)
        yield
