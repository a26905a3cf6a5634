"""A study of one's own: its folder, what it states of itself in study.toml, and that statement frozen before results are seen."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clipbook.corpus.own_tables import HEADINGS
from clipbook.errors import ClipbookError
from clipbook.files import digest_of, notebook_cells, read_json, write_json, write_text
from clipbook.places import TEMPLATE, WorkbookError
from clipbook.shipped import shipped

GUIDE = (Path(__file__).parent / "templates" / "guide.md").read_text(encoding="utf-8")


TABLES = {**HEADINGS, "speakers.csv": "alias,speaker,role,camp"}  # laid out with their headings alone
GIVEN = ".given.json"  # among a study's notebooks: the state in which each was given
FIRST = shipped("notebooks_0_1.toml")  # of version 0.1.0, which kept no such record


def new_study(folder: Path) -> list[Path]:
    """Lay out a study's folder, leaving alone whatever is there already.

    Parameters
    ----------
    folder : Path
        Made when missing. In a study that exists, only what is missing is added.

    Returns
    -------
    list of Path
        What was added.

    Raises
    ------
    WorkbookError
        If ``folder`` is a file, or holds other things than a study.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     added = new_study(Path(folder) / "study")
    ...     sum(path.suffix == ".ipynb" for path in added)
    6
    """
    if folder.exists() and not folder.is_dir():
        raise WorkbookError(f"{folder} is a file. Name a folder for the study.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "notebooks").is_dir():
        raise WorkbookError(f"{folder} holds other things already. Name a new or empty folder.")
    added = []
    for part in ("data/captures", "figures", "notebooks"):
        if not (folder / part).is_dir():
            (folder / part).mkdir(parents=True)
            added.append(folder / part)
    for name, text in (
        ("README.md", GUIDE.format(name=folder.resolve().name)),
        (".gitignore", "data/tables/\n"),
        (STUDY_FILE, STUDY.format(name=json.dumps(folder.resolve().name))),
        *((f"data/{name}", f"{heading}\n") for name, heading in TABLES.items()),
    ):
        if not (folder / name).exists():
            write_text(folder / name, text)
            added.append(folder / name)
    given: dict[str, str] = read_json(folder / "notebooks" / GIVEN)
    for given_out in _shipped():
        own = folder / "notebooks" / given_out.name
        if not own.exists():
            shutil.copyfile(given_out, own)
            added.append(own)
            given[own.stem] = notebook_digest(own)
    write_json(folder / "notebooks" / GIVEN, given)
    return added


def renew_notebooks(folder: Path) -> tuple[list[Path], list[Path]]:
    """Replace a study's notebooks that nobody has edited by those of this version.

    Parameters
    ----------
    folder : Path
        The study.

    Returns
    -------
    renewed, edited : list of Path
        Those replaced, and those of an earlier version that were left alone because somebody has edited them.

    Raises
    ------
    WorkbookError
        If ``folder`` is no study.
    """
    if not (folder / "notebooks").is_dir():
        raise WorkbookError(
            f"{folder} is no study: it has no folder notebooks. Make one with clipbook new {folder}"
        )
    given, renewed, edited = read_json(folder / "notebooks" / GIVEN), [], []
    for given_out in _shipped():
        own, new = folder / "notebooks" / given_out.name, notebook_digest(given_out)
        if not own.exists() or notebook_digest(own) == new:
            continue
        if notebook_digest(own) in (given.get(own.stem), FIRST.get(own.stem)):
            shutil.copyfile(given_out, own)
            renewed.append(own)
            given[own.stem] = new
        else:
            edited.append(own)
    write_json(folder / "notebooks" / GIVEN, given)
    return renewed, edited


def notebook_digest(path: Path) -> str:
    """Tell one state of a notebook's cells from another, whatever their outputs; "" where it is no notebook."""
    cells = notebook_cells(path)
    return digest_of(cells)[:16] if cells else ""


def _shipped() -> list[Path]:
    return sorted((TEMPLATE / "notebooks").glob("*.ipynb"))


STUDY_FILE = "study.toml"
FROZEN_FILE = "study.frozen.json"
KINDS = {"title": str, "authors": list, "question": str, "parameters": dict, "families": list, "seed": int}
STUDY = (Path(__file__).parent / "templates" / "study.toml").read_text(encoding="utf-8")


class StudyError(ClipbookError, ValueError):
    """A study's statement cannot be used; the message says what to do."""


