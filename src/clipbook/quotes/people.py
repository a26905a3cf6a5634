"""One person under one name over many articles: every step is a row with its evidence, and doubt is a question."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

import pandas as pd

from clipbook.quotes.lexicon import Kind, kinds
from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED
from clipbook.schema import need_columns

NEARLY_ALL = 0.9  # of the words under full names of a surname
PUBLIC = 3  # articles that name somebody in full, from which on a surname alone may mean them elsewhere
NEAR = 7 * 24 * 3600 * 10**6  # microseconds
JOIN_COLUMNS = ["capture_id", "name", "taken_for", "evidence", "words"]
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_FORMAL = frozenset(("mr", "mrs", "ms", "miss", "sir", "dame", "lord", "lady"))
_LONGEST = 5  # words of a person's name
_NO_PERSON = Kind.ORGANISATION | Kind.PLACE | Kind.PLACE_END | Kind.HEAD | Kind.NATIONALITY


def name_words(name: str) -> tuple[str, ...]:
    """Words of a name in lower case without titles, suffixes, full stops and possessive endings."""
    known = kinds()
    words = [word.strip(".,").removesuffix("'s").removesuffix("’s") for word in name.lower().split()]
    words = [word for word in words if word]
    while len(words) > 1 and (known.get(words[0], 0) & Kind.TITLE or words[0] == "the"):
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


@dataclass(slots=True)
class _Person:
    """A full name in all its spellings."""

    words: tuple[str, ...]  # of the spelling quoted most
    forms: list[str]
    said: int = 0  # quoted words under these names
    named: set[str] = field(default_factory=set)  # articles
    times: dict[str, list[int]] = field(default_factory=dict)  # of those by outlet; sorted in the end
    roles: set[str] = field(default_factory=set)
    gender: str = ""


class _Row(NamedTuple):
    """A speaker of an article."""

    capture_id: str
    name: str
    words: int
    outlet: str
    published: int | None  # microseconds
    roles: frozenset[str]
    gender: str


class _Leading(NamedTuple):
    """Who of a surname's people holds most quoted words."""

    best: _Person
    part: float  # of the words of all
    held: str  # the same in words


def join_names(spoken: pd.DataFrame) -> pd.DataFrame:
    """Whom a name in one article stands for over all articles: only what is sure.

    Parameters
    ----------
    spoken : DataFrame
        One row an article and speaker: ``capture_id``, ``name`` (as the article gives it), ``words`` (quoted);
        ``described`` (titles and roles, by ";"), ``outlet``, ``published`` where they are known. Names that share no surname do
        not touch each other, so a large table may be given by surname.

    Returns
    -------
    DataFrame
        ``capture_id``, ``name``, ``taken_for``, ``evidence``, ``words``: a row for each article and name that is
        taken for another.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Spellings of a full name ("Ana M. Ruiz", "Ana Ruiz") are one person where given names agree and neither middle
    initials nor genders clash. A surname alone takes a full name where that person holds 90 % of the words quoted
    under full names of the surname, and is named in full in three articles, or the article fits: same outlet within
    seven days, and no role that clashes. Given names, places and bodies are no surnames; "Mr Ruiz" is nobody's wife.

    Examples
    --------
    >>> spoken = pd.DataFrame({"capture_id": ["a", "b"], "name": ["Ana Ruiz", "Ana M. Ruiz"], "words": [40, 9]})
    >>> join_names(spoken)[["capture_id", "name", "taken_for"]].values.tolist()
    [['b', 'Ana M. Ruiz', 'Ana Ruiz']]
    """
    steps = weighed_names(spoken)
    return steps[steps["taken_for"] != ""].reset_index(drop=True)


def weighed_names(spoken: pd.DataFrame) -> pd.DataFrame:
    """Give the steps of :func:`join_names`, and with an empty ``taken_for`` those that stay undecided."""
    need_columns(spoken, ["capture_id", "name", "words"], made_by="quotes.find_quotes")
    persons = [name for name in spoken["name"].unique() if _may_be_person(name)]
    table = spoken[spoken["name"].isin(persons)]
    count = {str(name): int(words) for name, words in table.groupby("name")["words"].sum().items()}
    words_of = {name: name_words(name) for name in count}
    people: dict[str, _Namesakes] = {}
    for name in sorted(count, key=lambda name: (-count[name], -len(name), name)):
        if len(words_of[name]) > 1:
            people.setdefault(words_of[name][-1], _Namesakes()).add(name, words_of[name])
    rows = _rows(table)
    person_of = _gathered(people, rows)
    both = _surnames_of_both(rows, words_of)

    @cache
    def leading(surname: str, gender: str) -> _Leading | None:
        return _leading(people[surname].people, gender, surname in both) if surname in people else None

    steps = []
    for row in rows:
        words = words_of[row.name]
        step = None
        if len(words) > 1:
            one = person_of[row.name].forms[0]
            if one != row.name:
                step = (one, "given name and surname agree")
        elif (first := leading(words[0], row.gender)) is not None:
            step = _weigh(row, words[0], first)
        elif words[0] in both and row.gender and words == (row.name.lower(),):
            titled = "Mr" if row.gender == "m" else "Ms"
            step = (f"{titled} {row.name}", "people of both genders have this surname")
        if step is not None:
            steps.append((row.capture_id, row.name, *step, row.words))
    return pd.DataFrame(steps, columns=JOIN_COLUMNS).astype({"words": int})


