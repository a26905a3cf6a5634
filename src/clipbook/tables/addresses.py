"""Captures at addresses of stores such as ``s3://bucket/pages``, through fsspec; local files need none of this."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from clipbook.captures import Found, Limits, find_files
from clipbook.captures.files import METADATA_NAME, capture_ids, clean_name, is_ignored, number_equal
from clipbook.corpus.metadata import Known, find_metadata, read_metadata

STORES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "memory")
_MOST = Limits().file_bytes  # of one file that is fetched
_BLOCK = 1 << 20
_SUMS = ("ETag", "etag", "md5", "md5Hash", "checksum")


@dataclass(frozen=True, slots=True)
class Remote(Found):
    """A file at an address."""

    address: str = ""
    size: int = 0
    state: str = ""  # what the store says of its content: a check sum


def is_address(text: object) -> bool:
    """Whether a path is an address such as ``s3://bucket/pages`` and no local path."""
    return isinstance(text, str) and "://" in text


def locate(given: Iterable[Path | str]) -> list[Path | str]:
    """Give local files as paths, those of ``file://`` among them, and the addresses of stores as they are.

    Raises
    ------
    FileNotFoundError
        If a ``file://`` address leads to no file.
    ValueError
        If an address is none of a store: what is on the web is not fetched, and no address leads to another.

    Examples
    --------
    >>> locate([Path("pages"), "s3://bucket/pages"])[1]
    's3://bucket/pages'
    """
    found: list[Path | str] = []
    for path in given:
        kind, _, rest = str(path).partition("://") if is_address(path) else ("", "", "")
        if not kind:
            found.append(Path(path))
        elif kind.lower() == "file":
            found.append(_local(str(path), rest))
        elif kind.lower() in STORES and "::" not in rest:
            found.append(str(path))
        elif kind.lower() in ("http", "https", "ftp", "ftps"):
            raise ValueError(
                f"{path} is on the web, and clipbook fetches nothing from there. Save the page with a browser, or "
                "download the file, and name it where it then is."
            )
        else:
            raise ValueError(
                f"{path} is not an address that clipbook reads. Those of stores begin with "
                f"{', '.join(f'{store}://' for store in STORES)}; name other files by their paths."
            )
    return found


def _local(address: str, rest: str) -> Path:
    """Give the file or folder that a ``file://`` address names on this machine."""
    name = rest.removeprefix("localhost")
    if not name.startswith("/"):
        raise ValueError(
            f"{address} names a file of another machine; write file:/// and the whole path of one here."
        )
    path = Path(name) if Path(name).exists() else Path(unquote(name))
    if not path.exists():
        raise FileNotFoundError(f"There is no file at {address}; check the spelling.")
    return path


def find_all(given: list[Path | str], passed: Counter[str]) -> list[Found]:
    """List the files below local paths and addresses, as :func:`clipbook.captures.find_files` does, which see.

    Raises
    ------
    FileNotFoundError
        If a path or address leads to no file.
    ValueError
        If an address is given and fsspec, or what it needs for that kind of address, is not installed.
    """
    found = find_files((Path(path) for path in given if not is_address(path)), passed)
    addresses = [str(path) for path in given if is_address(path)]
    if not addresses:
        return found
    remote = {item.address: item for address in addresses for item in _below(address)}
    shared = Counter(item.name for item in (*found, *remote.values()))
    ordered = sorted([*found, *remote.values()], key=lambda item: (item.name, str(item.path)))
    files = number_equal(
        (item, _whole_name(item) if shared[item.name] > 1 else item.name) for item in ordered
    )
    ids = capture_ids(item.name for item in files)
    return [replace(item, capture_id=capture_id) for item, capture_id in zip(files, ids, strict=True)]


def _whole_name(item: Found) -> str:
    """Name a file at an address by the whole of it; local files keep the names that they have."""
    return clean_name(item.address.partition("://")[2].lstrip("/")) if isinstance(item, Remote) else item.name


def _below(address: str) -> Iterator[Remote]:
    system, path = _open(address)
    try:
        roots = system.glob(path) if any(sign in path for sign in "*?[") else [path]
        listed = [(root, item) for root in roots for item in system.find(root, detail=True).values()]
    except Exception as error:  # each kind of store has its own
        raise FileNotFoundError(f"{address} cannot be read ({_reason(error)}).") from None
    if not listed:
        raise FileNotFoundError(f"There is no file at {address}; check the spelling.")
    for root, item in listed:
        whole = PurePosixPath(item["name"])
        inside = whole.name if whole == PurePosixPath(root) else str(whole.relative_to(root))
        if not any(is_ignored(part) for part in PurePosixPath(inside).parts):
            yield Remote(
                Path(item["name"]),
                clean_name(inside),
                address=system.unstrip_protocol(item["name"]),
                size=int(item.get("size") or 0),
                state=str(next((item[name] for name in _SUMS if item.get(name)), "")),
            )


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).rstrip(".")


def read_known(given: list[Path | str]) -> list[Known] | None:
    """Read the researcher's metadata near local paths and addresses, where :func:`find_metadata` looks for them."""
    stated = find_metadata(path for path in given if isinstance(path, Path))
    if stated is not None:
        return read_metadata(stated)
    for address in filter(is_address, given):
        system, path = _open(str(address))
        folder = re.split(r"/[^/]*[*?\[]", path, maxsplit=1)[0].rstrip("/")
        if folder == path and system.isfile(path):
            folder = path.rpartition("/")[0]
        for place in (f"{folder}/{METADATA_NAME}", f"{folder}.csv"):
            with tempfile.TemporaryDirectory(prefix="clipbook-") as near:
                if system.isfile(place):
                    system.get_file(place, str(Path(near) / METADATA_NAME))
                    if (copy := find_metadata([Path(near)])) is not None:
                        return read_metadata(copy)
    return None


def _open(address: str) -> tuple[Any, str]:
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise ValueError(
            f"{address} needs a package that is not installed ({error}): pip install 'clipbook[scale]', and "
            "s3fs, gcsfs or adlfs for a cloud's own addresses."
        ) from None
    return system, path


@contextmanager
def at_hand(found: Found) -> Iterator[Found]:
    """Give a file that can be opened here: the file itself, or a copy of it that goes afterwards."""
    if not isinstance(found, Remote) or found.refusal:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="clipbook-") as folder:
        copy = Path(folder) / "file"
        refusal = _fetch(found, copy)
        yield replace(found, refusal=refusal) if refusal else replace(found, path=copy)


def _fetch(found: Remote, copy: Path) -> str:
    """Copy a file from its store; gives why it was not, or ""."""
    system, path = _open(found.address)
    left = _MOST
    try:
        with system.open(path, "rb") as source, copy.open("wb") as target:
            while left >= 0 and (block := source.read(_BLOCK)):
                left -= len(block)
                target.write(block)
    except Exception as error:  # each kind of store has its own
        return f"The file cannot be fetched ({_reason(error)})."
    return f"The file is larger than {_MOST:,} bytes and was not fetched." if left < 0 else ""
