"""What a model may see of a text: five views, from a codebook's cues to plain letters."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
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
    ends = sorted(found.start() for end in SENTENCE_ENDS for found in re.finditer(re.escape(end), text))
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


# What each model sees: the own cues, the letters, and everything at once, by these weights.
EVERYTHING = {"letters": 1.0, "words": 1.0, "single cues": 0.7, "all cues": 0.03}
STRENGTHS = {"own cues": 0.01, "letters": 10.0, "everything": 10.0}  # C of the logistic regressions
PENALTIES = {"own cues": 300.0, "letters": 1.0, "everything": 1.5}  # of the ridge regressions
WEIGHT_PENALTY = 0.002
FOLDS = 5


def folds(rows: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Split rows at random into parts: each part once with all the others."""
    order = np.random.default_rng(seed).permutation(rows)
    for part in np.array_split(order, min(FOLDS, rows)):
        held = np.sort(part)
        yield np.setdiff1d(np.arange(rows), held), held


class ViewModels:
    """Linear models that each see a blend of views.

    Logistic regressions (classes balanced) learn whether a frame is present. Where codes are
    graded, because several questions or coders were asked, ridge regressions learn the grade
    as well: it says more about a text than yes or no.

    Parameters
    ----------
    views : sequence of matrices
        Of texts, as from `TextReader`.
    codes, grades : array of shape (texts, frames)
        True or False, and 0 to 1.
    """

    def __init__(self, views: Sequence[Any], codes: np.ndarray, grades: np.ndarray) -> None:
        from sklearn.linear_model import Ridge

        self._scalers = [scaler_of(name).fit(view) for name, view in zip(VIEWS, views, strict=True)]
        self._models: list[tuple[str, list[Any]]] = []
        for name, numbers in self._blends(views).items():
            self._models.append((name, [_logistic(STRENGTHS[name], numbers, column) for column in codes.T]))
            if not np.array_equal(codes.astype(float), grades):
                ridges = [Ridge(alpha=PENALTIES[name]).fit(numbers, column) for column in grades.T]
                self._models.append((name, ridges))

    def scores(self, views: Sequence[Any]) -> np.ndarray:
        """Score texts: texts by frames by models."""
        seen = self._blends(views)
        found = [
            np.stack([_apply(each, seen[name]) for each in models], axis=1) for name, models in self._models
        ]
        return np.stack(found, axis=2)

    def _blends(self, views: Sequence[Any]) -> dict[str, Any]:
        from scipy.sparse import csr_matrix, hstack

        seen = zip(VIEWS, self._scalers, views, strict=True)
        scaled = {name: scaler.transform(view) for name, scaler, view in seen}
        everything = [csr_matrix(scaled[name]) * weight for name, weight in EVERYTHING.items()]
        return {name: scaled[name] for name in ("own cues", "letters")} | {
            "everything": hstack(everything).tocsr()
        }


class TextModels:
    """The models with the reader of their texts."""

    def __init__(self, codebook: Codebook) -> None:
        self._reader = TextReader(codebook)

    def learn(self, texts: Sequence[str], codes: np.ndarray, grades: np.ndarray, seed: int) -> np.ndarray:
        """Learn, and score each coded text by models that have not seen its codes (texts by frames by models)."""
        views = self._reader.fit(texts)
        self._models = ViewModels(views, codes, grades)
        found = self._models.scores(views)
        for learn, held in folds(len(codes), seed):
            models = ViewModels([view[learn] for view in views], codes[learn], grades[learn])
            found[held] = models.scores([view[held] for view in views])
        return found

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Score texts: texts by frames by models."""
        return self._models.scores(self._reader.read(texts))


def view_weights(scores: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Weigh the models by how much each adds, all frames together.

    Parameters
    ----------
    scores : ndarray
        Texts by frames by models, out of fold, on a common scale.
    codes : ndarray
        Texts by frames, True or False.

    Returns
    -------
    ndarray
        One weight a model, none below 0: a logistic regression over all frames with one
        intercept a frame. Sharing the weights keeps them steady with few codes.
    """
    from scipy.optimize import minimize

    models = scores.shape[2]
    wanted = codes.astype(float)
    rate = (wanted.sum(axis=0) + 0.5) / (len(wanted) + 1)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        weights, intercepts = parameters[:models], parameters[models:]
        logits = scores @ weights + intercepts
        error = 1 / (1 + np.exp(-np.clip(logits, -30, 30))) - wanted
        value = (np.logaddexp(0, logits) - wanted * logits).mean() + WEIGHT_PENALTY * (weights**2).sum()
        by_weight = np.einsum("ijk,ij->k", scores, error) / wanted.size + 2 * WEIGHT_PENALTY * weights
        return value, np.concatenate([by_weight, error.sum(axis=0) / wanted.size])

    start = np.concatenate([np.full(models, 1 / models), np.log(rate / (1 - rate))])
    bounds = [(0, None)] * models + [(None, None)] * len(rate)
    best = minimize(loss, start, jac=True, bounds=bounds, method="TNC")
    weights: np.ndarray = best.x[:models]
    return weights if weights.any() else np.full(models, 1 / models)


def _logistic(strength: float, numbers: Any, column: np.ndarray) -> Any:
    from sklearn.linear_model import LogisticRegression

    if column.all() or not column.any():
        return float(column[0])
    how: Any = {"class_weight": "balanced", "solver": "liblinear", "max_iter": 1000, "random_state": 0}
    return LogisticRegression(C=strength, **how).fit(numbers, column)


def _apply(model: Any, numbers: Any) -> np.ndarray:
    if isinstance(model, float):
        return np.full(numbers.shape[0], model)
    score = getattr(model, "decision_function", model.predict)  # of a logistic regression, of a ridge
    return np.asarray(score(numbers), dtype=float)
