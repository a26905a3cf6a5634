"""How sure a speaker is: kinds that go wrong often are stated as less sure."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from clipbook.model import stored_weights
from clipbook.quotes import article_quotes
from clipbook.quotes.attribution import attribute, shipped_model
from clipbook.quotes.certainty import certainty, columns
from clipbook.quotes.document import Document

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "training"))

from fit_speakers import worse
from speaker_calibration import Scored, lines_of, wilson

TWO_WOMEN = "Ana Ruiz met Rosa Vant at the quay of Lumo. Vant waited while Ruiz read the plan.\n\n"
SAID = "“The boats are old and the nets are torn,” "


def confidence(body: str) -> float:
    return article_quotes(body)[-1].confidence


def test_every_column_has_a_value() -> None:
    document = Document(f"{TWO_WOMEN}{SAID}she said. “Let it rain!”")
    decisions = attribute(document, shipped_model())
    weights = stored_weights("quotes")["certainty"]["weight"]
    assert [len(columns(document, decision)) for decision in decisions] == [len(weights)] * 2


@pytest.mark.parametrize("less_sure", ["she said.", "the engineer said."])
def test_a_name_beside_the_verb_is_surer_than_what_may_stand_for_two(less_sure: str) -> None:
    assert confidence(f"{TWO_WOMEN}{SAID}said Ana Ruiz.") > confidence(f"{TWO_WOMEN}{SAID}{less_sure}")


def test_certainty_is_the_logistic_of_the_weighed_columns() -> None:
    weights = {"start": -1.0, "weight": [2.0, 0.5]}
    assert certainty([0.5, 0.0], weights) == 0.5
    assert certainty(np.array([[0.5, 0.0], [0.0, 2.0]]), weights).tolist() == [0.5, 0.5]


def test_a_kind_that_is_mostly_wrong_is_stated_as_such() -> None:
    """Of one kind all are right, of the other one in four: the lines lead from each to about that."""
    kind = np.repeat([[1.0], [0.0]], 400, axis=0)
    right = np.array([1.0] * 400 + [1.0, 0.0, 0.0, 0.0] * 100)
    part = np.tile(np.arange(6), 134)[:800]
    lines = lines_of({"a": Scored(kind, right, part), "b": Scored(kind, right, part)})
    stated = certainty(np.array([[1.0], [0.0]]), lines["certainty"])
    line = lines["probability"]
    sure, unsure = np.interp(stated, line["score"], line["right"])
    assert sure > 0.97
    assert unsure == pytest.approx(0.25, abs=0.03)


def test_wilson() -> None:
    """Wilson's interval of 8 in 10 (Newcombe 1998 gives the formula)."""
    assert wilson(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=0.0001)


def test_weights_that_fall_on_any_set_are_refused_unless_the_set_is_named() -> None:
    before = {"us end to end": 0.88, "us share error": 0.15, "seed": 1.0}
    now = {"us end to end": 0.87, "us share error": 0.16, "seed": 0.0}
    assert [line.partition(":")[0] for line in worse(now, before, [])] == list(before)
    assert [line.partition(":")[0] for line in worse(now, before, ["us share error", "seed"])] == [
        "us end to end"
    ]
    assert worse({"us end to end": 0.878, "us share error": 0.149, "seed": 1.0}, before, []) == []
