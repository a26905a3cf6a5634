"""Figures: a tidy table in, a `Figure` with its words out, in one house style. One module an area of study."""

from clipbook.charts.figure import Figure

__all__ = ["Figure"]
