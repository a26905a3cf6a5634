"""Corrections that a reader made by hand, applied again on every run."""

from __future__ import annotations

import pandas as pd

from clipbook.quotes.quotations import UNATTRIBUTED
from clipbook.schema import TableError, need_columns

BY_HAND = "corrected by hand"
KINDS = ("direct", "mixed", "indirect", "scare", "title")


def apply_fixes(quotes: pd.DataFrame, fixes: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Correct quotations by the researcher's table; say which corrections found nothing.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``start``, ``text``, ``kind``, ``speaker``, ``rule``, ``confidence``,
        ``probability``.
    fixes : DataFrame or None
        ``capture_id``; ``text``, the quotation or its first words; optionally ``start``, to tell two
        quotations with the same words apart; ``speaker`` and ``kind``, empty where nothing changes. A row without
        either is not filled in yet. The index says where each row stands.

    Returns
    -------
    corrected : DataFrame
        The quotes; a corrected one has ``rule`` "corrected by hand" and is sure.
    unmatched : DataFrame
        The corrections that were not applied, with ``reason``. Never dropped silently: show it.

    Raises
    ------
    TableError
        If a column is missing, a kind is unknown, or two rows correct one quotation in different ways.

    Examples
    --------
    >>> said = pd.DataFrame({"capture_id": ["a"], "start": [1], "text": ["It leaks"], "kind": ["direct"], "speaker": ["Lind"]})
    >>> fixes = pd.DataFrame({"capture_id": ["a"], "text": ["It leaks"], "speaker": ["Ana Ruiz"]})
    >>> corrected, unmatched = apply_fixes(said.assign(rule="", confidence=0.5, probability=0.5), fixes)
    >>> corrected["speaker"].tolist(), len(unmatched)
    (['Ana Ruiz'], 0)
    """
    need_columns(quotes, ["capture_id", "start", "text", "kind", "speaker"], made_by="quotes.find_quotes")
    if fixes is None:
        return quotes, pd.DataFrame(columns=["capture_id", "text", "speaker", "kind", "reason"])
    need_columns(fixes, ["capture_id", "text"], made_by="a table with one row a correction")
    fixes = fixes.fillna("").astype(str)
    fixes = fixes[(fixes.reindex(columns=["speaker", "kind"], fill_value="") != "").any(axis=1)]
    unknown = fixes.reindex(columns=["kind"], fill_value="").query("kind not in @KINDS and kind != ''")
    if len(unknown):
        raise TableError(
            f"{_place(unknown.index[0])} of the corrections names the kind {unknown['kind'].iloc[0]!r}; it must be one of "
            f"{', '.join(KINDS)}."
        )
    out = quotes.copy()
    plain = out["text"].map(_plain)
    unmatched = []
    corrected: dict[int, tuple[object, tuple[str, str]]] = {}  # quotation -> row, and what it says
    for row, fix in zip(fixes.index, fixes.to_dict("records"), strict=True):
        here = out["capture_id"] == fix["capture_id"]
        rows = here & plain.str.startswith(_plain(fix["text"]))
        if fix.get("start", "") and rows.sum() > 1:
            rows &= out["start"].astype(str) == fix["start"].removesuffix(".0")
        if rows.sum() != 1:
            unmatched.append({**fix, "reason": _reason(int(here.sum()), int(rows.sum()))})
            continue
        [place] = rows.to_numpy().nonzero()[0].tolist()
        says = (fix.get("speaker", ""), fix.get("kind", ""))
        first, before = corrected.setdefault(place, (row, says))
        if any(one and two and one != two for one, two in zip(before, says, strict=True)):
            raise TableError(
                f"{_place(first)} and {_place(row)} of the corrections differ on the quotation that begins "
                f"{str(out['text'].iloc[place])[:40]!r} in {fix['capture_id']}. Keep one of them."
            )
        if fix.get("speaker", ""):
            out.loc[rows, "speaker"] = fix["speaker"]
        if fix.get("kind", ""):
            out.loc[rows, "kind"] = fix["kind"]
            if fix["kind"] in ("scare", "title"):
                out.loc[rows, "speaker"] = UNATTRIBUTED
        out.loc[rows, "rule"] = BY_HAND
        out.loc[rows, ["confidence", "probability"]] = 1.0
    return out, pd.DataFrame(unmatched, columns=[*fixes.columns, "reason"])


def _place(row: object) -> str:
    return row if isinstance(row, str) else f"Row {row}"


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _reason(in_capture: int, found: int) -> str:
    if not in_capture:
        return "no capture of this name has quotations"
    return (
        "no quotation begins with these words" if not found else f"{found} quotations begin with these words"
    )
