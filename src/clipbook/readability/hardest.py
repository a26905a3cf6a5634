"""The hardest sentences of an article, for the reading view and for the desk."""

from __future__ import annotations

import pandas as pd

from clipbook.readability.counting import count_sentences, running_sentences, totals
from clipbook.readability.word_lists import dale_chall_words, familiar
from clipbook.schema import need_columns
from clipbook.text.words import words_of

COLUMNS = ["capture_id", "rank", "start", "end", "text", "long_words", "words", "hard_words"]


def hardest_sentences(articles: pd.DataFrame, *, most: int = 5) -> pd.DataFrame:
    """Find the sentences of each article that are hardest to read.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id`` and ``body``; ``language`` where present.
    most : int
        Sentences an article.

    Returns
    -------
    DataFrame
        ``capture_id``; ``rank`` (1 is hardest); ``start`` and ``end`` (code points into ``body``); ``text``;
        ``long_words`` (longer than six letters), which is the RIX of the sentence and ranks it (Anderson
        1983); ``words``, which breaks ties; ``hard_words`` (the long words that are not on the list of Dale
        and Chall, "; "-joined; "" in other languages). Headings are left out.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> page = pd.DataFrame({"capture_id": ["a"], "body": ["It rained. Parliamentary representatives deliberated extensively."]})
    >>> hardest_sentences(page)["text"].iloc[0]
    'Parliamentary representatives deliberated extensively.'
    """
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus()")
    languages = articles["language"] if "language" in articles else [""] * len(articles)
    found: list[tuple[object, ...]] = []
    for capture_id, body, language in zip(articles["capture_id"], articles["body"], languages, strict=True):
        spans = running_sentences(body)
        counts = totals(count_sentences(body, spans, "en"))
        ranked = sorted(zip(-counts.long_words, -counts.words, spans, strict=True))
        for rank, (long_words, words, (start, end)) in enumerate(ranked[:most], 1):
            text = body[start:end]
            hard = _hard_words(text) if language in ("", "en") else ""
            found.append((capture_id, rank, start, end, text, int(-long_words), int(-words), hard))
    return pd.DataFrame(found, columns=COLUMNS)


def _hard_words(text: str) -> str:
    listed = dale_chall_words()
    long_words = (word for word in words_of(text).word if sum(map(str.isalpha, word)) > 6)
    return "; ".join(
        dict.fromkeys(word for word in long_words if not familiar(word.lower().replace("’", "'"), listed))
    )
