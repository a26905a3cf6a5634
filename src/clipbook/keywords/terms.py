"""Words and terms counted in every article, and the statistics of comparing two groups of articles, term by term."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.keywords.candidates import find_candidates
from clipbook.keywords.ranking import english_articles, name_share, words_in
from clipbook.keywords.words import Encoded, Ints, encode
from clipbook.schema import need_columns

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_LONGEST = 3  # words in a term


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term stands in each article."""

    articles: pd.DataFrame  # the rows counted, in the matrix's order
    counts: csr_array  # articles x terms
    words: Ints  # article: words in headline and body
    terms: list[str]  # in the form met most often
    kinds: list[str]  # "name" where most occurrences in running text are capitalised, else "theme"


def comparable_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the English articles that a comparison may rest on: status "ok" (no duplicates, none too thin)."""
    rows = english_articles(articles)
    return rows[rows["status"] == "ok"] if "status" in rows else rows


def count_terms(articles: pd.DataFrame, *, least: int = 1) -> TermCounts:
    """Count words and terms of up to three words in every comparable article.

    Parameters
    ----------
    articles : DataFrame
        ``headline``, ``body``; ``status`` and ``language`` where there are any.
    least : int
        A term counts from so many articles on.

    Returns
    -------
    TermCounts
        Terms in alphabetical order. A longer term that never stands without a still longer one around it
        is left out.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(articles, ["headline", "body"], made_by="corpus.read_corpus")
    rows = comparable_articles(articles)
    found = terms_of(encode(rows["headline"], rows["body"]))
    met = [(row, *term) for row, terms in enumerate(found) for term in terms]
    table = pd.DataFrame(met, columns=["row", "key", "count", "free", "named", "form"])
    return tabulate(table, words_in(rows), least, rows)[1]


def tabulate(
    met: pd.DataFrame, words: Ints, least: int, articles: pd.DataFrame | None = None
) -> tuple[list[str], TermCounts]:
    """Arrange the terms met in articles as a matrix of those that enough of them hold; gives the keys of its columns too.

    Parameters
    ----------
    met : DataFrame
        One row an article and term, by rising ``row`` for each term: ``row`` (the article), and as of `Term` ``key``,
        ``count``, ``free``, ``named`` and ``form``.
    words, least, articles
        As in `TermCounts` and `count_terms`.
    """
    from scipy.sparse import csr_array

    by_key = met.groupby("key")
    met = met[by_key["row"].transform("size").ge(least) & by_key["free"].transform("sum").gt(0)]
    keys = sorted(set(met["key"]))
    place = pd.Categorical(met["key"], keys).codes.astype(np.int64)
    shape = (len(words), len(keys))
    matrix = csr_array((met["count"].to_numpy(float), (met["row"].to_numpy(np.int64), place)), shape=shape)
    named = np.bincount(place, weights=met["named"].to_numpy(float), minlength=len(keys))
    kinds = np.where(named > np.bincount(place, minlength=len(keys)) / 2, "name", "theme").tolist()
    shown: list[Counter[str]] = [Counter() for _ in keys]
    for at, form in zip(place.tolist(), met["form"], strict=True):
        shown[at][form] += 1
    forms = [_shown_form(each, kind) for each, kind in zip(shown, kinds, strict=True)]
    return keys, TermCounts(pd.DataFrame() if articles is None else articles, matrix, words, forms, kinds)


def _shown_form(forms: Counter[str], kind: str) -> str:
    """Choose the form met most often, the first met of equals; a theme in lower case where it stands so."""
    plain = Counter({form: n for form, n in forms.items() if form.islower()}) if kind == "theme" else forms
    return (plain or forms).most_common(1)[0][0]


Term = tuple[str, int, int, float, str]
"""Of a term in an article: key (its stems), count, free at least (outside longer terms), share as a name, form met first."""


def terms_of(encoded: Encoded) -> list[list[Term]]:
    """Count the terms of each article by itself."""
    result: list[list[Term]] = []
    for words in encoded.rows():
        found = find_candidates(words, _LONGEST)
        of_lot: list[list[Term]] = [[] for _ in range(words.articles)]
        columns: list[Any] = [words.article[found.first].tolist(), found.stems.tolist(), found.words.tolist()]
        columns += [found.count.tolist(), found.first.tolist(), (found.count - found.longer).tolist()]
        columns += [name_share(words, found).tolist()]
        written = [words.lexicon.surfaces[token] for token in words.token.tolist()]
        for row, stems, size, count, first, free, named in zip(*columns, strict=True):
            key = " ".join([words.stem_names[i] for i in stems[:size]])
            of_lot[row].append((key, count, free, named, " ".join(written[first : first + size])))
        result += of_lot
    return result


Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


STRETCH = 100  # words of an article that hold a term, or do not


@dataclass(frozen=True, slots=True)
class Together:
    """What all articles of a comparison say together, of whichever group: one entry a term."""

    words: NDArray  # of each article
    count: Floats  # occurrences
    holding: NDArray  # articles that hold the term
    reach: Floats  # half a 95 % interval in standard errors of words drawn one by one
    met: csr_array  # articles x terms: the chance that a stretch of the article holds the term
    moments: Floats  # of those chances: mean, and sums of squared and cubed distances from it


