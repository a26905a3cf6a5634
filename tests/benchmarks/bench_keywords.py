"""How many times faster than YAKE and RAKE, in one run, on the same texts, the three taken in turns."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from clipbook.keywords import keyword_table, stop_words

_CLOSED = ("article", "determiner", "preposition", "to", "conjunction", "pronoun", "auxiliary", "adverb")
_SYLLABLES = (
    "ba",
    "cor",
    "den",
    "fil",
    "gra",
    "hul",
    "jen",
    "kro",
    "lim",
    "mar",
    "nol",
    "pre",
    "sta",
    "tur",
    "vek",
)


def invented_stories(number: int = 200, words: int = 500) -> pd.DataFrame:
    """Stories of invented words drawn by Zipf's law, half of each text function words, as in English."""
    draw = random.Random(0)
    closed = [word for word, kind in stop_words().items() if kind in _CLOSED]
    made = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(20_000)]
    ranks = np.random.default_rng(0).zipf(1.3, number * words) % len(made)
    bodies = []
    for start in range(0, number * words, words):
        topic = draw.choices(made, k=30)
        tokens: list[str] = []
        for rank in ranks[start : start + words].tolist():
            kind = draw.random()
            tokens.append(
                draw.choice(closed) if kind < 0.5 else draw.choice(topic) if kind < 0.7 else made[rank]
            )
        for place in range(0, words, 11):
            tokens[place] = tokens[place].title()
        for place in range(10, words, 21):
            tokens[place] += ".\n\n" if place % 4 == 0 else "."
        bodies.append(" ".join(tokens))
    ids = [f"a{n}" for n in range(number)]
    return pd.DataFrame({"capture_id": ids, "headline": [b[:60] for b in bodies], "body": bodies})


def bench(cache: Path, articles: pd.DataFrame | None = None) -> list[dict[str, Any]]:
    """Time the three in turns, half of the articles at a time, so that a busy machine slows all alike."""
    import yake
    from rake_nltk import Rake

    stories = invented_stories() if articles is None else articles
    texts = (stories["headline"] + "\n" + stories["body"]).tolist()
    yakes = yake.KeywordExtractor(lan="en", n=3, top=10)
    rakes = Rake(
        stopwords=list(stop_words()), sentence_tokenizer=lambda t: t.split("."), word_tokenizer=str.split
    )
    (
        keyword_table(stories.head(1)),
        yakes.extract_keywords(texts[0]),
        rakes.extract_keywords_from_text(texts[0]),
    )
    spent = {"clipbook phrases": 0.0, "clipbook words": 0.0, "yake": 0.0, "rake-nltk": 0.0}

    def timed(name: str, run: Any) -> None:
        begun = time.perf_counter()
        run()
        spent[name] += time.perf_counter() - begun

    for part in np.array_split(np.arange(len(stories)), 2):
        some, rows = [texts[i] for i in part], stories.iloc[part]
        timed("clipbook phrases", lambda rows=rows: keyword_table(rows))
        timed("clipbook words", lambda rows=rows: keyword_table(rows, "words"))
        timed("yake", lambda some=some: [yakes.extract_keywords(text) for text in some])
        timed("rake-nltk", lambda some=some: [rakes.extract_keywords_from_text(text) for text in some])
    rate = {name: len(stories) / seconds for name, seconds in spent.items()}
    return [
        {
            "what": f"keywords, {ours.split()[1]}, {len(stories)} stories",
            "against": peer,
            "ratio": rate[ours] / rate[peer],
            "docs_per_second": rate[ours],
            "peer_docs_per_second": rate[peer],
        }
        for ours in ("clipbook phrases", "clipbook words")
        for peer in ("yake", "rake-nltk")
    ]
