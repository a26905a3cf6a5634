"""Shares of quoted words by article, for a regression; whether a difference in them holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from clipbook.corpus.events import with_copies
from clipbook.quotes.quotations import SPEECH, SURE_FROM
from clipbook.quotes.share import by_article, counted_as, in_groups, share_contrasts
from clipbook.schema import need_columns
from clipbook.stats.robustness import COLUMNS, Variant, chosen_finding, repeated, usual_variants


def share_in_articles(
    quotes: pd.DataFrame, who: str, *, speaker: str = "speaker", kinds: tuple[str, ...] = SPEECH
) -> pd.DataFrame:
    """Give one speaker's, or one camp's, share of the quoted words of each article, for a regression.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``kind``, ``words``, ``confidence`` and the column ``speaker``, from ``find_quotes``.
    who : str
        The speaker, or the value of the column.
    speaker, kinds : str, tuple of str
        As for `quote_share`.

    Returns
    -------
    DataFrame
        ``capture_id``, ``share`` (0 to 1), ``words`` (quoted in the article): with ``words`` as weights, a mean of shares is the
        share of all quoted words. Articles without quotations have no row.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> said = pd.DataFrame({"capture_id": ["a", "a"], "speaker": ["Ruiz", "Lind"], "words": [30, 10], "kind": "direct"})
    >>> share_in_articles(said.assign(confidence=0.9), "Lind").values.tolist()
    [['a', 0.25, 40]]
    """
    need_columns(quotes, ["capture_id", "kind", "words", "confidence", speaker], made_by="quotes.find_quotes")
    said = quotes[quotes["kind"].isin(kinds)]
    own = said["words"].where(counted_as(said[speaker], said["confidence"]) == who, 0)
    together = said.assign(own=own).groupby("capture_id")[["own", "words"]].sum()
    spoken = together[together["words"] > 0]
    return pd.DataFrame({"share": spoken["own"] / spoken["words"], "words": spoken["words"]}).reset_index()


def share_robustness(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str,
    speakers: Sequence[str],
    *,
    speaker: str = "speaker",
    finding: tuple[str, str, str] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Repeat a difference in shares of quoted words in ways that should not matter, and say whether it stays.

    Parameters
    ----------
    quotes : DataFrame
        From ``find_quotes``, of copies too.
    articles : DataFrame
        As ``book.articles``, with ``compared``, ``duplicate_of``, ``words`` and the column ``by``.
    by, speakers, speaker
        As for `share_contrasts`.
    finding : (str, str, str), optional
        Speaker, group and other group; the surest of all by default.
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        As from `stats.robustness.repeated`: as found; with copies in, each counted or all copies of a text weighing as one;
        the longest article out; by event (of more than 10,000 articles by day); with two other seeds; with doubtful speakers counted under the best guess.
        Empty without two groups.

    Raises
    ------
    TableError
        If a column is missing, or the finding names a speaker or group that was not compared.

    Examples
    --------
    >>> names = [str(number) for number in range(8)]
    >>> articles = pd.DataFrame({"capture_id": names, "headline": "", "body": "", "outlet": ["Quay"] * 4 + ["Moor"] * 4})
    >>> articles = articles.assign(words=300, duplicate_of="", compared=True, published=pd.NaT)
    >>> said = pd.DataFrame({"capture_id": names, "speaker": ["Ruiz"] * 5 + ["Lind"] * 3, "words": 20, "kind": "direct"})
    >>> found = share_robustness(said.assign(confidence=0.9, probability=0.9), articles, "outlet", ["Ruiz"])
    >>> found.loc[found["variant"] == "as found", ["outcome", "group", "difference"]].values.tolist()
    [['Ruiz', 'Moor', -0.75]]
    """
    used = with_copies(articles, by)
    compared = used[used["compared"]]
    tests = share_contrasts(quotes, compared, "group", speakers, speaker=speaker, seed=seed)
    chosen = chosen_finding(tests, "speaker", finding)
    if chosen is None:
        return pd.DataFrame(columns=COLUMNS)

    def variants() -> Iterator[Variant]:
        counted, groups = by_article(in_groups(quotes, used, "group", speaker, SPEECH, SURE_FROM), speakers)
        yield from usual_variants(counted, used.set_index("capture_id").loc[groups.index], seed=seed)
        guessed, groups = by_article(in_groups(quotes, compared, "group", speaker, SPEECH, 0.0), speakers)
        yield Variant("doubtful speakers as guessed", guessed, groups.astype(str).tolist(), seed)

    return repeated(variants(), chosen)
