"""What a run says of itself when it has finished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from clipbook.corpus.metadata import MetadataError
from clipbook.tables.across import STATUSES, Across
from clipbook.tables.ledger import Update
from clipbook.tables.part import Part

_UNREAD = [STATUSES.index("failed"), STATUSES.index("thin")]


def check_metadata(across: Across, known: Sequence[Any], *, required: bool) -> list[str]:
    """Give a note for each row of the researcher's metadata that names no capture.

    Raises
    ------
    MetadataError
        If no row names a capture although the file was named by the researcher.
    """
    if not known:
        return []
    names = set(across.capture_id)
    for folder in across.folders:
        names.update(facts["source_file"] for facts in Part(folder).facts)
    missing = [item for item in known if item.source_file not in names]
    if required and len(missing) == len(known):
        raise MetadataError(
            "No row of the metadata names a capture that was read; source_file must be the path below the "
            f"captures folder, for example {Part(across.folders[0]).facts[0]['source_file']}."
        )
    return [
        f"metadata row {item.row} names {item.source_file}, which is not among the captures"
        for item in missing
    ]


def summary(across: Across, reused: int, notes: list[str]) -> Update:
    """Count the captures by status, and name those that were not read or hold little."""
    counts = np.bincount(across.status, minlength=len(STATUSES)).tolist()
    unread: dict[int, tuple[str, str, str]] = {}
    for number, folder in enumerate(across.folders):
        first, last = across.first[number : number + 2].tolist()
        places = np.flatnonzero(np.isin(across.status[first:last], _UNREAD)).tolist()
        facts = Part(folder).facts if places else []
        for place in places:
            status = STATUSES[across.status[first + place]]
            unread[first + place] = (status, facts[place]["source_file"], facts[place]["notes"])
    listed = [unread[capture] for capture in across.order.tolist() if capture in unread]
    statuses = {name: count for name, count in zip(STATUSES, counts, strict=True) if count}
    return Update(len(across.capture_id), reused, statuses, listed, notes)
