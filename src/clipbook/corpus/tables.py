"""Articles as the two tables that every measure starts from, and the corpus from paths in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clipbook.captures import Limits, find_files, passed_over, read_file
from clipbook.corpus.duplicates import mark_duplicates
from clipbook.corpus.metadata import Known, add_metadata, find_metadata, read_metadata
from clipbook.corpus.settle import settle
from clipbook.corpus.stated import further_columns, line_fixes_near, read_article, with_line_fixes
from clipbook.records import Article
from clipbook.schema import TableError, columns_of, kinds_of, need_columns, written_in
from clipbook.text.words import words_of

ARTICLE_COLUMNS = columns_of("articles")
LINE_COLUMNS = columns_of("lines")


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
    rows = [(article.capture_id, *line) for article in articles for line in article.lines]
    return pd.DataFrame(rows, columns=list(LINE_COLUMNS)).astype(kinds_of("lines", LINE_COLUMNS))


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


_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables that hold what was read, and what the researcher should know about the reading."""

    articles: pd.DataFrame
    lines: pd.DataFrame
    notes: tuple[str, ...] = ()
    metadata: Path | None = None  # the file of what the researcher knows of them


def read_corpus(
    paths: Iterable[Path | str] | Path | str,
    *,
    metadata: Path | str | None = None,
    limits: Limits = _DEFAULT,
) -> Corpus:
    """Read captures, set their clutter aside, and mark copies.

    Parameters
    ----------
    paths : path or iterable of paths
        Files and folders of captures.
    metadata : Path, optional
        A CSV with a column ``source_file`` and what the researcher knows of each capture (``outlet``,
        ``published``, ``url``, any other columns). Without it, ``captures.csv`` in a folder given or
        ``<folder>.csv`` beside it is used, if there is one.
    limits : Limits
        Bounds on what is read.

    Returns
    -------
    Corpus
        ``articles``, one row a capture, sorted by ``capture_id``, and ``lines``, one row a captured
        line. Articles that are copies of another have the status "duplicate" and name it.

    Raises
    ------
    FileNotFoundError
        If a path does not exist.
    MetadataError
        If the metadata is contradictory or a date in it cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "harbour.txt").write_text("The harbour stays shut until spring.")
    ...     read_corpus(folder).articles["capture_id"].tolist()
    ['harbour']
    """
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    stated = Path(metadata) if metadata is not None else find_metadata(given)
    known = read_metadata(stated) if stated is not None else None
    fixes = line_fixes_near(given)
    articles: list[Article] = []
    further: list[Known] = []
    passed: Counter[str] = Counter()
    for found in find_files(given, passed):
        for capture in read_file(found, limits=limits):
            articles.append(with_line_fixes(read_article(capture), fixes))
            if columns := further_columns(capture):
                further.append(Known(0, capture.capture_id, dict(columns)))
    articles.sort(key=lambda article: article.capture_id)
    table, _ = add_metadata(article_table(articles), further, required=False)
    notes = tuple(filter(None, [passed_over(passed)]))
    if known is not None:
        table, more = add_metadata(table, known, required=metadata is not None)
        notes += more
    settled = settle(table)
    table[settled.columns] = settled
    return Corpus(mark_duplicates(table), line_table(articles), notes, stated)
