"""What was read, summed up: captures over time, words kept by role and outlet, copies, pages to check."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from clipbook.schema import need_columns
from clipbook.stats.periods import period_starts
from clipbook.text.words import count_words

UNKNOWN = "(outlet unknown)"
_STEPS = (("day", 120), ("week", 840), ("month", 1 << 30))  # days that captures may span to be counted so
_ODD = 3.5  # modified z-score from which a value is an outlier (Iglewicz and Hoaglin 1993)
_ENOUGH = 8  # captures from which a kept share can be called unusual


def captures_over_time(articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Count captures by group and day; by week over four months, by month over two years and more.

    Parameters
    ----------
    articles : DataFrame
        ``published`` and the column ``by``.
    by : str
        The column that groups them.

    Returns
    -------
    DataFrame
        ``group``, ``start`` (first day of the step; NaT for captures without a date), ``step`` ("day",
        "week" or "month") and ``captures``; sorted by group and start.
    """
    need_columns(articles, ["published", by], made_by="corpus.read_corpus")
    dates = articles["published"]
    span = (dates.max() - dates.min()).days if dates.notna().any() else 0
    step = next(name for name, most in _STEPS if span <= most)
    counted = pd.DataFrame({"group": _named(articles[by]), "start": period_starts(dates, step)})
    counted = counted.groupby(["group", "start"], dropna=False, as_index=False).size()
    counted = counted.rename(columns={"size": "captures"})
    counted.insert(2, "step", step)
    return counted.sort_values(["group", "start"], kind="stable", ignore_index=True)


