"""The outlet that published a page, from what the page states and shows, and its section."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import NamedTuple
from urllib.parse import urlsplit

from clipbook.article import outlet_keys as w
from clipbook.article.asides import embedded_posts
from clipbook.article.outlet_keys import address_forms, ascii_letters, host_name, name_key
from clipbook.article.outlet_names import Shown, shown_names
from clipbook.article.outlet_score import Scored, rank, spelling
from clipbook.article.persons import AGENCIES, looks_like_name
from clipbook.article.traits import PageTraits

SURE = 0.5
"""A name must be the outlet with this probability to be given, from a page's text alone."""

SURE_ABROAD = 0.7
"""The same of a page that is not in English, whose names are known less well."""

MAYBE = 0.02
"""A name of less probability is not even kept as a possible one."""

_MOST_MAYBE = 3
_AT_HOME = frozenset(("own", "first lines", "site ending", "mail or link", "own address"))
_COPYRIGHTS = (
    "copyright",
    "copyright less legal form",
    "copyright less business word",
    "copyright of a part",
)
_COPYRIGHT_ALONE = frozenset(("lines", *_COPYRIGHTS, "press word"))
_OF_PEOPLE = frozenset(("lines", "own", "own, several", "handle", "closing", "kinds", "author line"))
_LEAST_LINES = 3  # on which a name must stand to be believed without more
_HEAD_LINES = 8
_SHORTEST_HOST = 3
_ABOVE = re.compile(
    r"\s*(?P<label>url|link|source|from|publication|publisher|newspaper|outlet|medium|quelle|fuente|fonte)\s*:\s*(?P<value>\S.{0,300})$",
    re.I,
)
_TAIL = re.compile(r"\s[|–—\-·»]\s(?P<name>[^|–—·»]{2,40})$")
_PARTS = re.compile(r"\s+[|–—\-·:]\s+|\s*\|\s*")
_SLOGAN_WORDS = 5


class Outlet(NamedTuple):
    """The outlet of a page."""

    name: str  # "" where none is sure
    source: str  # what it was read from; "" where none is sure
    maybe: tuple[Scored, ...] = ()  # names that the page shows, likeliest first


def find_outlet(
    page: PageTraits,
    kept: Sequence[bool],
    headline: str,
    authors: Sequence[str],
    body: str,
    weights: Mapping[str, float] | None = None,
) -> Outlet:
    """Name the outlet of a page from its lines.

    Parameters
    ----------
    page : PageTraits
        The page.
    kept : sequence of bool
        Which of its lines are the story.
    headline, authors, body
        As read from it.
    weights : mapping of str to float, optional
        Of :func:`clipbook.article.outlet_score.rank`; the shipped ones if there are none.

    Returns
    -------
    Outlet
        From a line that somebody put above the page, the end of its title, its own address, or the names that it
        shows; without a name where none of these is sure.
    """
    own = page.text if not (posts := embedded_posts(page)).any() else list(compress(page.text, ~posts))
    shown = shown_names(own, kept if own is page.text else list(compress(kept, ~posts)), headline, authors)
    ranked = rank(shown, headline, body, weights)
    maybe = tuple(name for name in ranked[:_MOST_MAYBE] if name.probability >= MAYBE)
    for place, line in enumerate(page.text[:_HEAD_LINES]):
        above = _ABOVE.match(line)
        value = above["value"].strip() if above else line * (place == 0)  # reading views begin with the site
        if site := site_of(value):
            return Outlet(_shown_as(site, ranked) or _host_of(value), "address above the text", maybe)
        named = above and above["label"].lower() not in ("from", "link", "url")
        if named and len(value.split()) <= _SLOGAN_WORDS:
            return Outlet(value, "line above the text", maybe)
    if name := _end_of_title(page, headline, shown):
        return Outlet(name, "end of the title", maybe)
    own = [site for site, kinds in shown.hosts.items() if kinds["own"]]
    if len(own) == 1 and (name := _shown_as(own[0], ranked)):
        return Outlet(name, "address on the page", maybe)
    if top := _likeliest(ranked, shown, SURE if page.language == "en" else SURE_ABROAD):
        name = _in_full(top, shown)
        return Outlet(name, "page text: " + ", ".join(top.evidence), maybe)
    unsigned = {_unsigned(line) for line, keep in zip(page.text, kept, strict=True) if not keep} - {""}
    return Outlet(unsigned.pop(), "unsigned byline", maybe) if len(unsigned) == 1 else Outlet("", "", maybe)