def _gathered(people: dict[str, _Namesakes], rows: list[_Row]) -> dict[str, _Person]:
    """Enter at each person what the articles say that name them in full; gives the person of each full name."""
    person_of = {form: person for same in people.values() for person in same.people for form in person.forms}
    for row in rows:
        person = person_of.get(row.name)
        if person is not None:
            person.said += row.words
            person.named.add(row.capture_id)
            if row.outlet and row.published is not None:
                person.times.setdefault(row.outlet, []).append(row.published)
            person.roles |= row.roles
            person.gender = person.gender or row.gender
    for person in person_of.values():
        for times in person.times.values():
            times.sort()
    return person_of


def _rows(table: pd.DataFrame) -> list[_Row]:
    """Rows with all that may be known of a speaker: outlet, time, roles, gender."""
    blank = pd.Series("", index=table.index)
    outlets = table.get("outlet", blank).fillna("").astype(str).tolist()
    times = pd.to_datetime(table.get("published", blank), utc=True, errors="coerce").dt.as_unit("us")
    published = times.astype("int64").astype(object).where(times.notna(), None).tolist()
    described = table.get("described", blank).fillna("").tolist()
    roles_of = {text: frozenset(map(str.strip, text.split(";"))) - {""} for text in set(described)}
    roles = [roles_of[text] for text in described]
    gender = cache(_gender)
    genders = map(gender, table["name"], roles)
    stated = (table[name].tolist() for name in ("capture_id", "name", "words"))
    return list(map(_Row, *stated, outlets, published, roles, genders))


def _leading(people: list[_Person], gender: str, both: bool) -> _Leading | None:
    """Who of a surname's people holds most words; None where nobody of that gender is quoted under a full name."""
    fitting = [
        p for p in people if _is_person(p) and (p.gender == gender or not (both or (gender and p.gender)))
    ]
    total = sum(person.said for person in fitting)
    if not total:
        return None
    best = max(fitting, key=lambda person: person.said)
    part = best.said / total
    held = f"{best.forms[0]} holds {part:.0%} of the words under full names of this surname, in {len(best.named)} articles"
    return _Leading(best, part, held)


def _weigh(row: _Row, surname: str, leading: _Leading) -> tuple[str, str]:
    """Whom a surname alone stands for, and why; "" with the reason where that is undecided."""
    best, part, held = leading
    known = kinds().get(surname, 0)
    stated = bool(row.roles & best.roles - _FORMAL)
    if (known & (Kind.MALE | Kind.FEMALE) or known & _NO_PERSON) and not (stated or row.roles & _FORMAL):
        return "", f"{held}; the word may be a given name, a place or a body"
    if part < NEARLY_ALL:
        return "", f"{held}; others have the surname"
    times = best.times.get(row.outlet, [])
    when = row.published
    beside = when is not None and bisect_left(times, when - NEAR) < bisect_right(times, when + NEAR)
    why = (["named in full in many articles"] if len(best.named) >= PUBLIC else []) + (
        ["named in full by the same outlet within a week"] if beside else []
    )
    clash = bool(row.roles - _FORMAL and best.roles - _FORMAL and not stated) and len(best.named) < PUBLIC
    if not why or clash:
        return "", f"{held}; the article has no other tie to that person"
    return best.forms[0], "; ".join([held, *why, *(["same role"] if stated else [])])


