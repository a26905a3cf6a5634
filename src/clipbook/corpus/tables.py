"""Articles as the two tables that every measure starts from."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from clipbook.records import Article
from clipbook.schema import TableError, kinds_of, need_columns, written_in
from clipbook.text.words import words_of

ARTICLE_COLUMNS = (
    "capture_id", "source_file", "format", "outlet", "headline", "standfirst", "authors", "published",
    "published_zone", "published_from", "updated", "section", "url", "language", "paywalled", "body", "words", "kept_share",
    "status", "duplicate_of", "notes", "sha256", "outlet_from", "outlet_maybe",
)  # fmt: skip
LINE_COLUMNS = ("capture_id", "line", "role", "kept", "reason", "text")


def article_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Give one row an article.

    Parameters
    ----------
    articles : iterable of Article
        As parsed.

    Returns
    -------
    DataFrame
        ``capture_id``, ``source_file``, ``format``, ``outlet``, ``headline``, ``standfirst``,
        ``authors`` (joined by "; "), ``published`` and ``updated`` (datetime, the wall clock that the
        page shows; NaT if it shows none), ``published_zone``, ``published_from`` (what states the date, with its words), ``section``, ``url``, ``language``,
        ``paywalled`` (bool), ``body``, ``words`` (words in the body), ``kept_share`` (0 to 1, words kept
        of words captured; NaN for a failed capture), ``status`` (ok, thin, failed), ``duplicate_of``
        (empty until duplicates are sought), ``notes`` (joined by "; ") and ``sha256``. Missing text is "".
    """
    rows = [
        {
            **{name: getattr(article, name) for name in ARTICLE_COLUMNS if hasattr(article, name)},
            "authors": "; ".join(article.authors),
            "notes": "; ".join(article.notes),
            "words": len(words_of(article.body).word),
            "duplicate_of": "",
        }
        for article in articles
    ]
    table = pd.DataFrame(rows, columns=list(ARTICLE_COLUMNS))
    return table.astype(kinds_of("articles", table.columns))


def line_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Give one row a captured line.

    Returns
    -------
    DataFrame
        ``capture_id``, ``line`` (counted from 1), ``role``, ``kept`` (bool), ``reason``, ``text``.
    """
    table = pd.DataFrame(line_rows(articles), columns=list(LINE_COLUMNS))
    return table.astype(kinds_of("lines", LINE_COLUMNS))


def line_rows(articles: Iterable[Article]) -> list[tuple[object, ...]]:
    """Give the rows of :func:`line_table`."""
    return [
        (article.capture_id, line.line, line.role, line.kept, line.reason, line.text)
        for article in articles
        for line in article.lines
    ]


def comparable(articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the articles that comparisons use: read well, long enough, and no copy of another.

    Parameters
    ----------
    articles : DataFrame
        With ``status``.

    Returns
    -------
    DataFrame
        The rows whose ``status`` is "ok", with their index.
    """
    need_columns(articles, ["status"], made_by="corpus.read_corpus")
    return articles[articles["status"] == "ok"]


def as_articles(texts: pd.DataFrame | str | Iterable[str]) -> pd.DataFrame:
    """Take a table of articles as it is, and make one of a text or a list of texts.

    Parameters
    ----------
    texts : DataFrame, str or iterable of str
        Articles, or plain texts without headline.

    Returns
    -------
    DataFrame
        ``capture_id`` ("1", "2", ...), ``headline`` (""), ``body``, ``language`` as detected.

    Raises
    ------
    TableError
        If something in the list is no text, or two rows of the table have one ``capture_id``.

    Examples
    --------
    >>> as_articles(["It leaks.", "It rained."])["capture_id"].tolist()
    ['1', '2']
    """
    if isinstance(texts, pd.DataFrame):
        if "capture_id" in texts and (again := texts["capture_id"].duplicated()).any():
            raise TableError(
                f"The capture_id {texts.loc[again, 'capture_id'].iloc[0]} stands in several rows, so that what is found in one "
                "would count for another; give each article its own."
            )
        return texts
    from clipbook.article.language import language_of

    bodies = list(texts) if isinstance(texts, Iterable) and not isinstance(texts, str) else [texts]
    if wrong := next((type(body).__name__ for body in bodies if not isinstance(body, str)), ""):
        raise TableError(
            f"A value of type {wrong} is no text{' (an empty cell?)' if wrong == 'float' else ''}. "
            "Give a table of articles, a text, or a list of texts."
        )
    ids = [str(number) for number in range(1, len(bodies) + 1)]
    columns = {"capture_id": ids, "headline": "", "body": bodies, "language": list(map(language_of, bodies))}
    return pd.DataFrame(columns).astype("str")


def with_compared(articles: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """Say of every article whether comparisons use it, and why not.

    Parameters
    ----------
    articles : DataFrame
        With ``status``, ``duplicate_of``, ``language``.
    language : str
        ISO 639-1, of the articles that a measure can read; "" for any.

    Returns
    -------
    DataFrame
        With ``compared`` (bool) and ``left_out``: "" or the reason.
    """
    need_columns(articles, ["status", "duplicate_of", "language"], made_by="corpus.read_corpus")
    why = articles["status"].map({"failed": "not read", "thin": "too few words"}).fillna("").astype("str")
    why = why.mask(articles["status"] == "duplicate", "a copy of " + articles["duplicate_of"])
    other = (why == "") & ~written_in(articles, language)
    why = why.mask(other, "in another language: " + articles["language"])
    return articles.assign(compared=why == "", left_out=why)


def drawn(articles: pd.DataFrame, most: int, *, seed: int = 0) -> pd.DataFrame:
    """Draw articles at random where there are more than so many, for what reads every word anew.

    Parameters
    ----------
    articles : DataFrame
        Any table with one row an article.
    most : int
        How many are wanted at most.
    seed : int
        Of the draw.

    Returns
    -------
    DataFrame
        All rows, or ``most`` of them drawn without replacement; in their order, with their index.

    Raises
    ------
    ValueError
        If ``most`` is below 1.
    """
    if most < 1:
        raise ValueError(f"At least 1 article is needed, not {most}.")
    return articles if len(articles) <= most else articles.sample(most, random_state=seed).sort_index()