def words_by_role(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Count the captured words by the role of their line.

    Parameters
    ----------
    parts : iterable of DataFrame
        The table of lines in any number of parts: ``role``, ``kept``, ``text``.

    Returns
    -------
    DataFrame
        ``role``, ``kept`` (bool), ``lines``, ``words`` and ``share`` (0 to 1, of all captured words); kept
        roles first, then by words. Blank lines are left out.
    """
    table = pd.concat(map(_role_sums, parts)).groupby(["role", "kept"], as_index=False).sum()
    total = table["words"].sum()
    table["share"] = table["words"] / (total or np.nan)
    return table.sort_values(["kept", "words", "role"], ascending=[False, False, True], ignore_index=True)


def _role_sums(lines: pd.DataFrame) -> pd.DataFrame:
    need_columns(lines, ["role", "kept", "text"], made_by="corpus.read_corpus")
    filled = lines[lines["role"] != "blank"]
    words = filled["text"].map({text: count_words(text) for text in filled["text"].unique()}).astype("int64")
    sums = filled.assign(words=words).groupby(["role", "kept"], as_index=False)
    return sums.agg(lines=("words", "size"), words=("words", "sum"))


def kept_by_group(articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Mean share of a page's words that were kept, by group.

    Parameters
    ----------
    articles : DataFrame
        ``kept_share``, ``status`` and the column ``by``; failed captures are left out.
    by : str
        The column that groups them.

    Returns
    -------
    DataFrame
        ``group``, ``captures``, ``share`` (mean, 0 to 1), ``low`` and ``high`` (95 % interval of the mean
        by Student's t over captures; NaN for fewer than three), by falling share.
    """
    from scipy.special import stdtrit

    need_columns(articles, ["kept_share", "status", by], made_by="corpus.read_corpus")
    read = articles[(articles["status"] != "failed") & articles["kept_share"].notna()]
    shares = read["kept_share"].groupby(_named(read[by]))
    table = pd.DataFrame({"captures": shares.size(), "share": shares.mean(), "error": shares.sem()})
    table = table.rename_axis("group").reset_index()
    reach = stdtrit((table["captures"] - 1).clip(lower=1), 0.975)
    margin = table["error"].where(table["captures"] >= 3) * reach
    table["low"] = (table["share"] - margin).clip(lower=0)
    table["high"] = (table["share"] + margin).clip(upper=1)
    table = table.drop(columns="error")
    return table.sort_values(["share", "group"], ascending=[False, True], ignore_index=True)


def missing_fields(articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Count the captures in which a field was not found, by group.

    Returns
    -------
    DataFrame
        ``group``, ``captures`` and, for each of ``headline``, ``authors``, ``published``, ``url`` and
        ``language``, the number of captures without it; failed captures are left out.
    """
    fields = ["headline", "authors", "published", "url", "language"]
    need_columns(articles, [*fields, "status", by], made_by="corpus.read_corpus")
    read = articles[articles["status"] != "failed"]
    missing = read[fields].isin([""]) | read[fields].isna()
    counted = missing.assign(captures=1).groupby(_named(read[by])).sum().rename_axis("group").reset_index()
    return counted[["group", "captures", *fields]]


def copies(articles: pd.DataFrame) -> pd.DataFrame:
    """List the captures that are copies, beside their originals.

    Returns
    -------
    DataFrame
        ``capture_id``, ``outlet``, ``headline``, ``published``, ``duplicate_of`` and the original's
        ``original_outlet``, ``original_headline``, ``original_published``.
    """
    names = ["capture_id", "outlet", "headline", "published"]
    need_columns(articles, [*names, "duplicate_of"], made_by="corpus.read_corpus")
    found = articles.loc[articles["duplicate_of"] != "", [*names, "duplicate_of"]]
    originals = articles[names].set_index("capture_id").add_prefix("original_")
    return found.join(originals, on="duplicate_of").reset_index(drop=True)


def pages_to_check(articles: pd.DataFrame) -> pd.DataFrame:
    """List the captures that a person should look at, and why.

    Returns
    -------
    DataFrame
        ``capture_id``, ``outlet``, ``headline``, ``words``, ``kept_share``, ``status`` and ``why``: not
        read, thin, cut off by a paywall, without headline, date or outlet, in another language than most,
        a kept share far from that of others of its format (modified z-score above 3.5; Iglewicz and
        Hoaglin 1993), or a note on the reading. Most reasons first; copies are left out.
    """
    shown = ["capture_id", "outlet", "headline", "words", "kept_share", "status"]
    need_columns(
        articles, [*shown, "published", "language", "paywalled", "notes"], made_by="corpus.read_corpus"
    )
    looked_at = articles[articles["status"] != "duplicate"]
    read = looked_at["status"] != "failed"
    languages = looked_at.loc[read & (looked_at["language"] != ""), "language"]
    main = languages.mode().iloc[0] if len(languages) else ""
    reasons = {
        "not read": ~read,
        "thin": looked_at["status"] == "thin",
        "cut off by a paywall": read & looked_at["paywalled"],
        "no headline": read & (looked_at["headline"] == ""),
        "no date": read & looked_at["published"].isna(),
        "no outlet": read & (looked_at["outlet"] == ""),
        "another language": read & ~looked_at["language"].isin(["", main]),
        "unusual share kept": looked_at.groupby("format")["kept_share"].transform(_unusual).astype(bool),
    }
    flags = pd.DataFrame(reasons)
    noted = looked_at["notes"].map(lambda notes: [notes] if notes else [])
    said = [[*flags.columns[row], *notes] for row, notes in zip(flags.to_numpy(), noted, strict=True)]
    table = looked_at[shown].assign(why=["; ".join(reasons) for reasons in said], count=list(map(len, said)))
    table = table[table["count"] > 0].sort_values(["count", "capture_id"], ascending=[False, True])
    return table.drop(columns="count").reset_index(drop=True)


def _unusual(shares: pd.Series) -> pd.Series:
    middle = shares.median()
    spread = (shares - middle).abs().median()
    if shares.notna().sum() < _ENOUGH or not spread > 0:
        return pd.Series(False, index=shares.index)
    return 0.6745 * (shares - middle).abs() / spread > _ODD


def _named(groups: pd.Series) -> pd.Series:
    return groups.astype("str").replace("", UNKNOWN)