def name_joins(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Every step by which a name in an article became another over the corpus, and the open questions.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``kind``, ``speaker_in_article``, ``described``, ``words``, from ``find_quotes``.
    articles : DataFrame
        ``capture_id``, ``outlet``, ``published``.

    Returns
    -------
    DataFrame
        ``name``, ``taken_for`` ("" where it is undecided: a row of ``speakers.csv`` answers), ``evidence``,
        ``articles``, ``words``; undecided ones first, most words first.

    Raises
    ------
    TableError
        If a column is missing.
    """
    steps = weighed_names(spoken_by(quotes, articles))
    keys = ["name", "taken_for", "evidence"]
    table = steps.groupby(keys, as_index=False).agg(
        articles=("capture_id", "nunique"), words=("words", "sum")
    )
    order = table.assign(decided=table["taken_for"] != "").sort_values(
        ["decided", "words", "name"], ascending=[True, False, True]
    )
    return order[[*keys, "articles", "words"]].reset_index(drop=True)


def spoken_by(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give one row an article and speaker, as :func:`join_names` takes them."""
    columns = ["capture_id", "kind", "speaker_in_article", "described", "words"]
    need_columns(quotes, columns, made_by="quotes.find_quotes")
    said = quotes[quotes["kind"].isin(SPEECH) & (quotes["speaker_in_article"] != UNATTRIBUTED)]
    spoken = said.groupby(["capture_id", "speaker_in_article"], as_index=False, sort=False).agg(
        described=("described", "first"), words=("words", "sum")
    )
    known = articles[[name for name in ("capture_id", "outlet", "published") if name in articles]]
    return spoken.rename(columns={"speaker_in_article": "name"}).merge(known, on="capture_id", how="left")


def unify_speakers(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give every person one name over the corpus, as :func:`join_names` finds it.

    Parameters
    ----------
    quotes, articles : DataFrame
        As for :func:`name_joins`.

    Returns
    -------
    DataFrame
        The quotations with ``speaker`` unified.

    Raises
    ------
    TableError
        If a column is missing.
    """
    steps = join_names(spoken_by(quotes, articles))
    keys = zip(steps["capture_id"], steps["name"], strict=True)
    one = dict(zip(keys, steps["taken_for"], strict=True))
    pairs = zip(quotes["capture_id"], quotes["speaker_in_article"], strict=True)
    return quotes.assign(speaker=[one.get(pair, pair[1]) for pair in pairs])


class _Namesakes:
    """People of one surname, each with the spellings of the name; found by words, so that many do not take long."""

    def __init__(self) -> None:
        self.people: list[_Person] = []
        self._with: dict[str, list[int]] = {}  # word -> people
        self._first: dict[str, list[int]] = {}  # first word, or initial followed by a blank -> people

    def add(self, name: str, words: tuple[str, ...]) -> None:
        """Add a spelling to the first person that it fits, or as a new person."""
        number = min(self._fitting(words), default=len(self.people))
        if number < len(self.people):
            self.people[number].forms.append(name)
            return
        self.people.append(_Person(words, [name], gender=_gender(name, frozenset())))
        for word in set(words):
            self._with.setdefault(word, []).append(number)
        for key in {words[0], f"{words[0][0]} "}:
            self._first.setdefault(key, []).append(number)

    def _fitting(self, words: tuple[str, ...]) -> Iterator[int]:
        initial = words[0][0]
        alike = [self._first.get(word, ()) for word in {*words, initial}]
        if len(words[0]) == 1:
            alike.append(self._first.get(f"{initial} ", ()))
        for people in (self._with.get(words[0], ()), *alike):
            yield from islice((one for one in people if _agree(words, self.people[one].words)), 1)


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names with one surname may be one person's: given names agree, middle initials do not clash."""
    middle = [name[1][0] for name in (a, b) if len(name) == 3]
    if kinds().get(a[-1], 0) & Kind.ORGANISATION:
        return a == b
    if a[0] == b[0]:
        return len(middle) < 2 or middle[0] == middle[1]
    if min(len(a[0]), len(b[0])) == 1:
        return a[0][0] == b[0][0]
    return set(a) <= set(b) or set(b) <= set(a)


def _may_be_person(name: str) -> bool:
    """Whether a name has the form of a person's: capitals or particles throughout, no article, not many words."""
    words = name.split()
    if name == UNATTRIBUTED or not 0 < len(words) <= _LONGEST:
        return False
    known = kinds()
    if known.get(words[0].lower(), 0) & (Kind.DETERMINER | Kind.PREPOSITION) and len(words) > 1:
        return False
    return (
        all(word[:1].isupper() or known.get(word.lower(), 0) & Kind.PARTICLE for word in words)
        and words[-1][:1].isupper()
    )


def _is_person(person: _Person) -> bool:
    """Whether a full name is a person's: a given name, a title or a role says so, and its last word is no body's."""
    known = kinds()
    last = known.get(person.words[-1], 0)
    if last & (Kind.ORGANISATION | Kind.PLACE_END) and not person.roles:
        return False
    given = known.get(person.words[0], 0)
    return bool(given & (Kind.MALE | Kind.FEMALE) or person.roles) and not given & (
        Kind.ORGANISATION | Kind.BEFORE_PLACE
    )


def _gender(name: str, roles: frozenset[str]) -> str:
    """Give "m" or "f" where the titles of somebody or the given name say so, else an empty text."""
    known = kinds()
    first = name.lower().split()[0].strip(".")
    for word in (first, *sorted(roles)):
        kind = known.get(word, 0)
        if bool(kind & Kind.MALE_TITLE) != bool(kind & Kind.FEMALE_TITLE):
            return "m" if kind & Kind.MALE_TITLE else "f"
    words = name_words(name)
    given = known.get(words[0], 0) & (Kind.MALE | Kind.FEMALE) if len(words) > 1 else 0
    return {Kind.MALE: "m", Kind.FEMALE: "f"}.get(given, "")


def _surnames_of_both(rows: list[_Row], words_of: dict[str, tuple[str, ...]]) -> set[str]:
    """Surnames that stand alone with titles of both genders."""
    genders: dict[str, Counter[str]] = {}
    for row in rows:
        if len(words_of[row.name]) == 1:
            genders.setdefault(words_of[row.name][0], Counter())[row.gender] += 1
    return {surname for surname, count in genders.items() if count["m"] and count["f"]}
