"""The researcher's own tables: corrections of quotations, and other names of speakers with what else is known of them."""

from __future__ import annotations

from collections.abc import Mapping

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


NOT_LISTED = "not listed"


def apply_speakers(quotes: pd.DataFrame, speakers: pd.DataFrame | None) -> pd.DataFrame:
    """Rename speakers by the researcher's table and add what it says about them.

    Parameters
    ----------
    quotes : DataFrame
        ``speaker``, from ``find_quotes``.
    speakers : DataFrame or None
        ``alias`` (a name as ``find_quotes`` gives it; capitals do not matter), ``speaker`` (the name to
        use) and any further columns, such as ``role``, ``affiliation``, ``camp``, ``gender``. None changes nothing.

    Returns
    -------
    DataFrame
        The quotes with ``speaker`` renamed and the further columns; "not listed" where the table is silent,
        "unattributed" where the speaker is.

    Raises
    ------
    TableError
        If a column is missing, an alias stands for two speakers, a speaker has two values in one column, or the name
        to use is itself an alias of another: A for B and B for A, or B for C.

    Examples
    --------
    >>> listed = pd.DataFrame({"alias": ["the mayor"], "speaker": ["Ana Ruiz"], "camp": ["city"]})
    >>> apply_speakers(pd.DataFrame({"speaker": ["The mayor", "Bo Lind"]}), listed).values.tolist()
    [['Ana Ruiz', 'city'], ['Bo Lind', 'not listed']]
    """
    if speakers is None:
        return quotes
    need_columns(quotes, ["speaker"], made_by="quotes.find_quotes")
    need_columns(speakers, ["alias", "speaker"], made_by="a table with one row an alias")
    listed = speakers.fillna("").astype(str)
    listed = listed[listed["speaker"].str.strip() != ""]  # not filled in yet
    alias = listed["alias"].str.strip().str.casefold()
    _refuse_conflicts(listed.assign(alias=alias), "alias", "speaker")
    name_of = dict(zip(alias, listed["speaker"].str.strip(), strict=True))
    _refuse_chains(alias, name_of)
    renamed = quotes["speaker"].map(lambda name: name_of.get(name.casefold(), name))
    out = quotes.assign(speaker=renamed)
    for column in [name for name in listed.columns if name not in ("alias", "speaker")]:
        stated = listed[listed[column].str.strip() != ""]
        _refuse_conflicts(stated, "speaker", column)
        value_of = {UNATTRIBUTED: UNATTRIBUTED}
        value_of |= zip(stated["speaker"].str.strip(), stated[column].str.strip(), strict=True)
        out[column] = renamed.map(lambda name, value_of=value_of: value_of.get(name, NOT_LISTED))
    return out


def _refuse_chains(alias: pd.Series, name_of: Mapping[str, str]) -> None:
    """Refuse a name to use that another row renames: which of the two is meant cannot be known."""
    row_of = dict(zip(alias, alias.index, strict=True))
    for name, row in row_of.items():
        used = name_of[name]
        again = name_of.get(used.casefold(), used)
        if again.casefold() != used.casefold():
            raise TableError(
                f"The speakers table names {used!r} in row {row}, and row {row_of[used.casefold()]} says {again!r} for "
                f"{used!r}. Write the one name to use in both rows."
            )


def _refuse_conflicts(table: pd.DataFrame, key: str, value: str) -> None:
    several = table.groupby(key)[value].nunique()
    if (several > 1).any():
        first = several.index[several > 1][0]
        rows = table.loc[table[key] == first, value]
        told = ", ".join(f"{stated} (row {row})" for row, stated in rows.drop_duplicates().items())
        raise TableError(
            f"In the speakers table the {key} {first!r} has more than one {value}: {told}. Keep one."
        )
