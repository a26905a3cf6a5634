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
        quotations with the same words apart; ``speaker`` and ``kind``, empty where nothing changes.

    Returns
    -------
    corrected : DataFrame
        The quotes; a corrected one has ``rule`` "corrected by hand" and is sure.
    unmatched : DataFrame
        The corrections that were not applied, with ``reason``. Never dropped silently: show it.

    Raises
    ------
    TableError
        If a column is missing, a kind is unknown, or two rows correct one quotation.

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
    unknown = set(fixes.get("kind", pd.Series(dtype=str))) - {"", *KINDS}
    if unknown:
        raise TableError(
            f"The corrections name the kind {sorted(unknown)[0]!r}; it must be one of {', '.join(KINDS)}."
        )
    out = quotes.copy()
    plain = out["text"].map(_plain)
    unmatched = []
    corrected: dict[int, object] = {}  # quotation -> row
    for row, fix in zip(fixes.index, fixes.to_dict("records"), strict=True):
        here = out["capture_id"] == fix["capture_id"]
        rows = here & plain.str.startswith(_plain(fix["text"]))
        if fix.get("start", "") and rows.sum() > 1:
            rows &= out["start"].astype(str) == fix["start"].removesuffix(".0")
        if rows.sum() != 1:
            unmatched.append({**fix, "reason": _reason(int(here.sum()), int(rows.sum()))})
            continue
        [place] = rows.to_numpy().nonzero()[0].tolist()
        if (first := corrected.setdefault(place, row)) != row:
            raise TableError(
                f"Rows {first} and {row} of the corrections are both for the quotation that begins "
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


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _reason(in_capture: int, found: int) -> str:
    if not in_capture:
        return "no capture of this name has quotations"
    return (
        "no quotation begins with these words" if not found else f"{found} quotations begin with these words"
    )
