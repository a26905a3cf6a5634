"""What a model may see of a text: five views, from a codebook's cues to plain letters."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from clipbook.framing.codebook import Codebook
from clipbook.framing.codebook_files import load_codebook, shipped_codebooks
from clipbook.framing.cues import CueFinder, Found

SENTENCE_ENDS = (". ", "! ", "? ", ".\n", "!\n", "?\n", "\n\n")
LEAD_REACH = 5  # sentences after which a sentence weighs half as much as the first
MOST_LETTER_GROUPS = 60_000
VIEWS = ("own cues", "all cues", "single cues", "words", "letters")
DENSE_VIEWS = frozenset({"own cues", "all cues"})


def companion_codebooks(codebook: Codebook) -> list[Codebook]:
    """Give a codebook together with the shipped ones of its language, which describe texts as well."""
    shipped = [load_codebook(name) for name in shipped_codebooks() if name != codebook.name]
    fitting = [book for book in shipped if codebook.language in ("", book.language)]
    return [codebook, *fitting]


def cue_profile(text: str, found: Found, frames: Sequence[str]) -> list[float]:
    """Describe how strongly each frame's cues colour a text.

    Parameters
    ----------
    text : str
        The text.
    found : Found
        Its cues.
    frames : sequence of str
        The frames, in the order of the result.

    Returns
    -------
    list of float
        Four numbers a frame: distinct cues over the square root of words, hits per 100 words,
        share of sentences with a cue, and that share with early sentences weighing more.
    """
    ends = sorted(place for end in SENTENCE_ENDS for place in _places(text, end))
    weights = [1 / (1 + i / LEAD_REACH) for i in range(len(ends) + 1)]
    words = max(found.words, 1)
    profile: list[float] = []
    for frame in frames:
        mine = [hit for hit in found.hits if hit.frame == frame]
        sentences = {bisect_left(ends, hit.start) for hit in mine}
        profile += [
            len({hit.cue for hit in mine}) / math.sqrt(words),
            100 * len(mine) / words,
            len(sentences) / len(weights),
            sum(weights[i] for i in sorted(sentences)) / sum(weights),
        ]
    return profile


class TextReader:
    """Turns texts into raw counts; the vocabulary of words and letters is learned once by `fit`."""

    def __init__(self, codebook: Codebook) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        self.finders = [CueFinder(book) for book in companion_codebooks(codebook)]
        self.own = 4 * len(codebook.frames)
        cues = [
            (number, frame.name, cue.pattern)
            for number, finder in enumerate(self.finders)
            for frame in finder.codebook.frames
            for cue in frame.cues
        ]
        self.column = {cue: i for i, cue in enumerate(cues)}
        plain = {"strip_accents": "unicode", "dtype": np.float64}
        self.words = CountVectorizer(
            ngram_range=(1, 2), min_df=2, token_pattern=r"(?u)\b\w[\w'’-]*\b", **plain
        )
        self.letters = CountVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), min_df=3, max_features=MOST_LETTER_GROUPS, **plain
        )

    def fit(self, texts: Sequence[str]) -> list[Any]:
        """Learn the vocabulary of texts and read them; see `read`."""
        return [*self._cue_views(texts), self.words.fit_transform(texts), self.letters.fit_transform(texts)]

    def read(self, texts: Sequence[str]) -> list[Any]:
        """Give the views of `VIEWS` as matrices with one row a text: cue profiles and counts."""
        return [*self._cue_views(texts), self.words.transform(texts), self.letters.transform(texts)]

    def _cue_views(self, texts: Sequence[str]) -> list[Any]:
        from scipy.sparse import csr_matrix

        profiles = np.zeros((len(texts), 4 * sum(len(f.codebook.frames) for f in self.finders)))
        rows, columns, counts = [], [], []
        for i, text in enumerate(texts):
            profile: list[float] = []
            for number, finder in enumerate(self.finders):
                found = finder.find(text)
                profile += cue_profile(text, found, finder.codebook.frame_names)
                tally = Counter(self.column[number, hit.frame, hit.cue] for hit in found.hits)
                rows += [i] * len(tally)
                columns += list(tally)
                counts += list(tally.values())
            profiles[i] = profile
        shape = (len(texts), len(self.column))
        single = csr_matrix((np.array(counts, dtype=float), (rows, columns)), shape=shape)
        return [profiles[:, : self.own], profiles, single]


def scaler_of(view: str) -> Any:
    """Give what brings a view to a common scale: standard scores, or TF-IDF with damped counts."""
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import StandardScaler

    return StandardScaler() if view in DENSE_VIEWS else TfidfTransformer(sublinear_tf=True)


def _places(text: str, part: str) -> list[int]:
    places, at = [], text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + len(part))
    return places
