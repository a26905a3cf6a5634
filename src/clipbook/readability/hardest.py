"""The hardest sentences of an article, for the reading view and for the desk."""

from __future__ import annotations

import pandas as pd

from clipbook.readability.counting import count_sentences, running_sentences, totals
from clipbook.readability.languages import formulas_for
from clipbook.readability.word_lists import dale_chall_words, familiar
from clipbook.sentences import words_within
from clipbook.tables import need_columns

FEWEST_WORDS = 5  # in shorter sentences one long word is already a fifth


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
        ``lix`` of the sentence (its words + the per cent of them longer than six letters: Björnsson 1968);
        ``words``; ``long_words``; ``hard_words`` (the long words that are not on the list of Dale and Chall,
        "; "-joined; "" in other languages). Headings and sentences under five words are left out.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus()")
    lix = next(formula for formula in formulas_for("en") if formula.measure == "lix")
    languages = articles["language"] if "language" in articles else [""] * len(articles)
    found: list[tuple[object, ...]] = []
    for capture_id, body, language in zip(articles["capture_id"], articles["body"], languages, strict=True):
        spans = running_sentences(body)
        counts = totals(count_sentences(body, spans, "en"))
        scored = sorted(
            (
                (-score, span, int(words), int(long_words))
                for score, span, words, long_words in zip(
                    lix.compute(counts), spans, counts.words, counts.long_words, strict=True
                )
                if words >= FEWEST_WORDS
            )
        )
        for rank, (score, (start, end), words, long_words) in enumerate(scored[:most], 1):
            text = body[start:end]
            hard = _hard_words(text) if language in ("", "en") else ""
            found.append((capture_id, rank, start, end, text, -score, words, long_words, hard))
    return pd.DataFrame(
        found,
        columns=["capture_id", "rank", "start", "end", "text", "lix", "words", "long_words", "hard_words"],
    )


def _hard_words(text: str) -> str:
    listed = dale_chall_words()
    long_words = (word for word in words_within(text) if sum(map(str.isalpha, word)) > 6)
    return "; ".join(
        dict.fromkeys(word for word in long_words if not familiar(word.lower().replace("’", "'"), listed))
    )
