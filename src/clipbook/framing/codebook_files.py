"""Codebooks from files, and those that come with clipbook by name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from clipbook.framing.codebook import Codebook, CodebookError
from clipbook.framing.codebook_checks import decoded
from clipbook.framing.codebook_lists import read_csv, read_liwc
from clipbook.framing.codebook_yaml import read_yaml

MOST_BYTES = 4_000_000


def shipped_codebooks() -> tuple[str, ...]:
    """Names of the codebooks that come with clipbook.

    Examples
    --------
    >>> "generic" in shipped_codebooks()
    True
    """
    return tuple(sorted(path.stem for path in _shipped_folder().glob("*.yaml")))


def load_codebook(path_or_name: str | Path) -> Codebook:
    """Read a codebook from a file, or one of those that come with clipbook by its name.

    Parameters
    ----------
    path_or_name : str or Path
        A name of `shipped_codebooks`, or a file: clipbook's own YAML, a quanteda dictionary
        (``.yaml``, ``.yml``), a LIWC dictionary (``.dic``), or a CSV with the columns
        ``frame`` and ``cue``.

    Returns
    -------
    Codebook
        That of a file has as ``edition`` the first eight digits of the file's SHA-256.

    Raises
    ------
    CodebookError
        If there is no such file, or anything in it is wrong; with file, line and remedy.

    Examples
    --------
    >>> load_codebook("generic").frame_names[0]
    'conflict'
    """
    if str(path_or_name) in shipped_codebooks():
        return _shipped(str(path_or_name))
    path = Path(path_or_name)
    readers = {
        ".yaml": read_yaml,
        ".yml": read_yaml,
        ".dic": read_liwc,
        ".csv": read_csv,
    }
    reader = readers.get(path.suffix.lower())
    if not path.is_file() or reader is None:
        raise CodebookError(
            f"{path_or_name}: no codebook file with this name ends in {', '.join(readers)}. "
            f"The codebooks that come with clipbook are {', '.join(shipped_codebooks())}."
        )
    if path.stat().st_size > MOST_BYTES:
        raise CodebookError(
            f"{path}: larger than {MOST_BYTES // 1_000_000} MB, which no codebook is. Check the file."
        )
    edition = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return replace(reader(path, decoded(path)), edition=edition)


def _shipped_folder() -> Path:
    return Path(__file__).with_name("codebooks")


@lru_cache(maxsize=16)
def _shipped(name: str) -> Codebook:
    path = _shipped_folder() / f"{name}.yaml"
    return read_yaml(path, decoded(path))
