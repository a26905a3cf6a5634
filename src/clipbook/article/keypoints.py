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


def key_points(page: PageTraits) -> NDArray[np.bool_]:
    """Find the lines that follow a label such as "Key points" without a blank line between them.

    Returns
    -------
    array of bool, shape (lines,)
        True for the points; none where blank lines do not set them off from the story.
    """
    marks = np.zeros(len(page.text), bool)
    for place, text in enumerate(page.lower):
        if text[:2] in _STARTS and len(text) < 40 and _LABEL.match(text):
            end = place + 1
            while end < len(marks) and page.blank_before[end] == 0 and end - place <= _MOST_POINTS:
                end += 1
            if end - place <= _MOST_POINTS:
                marks[place + 1 : end] = True
    return marks
