"""Simulate how often titles are right: nulls, planted effects and coverage, on real articles.

    claims.py --gold DIR [--splits N] [--only WORD]

Articles are drawn at random from one pool and called two outlets, or given an effect of known size; the package's own
functions then decide. With --only or fewer than 500 splits nothing is written; else claims.json beside this file and
the table in tests/README.md. Seeds are the number of the split. Minutes to an hour.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import linregress, ttest_ind

from clipbook.checks.draw import CERTAIN, LEAST_RISK, draw
from clipbook.checks.estimate import Units, corrected, tuned_weight
from clipbook.framing import frame_scores, load_codebook
from clipbook.keywords.contrasts import exchange_test, look_together
from clipbook.keywords.shares import wilson
from clipbook.keywords.terms import count_terms
from clipbook.quotes import find_quotes, leading_speakers, quote_share
from clipbook.readability import readability_table
from clipbook.stats.differences import Counted, differences, group_values
from clipbook.stats.families import false_discovery_rate
from clipbook.stats.intervals import share_bounds
from clipbook.stats.regression import regression_table
from clipbook.stats.slopes import slopes
from clipbook.text.sentences import sentence_spans

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
START, END = "<!-- claims -->", "<!-- /claims -->"
ENOUGH = 500


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


def framed(gold: Path) -> Pool:
    """Read the articles of news on one topic whose halves still have 250 words."""
    rows = [row for row in _lines(gold / "framing/gold.jsonl") if row["set"] == "narrative"]
    articles = _articles(rows)
    halves = articles["body"].map(lambda body: body[: body.rfind(" ", 0, len(body) // 2)])
    drawn = articles["body"].map(_half_of_sentences)
    cues, cut, thinned = (_cues(articles.assign(body=bodies)) for bodies in (articles["body"], halves, drawn))
    use = ~np.isnan(cut + thinned).any(axis=1)
    days = (
        pd.to_datetime(articles["date"], errors="coerce", format="mixed")
        .to_numpy("datetime64[D]")
        .astype(float)
    )
    return Pool(articles[use], cues[use], cut[use], thinned[use], days[use])


class Outcome(NamedTuple):
    """A split: what was found, and what the plain test of the planted difference alone finds."""

    found: bool
    plain: bool = False


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
    plain = ttest_ind(one[:, place], two[:, place], equal_var=False).pvalue < 0.05
    return Outcome(bool(tests["q"].iloc[place] < 0.05), bool(plain))


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
    return Outcome(bool(tests["q"].iloc[place] < 0.05), bool(linregress(rank, cues[:, place]).pvalue < 0.05))


def read_ease(gold: Path) -> pd.DataFrame:
    """Give the Flesch reading ease of every US article, as ``value``, with its day and words."""
    articles = _articles(_lines(gold / "quotes/train.jsonl"))
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
    plain = ttest_ind(values[:size], values[size:], equal_var=False).pvalue < 0.05
    return Outcome(bool(tests["q"].iloc[0] < 0.05), bool(plain))


def _regressed(articles: pd.DataFrame, size: int, seed: int) -> Outcome:
    """Two outlets that are none, beside time and length, in one regression with errors by day."""
    lot = articles.iloc[np.random.default_rng(seed).permutation(len(articles))[: 2 * size]]
    lot = lot.assign(outlet=["A", "B"] * size)
    found = regression_table(lot, lot.drop(columns="value"), "value", "outlet, time, log_words")
    return Outcome(bool((found.loc[found["term"] == "outlet", "p"] < 0.05).any()))


class Quoted(NamedTuple):
    """Quotations of a pool with the person who speaks and the one that was found."""

    table: pd.DataFrame  # capture_id, kind, words, probability, speaker, truth


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
            tuple(unit): q.probability
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
                    (row["id"], "direct", unit["words"], chance[tuple(unit["span"])], said.strip(), truth)
                )
    table = pd.DataFrame(made, columns=["capture_id", "kind", "words", "probability", "speaker", "truth"])
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


def _corrected_covered(pool: Quoted, checks: int, seed: int, wrong: float) -> Iterator[bool]:
    """Check quotations of 150 articles; with ``wrong``, so many of them are given to whoever is quoted most."""
    table = pool.table.reset_index(drop=True)
    true = table.groupby("truth")["words"].sum().drop("unattributed", errors="ignore").nlargest(3)
    generator = np.random.default_rng(seed)
    by = table.groupby("capture_id").indices
    names = generator.choice(list(by), 150)
    here = table.iloc[np.concatenate([by[name] for name in names])]
    article = np.repeat(np.arange(150), [len(by[name]) for name in names])
    misled = generator.random(len(here)) < wrong
    found = here["speaker"].mask(misled, true.index[0]).to_numpy()
    chance, words = here["probability"].to_numpy(), here["words"].to_numpy(float)
    stratum = np.select([chance >= least for least, _ in CERTAIN], range(len(CERTAIN)))
    risk = words**2 * (chance * (1 - chance)).clip(min=LEAST_RISK)
    units = pd.DataFrame({"check_id": range(len(here)), "stratum": stratum, "risk": risk})
    known = units["check_id"].isin(draw(units, checks, seed=seed)["check_id"]).to_numpy()
    above = [
        np.stack([words * (said == name) for name in true.index], axis=1)
        for said in (found, here["truth"].to_numpy())
    ]
    made = Units(article, pd.factorize(stratum)[0], known, above[0], words, above[1], words)
    estimate = corrected(made, tuned_weight(made, found == here["truth"].to_numpy()))
    low, high = share_bounds(estimate.value.clip(0, 1), estimate.error, 1 + estimate.freedom)
    shares = true.to_numpy(float) / table["words"].sum()
    yield from ((low <= shares) & (shares <= high)).tolist()


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
    part = above[:, 0] / below
    return Outcome(
        bool(tests["q"].iloc[0] < 0.05),
        bool(ttest_ind(part[:size], part[size:], equal_var=False).pvalue < 0.05),
    )


def _terms(counts: csr_array, words: np.ndarray, size: int, seed: int, factor: int, stated: bool) -> Outcome:
    generator = np.random.default_rng(seed)
    draw = generator.permutation(len(words))[: 2 * size]
    here, length = counts[draw], words[draw]
    here = here[:, np.flatnonzero((here > 0).sum(axis=0) >= 5)]
    group = np.arange(2 * size) < size
    if factor == 1:
        p = exchange_test(look_together(here, length), group)
        return Outcome(bool((false_discovery_rate(p) < 0.05).any()))
    common = np.flatnonzero((here > 0).sum(axis=0) >= 0.2 * 2 * size)
    place = int(generator.choice(common))
    one = here[:, [place]].toarray()
    one[:size] *= factor
    p = exchange_test(look_together(csr_array(one), length), group)[0]
    plain = ttest_ind((one[:, 0] / length)[:size], (one[:, 0] / length)[size:], equal_var=False).pvalue < 0.05
    if stated:
        return Outcome(bool(p < 0.05), bool(plain))
    others = exchange_test(look_together(here, length), group)
    others[place] = p
    return Outcome(bool(false_discovery_rate(others)[place] < 0.05), bool(plain))


def _covers(values: np.ndarray, below: np.ndarray, size: int, seed: int) -> Iterator[bool]:
    draw = np.random.default_rng(seed).integers(0, len(values), size)
    counted = Counted(list(range(values.shape[1])), values[draw], below[draw])
    table = group_values(counted, ["A"] * size)
    true = values.sum(axis=0) / below.sum()
    yield from ((table["low"] <= true) & (true <= table["high"])).tolist()


def simulations(gold: Path) -> Iterator[tuple[str, str, Callable[[int], Any]]]:
    """Give each simulation: its name, the goal, and what does one split."""
    pool = framed(gold)
    for size in (20, 60):
        yield (
            f"false titles, cues, equal lengths, {size} an outlet",
            "≤ .05",
            lambda s, n=size: _two(pool.cues, n, s),
        )
        yield (
            f"false titles, cues, B cut to its first half, {size} an outlet", "≤ .05",
            lambda s, n=size: _two(pool.cues, n, s, other=pool.cut),
        )  # fmt: skip
        yield (
            f"false titles, cues, B cut to half of its sentences, {size} an outlet", "≤ .05",
            lambda s, n=size: _two(pool.cues, n, s, other=pool.thinned),
        )  # fmt: skip
    yield "false titles, cues over time", "≤ .05", lambda s: _trend(pool, s, 1.0)
    for size in (20, 40):
        yield (
            f"found, cues + 50 %, {size} an outlet",
            "power",
            lambda s, n=size: _two(pool.cues, n, s, factor=1.5),
        )
    yield "found, trend x 1.5", "power", lambda s: _trend(pool, s, 1.5)
    yield "coverage, frame means, 40", ".93-.97", lambda s: _covers(pool.cues, np.ones(len(pool.cues)), 40, s)
    read = read_ease(gold)
    ease = read["value"].to_numpy(float)
    for size in (20, 60):
        yield (
            f"false, an outlet in a regression with time and length, {size} an outlet",
            "≤ .05",
            lambda s, n=size: _regressed(read, n, s),
        )
    yield "false titles, Flesch, 40 an outlet", "≤ .05", lambda s: _ease(ease, 40, s, 0)
    yield "found, Flesch + 5, 40 an outlet", "power", lambda s: _ease(ease, 40, s, 5)
    said = quoted(gold)
    yield "false titles, quote shares, 40 an outlet", "≤ .05", lambda s: _share(said, 40, s, 0)
    yield "found, speaker's share + .2, 40 an outlet", "power", lambda s: _share(said, 40, s, 0.29)
    for size in (40, 160):
        yield (
            f"coverage, shares of the three most quoted, {size}",
            ".93-.97",
            lambda s, n=size: _leader_covered(said, n, s),
        )
    for checks in (50, 100, 200):
        for wrong in (0.0, 0.3):
            yield (
                f"coverage, shares corrected by {checks} checks{', 3 in 10 misled' * bool(wrong)}", ".93-.97",
                lambda s, n=checks, w=wrong: _corrected_covered(said, n, s, w),
            )  # fmt: skip
    terms = count_terms(_articles(_lines(gold / "quotes/train.jsonl")), least=20)
    counts, words = terms.counts.tocsr(), terms.words
    yield "false titles, keyness, 60 an outlet", "≤ .05", lambda s: _terms(counts, words, 60, s, 1, False)
    yield (
        "found, term x 2, stated beforehand, 60 an outlet",
        "power",
        lambda s: _terms(counts, words, 60, s, 2, True),
    )
    yield (
        "found, term x 2, among all terms, 60 an outlet",
        "power",
        lambda s: _terms(counts, words, 60, s, 2, False),
    )
    common = np.flatnonzero((counts > 0).sum(axis=0) >= 0.2 * len(words))[:40]
    rates = counts[:, common].toarray().astype(float)
    yield "coverage, term rates, 40", ".93-.97", lambda s: _covers(rates, words.astype(float), 40, s)


def run(gold: Path, splits: int, only: str) -> list[dict[str, Any]]:
    rows = []
    for name, goal, split in simulations(gold):
        if only not in name:
            continue
        tally: Counter[str] = Counter()
        for seed in range(splits):
            made = split(seed)
            for each in [made] if isinstance(made, Outcome) else [Outcome(held) for held in made]:
                tally.update(n=1, found=int(each.found), plain=int(each.plain))
        share, low, high = (
            float(x) for x in wilson(np.array(float(tally["found"])), np.array(float(tally["n"])))
        )
        row = {
            "name": name,
            "goal": goal,
            "value": share,
            "low": low,
            "high": high,
            "n": tally["n"],
            "splits": splits,
        }
        if goal == "power":
            row["plain"] = tally["plain"] / tally["n"]
        rows.append(
            {key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()}
        )
        print(rows[-1], flush=True)
    return rows


def _write(rows: list[dict[str, Any]]) -> None:
    (HERE / "claims.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = ["| simulation | measured (95 %) | goal or plain test | n |", "|---|---|---|---|"]
    for row in rows:
        beside = f"plain test {row['plain']:.2f}" if "plain" in row else row["goal"]
        lines.append(
            f"| {row['name']} | {row['value']:.3f} ({row['low']:.3f}–{row['high']:.3f}) | {beside} | {row['n']:,} |"
        )
    text = README.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    README.write_text(before + START + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--splits", type=int, default=ENOUGH)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    rows = run(given.gold.resolve(), given.splits, given.only)
    if given.splits >= ENOUGH and not given.only:
        _write(rows)


if __name__ == "__main__":
    main()
