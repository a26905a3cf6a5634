"""A term in its places: keyword in context."""

from __future__ import annotations

import re

import pandas as pd

from clipbook.keywords.search import in_context
from clipbook.schema import need_columns


def concordance(articles: pd.DataFrame, term: str, *, width: int = 60) -> pd.DataFrame:
    """List every place where a term stands, with what is said before and after it.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``body``; ``outlet`` where there is one is carried along.
    term : str
        A word or a run of words. Case does not matter, nor do the kind of apostrophe and how the words are spaced; a plural ending on
        the last word is found too.
    width : int
        The most characters of context on either side; it does not reach past the paragraph.

    Returns
    -------
    DataFrame
        One row an occurrence, in the order of the articles: ``capture_id``, ``outlet``, ``start`` and ``end``
        (code points into the body), ``left``, ``match``, ``right``, ``sentence`` (the whole sentence).

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If the term has no words.

    Examples
    --------
    >>> page = pd.DataFrame({"capture_id": ["a"], "outlet": ["Quay"], "headline": [""], "body": ["The old ferry sank."]})
    >>> concordance(page, "ferry")[["left", "match", "right"]].values.tolist()
    [['The old ', 'ferry', ' sank.']]
    """
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus")
    pattern = _pattern(term)
    outlets = articles["outlet"] if "outlet" in articles else pd.Series("", index=articles.index)
    rows = [
        (capture, outlet, *match.span(), *in_context(body, *match.span(), width))
        for capture, outlet, body in zip(articles["capture_id"], outlets, articles["body"], strict=True)
        for match in pattern.finditer(body)
    ]
    columns = ["capture_id", "outlet", "start", "end", "left", "match", "right", "sentence"]
    return pd.DataFrame(rows, columns=columns)


def _pattern(term: str) -> re.Pattern[str]:
    words = term.split()
    if not words:
        raise ValueError("There is no word in the term to look for.")
    run = re.sub("['’]", "['’]", r"\s+".join(map(re.escape, words)))
    return re.compile(rf"(?<!\w){run}(?:s|es)?(?!\w)", re.IGNORECASE)