def stated_outlet(stated: Sequence[str], url: str, shown: Outlet) -> Outlet:
    """Name the outlet of a page from what its markup states.

    Parameters
    ----------
    stated : sequence of str
        What it gives as site, publisher and end of the title, the surest first.
    url : str
        The page's address, which tells a name from a slogan, a section or an owner.
    shown : Outlet
        What the page's lines say.

    Returns
    -------
    Outlet
        The stated name that the address agrees with; a name on the page that does; what two sources state; the
        site's name; what the lines say; or the host.
    """
    hosts = _labels(url)
    names = [part for text in stated for part in _names_in(text)]
    agreed = [name for name in names if any(_like_host(name, host) for host in hosts)]
    if agreed:
        return shown._replace(name=_best_spelt(agreed), source="page metadata")
    if hosts and (name := _shown_as(hosts[-1], shown.maybe)):
        return shown._replace(name=name, source="address")
    keys = [name_key(name)[0] for name in names]
    twice = [name for name, key in zip(names, keys, strict=True) if keys.count(key) > 1]
    whole = [name for name in names if not _is_slogan(name)]
    if twice or whole:
        return shown._replace(name=_best_spelt(twice or whole), source="page metadata")
    if shown.name:
        return shown
    return shown._replace(name=_host_of(url), source="address" if hosts else "")


def site_of(address: str) -> str:
    """The part of an address that names its site, in lower case; "" of what is no address."""
    host = _host_of(address)
    return host_name(host).lower() if host else ""


def maybe_text(outlet: Outlet) -> str:
    """Names that a page without a sure outlet shows, with their probability: "Kellmere Post 0.41; Ferry News 0.07"."""
    return "" if outlet.name else "; ".join(f"{each.name} {each.probability:.2f}" for each in outlet.maybe)


def _host_of(address: str) -> str:
    text = address.strip()
    if " " in text or "." not in text:
        return ""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if host_name(host) else ""


def _labels(url: str) -> list[str]:
    """The parts of a host that may be a name, the site's own last."""
    host = _host_of(url)
    site = host_name(host).lower()
    before = host.lower().split(site, 1)[0].split(".") if site else []
    return [label for label in before if len(label) > _SHORTEST_HOST and label not in w.HOST_HEADS] + [
        site
    ] * bool(site)


def _names_in(text: str) -> list[str]:
    """The parts of a stated name, such as "Gazette | News for the valley"; an address is none."""
    text = text.strip().lstrip("@")
    if "//" in text:
        return []
    found = [part.strip() for part in _PARTS.split(text) if part.strip()]
    return [
        name
        for name in dict.fromkeys(found)
        if name_key(name)[0] not in w.PLATFORMS and name.lower() not in w.SECTIONS
    ]


def _is_host(name: str, host: str) -> bool:
    plain = host.replace("-", "")
    return plain in address_forms(name) or plain in address_forms(name_key(name)[0])


def _like_host(name: str, host: str) -> bool:
    """Tell whether a name is that of a host, holds it, is held by it, or has it for its initials."""
    letters, plain = ascii_letters(name_key(name)[0]), host.replace("-", "")
    if _is_host(name, host) or (
        len(name.split()) > 1 and plain == "".join(each[0] for each in _ascii_words(name))
    ):
        return True
    short, long = sorted((letters, plain), key=len)
    return len(short) >= _SHORTEST_HOST and short in long and len(name.split()) <= _SLOGAN_WORDS


def _ascii_words(name: str) -> list[str]:
    """Words of a name in lower case, without accents."""
    return [letters for word in name.split() if (letters := ascii_letters(word))]


def _best_spelt(names: Sequence[str]) -> str:
    """The first name, in the spelling of another that has capitals where it has none."""
    same = [name for name in names if name_key(name)[0] == name_key(names[0])[0]]
    return next((name for name in same if not name.islower() and " " in name), None) or next(
        (name for name in same if not name.islower()), names[0]
    )


def _is_slogan(name: str) -> bool:
    words = name.split()
    return len(words) > _SLOGAN_WORDS or any(
        word in w.SENTENCE or word == "for" for word in name.lower().split()[1:]
    )


def _shown_as(site: str, ranked: Sequence[Scored]) -> str:
    """The name on the page whose letters are a site's; "" if there is none."""
    return next((each.name for each in ranked if _is_host(each.name, site) and not each.name.islower()), "")


def _in_full(top: Scored, shown: Shown) -> str:
    """The longer name that holds the likeliest one and whose copyright the page states, or that one."""
    part = f" {top.name.lower()} "
    for found in shown.names.values():
        if found.evidence.keys().isdisjoint(("copyright_legal", "copyright")):
            continue
        name = spelling(found)
        longer = part in f" {name.lower()} " and len(name) > len(top.name) + 1
        if longer and name.lower().split()[-1] not in w.LEGAL_FORMS | w.BUSINESS:
            return name
    return top.name


