"""The key points that some outlets list between headline and story."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from clipbook.article.traits import PageTraits

_LABEL = re.compile(
    r"^(?:key (?:points|takeaways|facts|findings|moments)|at a glance|in brief|the gist|quick (?:take|read)|highlights|summary|"
    r"what (?:you need|we) (?:to )?know|das wichtigste in kürze|auf einen blick|l.essentiel|puntos clave)\s?:?$",
)
_STARTS = frozenset(("ke", "at", "in", "th", "qu", "hi", "su", "wh", "da", "au", "l'", "l’", "pu"))
_MOST_POINTS = 8
_LONGEST_LABEL = 40
_MOST_LABELS = 2  # more of them sum up the parts of a story


def key_points(page: PageTraits) -> NDArray[np.bool_]:
    """Find the lines that follow a label such as "Key points" without a blank line between them.

    Returns
    -------
    array of bool, shape (lines,)
        True for the points; none where blank lines do not set them off from the story, or where each part of it
        has such a label.
    """
    marks = np.zeros(len(page.text), bool)
    labels = [
        place
        for place, text in enumerate(page.lower)
        if text[:2] in _STARTS and len(text) < _LONGEST_LABEL and _LABEL.match(text)
    ]
    for place in labels if len(labels) <= _MOST_LABELS else ():
        end = place + 1
        while end < len(marks) and page.blank_before[end] == 0 and end - place <= _MOST_POINTS:
            end += 1
        if end - place <= _MOST_POINTS:
            marks[place + 1 : end] = True
    return marks
