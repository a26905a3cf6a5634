"""How likely each name on a page is its outlet: readable weights over what speaks for and against it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from math import exp, log1p
from typing import NamedTuple

from clipbook.article import outlet_keys as w
from clipbook.article.language import FUNCTION_SETS, WORD_BITS
from clipbook.article.outlet_keys import address_forms, ascii_letters, letters, name_key
from clipbook.article.outlet_names import Candidate, Evidence, Shown, nothing_seen
from clipbook.article.persons import AGENCIES, looks_like_name
from clipbook.model import stored_weights

WEIGHTS = "outlet_weights.json"
NOBODY = "no name is the outlet"
_AGENCIES = frozenset(letters(name) for name in AGENCIES)
_COPIED = ("copyright", "copyright_legal", "copyright_business")
_NAMING = (
    *_COPIED,
    *["alone", "told", "legal", "biography", "byline", "dateline", "own_before", "own_after"],
)
_STRONG = (*_COPIED, "told", "alone_top", "own_before", "biography")
_IN_FULL = ("copyright_legal", "copyright", "told", "biography", "legal")
_COMPANY = w.LEGAL_FORMS | w.BUSINESS
_FUNCTION_WORDS = frozenset(word for words in FUNCTION_SETS.values() for word in words)
_SPEAKS = re.compile(
    r"\b([A-Z]\w+),? (?:said|says|added|told|wrote|who)\b|\b(?:said|says) (?:[A-Z]\w+ )?([A-Z]\w+)"
)
_MANY_HOSTS = 8
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
    kin: dict[str, Evidence]  # what longer names that hold a name, and its own parts, say of it
    lower: set[str]  # words that the page has in small letters
    speakers: set[str]  # last names of people who say something in the story
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
        By key of the name: what speaks for and against it with its measure, at most about 2.
    """
    spelt = {key: spelling(found) for key, found in shown.names.items()}
    names = {key: found for key, found in shown.names.items() if _may_be_outlet(key, spelt[key], found)}
    initials = {_initials(spelt[key]) for key in names}
    page = _Page(
        _spaced(headline),
        body,
        {ascii_letters(host): kinds for host, kinds in shown.hosts.items()},
        max((len(found.lines) for found in names.values()), default=1) or 1,
        _kin(names),
        {word for word in re.findall(r"\w+", "\n".join((body, *shown.outside))) if word.islower()},
        {name for names in _SPEAKS.findall(body) for name in names if name},
        {key for key in names if 2 <= len(key) <= 4 and key in initials},
    )
    return {
        key: {name: value for name, value in _measure(key, spelt[key], found, page).items() if value}
        for key, found in names.items()
    }


def _may_be_outlet(key: str, spelt: str, found: Candidate) -> bool:
    if len(key) > _LONGEST or key in w.PLATFORMS or key in w.NO_NAMES or key in w.ARTICLES:
        return False
    kinds = found.evidence
    if kinds["owner"] or not w.LEGALESE.isdisjoint(spelt.lower().split()):
        return False
    if len(found.lines) < 2 and not any(kinds[kind] for kind in _NAMING):
        return False
    if any(kinds[kind] for kind in _STRONG):
        return True
    return key not in _FUNCTION_WORDS


def _kin(names: Mapping[str, Candidate]) -> dict[str, Evidence]:
    """Give for each name the most lines of a longer one that holds it, and what is known of its parts."""
    kin: dict[str, Evidence] = defaultdict(nothing_seen)
    for found in names.values():
        words = max(found.forms, key=found.forms.__getitem__).split()[:8]
        if len(words) < 2 or words[-1].lower().strip(".") in _COMPANY:
            continue
        whole = kin[name_key(" ".join(words))[0]]
        full = any(found.evidence[kind] for kind in _IN_FULL)
        for start, end in combinations(range(len(words) + 1), 2):
            part = name_key(" ".join(words[start:end]))[0]
            if part in names and names[part] is not found:
                seen = names[part].evidence
                kin[part]["longer"] = max(kin[part]["longer"], len(found.lines))
                whole["copyright"] |= any(seen[kind] for kind in _COPIED)
                whole["own"] |= full and seen["own_before"] + seen["own_after"] > 0
    return kin


