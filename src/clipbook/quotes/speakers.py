"""The same speaker across articles: one name for one person over a whole corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

import pandas as pd

from clipbook.quotes.lexicon import FEMALE, FEMALE_TITLE, MALE, MALE_TITLE, TITLE, kinds
from clipbook.quotes.quotations import UNATTRIBUTED
from clipbook.schema import TableError, need_columns

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
NOT_LISTED = "not listed"


def name_words(name: str) -> tuple[str, ...]:
    """Words of a name in lower case without titles, suffixes, full stops and possessive endings."""
    known = kinds()
    words = [word.strip(".,").removesuffix("'s").removesuffix("’s") for word in name.lower().split()]
    words = [word for word in words if word]
    while len(words) > 1 and (known.get(words[0], 0) & TITLE or words[0] == "the"):
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


def unify_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """Give every person one name over the corpus: the full form that is quoted most.

    A full name joins another with the same surname when one holds all words of the other or their given
    names agree (an initial is enough). A lone surname joins the one full name that has it; where two people
    share it, it stays as it is. Unnamed sources ("a police spokesperson") are left alone.

    Parameters
    ----------
    quotes : DataFrame
        ``speaker``, from ``find_quotes``.

    Returns
    -------
    DataFrame
        The same rows with ``speaker`` unified.

    Raises
    ------
    TableError
        If the column is missing.
    """
    need_columns(quotes, ["speaker"], made_by="quotes.find_quotes")
    canonical = canonical_names(Counter(quotes["speaker"]))
    return quotes.assign(speaker=quotes["speaker"].map(lambda name: canonical.get(name, name)))


def canonical_names(count: Mapping[str, int]) -> dict[str, str]:
    """Choose the one name of every person, as :func:`unify_speakers` uses it.

    Parameters
    ----------
    count : mapping of str to int
        Speakers as found article by article, and how often each is quoted.

    Returns
    -------
    dict of str to str
        Name as found -> name to use; whoever is not named at all is not in it.
    """
    words_of = {name: name_words(name) for name in count if _is_name(name)}
    by_surname: dict[str, _Namesakes] = {}
    ordered = sorted(words_of, key=lambda name: (-count[name], -len(name), name))
    for name in ordered:
        words = words_of[name]
        if len(words) > 1:
            by_surname.setdefault(words[-1], _Namesakes()).add(name, words)
    canonical: dict[str, str] = {}
    for namesakes in by_surname.values():
        for group in namesakes.groups:
            canonical.update(dict.fromkeys(group, group[0]))
    canonical.update(
        _lone_names([name for name in ordered if len(words_of[name]) == 1], words_of, by_surname)
    )
    return canonical


class _Namesakes:
    """People of one surname, each with the spellings of the name; found by words, so that many do not take long."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self._words: list[tuple[str, ...]] = []  # of the first spelling of each
        self._with: dict[str, list[int]] = {}  # word -> people
        self._first: dict[str, list[int]] = {}  # first word, or initial followed by a blank -> people

    def add(self, name: str, words: tuple[str, ...]) -> None:
        """Add a spelling to the first person that it fits, or as a new person."""
        number = min(self._fitting(words), default=len(self.groups))
        if number < len(self.groups):
            self.groups[number].append(name)
            return
        self.groups.append([name])
        self._words.append(words)
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
            yield from islice((one for one in people if _agree(words, self._words[one])), 1)


def _lone_names(
    lone: list[str], words_of: dict[str, tuple[str, ...]], by_surname: dict[str, _Namesakes]
) -> dict[str, str]:
    """Join lone surnames to the one full name that fits, else to the spelling quoted most: "Mr Ruiz", "Ruiz".

    A name with a title joins nobody of the other gender, and where a surname stands with titles of both genders only
    those whose given name is of its own.
    """
    genders: dict[str, set[str]] = {}
    for name in lone:
        genders.setdefault(words_of[name][0], set()).add(_title_gender(name))
    spelt: dict[tuple[str, str], str] = {}
    out = {}
    for name in lone:
        surname, gender = words_of[name][0], _title_gender(name)
        both = {"m", "f"} <= genders[surname]
        people = by_surname[surname].groups if surname in by_surname else []
        given = {group[0]: _given_gender(words_of[group[0]][0]) for group in people}
        groups = [g for g in people if gender == given[g[0]] or not (both or (gender and given[g[0]]))]
        key = (surname, gender if both else "")
        out[name] = groups[0][0] if len(groups) == 1 else spelt.setdefault(key, name)
    return out


