"""Quote share: whose words fill how much of the quoted text."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED
from clipbook.tables import need_columns

DRAWS = 1000
SHARE_COLUMNS = ["group", "speaker", "quotes", "words", "share", "low", "high"]


def quote_share(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "capture_id",
    *,
    speaker: str = "speaker",
    kinds: tuple[str, ...] = SPEECH,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of quoted words that each speaker holds in each group of articles.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``kind``, ``words``, ``confidence`` and the speaker's column, from ``find_quotes``.
    articles : DataFrame
        ``capture_id`` and the column ``by``.
    by : str
        Column of ``articles`` that groups them: ``"capture_id"``, ``"outlet"``, ``"section"``, ...
    speaker : str
        Column of ``quotes`` that is counted: ``"speaker"``, or a column of the researcher's speakers table
        such as ``"camp"``.
    kinds : tuple of str
        Kinds of quotation that count.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        ``group``, ``speaker``, ``quotes`` (count), ``words``, ``share`` (0 to 1, sums to 1 within a group),
        ``low`` and ``high`` (95 % interval); most words first. Speakers that are not known stay as the
        row "unattributed".

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    The interval joins two sources of error. Articles are drawn with replacement within a group (percentile
    bootstrap, Efron and Tibshirani 1993, chapter 13); and in every draw each quotation keeps its speaker
    with its confidence as probability and otherwise goes to another speaker quoted in the same article.
    """
    need_columns(quotes, ["capture_id", "kind", "words", "confidence", speaker], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    group_of = dict(zip(articles["capture_id"], articles[by], strict=True))
    counted = quotes[quotes["kind"].isin(kinds) & quotes["capture_id"].isin(group_of)]
    counted = counted.assign(
        group=counted["capture_id"].map(group_of),
        speaker=counted[speaker].replace("", pd.NA).fillna(UNATTRIBUTED),
    )
    rng = np.random.default_rng(seed)
    tables = [_group_share(rows, str(group), rng) for group, rows in counted.groupby("group", sort=True)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=SHARE_COLUMNS)


def _group_share(rows: pd.DataFrame, group: str, rng: np.random.Generator) -> pd.DataFrame:
    said = rows.groupby("speaker").agg(quotes=("words", "size"), words=("words", "sum"))
    low, high = _interval(rows, said.index, rng)
    said = said.assign(group=group, share=said["words"] / said["words"].sum(), low=low, high=high)
    said = said.sort_values(["words", "speaker"], ascending=[False, True]).reset_index()
    return said[SHARE_COLUMNS]


def _interval(
    rows: pd.DataFrame, speakers: pd.Index, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Percentiles of the share over drawn articles and drawn speakers."""
    who = speakers.get_indexer(rows["speaker"])
    words = rows["words"].to_numpy(float)
    sure = rows["confidence"].to_numpy(float)
    article = pd.factorize(rows["capture_id"])[0]
    n_articles = article.max() + 1
    others = [np.unique(who[article == index]) for index in range(n_articles)]
    draws = np.zeros((DRAWS, len(speakers)))
    for draw in range(DRAWS):
        swapped = who.copy()
        for quote in np.flatnonzero(rng.random(len(who)) > sure):
            choice = others[article[quote]]
            choice = choice[choice != who[quote]]
            if len(choice):
                swapped[quote] = rng.choice(choice)
        times = np.bincount(rng.integers(0, n_articles, n_articles), minlength=n_articles)
        drawn = np.bincount(swapped, weights=words * times[article], minlength=len(speakers))
        draws[draw] = drawn / drawn.sum()
    low, high = np.percentile(draws, [2.5, 97.5], axis=0)
    return low, high
