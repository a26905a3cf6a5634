"""Figures: a tidy table in, a `Figure` with its words out, in one house style. One module an area of study."""

import logging

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its folders and fonts are no part of a notebook

from clipbook.charts.figure import Figure  # noqa: E402

__all__ = ["Figure"]
