"""Simulate how often titles are right: nulls, planted effects and coverage, on real articles.

    claims.py --gold DIR [--splits N] [--only WORD]

Articles are drawn at random from one pool and called two outlets, or given an effect of known size; the package's own
functions then decide. With fewer than 500 splits nothing is written; else claims.json beside this file and the table in
tests/README.md, of which --only renews the rows whose names hold the word. Seeds are the number of the split; nulls of
cues take four times as many, coded frames a fifth. About an hour. Without DIR the sample's articles are
drawn from, a few times, to see that everything runs; its figures mean nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import linregress, ttest_ind

from clipbook.checks.draw import CERTAIN, LEAST_RISK, draw
from clipbook.checks.estimate import Estimate, Units, bounds, corrected, difference, tuned_weight
from clipbook.checks.rates import right_rate
from clipbook.corpus import read_corpus
from clipbook.framing import Codebook, calibrate, frame_evidence, frame_scores, frame_shares, load_codebook
from clipbook.keywords.terms import count_terms, exchange_test, look_together
from clipbook.keywords.topics import find_topics
from clipbook.quotes import find_quotes, leading_speakers, quote_share
from clipbook.readability import readability_table
from clipbook.stats.differences import Counted, differences, group_values
from clipbook.stats.intervals import false_discovery_rate, wilson
from clipbook.stats.periods import slopes
from clipbook.stats.regression import regression_table
from clipbook.text.sentences import sentence_spans

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "data" / "captures"
CLAIMS = HERE / "claims.json"
README = HERE.parent / "README.md"
START, END = "<!-- claims -->", "<!-- /claims -->"
ENOUGH = 500
RARE, HOLDS, POWER = "≤ .05", ".93–.97", "power"
CORPUS = 500  # headlines of which some are coded
CODED = {"economic_consequences": "economic", "responsibility": "resolution"}  # what the coders called frames


class Pool(NamedTuple):
    """What is measured of every article of a set."""

    articles: pd.DataFrame
    cues: np.ndarray  # articles x frames, at 250 words
    cut: np.ndarray  # the same of the first half of each article
    thinned: np.ndarray  # and of half of its sentences, drawn at random: as short, and of no other part
    days: np.ndarray


def _articles(rows: list[dict[str, Any]]) -> pd.DataFrame:
    made = [(row["id"], "", row["text"], "en", "ok", row.get("date")) for row in rows]
    return pd.DataFrame(made, columns=["capture_id", "headline", "body", "language", "status", "date"])


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _cues(articles: pd.DataFrame) -> np.ndarray:
    table = frame_scores(articles, load_codebook("generic"))
    wide = table.pivot(index="capture_id", columns="frame", values="expected_cues")
    return wide.loc[articles["capture_id"]].to_numpy(float)


def _half_of_sentences(body: str) -> str:
    """Keep half of a text's sentences, drawn at random."""
    spans = sentence_spans(body)
    kept = np.random.default_rng(len(body)).permutation(len(spans))[: (len(spans) + 1) // 2]
    return " ".join(body[spans[place][0] : spans[place][1]] for place in sorted(kept))


def framed(articles: pd.DataFrame) -> Pool:
    """Measure the articles whose halves still have 250 words."""
    halves = articles["body"].map(lambda body: body[: body.rfind(" ", 0, len(body) // 2)])
    drawn = articles["body"].map(_half_of_sentences)
    cues, cut, thinned = (_cues(articles.assign(body=bodies)) for bodies in (articles["body"], halves, drawn))
    use = ~np.isnan(cut + thinned).any(axis=1)
    stamps = pd.to_datetime(articles["date"], errors="coerce", format="mixed")
    days = stamps.to_numpy("datetime64[D]").astype(float)
    return Pool(articles[use], cues[use], cut[use], thinned[use], days[use])


class Outcome(NamedTuple):
    """A split: what was found, and what the plain two-sided test of the same articles finds."""

    found: bool  # corrected for all that were tried
    alone: bool = False  # by the p of the planted difference alone
    plain: bool = False
    plain_found: bool = False  # the plain tests of all that were tried, corrected as theirs usually are


def _against(found: pd.DataFrame, place: int, plain: np.ndarray) -> Outcome:
    """Set what the package finds of the planted outcome beside the p values of plain tests of all outcomes."""
    row = found.iloc[place]
    return Outcome(
        bool(row["q"] < 0.05),
        bool(row["p"] < 0.05),
        bool(plain[place] < 0.05),
        bool(false_discovery_rate(plain)[place] < 0.05),
    )


def _two(
    pool: np.ndarray, size: int, seed: int, *, other: np.ndarray | None = None, factor: float = 1.0
) -> Outcome:
    draw = np.random.default_rng(seed).permutation(len(pool))[: 2 * size]
    one, two = pool[draw[:size]], (pool if other is None else other)[draw[size:]].copy()
    two[:, seed % two.shape[1]] *= factor
    place = seed % two.shape[1]
    tests = differences(_means(np.vstack([one, two])), ["A"] * size + ["B"] * size, seed=seed)
    if factor == 1.0:
        return Outcome(bool((tests["q"] < 0.05).any()))
    return _against(tests, place, ttest_ind(one, two, equal_var=False).pvalue)


def _means(values: np.ndarray) -> Counted:
    return Counted(list(range(values.shape[1])), values, np.ones(len(values)))


def _trend(pool: Pool, seed: int, factor: float) -> Outcome:
    dated = np.flatnonzero(np.isfinite(pool.days))
    generator = np.random.default_rng(seed)
    cues = pool.cues[generator.permutation(len(pool.cues))[: len(dated)]].copy()
    days = pool.days[dated]
    place = seed % cues.shape[1]
    rank = (days.argsort().argsort() + 1) / len(days)
    cues[:, place] *= 1 + (factor - 1) * rank
    clusters = pd.factorize(pd.Series(rank * 30).astype(int))[0]  # thirty spans of as many articles
    tests = slopes(_means(cues), rank, ["A"] * len(days), clusters, seed=seed)
    if factor == 1.0:
        return Outcome(bool((tests["q"] < 0.05).any()))
    return _against(tests, place, np.array([linregress(rank, column).pvalue for column in cues.T]))


def read_ease(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the Flesch reading ease of every article, as ``value``, with its day and words."""
    table = readability_table(articles)
    whole = table[(table["scope"] == "whole") & (table["measure"] == "fre")].dropna(subset=["value"])
    dates = articles.set_index("capture_id")["date"].loc[whole["capture_id"]]
    return whole[["capture_id", "value", "words"]].assign(
        published=pd.to_datetime(dates, errors="coerce").to_numpy()
    )


def _ease(pool: np.ndarray, size: int, seed: int, more: float) -> Outcome:
    values = pool[np.random.default_rng(seed).permutation(len(pool))[: 2 * size]]
    values[size:] += more
    tests = differences(_means(values[:, None]), ["A"] * size + ["B"] * size, seed=seed)
    return _against(tests, 0, np.array([ttest_ind(values[:size], values[size:], equal_var=False).pvalue]))


def _regressed(articles: pd.DataFrame, size: int, seed: int) -> Outcome:
    """Two outlets that are none, beside time and length, in one regression with errors by day."""
    lot = articles.iloc[np.random.default_rng(seed).permutation(len(articles))[: 2 * size]]
    lot = lot.assign(outlet=["A", "B"] * size)
    found = regression_table(lot, lot.drop(columns="value"), "value", "outlet, time, log_words")
    return Outcome(bool((found.loc[found["term"] == "outlet", "p"] < 0.05).any()))


class Quoted(NamedTuple):
    """Quotations of a pool with the person who speaks and the one that was found."""

    table: pd.DataFrame  # capture_id, kind, words, confidence, probability, speaker, truth


def quoted(gold: Path) -> Quoted:
    """Match found quotations with the coders': by surname, in the articles that quote whoever is quoted most."""
    sys.path.insert(0, str(gold / "quotes"))
    import score

    def name(given: str | None) -> str:
        words = score.words_of(given)
        return words[-1] if words else "unattributed"

    rows = [row for part in ("gold", "train") for row in _lines(gold / f"quotes/{part}.jsonl")]
    found = dict(tuple(find_quotes(_articles(rows)).groupby("capture_id")))
    made = []
    for row in rows:
        mine = found.get(row["id"], pd.DataFrame())
        given = [
            {
                "start": q.start,
                "end": q.end,
                "kind": q.kind,
                "speaker": None if q.speaker == "unattributed" else q.speaker,
            }
            for q in mine.itertuples()
        ]
        chance = {
            tuple(unit): (q.confidence, q.probability)
            for q in mine.itertuples()
            for unit in score.units(q.start, q.end, row["text"])
        }
        pairs, _ = score.match(
            score.gold_units(row, False), score.pred_units(row, {"quotes": given}, False), 0.3, False
        )
        for gold_unit, unit in pairs:
            if unit is not None and gold_unit["state"] != "unknown":
                truth = name(gold_unit["speaker"]) if gold_unit["state"] != "none" else "unattributed"
                said = truth if score.right(gold_unit, unit) else f"{name(unit['speaker'])} "
                made.append(
                    (row["id"], "direct", unit["words"], *chance[tuple(unit["span"])], said.strip(), truth)
                )
    table = pd.DataFrame(
        made, columns=["capture_id", "kind", "words", "confidence", "probability", "speaker", "truth"]
    )
    return _of_the_leader(table)


def _of_the_leader(table: pd.DataFrame) -> Quoted:
    leader = table.groupby("truth")["words"].sum().drop("unattributed", errors="ignore").idxmax()
    keep = table.loc[table["truth"] == leader, "capture_id"].unique()
    return Quoted(table[table["capture_id"].isin(keep)])


def _leader_covered(pool: Quoted, size: int, seed: int) -> Iterator[bool]:
    table = pool.table
    true = table.groupby("truth")["words"].sum().drop("unattributed", errors="ignore") / table["words"].sum()
    by = dict(tuple(table.groupby("capture_id")))
    names = np.random.default_rng(seed).choice(list(by), size)
    drawn = pd.concat([by[name].assign(capture_id=str(n)) for n, name in enumerate(names)])
    articles = pd.DataFrame({"capture_id": [str(n) for n in range(size)], "outlet": "A"})
    shares = quote_share(drawn, articles, by="outlet").set_index("speaker")
    for name in true.nlargest(3).index:
        low, high = (
            shares.loc[name, ["low", "high"]] if name in shares.index else (0.0, 1 - 0.025 ** (1 / size))
        )
        yield low <= true[name] <= high


def _corrected_covered(
    pool: Quoted, checks: int, seed: int, wrong: float, *, apart: bool = False
) -> Iterator[Any]:
    """Check quotations of 150 articles; with ``wrong``, so many of them are given to whoever is quoted most.

    Whether the intervals of the shares of the three most quoted hold, how wide they are, and how wide those by the checks
    alone, and whether these hold; ``apart``, whether those of their differences between two halves that are none hold.
    """
    table = pool.table.reset_index(drop=True)
    true = table.groupby("truth")["words"].sum().drop("unattributed", errors="ignore").nlargest(3)
    generator = np.random.default_rng(seed)
    by = table.groupby("capture_id").indices
    names = generator.choice(list(by), 150)
    here = table.iloc[np.concatenate([by[name] for name in names])]
    article = np.repeat(np.arange(150), [len(by[name]) for name in names])
    misled = generator.random(len(here)) < wrong
    found, truth = here["speaker"].mask(misled, true.index[0]).to_numpy(), here["truth"].to_numpy()
    chance, words = here["probability"].to_numpy(), here["words"].to_numpy(float)
    stratum = np.select([chance >= least for least, _ in CERTAIN], range(len(CERTAIN)))
    risk = words**2 * (chance * (1 - chance)).clip(min=LEAST_RISK)
    units = pd.DataFrame({"check_id": range(len(here)), "stratum": stratum, "risk": risk})
    known = units["check_id"].isin(draw(units, checks, seed=seed)["check_id"]).to_numpy()

    def estimated(inside: np.ndarray, *, alone: bool = False) -> Estimate:
        own = words * inside
        above = [np.stack([own * (said == name) for name in true.index], axis=1) for said in (found, truth)]
        made = Units(article, pd.factorize(stratum)[0], known, above[0], own, above[1], own)
        return corrected(made, 0.0 if alone else tuned_weight(made, (found == truth) & inside))

    if apart:
        halves = estimated(article < 75), estimated(article >= 75)
        differences = [difference(*halves, place) for place in range(len(true))]
        yield from (low <= 0 <= high for _, low, high, _ in differences)
        return
    (low, high), (least, most) = bounds(estimated(words > 0)), bounds(estimated(words > 0, alone=True))
    shares = true.to_numpy(float) / table["words"].sum()
    held, alone = ((a <= shares) & (shares <= b) for a, b in ((low, high), (least, most)))
    yield from zip(held.tolist(), high - low, most - least, alone.tolist(), strict=True)


class Meant(NamedTuple):
    """Cues of a pool with whether each means its frame: nine in ten where coders saw the frame in the article, else four."""

    table: pd.DataFrame  # article, frame, means
    words: np.ndarray  # thousands, of every article


def meant(articles: pd.DataFrame, seen: Callable[[str, int], bool]) -> Meant:
    """Find the cues of articles, and settle by ``seen`` (frame, place of the article) what they mean."""
    table = frame_evidence(articles, load_codebook("generic"))[["capture_id", "frame"]]
    place = {name: number for number, name in enumerate(articles["capture_id"])}
    table = table.assign(article=table["capture_id"].map(place))
    chance = [0.9 if seen(*each) else 0.4 for each in zip(table["frame"], table["article"], strict=True)]
    table["means"] = np.random.default_rng(0).random(len(table)) < chance
    return Meant(table, articles["body"].str.split().str.len().to_numpy(float) / 1000)


def _rates_covered(pool: Meant, checks: int, seed: int, wrong: float) -> Iterator[bool]:
    """Check cues of 150 articles; with ``wrong``, in so many articles none means its frame, whatever is found."""
    generator = np.random.default_rng(seed)
    by = pool.table.groupby("article").indices
    names = generator.integers(0, len(pool.words), 150)
    none = np.zeros(0, int)
    here = pool.table.iloc[np.concatenate([by.get(name, none) for name in names])]
    article = np.repeat(np.arange(150), [len(by.get(name, none)) for name in names])
    right = here["means"].to_numpy() & ~(generator.random(150) < wrong)[article]
    frames = here["frame"].to_numpy()
    risk = 1 / here.groupby("frame")["frame"].transform("size").to_numpy() ** 2
    units = pd.DataFrame({"check_id": range(len(here)), "stratum": frames, "risk": risk})
    known = units["check_id"].isin(draw(units, checks, seed=seed)["check_id"]).to_numpy()
    true = pool.table.groupby("frame")["means"].sum() / pool.words.sum() * (1 - wrong)
    for frame, rate in true.items():
        own = frames == frame
        _, low, high = right_rate(article[own], known[own], right[own], pool.words[names])
        yield bool(low <= rate <= high)


def _share(pool: Quoted, size: int, seed: int, moved: float) -> Outcome:
    leaders = leading_speakers(pool.table.assign(group="A"), 8)
    wide = pool.table.pivot_table(
        index="capture_id", columns="speaker", values="words", aggfunc="sum", fill_value=0
    )
    above, below = wide[leaders].to_numpy(float), wide.sum(axis=1).to_numpy(float)
    draw = np.random.default_rng(seed).permutation(len(wide))[: 2 * size]
    size = len(draw) // 2
    above, below = above[draw[: 2 * size]].copy(), below[draw[: 2 * size]]
    above[size:, 0] += moved * (below[size:] - above[size:, 0])
    above[size:, 1:] *= 1 - moved
    tests = differences(Counted(leaders, above, below), ["A"] * size + ["B"] * size, seed=seed)
    if not moved:
        return Outcome(bool((tests["q"] < 0.05).any()))
    part = above / below[:, None]
    return _against(tests, 0, ttest_ind(part[:size], part[size:], equal_var=False).pvalue)


def _terms(counts: csr_array, words: np.ndarray, size: int, seed: int, plant: str, stated: bool) -> Outcome:
    """Compare terms; ``plant`` makes one twice as frequent in the first outlet, or lays over each of its articles a second."""
    generator = np.random.default_rng(seed)
    draw = generator.permutation(len(words))[: 2 * size]
    here, length = counts[draw], words[draw]
    here = here[:, np.flatnonzero((here > 0).sum(axis=0) >= 5)]
    group = np.arange(2 * size) < size
    if not plant:
        p = exchange_test(look_together(here, length), group)
        return Outcome(bool((false_discovery_rate(p) < 0.05).any()))
    place = int(generator.choice(np.flatnonzero((here > 0).sum(axis=0) >= 0.2 * 2 * size)))
    all_counts = here.toarray().astype(float)
    one = all_counts[:, place]
    if plant == "doubled":
        one[:size] *= 2
    else:
        other = generator.permutation(2 * size)[:size]
        one[:size] += np.round(one[other] * length[:size] / length[other])
    changed = csr_array(all_counts)
    rates = all_counts / length[:, None]
    plain = ttest_ind(rates[:size], rates[size:], equal_var=False).pvalue
    p = exchange_test(look_together(changed, length), group)
    q = p if stated else false_discovery_rate(p)
    found = _against(pd.DataFrame({"p": p, "q": q}), place, plain)
    return found._replace(plain_found=found.plain) if stated else found


def _covers(values: np.ndarray, below: np.ndarray, size: int, seed: int) -> Iterator[bool]:
    draw = np.random.default_rng(seed).integers(0, len(values), size)
    counted = Counted(list(range(values.shape[1])), values[draw], below[draw])
    table = group_values(counted, ["A"] * size)
    true = values.sum(axis=0) / below.sum()
    yield from ((table["low"] <= true) & (true <= table["high"])).tolist()


def _coded(
    pool: pd.DataFrame, codes: pd.DataFrame, book: Codebook, number: int, seed: int
) -> Iterator[tuple[bool, float, float]]:
    """Code so many of 500 drawn articles; give, frame by frame, whether the interval holds, its error and the codes'."""
    articles = pool.iloc[np.random.default_rng(seed).permutation(len(pool))[:CORPUS]]
    drawn = articles["capture_id"].iloc[:number]
    sheet = codes.loc[drawn].rename_axis("capture_id").reset_index()
    sheet = sheet.melt("capture_id", var_name="frame", value_name="code").assign(coder="one", question=0)
    calibration = calibrate(articles, sheet, book, seed=seed)
    table = frame_shares(articles, calibration, drawn, seed=seed).set_index(["method", "frame"])
    for frame, true in codes.mean().items() if len(table) else ():
        row, alone = (table.loc[(method, frame)] for method in ("corrected", "codes alone"))
        held = row["low"] <= true <= row["high"]
        yield bool(held), row["share"] - true, alone["share"] - true


class Simulation(NamedTuple):
    """What is simulated: its name, the goal, what does one split, and how many times the usual number of splits."""

    name: str
    goal: str
    split: Callable[[int], Any]
    times: float = 1


def simulations(gold: Path) -> Iterator[Simulation]:
    """Give each simulation of human-coded data."""
    rows = _lines(gold / "framing/gold.jsonl")
    narrative = [row for row in rows if row["set"] == "narrative"]
    yield from _of_cues(framed(_articles(narrative)))
    headlines = [row for row in rows if row["set"] == "gvfc"]
    book = load_codebook("gun_violence")
    codes = pd.DataFrame(
        {frame: [float(frame in row["labels"]) for row in headlines] for frame in book.frame_names}
    )
    yield from _of_codes(_articles(headlines), codes, book)
    yield from _of_rates(
        meant(_articles(narrative), lambda frame, at: CODED.get(frame, frame) in narrative[at]["labels"])
    )
    politics = _articles(_lines(gold / "quotes/train.jsonl"))
    yield from _of_ease(read_ease(politics))
    yield from _of_shares(quoted(gold))
    yield from _of_terms(politics)


def smoke() -> Iterator[Simulation]:
    """Give each simulation of the sample's articles, each taken several times under a name of its own."""
    known = read_corpus(SAMPLE).articles
    known = known[(known["status"] == "ok") & (known["language"] == "en") & (known["words"] > 250)]
    articles = known.iloc[np.arange(200) % len(known)].reset_index(drop=True)
    articles = articles.assign(capture_id=articles.index.astype(str), date=articles["published"])
    pool = framed(known.assign(date=known["published"]))
    again = np.arange(200) % len(pool.cues)
    yield from _of_cues(Pool(pool.articles.iloc[again], *(values[again] for values in pool[1:])))
    book = load_codebook("generic")
    codes = pd.DataFrame(
        {frame: np.arange(200) % (place + 2) == 0 for place, frame in enumerate(book.frame_names)}
    )
    yield from _of_codes(articles, codes.astype(float), book)
    yield from _of_rates(meant(articles, lambda _, at: at % 2 == 0))
    yield from _of_ease(read_ease(articles))
    said = find_quotes(articles)
    yield from _of_shares(_of_the_leader(said.assign(kind="direct", truth=said["speaker"])))
    yield from _of_terms(articles)


def _of_codes(articles: pd.DataFrame, codes: pd.DataFrame, book: Codebook) -> Iterator[Simulation]:
    codes = codes.set_index(articles["capture_id"])
    for number in (100, 200):
        yield Simulation(
            f"coverage, shares of frames, {number} of {CORPUS} headlines coded", HOLDS,
            lambda s, n=number: _coded(articles, codes, book, n, s), 0.2,
        )  # fmt: skip


def _of_rates(pool: Meant) -> Iterator[Simulation]:
    for checks in (50, 100, 200):
        for wrong in (0.0, 0.3):
            yield Simulation(
                f"coverage, cue rates corrected by {checks} checks{', none right in 3 of 10 articles' * bool(wrong)}", HOLDS,
                lambda s, n=checks, w=wrong: _rates_covered(pool, n, s, w),
            )  # fmt: skip


def _of_cues(pool: Pool) -> Iterator[Simulation]:
    for size in (20, 60):
        for how, other in (
            ("equal lengths", pool.cues),
            ("B cut to half of its sentences", pool.thinned),
            ("B cut to its first half", pool.cut),
        ):
            yield Simulation(
                f"false titles, cues, {how}, {size} an outlet", RARE,
                lambda s, n=size, other=other: _two(pool.cues, n, s, other=other), 4,
            )  # fmt: skip
    yield Simulation("false titles, cues over time", RARE, lambda s: _trend(pool, s, 1.0), 4)
    for size in (20, 40):
        yield Simulation(
            f"found, cues + 50 %, {size} an outlet",
            POWER,
            lambda s, n=size: _two(pool.cues, n, s, factor=1.5),
        )
    yield Simulation("found, trend x 1.5", POWER, lambda s: _trend(pool, s, 1.5))
    ones = np.ones(len(pool.cues))
    yield Simulation("coverage, frame means, 40", HOLDS, lambda s: _covers(pool.cues, ones, 40, s))


def _of_ease(read: pd.DataFrame) -> Iterator[Simulation]:
    ease = read["value"].to_numpy(float)
    for size in (20, 60):
        yield Simulation(
            f"false, an outlet in a regression with time and length, {size} an outlet",
            RARE,
            lambda s, n=size: _regressed(read, n, s),
        )
    yield Simulation("false titles, Flesch, 40 an outlet", RARE, lambda s: _ease(ease, 40, s, 0))
    yield Simulation("found, Flesch + 5, 40 an outlet", POWER, lambda s: _ease(ease, 40, s, 5))
    yield Simulation(
        "coverage, Flesch, 40", HOLDS, lambda s: _covers(ease[:, None], np.ones(len(ease)), 40, s)
    )


def _of_shares(said: Quoted) -> Iterator[Simulation]:
    yield Simulation("false titles, quote shares, 40 an outlet", RARE, lambda s: _share(said, 40, s, 0))
    yield Simulation("found, speaker's share + .2, 40 an outlet", POWER, lambda s: _share(said, 40, s, 0.29))
    camps = Quoted(said.table.assign(speaker=_camp(said.table["speaker"]), truth=_camp(said.table["truth"])))
    for whose, table in (("the three most quoted", said), ("three camps", camps)):
        for size in (20, 40, 80, 160):
            yield Simulation(
                f"coverage, shares of {whose}, {size}",
                HOLDS,
                lambda s, n=size, of=table: _leader_covered(of, n, s),
            )
    for checks in (50, 100, 200):
        for wrong in (0.0, 0.3):
            yield Simulation(
                f"coverage, shares corrected by {checks} checks{', 3 in 10 misled' * bool(wrong)}", HOLDS,
                lambda s, n=checks, w=wrong: _corrected_covered(said, n, s, w),
            )  # fmt: skip
    for checks in (50, 100, 200):
        for wrong in (0.0, 0.3):
            yield Simulation(
                f"coverage, differences of shares corrected by {checks} checks{', 3 in 10 misled' * bool(wrong)}", HOLDS,
                lambda s, n=checks, w=wrong: _corrected_covered(said, n, s, w, apart=True),
            )  # fmt: skip


def _camp(names: pd.Series) -> pd.Series:
    """Put people into three camps by the first letter of their surnames."""
    camps = names.str.lower().str[0].map(lambda letter: f"camp {(ord(letter) - 97) % 3}")
    return camps.where(names.str.strip() != "unattributed", names)


def _of_terms(articles: pd.DataFrame) -> Iterator[Simulation]:
    terms = count_terms(articles, least=max(len(articles) // 20, 2))
    counts, words = terms.counts.tocsr(), terms.words
    yield Simulation(
        "false titles, keyness, 60 an outlet", RARE, lambda s: _terms(counts, words, 60, s, "", False)
    )
    for plant, said in (("doubled", "term x 2"), ("laid over", "term of a second article laid over")):
        for stated, family in ((True, "stated beforehand"), (False, "among all terms")):
            yield Simulation(
                f"found, {said}, {family}, 60 an outlet", POWER,
                lambda s, plant=plant, stated=stated: _terms(counts, words, 60, s, plant, stated),
            )  # fmt: skip
    common = np.flatnonzero((counts > 0).sum(axis=0) >= 0.2 * len(words))[:40]
    rates = counts[:, common].toarray().astype(float)
    yield Simulation("coverage, term rates, 40", HOLDS, lambda s: _covers(rates, words.astype(float), 40, s))
    topics = find_topics(articles, number=8).articles.pivot(
        index="capture_id", columns="topic", values="share"
    )
    parts = topics.dropna().to_numpy(float)
    yield Simulation(
        "coverage, topic shares, 40", HOLDS, lambda s: _covers(parts, np.ones(len(parts)), 40, s)
    )


def run(simulated: Iterator[Simulation], splits: int, only: str) -> list[dict[str, Any]]:
    rows = []
    for name, goal, split, times in simulated:
        if only not in name:
            continue
        made = [split(seed) for seed in range(max(round(splits * times), 1))]
        row: dict[str, Any] = {"name": name, "goal": goal}
        if isinstance(made[0], Outcome):
            table = pd.DataFrame(made)
            held = table["found"].to_numpy()
            if goal == POWER:
                row |= {
                    name: round(float(table[name].mean()), 3) for name in ("alone", "plain", "plain_found")
                }
        else:
            table = pd.DataFrame(
                [each if isinstance(each, tuple) else (each,) for some in made for each in some]
            )
            held = table[0].to_numpy(bool)
            if name.startswith("coverage, shares corrected"):
                row["width_to_checks_alone"] = round(float(table[1].mean() / table[2].mean()), 3)
                row["checks_alone"] = round(float(table[3].mean()), 3)
            elif len(table.columns) > 1:
                errors = (table[[1, 2]].astype(float) ** 2).mean() ** 0.5
                row |= {"rmse": round(float(errors[1]), 4), "rmse_codes_alone": round(float(errors[2]), 4)}
        share, low, high = (
            round(float(x), 3) for x in wilson(np.array(float(held.sum())), np.array(float(len(held))))
        )
        rows.append({**row, "value": share, "low": low, "high": high, "n": len(held), "splits": len(made)})
        print(rows[-1], flush=True)
    return rows


def _write(rows: list[dict[str, Any]]) -> None:
    CLAIMS.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = [
        "| simulation | measured (95 %) | goal, or power before and after correction beside the plain test's | n |",
        "|---|---|---|---|",
    ]
    for row in rows:
        beside = row["goal"]
        if "plain" in row:
            beside = f"{row['alone']:.2f} and {row['value']:.2f}; plain {row['plain']:.2f} and {row['plain_found']:.2f}"
        if "rmse" in row:
            beside += f"; error {row['rmse']:.3f}, codes alone {row['rmse_codes_alone']:.3f}"
        if "width_to_checks_alone" in row:
            beside += f"; {row['width_to_checks_alone']:.2f} times as wide as by the checks alone ({row['checks_alone']:.3f})"
        lines.append(
            f"| {row['name']} | {row['value']:.3f} ({row['low']:.3f}–{row['high']:.3f}) | {beside} | {row['n']:,} |"
        )
    text = README.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    README.write_text(before + START + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--splits", type=int, default=ENOUGH)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    if given.gold is None or not (given.gold / "framing" / "gold.jsonl").is_file():
        print(
            "No human-coded data (GOLD=DIR): three splits of the sample's articles, to see that all of it runs."
        )
        run(smoke(), 3, given.only)
        return
    rows = run(simulations(given.gold.resolve()), given.splits, given.only)
    if given.splits >= ENOUGH:
        kept = json.loads(CLAIMS.read_text(encoding="utf-8")) if given.only else []
        made = {row["name"]: row for row in rows}
        renewed = [made.pop(row["name"], row) for row in kept]
        _write([*renewed, *made.values()])


if __name__ == "__main__":
    main()