def read_study(root: Path) -> dict[str, Any]:
    """Read a study's ``study.toml``; empty without one.

    Parameters
    ----------
    root : Path
        The study's folder.

    Returns
    -------
    dict
        ``title``, ``authors``, ``question``, ``parameters``, ``families``, ``seed``, as far as they are stated.

    Raises
    ------
    StudyError
        If the file is no TOML, or an entry is of another kind.
    """
    path = root / STUDY_FILE
    if not path.is_file():
        return {}
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StudyError(
            f"{path} cannot be read ({error}). Texts stand in double quotes, lists in [ ]."
        ) from None
    for name, value in stated.items():
        if name not in KINDS:
            raise StudyError(f"{path} states {name!r}; it may state {', '.join(KINDS)}.")
        if not isinstance(value, KINDS[name]) or isinstance(value, bool):
            raise StudyError(f"{path}: {name} is {value!r}, and must be a {_KIND_NAMES[KINDS[name]]}.")
    if wrong := next((each for each in stated.get("families", []) if not _is_family(each)), None):
        raise StudyError(f"{path}: the family {wrong!r} needs a name and tests, both texts.")
    return stated


_KIND_NAMES = {
    str: "text in double quotes",
    list: "list in [ ]",
    dict: "table [parameters]",
    int: "whole number",
}


def _is_family(each: Any) -> bool:
    return isinstance(each, dict) and all(isinstance(each.get(name), str) for name in ("name", "tests"))


def freeze(root: Path, captures: Mapping[str, str], *, seen: bool) -> str:
    """Keep what a study states, with the captures that it is about, and give its SHA-256.

    Parameters
    ----------
    root : Path
        The study's folder.
    captures : mapping of str to str
        SHA-256 of each capture by its file.
    seen : bool
        Whether figures exist already; it is kept, too.

    Returns
    -------
    str
        The hash. Somebody else who holds it from today on (an archive, a supervisor, a mail) can tell that
        nothing was changed since; the file by itself cannot.

    Raises
    ------
    StudyError
        If there is no ``study.toml``, it names no question or no family, or another statement is frozen already.
    """
    stated = read_study(root)
    if not stated.get("question") or not stated.get("families"):
        raise StudyError(
            f"{root / STUDY_FILE} states no {'families of tests' if stated.get('question') else 'question'} yet: "
            "write down what will be tested, and freeze it then."
        )
    record = {"study": stated, "captures": dict(sorted(captures.items())), "figures_seen": seen}
    digest = _statement_digest(record)
    if (before := frozen(root)) and before["sha256"] != digest:
        raise StudyError(
            f"{root / FROZEN_FILE} holds another statement, {before['sha256']}. It stays: a statement that is changed after "
            "it was frozen is a new one. Rename that file, keep it, and freeze again; say in the paper that you did."
        )
    if not before:
        write_json(root / FROZEN_FILE, {"sha256": digest, **record})
    return digest


def frozen(root: Path) -> dict[str, Any]:
    """Read the frozen statement of a study; empty without one.

    Raises
    ------
    StudyError
        If it does not have the hash that it states.
    """
    path = root / FROZEN_FILE
    if not path.is_file():
        return {}
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        record = {name: value for name, value in stored.items() if name != "sha256"}
        whole = stored["sha256"] == _statement_digest(record)
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise StudyError(
            f"{path} was changed after it was frozen: its hash is another. Put it back as it was."
        )
    return stored


def _statement_digest(record: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a statement, whatever the order of its entries."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def statement(root: Path, captures: Mapping[str, str]) -> list[str]:
    """Say in sentences, for a report, what was frozen and what has changed since; none without a statement.

    Parameters
    ----------
    root, captures
        As for `freeze`, of today.
    """
    stated, before = read_study(root), frozen(root)
    if not before:
        unfrozen = "What was to be tested was not frozen before the results were seen (clipbook freeze)."
        return [unfrozen] if stated.get("families") else []
    kept = before["study"]
    when = "when figures had already been made" if before["figures_seen"] else "before any figure was made"
    said = [f"What was to be tested was frozen as SHA-256 {before['sha256']}, {when}."]
    said += [f"Question: {kept['question']}"]
    said += [f"Family {each['name']!r}: {each['tests']}." for each in kept["families"]]
    changed = sorted(name for name in KINDS if stated.get(name) != kept.get(name))
    if changed:
        said.append(f"Since then study.toml has changed in: {', '.join(changed)}.")
    new, gone = captures.items() - before["captures"].items(), before["captures"].keys() - captures.keys()
    if new or gone:
        said.append(f"Since then {len(new)} captures were added or changed and {len(gone)} taken away.")
    return said