def _likeliest(ranked: Sequence[Scored], shown: Shown, sure: float) -> Scored | None:
    """The likeliest name, if it and those that hold it or that it holds are likely enough together, and it is not weak.

    Of a company's name, the longer one that the page uses for itself: "Tarn Herald" for "© Herald Inc.".
    """
    if not ranked:
        return None
    top = f" {ranked[0].name.lower()} "
    names = [(each, f" {each.name.lower()} ") for each in ranked]
    kin = (each for each, name in names if name in top or top in name or each.key in ranked[0].key)
    if sum(each.probability for each in kin) < sure:
        return None
    if not _weak(ranked[0], shown):
        return ranked[0]
    longer = (each for each, name in names if top in name and not _weak(each, shown))
    return next(longer, None) if _COPYRIGHT_ALONE.issuperset(ranked[0].evidence) else None


def _weak(top: Scored, shown: Shown) -> bool:
    """Tell whether too little speaks for a name.

    A copyright line alone; an agency's name that nothing shows to be at home; "Ledger" where an address has more before it;
    on few lines a name as people have it, such as the reporter whom one may follow.
    """
    words = top.name.lower().split()
    if top.name.lower() in AGENCIES and _AT_HOME.isdisjoint(top.evidence):
        return True
    if len(words) == 1 and words[0] in w.PRESS and any(_is_longer(host, top.key) for host in shown.hosts):
        return True
    if len(shown.names[top.key].lines) >= _LEAST_LINES:
        return False
    person = looks_like_name(top.name) and len(words) > 1 and w.PRESS.isdisjoint(words)
    return _COPYRIGHT_ALONE.issuperset(top.evidence) or (person and _OF_PEOPLE.issuperset(top.evidence))


def _is_longer(host: str, key: str) -> bool:
    plain = host.replace("-", "")
    return plain.endswith(key) and plain not in (key, f"the{key}")


def _unsigned(line: str) -> str:
    """The name in a byline that names nobody: "By Kellmere Post"; "" of any other line."""
    name = line[3:].strip() if line[:3].lower() == "by " else ""
    words = name.lower().split()
    if not 0 < len(words) <= 3 or not name[0].isupper() or not all(word.isalpha() for word in words):
        return ""
    if name_key(name)[0] in w.NO_NAMES | w.PLATFORMS or name.lower() in AGENCIES:
        return ""
    return name if len(words) == 1 or not w.PRESS.isdisjoint(words) else ""


def _end_of_title(page: PageTraits, headline: str, shown: Shown) -> str:
    """The name after the headline in the line of the title; only one that is none of a section."""
    for text in page.text if headline else ():
        beside = len(text) < len(headline) + 60 and text.startswith(headline[:30])
        if beside and (tail := _TAIL.search(text)):
            name = tail["name"].removesuffix(" Loaded")
            key, site = name_key(name)
            words = name.lower().split()
            named = site or "|" in tail[0] or not w.PRESS.isdisjoint(words) or key in shown.mentions
            if named and _may_be_outlet(name) and key not in w.NO_NAMES | w.PLATFORMS:
                return name
    return ""


def _may_be_outlet(tail: str) -> bool:
    """Tell a name (Gazette, iNews, gazette.example) from the end of a headline: "Ferry adrift - coastguard"."""
    first, words = tail.split(maxsplit=1)[0], tail.lower().split()
    if (
        tail.lower() in w.SECTIONS
        or not w.SENTENCE.isdisjoint(words)
        or any(mark in tail for mark in '‘“"?!')
    ):
        return False
    return not first.islower() or "." in first.strip(".")


def find_section(page: PageTraits, headline: int | None) -> str:
    """Name the section: a known label among the five lines before the headline, by itself or ending a breadcrumb.

    Of several labels one below the other, as menus have them, none is the story's section.
    """
    if headline is None:
        return ""
    above = page.text[
        max(0, headline - 6) : headline
    ]  # the first tells only whether the second is one of a menu
    labels = [re.split(r"\s?[›>»/|]\s?", text) for text in above]
    alone = [len(parts) == 1 and parts[0].lower() in w.SECTIONS for parts in labels]
    for place in reversed(range(max(0, len(above) - 5), len(above))):
        label = labels[place][-1].strip()
        if label.lower() in w.SECTIONS and not (alone[place] and place and alone[place - 1]):
            return label.capitalize() if label.isupper() else label
        if alone[place]:
            return ""
    return ""
