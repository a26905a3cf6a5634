"""Measure how right clipbook is against human-coded data, print it, and record it.

    measure.py --gold DIR [--floors FILE]

DIR holds one folder an area, each with its data and the scorer that defines the figures. Without
--floors the figures are written to results.json beside this file, which the workbook quotes; with
--floors nothing is written, and the exit status is 1 when a figure is worse than the floor recorded there.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from areas import framing, quotes
from predict import AREAS, predictions

RESULTS = Path(__file__).with_name("results.json")
README = Path(__file__).resolve().parents[2] / "README.md"
TESTS_README = Path(__file__).resolve().parents[1] / "README.md"
MEANING = {
    "captures": "Figures are for pages of outlets that the line model had not seen when it judged them.",
    "fields": "Figures are for pages of sites that the weights had not seen; an empty field is missing, not wrong.",
    "quotes": "A share of quoted words can therefore be off by about this error; "
    "two trained human annotators differ by .107.",
    "framing": "Two human coders reach a micro F1 of .731 with each other on the first of these sets.",
    "readability": "A formula explains part of what makes a text hard, never all of it.",
    "keywords": "Human readers choose different keywords too; a low figure is usual for this task.",
}


def _score(script: Path, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{script} failed:\n{done.stderr}")
    return done.stdout


def _row(name: str, label: str, value: float, n: tuple[int, str], interval: Any = None, **more: Any) -> dict:
    row = {"name": name, "label": label, "value": round(value, 3), "n": n[0], "unit": n[1], **more}
    if interval:
        row["low"], row["high"] = (round(bound, 3) for bound in interval)
    return row


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _captures(area: str, gold: Path, made: Path) -> Iterator[dict]:
    out = made.with_suffix(".scores")
    _score(gold / "captures/score.py", gold / "captures/gold.jsonl", made, "--json", out, "--bootstrap", 1000)
    scores = json.loads(out.read_text(encoding="utf-8"))
    kind = "saved HTML" if area == "captures-html" else "page text"
    body = scores.pop("body")
    headline = area == "captures"
    yield _row(
        f"{area} body f1", f"body text from {kind}, F1", body["f1"], (body["n"], "pages"), body.get("f1_95"),
        headline=headline,
    )  # fmt: skip
    for part in ("precision", "recall"):
        yield _row(f"{area} body {part}", f"body text from {kind}, {part}", body[part], (body["n"], "pages"))
    for name, found in scores.items():
        if isinstance(found, dict) and "value" in found:
            yield _row(
                f"{area} {name}", f"{name.replace('_', ' ')} from {kind}", found["value"],
                (found["n"], "pages"),
                found.get("95"),
            )  # fmt: skip


def _fields(area: str, gold: Path, made: Path) -> Iterator[dict]:
    """Right, wrong and missing of each field; that "wrong" is of the values given."""
    table, out = made.with_suffix(".csv"), made.with_suffix(".scores")
    rows = _lines(made)
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    def scored(fields: Path) -> dict:
        _score(gold / "captures/score_fields.py", fields, table, "--json", out)
        return json.loads(out.read_text(encoding="utf-8"))

    scores = scored(gold / "captures/fields.jsonl")
    kind = "saved HTML" if area == "fields-html" else "page text"
    for field in FIELDS:
        for share in ("right", "missing", "wrong of given"):
            found = scores[field][share]
            if found:
                yield _row(
                    f"{area} {field} {share}", f"{field} from {kind}, {share}", found["value"], (found["n"], "pages"), found["95"],
                    headline=share != "missing",
                )  # fmt: skip
    for field, (stands, what) in IN_TEXT.items() if area == "fields" else ():
        told = made.with_suffix(f".{field}")
        pages = [page for page in _lines(gold / "captures/fields.jsonl") if page.get(stands)]
        days = [page for page in pages if field != "date" or not page.get("published_kind")]
        told.write_text("\n".join(map(json.dumps, days)), encoding="utf-8")
        found = scored(told)[field]["right"]
        yield _row(
            f"{area} {field} right where told", f"{field} from {kind}, right where {what}", found["value"], (found["n"], "pages"), found["95"],
            headline=True,
        )  # fmt: skip


FIELDS = ("outlet", "headline", "authors", "date")
IN_TEXT = {
    "headline": ("title_in_text", "the text shows it"),
    "date": ("published_in_text", "the text states it"),
}
QUOTE_LABELS = {
    "ggt0.8.F1": "quotations found, F1",
    "ggt0.8.speaker_name": "speaker right, of quotations found",
    "share.tv": "error of an article's quote shares (0 is right, 1 all wrong)",
}


def _quotes(area: str, gold: Path, made: Path) -> Iterator[dict]:
    scores = json.loads(_score(gold / "quotes/score.py", gold / "quotes/gold.jsonl", made, "--json"))
    n = len(_lines(gold / "quotes/gold.jsonl"))
    for key, found in scores.items():
        interval = (found["low"], found["high"]) if found["low"] is not None else None
        label = QUOTE_LABELS.get(key, key)
        yield _row(
            f"quotes {key}", label, found["value"], (n, "articles"), interval, headline=key in QUOTE_LABELS
        )


def _pages(area: str, gold: Path, made: Path) -> Iterator[dict]:
    wanted = gold / area / "gold.jsonl"
    bodies = wanted if area == "canada" else gold / "captures/gold.jsonl"
    text = _score(gold / "pages/score.py", wanted, bodies, made)
    n, (unit, what) = len(_lines(wanted)), PAGES[area]
    for name, label in (
        ("detection f1", r"F1 ([\d.]+) \| speaker"),
        ("speaker on found", r"speaker on found ([\d.]+)"),
        ("end to end f1", r"end-to-end F1 ([\d.]+)"),
        ("share error", r"share TV ([\d.]+)"),
    ):
        yield _row(f"{area} {name}", f"{name}, {what}", float(re.search(label, text)[1]), (n, unit))


def _canada(area: str, gold: Path, made: Path) -> Iterator[dict]:
    """The figures of the set, and of all sets by kind: they rest on the same weights, which take minutes to fit."""
    yield from _pages(area, gold, made)
    for kind in quotes.by_kind(gold):
        yield _row(
            f"speakers {kind['set']}, {kind['by']}: {kind['kind']}", "stretches between marks judged right", kind["value"],
            (kind["n"], "stretches"),
            (kind["low"], kind["high"]),
        )  # fmt: skip


def _framing(area: str, gold: Path, made: Path) -> Iterator[dict]:
    data = gold / "framing" / "gold.jsonl"
    plain = made.with_suffix(".plain")
    for name in framing.SETS:
        rows = framing.uncalibrated(framing.read_set(data.parent, name), name)
        plain.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for scored, how, keys in (
            (plain, "cue scores alone", ("mean_auc",)),
            (made, "after calibration", ("micro_f1", "macro_f1")),
        ):
            text = _score(
                *(gold / "framing/score.py", "--gold", data, "--pred", scored, "--set", name, "--json")
            )
            scores = json.loads(text)
            for key in keys:
                yield _row(
                    f"framing {name} {key}",
                    f"{SETS[name]}, {key.replace('_', ' ')}, {how}",
                    scores[key],
                    (scores["n"], "texts"),
                    scores["ci95"].get(key),
                    headline=name == "narrative" and key != "macro_f1",
                )


def _readability(area: str, gold: Path, made: Path) -> Iterator[dict]:
    folder = gold / "readability"
    text = _score(
        folder / "score.py", "--gold", folder / "gold.jsonl", "--ose", folder / "ose.jsonl", "--pred", made
    )
    counts = {"spearman": len(_lines(folder / "gold.jsonl")), "pairs": len(_lines(folder / "ose.jsonl"))}
    found = re.findall(r"^(\S+) .*?(spearman|pairs) (-?[\d.]+) \[(-?[\d.]+),(-?[\d.]+)\]", text, re.M)
    for measure, kind, value, low, high in found:
        what = (
            "rank correlation with human judgement" if kind == "spearman" else "levels put in the right order"
        )
        yield _row(
            f"readability {measure} {kind}", f"{FORMULAS.get(measure, measure)}, {what}", float(value), (counts[kind], "texts"),
            (float(low), float(high)), headline=measure in ("fre", "rix") and kind == "spearman",
        )  # fmt: skip


def _keywords(area: str, gold: Path, made: Path) -> Iterator[dict]:
    for name in ("duc", "kpcrowd"):
        text = _score(
            gold / "keywords/score.py", "--gold", gold / "keywords/gold.jsonl", "--pred", made, "--set", name
        )
        scores = json.loads(text)
        for key in ("F1@10", "pF1@10"):
            yield _row(
                f"keywords {name} {key}", f"{STORIES[name]}, {key}", scores[key], (scores["docs"], "stories"),
                scores.get(f"{key}_ci95"), headline=name == "duc" and key == "F1@10",
            )  # fmt: skip


PAGES = {"pages": ("pages", "from page text"), "canada": ("articles", "Canadian articles")}
FORMULAS = {"fre": "Flesch reading ease", "rix": "RIX", "smog": "SMOG"}
STORIES = {"duc": "key phrases of newswire stories", "kpcrowd": "key words of web news"}
SETS = {
    "narrative": "generic news frames in articles on climate",
    "gvfc": "frames of gun violence in headlines",
    "frac": "policy frames in sentences",
}
SCORERS = {
    "captures": _captures,
    "captures-html": _captures,
    "fields": _fields,
    "fields-html": _fields,
    "quotes": _quotes,
    "pages": _pages,
    "canada": _canada,
    "framing": _framing,
    "readability": _readability,
    "keywords": _keywords,
}


TOGETHER = (  # areas that share what was fitted for them
    ("captures", "captures-html", "fields", "fields-html", "quotes", "pages", "canada"),
    ("framing", "readability", "keywords"),
)


def measure(gold: Path) -> dict[str, Any]:
    """Predict and score every area that the folder holds.

    Returns
    -------
    dict
        By family (captures, quotes, framing, readability, keywords): ``measures``, a list of rows
        with name, label, value, low, high, n, unit; ``meaning``; ``command``.
    """
    results: dict[str, Any] = {}
    with ProcessPoolExecutor(max_workers=len(TOGETHER)) as pool:
        for measured in pool.map(_measured, TOGETHER, [gold] * len(TOGETHER)):
            for area, rows in measured:
                family = AREAS[area][0].__name__.rpartition(".")[2]
                section = results.setdefault(
                    family, {"measures": [], "meaning": MEANING[family], "command": "make validity GOLD=DIR"}
                )
                section["measures"] += rows
    return results


def _measured(areas: Sequence[str], gold: Path) -> list[tuple[str, list[dict]]]:
    out = []
    with tempfile.TemporaryDirectory() as scratch:
        for area in areas:
            made = Path(scratch) / f"{area}.jsonl"
            made.write_text(predictions(area, gold, unseen=True), encoding="utf-8")
            out.append((area, rows := list(SCORERS[area](area, gold, made))))
            lines = [f"\n{area}"]
            for row in rows:
                interval = f"[{row['low']:.3f}, {row['high']:.3f}]" if "low" in row else ""
                lines.append(f"  {row['name']:44} {row['value']:.3f} {interval:16} n={row['n']}")
            print("\n".join(lines), flush=True)
    return out


def accuracy_table(results: dict[str, Any]) -> str:
    """Lay the leading figures out as the README's table."""
    rows = [row for section in results.values() for row in section["measures"] if row.get("headline")]
    lines = ["| measured | figure | 95 % interval | n |", "|---|---|---|---|"]
    for row in rows:
        interval = f"{row['low']:.2f} to {row['high']:.2f}" if "low" in row else "–"
        lines.append(f"| {row['label']} | {row['value']:.2f} | {interval} | {row['n']:,} {row['unit']} |")
    return "\n".join(lines)


