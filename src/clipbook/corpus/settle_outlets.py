"""Outlets that only all captures together tell: by their folder, their file's name, other pages, and one spelling."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import permutations
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from clipbook.article.outlet import site_of
from clipbook.article.outlet_keys import ascii_letters, name_key
from clipbook.captures.files import METADATA_NAME
from clipbook.corpus.metadata import CHECKED
from clipbook.schema import need_columns

OUTLET_COLUMNS = ("outlet", "outlet_from", "outlet_maybe")
_GUESSED = ("page text", "unsigned byline", "end of the title")
_LEAST_FOLDERS = 2
_LEAST_PAGES = 2
_LIKELY = 0.15
_MOST_SHOWN = 5
_SHORTEST = 3
_STATED = 1_000_000  # a spelling that is stated outweighs any number of others
_WORDS = re.compile(r"[^\W_]+")

Row = dict[str, Any]


def settle_outlets(articles: pd.DataFrame) -> pd.DataFrame:
    """Name outlets that one page alone does not tell, and spell each outlet in one way.

    Parameters
    ----------
    articles : DataFrame
        ``source_file``, ``url``, ``outlet``, ``outlet_from`` (what it was read from) and ``outlet_maybe``.

    Returns
    -------
    DataFrame
        The rows that change, with their index: ``outlet``, ``outlet_from`` and ``outlet_maybe``.

    Notes
    -----
    In this order, each only where those before are silent: the folder, where two folders or more are called as their own
    pages call their outlet (it also wins over what was guessed from a text); words of the file's name that are an outlet
    which other pages of the study give; a likely name on the page that two other pages give. Spellings are joined that
    have the same letters ("Ferry News", "ferrynews.example"), or of which one begins the other and both stand on
    pages of one site; what the researcher or an export states is never changed.
    """
    names = ["source_file", "url", *OUTLET_COLUMNS]
    need_columns(articles, names, made_by="corpus.article_table")
    alike: dict[tuple[str, ...], Row] = {}  # captures of one folder, site and outlet settle together
    each = [_shared(alike, *values) for values in articles[names].fillna("").itertuples(index=False)]
    rows = list(alike.values())
    _by_folder(rows)
    _by_file_name(rows)
    _by_other_pages(rows)
    _one_spelling(rows)
    for row in rows:
        row["outlet_maybe"] = "" if row["outlet"] else row["outlet_maybe"]
    changed = [row["found"] != tuple(row[name] for name in OUTLET_COLUMNS) for row in each]
    settled = [[row[name] for name in OUTLET_COLUMNS] for row, new in zip(each, changed, strict=True) if new]
    return pd.DataFrame(settled, articles.index[changed], columns=list(OUTLET_COLUMNS)).astype("str")


def _shared(alike: dict[tuple[str, ...], Row], source_file: str, url: str, *found: str) -> Row:
    """Give the row that a capture shares with all that the rules below cannot tell from it, and count it there."""
    file = PurePosixPath(source_file)
    key = (file.parent.name, site_of(url), "" if found[0] else file.stem, *found)
    new = dict(zip(("folder", "site", "stem", *OUTLET_COLUMNS), key, strict=True))
    row = alike.setdefault(key, {**new, "found": found, "captures": 0})
    row["captures"] += 1
    return row


def outlet_questions(articles: pd.DataFrame) -> pd.DataFrame:
    """List outlets that may be one: of one name the other's beginning, or its initials.

    Parameters
    ----------
    articles : DataFrame
        ``outlet``.

    Returns
    -------
    DataFrame
        ``outlet``, ``captures``, ``perhaps`` and ``captures_of_that``, the shorter name first; write one of them into the
        column ``outlet`` of captures.csv to join them.
    """
    need_columns(articles, ["outlet"], made_by="corpus.read_corpus")
    counts = Counter(name for name in articles["outlet"].fillna("") if name)
    pairs = [
        (short, counts[short], long, counts[long])
        for short in sorted(counts)
        for long in sorted(counts)
        if short != long
        and len(short) < len(long)
        and (_begins(short, long) or _initials(long) == short.lower())
    ]
    return pd.DataFrame(pairs, columns=["outlet", "captures", "perhaps", "captures_of_that"])


def outlets_read(articles: pd.DataFrame) -> pd.DataFrame:
    """List outlets with what each was read from, the least certain first.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``outlet``, ``outlet_from`` and ``outlet_maybe``.

    Returns
    -------
    DataFrame
        One row an outlet, "" for captures of which none is sure: ``outlet``, ``captures``, ``guessed`` (how many of
        them have it from the text of their page alone), ``read_from`` (what it was read from, with counts), ``perhaps``
        (outlets of the corpus that may be the same, or the likeliest names of captures without one) and ``example``
        (a capture to look at, a guessed one if there is any). Rows are sorted by the share that was guessed.

    Examples
    --------
    >>> rows = [("a1", "Gazette", "page metadata", ""), ("a2", "Gazette", "page text: own", ""), ("a3", "", "", "Post 0.41")]
    >>> table = pd.DataFrame(rows, columns=["capture_id", "outlet", "outlet_from", "outlet_maybe"])
    >>> outlets_read(table)[["outlet", "captures", "guessed", "perhaps"]].to_numpy().tolist()
    [['', 1, 0, 'Post 0.41'], ['Gazette', 2, 1, '']]
    """
    need_columns(articles, ["capture_id", *OUTLET_COLUMNS], made_by="corpus.read_corpus")
    asked = outlet_questions(articles)
    two = asked[["outlet", "perhaps"]].to_numpy().tolist()
    pairs = [*two, *(pair[::-1] for pair in two)]
    rows = []
    for name, those in articles.fillna(dict.fromkeys(OUTLET_COLUMNS, "")).groupby("outlet", sort=True):
        guessed = those["outlet_from"].str.startswith(_GUESSED)
        sources = Counter(those["outlet_from"].str.split(":").str[0])
        likely = _likeliest(those["outlet_maybe"])
        perhaps = likely if name == "" else (other for one, other in pairs if one == name)
        rows.append({
            "outlet": name,
            "captures": len(those),
            "guessed": int(guessed.sum()),
            "read_from": ", ".join(f"{source} {count}" for source, count in sources.most_common() if source),
            "perhaps": "; ".join(list(dict.fromkeys(filter(None, perhaps)))[:_MOST_SHOWN]),
            "example": those["capture_id"].iloc[int(guessed.to_numpy().argmax())],
        })  # fmt: skip
    columns = ["outlet", "captures", "guessed", "read_from", "perhaps", "example"]
    rows.sort(key=lambda row: (row["outlet"] != "", -row["guessed"] / row["captures"], -row["captures"]))
    return pd.DataFrame(rows, columns=columns)


def _likeliest(maybe: Iterable[str]) -> list[str]:
    """The likeliest name of each capture, "Post 0.41", each name once, the surest first."""
    best: dict[str, str] = {}
    for each in sorted(
        (one.split("; ")[0] for one in maybe), key=lambda one: one.rpartition(" ")[2], reverse=True
    ):
        best.setdefault(each.rpartition(" ")[0], each)
    return list(best.values())


def _by_folder(rows: list[Row]) -> None:
    inside: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["folder"]:
            inside[row["folder"]].append(row)
    called = {folder: name for folder, those in inside.items() if (name := _called(folder, those))}
    if len(set(map(_key, called.values()))) < _LEAST_FOLDERS:
        return
    for folder, name in called.items():
        for row in inside[folder]:
            if not row["outlet"] or (_guessed(row) and _key(row["outlet"]) != _key(name)):
                row.update(outlet=name, outlet_from="folder")


def _called(folder: str, rows: list[Row]) -> str:
    """The name that most pages of a folder give, if the folder is called so."""
    given = _counts((row["outlet"], row) for row in rows if row["outlet"])
    fitting = [name for name, _ in given.most_common() if _same(folder, name)]
    return fitting[0] if fitting else ""


def _same(folder: str, name: str) -> bool:
    plain, letters = ascii_letters(folder), ascii_letters(_key(name))
    if len(plain) < _SHORTEST - 1 or plain.isdigit():
        return False
    return plain in (letters, ascii_letters(name), _initials(name)) or (
        len(plain) > _SHORTEST
        and len(name.split()) > 1
        and (letters.startswith(plain) or letters.endswith(plain))
    )


def _by_file_name(rows: list[Row]) -> None:
    known: dict[str, str] = {}
    for row in rows:
        if row["outlet"] and len(_key(row["outlet"])) >= _SHORTEST - 1:
            known.setdefault(_key(row["outlet"]), row["outlet"])
    for row in rows:
        if row["outlet"] or not known:
            continue
        words = _WORDS.findall(row["stem"])
        found = {
            known[key]
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + 4) + 1)
            if (key := _key(" ".join(words[start:end]))) in known and not key.isdigit()
        }
        if len(found) == 1:
            row.update(outlet=found.pop(), outlet_from="file name")


def _by_other_pages(rows: list[Row]) -> None:
    counts = _counts((_key(row["outlet"]), row) for row in rows if row["outlet"])
    spelt = {_key(row["outlet"]): row["outlet"] for row in rows if row["outlet"]}
    for row in rows:
        if row["outlet"]:
            continue
        for each in row["outlet_maybe"].split("; "):
            name, _, chance = each.rpartition(" ")
            if name and float(chance) >= _LIKELY and counts[_key(name)] >= _LEAST_PAGES:
                row.update(outlet=spelt[_key(name)], outlet_from="page text, as on other pages")
                break


def _one_spelling(rows: list[Row]) -> None:
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["outlet"]:
            alike[_key(row["outlet"])].append(row)
    meant = _of_one_site(alike)
    together: dict[str, list[Row]] = defaultdict(list)
    for key, those in alike.items():
        name = key
        while name in meant:
            name = meant[name]
        together[name].extend(those)
    for those in together.values():
        name = _best(those)
        for row in those:
            if not _stated(row):
                row["outlet"] = name


def _of_one_site(alike: dict[str, list[Row]]) -> dict[str, str]:
    """Names that begin another, or are its initials, on pages of one site: the rarer, and the one that it stands for."""
    sites: dict[str, set[str]] = defaultdict(set)
    for key, those in alike.items():
        for row in those:
            sites[row["site"]].add(key)
    sites.pop("", None)
    meant: dict[str, str] = {}
    for keys in sites.values():
        for one, other in permutations(sorted(keys), 2):
            short, long = alike[one][0]["outlet"], alike[other][0]["outlet"]
            if _begins(short, long) or _initials(long) == one:
                rare, common = sorted((one, other), key=lambda key: (_captures(alike[key]), key))
                meant.setdefault(rare, common)
    return meant


def _best(rows: Iterable[Row]) -> str:
    """The spelling of the researcher or an export, else the one used most, capitals and spaces before a host's letters."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["outlet"]] += row["captures"] * (_STATED if _stated(row) else 1)
    return max(counts, key=lambda name: (not _is_host(name), counts[name], " " in name, name))


def _counts(named: Iterable[tuple[str, Row]]) -> Counter[str]:
    """Count captures by name."""
    counts: Counter[str] = Counter()
    for name, row in named:
        counts[name] += row["captures"]
    return counts


def _captures(rows: Iterable[Row]) -> int:
    return sum(row["captures"] for row in rows)


def _stated(row: Row) -> bool:
    return row["outlet_from"] in ("the file", METADATA_NAME, CHECKED)


def _is_host(name: str) -> bool:
    return name.islower() and " " not in name and "." in name


def _begins(short: str, long: str) -> bool:
    first, second = short.lower().split(), long.lower().split()
    return len(first) < len(second) and second[: len(first)] == first


def _initials(name: str) -> str:
    words = [word for word in name.lower().split() if word != "the"]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _guessed(row: Row) -> bool:
    return row["outlet_from"].startswith(_GUESSED)


def _key(name: str) -> str:
    return name_key(name)[0]
