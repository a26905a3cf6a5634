"""How likely each name on a page is its outlet: readable weights over what speaks for and against it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log1p
from typing import NamedTuple

from clipbook.article import outlet_words as w
from clipbook.article.outlet_keys import ascii_letters, letters, name_key
from clipbook.article.outlet_names import Candidate, Evidence, Shown
from clipbook.article.persons import AGENCIES, looks_like_name
from clipbook.article.vocabulary import WORD_BITS

WEIGHTS = "outlet_weights.json"
NOBODY = "no name is the outlet"
FOR: tuple[str, ...] = (
    "lines", "first lines", "last lines", "site ending", "copyright", "copyright less legal form",
    "copyright less business word", "told", "biography", "byline", "legal", "own", "own, several", "dateline", "press word",
    "capital inside", "own address", "mail or link", "host", "like an address", "followed by many",
    "in story and outside", "initials shown",
)  # fmt: skip
AGAINST: tuple[str, ...] = (
    "agency", "topic", "person", "company", "furniture", "part of a longer name", "part of a stated name",
    "initials of a name", "number", "seen once",
)  # fmt: skip
_AGENCIES = frozenset(letters(name) for name in AGENCIES)
_NAMING = (
    "alone",
    "copyright",
    "copyright_legal",
    "copyright_business",
    "told",
    "legal",
    "biography",
    "byline",
    "dateline",
    "own_before",
    "own_after",
)
_STRONG = (
    "copyright",
    "copyright_legal",
    "copyright_business",
    "told",
    "alone_top",
    "own_before",
    "biography",
)
_IN_FULL = ("copyright_legal", "copyright", "told", "biography", "legal")
_COPIED = ("copyright", "copyright_legal", "copyright_business")
_NEARLY_ALL = 0.9
_LONGEST = 40


class Scored(NamedTuple):
    """A name with the probability that it is the outlet."""

    key: str
    name: str
    probability: float
    evidence: tuple[str, ...]  # kinds that speak for it


class _Page(NamedTuple):
    """What the names of a page are measured against."""

    topic: str  # the headline's words, each between spaces
    body: str
    hosts: dict[str, Evidence]
    most: int  # lines that the name shown most stands on
    longer: Counter[str]
    stated: set[str]
    initials: set[str]  # short names that are the initials of another


def features(shown: Shown, headline: str, body: str) -> dict[str, dict[str, float]]:
    """Measure what speaks for and against each name of a page; only what is not 0.

    Parameters
    ----------
    shown : Shown
        From :func:`clipbook.article.outlet_names.shown_names`.
    headline, body : str
        Of the story, which speaks of names that are not the outlet's.

    Returns
    -------
    dict of str to dict
        By key of the name: each of ``FOR`` and ``AGAINST`` with its measure, at most about 2.
    """
    names = {key: found for key, found in shown.names.items() if _may_be_outlet(key, found)}
    initials = {_initials(spelling(found)) for found in names.values()}
    page = _Page(
        _spaced(headline),
        body,
        {ascii_letters(host): kinds for host, kinds in shown.hosts.items()},
        max((len(found.lines) for found in names.values()), default=1) or 1,
        *_longer_names(names),
        {key for key in names if 2 <= len(key) <= 4 and key in initials},
    )
    return {
        key: {name: value for name, value in _measure(key, found, page).items() if value}
        for key, found in names.items()
    }


def _may_be_outlet(key: str, found: Candidate) -> bool:
    if len(key) > _LONGEST or key in w.PLATFORMS or key in w.NO_NAMES or key in w.ARTICLES:
        return False
    kinds = found.evidence
    if len(found.lines) < 2 and not any(kinds[kind] for kind in _NAMING):
        return False
    if any(kinds[kind] for kind in _STRONG):
        return True
    spelt = [word.strip(".,'’") for word in found.forms.most_common(1)[0][0].lower().split()]
    return any(word in w.PRESS or not WORD_BITS.get(word, 0) for word in spelt)


def _longer_names(names: Mapping[str, Candidate]) -> tuple[Counter[str], set[str]]:
    """For each name the most lines of a longer one that holds it; and names that are part of one stated in full."""
    longer: Counter[str] = Counter()
    stated: set[str] = set()
    for found in names.values():
        words = found.forms.most_common(1)[0][0].split()[:8]
        if words[-1].lower().strip(".") in w.LEGAL_FORMS | w.BUSINESS:
            continue
        full = any(found.evidence[kind] for kind in _IN_FULL)
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                part = name_key(" ".join(words[start:end]))[0] if end - start < len(words) else ""
                if part in names and names[part] is not found:
                    longer[part] = max(longer[part], len(found.lines))
                    if full:
                        stated.add(part)
    return longer, stated


def _measure(key: str, found: Candidate, page: _Page) -> dict[str, float]:
    seen, spelt, lines = found.evidence, spelling(found), len(found.lines)
    words = [word.strip(".,'’").lower() for word in spelt.split()]
    plain = ascii_letters(spelt)
    host = page.hosts.get(plain) or page.hosts.get(ascii_letters(key)) or Counter()
    press = any(word in w.PRESS for word in words)
    about = _spaced(spelt) in page.topic
    person = looks_like_name(spelt) and not press and not host
    told = 0 if about or (person and not lines and seen["told"] < 2) else seen["told"] + seen["learned"]
    own = seen["own_before"] + seen["own_after"]
    kinds = sum((
        seen["own_before"] > 0, seen["own_after"] > 0, seen["legal"] > 0, any(seen[kind] for kind in _COPIED), told > 0,
        seen["biography"] + seen["byline"] > 0, bool(host) or seen["site"] > 0, seen["alone"] > 0, seen["dateline"] > 0,
    ))  # fmt: skip
    return {
        "lines": log1p(lines) / 2 + lines / page.most / 2,
        "first lines": min(1, seen["alone_top"]),
        "last lines": min(1, seen["alone_end"]),
        "site ending": min(2, seen["site"]) / 2,
        "copyright": min(1, seen["copyright"]) * (not seen["company"]),
        "copyright less legal form": min(1, seen["copyright_legal"]),
        "copyright less business word": min(1, seen["copyright_business"]),
        "told": min(3, told) / 2,
        "biography": min(2, seen["biography"]),
        "byline": min(2, seen["byline"]) / 2,
        "legal": min(2, seen["legal"]) / 2,
        "own": min(1, own),
        "own, several": log1p(max(0, own - 1)),
        "dateline": min(1, seen["dateline"]),
        "press word": float(press),
        "capital inside": float(re.search(r"[a-z][A-Z]", spelt) is not None),
        "own address": min(1, host["own"]),
        "mail or link": min(1, host["mail"] + host["link"]),
        "host": min(1, host["host"] + host["in_story"]),
        "like an address": float(not host and any(_alike(plain, words, other) for other in page.hosts)),
        "followed by many": log1p(max(0, len(found.following) - 1)) / 2,
        "in story and outside": float(told > 0 and lines > 0 and spelt in page.body),
        "initials shown": float(_initials(spelt) in page.initials),
        "agency": float(key in _AGENCIES),
        "topic": float(about),
        "person": float(person),
        "company": float(any(word in w.LEGAL_FORMS | w.BUSINESS for word in words[1:])),
        "furniture": sum(1 for word in words if WORD_BITS.get(word, 0)) / max(1, len(words)),
        "part of a longer name": float(lines > 1 and page.longer[key] >= _NEARLY_ALL * lines),
        "part of a stated name": float(key in page.stated),
        "initials of a name": float(key in page.initials),
        "number": float(key[0].isdigit()),
        "seen once": float(lines <= 1 and kinds <= 1),
    }


def _initials(name: str) -> str:
    words = name.lower().split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _spaced(text: str) -> str:
    """The words of a text in lower case, each between spaces."""
    return " ".join(("", *re.findall(r"\w+", text.lower()), ""))


def _alike(plain: str, words: list[str], host: str) -> bool:
    """Tell whether a host is the beginning of a name or its initials, or begins with the name."""
    if len(words) > 1 and len(host) <= 5 and host == "".join(word[:1] for word in words):
        return True
    if len(plain) >= 3 and len(host) >= 3:
        return (host.startswith(plain) and len(plain) / len(host) > 0.4) or (
            len(words) > 1 and plain.startswith(host)
        )
    return False


def spelling(found: Candidate) -> str:
    """The spelling of a name that is used most, those with capitals and small letters before others."""

    def worth(form: str) -> tuple[float, str]:
        shape = 0.3 if form.islower() else 0.6 if form.isupper() and len(form) > 5 else 1.0
        return found.forms[form] * shape, form

    return max(found.forms, key=worth)


@cache
def weights() -> dict[str, float]:
    """Weights by name of the measure, and that of ``NOBODY``."""
    stored = json.loads((files("clipbook.article") / WEIGHTS).read_text(encoding="utf-8"))
    return {name: float(value) for name, value in stored["weights"].items()}


def rank(shown: Shown, headline: str, body: str, given: Mapping[str, float] | None = None) -> list[Scored]:
    """Order the names of a page by the probability that they are its outlet, likeliest first.

    Notes
    -----
    A conditional logit (McFadden 1974) over the names and ``NOBODY``: probabilities of one page and that of no outlet
    add up to 1.
    """
    weight = weights() if given is None else given
    measured = features(shown, headline, body)
    powers = {
        key: exp(sum(weight[name] * value for name, value in each.items())) for key, each in measured.items()
    }
    total = sum(powers.values()) + exp(weight[NOBODY])
    ranked = [
        Scored(
            key, spelling(shown.names[key]), power / total,
            tuple(name for name in FOR if measured[key].get(name) and weight[name] > 0),
        )
        for key, power in powers.items()
    ]  # fmt: skip
    return sorted(ranked, key=lambda each: (-each.probability, each.key))
