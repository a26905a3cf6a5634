"""What a table of quotations says about voices: how few, how much of an article, and whom a group does not quote."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED, UNSURE
from clipbook.quotes.share import quote_share
from clipbook.schema import TableError, need_columns
from clipbook.stats.differences import Counted, group_values
from clipbook.stats.intervals import FEWEST
from clipbook.stats.periods import period_starts


def concentration(shares: pd.DataFrame) -> pd.DataFrame:
    """How few speakers hold half of the quoted words of a group.

    Parameters
    ----------
    shares : DataFrame
        ``group``, ``speaker``, ``words``, from ``quote_share``.

    Returns
    -------
    DataFrame
        One row a group: ``group``; ``speakers`` (count of known ones); ``half`` (the smallest number of
        speakers who together hold at least half of the attributed words; NaN without any); ``effective``
        (speakers of equal share that would give the same concentration: the inverse of the sum of squared
        shares, Laakso and Taagepera 1979); ``unattributed`` and ``unsure`` (shares of words,
        0 to 1).

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> shares = pd.DataFrame({"group": ["Quay"] * 2, "speaker": ["Ruiz", "Lind"], "words": [50, 50], "share": [0.5, 0.5]})
    >>> concentration(shares)["effective"].tolist()
    [2.0]
    """
    need_columns(shares, ["group", "speaker", "words"], made_by="quotes.quote_share")
    rows = []
    for group, table in shares.groupby("group", sort=True):
        known = (
            table.loc[~table["speaker"].isin((UNATTRIBUTED, UNSURE)), "words"]
            .sort_values(ascending=False)
            .to_numpy(float)
        )
        total = table["words"].sum()
        half = effective = np.nan
        if known.sum() > 0:
            part = known / known.sum()
            half = float(np.argmax(np.cumsum(part) >= 0.5 - 1e-12) + 1)
            effective = float(1 / np.sum(part**2))
        unknown = [table.loc[table["speaker"] == name, "words"].sum() for name in (UNATTRIBUTED, UNSURE)]
        parts = [words / total if total > 0 else np.nan for words in unknown]
        rows.append((group, len(known), half, effective, *parts))
    return pd.DataFrame(rows, columns=["group", "speakers", "half", "effective", "unattributed", "unsure"])


def quoted_part(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How much of every article is quotation.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``kind``, ``words``.
    articles : DataFrame
        ``capture_id``, ``words``.

    Returns
    -------
    DataFrame
        ``capture_id``, ``words``, ``quoted_words`` (direct and mixed), ``quoted_part`` (0 to 1; NaN for an
        article without words).

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> page = pd.DataFrame({"capture_id": ["a"], "body": ["“It leaks,” Ana Ruiz said."], "words": [5]})
    >>> from clipbook.quotes import find_quotes
    >>> quoted_part(find_quotes(page), page)["quoted_words"].tolist()
    [2]
    """
    need_columns(quotes, ["capture_id", "kind", "words"], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", "words"], made_by="corpus.read_corpus")
    said = quotes[quotes["kind"].isin(SPEECH)].groupby("capture_id")["words"].sum()
    out = articles[["capture_id", "words"]].reset_index(drop=True)
    out["quoted_words"] = out["capture_id"].map(said).fillna(0).astype(int)
    out["quoted_part"] = out["quoted_words"] / out["words"].where(out["words"] > 0)
    return out


def quotes_to_check(quotes: pd.DataFrame, most: int = 20) -> pd.DataFrame:
    """The quotations a reader should look at first: speech with the lowest confidence.

    Parameters
    ----------
    quotes : DataFrame
        As made by ``find_quotes``.
    most : int
        Rows to return.

    Returns
    -------
    DataFrame
        ``capture_id``, ``start``, ``text``, ``kind``, ``speaker``, ``rule``, ``confidence``: the columns that a
        table of corrections needs, least sure first.

    Raises
    ------
    TableError
        If a column is missing.
    """
    columns = ["capture_id", "start", "text", "kind", "speaker", "rule", "confidence"]
    need_columns(quotes, columns, made_by="quotes.find_quotes")
    said = quotes[quotes["kind"].isin(SPEECH)]
    return said.sort_values(["confidence", "capture_id", "start"])[columns].head(most).reset_index(drop=True)


def of_article(quotes: pd.DataFrame, capture_id: str = "") -> pd.DataFrame:
    """The quotations of one article.

    Parameters
    ----------
    quotes : DataFrame
        As made by ``find_quotes``.
    capture_id : str
        The article; "" is the one with most quoted words.

    Returns
    -------
    DataFrame
        Its rows.

    Raises
    ------
    TableError
        If a column is missing, or no article of that name has quotations.
    """
    need_columns(quotes, ["capture_id", "kind", "words"], made_by="quotes.find_quotes")
    if capture_id and capture_id not in set(quotes["capture_id"]):
        raise TableError(
            f"No quotation was found in a capture called {capture_id!r}; look for its name in articles."
        )
    said = quotes[quotes["kind"].isin(SPEECH)].groupby("capture_id")["words"].sum()
    return quotes[quotes["capture_id"] == (capture_id or (said.idxmax() if len(said) else ""))]


def with_period(articles: pd.DataFrame, step: str = "month") -> pd.DataFrame:
    """Add the column ``period``, so that shares can be read over time.

    Parameters
    ----------
    articles : DataFrame
        ``published`` (datetime, NaT where unknown).
    step : str
        ``day``, ``week``, ``month``, ``quarter`` or ``year``.

    Returns
    -------
    DataFrame
        The articles that have a date, with ``period``: the first day of the period each was published in.

    Raises
    ------
    TableError
        If the column is missing.
    ValueError
        If ``step`` is none of the five.
    """
    need_columns(articles, ["published"], made_by="corpus.read_corpus")
    dated = articles[articles["published"].notna()]
    return dated.assign(period=period_starts(dated["published"], step))


def quoted_part_by(parts: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """How much of each group's text is quotation, with an interval.

    Parameters
    ----------
    parts : DataFrame
        ``capture_id``, ``words``, ``quoted_words``, from ``quoted_part``.
    articles : DataFrame
        ``capture_id`` and the column ``by``.
    by : str
        The column that groups the articles.

    Returns
    -------
    DataFrame
        ``group``, ``articles`` (count), ``part`` (quoted words / words), ``low``, ``high`` (95 %, as from
        `stats.differences.group_values`; NaN with fewer than three articles).

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(parts, ["capture_id", "words", "quoted_words"], made_by="quotes.quoted_part")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    group_of = dict(zip(articles["capture_id"], articles[by], strict=True))
    counted = Counted(["part"], parts[["quoted_words"]].to_numpy(float), parts["words"].to_numpy(float))
    groups = parts["capture_id"].map(group_of)
    known = groups.notna().to_numpy()
    here = Counted(counted.names, counted.above[known], counted.below[known])
    table = group_values(here, groups[known]).rename(columns={"value": "part"})
    return table.assign(high=table["high"].clip(upper=1))[["group", "articles", "part", "low", "high"]]


TAIL = 0.025  # of a 95% interval


def leading_speakers(shares: pd.DataFrame, most: int = 8) -> list[str]:
    """List the speakers with most quoted words over all groups, unattributed and unsure words apart.

    Parameters
    ----------
    shares : DataFrame
        ``speaker``, ``words``, as made by :func:`~clipbook.quotes.quote_share`.
    most : int
        How many.
    """
    need_columns(shares, ["speaker", "words"], made_by="quotes.quote_share")
    totals = shares[~shares["speaker"].isin((UNATTRIBUTED, UNSURE))].groupby("speaker")["words"].sum()
    order = totals.sort_index().sort_values(ascending=False, kind="stable").index
    return [str(name) for name in order[:most]]


def compared_shares(
    quotes: pd.DataFrame, articles: pd.DataFrame, by: str, *, speaker: str = "speaker"
) -> pd.DataFrame:
    """Give each speaker's share of a group's quoted words, and 0 for leading speakers whom a group does not quote.

    Parameters
    ----------
    quotes, articles, by, speaker
        As for :func:`~clipbook.quotes.quote_share`.

    Returns
    -------
    DataFrame
        As from :func:`~clipbook.quotes.quote_share`, with the rows of :func:`with_absent`.
    """
    shares = quote_share(quotes, articles, by=by, speaker=speaker)
    return with_absent(shares, quotes, articles, by, speaker=speaker)


def with_absent(
    shares: pd.DataFrame,
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str,
    *,
    speaker: str = "speaker",
    kinds: tuple[str, ...] = SPEECH,
) -> pd.DataFrame:
    """Add a row for each leading speaker in each group that does not quote them.

    Parameters
    ----------
    shares : DataFrame
        As made by :func:`~clipbook.quotes.quote_share` from the other arguments.
    quotes, articles, by, speaker, kinds
        As for :func:`~clipbook.quotes.quote_share`.

    Returns
    -------
    DataFrame
        ``shares`` and the added rows, with 0 ``quotes``, ``words``, ``share`` and ``low``. As in ``shares``, bounds
        are NaN in groups of fewer than three articles with quotations, unless every article is a group.

    Notes
    -----
    Redrawing articles that never quote a speaker gives 0 every time, which would claim certainty. The upper
    bound is that of Clopper and Pearson (1934, Biometrika 26, 404-413) for 0 of the group's n articles with
    quotations, p = 1 - .025^(1/n): up to so many articles like these could quote the speaker, each time with
    as many words m as articles of other groups that do. With W quoted words an article in the group, the
    share is then p m / (W + p m).

    Examples
    --------
    >>> said = pd.DataFrame({"capture_id": ["a", "b"], "speaker": ["Ruiz", "Lind"], "words": [30, 10], "kind": "direct"})
    >>> said = said.assign(confidence=0.9, probability=0.9)
    >>> articles = pd.DataFrame({"capture_id": ["a", "b"], "outlet": ["Quay", "Moor"]})
    >>> from clipbook.quotes import quote_share
    >>> shares = quote_share(said, articles, by="outlet")
    >>> with_absent(shares, said, articles, "outlet")[["group", "speaker", "share"]].values.tolist()
    [['Moor', 'Lind', 1.0], ['Moor', 'Ruiz', 0.0], ['Quay', 'Ruiz', 1.0], ['Quay', 'Lind', 0.0]]
    """
    need_columns(quotes, ["capture_id", "kind", "words", speaker], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    group_of = dict(zip(articles["capture_id"], articles[by], strict=True))
    said = quotes[quotes["kind"].isin(kinds) & quotes["capture_id"].isin(group_of)]
    said = said.assign(group=said["capture_id"].map(group_of))
    spoken = said.groupby([speaker, "capture_id"])["words"].sum().groupby(level=0).mean()
    counted = said.groupby("group").agg(articles=("capture_id", "nunique"), words=("words", "sum"))
    present = set(zip(shares["group"], shares["speaker"], strict=True))
    leading = leading_speakers(shares)
    fewest = 1 if by == "capture_id" else FEWEST
    rows = []
    for group, n, words in counted[counted["words"] > 0].itertuples():
        likely = 1 - TAIL ** (1 / n)
        for name in leading:
            if (group, name) not in present:
                more = likely * float(spoken[name])
                bounds = (0.0, more / (words / n + more)) if n >= fewest else (np.nan, np.nan)
                rows.append((group, name, 0, 0, 0.0, *bounds))
    if not rows:
        return shares
    added = pd.DataFrame(rows, columns=["group", "speaker", "quotes", "words", "share", "low", "high"])
    return pd.concat([shares, added], ignore_index=True).sort_values(
        "group", kind="stable", ignore_index=True
    )
