"""Regression: an outcome of articles on several of their columns at once, with errors by day, event or another cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.schema import TableError, need_columns
from clipbook.stats.periods import FEWEST_CLUSTERS, SPANS, STEPS, period_starts

Floats = NDArray[np.float64]

COLUMNS = [
    "outcome", "term", "value", "against", "estimate", "low", "high", "p", "q", "articles", "clusters", "note", "formula",
]  # fmt: skip
FEWEST_OF_VALUE = 3  # clusters that a value falls into
MONTH = SPANS["30 days"]
SPARE = 8  # articles more than coefficients
OTHERS = "(others)"
INTERCEPT = "(intercept)"
BY_ARTICLE, BY_CLUSTER = {"cov_type": "HC3"}, {"cov_type": "cluster-crv3"}
_MADE = "log_words, time (in units of 30 days), day, week, month, quarter, year"


def regression_table(
    table: pd.DataFrame,
    articles: pd.DataFrame,
    outcome: str,
    on: str | Sequence[str],
    *,
    errors_by: str = "day",
    weights: str | None = None,
) -> pd.DataFrame:
    """Explain an outcome of articles by several columns at once.

    Parameters
    ----------
    table : DataFrame
        ``capture_id`` and the outcome, one row an article: rows of one frame, scope or measure of any table, or
        `quotes.share_in_articles`. Articles whose outcome is missing are left out.
    articles : DataFrame
        ``capture_id`` and the columns of ``on``, those of ``captures.csv`` among them; ``published`` and ``words``
        where dates and length are asked for.
    outcome : str
        Column of ``table``: ``expected_cues``, ``value``, ``share``, ``probability``, ...
    on : str or sequence of str
        Columns of ``articles``, as a list or parted by commas. A column of numbers enters as it is, any other by its
        values, each against the most frequent; values in fewer than three clusters of errors are taken together. Made here:
        ``log_words`` (natural logarithm), ``time`` (in units of 30 days), and ``day``, ``week``, ``month``, ``quarter``, ``year``.
    errors_by : str
        What befell articles together: ``day``, ``week``, ..., a column of ``articles`` such as ``event``, or
        ``article`` where nothing did.
    weights : str, optional
        Column of ``table``, such as the quoted words that a share is of.

    Returns
    -------
    DataFrame
        One row a coefficient: ``outcome``, ``term``, ``value`` and the value ``against`` which it stands ("" of numbers),
        ``estimate``, ``low``, ``high`` (95 %), ``p``, ``q`` (Holm, for all rows but the intercept), ``articles`` with that
        value, ``clusters`` of errors, ``note`` and ``formula``. A column that tells nothing is left out, and
        its row says why; so does the only row where nothing can be estimated.

    Raises
    ------
    TableError
        If a column is missing, or an article has several rows.

    Notes
    -----
    Least squares by statsmodels (Seabold and Perktold 2010). Errors by cluster come of leaving out one cluster after the
    other, with Student's t of one degree of freedom fewer than clusters (CRV3; MacKinnon, Nielsen and Webb 2023, Journal of
    Applied Econometrics 38, 671-694): the usual ones are too small where clusters are few. By article those of
    MacKinnon and White (1985), HC3.

    Examples
    --------
    >>> names = [str(number) for number in range(40)]
    >>> articles = pd.DataFrame({"capture_id": names, "outlet": ["Quay", "Moor"] * 20, "words": [300, 400, 500, 450] * 10})
    >>> scores = pd.DataFrame({"capture_id": names, "value": [50.0, 60.0, 52.0, 62.0] * 10})
    >>> found = regression_table(scores, articles, "value", "outlet", errors_by="article")
    >>> found[["term", "value", "against", "estimate"]].round(1).values.tolist()[1]
    ['outlet', 'Quay', 'Moor', -10.0]
    """
    needed = list(dict.fromkeys(["capture_id", outcome, *filter(None, [weights])]))
    need_columns(table, needed, made_by="one of clipbook's measures")
    names = [name.strip() for name in on.split(",")] if isinstance(on, str) else list(on)
    names = list(dict.fromkeys(name for name in names if name))
    twice = table["capture_id"][table["capture_id"].duplicated()]
    if len(twice):
        raise TableError(
            f"The table has several rows for {twice.iloc[0]}. Keep one a capture_id: of one frame, scope and measure."
        )
    once = articles.drop_duplicates("capture_id")
    rows = once.merge(table[needed], on="capture_id", suffixes=("_of_article", ""))
    terms = {name: _column(rows, name) for name in names}
    cluster = pd.Series(rows.index.astype(str)) if errors_by == "article" else _column(rows, errors_by)
    weight = rows[weights].astype(float) if weights else pd.Series(1.0, rows.index)
    y = pd.to_numeric(rows[outcome], errors="coerce")
    used = {errors_by: cluster} | terms
    empty = [name for name, column in used.items() if len(rows) and column.isna().all()]
    known = y.notna() & cluster.notna() & (weight > 0)
    for column in terms.values():
        known &= column.notna()
    terms = {name: _pooled(column[known], cluster[known]) for name, column in terms.items()}
    for column in terms.values():
        known &= column.reindex(known.index).notna()
    least = f"{'weighted' if weights else 'ordinary'} least squares{f' by {weights}' if weights else ''}"
    formula = f"{outcome} ~ {' + '.join(names) or '1'}; {least}, errors by {errors_by}"
    if empty:
        lacking = "a date" if empty[0] == "day" else f"a value of {empty[0]}"
        facts = _nothing(f"No article has {lacking}: leave it out, or fill it in (captures.csv).", 0, 0)
    else:
        chosen = {name: column[known[column.index]] for name, column in terms.items()}
        design = _design(chosen, int(known.sum()))
        facts = _fitted(y[known], weight[known], cluster[known], design, errors_by)
    return facts.assign(outcome=outcome, formula=formula).reindex(columns=COLUMNS)


def _pooled(given: pd.Series, cluster: pd.Series) -> pd.Series:
    """Take together the values that fall into fewer than three clusters; missing where all such do so together."""
    if pd.api.types.is_float_dtype(given):
        return given
    met = cluster.groupby(given).nunique()
    rare = given.isin(met.index[met < FEWEST_OF_VALUE])
    enough = cluster[rare].nunique() >= FEWEST_OF_VALUE or bool(rare.all())
    return given.mask(rare, OTHERS if enough else pd.NA)


class _Design(NamedTuple):
    matrix: Floats  # articles x coefficients
    rows: list[dict[str, object]]  # term, value, against, articles, note of each coefficient
    left: list[dict[str, object]]  # terms that tell nothing


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    """Give a column of numbers, or of text; missing where it is empty."""
    if name in rows and name not in STEPS:
        given = rows[name]
        if pd.api.types.is_numeric_dtype(given) and not pd.api.types.is_bool_dtype(given):
            return given.astype(float)
        if pd.api.types.is_datetime64_any_dtype(given):
            return (given - given.min()).dt.total_seconds() / 86400 / MONTH
        text = given.astype("string").str.strip()
        text = text.mask(text == "")
        numbers = pd.to_numeric(text, errors="coerce")
        return numbers.astype(float) if numbers.notna().equals(text.notna()) and text.notna().any() else text
    if name == "log_words":
        need_columns(rows, ["words"], made_by="corpus.read_corpus")
        return rows["words"].astype(float).where(rows["words"] > 0).map(np.log)
    if name == "time" or name in STEPS:
        need_columns(rows, ["published"], made_by="corpus.read_corpus")
        dates = pd.to_datetime(rows["published"])
        if name == "time":
            return (dates - dates.min()).dt.total_seconds() / 86400 / MONTH
        return period_starts(dates, name).dt.strftime("%Y-%m-%d").astype("string")
    raise TableError(
        f"articles has no column {name!r}. Choose among {', '.join(map(str, rows))}; or {_MADE}."
    )


def _design(terms: dict[str, pd.Series], count: int) -> _Design:
    """Lay out the coefficients, without the columns that tell nothing beside those before them."""
    columns = [np.ones(count)]
    rows: list[dict[str, object]] = [
        {"term": INTERCEPT, "value": "", "against": "", "articles": count, "note": ""}
    ]
    left: list[dict[str, object]] = []
    basis = [columns[0] / max(np.sqrt(count), 1)]
    for name, given in terms.items():
        made, reason = _coded(given)
        for value, against, numbers in made:
            rest = numbers
            for base in [*basis, *basis]:  # twice, for the sake of rounding
                rest = rest - (base @ rest) * base
            if np.linalg.norm(rest) < 1e-8 * np.linalg.norm(numbers):
                reason = "the columns before it tell the same"
                continue
            basis.append(rest / np.linalg.norm(rest))
            columns.append(numbers)
            here = int((numbers != 0).sum()) if value else count
            rows.append({"term": name, "value": value, "against": against, "articles": here, "note": ""})
        if reason:
            left.append({"term": name, "value": "", "against": "", "note": f"left out: {reason}"})
    return _Design(np.column_stack(columns), rows, left)


def _coded(given: pd.Series) -> tuple[list[tuple[str, str, Floats]], str]:
    """Give a term's columns (value, the value against which it stands, numbers), or why there are none."""
    if pd.api.types.is_float_dtype(given):
        alike = given.nunique() < 2
        return (
            [] if alike else [("", "", given.to_numpy(float))]
        ), "the same in all articles" if alike else ""
    counts = given.value_counts()
    if list(counts.index) == [OTHERS]:
        return [], f"no value falls into {FEWEST_OF_VALUE} clusters"
    if len(counts) < 2:
        return [], "the same in all articles"
    order = sorted(counts.index, key=lambda value: (value == OTHERS, -int(counts[value]), value))
    return [(value, order[0], (given == value).to_numpy(float)) for value in order[1:]], ""


