"""The researcher's own table of speakers: other names, and what else it says about them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from clipbook.quotes.quotations import UNATTRIBUTED
from clipbook.schema import TableError, need_columns

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
        values = ", ".join(sorted(set(table.loc[table[key] == first, value])))
        raise TableError(
            f"In the speakers table the {key} {first!r} has more than one {value}: {values}. Keep one."
        )
