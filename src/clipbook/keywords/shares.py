"""Terms and topics by outlet and over time, with intervals over articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.keywords.ranking import words_in
from clipbook.keywords.terms import comparable_articles
from clipbook.keywords.tokens import fold, singular
from clipbook.keywords.words import encode
from clipbook.schema import need_columns
from clipbook.stats.differences import Counted, between_shares, differences, group_values
from clipbook.stats.intervals import wilson
from clipbook.stats.periods import STEPS, changes, period_starts


def topic_shares(topic_articles: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Give each topic's mean share of the articles of a group.

    Parameters
    ----------
    topic_articles : DataFrame
        ``capture_id``, ``topic``, ``label``, ``stable``, ``share``: ``find_topics(...).articles``.
    articles : DataFrame
        ``capture_id`` and the column ``by``.
    by : str
        A column of ``articles``, or a step of time for ``published``: "day", "week", "month", "quarter", "year".

    Returns
    -------
    DataFrame
        ``group``, ``topic``, ``label``, ``stable``, ``share`` (0 to 1), ``low`` and ``high`` (95 %, as from
        `stats.differences.group_values`), ``articles``. Articles without a group are left out.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> topics = pd.DataFrame({"capture_id": ["a", "d"], "topic": 1, "label": "sea", "stable": True, "share": [0.2, 0.4]})
    >>> topic_shares(topics, articles)[["group", "share"]].values.tolist()
    [['Moor', 0.4], ['Quay', 0.2]]
    """
    counted, rows = _topics(topic_articles, with_group(articles, by))
    table = group_values(counted, rows["group"]).rename(columns={"outcome": "topic", "value": "share"})
    known = topic_articles.drop_duplicates("topic").set_index("topic")[["label", "stable"]]
    table = table.assign(**{name: table["topic"].map(known[name]) for name in ("label", "stable")})
    table["high"] = table["high"].clip(upper=1)
    return table[["group", "topic", "label", "stable", "share", "low", "high", "articles"]]


def topic_contrasts(
    topic_articles: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet", *, seed: int = 0
) -> pd.DataFrame:
    """Compare the shares of the stable topics between every two groups of articles.

    Parameters
    ----------
    topic_articles, articles, by
        As for `topic_shares`.
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        As from `stats.differences.differences`, ``outcome`` being called ``label``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    counted, rows = _topics(topic_articles, with_group(articles, by), stable=True)
    return _labelled(differences(counted, rows["group"], seed=seed), topic_articles)


def topic_changes(
    topic_articles: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet", *, seed: int = 0
) -> pd.DataFrame:
    """Give the change of the stable topics' shares over time, within groups.

    Parameters
    ----------
    topic_articles, articles, by, seed
        As for `topic_contrasts`; ``articles`` with ``published``.

    Returns
    -------
    DataFrame
        As from `stats.periods.changes`, ``outcome`` being called ``label``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "published", by], made_by="corpus.read_corpus")
    counted, rows = _topics(topic_articles, articles, stable=True)
    return _labelled(changes(counted, rows["published"], rows[by].fillna(""), seed=seed), topic_articles)


def _topics(
    topic_articles: pd.DataFrame, articles: pd.DataFrame, *, stable: bool = False
) -> tuple[Counted, pd.DataFrame]:
    """Articles by topics, all or the stable ones, and the articles' rows in that order."""
    need_columns(topic_articles, ["capture_id", "topic", "label", "stable", "share"], made_by="find_topics")
    own = articles.drop_duplicates("capture_id").set_index("capture_id")
    measured = topic_articles[topic_articles["stable"].astype(bool)] if stable else topic_articles
    measured = measured[measured["share"].notna() & measured["capture_id"].isin(own.index)]
    wide = measured.pivot(index="capture_id", columns="topic", values="share")
    return Counted(list(wide.columns), wide.to_numpy(float), np.ones(len(wide))), own.loc[wide.index]


def _labelled(tests: pd.DataFrame, topic_articles: pd.DataFrame) -> pd.DataFrame:
    """Call topics by their labels in a table of comparisons of their shares."""
    labels = topic_articles.drop_duplicates("topic").set_index("topic")["label"]
    return between_shares(
        tests.assign(outcome=tests["outcome"].map(labels)).rename(columns={"outcome": "label"})
    )


def term_rates(articles: pd.DataFrame, terms: list[str], by: str = "week") -> pd.DataFrame:
    """Give how often terms are used in each group of articles.

    Parameters
    ----------
    articles : DataFrame
        ``headline``, ``body`` and the column ``by``; ``status`` and ``language`` where there are any.
    terms : list of str
        Words or runs of words; case and plural do not matter.
    by : str
        A column of ``articles``, or a step of time for ``published``: "day", "week", "month", "quarter", "year".

    Returns
    -------
    DataFrame
        ``group``, ``term``, ``count``, ``rate`` (per 1,000 words), ``low`` and ``high`` (95 %, as from
        `stats.differences.group_values`; up to three occurrences where there is none, the "rule of three"),
        ``articles``.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The ferry sank in the harbour."] * 3 + ["The council met about money."] * 3
    >>> articles = articles.assign(headline="", body=bodies, language="en", published=pd.Timestamp("2026-03-02"))
    >>> term_rates(articles, ["council"], by="month")["rate"].round(1).tolist()  # three times in 33 words
    [90.9]
    """
    need_columns(articles, ["headline", "body"], made_by="corpus.read_corpus")
    rows = with_group(comparable_articles(articles), by)
    counted = count_in_articles(rows, terms)
    table = group_values(counted, rows["group"]).rename(columns={"outcome": "term"})
    length = pd.Series(counted.below).groupby(rows["group"].to_numpy()).sum()
    words = table["group"].map(length)
    absent = (table["value"] == 0) & table["high"].notna()
    return table.assign(
        count=(table["value"] * words).round().astype(int), rate=1000 * table["value"], low=1000 * table["low"],
        high=(1000 * table["high"]).mask(absent, 3000 / words).clip(upper=1000),
    )[["group", "term", "count", "rate", "low", "high", "articles"]]  # fmt: skip


