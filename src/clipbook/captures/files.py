"""Which files of a folder are captures, and what each is called."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from clipbook.captures.decode import plain
from clipbook.captures.formats import ENDINGS
from clipbook.schema import TABLES

METADATA_NAME = "captures.csv"
_PARTS_OF_PAGE = "parts of a saved page"
_NOT_CAPTURES = (
    (re.compile(r"[.~].*", re.S), "hidden"),
    (
        re.compile(r"(?:readme|licen[cs]e|copying|changelog)(?:\.(?:txt|md|rst|html))?", re.I),
        "readme or licence",
    ),
    (re.compile(r"captures\.csv", re.I), "captures.csv, which counts beside the folder given"),
    (re.compile(r".+\.(?:css|m?js|map|woff2?|ttf|eot|ico)", re.I), _PARTS_OF_PAGE),
    (re.compile(r"thumbs\.db|desktop\.ini|__macosx", re.I), "of the system"),
)
_OWN_WORK = "clipbook's own tables"
_OWN_HEADING = b"capture_id,"  # what the tables of captures that clipbook writes begin with
_TABLE = re.compile(rf"(?:{'|'.join(TABLES)})\.(?:csv|parquet)")
_NUMBERED = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read, or one that must not be (then ``refusal`` says why)."""

    path: Path
    name: str  # below the folder that was given, with forward slashes
    refusal: str = ""
    capture_id: str = ""


AnyFound = TypeVar("AnyFound", bound=Found)


