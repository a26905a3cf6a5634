"""Steps of time: which fits a corpus, where periods begin, what they are called."""

from __future__ import annotations

import pandas as pd
import pytest

from clipbook.stats.periods import fitting_step, main_span, name_period, period_starts


@pytest.mark.parametrize(
    ("last", "step"),
    [("2031-01-01", "week"), ("2031-06-30", "week"), ("2031-07-01", "month"), ("2034-12-31", "month"),
     ("2036-01-01", "year")],
)  # fmt: skip
def test_the_longer_a_corpus_the_longer_its_steps(last, step):
    assert fitting_step(pd.Series(pd.to_datetime(["2031-01-01", None, last]))) == step


def test_steps_are_longer_where_periods_hold_too_few_articles():
    monthly = pd.Series(pd.date_range("2031-01-15", periods=24, freq="30D"))
    assert fitting_step(monthly) == "quarter"  # one article a month, three a quarter
    assert fitting_step(pd.concat([monthly] * 3, ignore_index=True)) == "month"
    few = pd.Series(pd.to_datetime(["2031-01-06", "2031-01-13", "2031-01-20", "2031-01-27"]))
    assert fitting_step(few) == "week"  # a month would hold them all


def test_two_articles_of_ten_years_before_stretch_neither_the_step_nor_the_scale():
    weekly = pd.date_range("2031-03-03", periods=40, freq="2D")
    early = pd.to_datetime(["2021-02-01", "2021-05-01"])
    dates = pd.Series([*early, *weekly])
    assert fitting_step(dates) == fitting_step(pd.Series(weekly)) == "week"
    assert main_span(dates) == (weekly[0], weekly[-1])
    assert main_span(pd.Series(weekly)) == (weekly[0], weekly[-1])  # evenly spread: none is far off
    assert main_span(dates.iloc[:8])[0] == early[0]  # two of eight are a part of the corpus


def test_without_a_date_there_is_a_step_all_the_same():
    assert fitting_step(pd.Series([pd.NaT, pd.NaT])) == "week"


@pytest.mark.parametrize(
    ("step", "start", "name"),
    [("day", "2031-05-15", "15 May 2031"), ("week", "2031-05-12", "week of 12 May 2031"),
     ("month", "2031-05-01", "May 2031"), ("quarter", "2031-04-01", "quarter 2 of 2031"),
     ("year", "2031-01-01", "2031")],
)  # fmt: skip
def test_where_the_period_of_a_thursday_begins_and_its_name(step, start, name):
    dates = pd.Series(pd.to_datetime(["2031-05-15 23:59"]))
    [found] = period_starts(dates, step)
    assert found == pd.Timestamp(start)
    assert name_period(found, step) == name


def test_an_unknown_step_is_told_with_those_there_are():
    with pytest.raises(ValueError, match="'fortnight'; choose day, week, month"):
        period_starts(pd.Series(pd.to_datetime(["2031-05-15"])), "fortnight")
