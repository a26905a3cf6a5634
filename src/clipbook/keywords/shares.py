"""Terms and topics by outlet and over time, with intervals over articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.keywords.table import encode_articles
from clipbook.keywords.terms import comparable_articles
from clipbook.keywords.tokens import fold, singular
from clipbook.keywords.words import Lexicon, read_words
from clipbook.schema import need_columns
from clipbook.stats.periods import STEPS, period_starts
from clipbook.stats.resampling import FEWEST, bounds_of, redrawn_sums

DRAWS = 1000


def topic_shares(
    topic_articles: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet", *, seed: int = 0
) -> pd.DataFrame:
    """Give each topic's mean share of the articles of a group.

    Parameters
    ----------
    topic_articles : DataFrame
        ``capture_id``, ``topic``, ``label``, ``stable``, ``share``: ``find_topics(...).articles``.
    articles : DataFrame
        ``capture_id`` and the column ``by``.
    by : str
        A column of ``articles``, or a step of time for ``published``: "day", "week", "month", "quarter", "year".
    seed : int
        Of the resamples.

    Returns
    -------
    DataFrame
        ``group``, ``topic``, ``label``, ``stable``, ``share`` (0 to 1), ``low`` and ``high`` (95 % interval
        from resampling the group's articles, as wide as `stats.resampling.bounds_of` makes it; NaN with fewer than
        three), ``articles``. Articles without a group are left out.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(topic_articles, ["capture_id", "topic", "label", "stable", "share"], made_by="find_topics")
    grouped = with_group(articles, by)[["capture_id", "group"]].drop_duplicates("capture_id")
    rows = topic_articles.dropna(subset=["share"]).merge(grouped, on="capture_id")
    known = rows.drop_duplicates("topic").set_index("topic")
    wide = rows.pivot(index=["group", "capture_id"], columns="topic", values="share")
    tables = []
    for _, part in wide.groupby(level="group", sort=True):
        low, high = mean_interval(part.to_numpy(), seed)
        topic = known.loc[part.columns, ["label", "stable"]].reset_index()
        measured = topic.assign(share=part.mean().to_numpy(), low=low, high=high, articles=len(part))
        measured["group"] = part.index.get_level_values("group")[:1].repeat(len(part.columns))
        tables.append(measured)
    columns = ["group", "topic", "label", "stable", "share", "low", "high", "articles"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def term_rates(articles: pd.DataFrame, terms: list[str], by: str = "week", *, seed: int = 0) -> pd.DataFrame:
    """Give how often terms are used in each group of articles.

    Parameters
    ----------
    articles : DataFrame
        ``headline``, ``body`` and the column ``by``; ``status`` and ``language`` where there are any.
    terms : list of str
        Words or runs of words; case and plural do not matter.
    by : str
        A column of ``articles``, or a step of time for ``published``: "day", "week", "month", "quarter", "year".
    seed : int
        Of the resamples.

    Returns
    -------
    DataFrame
        ``group``, ``term``, ``count``, ``rate`` (per 1,000 words), ``low`` and ``high`` (95 % interval from
        resampling the group's articles, as wide as `stats.resampling.bounds_of` makes it; NaN with fewer than
        three; up to three occurrences where there is none, the "rule of three"), ``articles``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["headline", "body"], made_by="corpus.read_corpus")
    rows = with_group(comparable_articles(articles), by)
    counts, words = _count(rows, terms)
    groups = rows["group"].to_numpy()
    draw = np.random.default_rng(seed)
    found = []
    for group in sorted(set(groups)):
        here = np.flatnonzero(groups == group)
        sums = redrawn_sums(np.column_stack([counts, words])[here], DRAWS, draw)
        rates = 1000 * sums[:, :-1] / sums[:, -1:]
        total, length = counts[here].sum(axis=0), words[here].sum()
        rate = 1000 * total / length
        low = high = np.full(len(terms), np.nan)
        if len(here) >= FEWEST:
            low, high = bounds_of(rates, rate, len(here))
            low, high = low.clip(0), np.where(total == 0, 3000 / length, high).clip(max=1000)
        for place, term in enumerate(terms):
            found.append((group, term, int(total[place]), rate[place], low[place], high[place], len(here)))
    return pd.DataFrame(found, columns=["group", "term", "count", "rate", "low", "high", "articles"])


def group_keywords(
    keywords: pd.DataFrame, articles: pd.DataFrame, by: str | None = "outlet", *, top: int = 10
) -> pd.DataFrame:
    """Rank the keywords of groups by how many of their articles they are a keyword of.

    Parameters
    ----------
    keywords : DataFrame
        ``capture_id``, ``keyword``, as made by ``keyword_table``.
    articles : DataFrame
        ``capture_id`` and the column ``by``; ``status`` and ``language`` where there are any.
    by : str, optional
        A column of ``articles``, or a step of time; None takes all articles together.
    top : int
        The most keywords of a group.

    Returns
    -------
    DataFrame
        ``group``, ``rank``, ``keyword``, ``articles`` (that have it as a keyword), ``of`` (articles in the
        group), ``share``, ``low`` and ``high`` (Wilson's 95 % interval). Case and plural are one keyword.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(keywords, ["capture_id", "keyword"], made_by="keyword_table")
    rows = comparable_articles(articles)
    rows = with_group(rows, by) if by else rows.assign(group="all articles")
    of = rows.groupby("group")["capture_id"].nunique()
    met = keywords[["capture_id", "keyword"]].merge(rows[["capture_id", "group"]], on="capture_id")
    keys = {keyword: " ".join(map(singular, fold(keyword).split())) for keyword in met["keyword"].unique()}
    met["key"] = met["keyword"].map(keys)
    forms = met.groupby(["key", "keyword"], sort=False).size().sort_values(ascending=False, kind="stable")
    form = forms.reset_index("keyword")["keyword"].groupby(level=0).first()
    held = met.groupby(["group", "key"])["capture_id"].nunique().rename("articles").reset_index()
    held["keyword"] = held["key"].map(form)
    held["of"] = held["group"].map(of)
    held = held.sort_values(["group", "articles", "key"], ascending=[True, False, True], ignore_index=True)
    held["rank"] = held.groupby("group").cumcount() + 1
    share, low, high = wilson(held["articles"].to_numpy(float), held["of"].to_numpy(float))
    held = held.assign(share=share, low=low, high=high)
    columns = ["group", "rank", "keyword", "articles", "of", "share", "low", "high"]
    return held.loc[held["rank"] <= top, columns].reset_index(drop=True)


def wilson(hits: np.ndarray, of: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give a share with its 95 % interval.

    Notes
    -----
    Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
    """
    z = 1.959964
    share = hits / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    reach = z / (1 + z**2 / of) * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return share, middle - reach, middle + reach


def _count(rows: pd.DataFrame, terms: list[str]) -> tuple[np.ndarray, np.ndarray]:
    lexicon = Lexicon()
    wanted = [lexicon.stem(np.array(lexicon.read(term), np.int64)) for term in terms]
    counts, words = np.zeros((len(rows), len(terms))), np.zeros(len(rows))
    for place, article in enumerate(encode_articles(rows, lexicon)):
        read = read_words([article], lexicon)
        stem = lexicon.stem(read.token)
        words[place] = article.words
        for column, run in enumerate(wanted):
            if len(run) <= len(stem):
                windows = np.lib.stride_tricks.sliding_window_view(stem, len(run))
                counts[place, column] = (windows == run).all(axis=1).sum()
    return counts, words


def with_group(articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Add the column ``group``; rows without one are left out."""
    if by in STEPS and by not in articles:
        need_columns(articles, ["published"], made_by="corpus.read_corpus")
        dated = articles[articles["published"].notna()]
        return dated.assign(group=period_starts(dated["published"], by))
    need_columns(articles, [by], made_by="corpus.read_corpus")
    label = articles[by].astype("string").fillna("").str.strip()
    return articles.assign(group=label.astype(object))[label != ""]


def mean_interval(values: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the 95 % interval of mean shares, a column each, from resampling rows; NaN with fewer than three."""
    size = len(values)
    if size < FEWEST:
        return np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    means = redrawn_sums(values, DRAWS, np.random.default_rng(seed)) / size
    low, high = bounds_of(means, values.mean(axis=0), size)
    return low.clip(0, 1), high.clip(0, 1)
