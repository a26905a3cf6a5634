"""Names that a page shows outside its story, and what speaks for each to be the outlet's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from clipbook.article import outlet_keys as w
from clipbook.article.language import WORD_BITS
from clipbook.article.outlet_keys import host_name, letters, name_key

Evidence = defaultdict[str, int]  # kind -> how often it was seen
Mention = tuple[str, str, Collection[str], str]  # spelling, line, kinds of evidence, word behind
_TOKEN = re.compile(r"\w[\w.'’\-]*\w\+?|\w|[^\w\s]")
_HOST = re.compile(
    r"(?:https?://|www\.|(?<=@)|\b)((?:[a-z0-9][a-z0-9\-]{0,40}\.){1,5}[a-z]{2,12})\b(/[^\s]{0,300})?", re.I
)
_RIGHTS = "|".join(sorted(w.RIGHTS, key=len, reverse=True))
_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)|\bcopyrights?\b(?=\s*(?:©|ⓒ|\(c\)|by\b|[-–:,]?\s*\d{4}|$)))"
    rf"(?:[\s:,.\-–—|©ⓒ]|\(c\)|copyright|\bby\b|\bthe contents of\b|{_RIGHTS}|\d{{4}}(?:\s?[-–/]\s?\d{{2,4}})?)*"
    r"(?P<name>[^|,;•·©ⓒ()\"“/\d][^|,;•·©ⓒ()\"“/]{1,60}?)"
    rf"(?=\s*(?:[|,;•·©ⓒ()\"“/]|\.(?:\s|$)|\s[-–—]\s|{_RIGHTS}|\b(?:all rights|alle rechte|tous droits|todos los|is|a division|"
    r"powered|unless|and/or|or its|\d{4})\b|$))",
    re.I,
)
_NAME_BEFORE_MARK = re.compile(r"^(?P<name>[^|,;•·©()\"“/.]{2,40}?)\s*©")
_DATELINE = re.compile(
    r"^(?P<a>[^\s(][^()\n]{1,30}?)\s[-–—]\s|^[^()\n]{2,40}\((?P<b>[^()\n]{2,30})\)\s?[-–—]"
)
_STRIP = " .,:;|•·-–—*_>»«\"“”©ⓒ()[]@#™®'’"
_NO_NAME = re.compile(
    rf"//|: |[?!]|\bpowered by\b|\bblog\b.*\.com|\d{{1,2}}[./:]\d{{2}}|(?:19|20)\d\d|@|^(?i:{_RIGHTS})"
)
_CUES = (
    "told", "tells", "spoke", "speaking", "interview", "explained", "confirmed", "statement", "emailed", "comment", "shared",
    "provided", "gegenüber", "sagte", "learned", "reported", "contacted", "permission", "reporter", "correspondent", "editor",
    "writer", "journalist",
)  # fmt: skip
_CUE = re.compile(rf"\b(?:{'|'.join(_CUES)})\b", re.I)
_OF_A_PAGE = re.compile(r"\b(?:19|20)\d\d\b|\b(?:rights|rechte|droits|derechos|diritti|direitos)\b", re.I)
_MEETS = re.compile(r"[A-ZÀ-Þ](?<=[a-zà-ÿ)].)")  # in this and the next but two what is rare comes first
_GLUED = re.compile(r"(?<=[a-zà-ÿ)’'][a-zà-ÿ)])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"\.(?<=[a-z0-9].)[a-z]", re.I)
_COPY_MARKS = ("©", "ⓒ", "(c)", "copyright")
_ADDED = re.compile(r"\s*(?:opens in new window|homepage|home page|logo)\s*$", re.I)
_HANDLE = re.compile(r"@(?<![\w.]@)([A-Za-z]\w{2,30})\b(?!\.\w)")
_LAST_PART = 0.75
_LONG_CUE, _LEAST_PROSE = 30, 12
_STARTS = frozenset(("", ".", "the", "your", ":", "!", "*", "-", "–", "|"))
_LONG_LINE, _MOST_TOKENS, _MOST_CHARS = 60, 5, 600
_TOP_LINES = 8
_NOT_LAST = w.AFTER_OWN | w.AFTER_BYLINE | w.ROLES | w.DAYS | {"editorial", "email", "daily"}
_OF_OWNER = frozenset(
    (("part", "of"), ("owned", "by"), ("division", "of"), ("subsidiary", "of"), ("property", "of"))
)
_OWNED_AS = frozenset(("", ".", "network", "group", "family", "company", "portfolio"))
_TELLING_BEFORE = (
    w.BEFORE_OWN | w.PREPOSITIONS | {"der", "the", ",", "|"}
    | {run[-1] for runs in (w.BEFORE_OWN_RUNS, w.LEGAL_BEFORE, w.TOLD) for run in runs}
)  # fmt: skip
_ON = frozenset(("on", "auf", "sur", "en"))
_TELLING_AFTER = (
    w.AFTER_OWN | w.AFTER_BYLINE | w.LEARNED | w.SUBJECT_OF | _ON | {run[0] for run in w.LEGAL_AFTER}
)
_BYLINE_CHARS = 100
_MOST_OF_TOPIC = 0.6
_OWN_ADDRESS = 3  # words that an address shares with the headline


class Candidate(NamedTuple):
    """A name that a page shows, in all its spellings, and what was seen of it."""

    evidence: Evidence  # only of kinds that were seen
    forms: Evidence
    lines: set[str]
    following: set[str]


class Shown(NamedTuple):
    """What a page shows: names by their letters, and the hosts of its addresses."""

    names: dict[str, Candidate]  # those shown more than once, or of which something is seen
    hosts: defaultdict[str, Evidence]
    outside: list[str]  # lines that are not the story
    mentions: defaultdict[str, list[Mention]]  # of all that may be names


def shown_names(text: Sequence[str], kept: Sequence[bool], headline: str, authors: Collection[str]) -> Shown:
    """Collect the names that a page shows and what speaks for each.

    Parameters
    ----------
    text : sequence of str
        The lines of the page that hold a word.
    kept : sequence of bool
        Whether each is part of the story.
    headline : str
        The headline, as text.
    authors : collection of str
        Names of the story's authors, who are no outlet.

    Returns
    -------
    Shown
        Candidates by :func:`name_key`, and hosts by :func:`host_name` in lower case.
    """
    outside = [line for line, story in zip(text, kept, strict=True) if not story]
    shown = Shown({}, defaultdict(lambda: defaultdict(int)), outside, defaultdict(list))
    seen: set[str] = set()
    topic = set(re.findall(r"[^\W_]{4,}", headline.lower()))
    for place, line in enumerate(text):
        cut = _apart(line[:_MOST_CHARS])
        if _DOTTED.search(cut):
            _add_hosts(shown, cut, kept[place], topic)
        for handle in _HANDLE.findall(cut):
            shown.hosts[handle.lower().replace("_", "")]["handle"] += 1
        if kept[place]:
            _add_dateline(shown, cut)
            if _has_cue(cut):
                _add_runs(shown, cut, True, True)
            continue
        fresh = cut not in seen
        seen.add(cut)
        _add_whole(shown, cut, place < _TOP_LINES)
        _add_copyright(shown, cut, at_end=place >= len(text) * _LAST_PART)
        for author in authors:
            if author in cut and len(cut) < _BYLINE_CHARS:
                rest = cut.rsplit(author, 1)[1].strip(_STRIP)
                if (
                    rest
                    and rest[0].isalnum()
                    and not rest[0].islower()
                    and len(rest.split()) <= 4
                    and not _NO_NAME.search(rest)
                ):
                    _add(shown, rest, cut, ("author_line",))
        if fresh or len(cut) < 60:
            _add_runs(shown, cut, False, fresh)
    _drop_authors(shown.mentions, authors)
    for key, mentions in shown.mentions.items():
        if len(mentions) > 1 or mentions[0][2]:
            shown.names[key] = _candidate(mentions, outside)
    return shown


def _candidate(mentions: Iterable[Mention], outside: Iterable[str]) -> Candidate:
    """Count what was seen of a name."""
    found = Candidate(defaultdict(int), defaultdict(int), set(), set())
    for form, line, kinds, behind in mentions:
        for kind in kinds:
            found.evidence[kind] += 1
        found.forms[form] += 2 if "alone" in kinds else 1
        if line:
            found.lines.add(line)
        if behind:
            found.following.add(behind)
    if "copyright" in found.evidence:
        name = max(found.forms, key=found.forms.__getitem__)
        if name[0].islower():  # runs begin with a capital
            found.lines.update(line for line in outside if name in line)
    return found


def _drop_authors(mentions: dict[str, list[Mention]], authors: Collection[str]) -> None:
    """Leave out the authors, by any part of their names, and what begins with one: "Ana Ruiz, Quay Herald"."""
    people = [author.split() for author in authors if w.PRESS.isdisjoint(author.lower().split())]
    for person in {
        letters(part) for name in people for part in (" ".join(name), *name[:2], " ".join(name[:2]))
    }:
        mentions.pop(person, None)
    whole = tuple(letters(" ".join(name)) for name in people if len(name) > 1)
    for key in [key for key in mentions if key.startswith(whole)]:
        del mentions[key]


def _has_cue(line: str) -> bool:
    low = line.lower()
    return any(cue in low for cue in _CUES) and _CUE.search(line) is not None


def _apart(line: str) -> str:
    """A line whose words are glued to each other where elements met ("Contact usPress CodeTerms"), divided there."""
    if not _MEETS.search(line):
        return line
    if len(_GLUED.findall(line)) > 1:
        return _GLUED.sub(" ", line)
    if met := _GLUED.search(line):
        left, right = _WORD_BEFORE.search(line[: met.start()]), _WORD_AFTER.match(line[met.start() :])
        if left and right and (left[0].lower() in w.BEFORE_OWN or (_plain(left[0]) and _plain(right[0]))):
            return _GLUED.sub(" ", line)
    return line


def _plain(word: str) -> bool:
    low = word.lower()
    return low in w.NO_NAMES or low in w.SECTIONS or WORD_BITS.get(low, 0) > 0


def _add(shown: Shown, name: str, line: str, kinds: Collection[str], behind: str = "") -> None:
    key, site = name_key(name)
    if len(key) > 1 and not key.isdigit():
        shown.mentions[key].append((name.strip(_STRIP), line, (*kinds, "site") if site else kinds, behind))


def _add_hosts(shown: Shown, line: str, kept: bool, topic: set[str]) -> None:
    for match in _HOST.finditer(line):
        site = host_name(match[1])
        if not site:
            continue
        path = match[2] or ""
        shared = len(topic & set(re.findall(r"[^\W_]{4,}", path.lower())))
        own = shared >= max(_OWN_ADDRESS, len(topic) * _MOST_OF_TOPIC)
        mail = match.start(1) > 0 and line[match.start(1) - 1] == "@"
        linked = bool(path) or match[0].lower().startswith(("http", "www"))
        kind = "own" if own else "mail" if mail else "in_story" if kept else "link" if linked else "host"
        shown.hosts[site.lower()][kind] += 1


def _add_dateline(shown: Shown, line: str) -> None:
    if match := _DATELINE.match(line):
        name = match["b"] or match["a"]
        if len(name.split()) <= 4 and name[0].isupper():
            _add(shown, name, "", ("dateline",))


def _add_whole(shown: Shown, line: str, top: bool) -> None:
    if len(line) > 60:
        return
    added = line[-10:].lower().rstrip().endswith(("window", "page", "logo"))
    name = (_ADDED.sub("", line) if added else line).strip(_STRIP)
    words = name.lower().split()
    if (
        0 < len(words) <= 6
        and w.SENTENCE.isdisjoint(words)
        and not _NO_NAME.search(name)
        and not host_name(name)
    ):
        _add(shown, name, line, ("alone", "alone_top") if top else ("alone",))


def _add_copyright(shown: Shown, line: str, *, at_end: bool) -> None:
    """Read whose copyright a line states; without a year or "rights" it is a picture's, unless near the end."""
    low = line.lower()
    if not any(mark in low for mark in _COPY_MARKS) or not (at_end or _OF_A_PAGE.search(line)):
        return
    for match in (*_COPYRIGHT.finditer(line), *_NAME_BEFORE_MARK.finditer(line)):
        full = match["name"].strip(_STRIP)
        parts = full.split()
        if (
            not parts
            or len(parts) > 7
            or _NO_NAME.search(full)
            or parts[0].lower() in ("powered", "designed")
        ):
            continue
        short, legal, business = list(parts), 0, 0
        if " and affiliated " in full:
            short, business = short[: short.index("and")], 1
        while len(short) > 1 and (last := short[-1].lower().strip(".,()")) in w.LEGAL_FORMS | w.BUSINESS:
            short.pop()
            legal += last in w.LEGAL_FORMS
            business += last in w.BUSINESS
        _add(shown, full, line, ("copyright", "company") if legal or business else ("copyright",))
        if legal or business:
            _add(shown, " ".join(short), line, ("copyright_business" if business else "copyright_legal",))