def _fitted(
    y: pd.Series, weight: pd.Series, cluster: pd.Series, design: _Design, errors_by: str
) -> pd.DataFrame:
    """Estimate; where that cannot be done, one row says why."""
    count, clusters = len(y), int(cluster.nunique())
    size = design.matrix.shape[1]
    left = "; ".join(f"{row['term']} {row['note']}" for row in design.left)
    reasons = {
        f"Too few articles have all columns ({count}, {size + SPARE} are needed): name fewer columns.": count
        < size + SPARE,
        f"The outcome is the same in all {count} articles: there is nothing to explain.": y.nunique() == 1,
        f"Articles of {FEWEST_CLUSTERS} {errors_by}s or more are needed, and these are of {clusters} (or take "
        "errors_by='article').": clusters < FEWEST_CLUSTERS,
        f"No column tells articles apart: {left}.": size == 1,
    }
    why = next((reason for reason, true in reasons.items() if true), "")
    if why:
        return _nothing(why, count, clusters)
    from statsmodels.regression.linear_model import WLS
    from statsmodels.stats.multitest import multipletests

    model = WLS(y.to_numpy(float), design.matrix, weights=weight.to_numpy(float))
    how = {"groups": pd.factorize(cluster)[0]}
    try:
        fit = model.fit(
            **(BY_ARTICLE if errors_by == "article" else BY_CLUSTER | {"cov_kwds": how}), use_t=True
        )
    except ValueError:  # without one of the clusters, columns tell the same
        return _nothing(f"Columns differ in one {errors_by} alone: name fewer columns.", count, clusters)
    low, high = fit.conf_int().T
    found = pd.DataFrame(design.rows).assign(
        estimate=fit.params, low=low, high=high, p=fit.pvalues, q=np.nan, clusters=clusters
    )
    tested = found["term"] != INTERCEPT
    found.loc[tested, "q"] = multipletests(found.loc[tested, "p"], method="holm")[1]
    return pd.concat([found, pd.DataFrame(design.left)], ignore_index=True) if design.left else found


def _nothing(why: str, articles: int, clusters: int) -> pd.DataFrame:
    return pd.DataFrame(
        [{"term": "", "value": "", "against": "", "articles": articles, "clusters": clusters, "note": why}]
    )