def _measure(key: str, spelt: str, found: Candidate, page: _Page) -> dict[str, float]:
    seen, lines = found.evidence, len(found.lines)
    words = [word.strip(".,'’").lower() for word in spelt.split()]
    forms = (*address_forms(spelt), *address_forms(key)) if page.hosts else ()
    host = next((page.hosts[form] for form in forms if form in page.hosts), nothing_seen())
    about = _spaced(spelt) in page.topic
    speaks = len(words) > 1 and spelt.rsplit(maxsplit=1)[-1] in page.speakers
    told = seen["told"] + seen["learned"]
    if told and (about or speaks or (not lines and looks_like_name(spelt))):
        told = 0
    own = seen["own_before"] + seen["own_after"]
    of_many = 1 if len(page.hosts) <= _MANY_HOSTS else 0.3  # as in tables of cookies
    kinds = sum((
        seen["own_before"] > 0, seen["own_after"] > 0, seen["legal"] > 0, any(seen[kind] for kind in _COPIED), told > 0,
        seen["biography"] + seen["byline"] > 0, bool(host) or seen["site"] > 0, seen["alone"] > 0, seen["dateline"] > 0,
    ))  # fmt: skip
    return {
        "lines": log1p(lines) / 2 + lines / page.most / 2,
        "first lines": min(1, seen["alone_top"]),
        "site ending": min(2, seen["site"]) / 2 * of_many,
        "copyright": min(1, seen["copyright"]) * (not seen["company"]),
        "copyright less legal form": min(1, seen["copyright_legal"]),
        "copyright less business word": min(1, seen["copyright_business"]),
        "copyright of a part": page.kin[key]["copyright"],
        "told": min(3, told) / 2,
        "biography": min(2, seen["biography"]),
        "byline": min(2, seen["byline"]) / 2,
        "author line": min(1, seen["author_line"]),
        "legal": min(2, seen["legal"]) / 2,
        "own": min(1, own),
        "own, several": log1p(max(0, own - 1)),
        "own, in short": page.kin[key]["own"],
        "subject": min(1, seen["subject"]),
        "closing": log1p(seen["closing"]),
        "dateline": min(1, seen["dateline"]),
        "press word": float(not w.PRESS.isdisjoint(words)),
        "capital inside": float(len(words) == 1 and re.search(r"[a-z][A-Z]", spelt) is not None),
        "own address": min(1, host["own"]),
        "mail or link": min(1, host["mail"] + host["link"]),
        "host": min(1, host["host"] + host["in_story"]) * of_many,
        "handle": min(1, host["handle"]),
        "followed by many": log1p(max(0, len(found.following) - 1)) / 2,
        "in story and outside": float(told > 0 and lines > 0 and spelt in page.body),
        "initials shown": float(_initials(spelt) in page.initials),
        "kinds": log1p(max(0, kinds - 1)),
        "agency": float(key in _AGENCIES),
        "topic": float(about),
        "company": float(any(word in _COMPANY for word in words[1:])),
        "common word": float(len(words) == 1 and words[0] in page.lower),
        "furniture": float(all(WORD_BITS.get(word, 0) for word in words)),
        "section": float(spelt.lower() in w.SECTIONS),
        "speaks": float(speaks),
        "part of a longer name": float(lines > 1 and page.kin[key]["longer"] >= _NEARLY_ALL * lines),
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


def spelling(found: Candidate) -> str:
    """The spelling of a name that is used most, those with capitals and small letters before others."""
    if len(found.forms) == 1:
        return next(iter(found.forms))

    def worth(form: str) -> tuple[float, str]:
        shape = 0.3 if form.islower() else 0.6 if form.isupper() and len(form) > 5 else 1.0
        return found.forms[form] * shape, form

    return max(found.forms, key=worth)


def rank(shown: Shown, headline: str, body: str, given: Mapping[str, float] | None = None) -> list[Scored]:
    """Order the names of a page by the probability that they are its outlet, likeliest first.

    Notes
    -----
    A conditional logit (McFadden 1974) over the names and ``NOBODY``: probabilities of one page and that of no outlet
    add up to 1.
    """
    weight = stored_weights("article", WEIGHTS)["weights"] if given is None else given
    measured = features(shown, headline, body)
    powers = {
        key: exp(sum(weight[name] * value for name, value in each.items())) for key, each in measured.items()
    }
    total = sum(powers.values()) + exp(weight[NOBODY])
    ranked = [
        Scored(
            key, spelling(shown.names[key]), power / total,
            tuple(name for name in measured[key] if weight[name] > 0),
        )
        for key, power in powers.items()
    ]  # fmt: skip
    return sorted(ranked, key=lambda each: (-each.probability, each.key))
