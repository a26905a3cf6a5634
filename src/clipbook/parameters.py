"""A notebook's settings, checked against what the study holds: a wrong one is refused with the choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from clipbook.corpus.tables import ARTICLE_COLUMNS
from clipbook.errors import ClipbookError
from clipbook.readability.formulas import formulas_for
from clipbook.stats.periods import STEPS

PERIOD = "period"
_SHOWN = 12  # choices named in a refusal
_GROUPING = ("outlet", "section", "language", "format")  # columns of clipbook's own that tell articles apart


class ParameterError(ClipbookError, ValueError):
    """A notebook's setting is none of the choices; the message lists them, nearest first."""


def check_parameters(
    given: Mapping[str, Any],
    articles: pd.DataFrame,
    read: Callable[[str], pd.DataFrame],
    language: str = "en",
) -> None:
    """Refuse a setting that the study does not know; those that are empty stand for a choice of clipbook's.

    Parameters
    ----------
    given : mapping
        Of them ``measure``, ``article``, ``page``, ``compare``, ``divide``, ``group``, ``group_by``, ``term``, ``step``,
        ``most`` and ``seed`` are checked.
    articles : DataFrame
        Of the study, with ``compared``.
    read : callable
        Gives a table of the study by name.
    language : str
        ISO 639-1, of the articles compared.

    Raises
    ------
    ParameterError
        If one is wrong.
    """
    compared = articles["compared"]
    compare = given.get("compare") or "outlet"
    choose(compare, groupings(articles), "compare")
    if compare == PERIOD:
        date_of(given.get("divide", ""))
    choices: dict[str, Callable[[], Iterable[object]]] = {
        "measure": lambda: [formula.measure for formula in formulas_for(language)],
        "article": lambda: articles.loc[compared, "capture_id"],
        "page": lambda: articles["capture_id"],
        "step": lambda: STEPS,
        "outlet": lambda: articles.loc[compared, "outlet"],
        "group": lambda: articles.loc[compared, compare],
        "group_by": lambda: speaker_columns(read("quotes")),
    }
    for name, known in choices.items():
        if given.get(name):
            choose(given[name], known(), name)
    if term := given.get("term"):
        holding = articles["body"].str.contains(term, case=False, regex=False)
        if not (holding & compared).any():
            choose(term, read("keywords")["keyword"], "term")
    if "most" in given and not (_whole(given["most"]) and given["most"] > 0):
        raise ParameterError(f"most is {given['most']!r}; give a number of articles, at least 1.")
    if "seed" in given and not (_whole(given["seed"]) and given["seed"] >= 0):
        raise ParameterError(f"seed is {given['seed']!r}; give a whole number, 0 or more.")


def groupings(articles: pd.DataFrame) -> list[str]:
    """List the columns by which articles can be compared: the outlet, those of the researcher's own, the period."""
    own = [
        name for name in map(str, articles) if name not in (*ARTICLE_COLUMNS, "compared", "left_out", PERIOD)
    ]
    made = {name for name in own if name.endswith("_from")}
    return ["outlet", *(name for name in own if name not in made), PERIOD, *_GROUPING[1:]]


def speaker_columns(quotes: pd.DataFrame) -> list[str]:
    """List the columns of quotations by which their words can be counted: the speaker, those of ``speakers.csv``."""
    from clipbook.quotes.table import QUOTE_COLUMNS

    return ["speaker", *(name for name in map(str, quotes) if name not in QUOTE_COLUMNS)]


def choose(value: object, choices: Iterable[object], name: str) -> None:
    """Refuse a value that is none of the choices, naming the nearest of them first.

    Examples
    --------
    >>> choose("weak", ["day", "week", "month"], "step")
    Traceback (most recent call last):
    clipbook.parameters.ParameterError: step is 'weak'; choose one of week, day, month.
    """
    known = list(dict.fromkeys(str(choice) for choice in choices if str(choice).strip()))
    if value in known:
        return
    asked = str(value).casefold()
    near = sorted(known, key=lambda choice: -SequenceMatcher(None, asked, choice.casefold()).ratio())
    more = f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else ""
    shown = f"choose one of {', '.join(near[:_SHOWN])}{more}" if known else "there is nothing to choose from"
    raise ParameterError(f"{name} is {value!r}; {shown}.")


def date_of(text: str) -> pd.Timestamp:
    """Read the date that divides two periods.

    Raises
    ------
    ParameterError
        If it is not written as 2026-03-15.
    """
    try:
        return pd.Timestamp(date.fromisoformat(text))
    except (TypeError, ValueError):
        raise ParameterError(
            f"divide is {text!r}; with compare = {PERIOD!r} it is the first day of the second period, written as 2026-03-15."
        ) from None


def with_periods(articles: pd.DataFrame, divide: str) -> pd.DataFrame:
    """Add the column ``period``: before a day, or from it on; "" where an article has no date."""
    day = date_of(divide)
    named = f"{day.day} {day:%B %Y}"
    late = articles["published"] >= day
    period = late.map({True: f"from {named} on", False: f"before {named}"})
    return articles.assign(period=period.where(articles["published"].notna(), "").astype("str"))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
