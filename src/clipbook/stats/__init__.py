"""Resampling, intervals of differences, tests and periods: one of each for every measure."""