def split_ending(name: str) -> tuple[str, str]:
    """Split ``"a/b.html.gz"`` into ``"a/b"`` and ``".html.gz"``; an unknown ending is kept in the stem."""
    stem, packed = (name[:-3], name[-3:]) if name.lower().endswith(".gz") else (name, "")
    base = stem.rsplit("/", 1)[-1]
    for ending in ENDINGS:
        if stem.lower().endswith(ending) and len(base) > len(ending):
            return stem[: -len(ending)], stem[-len(ending) :] + packed
    return (stem, packed) if base else (name, "")


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is never a capture: hidden, a readme, metadata."""
    return why_ignored(name) != ""


def why_ignored(name: str) -> str:
    """Say why a file or folder of this name is never a capture; "" if it may be one."""
    return next((why for pattern, why in _NOT_CAPTURES if pattern.fullmatch(name)), "")


def passed_over(passed: Mapping[str, int]) -> str:
    """Say how many files were passed over and why; "" if none.

    Examples
    --------
    >>> passed_over({"hidden": 2, "readme or licence": 1})
    '3 files passed over: hidden (2), readme or licence (1)'
    """
    count = sum(passed.values())
    reasons = ", ".join(f"{why} ({passed[why]:,})" for why in sorted(passed) if passed[why])
    return f"{count:,} file{'s' if count > 1 else ''} passed over: {reasons}" if count else ""


def clean_name(name: str) -> str:
    r"""Give a path as shown to people: forward slashes, plain spaces, undecodable bytes as ``\xe9``."""
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return plain(readable.replace("\\", "/") if os.sep == "\\" else readable)


def find_files(paths: Iterable[Path], passed: Counter[str] | None = None) -> list[Found]:
    """List every file below the paths that was given to be read.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders. Folders are read with all they contain, except hidden files, readme and
        licence files, ``captures.csv``, the ``name_files`` folder that a browser saves beside
        ``name.html``, and tables that clipbook wrote.
    passed : Counter, optional
        Takes how many files were passed over, by reason; for :func:`passed_over`.

    Returns
    -------
    list of Found
        Sorted by name, each with the ``capture_id`` that it will have; the same file reached by two of
        the paths is listed once. No two have the same name: files of one name in several of the folders
        are named with those folders.

    Raises
    ------
    FileNotFoundError
        If one of the paths does not exist.
    """
    found: dict[Path, Found] = {}
    for path in sorted(Path(p) for p in paths):
        if not path.exists():
            raise FileNotFoundError(f"There is no file or folder {path}; check the spelling of the path.")
        root = path.resolve()
        alone = [] if root.is_dir() else [_judge(root, path.name, root.parent)]
        for item in alone or _walk(root, Counter() if passed is None else passed):
            found.setdefault(item.path, item)
    files = _told_apart(sorted(found.values(), key=lambda item: (item.name, str(item.path))))
    ids = capture_ids(item.name for item in files)
    return [replace(item, capture_id=capture_id) for item, capture_id in zip(files, ids, strict=True)]


def _told_apart(files: list[Found]) -> list[Found]:
    """Name files of one name by the folders in which they differ, and number those that still are the same."""
    shared = Counter(item.name for item in files)
    paths: dict[str, list[Path]] = {}
    for item in files:
        if shared[item.name] > 1:
            paths.setdefault(item.name, []).append(item.path)
    common = {name: os.path.commonpath([path.parent for path in same]) for name, same in paths.items()}
    wanted = [
        clean_name(os.path.relpath(item.path, common[item.name])) if item.name in common else item.name
        for item in files
    ]
    return number_equal(zip(files, wanted, strict=True))


def number_equal(wanted: Iterable[tuple[AnyFound, str]]) -> list[AnyFound]:
    """Give files the names wanted for them, those that would have one name numbered; sorted by name."""
    pairs = list(wanted)
    own = {item.name for item, _ in pairs}
    named: dict[str, AnyFound] = {}
    for item, name in pairs:
        stem, ending = split_ending(name)
        unique, count = name, 1
        while unique in named or (unique != item.name and unique in own):
            count += 1
            unique = f"{stem}#{count}{ending}"
        named[unique] = replace(item, name=unique)
    return [named[name] for name in sorted(named)]


def _walk(root: Path, passed: Counter[str]) -> Iterator[Found]:
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            name = clean_name(str(folder.relative_to(root)))
            yield Found(folder, name, f"The folder cannot be opened ({error.strerror}).")
            continue
        names = {entry.name for entry in entries}
        tables = _holds_tables(folder, names)
        for entry in entries:
            path = Path(entry.path)
            own = tables and (folder != root or _TABLE.fullmatch(entry.name) is not None)
            if why := _why_passed(entry, names, own=own):
                if folder != root or entry.name != METADATA_NAME:  # which is used, and so not passed over
                    passed[why] += _files_in(path)
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_symlink() and path.is_dir():
                name = clean_name(str(path.relative_to(root)))
                yield Found(path, name, "A link to a folder is not followed; give that folder's own path.")
            else:
                yield _judge(path, str(path.relative_to(root)), root)


def _judge(path: Path, name: str, root: Path) -> Found:
    refusal = ""
    try:
        target = path.resolve(strict=True)
        if not target.is_relative_to(root):
            refusal = "The file is a link to a place outside the folder and is not followed."
        elif not stat.S_ISREG(target.stat().st_mode):
            refusal = "This is not a regular file (a device, pipe or socket)."
    except (OSError, RuntimeError) as error:
        refusal = f"The file cannot be reached ({getattr(error, 'strerror', None) or error})."
    return Found(path, clean_name(name), refusal)


def _why_passed(entry: os.DirEntry[str], beside: set[str], *, own: bool) -> str:
    if why := why_ignored(entry.name):
        return why
    if _is_browser_folder(entry.name, beside):
        return _PARTS_OF_PAGE
    own = own or (entry.name.lower().endswith(".csv") and _is_own_table(Path(entry.path)))
    return _OWN_WORK if own else ""


def _holds_tables(folder: Path, names: set[str]) -> bool:
    """Whether a folder is one that clipbook writes its tables to."""
    return {"articles.parquet", "lines.parquet"} <= names or (
        {"articles.csv", "lines.csv"} <= names and _is_own_table(folder / "articles.csv")
    )


def _is_own_table(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as stream:
            return stream.read(len(_OWN_HEADING) + 3).removeprefix(b"\xef\xbb\xbf").startswith(_OWN_HEADING)
    except OSError:
        return False


def _files_in(path: Path) -> int:
    if path.is_symlink() or not path.is_dir():
        return 1
    return sum(len(files) for _, _, files in os.walk(path))


def _is_browser_folder(name: str, beside: set[str]) -> bool:
    stem, _, tail = name.rpartition("_")
    return tail in {"files", "archivos", "fichiers", "Dateien"} and not beside.isdisjoint(
        (f"{stem}.html", f"{stem}.htm")
    )


def capture_ids(names: Iterable[str]) -> list[str]:
    """Name each file by its path without ending.

    Files that differ only in their ending keep it, and so do names like ``a#1``, which the rows of a table ``a``
    have; one without an ending gets ``#0``. A name that is still not unique gets ``#2``, ``#3`` in the order given.
    """
    names = list(names)
    stems = Counter(split_ending(name)[0] for name in names)
    ids: list[str] = []
    taken: set[str] = set()
    for name in names:
        stem = split_ending(name)[0]
        wanted = stem if stems[stem] == 1 and not _NUMBERED.search(stem) else name
        if _NUMBERED.search(wanted):
            wanted += "#0"
        unique, count = wanted, 1
        while unique in taken:
            count += 1
            unique = f"{wanted}#{count}"
        taken.add(unique)
        ids.append(unique)
    return ids