def kinds_table(results: dict[str, Any]) -> str:
    """Lay out how often speakers are right by kind."""
    lines = ["| set | by | kind | right | 95 % interval | n |", "|---|---|---|---|---|---|"]
    for row in results["quotes"]["measures"]:
        name, _, kind = row["name"].removeprefix("speakers ").partition(": ")
        if row["name"].startswith("speakers "):
            which, _, by = name.partition(", ")
            interval = f"{row['low']:.3f} to {row['high']:.3f}"
            lines.append(f"| {which} | {by} | {kind} | {row['value']:.3f} | {interval} | {row['n']:,} |")
    return "\n".join(lines)


def update_readme(path: Path, name: str, table: str) -> None:
    """Put a table between the two marks of a README that bear its name."""
    text = path.read_text(encoding="utf-8")
    before, start, rest = text.partition(f"<!-- {name}: written by make validity -->\n")
    _, end, after = rest.partition(f"<!-- end of {name} -->")
    path.write_text(f"{before}{start}{table}\n{end}{after}", encoding="utf-8")


def below(results: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Name every figure that is worse than its floor, or that has a floor and was not measured."""
    values = {row["name"]: row["value"] for section in results.values() for row in section["measures"]}
    worse = []
    for name, floor in floors.items():
        value = values.get(name)
        lower_is_better = "share" in name or "wrong" in name or "missing" in name
        if value is None or (value > floor if lower_is_better else value < floor):
            worse.append(f"{name} is {value}, its floor {floor}")
    return worse


def main() -> None:
    """Read the command line, measure, record or compare."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--gold", type=Path, required=True, metavar="DIR")
    cli.add_argument("--floors", type=Path, metavar="FILE")
    args = cli.parse_args()
    if not (args.gold / "captures").is_dir():
        sys.exit(
            f"{args.gold} has no folder captures: name the folder that holds the human-coded data (GOLD=DIR)."
        )
    results = measure(args.gold)
    if args.floors is None:
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        update_readme(README, "accuracy", accuracy_table(results))
        update_readme(TESTS_README, "speakers", kinds_table(results))
        print(f"\nRecorded in {RESULTS.name} and README.md")
        return
    worse = below(results, json.loads(args.floors.read_text(encoding="utf-8")))
    if worse:
        sys.exit("Worse than recorded:\n  " + "\n  ".join(worse))
    print(f"\nNo figure is below the floors in {args.floors.name}")


if __name__ == "__main__":
    main()