def _add_runs(shown: Shown, line: str, kept: bool, fresh: bool) -> None:
    tokens = ["", "", *_TOKEN.findall(line), "", ""]  # whatever runs there are, two stand before and behind
    if len(tokens) - 4 > _LONG_LINE and not (kept or _has_cue(line) or _COPYRIGHT.search(line)):
        return
    low = [token.lower() for token in tokens]
    capital = [
        token[:1].isupper()
        or (token[:1].isdigit() and token != low[at])
        or ("." in token and host_name(token) != "")
        for at, token in enumerate(tokens)
    ]
    for start, end in _capital_runs(tokens, low, capital):
        kinds = _kinds(low, capital, start, end, kept) if fresh else set()
        if kept:
            kinds &= {"told", "learned", "biography"}
        if kinds or not kept:
            behind = low[end + 1] if fresh and not kept and not low[start - 1] else ""
            _add(shown, " ".join(tokens[start : end + 1]), "" if kept else line, kinds, behind)


def _capital_runs(
    tokens: Sequence[str], low: Sequence[str], capital: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """First and last place of runs of up to five words that begin and end with a capital, small connecting words between."""
    for start in compress(range(len(tokens)), capital):
        at = _before(low, start)
        if low[at] == "@" and low[at - 1] != "jobs" and "." not in tokens[start]:  # counted as a handle
            continue
        for end in range(start, start + _MOST_TOKENS):
            if not capital[end]:
                if low[end] not in w.CONNECT:
                    break
            elif end == start or low[end] not in _NOT_LAST:
                yield start, end


def _before(low: Sequence[str], start: int) -> int:
    """The place before a run and the article that may stand there."""
    return start - 2 if low[start - 1] == "the" else start - 1


def _kinds(low: Sequence[str], capital: Sequence[bool], start: int, end: int, kept: bool) -> set[str]:
    """What the words around a run say of it."""
    at = _before(low, start)
    last, after = low[at], low[end + 1]
    if last not in _TELLING_BEFORE and after not in _TELLING_AFTER:
        return set()
    before, behind, words = (low[at - 1], last), (after, low[end + 2]), len(low) - 4
    kinds = {}
    if not capital[end + 1] or after in w.AFTER_OWN or after in w.AFTER_BYLINE:
        roles = not w.ROLES.isdisjoint(low[max(0, start - 8) : start])
        kinds = {
            "told": ((last,) in w.TOLD or before in w.TOLD)
            and (not after[:1].isalpha() or after in w.AFTER_TOLD),
            "biography": roles
            and last in ("for", "at", "of", "with", "bei", "von", "der", "the")
            and not w.BIO.isdisjoint(low[max(0, start - 14) : start]),
            "byline": roles and last in ("for", "at", "from", "by", ",", "|"),
            "legal": before in w.LEGAL_BEFORE,
            "own_before": (last in w.BEFORE_OWN or before in w.BEFORE_OWN_RUNS) and words < _LONG_CUE,
            "owner": not kept and before in _OF_OWNER and after in _OWNED_AS,
            "closing": not after and words <= 9 and last in w.PREPOSITIONS,
        }
    found = {kind for kind, so in kinds.items() if so}
    if not capital[start - 1] or last in w.BEFORE_OWN or last in w.PREPOSITIONS:
        kinds = {
            "learned": kept and after in w.LEARNED and low[start - 1] != "",
            "byline": after in w.AFTER_BYLINE,
            "subject": after in w.SUBJECT_OF and words > _LEAST_PROSE and last in _STARTS,
            "legal": (after,) in w.LEGAL_AFTER or behind in w.LEGAL_AFTER,
            "own_after": (after in w.AFTER_OWN and words < 16) or (after in _ON and behind[1] in w.PLATFORMS),
        }
        found |= {kind for kind, so in kinds.items() if so}
    return found