def _title_gender(name: str) -> str:
    """Give "m" or "f" where the title before a name says so, else an empty text."""
    kind = kinds().get(name.lower().split()[0].strip("."), 0)
    return "m" if kind & MALE_TITLE else "f" if kind & FEMALE_TITLE else ""


def _given_gender(name: str) -> str:
    kind = kinds().get(name, 0) & (MALE | FEMALE)
    return {MALE: "m", FEMALE: "f"}.get(kind, "")


def _is_name(name: str) -> bool:
    return name != UNATTRIBUTED and name[:1].isupper() and name.rsplit(maxsplit=1)[-1][:1].isupper()


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    x, y = a[0], b[0]
    return x == y or (min(len(x), len(y)) == 1 and x[0] == y[0])


def apply_speakers(quotes: pd.DataFrame, speakers: pd.DataFrame | None) -> pd.DataFrame:
    """Rename speakers by the researcher's table and add what it says about them.

    Parameters
    ----------
    quotes : DataFrame
        ``speaker``, from ``find_quotes``.
    speakers : DataFrame or None
        ``alias`` (a name as ``find_quotes`` gives it; capitals do not matter), ``speaker`` (the name to
        use) and any further columns, such as ``role``, ``affiliation``, ``camp``, ``gender``. None changes nothing.

    Returns
    -------
    DataFrame
        The quotes with ``speaker`` renamed and the further columns; "not listed" where the table is silent,
        "unattributed" where the speaker is.

    Raises
    ------
    TableError
        If a column is missing, an alias stands for two speakers, a speaker has two values in one column, or the name
        to use is itself an alias of another: A for B and B for A, or B for C.

    Examples
    --------
    >>> listed = pd.DataFrame({"alias": ["the mayor"], "speaker": ["Ana Ruiz"], "camp": ["city"]})
    >>> apply_speakers(pd.DataFrame({"speaker": ["The mayor", "Bo Lind"]}), listed).values.tolist()
    [['Ana Ruiz', 'city'], ['Bo Lind', 'not listed']]
    """
    if speakers is None:
        return quotes
    need_columns(quotes, ["speaker"], made_by="quotes.find_quotes")
    need_columns(speakers, ["alias", "speaker"], made_by="a table with one row an alias")
    listed = speakers.fillna("").astype(str)
    listed = listed[listed["speaker"].str.strip() != ""]  # not filled in yet
    alias = listed["alias"].str.strip().str.casefold()
    _refuse_conflicts(listed.assign(alias=alias), "alias", "speaker")
    name_of = dict(zip(alias, listed["speaker"].str.strip(), strict=True))
    _refuse_chains(alias, name_of)
    renamed = quotes["speaker"].map(lambda name: name_of.get(name.casefold(), name))
    out = quotes.assign(speaker=renamed)
    for column in [name for name in listed.columns if name not in ("alias", "speaker")]:
        stated = listed[listed[column].str.strip() != ""]
        _refuse_conflicts(stated, "speaker", column)
        value_of = {UNATTRIBUTED: UNATTRIBUTED}
        value_of |= zip(stated["speaker"].str.strip(), stated[column].str.strip(), strict=True)
        out[column] = renamed.map(lambda name, value_of=value_of: value_of.get(name, NOT_LISTED))
    return out


def _refuse_chains(alias: pd.Series, name_of: Mapping[str, str]) -> None:
    """Refuse a name to use that another row renames: which of the two is meant cannot be known."""
    row_of = dict(zip(alias, alias.index, strict=True))
    for name, row in row_of.items():
        used = name_of[name]
        again = name_of.get(used.casefold(), used)
        if again.casefold() != used.casefold():
            raise TableError(
                f"The speakers table names {used!r} in row {row}, and row {row_of[used.casefold()]} says {again!r} for "
                f"{used!r}. Write the one name to use in both rows."
            )


def _refuse_conflicts(table: pd.DataFrame, key: str, value: str) -> None:
    several = table.groupby(key)[value].nunique()
    if (several > 1).any():
        first = several.index[several > 1][0]
        values = ", ".join(sorted(set(table.loc[table[key] == first, value])))
        raise TableError(
            f"In the speakers table the {key} {first!r} has more than one {value}: {values}. Keep one."
        )
