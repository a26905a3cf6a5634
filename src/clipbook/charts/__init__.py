"""Figures: a tidy table in, ``(figure, axes)`` out, in one house style. One module an area of study."""
