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
from clipbook.article.outlet_names import Candidate, Evidence, Shown
from clipbook.article.persons import AGENCIES, looks_like_name
from clipbook.model import stored_weights

WEIGHTS = "outlet_weights.json"
NOBODY = "no name is the outlet"
_AGENCIES = frozenset(letters(name) for name in AGENCIES)
_COPIED = frozenset(("copyright", "copyright_legal", "copyright_business"))
_NAMING = frozenset(
    (*_COPIED, "alone", "told", "legal", "biography", "byline", "dateline", "own_before", "own_after")
)
_STRONG = frozenset((*_COPIED, "told", "alone_top", "own_before", "biography"))
_IN_FULL = frozenset(("copyright_legal", "copyright", "told", "biography", "legal"))
_COMPANY = w.LEGAL_FORMS | w.BUSINESS
_FUNCTION_WORDS = frozenset(word for words in FUNCTION_SETS.values() for word in words)
_SPEAKS = re.compile(
    r"\b([A-Z]\w+),? (?:said|says|added|told|wrote|who)\b|\b(?:said|says) (?:[A-Z]\w+ )?([A-Z]\w+)"
)
_WORD, _INSIDE = re.compile(r"\w+"), re.compile(r"[a-z][A-Z]")
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
    words: set[str]  # of its text, as it spells them
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
    names = {key: found for key, found in shown.names.items() if _may_be_outlet(key, found)}
    spelt = {key: spelling(found) for key, found in names.items()}
    initials = {_initials(name) for name in spelt.values()}
    page = _Page(
        _spaced(headline),
        body,
        {ascii_letters(host): kinds for host, kinds in shown.hosts.items()},
        max((len(found.lines) for found in names.values()), default=1) or 1,
        _kin(names),
        set(_WORD.findall("\n".join((body, *shown.outside)))),
        {name for names in _SPEAKS.findall(body) for name in names if name},
        {key for key in names if 2 <= len(key) <= 4 and key in initials},
    )
    return {
        key: {name: value for name, value in _measure(key, spelt[key], found, page).items() if value}
        for key, found in names.items()
    }


def _may_be_outlet(key: str, found: Candidate) -> bool:
    if "owner" in found.evidence or (len(found.lines) < 2 and _NAMING.isdisjoint(found.evidence)):
        return False
    if len(key) > _LONGEST or key in w.PLATFORMS or key in w.NO_NAMES or key in w.ARTICLES:
        return False
    if key in _FUNCTION_WORDS and _STRONG.isdisjoint(found.evidence):
        return False
    return w.LEGALESE.isdisjoint(spelling(found).lower().split())


def _kin(names: Mapping[str, Candidate]) -> dict[str, Evidence]:
    """Give for each name the most lines of a longer one that holds it, and what is known of its parts."""
    kin: dict[str, Evidence] = defaultdict(lambda: defaultdict(int))
    for found in names.values():
        words = max(found.forms, key=found.forms.__getitem__).split()[:8]
        if len(words) < 2 or words[-1].lower().strip(".") in _COMPANY:
            continue
        whole = kin[name_key(" ".join(words))[0]]
        full = not _IN_FULL.isdisjoint(found.evidence)
        for start, end in combinations(range(len(words) + 1), 2):
            part = name_key(" ".join(words[start:end]))[0]
            if part in names and names[part] is not found:
                seen = names[part].evidence
                kin[part]["longer"] = max(kin[part]["longer"], len(found.lines))
                whole["copyright"] |= not _COPIED.isdisjoint(seen)
                whole["own"] |= full and ("own_before" in seen or "own_after" in seen)
    return kin


def _measure(key: str, spelt: str, found: Candidate, page: _Page) -> dict[str, float]:
    seen, kin, lines = found.evidence.copy(), page.kin[key], len(found.lines)  # reading a kind adds it
    words = [word.strip(".,'’").lower() for word in spelt.split()]
    alone = words[0] if len(words) == 1 else ""
    forms = (*address_forms(spelt), *address_forms(key)) if page.hosts else ()
    host: Evidence = next((page.hosts[form] for form in forms if form in page.hosts), defaultdict(int))
    about = _spaced(spelt) in page.topic
    speaks = not alone and spelt.rsplit(maxsplit=1)[-1] in page.speakers
    told = seen["told"] + seen["learned"]
    if told and (about or speaks or (not lines and looks_like_name(spelt))):
        told = 0
    own = seen["own_before"] + seen["own_after"]
    of_many = 1 if len(page.hosts) <= _MANY_HOSTS else 0.3  # as in tables of cookies
    kinds = sum((
        seen["own_before"] > 0, seen["own_after"] > 0, seen["legal"] > 0, not _COPIED.isdisjoint(found.evidence), told > 0,
        seen["biography"] + seen["byline"] > 0, bool(host) or seen["site"] > 0, "alone" in seen, "dateline" in seen,
    ))  # fmt: skip
    return {
        "lines": log1p(lines) / 2 + lines / page.most / 2,
        "first lines": "alone_top" in seen,
        "site ending": min(2, seen["site"]) / 2 * of_many,
        "copyright": "copyright" in seen and "company" not in seen,
        "copyright less legal form": "copyright_legal" in seen,
        "copyright less business word": "copyright_business" in seen,
        "copyright of a part": kin["copyright"],
        "told": min(3, told) / 2,
        "biography": min(2, seen["biography"]),
        "byline": min(2, seen["byline"]) / 2,
        "author line": "author_line" in seen,
        "legal": min(2, seen["legal"]) / 2,
        "own": own > 0,
        "own, several": log1p(own - 1) if own else 0,
        "own, in short": kin["own"],
        "subject": "subject" in seen,
        "closing": log1p(seen["closing"]),
        "dateline": "dateline" in seen,
        "press word": not w.PRESS.isdisjoint(words),
        "capital inside": alone != "" and _INSIDE.search(spelt) is not None,
        "own address": host["own"] > 0,
        "mail or link": host["mail"] + host["link"] > 0,
        "host": (host["host"] + host["in_story"] > 0) * of_many,
        "handle": host["handle"] > 0,
        "followed by many": log1p(max(0, len(found.following) - 1)) / 2,
        "in story and outside": told > 0 and lines > 0 and spelt in page.body,
        "initials shown": _initials(spelt) in page.initials,
        "kinds": log1p(kinds - 1) if kinds else 0,
        "agency": key in _AGENCIES,
        "topic": about,
        "company": not _COMPANY.isdisjoint(words[1:]),
        "common word": alone.islower() and alone in page.words,
        "furniture": WORD_BITS.keys() >= {*words},
        "section": spelt.lower() in w.SECTIONS,
        "speaks": speaks,
        "part of a longer name": lines > 1 and kin["longer"] >= _NEARLY_ALL * lines,
        "initials of a name": key in page.initials,
        "number": key[0].isdigit(),
        "seen once": lines <= 1 and kinds <= 1,
    }


def _initials(name: str) -> str:
    words = name.lower().split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _spaced(text: str) -> str:
    """The words of a text in lower case, each between spaces."""
    return " ".join(("", *_WORD.findall(text.lower()), ""))


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