def term_changes(
    articles: pd.DataFrame, terms: list[str], by: str = "outlet", *, seed: int = 0
) -> pd.DataFrame:
    """Give the change of terms' rates over time, within groups.

    Parameters
    ----------
    articles : DataFrame
        As for `term_rates`, with ``published``.
    terms : list of str
        As for `term_rates`; all that are looked at, since they are one family.
    by : str
        The column of groups.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        As from `stats.periods.changes`, in occurrences per 1,000 words, ``outcome`` being called ``term``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["headline", "body", "published", by], made_by="corpus.read_corpus")
    rows = comparable_articles(articles)
    counted = count_in_articles(rows, terms)
    thousands = Counted(terms, counted.above, counted.below / 1000)
    found = changes(thousands, rows["published"], rows[by].fillna(""), seed=seed)
    return found.rename(columns={"outcome": "term"})


def group_keywords(
    keywords: pd.DataFrame, articles: pd.DataFrame, by: str | None = "outlet", *, top: int = 10
) -> pd.DataFrame:
    """Rank the keywords of groups by how many of their articles they are a keyword of.

    Parameters
    ----------
    keywords : DataFrame
        ``capture_id``, ``keyword``, as made by ``keyword_table``; by ``rank``, the higher in the articles the better, stand
        those that as many articles have.
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

    Examples
    --------
    >>> found = pd.DataFrame({"capture_id": ["a", "b"], "rank": [1, 1], "keyword": ["ferry", "ferry"], "kind": "theme"})
    >>> articles = pd.DataFrame({"capture_id": ["a", "b"], "outlet": ["Quay"] * 2, "headline": "", "body": "A ferry."})
    >>> group_keywords(found, articles, by="outlet")[["keyword", "articles", "share"]].values.tolist()
    [['ferry', 2, 1.0]]
    """
    need_columns(keywords, ["capture_id", "keyword"], made_by="keyword_table")
    rows = comparable_articles(articles)
    rows = with_group(rows, by) if by else rows.assign(group="all articles")
    of = rows.groupby("group")["capture_id"].nunique()
    score = 1 / keywords["rank"] if "rank" in keywords else 1.0
    scored = keywords[["capture_id", "keyword"]].assign(score=score)
    met = scored.merge(rows[["capture_id", "group"]], on="capture_id")
    keys = {keyword: " ".join(map(singular, fold(keyword).split())) for keyword in met["keyword"].unique()}
    met["key"] = met["keyword"].map(keys)
    forms = met.groupby(["key", "keyword"], sort=False).size().sort_values(ascending=False, kind="stable")
    form = forms.reset_index("keyword")["keyword"].groupby(level=0).first()
    by_key = met.groupby(["group", "key"], as_index=False)
    held = by_key.agg(articles=("capture_id", "nunique"), score=("score", "sum"))
    held["keyword"] = held["key"].map(form)
    held["of"] = held["group"].map(of)
    order = ["group", "articles", "score", "key"]
    held = held.sort_values(order, ascending=[True, False, False, True], ignore_index=True)
    held["rank"] = held.groupby("group").cumcount() + 1
    share, low, high = wilson(held["articles"].to_numpy(float), held["of"].to_numpy(float))
    held = held.assign(share=share, low=low, high=high)
    columns = ["group", "rank", "keyword", "articles", "of", "share", "low", "high"]
    return held.loc[held["rank"] <= top, columns].reset_index(drop=True)


def count_in_articles(rows: pd.DataFrame, terms: list[str]) -> Counted:
    """Count terms in each article, and the articles' words."""
    encoded = encode(rows["headline"], rows["body"])
    lexicon = encoded.lexicon
    wanted = [lexicon.stem(np.array(lexicon.read(term), np.int64)) for term in terms]
    counts = np.zeros((len(rows), len(terms)))
    for place, token in enumerate(encoded.token):
        stem = lexicon.stem(token)
        for column, run in enumerate(wanted):
            if len(run) <= len(stem):
                windows = np.lib.stride_tricks.sliding_window_view(stem, len(run))
                counts[place, column] = (windows == run).all(axis=1).sum()
    return Counted(terms, counts, words_in(rows).astype(float))


def with_group(articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Add the column ``group``; rows without one are left out."""
    if by in STEPS and by not in articles:
        need_columns(articles, ["published"], made_by="corpus.read_corpus")
        dated = articles[articles["published"].notna()]
        return dated.assign(group=period_starts(dated["published"], by))
    need_columns(articles, [by], made_by="corpus.read_corpus")
    label = articles[by].astype("string").fillna("").str.strip()
    return articles.assign(group=label.astype(object))[label != ""]