def look_together(counts: csr_array, words: NDArray) -> Together:
    """Sum up the articles of a comparison, articles x terms."""
    from scipy.special import stdtrit

    holding = (counts > 0).sum(axis=0)
    met = chance_of_meeting(counts, words)
    size = max(len(words), 1)
    sums, squares, cubes = (met.power(power).sum(axis=0) for power in (1, 2, 3))
    mean = sums / size
    second = squares - size * mean**2
    second = np.where(second > 1e-10 * squares, second, 0.0)  # below that it is rounding
    third = cubes - 3 * mean * squares + 3 * mean**2 * sums - size * mean**3
    with np.errstate(invalid="ignore"):
        reach = stdtrit(np.maximum(holding - 1, 1), 0.975) * np.sqrt(overdispersion(counts, words))
    reach = np.where(holding > 1, reach, np.nan)
    return Together(words, counts.sum(axis=0), holding, reach, met, np.stack([mean, second, third]))


def chance_of_meeting(counts: csr_array, words: NDArray) -> csr_array:
    """Give the chance that a hundred words drawn from an article hold a term, articles x terms.

    It says of a term in one number whether an article holds it and how often, counts a second occurrence for less
    than the first, and does not rise with the length of the article (rarefaction: Hurlbert 1971, Ecology 52,
    577-586). An article of fewer words is taken whole.
    """
    from scipy.special import gammaln

    met = counts.tocsr().astype(float)
    length = np.repeat(words.astype(float), np.diff(met.indptr))
    drawn, held = np.minimum(length, STRETCH), np.minimum(met.data, length)
    left = length - held - drawn
    ways = gammaln(length - held + 1) + gammaln(length - drawn + 1)
    missed = np.exp(ways - gammaln(left.clip(0) + 1) - gammaln(length + 1))
    met.data = np.where(left < 0, 1.0, 1 - missed)
    return met


def exchange_test(both: Together, group: Flags) -> Floats:
    """Test, article by article, whether a group meets terms as often as the others do.

    Parameters
    ----------
    both : Together
        All articles of the comparison.
    group : array of bool
        True for the articles of the group.

    Returns
    -------
    array
        Two-sided p of each term; NaN where a group has fewer than two articles.

    Notes
    -----
    A permutation test of the sum of `chance_of_meeting` over the group's articles, which any of all articles might have
    been. Mean, variance and skewness of that sum over all ways to choose the group are known; p is taken from
    the Pearson type III distribution that has them (Mielke and Berry 2007, Permutation Methods, chapter 2),
    so that small values exist without draws. tests/validity/claims.py measures false alarms and power.
    """
    from scipy.special import gammainc, gammaincc

    size, own = len(group), int(group.sum())
    if min(own, size - own) < 2:
        return np.full(len(both.count), np.nan)
    mean, second, third = both.moments
    seen = both.met[group].sum(axis=0) - own * mean
    share = own * (size - own) / (size * (size - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(share * second.clip(0))
        moved = spread > 1e-9
        z = np.where(moved, seen / spread, 0.0)
        skew = np.where(moved, share * (size - 2 * own) / max(size - 2, 1) * third / spread**3, 0.0)
    shape = 4 / np.maximum(np.abs(skew), 1e-3) ** 2
    toward = z * np.sign(skew) >= 0  # the side of the longer tail
    place = (shape + np.where(toward, 1, -1) * np.abs(z) * np.sqrt(shape)).clip(0)
    tail = np.empty(len(z))
    tail[toward] = gammaincc(shape[toward], place[toward])
    tail[~toward] = gammainc(shape[~toward], place[~toward])
    for side, lacking in ((z < 0, own), (z >= 0, size - own)):
        tail[side] = np.maximum(tail[side], _none_of(both.holding[side], lacking, size))
    return np.where(moved, (2 * tail).clip(max=1), 1.0)


def _none_of(holding: NDArray, chosen: int, size: int) -> Floats:
    """Give the chance that none of so many articles, chosen of all, is among those that hold a term: no p is below it."""
    from scipy.special import gammaln

    lacking = (size - holding).astype(float)
    with np.errstate(invalid="ignore"):
        logarithm = (
            gammaln(lacking + 1)
            - gammaln(lacking - chosen + 1)
            - gammaln(size + 1)
            + gammaln(size - chosen + 1)
        )
    return np.where(lacking >= chosen, np.exp(logarithm), 0.0)


def overdispersion(counts: csr_array, words: NDArray) -> Floats:
    """Measure how much more a term's counts vary over articles than words drawn one by one would (1)."""
    size, total = len(words), words.sum()
    rate = counts.sum(axis=0) / total
    squares = counts.power(2).sum(axis=0) - 2 * rate * (counts.T @ words) + rate**2 * (words**2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return squares / (rate * total) * size / (size - 1)


def dispersion(counts: csr_array, words: NDArray) -> Floats:
    """Measure how unevenly articles share a term.

    Returns
    -------
    array
        Half the sum of absolute differences between each article's share of the words and of the term's
        occurrences: 0 where the term follows the words; NaN where there is none.

    Notes
    -----
    DP of Gries, International Journal of Corpus Linguistics 13 (2008), 403-437.
    """
    share = words / words.sum()
    cells = counts.tocoo()
    total = counts.sum(axis=0)
    row, column = cells.coords
    held = share[row]
    size = len(total)
    apart = np.bincount(column, weights=np.abs(held - cells.data / total[column]), minlength=size)
    absent = 1 - np.bincount(column, weights=held, minlength=size)
    return np.where(total > 0, (apart + absent) / 2, np.nan)
