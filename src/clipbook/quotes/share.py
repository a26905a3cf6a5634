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
        ``low`` and ``high`` (95 % interval); most words first. Quotations without a known speaker stay as
        the row "unattributed". A group without quotations has no row.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Words, not quotations, are counted: one long quotation outweighs two short ones. The interval joins two
    sources of error. Articles are drawn with replacement within a group (percentile bootstrap; Efron and
    Tibshirani 1993, An Introduction to the Bootstrap, chapter 13). In every draw each quotation keeps its
    speaker with its confidence as probability; otherwise its words go to another speaker of the same
    article or to somebody not yet in the table. With one article only the second source is left.
    """
    need_columns(quotes, ["capture_id", "kind", "words", "confidence", speaker], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    counted = _counted(quotes, articles, by, speaker, kinds)
    rng = np.random.default_rng(seed)
    shares = [_group_share(rows, group, rng) for group, rows in counted.groupby("group", sort=True)]
    shares = [table for table in shares if not table.empty]
    return pd.concat(shares, ignore_index=True) if shares else pd.DataFrame(columns=SHARE_COLUMNS)


def _counted(
    quotes: pd.DataFrame, articles: pd.DataFrame, by: str, speaker: str, kinds: tuple[str, ...]
) -> pd.DataFrame:
    """Rows of the wanted kinds with the group of their article."""
    group_of = dict(zip(articles["capture_id"], articles[by], strict=True))
    rows = quotes[quotes["kind"].isin(kinds) & quotes["capture_id"].isin(group_of)]
    who = rows[speaker].astype(object).where(rows[speaker].notna() & (rows[speaker] != ""), UNATTRIBUTED)
    return rows.assign(group=rows["capture_id"].map(group_of), who=who)


def _group_share(rows: pd.DataFrame, group: object, rng: np.random.Generator) -> pd.DataFrame:
    said = rows.groupby("who").agg(quotes=("words", "size"), words=("words", "sum"))
    total = said["words"].sum()
    if total == 0:
        return pd.DataFrame(columns=SHARE_COLUMNS)
    low, high = _interval(rows, pd.Index(said.index), rng)
    said = said.assign(group=group, share=said["words"] / total, low=low, high=high)
    said = (
        said.rename_axis("speaker").sort_values(["words", "speaker"], ascending=[False, True]).reset_index()
    )
    return said[SHARE_COLUMNS]


def _interval(
    rows: pd.DataFrame, speakers: pd.Index, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Percentiles of the shares over drawn articles and drawn speakers; the last slot is "somebody else"."""
    who = speakers.get_indexer(pd.Index(rows["who"]))
    sure = rows["confidence"].fillna(0).to_numpy(float)
    words = rows["words"].to_numpy(float)
    article = pd.factorize(rows["capture_id"])[0]
    n_articles, n_slots = int(article.max()) + 1, len(speakers) + 1
    pools = [[*sorted(set(who[article == index])), len(speakers)] for index in range(n_articles)]
    others = [[slot for slot in pools[a] if slot != own] for a, own in zip(article, who, strict=True)]
    sizes = np.array([len(pool) for pool in others])
    table = np.zeros((len(who), sizes.max()), dtype=int)
    for index, pool in enumerate(others):
        table[index, : len(pool)] = pool
    picks = (rng.random((DRAWS, len(who))) * sizes).astype(int)
    swapped = np.where(rng.random((DRAWS, len(who))) < sure, who, table[np.arange(len(who)), picks])
    drawn = rng.integers(0, n_articles, (DRAWS, n_articles)) + np.arange(DRAWS)[:, None] * n_articles
    times = np.bincount(drawn.ravel(), minlength=DRAWS * n_articles).reshape(DRAWS, n_articles)
    weights = times[:, article] * words
    cells = (swapped + np.arange(DRAWS)[:, None] * n_slots).ravel()
    totals = np.bincount(cells, weights=weights.ravel(), minlength=DRAWS * n_slots).reshape(DRAWS, n_slots)
    all_words = totals.sum(axis=1, keepdims=True)
    shares = np.divide(totals, all_words, out=np.full_like(totals, np.nan), where=all_words > 0)
    low, high = np.nanpercentile(shares[:, :-1], [2.5, 97.5], axis=0)
    return low, high
